// The controller of the figure of many boards: the control half of a cell in a process of its own, over real serial ports.
// Its transports note when the bytes of each cycle are handed over.

import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { startControl } from '../../src/app/compose-control.ts';
import { takeHighPriority } from '../../src/app/process-priority.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { createSystemRandom } from '../../src/app/system-random.ts';
import type { CellRequest } from '../../src/core/cell-event.ts';
import { STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transport, TransportFactory } from '../../src/ports/transport.ts';
import { jobOrder } from '../support/cycle-rig.ts';
import { helperArgument, sayReady, tell } from './child.ts';
import { manyBoardsCell } from './many-boards-cell.ts';

export interface ManyBoardsSettings {
  /** Port of each board, in order. */
  readonly paths: readonly string[];
}

/** What one window gave, ms. */
export interface ManyBoardsWindow {
  /** Between the commands of two cycles to a board, of all boards. */
  readonly distancesMs: readonly number[];
  /** From the beginning of the cycle until the last board's command was handed over. */
  readonly workMs: readonly number[];
}

const { paths } = helperArgument() as ManyBoardsSettings;
const cell = manyBoardsCell(paths.length);
const realClock = createRealClock();
const lastWriteAt = paths.map(() => Number.NaN);
let turnBeganAt = 0;
let distancesMs: number[] = [];
let workMs: number[] = [];
let isMeasuring = false;
let unit = '';
let request: (request: CellRequest) => void = () => undefined;
let orders = 0;

/** Notes when each turn begins: a cycle is one. */
const clock: Clock = {
  now: () => realClock.now(),
  wall: () => realClock.wall(),
  schedule: (at, task) =>
    realClock.schedule(at, () => {
      turnBeganAt = performance.now();
      task();
    }),
};

function timed(factory: TransportFactory, index: number): TransportFactory {
  return () => {
    const transport = factory();
    const write = (bytes: Uint8Array): void => {
      transport.write(bytes);
      noteWrite(index);
    };
    const timedTransport: Transport = {
      open: (listener) => transport.open(listener),
      write,
      setBaud: (baud, done) => {
        if (transport.setBaud === undefined) done(false);
        else transport.setBaud(baud, done);
      },
      close: () => transport.close(),
      get pendingBytes() {
        return transport.pendingBytes;
      },
    };
    return timedTransport;
  };
}

function noteWrite(index: number): void {
  const now = performance.now();
  if (isMeasuring) {
    distancesMs.push(now - (lastWriteAt[index] ?? now));
    if (index === paths.length - 1) workMs.push(now - turnBeganAt);
  }
  lastWriteAt[index] = now;
}

takeHighPriority();
startControl({
  cell,
  epoch: 'bench',
  clock,
  random: createSystemRandom(),
  transports: new Map(
    cell.boards.map(({ name }, index) => [
      name,
      timed(openTransport(paths[index] ?? '', { clock, baud: BOOT_BAUD }), index),
    ]),
  ),
  programs: [],
  server: {
    listen: (listener) => {
      request = listener;
      return () => undefined;
    },
    storage: () => STORED_AT_ONCE,
    publish: (message) => {
      if (message.kind === 'snapshot') unit = message.snapshot.unit;
    },
    close: () => undefined,
  },
  log: () => undefined,
}).ended.catch((error: unknown) => {
  throw error;
});

process.on('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null) return;
  if ('order' in message) order();
  if ('windowMs' in message) void measure(Number(message.windowMs));
});
sayReady();

/** Asks for the dance; answers what the unit does. */
function order(): void {
  orders += 1;
  if (unit !== 'Execute') {
    const dance = jobOrder(`bench-${orders}`, { workMasterId: 'dance' });
    request({ kind: 'store-and-start', requestId: `r${orders}`, order: dance });
  }
  tell({ kind: 'unit', unit });
}

async function measure(windowMs: number): Promise<void> {
  distancesMs = [];
  workMs = [];
  isMeasuring = true;
  await new Promise((resolve) => setTimeout(resolve, windowMs));
  isMeasuring = false;
  tell({ kind: 'measured', unit, distancesMs, workMs });
}
