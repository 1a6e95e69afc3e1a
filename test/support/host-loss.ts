// The ways in which a board loses its controller, for real: the control process of a running cell is killed, frozen, cut
// off or kept busy while the arm moves, and the board behind the pseudo-terminal is timed by its own clock.
import { createRandom, type RandomStream } from '../../sim/kernel/random.ts';
import { MovingCell, pause } from '../bench/moving-cell.ts';

export const HOST_LOSSES = ['killed', 'frozen', 'unplugged', 'blocked'] as const;
export type HostLoss = (typeof HOST_LOSSES)[number];

/** Lease of the cell's board, ms. */
export const LEASE_MS = 100;
/** The supervisor leaves the control process down at the third crash, so each cell is good for two. */
const KILLS_PER_CELL = 2;
/** Others do the cell no harm; it is replaced all the same, so that one that went wrong does not spoil all. */
const LOSSES_PER_CELL = 25;
const PHASE_MS = 20;

interface Way {
  readonly lose: (cell: MovingCell) => void;
  /** Gives the controller back, when the board is safe. */
  readonly end: (cell: MovingCell) => void;
}

const WAYS: Readonly<Record<HostLoss, Way>> = {
  killed: { lose: (cell) => signal(cell, 'SIGKILL'), end: () => undefined },
  frozen: { lose: (cell) => signal(cell, 'SIGSTOP'), end: (cell) => signal(cell, 'SIGCONT') },
  unplugged: { lose: (cell) => cell.unplug(), end: (cell) => cell.plugIn() },
  // The program in the cell holds its event loop for longer than the lease.
  blocked: { lose: (cell) => signal(cell, 'SIGUSR2'), end: () => undefined },
};

function signal(cell: MovingCell, name: NodeJS.Signals): void {
  process.kill(cell.process.controlPid, name);
}

/**
 * Loses the controller again and again, at a random phase of the cycle each time.
 * @param progress called after each loss
 * @returns board time from the last command that was executed to the outputs at their safe values, ms, one per loss; infinite
 *   where they were not safe after 10 s
 * @throws Error when a cell cannot be set moving
 */
export async function loseHost(
  loss: HostLoss,
  times: number,
  seed: number | string,
  progress: (done: number) => void = () => undefined,
): Promise<readonly number[]> {
  const phases = createRandom(`${seed}`).stream(loss);
  const found: number[] = [];
  for (let cells = 0; found.length < times; cells += 1) {
    // Two good losses of each, and some that the cell spoils by stopping too early on a busy machine.
    if (cells > times) throw new Error('the cell keeps stopping by itself: is the machine too busy for its cycle?');
    const cell = await MovingCell.start({ leaseMs: LEASE_MS, program: loss === 'blocked' ? 'busy.ts' : '' });
    try {
      await loseOneHost(cell, loss, phases, times, found, progress);
    } finally {
      await cell.stop();
    }
  }
  return found;
}

/** Loses the controller of one cell as often as that is good for, and adds the times. */
async function loseOneHost(
  cell: MovingCell,
  loss: HostLoss,
  phases: RandomStream,
  times: number,
  found: number[],
  progress: (done: number) => void,
): Promise<void> {
  const { lose, end } = WAYS[loss];
  const lossesMax = loss === 'killed' ? KILLS_PER_CELL : LOSSES_PER_CELL;
  for (let losses = 0, tries = 0; losses < lossesMax && tries < 2 * lossesMax && found.length < times; tries += 1) {
    const seen = { isLost: false };
    await cell.setMoving();
    await pause(phases.uniform() * PHASE_MS);
    const time = await cell.timeToSafe(() => {
      seen.isLost = true;
      lose(cell);
    });
    if (!seen.isLost) continue;
    end(cell);
    losses += 1;
    if (time === undefined) continue;
    found.push(time);
    progress(found.length);
  }
}
