// Goal: eight boards on one controller have about the cycle of one board. Method: the control half of a cell in a process of its
// own, over as many pseudo-terminals, all axes moving; the firmware cores are in this process. One board and eight take turns.
import { Helper } from './child.ts';
import { comparedFigure, type Figure, type Measurement } from './figure.ts';
import { boardUid, CYCLE_MS, SAFETY_PINS } from './many-boards-cell.ts';
import type { ManyBoardsSettings, ManyBoardsWindow } from './many-boards-host.ts';
import { pause } from './moving-cell.ts';
import { PtyBoard } from './pty-board.ts';
import { percentile } from './statistics.ts';

const BOARDS = 8;
const FULL = { rounds: 6, windowMs: 5_000 } as const;
const QUICK = { rounds: 2, windowMs: 1_000 } as const;
const WARM_UP_MS = 2_000;
const READY_TRIES = 40;
const WINDOW_TRIES = 10;
const PRESS_MS = 100;
const RATIO_MAX = 1.5;

type Windows = readonly ManyBoardsWindow[];

export const measureManyBoards: Measurement = async ({ quick, progress }) => {
  const { rounds, windowMs } = quick ? QUICK : FULL;
  progress(`boards: ${rounds} times one board and ${BOARDS} boards on one controller`);
  const one: ManyBoardsWindow[] = [];
  const many: ManyBoardsWindow[] = [];
  for (let round = 0; round < rounds; round += 1) {
    one.push(await measureCell(1, windowMs));
    many.push(await measureCell(BOARDS, windowMs));
  }
  return figuresOf(one, many);
};

async function measureCell(count: number, windowMs: number): Promise<ManyBoardsWindow> {
  const boards = Array.from({ length: count }, (_, index) => new PtyBoard({ uid: boardUid(index) }));
  try {
    const settings: ManyBoardsSettings = { paths: boards.map(({ path }) => path) };
    const host = await Helper.start('./many-boards-host.ts', settings);
    try {
      await setMoving(boards, host);
      await measureWindow(host, WARM_UP_MS);
      return await measureMoving(boards, host, windowMs);
    } finally {
      await host.stop();
    }
  } finally {
    for (const board of boards) board.close();
  }
}

/** @throws Error when the cell does not come to it */
async function setMoving([first]: readonly PtyBoard[], host: Helper): Promise<void> {
  if (first === undefined) throw new Error('a cell has a board');
  for (const pin of SAFETY_PINS.closed) first.levels.set(pin, 0);
  for (let tries = 0; tries < READY_TRIES; tries += 1) {
    first.levels.set(SAFETY_PINS.reset, 0);
    await pause(PRESS_MS);
    first.levels.set(SAFETY_PINS.reset, 1);
    await pause(PRESS_MS);
    const answer = host.next('unit', 10_000);
    host.send({ order: true });
    if ((await answer)['unit'] === 'Execute') return;
  }
  throw new Error('the cell cannot be set moving');
}

/**
 * A cell that rests proves little: a window in which it stopped by itself, such as by a late cycle, does not count.
 * @throws Error when it keeps stopping
 */
async function measureMoving(boards: readonly PtyBoard[], host: Helper, windowMs: number): Promise<ManyBoardsWindow> {
  for (let tries = 0; tries < WINDOW_TRIES; tries += 1) {
    await setMoving(boards, host);
    const { unit, ...window } = await measureWindow(host, windowMs);
    if (unit === 'Execute') return window;
  }
  throw new Error('the cell keeps stopping by itself: is the machine too busy for its cycle?');
}

async function measureWindow(host: Helper, windowMs: number): Promise<ManyBoardsWindow & { readonly unit: string }> {
  const answer = host.next('measured', windowMs + 10_000);
  host.send({ windowMs });
  return (await answer) as unknown as ManyBoardsWindow & { readonly unit: string };
}

function figuresOf(one: Windows, many: Windows): readonly Figure[] {
  const p99 = (windows: Windows, key: keyof ManyBoardsWindow): number[] =>
    windows.map((window) => percentile(window[key], 99));
  const cycles = many.reduce((sum, { workMs }) => sum + workMs.length, 0);
  return [
    comparedFigure({
      name: `cycle of ${BOARDS} boards on one controller, p99`,
      requirement: `p99 <= ${RATIO_MAX} x one board`,
      unit: 'ms',
      measured: p99(many, 'distancesMs'),
      reference: { what: 'one board', runs: p99(one, 'distancesMs') },
      ratioMax: RATIO_MAX,
      note: `from one command to a board to the next, of all boards, at a period of ${CYCLE_MS} ms; ${cycles} cycles in ${many.length} runs`,
    }),
    comparedFigure({
      name: `work in a cycle of ${BOARDS} boards, p99`,
      requirement: '-',
      unit: 'ms',
      measured: p99(many, 'workMs'),
      reference: { what: 'one board', runs: p99(one, 'workMs') },
      ratioMax: undefined,
      note: 'from the beginning of the cycle until the last board has its command; eight boards have eight times the signals',
    }),
  ];
}
