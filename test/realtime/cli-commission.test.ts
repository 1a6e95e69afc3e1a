// `celda commission` as a process: a script at a pipe plays the person, the simulation interface is its hands.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { reportPaths } from '../../src/app/commission/report-files.ts';
import { SimulationClient } from '../../src/app/simulation-client.ts';
import { fingerprintOf } from '../../src/commissioning/fingerprint.ts';
import { planPoints } from '../../src/commissioning/points.ts';
import {
  confirmed,
  emptyReport,
  type FoundBoard,
  sealed,
  unsealed,
  withRecord,
} from '../../src/commissioning/report.ts';
import { loadCell } from '../../src/config/load.ts';
import { runCelda } from '../support/run-celda.ts';
import { CeldaProcess, LIMIT_MS } from '../support/simulation-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const ENV = { XDG_RUNTIME_DIR: directory };

/** A copy of the example cell in a directory of its own, which requires a commissioning when asked to. */
function cellFile(name: string, isRequired = false): string {
  const path = join(directory, name, 'cell.yaml');
  mkdirSync(dirname(path));
  const text = readFileSync('cells/pick-and-place/cell.yaml', 'utf8');
  writeFileSync(path, isRequired ? text.replace(/^safety:$/m, 'safety:\n  requireCommissioned: true') : text);
  return path;
}

interface Line {
  readonly ask?: { readonly step: string };
  readonly record?: { readonly id: string; readonly result: string; readonly by: string };
  readonly simulation?: string;
}

interface Played {
  readonly status: number | null;
  readonly results: readonly string[];
}

type Hands = (step: string, type: (text: string) => void, set: (device: string, value: number) => void) => void;

/** Goes through one point by a pipe. */
async function play(path: string, only: string, hands: Hands): Promise<Played> {
  const args = ['commission', path, '--sim', '--sim-port', '0', '--by', 'Ana', '--json', '--only', only];
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'], ...ENV },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const results: string[] = [];
  let client: SimulationClient | undefined;
  let held: NodeJS.Timeout | undefined;
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as Line;
    if (line.simulation !== undefined) client = new SimulationClient(line.simulation);
    if (line.record !== undefined) results.push(`${line.record.id} ${line.record.result} ${line.record.by}`);
    if (line.ask === undefined) continue;
    clearInterval(held);
    const { step } = line.ask;
    // A terminal repeats a key that is held.
    if (step === 'force-switch') held = setInterval(() => child.stdin.write(' '), 30);
    const set = (device: string, value: number): void => void client?.setInput(device, value);
    hands(step, (typed) => child.stdin.write(typed), set);
  }
  client?.close();
  return { status: await ended, results };
}

it('sees an input change both ways and keeps the report beside the cell', async () => {
  const path = cellFile('input');
  const { status, results } = await play(path, 'input/guard-door', (step, type, set) => {
    if (step === 'switch-rest') type('\r');
    if (step === 'switch-operate') set('guard-door', 0);
    if (step === 'switch-back') set('guard-door', 1);
  });
  expect([status, results]).toEqual([0, ['input/guard-door passed Ana']]);
  const paths = reportPaths(path, true);
  expect(unsealed(readFileSync(paths.json, 'utf8'))).toMatchObject({
    simulated: true,
    points: [
      { id: 'input/guard-door', boards: [{ name: 'uno-1', uid: expect.stringMatching(/^[0-9a-f]{16}$/) as string }] },
    ],
  });
  const html = readFileSync(paths.html, 'utf8');
  expect(html).toContain('INCOMPLETE');
  expect(html).not.toMatch(/(?:src|href)=|https?:/);
});

it('holds an output by a key that a pipe repeats, fails it when nobody saw it act, and exits 1', async () => {
  const path = cellFile('output');
  const { status, results } = await play(path, 'output/belt-motor', (step, type) => {
    if (step === 'acted') type('n');
    if (step === 'reason') type('the belt stands\r');
    if (step === 'after-failure') type('\r');
  });
  expect([status, results]).toEqual([1, ['output/belt-motor failed Ana']]);
  const report = unsealed(readFileSync(reportPaths(path, true).json, 'utf8'));
  expect(report).toMatchObject({ points: [{ reason: 'the belt stands' }] });
});

it('ends safe by Ctrl-C and keeps what was seen before', async () => {
  const path = cellFile('ended');
  const { status, results } = await play(path, 'output/belt-motor', (step, type) => {
    if (step === 'force-let-go') type(' \u0003');
  });
  expect([status, results]).toEqual([1, []]);
});

it('needs a person at a terminal for real boards, and exits 2', async () => {
  const { status, stderr } = await runCelda(['commission', cellFile('real'), '--locale', 'es'], ENV);
  expect(status).toBe(2);
  expect(stderr).toContain('terminal');
});

/** A report in which everything has passed, as `celda commission` would write it. */
function completeReport(path: string, boards: readonly FoundBoard[] = []): string {
  const loaded = loadCell(path);
  if (!loaded.ok) throw new Error('the cell has problems');
  const cell = loaded.value;
  const at = '2026-01-02T03:04:05.000Z';
  const seen = {
    result: 'passed',
    by: 'Ana',
    at,
    reason: '',
    measured: [],
    configHash: cell.configHash,
    boards,
  } as const;
  const report = planPoints(cell).reduce(
    (before, point) => withRecord(before, { id: point.id, fingerprint: fingerprintOf(cell, point), ...seen }),
    emptyReport(cell, false),
  );
  return sealed(confirmed(report, cell, 'Ana', at));
}

it('keeps a cell that requires it from running without a complete report, with fault 4511', async () => {
  const path = cellFile('required', true);
  const { json } = reportPaths(path, false);
  const run = () => runCelda(['run', path, '--port', 'uno-1=/dev/nowhere', '--grpc-port', '0'], ENV);
  const refused = await run();
  expect([refused.status, refused.stderr.includes('[4511]')]).toEqual([1, true]);
  expect((await runCelda(['commission', path, '--list'], ENV)).status).toBe(1);

  mkdirSync(dirname(json));
  writeFileSync(json, completeReport(path));
  const listed = await runCelda(['commission', path, '--list', '--locale', 'es'], ENV);
  expect([listed.status, listed.stdout.includes('completo')]).toEqual([0, true]);

  writeFileSync(json, completeReport(path).replace('"Ana"', '"Eva"'));
  const edited = await run();
  expect([edited.status, edited.stderr.includes('[4511]'), edited.stderr.includes('by hand')]).toEqual([1, true, true]);
  expect((await runCelda(['commission', path, '--list'], ENV)).status).toBe(1);

  writeFileSync(path, readFileSync(path, 'utf8').replace('closeFilterMs: 10', 'closeFilterMs: 20'));
  expect((await run()).stderr).toContain('[4511]');
});

it('runs a commissioned cell with the board that was commissioned, and with no other', {
  timeout: LIMIT_MS,
}, async () => {
  const path = cellFile('board', true);
  const { json } = reportPaths(path, false);
  mkdirSync(dirname(json));
  const port = await new CeldaProcess(['board', path, '--sim-port', '0']).says(/board uno-1 on (\S+)/);
  const runWith = (uid: string): CeldaProcess => {
    writeFileSync(json, completeReport(path, [{ name: 'uno-1', uid, firmware: '' }]));
    return new CeldaProcess(['run', path, '--port', `uno-1=${port}`, '--grpc-port', '0']);
  };
  const exchanged = runWith('00000000000000ff');
  const uid = await exchanged.says(/\[1003\].*00000000000000ff.*?([0-9a-f]{16})/);
  expect(exchanged.text).not.toContain('lease proven');
  exchanged.child.kill('SIGTERM');
  await exchanged.exited;

  const same = runWith(uid);
  await same.says(/configuration: [0-9a-f]{12}/);
  await same.says(/commissioned: complete for this configuration, confirmed by Ana/);
  await same.says(/board uno-1: lease proven/);
  expect(same.text).not.toContain('[1003]');
});
