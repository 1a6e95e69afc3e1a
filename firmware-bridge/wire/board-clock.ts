// Maps between the host's clock and the board's: unfolds the board's 32-bit microseconds and bounds its present time.
import { type Anchor, ClockBounds } from './clock-bounds.ts';

const WRAP_US = 2 ** 32;

/**
 * The estimate is never ahead of the board's true time while the board runs between 0.95 and 1.05 of the host's rate and
 * that rate changes by no more than 0.1 % per second, so that a limit derived from it is reached by the board early
 * rather than late. It is behind by the least delay that a frame of the last second had.
 */
export class BoardClock {
  #last: Anchor | undefined = undefined;
  #bounds = new ClockBounds();

  /** Board microseconds per host microsecond, as far as it is known: 0.95 to 1.05 at first. */
  get rate(): { readonly min: number; readonly max: number } {
    return this.#bounds.rate;
  }

  /** A new session: board time goes on, what was measured does not count any more. */
  restart(): void {
    this.#bounds = new ClockBounds();
  }

  /** The board has booted: its time began anew. */
  rebooted(): void {
    this.#last = undefined;
    this.restart();
  }

  /**
   * Takes the stamp of a frame that has just arrived.
   * @param stampUs board time modulo 2^32, µs
   * @param arrivalMs host time, ms
   * @param writtenMs host time at which the command was written that the frame is the receipt of, if it is one
   * @returns board time unfolded, µs
   */
  sample(stampUs: number, arrivalMs: number, writtenMs?: number): number {
    const boardUs = this.#unfold(stampUs, arrivalMs);
    this.#bounds.add(boardUs, arrivalMs, writtenMs);
    return boardUs;
  }

  /** @returns estimated board time at host time `nowMs`, unfolded µs; undefined before the first sample. */
  estimateUs(nowMs: number): number | undefined {
    return this.#bounds.lowerUs(nowMs);
  }

  /**
   * The board time that the board reaches `validityMs` of the host's time after `nowMs`, or earlier: counted at the
   * slowest rate that the board may have.
   * @returns unfolded µs; undefined before the first sample
   */
  deadlineUs(nowMs: number, validityMs: number): number | undefined {
    const nowUs = this.estimateUs(nowMs);
    return nowUs === undefined ? undefined : nowUs + validityMs * 1000 * this.#bounds.rate.min;
  }

  /** Takes the unfolded time nearest to the one expected by the host's clock, so that long pauses do no harm. */
  #unfold(stampUs: number, arrivalMs: number): number {
    const last = this.#last;
    const expectedUs = last === undefined ? stampUs : Math.round(last.boardUs + (arrivalMs - last.hostMs) * 1000);
    const boardUs = expectedUs + ((stampUs - foldUs(expectedUs)) | 0);
    this.#last = { boardUs, hostMs: arrivalMs };
    return boardUs;
  }
}

/** @returns unfolded board time as the wire carries it: whole µs modulo 2^32. */
export function foldUs(boardUs: number): number {
  return ((Math.floor(boardUs) % WRAP_US) + WRAP_US) % WRAP_US;
}
