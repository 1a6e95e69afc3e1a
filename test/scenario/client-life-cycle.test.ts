// Goal: two clients that share no code, and one by hand, lead a job order through its whole life in a simulated cell.
// Method: the examples of the integrator's guide as processes of their own, beside a cell in virtual time.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EXAMPLE, exampleCell } from '../support/cycle-rig.ts';
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
  await cell.reset();
  await cell.advance(1000);
});

afterAll(async () => {
  await cell.stop();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** A Python that has grpcio; undefined: none here. Debian's own first. */
function pythonWithGrpc(): string | undefined {
  return ['/usr/bin/python3', 'python3'].find((python) => {
    try {
      execFileSync(python, ['-c', 'import grpc, google.protobuf'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}

const python = pythonWithGrpc();

function run(command: string, file: string, jobOrderId: string): Promise<string> {
  const args = [join(EXAMPLES, file), cell.address, jobOrderId, String(PARTS)];
  const ran = new Promise<string>((resolve, reject) => {
    execFile(command, args, { cwd: ROOT, timeout: 50_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}${stderr}`));
    });
  });
  return cell.during(ran);
}

const LIFE = [
  'stored: NotAllowedToStart/Ready',
  'started: AllowedToStart',
  'paused: Interrupted/Suspended',
  'resumed: Running',
  'ended: Ended/Completed',
  `good parts: ${PARTS}, result 2`,
  'acknowledged: Ended/Closed',
  'cleared: Ended/Closed',
  'JOB_ORDER_UNKNOWN',
];

describe('the life of a job order, stored, started, paused, resumed, ended, acknowledged and cleared', () => {
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
