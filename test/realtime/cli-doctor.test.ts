// `celda doctor` as a script sees it, with the firmware behind a pseudo-terminal.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { WIRE_VERSION } from '../../firmware-bridge/wire/codes.ts';
import { acquireLock } from '../../src/app/lock-file.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { prepareRuntime } from '../../src/app/runtime-dir.ts';
import { EXAMPLE_CELL, type RealTimeBoard, startBoard } from '../support/real-time-board.ts';
import { runCelda } from '../support/run-celda.ts';
import { changedExample } from '../support/scenario.ts';

interface Shown {
  readonly check: string;
  readonly subject: string;
  readonly level: string;
  readonly text: string;
  readonly remedy: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const boards: RealTimeBoard[] = [];
const undo: (() => void)[] = [];
afterEach(() => {
  for (const task of undo.splice(0).toReversed()) task();
  for (const board of boards.splice(0)) board.stop();
});

function start(): RealTimeBoard {
  const board = startBoard();
  boards.push(board);
  return board;
}

async function doctor(...args: readonly string[]) {
  const { status, stdout } = await runCelda(['doctor', '--quick', '--json', ...args], { XDG_RUNTIME_DIR: directory });
  const report = JSON.parse(stdout) as { readonly ok: boolean; readonly findings: readonly Shown[] };
  const of = (check: string): Shown | undefined => report.findings.find((each) => each.check === check);
  return { status, ok: report.ok, findings: report.findings, of };
}

it('says what is on a port and how well the line does, and moves no pin', async () => {
  const board = start();
  const { of, status, ok } = await doctor('--port', `any=${board.path}`);
  expect(of('board')).toMatchObject({
    subject: 'any',
    level: 'ok',
    values: {
      boardKind: 'uno',
      firmware: '0.1.0',
      wireVersion: WIRE_VERSION,
      uid: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    },
  });
  expect(of('board-start')?.values).toMatchObject({ bootCount: 1, resetCause: 'power-on', state: 'boot' });
  expect(of('link')?.values).toMatchObject({ asked: 100, damaged: 0 });
  const counts = of('link')?.values['histogramCounts'] as readonly number[];
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100 - Number(of('link')?.values['lost']));
  expect(board.pinChanges()).toBe(0);
  expect(status).toBe(ok ? 0 : 1);
});

it('measures the machine in the period of the cell and in its own directory', async () => {
  const { of } = await doctor(EXAMPLE_CELL);
  expect(of('loop-jitter')?.values['periodMs']).toBe(20);
  expect(of('loop-jitter')?.values['cycles']).toBeGreaterThan(10);
  expect(of('disk-sync')).toMatchObject({
    subject: expect.stringContaining(directory) as string,
    values: { count: 10 },
  });
  expect(of('node')).toMatchObject({ level: 'ok', values: { version: process.version } });
});

it('proves the lease by the clock of the board', async () => {
  const board = start();
  const { of } = await doctor(EXAMPLE_CELL, '--port', `uno-1=${board.path}`, '--prove-lease');
  expect(of('lease-proof')).toMatchObject({ level: 'ok', values: { leaseMs: 100, proven: true, cause: 'lease' } });
  expect(of('lease-proof')?.values['armedUntilMs']).toBeLessThanOrEqual(101);
  expect(of('lease-proof')?.values['safeByMs']).toBeGreaterThanOrEqual(95);
});

it('fails, with exit code 1 and a remedy, for a port that is not there', async () => {
  const { of, status, ok } = await doctor(EXAMPLE_CELL, '--port', 'uno-1=/dev/nowhere');
  expect([status, ok]).toEqual([1, false]);
  expect(of('board')).toMatchObject({ subject: 'uno-1', level: 'fail', values: { code: 1006 } });
  expect(of('board')?.remedy).toContain('/dev/serial/by-id');
});

it('fails for a board of the cell that has no port', async () => {
  const { of, status } = await doctor(EXAMPLE_CELL);
  expect(status).toBe(1);
  expect(of('board')).toMatchObject({ subject: 'uno-1', level: 'fail' });
});

it('looks for a board by its uid on its searchPorts, and says where it looked in vain', async () => {
  const board = start();
  const first = await doctor('--port', `any=${board.path}`);
  const uid = String(first.of('board')?.values['uid']);
  const written = (wanted: string): string =>
    changedExample('    # uid: 0123456789abcdef', `    uid: "${wanted}"\n    searchPorts: [${board.path}] #`);
  const { of } = await doctor(written(uid));
  expect(of('board')).toMatchObject({ subject: 'uno-1', level: 'ok', values: { path: board.path, uid } });
  expect(of('link')?.values).toMatchObject({ asked: 100 });
  const other = await doctor(written('0123456789abcdef'));
  expect(other.status).toBe(1);
  expect(other.of('board')).toMatchObject({ level: 'fail', remedy: expect.stringContaining('searchPorts') as string });
  expect(Number(other.of('board')?.values['portsTried'])).toBeGreaterThanOrEqual(1);
});

it('leaves a board alone that another program uses, and proves nothing on it', async () => {
  const board = start();
  const transport = openTransport(board.path, { clock: createRealClock(), baud: 115_200 })();
  undo.push(() => transport.close());
  await new Promise<void>((resolve, reject) => {
    transport.open({ opened: resolve, data: () => undefined, closed: () => reject(new Error('not opened')) });
  });
  const { of, status } = await doctor(EXAMPLE_CELL, '--port', `uno-1=${board.path}`, '--prove-lease');
  expect(of('board')).toMatchObject({ level: 'warn', remedy: expect.stringContaining('stop the cell') as string });
  expect(of('link')).toBeUndefined();
  expect([of('lease-proof')?.level, status]).toEqual(['fail', 1]);
});

it('leaves the boards of a running cell alone', async () => {
  const board = start();
  const before = process.env['XDG_RUNTIME_DIR'];
  process.env['XDG_RUNTIME_DIR'] = directory;
  const lock = acquireLock(prepareRuntime(EXAMPLE_CELL, '').lock, [board.path]);
  undo.push(() => lock.release());
  if (before === undefined) delete process.env['XDG_RUNTIME_DIR'];
  else process.env['XDG_RUNTIME_DIR'] = before;
  const { of, findings } = await doctor(EXAMPLE_CELL, '--port', `uno-1=${board.path}`);
  expect(of('board')).toMatchObject({
    level: 'warn',
    subject: 'uno-1',
    text: `a cell runs on it (process ${process.pid}): left alone`,
    values: { usedBy: process.pid },
  });
  expect(findings.some(({ check }) => check === 'link')).toBe(false);
});

it('speaks Spanish to people', async () => {
  const args = ['doctor', EXAMPLE_CELL, '--quick', '--locale', 'es'];
  const { status, stdout } = await runCelda(args, { XDG_RUNTIME_DIR: directory });
  expect(status).toBe(1);
  expect(stdout).toContain('fail board uno-1: no tiene puerto -> indique --port');
});

it('refuses a proof without a cell, and a board that the cell does not have', async () => {
  const env = { XDG_RUNTIME_DIR: directory };
  expect((await runCelda(['doctor', '--prove-lease'], env)).status).toBe(2);
  expect((await runCelda(['doctor', EXAMPLE_CELL, '--port', 'other=/dev/ttyACM0'], env)).status).toBe(2);
});
