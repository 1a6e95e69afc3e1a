// Which speed the line is given, as a pure state machine: ask the board, change the port, see whether frames survive.

import { WIRE_VERSION } from './codes.ts';
import type { BoardMessage, HostMessage } from './messages.ts';
import { HOST_TYPES } from './messages.ts';
import { BOOT_BAUD, SPEEDS } from './speeds.ts';

/** Times of the choice, ms. */
const CHOICE_MS = {
  answer: 100,
  /** The operating system changes a port's speed within this time. */
  port: 500,
  /** Between the board's answer at the old speed and the first frame at the new one. */
  settle: 5,
  echo: 60,
  /** A board that is not understood is back at the speed of its boot after 200 ms. */
  back: 300,
} as const;

const ASKS_MAX = 3;
/** Exchanges that must all succeed before a speed is used: some 1,800 bytes, no two frames alike. */
const ECHOES = 20;

/** Why a speed is not used. */
type SpeedFailure = 'refused by the board' | 'not taken by the port' | 'frames are damaged';

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
  /** No candidate is left. */
  | { readonly kind: 'none'; readonly failure: SpeedFailure };

/** What the machine is told. */
export type SpeedEvent =
  | { readonly kind: 'message'; readonly message: BoardMessage }
  | { readonly kind: 'line'; readonly taken: boolean }
  | { readonly kind: 'time' };

/**
 * @param wanted the speed of the cell's file, or `auto` for the fastest that holds
 * @param baud present speed of the line
 */
export function beginChoice(wanted: number | 'auto', baud: number, nonce: number, nowMs: number): SpeedStep {
  const candidates = wanted === 'auto' ? SPEEDS : [wanted];
  const choice = { phase: 'asking', candidates, baud, nonce, count: 0, retryAt: nowMs, failure: undefined } as const;
  return tryFirst(choice, nowMs);
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
  if (wanted === undefined) return { kind: 'none', failure: choice.failure ?? 'frames are damaged' };
  return wanted === choice.baud ? check(choice, 0, nowMs) : ask(choice, 1, nowMs);
}

function ask(choice: SpeedChoice, count: number, nowMs: number): SpeedStep {
  return {
    kind: 'going-on',
    choice: { ...choice, phase: 'asking', count, retryAt: nowMs + CHOICE_MS.answer },
    send: [{ kind: 'speed', baud: wantedOf(choice) }],
  };
}

function check(choice: SpeedChoice, count: number, nowMs: number): SpeedStep {
  const next: SpeedChoice = { ...choice, phase: 'checking', count, retryAt: nowMs + CHOICE_MS.echo };
  return {
    kind: 'going-on',
    choice: next,
    send: [{ kind: 'hello', wireVersion: WIRE_VERSION, nonce: echoNonce(next) }],
  };
}

/** Another one for each echo, and bits of all kinds. */
function echoNonce({ nonce, count, baud }: SpeedChoice): number {
  return (nonce + Math.imul(count + 1, 0x9e3779b1) + baud) >>> 0;
}

function onMessage(choice: SpeedChoice, message: BoardMessage, nowMs: number): SpeedStep {
  if (choice.phase === 'asking') {
    const isRefusal = message.kind === 'refused' && message.type === HOST_TYPES.speed;
    if (isRefusal) return tryNext({ ...choice, failure: 'refused by the board' }, nowMs);
    if (message.kind !== 'speed-ack' || message.baud !== wantedOf(choice)) return stay(choice);
    if (message.status !== 'ok') return tryNext({ ...choice, failure: 'refused by the board' }, nowMs);
    return {
      kind: 'going-on',
      choice: { ...choice, phase: 'changing', retryAt: nowMs + CHOICE_MS.port },
      send: [],
      baud: message.baud,
    };
  }
  if (choice.phase !== 'checking' || message.kind !== 'ident' || message.nonce !== echoNonce(choice)) {
    return stay(choice);
  }
  if (choice.count + 1 >= ECHOES) return { kind: 'chosen', baud: choice.baud };
  return check(choice, choice.count + 1, nowMs);
}

function onTime(choice: SpeedChoice, nowMs: number): SpeedStep {
  switch (choice.phase) {
    case 'asking':
      return choice.count < ASKS_MAX
        ? ask(choice, choice.count + 1, nowMs)
        : giveUp(choice, 'frames are damaged', nowMs);
    case 'changing':
      return giveUp(choice, 'not taken by the port', nowMs);
    case 'settling':
      return check(choice, 0, nowMs);
    case 'checking':
      return giveUp(choice, 'frames are damaged', nowMs);
    case 'returning':
      return tryNext(choice, nowMs);
    default:
      return choice.phase satisfies never;
  }
}

function tryNext(choice: SpeedChoice, nowMs: number): SpeedStep {
  return tryFirst({ ...choice, candidates: choice.candidates.slice(1) }, nowMs);
}

/** Both ends go back to the speed of the boot: the board by itself, since it hears nothing. */
function giveUp(choice: SpeedChoice, failure: SpeedFailure, nowMs: number): SpeedStep {
  const next: SpeedChoice = {
    ...choice,
    phase: 'returning',
    failure,
    baud: BOOT_BAUD,
    retryAt: nowMs + CHOICE_MS.back,
  };
  return { kind: 'going-on', choice: next, send: [], baud: BOOT_BAUD };
}
