// What the control cycle sees of one board. Implemented by `firmware-bridge/session`.
import type { Observable } from 'rxjs';
import type { BoardPlan } from '../core/board-plan.ts';
import type { LeaseProof, LinkFigures, LinkState } from '../core/cell-event.ts';
import type { Fault } from '../core/faults.ts';
import type { MonotonicMs } from '../core/units.ts';

/** The newest process image of a board, immutable. Arrays are indexed by the slots of its `BoardPlan`. */
export interface BoardImage {
  readonly receivedAt: MonotonicMs;
  /** Board time since its boot, microseconds; wraps are unfolded by the session. */
  readonly boardTimeUs: number;
  /** Number on the wire of the control cycle whose command the board executed last; 0 before the first. */
  readonly receiptCycle: number;
  readonly inputs: readonly number[];
  /** Read-back of the outputs. Servo slots: the pulse width in force or last in force, µs. */
  readonly outputs: readonly number[];
  readonly armed: boolean;
}

/** What comes from a board. An `image` or `edge` is never older than the one before. */
export type BoardEvent =
  | { readonly kind: 'image'; readonly image: BoardImage }
  /** A safety input changed; sent by the board at once, to be handled in the same turn. */
  | { readonly kind: 'edge'; readonly image: BoardImage }
  | { readonly kind: 'link'; readonly state: LinkState; readonly cause: Fault | undefined }
  /** The board has proven its lease: once after every boot of it and of this process, before its link is `stopped`. */
  | { readonly kind: 'proof'; readonly proof: LeaseProof };

/** One cycle's command. Writing it renews the leases of the board's hazardous outputs. */
export interface BoardCommand {
  /** Number of the finished control cycle, whole, strictly increasing, from 1; on the wire it goes round at 2^32. */
  readonly cycle: number;
  /** False: outputs stay at their safe values whatever `outputs` says. */
  readonly arm: boolean;
  /** By output slot: 0/1 pin level, or pulse width in µs (0: no pulses). */
  readonly outputs: readonly number[];
}

/** One board of a cell: newest inputs in, one command per cycle out. */
export interface BoardPort {
  readonly name: string;
  /** Connects on subscription, reconnects by itself, never errors and never completes; unsubscribing closes. Share it. */
  readonly events$: Observable<BoardEvent>;
  /** Sends one frame in this turn; dropped when no session is open. Never blocks, never throws. */
  write(command: BoardCommand): void;
  /** Median round trip of the last second, ms; 0 while unknown. */
  readonly roundTripMs: number;
  /** What was measured of the link; sorts, so not for every cycle. Undefined where nothing is measured: stock Firmata. */
  figures(): LinkFigures | undefined;
  /** After a trip: opens a new session (ends in `stopped`). No effect in other states. */
  reopen(): void;
  /**
   * Has the board watch what this plan says: opens a new session (ends in `stopped`) where its permits are others than before.
   * Slots must be the same as ever. Stock Firmata watches nothing.
   */
  configure(plan: BoardPlan): void;
}
