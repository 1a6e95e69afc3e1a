// Has every board prove its lease before it is used, once after each of its boots; remembers how that ended.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { LeaseProof } from '../../src/core/cell-event.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import {
  type LeaseProofPlan,
  type ProofEvent,
  type ProofImage,
  type ProofOutcome,
  type ProofRoundKind,
  type LeaseProof as State,
  stepLeaseProof,
  unsent,
} from '../wire/lease-proof.ts';
import { frameSizes } from '../wire/line-budget.ts';
import type { IdentMessage } from '../wire/messages.ts';

/** Rounds that show nothing before the link is refused. */
const ATTEMPTS_MAX = 6;
/** Why a link is lost on which no proof can be made: this machine or the line stalls, or frames get lost. */
export const PROOF_DISTURBED = 'lease proof disturbed';
/** Why a link is refused whose proof an input of the board has ended each time. */
export const PROOF_INTERRUPTED = 'lease proof interrupted by an input';
/** Shift of the board's images in the attempts of a round, ms. */
const SHIFT_MS = [undefined, 2, 3.5, undefined, 2, 3.5] as const;

/** What the session is to do. */
export type ProofVerdict =
  /** Nothing yet; images are the prover's alone. */
  | { readonly kind: 'busy' }
  /** A permit is open: images may be shown, nothing may be armed. */
  | { readonly kind: 'blocked' }
  /** The board has tripped, or may have: open another session. With `proof` when all is proven. */
  | { readonly kind: 'reopen'; readonly proof: LeaseProof | undefined }
  | { readonly kind: 'refuse'; readonly fault: Fault };

/** How the prover reaches the board. */
export interface LeaseProverOptions {
  readonly plan: BoardPlan;
  /** Writes one command, armed. @returns whether it went out */
  readonly write: (cycle: number, outputs: readonly number[]) => boolean;
  /** Asks the board for its pins. */
  readonly ask: () => void;
  readonly wakeBy: (atMs: number) => void;
}

/** One boot of one board. */
type Boot = Pick<IdentMessage, 'uid' | 'bootCount'>;

export class LeaseProver {
  readonly #options: LeaseProverOptions;
  #proofPlan: LeaseProofPlan;
  #hasAnswered = false;
  #boot: Boot | undefined = undefined;
  #round: ProofRoundKind | 'proven' = 'safe';
  #attempts = 0;
  #failure: Fault | undefined = undefined;
  #state: State = { kind: 'waiting' };

  constructor(options: LeaseProverOptions) {
    this.#options = options;
    this.#proofPlan = { plan: options.plan, imageMs: 0 };
  }

  /** The board answers: what was shown before its last boot does not count any more. */
  meet({ uid, bootCount }: Boot): void {
    if (this.#boot?.uid === uid && this.#boot.bootCount === bootCount) return;
    this.#boot = { uid, bootCount };
    this.#round = 'safe';
    this.#attempts = 0;
    this.#failure = undefined;
  }

  /** The present boot has failed the proof for certain: only another one is tried again. */
  get failure(): Fault | undefined {
    return this.#failure;
  }

  get isProven(): boolean {
    return this.#round === 'proven';
  }

  /** A session has been opened with this plan, at so many bits per second. */
  begin(plan: BoardPlan, baud: number): void {
    this.#proofPlan = { plan, imageMs: (frameSizes(plan).imageBytes * 10_000) / baud };
    this.#hasAnswered = false;
    this.#state = { kind: 'waiting' };
  }

  /** An answer came between two images; the next image may have waited for it. */
  answered(): void {
    this.#hasAnswered = true;
  }

  image(image: Omit<ProofImage, 'isBehindAnswer'>, nowMs: number): ProofVerdict {
    const isBehindAnswer = this.#hasAnswered;
    this.#hasAnswered = false;
    return this.#step({ kind: 'image', ...image, isBehindAnswer }, nowMs);
  }

  /** Due when it asked to be woken. */
  time(nowMs: number): ProofVerdict {
    return this.#step({ kind: 'time' }, nowMs);
  }

  #step(event: ProofEvent, nowMs: number): ProofVerdict {
    const kind = this.#round;
    if (kind === 'proven') return { kind: 'busy' };
    const round = { kind, shiftMs: SHIFT_MS[this.#attempts] };
    const { state, command, asks, wakeAt } = stepLeaseProof(this.#proofPlan, round, this.#state, event, nowMs);
    this.#state = state;
    if (asks === true) this.#options.ask();
    if (command !== undefined && !this.#options.write(command.cycle, command.outputs)) this.#state = unsent(state);
    if (wakeAt !== undefined) this.#options.wakeBy(wakeAt);
    if (state.kind === 'ended') return this.#conclude(state.outcome, kind);
    return { kind: state.kind === 'blocked' ? 'blocked' : 'busy' };
  }

  #conclude(outcome: ProofOutcome, round: ProofRoundKind): ProofVerdict {
    const { board } = this.#proofPlan.plan;
    switch (outcome.kind) {
      case 'kept':
        return this.#keep(outcome, round);
      case 'permit':
        return this.#interrupted(outcome.input, round);
      case 'disturbed':
        this.#attempts += 1;
        if (this.#attempts < ATTEMPTS_MAX) return { kind: 'reopen', proof: undefined };
        this.#attempts = 0;
        return { kind: 'refuse', fault: fault(1001, { board: board.name, reason: PROOF_DISTURBED }) };
      case 'failed':
        this.#failure = fault(1011, { board: board.name, found: outcome.found, round, ...outcome.detail });
        return { kind: 'refuse', fault: this.#failure };
      default:
        return outcome satisfies never;
    }
  }

  /**
   * Somebody may open a guard once or twice. An input that opens each time chatters, or the very output that is switched on
   * for the proof opens it, as the feedback of a contactor does: that output is not switched on again without end.
   */
  #interrupted(input: string, round: ProofRoundKind): ProofVerdict {
    const { board } = this.#proofPlan.plan;
    this.#attempts += 1;
    if (this.#attempts < ATTEMPTS_MAX) return { kind: 'reopen', proof: undefined };
    this.#attempts = 0;
    if (round === 'safe')
      return { kind: 'refuse', fault: fault(1001, { board: board.name, reason: PROOF_INTERRUPTED, input }) };
    this.#failure = fault(1011, { board: board.name, found: 'permit', round, input });
    return { kind: 'refuse', fault: this.#failure };
  }

  /** Where the line hid the moment of the trip it is tried again; a line that always does is as exact as it can be. */
  #keep(outcome: Extract<ProofOutcome, { readonly kind: 'kept' }>, round: ProofRoundKind): ProofVerdict {
    const { board } = this.#proofPlan.plan;
    this.#attempts += 1;
    if (!outcome.isExact && this.#attempts < ATTEMPTS_MAX) return { kind: 'reopen', proof: undefined };
    this.#attempts = 0;
    const { armedUntilMs, safeByMs } = outcome;
    const isLast = round === 'energised' || board.proveWith.length === 0;
    const energised = round === 'energised' ? board.proveWith : [];
    this.#round = isLast ? 'proven' : 'energised';
    const proof = { leaseMs: board.leaseMs, armedUntilMs, safeByMs, energised };
    return { kind: 'reopen', proof: isLast ? proof : undefined };
  }
}
