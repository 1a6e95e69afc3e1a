// Which speed the line is given, as a pure state machine: ask the board, change the port, see whether frames survive.

import { WIRE_VERSION } from './codes.ts';
import type { BoardMessage, HostMessage } from './messages.ts';
import { HOST_TYPES } from './messages.ts';
import { BOOT_BAUD, SPEEDS } from './speeds.ts';

/** Times of the choice, ms. */
const CHOICE_MS = {
  answer: 100,
  /** The operating system changes a port's speed within this time and that of an answer. */
  port: 500,
  /** Between the board's answer at the old speed and the first frame at the new one. */
  settle: 5,
  /** Three of these are less than the silence after which a board leaves the speed. */
  echo: 60,
  /** A board that is not understood is back at the speed of its boot after 200 ms. */
  back: 300,
} as const;

const ASKS_MAX = 3;
/** Exchanges that must all succeed before a speed is used: some 1,800 bytes, no two frames alike. */
const ECHOES = 20;
/** HELLOs in a row that may stay without an answer: this machine, the line or the adapter may only be late. */
const HELLOS_MAX = 3;
/** Answers that may get lost before a speed is given up; after each the exchanges are counted from the first again. */
const LOST_MAX = 2;
/** A speed at which nothing at all was heard is tried this often: silence does not tell a speed from a stall. */
const TRIES_MAX = 2;

/** Why a speed is not used. `no answer`: the board answered before and after, and said nothing at this speed. */
type SpeedFailure = 'refused by the board' | 'not taken by the port' | 'frames are damaged' | 'no answer';

/** Where the choice stands. Times in monotonic milliseconds. */
export interface SpeedChoice {
  readonly phase: 'asking' | 'changing' | 'settling' | 'checking' | 'returning';
  /** Speeds still to be tried, the present one first; bits per second. */
  readonly candidates: readonly number[];
  /** Speed of the host's end of the line. */
  readonly baud: number;
  readonly nonce: number;
  /** Frames asked for or exchanged in this phase. */
  readonly count: number;
  /** HELLOs, or looks at the port, of the present step that were not answered. */
  readonly unanswered: number;
  /** Exchanges of this try that lost a frame. */
  readonly lost: number;
  /** How often the present speed was silent. */
  readonly silences: number;
  /** Bytes came since the last frame that was right. */
  readonly hasHeardBytes: boolean;
  readonly retryAt: number;
  readonly failure: SpeedFailure | undefined;
}

/** What comes of an event: go on with `choice`, or an end. `baud`: change the port's speed and say whether it was taken. */
export type SpeedStep =
  | {
      readonly kind: 'going-on';
      readonly choice: SpeedChoice;
      readonly send: readonly HostMessage[];
      readonly baud?: number;
    }
  /** Frames survive at this speed. */
  | { readonly kind: 'chosen'; readonly baud: number }
  /** The board says nothing at the speed at which it had answered: it is to be greeted again. */
  | { readonly kind: 'silent' }
  /** No candidate is left. */
  | { readonly kind: 'none'; readonly failure: SpeedFailure };

/** What the machine is told. */
export type SpeedEvent =
  | { readonly kind: 'message'; readonly message: BoardMessage }
  | { readonly kind: 'line'; readonly taken: boolean }
  /** Bytes arrived, whether or not they made a frame; comes before what they made. */
  | { readonly kind: 'bytes' }
  | { readonly kind: 'time' };

const FRESH = { count: 0, unanswered: 0, lost: 0, silences: 0, hasHeardBytes: false } as const;

/**
 * @param wanted the speed of the cell's file, or `auto` for the fastest that holds
 * @param baud present speed of the line
 */
export function beginChoice(wanted: number | 'auto', baud: number, nonce: number, nowMs: number): SpeedStep {
  const candidates = wanted === 'auto' ? SPEEDS : [wanted];
  return tryFirst({ phase: 'asking', candidates, baud, nonce, ...FRESH, retryAt: nowMs, failure: undefined }, nowMs);
}

/** The next state of a choice; an event that means nothing in this phase changes nothing. */
export function stepChoice(choice: SpeedChoice, event: SpeedEvent, nowMs: number): SpeedStep {
  switch (event.kind) {
    case 'message':
      return onMessage(choice, event.message, nowMs);
    case 'line':
      if (choice.phase !== 'changing') return stay(choice);
      if (!event.taken) return giveUp(choice, 'not taken by the port', nowMs);
      return stay({ ...choice, phase: 'settling', baud: wantedOf(choice), retryAt: nowMs + CHOICE_MS.settle });
    case 'bytes':
      return stay({ ...choice, hasHeardBytes: true });
    case 'time':
      return nowMs >= choice.retryAt ? onTime(choice, nowMs) : stay(choice);
    default:
      return event satisfies never;
  }
}

function stay(choice: SpeedChoice): SpeedStep {
  return { kind: 'going-on', choice, send: [] };
}

function wantedOf(choice: SpeedChoice): number {
  return choice.candidates[0] ?? BOOT_BAUD;
}

function tryFirst(choice: SpeedChoice, nowMs: number): SpeedStep {
  const [wanted] = choice.candidates;
  if (wanted === undefined) return { kind: 'none', failure: choice.failure ?? 'no answer' };
  return wanted === choice.baud ? beginCheck(choice, nowMs) : ask(choice, 1, nowMs);
}

function ask(choice: SpeedChoice, count: number, nowMs: number): SpeedStep {
  return {
    kind: 'going-on',
    choice: { ...choice, phase: 'asking', count, retryAt: nowMs + CHOICE_MS.answer },
    send: [{ kind: 'speed', baud: wantedOf(choice) }],
  };
}

function beginCheck(choice: SpeedChoice, nowMs: number): SpeedStep {
  return check({ ...choice, phase: 'checking', count: 0, lost: 0, hasHeardBytes: false }, 0, nowMs);
}

function check(choice: SpeedChoice, unanswered: number, nowMs: number): SpeedStep {
  const next: SpeedChoice = { ...choice, unanswered, retryAt: nowMs + CHOICE_MS.echo };
  const nonce = echoNonce(next, unanswered);
  return { kind: 'going-on', choice: next, send: [{ kind: 'hello', wireVersion: WIRE_VERSION, nonce }] };
}

/** Another one for each HELLO, and bits of all kinds. */
function echoNonce({ nonce, count, baud, lost, silences }: SpeedChoice, unanswered: number): number {
  const index = (((silences * (LOST_MAX + 1) + lost) * ECHOES + count) * HELLOS_MAX + unanswered + 1) | 0;
  return (nonce + Math.imul(index, 0x9e3779b1) + baud) >>> 0;
}

function onMessage(choice: SpeedChoice, message: BoardMessage, nowMs: number): SpeedStep {
  if (choice.phase === 'asking') {
    const isRefusal = message.kind === 'refused' && message.type === HOST_TYPES.speed;
    if (isRefusal) return tryNext({ ...choice, failure: 'refused by the board' }, nowMs);
    if (message.kind !== 'speed-ack' || message.baud !== wantedOf(choice)) return stay(choice);
    if (message.status !== 'ok') return tryNext({ ...choice, failure: 'refused by the board' }, nowMs);
    return {
      kind: 'going-on',
      choice: { ...choice, phase: 'changing', unanswered: 0, retryAt: nowMs + CHOICE_MS.port },
      send: [],
      baud: message.baud,
    };
  }
  if (choice.phase !== 'checking' || message.kind !== 'ident') return stay(choice);
  return onEcho({ ...choice, hasHeardBytes: false }, message.nonce, nowMs);
}

function onEcho(choice: SpeedChoice, nonce: number, nowMs: number): SpeedStep {
  // The answer to the first HELLO of an exchange may be late; when one to a later HELLO comes before it, it was lost.
  if (nonce === echoNonce(choice, 0)) {
    const next = { ...choice, count: choice.count + 1 };
    return next.count >= ECHOES ? { kind: 'chosen', baud: choice.baud } : check(next, 0, nowMs);
  }
  for (let later = 1; later <= choice.unanswered; later += 1) {
    if (nonce !== echoNonce(choice, later)) continue;
    if (choice.lost >= LOST_MAX) return giveUp(choice, 'frames are damaged', nowMs);
    return check({ ...choice, count: 0, lost: choice.lost + 1 }, 0, nowMs);
  }
  return stay(choice);
}

function onTime(choice: SpeedChoice, nowMs: number): SpeedStep {
  switch (choice.phase) {
    case 'asking':
      return choice.count < ASKS_MAX ? ask(choice, choice.count + 1, nowMs) : { kind: 'silent' };
    case 'changing':
      // When this machine was late, what the port has said in the meantime comes first.
      return choice.unanswered === 0
        ? stay({ ...choice, unanswered: 1, retryAt: nowMs + CHOICE_MS.answer })
        : giveUp(choice, 'not taken by the port', nowMs);
    case 'settling':
      return beginCheck(choice, nowMs);
    case 'checking':
      return choice.unanswered + 1 < HELLOS_MAX
        ? check(choice, choice.unanswered + 1, nowMs)
        : onSilence(choice, nowMs);
    case 'returning':
      return tryFirst(choice, nowMs);
    default:
      return choice.phase satisfies never;
  }
}

function onSilence(choice: SpeedChoice, nowMs: number): SpeedStep {
  if (choice.hasHeardBytes) return giveUp(choice, 'frames are damaged', nowMs);
  const silences = choice.silences + 1;
  return silences < TRIES_MAX ? goBack({ ...choice, silences }, nowMs) : giveUp(choice, 'no answer', nowMs);
}

function tryNext(choice: SpeedChoice, nowMs: number): SpeedStep {
  return tryFirst({ ...choice, ...FRESH, candidates: choice.candidates.slice(1) }, nowMs);
}

/** This speed is not tried any more. */
function giveUp(choice: SpeedChoice, failure: SpeedFailure, nowMs: number): SpeedStep {
  return goBack({ ...choice, ...FRESH, failure, candidates: choice.candidates.slice(1) }, nowMs);
}

/** Both ends go back to the speed of the boot: the board by itself, since it hears nothing. */
function goBack(choice: SpeedChoice, nowMs: number): SpeedStep {
  const next: SpeedChoice = { ...choice, phase: 'returning', baud: BOOT_BAUD, retryAt: nowMs + CHOICE_MS.back };
  return { kind: 'going-on', choice: next, send: [], baud: BOOT_BAUD };
}
