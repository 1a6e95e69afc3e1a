// Boards behind pseudo-terminals that come and go by name, as USB ports do, and the cell's way to find them by UID.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { loadCheckedCell } from '../../src/app/load-checked-cell.ts';
import { reachBoards } from '../../src/app/reach-boards.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import type { Fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { EXAMPLE_CELL } from '../support/real-time-board.ts';
import { testRandom } from '../support/session-bench.ts';
import { boardModel, samplePlan } from '../support/wire-samples.ts';

const LEFT = '00000000000000a1';
const RIGHT = '00000000000000b2';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const task of undo.splice(0).toReversed()) task();
});

const clock = createRealClock();

function every(periodMs: number, task: () => void): () => void {
  let cancel = (): void => undefined;
  const run = (): void => {
    task();
    cancel = clock.schedule(monotonicMs(clock.now() + periodMs), run);
  };
  run();
  return () => cancel();
}

/** Plugs a board in under a name. @returns how it is unplugged */
function plug(path: string, uid: string): () => void {
  const opened = openPseudoTerminal({ link: path });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const terminal = opened.value;
  const board = WasmBoard.load({
    uid,
    world: { digitalLevel: (_, pullUp) => (pullUp ? 1 : 0), analogCounts: () => 0 },
    onTransmit: (bytes) => terminal.write(bytes),
  });
  terminal.onData((bytes) => board.receive(bytes));
  const startedAt = clock.now();
  const stop = every(5, () => board.advance((clock.now() - startedAt) * 1000));
  const unplug = (): void => {
    stop();
    terminal.close();
  };
  undo.push(unplug);
  return unplug;
}

interface Seen {
  state: string;
  cause: Fault | undefined;
  readonly uid: () => string | undefined;
}

/** Runs a session for each board of a cell, as the control process does. */
function runCell(boards: Readonly<Record<string, { readonly port?: string; readonly uid: string }>>, search: string) {
  const models = Object.entries(boards).map(([name, board]) =>
    boardModel({ name, port: undefined, ...board, leaseMs: 500, validityMs: 200, searchPorts: [search] }),
  );
  const cell: CellModel = { ...loadCheckedCell(EXAMPLE_CELL), boards: models };
  const { transports, seeks } = reachBoards(cell, {}, { clock, log: () => undefined });
  return new Map(
    models.map((model, index): [string, Seen] => {
      const factory = transports.get(model.name);
      const seek = seeks.get(model.name);
      if (factory === undefined || seek === undefined) throw new Error(`${model.name} is not looked for`);
      const plan = { ...samplePlan(), board: model };
      const session = createSession({ plan, clock, factory, seek, random: testRandom(index + 1) });
      const seen: Seen = { state: 'down', cause: undefined, uid: () => session.stats().ident?.uid };
      const subscription = session.port.events$.subscribe((event) => {
        if (event.kind === 'link') Object.assign(seen, { state: event.state, cause: event.cause });
      });
      undo.push(() => subscription.unsubscribe());
      return [model.name, seen];
    }),
  );
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 20 });

it('[S13] finds a board that was plugged in again under another name', { timeout: 40_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'celda-ports-'));
  const unplug = plug(join(folder, 'ttyA'), LEFT);
  const left = runCell({ left: { port: join(folder, 'ttyA'), uid: LEFT } }, join(folder, 'tty*')).get('left');
  await until(() => expect(left?.state).toBe('stopped'));
  unplug();
  await until(() => expect(left?.state).toBe('down'));
  plug(join(folder, 'ttyB'), LEFT);
  await until(() => expect(left?.state).toBe('stopped'));
});

it('finds a board of which the cell names the UID and no port', { timeout: 40_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'celda-ports-'));
  plug(join(folder, 'ttyA'), RIGHT);
  plug(join(folder, 'ttyB'), LEFT);
  const left = runCell({ left: { uid: LEFT } }, join(folder, 'tty*')).get('left');
  await until(() => expect(left?.state).toBe('stopped'));
  expect(left?.uid()).toBe(LEFT);
});

it('[S14] refuses another board on the port of the cell, and finds its own beside it', {
  timeout: 40_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'celda-ports-'));
  plug(join(folder, 'ttyA'), RIGHT);
  const left = runCell({ left: { port: join(folder, 'ttyA'), uid: LEFT } }, join(folder, 'tty*')).get('left');
  await until(() => expect(left?.cause?.detail).toMatchObject({ what: 'uid', expected: LEFT, found: RIGHT }));
  plug(join(folder, 'ttyB'), LEFT);
  await until(() => expect(left?.state).toBe('stopped'));
});

it('[S6] finds two boards that were swapped', { timeout: 40_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'celda-ports-'));
  plug(join(folder, 'ttyA'), RIGHT);
  plug(join(folder, 'ttyB'), LEFT);
  const boards = { left: { port: join(folder, 'ttyA'), uid: LEFT }, right: { port: join(folder, 'ttyB'), uid: RIGHT } };
  const seen = runCell(boards, join(folder, 'none'));
  await until(() => expect([...seen.values()].map(({ state }) => state)).toEqual(['stopped', 'stopped']));
  expect([...seen.values()].map(({ uid }) => uid())).toEqual([LEFT, RIGHT]);
});
