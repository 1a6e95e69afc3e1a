// Proves on the board itself that it goes safe without us: arms it, stops renewing its lease, and reads back when it
// tripped. A pure state machine: images in, commands out, time as data.
import { axisState, type BoardPlan, HOLD, type OutputSlot } from '../../src/core/board-plan.ts';
import type { BoardImageValues } from './images.ts';
import type { ImageMessage } from './messages.ts';

/** Commands executed before the lease is withheld: the last one counts, not the first. */
const COMMANDS = 3;
/** Between commands, ms: less than a board waits before it sends an image unasked, so that each image is a receipt. */
const COMMAND_EVERY_MS = 8;
/** A line that is busy with images is left this much room between commands. */
const LINE_SHARE_MAX = 0.7;
/** A board decides its lease in its tick, ms. */
const TICK_MS = 1;
/** A trip this much before the lease has ended is no trip by this lease: a command was lost or its receipt late, ms. */
const EARLY_MS_MAX = 5;
/** How far our clock may be ahead of the board's over a proof: its drift, and what this machine may be late by. */
const CLOCK = { driftShare: 0.05, jitterMs: 60 } as const;
/** Images further apart than this by our clock show a stall of this machine, of the line or of what plays the board, ms. */
const GAP_MS_MAX = 50;
/** A board whose time stands still is not waited for longer than this after the lease, ms. */
const GIVE_UP_MS = 500;

/** What a proof needs to know; computed once per board. */
export interface LeaseProofPlan {
  readonly plan: BoardPlan;
  /** Time that one image takes on the line, ms: the resolution of a read-back that had to wait for the line. */
  readonly imageMs: number;
}

/**
 * `safe`: armed with every output at its safe value, so that nothing moves. `energised`: with the digital outputs that
 * `proveWith` names at the other level.
 */
export type ProofRoundKind = 'safe' | 'energised';

/** One try of a proof. */
export interface ProofRound {
  readonly kind: ProofRoundKind;
  /**
   * An answer asked for this long after the last receipt moves the board's later images by some milliseconds, so that the
   * image that hid the moment of the trip in one round does not hide it in the next, ms; undefined: none is asked for.
   */
  readonly shiftMs: number | undefined;
}

/** How a round ended. Times by the board's clock since it executed the last command, ms. */
export type ProofOutcome =
  /** It tripped within the lease. `isExact`: seen at once, not after an image that occupied the line. */
  | { readonly kind: 'kept'; readonly armedUntilMs: number; readonly safeByMs: number; readonly isExact: boolean }
  /** The firmware is not to be trusted. */
  | {
      readonly kind: 'failed';
      readonly found: 'late' | 'output' | 'cause';
      readonly detail: Readonly<Record<string, string | number>>;
    }
  /** An input opened that the board watches: the device on it. */
  | { readonly kind: 'permit'; readonly input: string }
  /** This machine or the line stalled, or a frame was lost: nothing is shown. */
  | { readonly kind: 'disturbed' };

/** Where a round stands. Times in monotonic milliseconds unless they say otherwise; `ended` is its end. */
export type LeaseProof =
  | { readonly kind: 'waiting' }
  /** A permit is open: the board cannot be armed, so nothing can be proven yet. */
  | { readonly kind: 'blocked' }
  | {
      readonly kind: 'renewing';
      /** Number of the last command, and how many have gone out: a busy line holds some back. */
      readonly cycle: number;
      readonly sent: number;
      readonly nextAt: number;
      readonly outputs: readonly number[];
      readonly missedFrames: number;
    }
  | {
      readonly kind: 'withheld';
      readonly outputs: readonly number[];
      readonly missedFrames: number;
      readonly since: number;
      readonly askAt: number | undefined;
      /** When the newest image came, and whether any kept us waiting. */
      readonly heardAt: number;
      readonly hasStalled: boolean;
      /** Board time of the receipt of the last command, and of the newest image that shows the board armed, µs. */
      readonly renewedUs: number;
      readonly armedUntilUs: number;
    }
  | { readonly kind: 'ended'; readonly outcome: ProofOutcome };

/** What the board has said. */
export interface ProofImage {
  readonly message: ImageMessage;
  readonly values: BoardImageValues;
  /** Unfolded, µs. */
  readonly boardTimeUs: number;
  /** Frames of the board that did not arrive, so far. */
  readonly missedFrames: number;
  /** An answer to HELLO or GET_PINS came just before it. */
  readonly isBehindAnswer: boolean;
}

export type ProofEvent = ({ readonly kind: 'image' } & ProofImage) | { readonly kind: 'time' };

/** The next state, and a command to write now (to be armed). */
export interface ProofStep {
  readonly state: LeaseProof;
  /** Ask the board for something that changes nothing (GET_PINS). */
  readonly asks?: true;
  readonly command?: { readonly cycle: number; readonly outputs: readonly number[] };
  /** When `time` must be fed in at the latest, ms. */
  readonly wakeAt?: number;
}

/** One step of a round; feed in every image of the session and `time` when asked for. */
export function stepLeaseProof(
  proof: LeaseProofPlan,
  round: ProofRound,
  state: LeaseProof,
  event: ProofEvent,
  nowMs: number,
): ProofStep {
  switch (state.kind) {
    case 'waiting':
    case 'blocked':
      return event.kind === 'image' ? begin(proof, round, event, nowMs) : { state };
    case 'renewing':
      return event.kind === 'image' ? renewed(proof, round, state, event, nowMs) : renew(proof, state, nowMs);
    case 'withheld':
      return event.kind === 'image' ? watched(proof, state, event, nowMs) : waited(proof, state, nowMs);
    case 'ended':
      return { state };
    default:
      return state satisfies never;
  }
}

function ended(outcome: ProofOutcome): ProofStep {
  return { state: { kind: 'ended', outcome } };
}

/** Time between commands, ms: none is ever held back because the line is busy with the images that answer them. */
function commandEveryMs({ plan, imageMs }: LeaseProofPlan): number {
  return Math.max(Math.min(COMMAND_EVERY_MS, plan.board.leaseMs / 2), imageMs / LINE_SHARE_MAX);
}

function begin(proof: LeaseProofPlan, round: ProofRound, image: ProofImage, nowMs: number): ProofStep {
  if (image.message.state === 'tripped') return ended({ kind: 'disturbed' });
  if (!arePermitsClosed(proof.plan, image.values)) return { state: { kind: 'blocked' } };
  const outputs = proofOutputs(proof.plan, round, image.values);
  const { missedFrames } = image;
  return renew(proof, { kind: 'renewing', cycle: 0, sent: 0, nextAt: nowMs, outputs, missedFrames }, nowMs);
}

function arePermitsClosed({ inputs, outputs }: BoardPlan, values: BoardImageValues): boolean {
  const slots = new Set(outputs.flatMap(({ permits }) => permits));
  return [...slots].every((slot) => values.inputs[slot] === inputs[slot]?.closedLevel);
}

/** A servo that holds keeps the pulses that it has; one that has none gets none. An axis stays where it is. */
function proofOutputs({ board, outputs }: BoardPlan, round: ProofRound, values: BoardImageValues): readonly number[] {
  return outputs.map(({ device, kind, safeValue }, slot) => {
    if (kind === 'axis') return values.outputs[slot] ?? 0;
    if (safeValue === HOLD) return values.driven[slot] === true ? (values.outputs[slot] ?? 0) : 0;
    const isEnergised = round.kind === 'energised' && kind === 'digital' && board.proveWith.includes(device);
    return isEnergised ? 1 - safeValue : safeValue;
  });
}

/** The line had no room for the command of this step: another one follows. */
export function unsent(state: LeaseProof): LeaseProof {
  return state.kind === 'renewing' ? { ...state, sent: state.sent - 1 } : state;
}

type Renewing = Extract<LeaseProof, { kind: 'renewing' }>;
type Withheld = Extract<LeaseProof, { kind: 'withheld' }>;

function renew(proof: LeaseProofPlan, state: Renewing, nowMs: number): ProofStep {
  // A receipt that does not come ends in a trip, or in the loss of the link.
  if (state.sent >= COMMANDS) return { state };
  if (nowMs < state.nextAt) return { state, wakeAt: state.nextAt };
  const next = { ...state, cycle: state.cycle + 1, sent: state.sent + 1, nextAt: nowMs + commandEveryMs(proof) };
  return { state: next, command: { cycle: next.cycle, outputs: next.outputs }, wakeAt: next.nextAt };
}

function renewed(
  proof: LeaseProofPlan,
  round: ProofRound,
  state: Renewing,
  image: ProofImage,
  nowMs: number,
): ProofStep {
  const { message, boardTimeUs } = image;
  if (message.state === 'tripped') return ended(earlyTrip(proof.plan, message));
  // Commands that were late or held back get no receipt.
  if (state.sent < COMMANDS || message.receiptCycle < state.cycle) {
    return nowMs < state.nextAt + proof.plan.board.leaseMs ? { state } : ended({ kind: 'disturbed' });
  }
  const { outputs, missedFrames } = state;
  const withheld: Withheld = {
    kind: 'withheld',
    outputs,
    missedFrames,
    since: nowMs,
    askAt: round.shiftMs === undefined ? undefined : nowMs + round.shiftMs,
    heardAt: nowMs,
    hasStalled: false,
    renewedUs: boardTimeUs,
    armedUntilUs: boardTimeUs,
  };
  return watched(proof, withheld, image, nowMs);
}

/** A trip while commands still went out: one that a stall explains shows nothing. */
function earlyTrip(plan: BoardPlan, message: ImageMessage): ProofOutcome {
  const { tripCause } = message;
  if (tripCause === 'permit') return permitOpened(plan, message);
  return tripCause === 'lease' ? { kind: 'disturbed' } : causeFailure(tripCause);
}

function permitOpened({ inputs }: BoardPlan, { tripInput }: ImageMessage): ProofOutcome {
  const device = tripInput === undefined ? undefined : inputs[tripInput]?.device;
  return { kind: 'permit', input: device ?? `#${tripInput ?? '?'}` };
}

function causeFailure(cause: ImageMessage['tripCause']): ProofOutcome {
  return { kind: 'failed', found: 'cause', detail: { expected: 'lease', cause } };
}

function watched({ plan, imageMs }: LeaseProofPlan, state: Withheld, image: ProofImage, nowMs: number): ProofStep {
  const { message, boardTimeUs } = image;
  if (message.state === 'tripped') return ended(judgeTrip(plan, imageMs, state, image, nowMs));
  // Nobody has told it to stop.
  if (message.state !== 'armed') return ended(causeFailure('none'));
  const wrong = wrongOutput(plan, image.values, state.outputs);
  if (wrong !== undefined) return ended(wrong);
  const armedMs = (boardTimeUs - state.renewedUs) / 1000;
  if (armedMs > plan.board.leaseMs + TICK_MS) return ended(late(plan, armedMs));
  const heard = { heardAt: nowMs, hasStalled: hasStalled(state, nowMs) };
  return { state: { ...state, ...heard, armedUntilUs: boardTimeUs }, wakeAt: state.askAt ?? giveUpAt(plan, state) };
}

function giveUpAt({ board }: BoardPlan, { since }: Withheld): number {
  return since + board.leaseMs * (1 + CLOCK.driftShare) + GIVE_UP_MS;
}

function hasStalled({ heardAt, hasStalled }: Withheld, nowMs: number): boolean {
  return hasStalled || nowMs - heardAt > GAP_MS_MAX;
}

/**
 * The images tell of no time, or of too little: by our clock the lease is over long since. Where they stopped in between,
 * the time may have stopped with them.
 */
function waited({ plan }: LeaseProofPlan, state: Withheld, nowMs: number): ProofStep {
  const wakeAt = giveUpAt(plan, state);
  if (state.askAt !== undefined && nowMs >= state.askAt) {
    return { state: { ...state, askAt: undefined }, asks: true, wakeAt };
  }
  return nowMs < wakeAt
    ? { state, wakeAt }
    : ended(hasStalled(state, nowMs) ? { kind: 'disturbed' } : late(plan, nowMs - state.since));
}

function late({ board }: BoardPlan, armedMs: number): ProofOutcome {
  const detail = { leaseMs: board.leaseMs, armedUntilMs: Math.round(armedMs * 1000) / 1000 };
  return { kind: 'failed', found: 'late', detail };
}

function judgeTrip(
  plan: BoardPlan,
  imageMs: number,
  state: Withheld,
  { message, values, boardTimeUs, missedFrames, isBehindAnswer }: ProofImage,
  nowMs: number,
): ProofOutcome {
  if (message.tripCause === 'permit') return permitOpened(plan, message);
  if (message.tripCause !== 'lease') return causeFailure(message.tripCause);
  const wrong = wrongOutput(plan, values, safeOutputs(plan, state.outputs));
  if (wrong !== undefined) return wrong;
  const { leaseMs } = plan.board;
  const armedUntilMs = (state.armedUntilUs - state.renewedUs) / 1000;
  const safeByMs = (boardTimeUs - state.renewedUs) / 1000;
  const isClockPlausible = nowMs - state.since <= safeByMs * (1 + CLOCK.driftShare) + CLOCK.jitterMs;
  if (missedFrames !== state.missedFrames || !isClockPlausible || safeByMs < leaseMs - EARLY_MS_MAX) {
    return { kind: 'disturbed' };
  }
  const isExact = safeByMs <= leaseMs + TICK_MS;
  // The image of the trip may have waited until what was sent before it had left the board.
  const hasWaited = isBehindAnswer || safeByMs - armedUntilMs <= imageMs + TICK_MS;
  if (!isExact && !hasWaited) return late(plan, safeByMs);
  return { kind: 'kept', armedUntilMs, safeByMs, isExact };
}

/** What the outputs must read back after a trip: a servo that holds and an axis go on with what they were told last. */
function safeOutputs({ outputs }: BoardPlan, commanded: readonly number[]): readonly number[] {
  return outputs.map(({ kind, safeValue }, slot) =>
    kind === 'axis' || safeValue === HOLD ? (commanded[slot] ?? 0) : safeValue,
  );
}

/** A servo without pulses reads back the width that it had last; the state of an axis has its reference beside what counts. */
function drivenValue(kind: OutputSlot['kind'], values: BoardImageValues, slot: number): number {
  const value = values.outputs[slot] ?? 0;
  if (kind === 'direction') return Number(axisState(value).isMoving);
  return kind === 'servo' && values.driven[slot] === false ? 0 : value;
}

function wrongOutput(
  { outputs }: BoardPlan,
  values: BoardImageValues,
  expected: readonly number[],
): ProofOutcome | undefined {
  for (const [slot, { device, kind }] of outputs.entries()) {
    const found = drivenValue(kind, values, slot);
    const wanted = expected[slot] ?? 0;
    if (found !== wanted)
      return { kind: 'failed', found: 'output', detail: { output: device, expected: wanted, readBack: found } };
  }
  return undefined;
}
