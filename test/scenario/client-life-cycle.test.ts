// Goal: two clients that share no code, and one by hand, lead a job order through its whole life in a simulated cell.
// Method: the examples of the integrator's guide as processes of their own, beside a cell in virtual time.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createReceiver } from '../../src/app/response-push.ts';
import { CutLine } from '../support/cut-line.ts';
import { EXAMPLE, exampleCell } from '../support/cycle-rig.ts';
import { pythonWithGrpc } from '../support/python.ts';
import { serveCell } from '../support/served-cell.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLES = join(ROOT, 'docs/examples');
const PARTS = 6;
const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
let cell: Awaited<ReturnType<typeof serveCell>>;

beforeAll(async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', directory);
  cell = await serveCell(exampleCell(), EXAMPLE);
  await cell.advance(1000);
});

afterAll(async () => {
  await cell.stop();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const python = pythonWithGrpc();

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function runAny(command: string, args: readonly string[]): Promise<Ended> {
  const ran = new Promise<Ended>((resolve) => {
    execFile(command, args, { cwd: ROOT, timeout: 50_000 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
  return cell.during(ran);
}

const exampleArgs = (file: string, jobOrderId: string): string[] => [
  join(EXAMPLES, file),
  cell.address,
  jobOrderId,
  String(PARTS),
];

async function run(command: string, file: string, jobOrderId: string): Promise<string> {
  const { status, stdout, stderr } = await runAny(command, exampleArgs(file, jobOrderId));
  if (status !== 0) throw new Error(`ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

const LIFE = [
  'stored: NotAllowedToStart/Ready',
  'started: AllowedToStart',
  'paused: Interrupted/Suspended',
  'resumed: Running',
  'ended: Ended/Completed',
  `good parts: ${PARTS}, result JOB_RESULT_SUCCESSFUL`,
  'acknowledged: Ended/Closed',
  'cleared: Ended/Closed',
  'JOB_ORDER_UNKNOWN',
];

describe('at a cell that is stopped the example', () => {
  async function expectToldAndTakenBack(command: string, file: string): Promise<void> {
    const { status, stdout, stderr } = await runAny(command, exampleArgs(file, 'stopped'));
    expect([status, stderr.trim()]).toEqual([
      1,
      expect.stringMatching(/^UNIT_NOT_READY: \[6008\] .* press reset at the cell$/),
    ]);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['stored', 'cancelled']);
  }

  it('in TypeScript says what to do, takes its order back and fails', async () => {
    await expectToldAndTakenBack(process.execPath, 'run-an-order.ts');
  });

  it.skipIf(python === undefined)('in Python says what to do, takes its order back and fails', async () => {
    await expectToldAndTakenBack(python ?? '', 'run_an_order.py');
  });
});

describe('with a number of parts that is none, and nobody there, the example', () => {
  const args = ['127.0.0.1:1', 'J-1', 'two'];
  const NO_NUMBER = { status: 2, stdout: '', stderr: '<parts> is a whole number, not two\n' };

  it('in TypeScript says so and asks nobody', async () => {
    expect(await runAny(process.execPath, [join(EXAMPLES, 'run-an-order.ts'), ...args])).toEqual(NO_NUMBER);
  });

  it.skipIf(python === undefined)('in Python says so and asks nobody', async () => {
    expect(await runAny(python ?? '', [join(EXAMPLES, 'run_an_order.py'), ...args])).toEqual(NO_NUMBER);
  });
});

describe('a call in Python that nobody answers', () => {
  it.skipIf(python === undefined)(
    'is repeated for as long as was asked for, and its error has the id of the request',
    async () => {
      const code = [
        'import sys, time',
        'sys.path.insert(0, sys.argv[1])',
        'from celda_client import REPEAT_S, CallError, Cell',
        'tell = lambda error, wait_s: print("again", error.status, 0 < wait_s < 0.4)',
        'cell = Cell("127.0.0.1:1", sys.argv[2], repeat_s=0.4, on_repeat=tell)',
        'begun = time.monotonic()',
        'try:',
        '    cell.jobs("PauseJobOrder", job_order_id="J", request_id="mine")',
        'except CallError as error:',
        '    print(error.status, error.request_id, time.monotonic() - begun > 0.1, REPEAT_S)',
      ];
      const args = ['-c', code.join('\n'), EXAMPLES, join(ROOT, 'proto/generated/descriptors.bin')];
      expect((await runAny(python ?? '', args)).stdout).toMatch(
        /^(again UNAVAILABLE True\n)+UNAVAILABLE mine True 30\.0\n$/,
      );
    },
  );

  it.skipIf(python === undefined)(
    '[G6] goes over another connection when its own has died without a word',
    async () => {
      const code = [
        'import sys',
        'sys.path.insert(0, sys.argv[1])',
        'from celda_client import Cell',
        'cell = Cell(sys.argv[3], sys.argv[2])',
        'for _ in range(2):',
        '    print(len(cell.jobs("ListJobOrders").job_orders), flush=True)',
        '    sys.stdin.readline()',
      ];
      const line = await CutLine.open(Number(cell.address.split(':').at(-1)));
      const args = ['-c', code.join('\n'), EXAMPLES, join(ROOT, 'proto/generated/descriptors.bin'), line.address];
      const mes = spawn(python ?? '', args, { stdio: ['pipe', 'pipe', 'inherit'] });
      const listed = () => new Promise<Buffer>((resolve) => mes.stdout.once('data', resolve));
      try {
        await cell.during(listed());
        expect(line.connections).toBe(1);
        line.forget();
        const again = listed();
        mes.stdin.write('\n');
        expect((await cell.during(again)).toString().trim()).toMatch(/^\d+$/);
        expect(line.connections).toBe(2);
      } finally {
        mes.kill();
        await line.close();
      }
    },
  );
});

describe('a refusal in Python', () => {
  it.skipIf(python === undefined)(
    'is told although a later edition tells more, and though its details are no message',
    async () => {
      const code = [
        'import sys',
        'sys.path.insert(0, sys.argv[1])',
        'from celda_client import Messages',
        'from types import SimpleNamespace',
        'from grpc import StatusCode',
        'messages = Messages(sys.argv[2])',
        'status = messages.class_of("google.rpc.Status")()',
        'info = messages.class_of("google.rpc.ErrorInfo")(reason="UNIT_NOT_READY")',
        'for name, value in (("celda.later.Detail", b"x"), ("google.rpc.ErrorInfo", info.SerializeToString())):',
        '    status.details.add(type_url="type.googleapis.com/" + name, value=value)',
        'for value in (status.SerializeToString(), b"\\xff"):',
        '    metadata = (("grpc-status-details-bin", value),)',
        '    told = dict(trailing_metadata=lambda: metadata, code=lambda: StatusCode.ABORTED, details=lambda: "no")',
        '    error = messages.error_of(SimpleNamespace(**told))',
        '    print(error.status, error.reason)',
      ];
      const args = ['-c', code.join('\n'), EXAMPLES, join(ROOT, 'proto/generated/descriptors.bin')];
      expect((await runAny(python ?? '', args)).stdout).toBe('ABORTED UNIT_NOT_READY\nABORTED \n');
    },
  );
});

describe('the example of an MES that takes job responses', () => {
  it.skipIf(python === undefined)('keeps each once, also when it comes again, and after its own restart', async () => {
    const file = join(directory, 'responses.db');
    const told: string[] = [];
    for (const [id, jobOrderId] of [
      ['d-1', 'J-1'],
      ['d-1', 'J-1'],
      ['d-2', 'J-2'],
    ] as const) {
      const mes = spawn(python ?? '', [join(EXAMPLES, 'receive_responses.py'), '127.0.0.1:0', file]);
      const lines = createInterface({ input: mes.stdout })[Symbol.asyncIterator]();
      const port = String((await lines.next()).value);
      const receiver = createReceiver({ address: `127.0.0.1:${port}`, tls: {} });
      const jobResponse = { jobOrderId, states: [{ text: 'Ended', number: 5 }], result: 2 };
      const request = { cellName: 'cell', deliveryId: id, jobResponse };
      expect(await receiver.deliver(request, new AbortController().signal)).toEqual({ ok: true, value: undefined });
      receiver.close();
      mes.kill();
      await once(mes, 'close');
      const { value } = (await lines.next()) as { value: string | undefined };
      if (value !== undefined) told.push(value);
    }
    expect(told).toEqual(['J-1', 'J-2'].map((id) => `cell: ${id} Ended, result JOB_RESULT_SUCCESSFUL`));
  });
});

describe('the life of a job order, stored, started, paused, resumed, ended, acknowledged and cleared', () => {
  beforeAll(async () => {
    await cell.reset();
    await cell.advance(1000);
  });

  it('is led by celda/client', async () => {
    expect((await run(process.execPath, 'run-an-order.ts', 'by-ts')).trim().split('\n')).toEqual(LIFE);
  });

  it.skipIf(python === undefined)('is led by a client in Python', async () => {
    expect((await run(python ?? '', 'run_an_order.py', 'by-python')).trim().split('\n')).toEqual(LIFE);
  });

  it.runIf(python === undefined)(
    'is not led by a client in Python: apt-get install python3-grpcio python3-protobuf',
    ({ skip }) => skip(),
  );

  it('begins by hand, with buf curl', async () => {
    const said = await run('bash', 'run-an-order.sh', 'by-hand');
    expect(said).toContain('"id": "pick-and-place"');
    expect(said).toContain('"isa95ReturnStatus": "1"');
    expect(said).toMatch(/"jobOrderId": "by-hand"/);
  });
});
