// Goal: the client in Python says of a call what is known of it, and waits for an order however long nobody answers. Method: the example
// as a process of its own, with a gateway that refuses, is silent or away, and with answers that are given one after the other.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import { encodeRefusal, STATUS_DETAILS_KEY } from '../../src/mes/status-details.ts';
import { refuse } from '../../src/ports/service-refusal.ts';
import { BreakingGateway, type BreakOff } from '../support/breaking-gateway.ts';
import { CutLine } from '../support/cut-line.ts';
import { pythonWithGrpc } from '../support/python.ts';

const ROOT = join(import.meta.dirname, '../..');
const python = pythonWithGrpc();
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Lines that a program prints; `onLine` is told each as it comes. */
async function linesOf(code: string, args: readonly string[] = [], onLine?: () => void): Promise<readonly string[]> {
  const own = [join(ROOT, 'docs/examples'), join(ROOT, 'proto/generated/descriptors.bin')];
  const program = spawn(python ?? '', ['-c', code, ...own, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: program.stdout }).on('line', (line) => {
    lines.push(line);
    onLine?.();
  });
  await once(reader, 'close');
  return lines;
}

describe.skipIf(python === undefined)('a call in Python that is repeated', () => {
  const CODE = `
import sys
sys.path.insert(0, sys.argv[1])
import celda_client
celda_client.TIMEOUT_S = 2.0
tell = lambda error, wait_s: print("again", error.status, error.reason, flush=True)
cell = celda_client.Cell(sys.argv[3], sys.argv[2], repeat_s=1.9, on_repeat=tell)

def never(channel):
    raise celda_client.grpc.FutureTimeoutError()

if len(sys.argv) > 4:
    cell._line.connect = never
try:
    cell.jobs("PauseJobOrder", job_order_id="J", request_id="mine")
except celda_client.CallError as error:
    print(error.status, error.reason, error.request_id)
`;
  const silent: BreakOff = () => undefined;

  function refusing(stream: ServerHttp2Stream): void {
    const { message, details } = encodeRefusal(refuse(fault(6603)));
    const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '8', 'grpc-message': message };
    const rich = Buffer.from(details).toString('base64');
    stream.respond({ ...headers, [STATUS_DETAILS_KEY]: rich }, { endStream: true });
  }

  async function lineTo(...answers: readonly BreakOff[]) {
    const gateway = await BreakingGateway.open(answers, Buffer.alloc(0));
    cleanups.push(() => gateway.close());
    const line = await CutLine.open(Number(gateway.address.split(':').at(-1)));
    cleanups.push(() => line.close());
    return { gateway, line };
  }

  it('was not refused when its last attempt was sent and not answered', async () => {
    const { gateway, line } = await lineTo(refusing, silent, silent);
    expect(await linesOf(CODE, [line.address])).toEqual([
      'again RESOURCE_EXHAUSTED CALLS_TOO_MANY',
      'DEADLINE_EXCEEDED  mine',
    ]);
    expect(gateway.requests).toHaveLength(2);
  });

  it('has not failed for want of a connection when its last attempt was sent and not answered', async () => {
    const { gateway, line } = await lineTo(silent, silent);
    line.refuse();
    expect(await linesOf(CODE, [line.address], () => line.mend())).toEqual([
      'again UNAVAILABLE ',
      'DEADLINE_EXCEEDED  mine',
    ]);
    expect(gateway.requests).toHaveLength(1);
  });

  it('was not refused when there was no connection any more', async () => {
    const { gateway, line } = await lineTo(refusing);
    const lines = await linesOf(CODE, [line.address, 'never again']);
    expect([...new Set(lines)]).toEqual([
      'again RESOURCE_EXHAUSTED CALLS_TOO_MANY',
      'again UNAVAILABLE ',
      'UNAVAILABLE  mine',
    ]);
    expect(gateway.requests).toHaveLength(1);
  });
});

describe.skipIf(python === undefined)('a wait in Python', () => {
  const codeWith = (jobs: string): string => `
import sys
from types import SimpleNamespace
sys.path.insert(0, sys.argv[1])
import celda_client
celda_client.time = SimpleNamespace(sleep=lambda wait_s: print("later"))
away = celda_client.CallError("UNAVAILABLE", "away", "", {}, [], None)
gone = celda_client.CallError("NOT_FOUND", "gone", "JOB_ORDER_UNKNOWN", {}, [], None)
cell = celda_client.Cell("127.0.0.1:1", sys.argv[2])
Message = cell.messages.class_of("celda.job.v1.WatchJobOrdersResponse")

def message(event, token):
    told = Message(resume_token=token)
    getattr(told, event).SetInParent()
    return told

class Stream(list):
    def cancel(self):
        pass

class Jobs:
    def __init__(self, streams, refusals):
        self.streams, self.refusals = streams, refusals

    def stream(self, method, timeout_s, resume_token, **fields):
        print(f"{method} from {resume_token!r}")
        return Stream(self.streams.pop(0))

    def __call__(self, method, **fields):
        print(method)
        raise self.refusals.pop(0)

job = message("initial_state", "t1")
job.initial_state.states.add(text="Running")
cell.jobs = ${jobs}
try:
    cell.wait_for("J", ("Ended",))
except celda_client.CallError as error:
    print(error.reason)
`;

  it('for an order goes on however long nobody says whether it is there', async () => {
    const lines = await linesOf(codeWith('Jobs([[message("synced", "t1")] for _ in range(3)], [away, away, gone])'));
    const away = ["WatchJobOrders from ''", 'GetJobOrder', 'later'];
    expect(lines).toEqual([...away, ...away, ...away.slice(0, 2), 'JOB_ORDER_UNKNOWN']);
  });

  it('hears again of an order that was removed while nobody answered', async () => {
    const removed = 'message("removed", "t2")';
    const lines = await linesOf(
      codeWith(`Jobs([[job, message("synced", "t1"), ${removed}], [${removed}]], [away, gone])`),
    );
    const again = ["WatchJobOrders from 't1'", 'GetJobOrder', 'JOB_ORDER_UNKNOWN'];
    expect(lines).toEqual(["WatchJobOrders from ''", 'GetJobOrder', 'later', ...again]);
  });
});
