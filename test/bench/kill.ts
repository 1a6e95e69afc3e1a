// Goal: the same as the lease, with nothing simulated on the host: the real control process is killed while the arm moves.
// Method: SIGKILL to the control process of a running cell; the board behind the pseudo-terminal times it by its own clock.
import { createRandom } from '../../sim/kernel/random.ts';
import { boundedFigure, type Measurement } from './figure.ts';
import { MovingCell, pause } from './moving-cell.ts';

/** The supervisor gives up after three crashes, so each cell is good for two. */
const KILLS_PER_CELL = 2;
const CELLS = 5;
const QUICK_CELLS = 1;
const LEASE_MS = 100;
const PHASE_MS = 20;
const TRIES = 10;

export const measureKill: Measurement = async ({ quick, progress }) => {
  const cells = quick ? QUICK_CELLS : CELLS;
  progress(`kill: ${cells * KILLS_PER_CELL} times kill -9 of a real control process`);
  const random = createRandom('kill').stream('phases');
  const times: number[] = [];
  for (let count = 0; count < cells; count += 1) {
    const cell = await MovingCell.start({ leaseMs: LEASE_MS });
    try {
      for (let kill = 0; kill < KILLS_PER_CELL; kill += 1)
        times.push(await killOnce(cell, () => random.below(PHASE_MS)));
    } finally {
      await cell.stop();
    }
  }
  return [
    boundedFigure({
      name: 'kill -9 of the control process -> outputs safe',
      requirement: '<= lease + 1 ms',
      unit: 'ms',
      values: times,
      judged: 'max',
      limit: { what: `lease of ${LEASE_MS} ms + 1 ms`, value: LEASE_MS + 1, kind: 'at most' },
      note: `${times.length} kills of a moving cell, from the last executed command, the board's own clock`,
    }),
  ];
};

/** @returns board time from the last executed command to the safe outputs, ms */
async function killOnce(cell: MovingCell, phase: () => number): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await cell.setMoving();
    await pause(phase());
    const time = await cell.timeToSafe(() => process.kill(cell.process.controlPid, 'SIGKILL'));
    if (time !== undefined) return time;
  }
  throw new Error('the cell keeps stopping by itself: is the machine too busy for its cycle?');
}
