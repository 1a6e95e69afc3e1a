// Takes the images of a session: their time, their receipts, what they say of the link, and whether the outputs are as they
// were told. It decides nothing about the link itself.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { MonotonicMs } from '../../src/core/units.ts';
import type { BoardImage } from '../../src/ports/board-port.ts';
import type { BoardClock } from '../wire/board-clock.ts';
import { type BoardImageValues, unpackBoardImage } from '../wire/images.ts';
import type { ImageMessage } from '../wire/messages.ts';
import type { CommandLane } from './command-lane.ts';
import { linkStateOf } from './link-state.ts';
import type { BoardCounters } from './link-stats.ts';
import type { StuckOutput } from './read-back-watch.ts';

export interface ImageIntakeOptions {
  readonly plan: BoardPlan;
  readonly boardClock: BoardClock;
  readonly commands: CommandLane;
  readonly counters: BoardCounters;
}

/** An image that fits the plan and is newer than the one before. */
export interface TakenImage {
  readonly kind: 'taken';
  readonly state: 'stopped' | 'armed' | 'tripped';
  readonly values: BoardImageValues;
  /** Unfolded, µs. */
  readonly boardTimeUs: number;
  /** As the port gives it. */
  readonly image: BoardImage;
}

/** `lost`: no board of this session can have sent it. */
export type Intake = TakenImage | { readonly kind: 'lost'; readonly reason: string };

export class ImageIntake {
  readonly #options: ImageIntakeOptions;
  /** Board time of the newest image of this session, unfolded µs. */
  #newestUs = Number.NEGATIVE_INFINITY;

  constructor(options: ImageIntakeOptions) {
    this.#options = options;
  }

  /** A new session: what was heard before does not count. */
  reset(): void {
    this.#newestUs = Number.NEGATIVE_INFINITY;
    this.#options.counters.rebase();
  }

  take(message: ImageMessage, now: MonotonicMs): Intake {
    const { plan, boardClock, commands, counters } = this.#options;
    const values = unpackBoardImage(plan, message.image);
    const state = linkStateOf(message);
    if (values === undefined) return { kind: 'lost', reason: 'image length' };
    if (state === undefined) return { kind: 'lost', reason: `board state ${message.state}` };
    const isReceipt = state !== 'tripped';
    const writtenMs = isReceipt ? commands.receipts.received(message.receiptCycle, now) : undefined;
    const boardTimeUs = boardClock.sample(message.boardTimeUs, now, writtenMs);
    // Sequence numbers come round again; time does not. What is older than what was heard is a repetition.
    if (boardTimeUs < this.#newestUs) return { kind: 'lost', reason: 'board time went back' };
    this.#newestUs = boardTimeUs;
    counters.update(message);
    if (!isReceipt) commands.receipts.reset();
    const { inputs, outputs } = values;
    const { receiptCycle } = message;
    const image = { receivedAt: now, boardTimeUs, receiptCycle, inputs, outputs, armed: state === 'armed' };
    return { kind: 'taken', state, values, boardTimeUs, image };
  }

  /** @returns an output that has not been for a while what it was told to be */
  stuckOutput(message: ImageMessage, { values, boardTimeUs }: TakenImage): StuckOutput | undefined {
    return this.#options.commands.readBack.image(message, values, boardTimeUs);
  }
}
