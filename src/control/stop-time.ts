// Times how long a stop takes to reach a board: from the moment at which the board saw an edge to its receipt of what the
// controller made of it. Real stops are timed, and every cycle stands in for one that might have come.
import type { StopTimeFigures } from '../core/cell-event.ts';
import { isCycleReached } from '../core/cycle-number.ts';
import { TimeHistogram } from '../core/time-histogram.ts';
import type { MonotonicMs } from '../core/units.ts';
import type { BoardCommand, BoardImage } from '../ports/board-port.ts';

/** What counts as recent is kept in parts of this length, ms, and so many of them. */
const RECENT = { partMs: 1000, parts: 10 } as const;
/** Commands without a receipt that are remembered; a link that owes receipts for 100 ms is lost. */
const OPEN_MAX = 256;

interface OpenCommand {
  readonly cycle: number;
  /** The newest image when the command was decided. */
  readonly base: BoardImage;
  /** When that became known which the command answers: the arrival of the edge, or when the cycle was due. */
  readonly since: MonotonicMs;
  readonly isStop: boolean;
  /** The board was armed and is not to be any more: the first image that says so is a receipt too, of the STOP frame. */
  readonly disarms: boolean;
}

/**
 * One board's stop times. The board's own clock stamps both ends, so neither needs the other's: `base` is stamped when the
 * board saw what it says, the receipt when the board had executed the command. What the image waited in this process for its
 * cycle is taken off, because an edge does not wait; what the cycle was late by stays in, because an edge would have been late too.
 *
 * A command that was lost, or thinned out on a busy line, counts until the next one is received: never too short.
 */
export class StopTimeMeter {
  readonly #all = new TimeHistogram();
  readonly #stops = new TimeHistogram();
  #lastStopMs = 0;
  #recent: { readonly key: number; maxMs: number; samples: number }[] = [];
  #newest: BoardImage | undefined = undefined;
  #open: OpenCommand[] = [];

  /** The session ended: nothing that was written will be received. What was measured stays. */
  reset(): void {
    this.#newest = undefined;
    this.#open = [];
  }

  /** @param since when that became known which the command answers; a stop when an edge made it */
  written({ cycle, arm }: BoardCommand, since: MonotonicMs, isStop: boolean): void {
    const base = this.#newest;
    if (base === undefined || this.#open.length >= OPEN_MAX) return;
    this.#open.push({ cycle, base, since, isStop, disarms: base.armed && !arm });
  }

  /** Takes an image, before anything is decided from it. @returns times of real stops that it acknowledges, ms */
  image(image: BoardImage): readonly number[] {
    this.#newest = image;
    if (this.#open.length === 0) return [];
    const settled = this.#open.filter((command) => isReceived(command, image));
    this.#open = this.#open.filter((command) => !isReceived(command, image));
    const stopsMs: number[] = [];
    for (const command of settled) {
      const ms = this.#settle(command, image);
      if (command.isStop) stopsMs.push(ms);
    }
    return stopsMs;
  }

  /** @param now leaves out of `recent` what is older than ten seconds */
  figures(now: MonotonicMs): StopTimeFigures {
    const oldest = Math.floor(now / RECENT.partMs) - RECENT.parts;
    const recent = this.#recent.filter(({ key }) => key >= oldest);
    return {
      samples: this.#all.count,
      p50Ms: this.#all.percentileMs(0.5),
      p99Ms: this.#all.percentileMs(0.99),
      maxMs: this.#all.maxMs,
      recentSamples: recent.reduce((sum, { samples }) => sum + samples, 0),
      recentMaxMs: recent.reduce((max, { maxMs }) => Math.max(max, maxMs), 0),
      stops: this.#stops.count,
      stopP50Ms: this.#stops.percentileMs(0.5),
      stopP99Ms: this.#stops.percentileMs(0.99),
      stopMaxMs: this.#stops.maxMs,
      lastStopMs: this.#lastStopMs,
    };
  }

  #settle({ base, since, isStop }: OpenCommand, image: BoardImage): number {
    const ms = Math.max(0, (image.boardTimeUs - base.boardTimeUs) / 1000 - (since - base.receivedAt));
    this.#all.add(ms);
    this.#addRecent(ms, image.receivedAt);
    if (isStop) {
      this.#stops.add(ms);
      this.#lastStopMs = ms;
    }
    return ms;
  }

  #addRecent(ms: number, now: MonotonicMs): void {
    const key = Math.floor(now / RECENT.partMs);
    let part = this.#recent.at(-1);
    if (part?.key !== key) {
      part = { key, maxMs: 0, samples: 0 };
      this.#recent = [...this.#recent.filter((old) => old.key >= key - RECENT.parts), part];
    }
    part.samples += 1;
    part.maxMs = Math.max(part.maxMs, ms);
  }
}

function isReceived({ cycle, disarms }: OpenCommand, image: BoardImage): boolean {
  return isCycleReached(image.receiptCycle, cycle) || (disarms && !image.armed);
}
