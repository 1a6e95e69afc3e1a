// From an open transport to a configured board, as a pure state machine: events in, messages out, time as data.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import { WIRE_VERSION } from './codes.ts';
import { type ConfigRecord, configHash, configRecords } from './config-records.ts';
import { type BoardMessage, HOST_TYPES, type HostMessage, type IdentMessage, type PinAbilities } from './messages.ts';
import { checkIdent, checkPins } from './plan-check.ts';
import { beginChoice, type SpeedChoice, type SpeedEvent, type SpeedStep, stepChoice } from './speed-choice.ts';
import { BOOT_BAUD } from './speeds.ts';

/** Times of the handshake, ms. */
const HANDSHAKE_MS = {
  helloRepeat: 250,
  /** Without IDENT for this long the greeting carries fault 1005 or 1004. */
  silence: 2000,
  stepRepeat: 100,
  /** A board that does not fit is asked again this seldom. */
  refusedRepeat: 2000,
} as const;

/** A step that is not answered this often starts the handshake over. */
const STEP_TRIES_MAX = 10;

interface Waiting {
  /** Host time at which `time` must be fed in, ms. */
  readonly retryAt: number;
}

interface Step extends Waiting {
  readonly ident: IdentMessage;
  /** Speed of the line, bits per second. */
  readonly baud: number;
  /** Id that the session will have or has. */
  readonly session: number;
  readonly tries: number;
}

/** Where the handshake stands. Times in monotonic milliseconds; `open` is its end. */
export type Handshake =
  | ({
      readonly kind: 'greeting';
      readonly nonce: number;
      readonly session: number;
      readonly baud: number;
      readonly since: number;
      readonly hasHeardBytes: boolean;
      /** The board speaks, in a session that is not ours any more, but does not answer. */
      readonly hasHeardFrames: boolean;
      readonly fault: Fault | undefined;
    } & Waiting)
  | ({ readonly kind: 'asking-pins'; readonly pins: readonly PinAbilities[] } & Step)
  | ({ readonly kind: 'opening' } & Step)
  | ({ readonly kind: 'choosing-speed'; readonly choice: SpeedChoice } & Step)
  | ({ readonly kind: 'configuring'; readonly index: number } & Step)
  | ({ readonly kind: 'committing' } & Step)
  | { readonly kind: 'open'; readonly ident: IdentMessage; readonly session: number; readonly baud: number }
  /** The board does not fit the plan. */
  | ({ readonly kind: 'refused'; readonly fault: Fault } & Waiting)
  /** Start over with a fresh nonce and session id at `retryAt`. */
  | ({ readonly kind: 'failed' } & Waiting);

/** What the machine is told; its time comes beside it. */
export type HandshakeEvent =
  /** `nonce` and `session` are fresh random numbers; `session` is not 0. `baud` is the present speed of the line. */
  | { readonly kind: 'start'; readonly nonce: number; readonly session: number; readonly baud: number }
  /** The port has taken the speed that was asked for in `HandshakeStep.baud`, or not. */
  | { readonly kind: 'line'; readonly taken: boolean }
  | { readonly kind: 'message'; readonly message: BoardMessage }
  /** Bytes arrived, whether or not they made a frame. */
  | { readonly kind: 'bytes' }
  /** A frame of this very board arrived that belongs to no session of ours. */
  | { readonly kind: 'frame' }
  | { readonly kind: 'time' }
  /** Something beside the handshake speaks against this board. */
  | { readonly kind: 'refuse'; readonly fault: Fault };

/** The state after an event, and the messages to send now, in order. */
export interface HandshakeStep {
  readonly state: Handshake;
  readonly send: readonly HostMessage[];
  /** Set: the port is to be given this speed, and the machine to be told whether it took it. */
  readonly baud?: number;
}

/** What the machine needs to know of the plan, computed once. */
export interface HandshakePlan {
  readonly plan: BoardPlan;
  readonly records: readonly ConfigRecord[];
  readonly hash: number;
}

/** @returns the plan with the records and the hash that the board must confirm; once per board, not per connection */
export function handshakePlan(plan: BoardPlan): HandshakePlan {
  const records = configRecords(plan);
  return { plan, records, hash: configHash(plan.board.leaseMs, records) };
}

/** The next state and what is to be sent; an event that means nothing in this state changes nothing. */
export function stepHandshake(
  plan: HandshakePlan,
  state: Handshake,
  event: HandshakeEvent,
  nowMs: number,
): HandshakeStep {
  switch (event.kind) {
    case 'start':
      return greet(event, nowMs);
    case 'bytes':
      if (state.kind === 'choosing-speed') return choose(plan, state, event, nowMs);
      return state.kind === 'greeting' ? { state: { ...state, hasHeardBytes: true }, send: [] } : stay(state);
    case 'frame':
      return state.kind === 'greeting' ? { state: { ...state, hasHeardFrames: true }, send: [] } : stay(state);
    case 'line':
      return state.kind === 'choosing-speed' ? choose(plan, state, event, nowMs) : stay(state);
    case 'refuse':
      return refuse(event.fault, nowMs);
    case 'time':
      return 'retryAt' in state && nowMs >= state.retryAt ? retry(plan, state, nowMs) : stay(state);
    case 'message':
      return onMessage(plan, state, event.message, nowMs);
    default:
      return event satisfies never;
  }
}

const NOTHING: readonly HostMessage[] = [];

function stay(state: Handshake): HandshakeStep {
  return { state, send: NOTHING };
}

function greet(event: Extract<HandshakeEvent, { kind: 'start' }>, nowMs: number): HandshakeStep {
  return {
    state: {
      kind: 'greeting',
      nonce: event.nonce,
      session: event.session,
      baud: event.baud,
      since: nowMs,
      hasHeardBytes: false,
      hasHeardFrames: false,
      fault: undefined,
      retryAt: nowMs + HANDSHAKE_MS.helloRepeat,
    },
    send: [hello(event.nonce)],
  };
}

function hello(nonce: number): HostMessage {
  return { kind: 'hello', wireVersion: WIRE_VERSION, nonce };
}

function retry(plan: HandshakePlan, state: Exclude<Handshake, { kind: 'open' }>, nowMs: number): HandshakeStep {
  if (state.kind === 'greeting') return repeatHello(plan, state, nowMs);
  if (state.kind === 'choosing-speed') return choose(plan, state, { kind: 'time' }, nowMs);
  // Its time stays what it was: whoever drives this begins anew at the next look, however little later that is.
  if (state.kind === 'failed') return stay(state);
  if (state.kind === 'refused') return { state: { kind: 'failed', retryAt: state.retryAt }, send: [] };
  if (state.tries >= STEP_TRIES_MAX) return { state: { kind: 'failed', retryAt: nowMs }, send: [] };
  return enter(plan, { ...state, tries: state.tries + 1 }, nowMs);
}

function repeatHello(
  plan: HandshakePlan,
  state: Extract<Handshake, { kind: 'greeting' }>,
  nowMs: number,
): HandshakeStep {
  const isOverdue = nowMs - state.since >= HANDSHAKE_MS.silence;
  const code = state.hasHeardBytes && !state.hasHeardFrames ? 1004 : 1005;
  const { name } = plan.plan.board;
  // Nothing but damaged frames comes of a wrong speed too.
  const silence = isOverdue
    ? fault(code, code === 1004 ? { board: name, baud: state.baud } : { board: name })
    : undefined;
  const retryAt = nowMs + HANDSHAKE_MS.helloRepeat;
  // By now a board that hears nothing right is back at the speed of its boot.
  if (state.baud !== BOOT_BAUD) return { state: { ...state, baud: BOOT_BAUD, retryAt }, send: [], baud: BOOT_BAUD };
  return { state: { ...state, fault: silence, retryAt }, send: [hello(state.nonce)] };
}

/** States that have asked the board something and wait for its answer. */
type AskingState = Exclude<Extract<Handshake, { readonly tries: number }>, { readonly kind: 'choosing-speed' }>;

/** Enters or repeats a step: sends its message and sets its time. */
function enter(plan: HandshakePlan, state: AskingState, nowMs: number): HandshakeStep {
  const message = stepMessage(plan, state);
  return { state: { ...state, retryAt: nowMs + HANDSHAKE_MS.stepRepeat }, send: message ? [message] : [] };
}

function stepMessage(plan: HandshakePlan, state: AskingState): HostMessage | undefined {
  switch (state.kind) {
    case 'asking-pins':
      return { kind: 'get-pins', first: state.pins.length };
    case 'opening':
      return { kind: 'open', challenge: state.ident.challenge };
    case 'configuring': {
      const record = plan.records[state.index];
      return record && { kind: 'config', record };
    }
    case 'committing':
      return {
        kind: 'commit',
        leaseMs: plan.plan.board.leaseMs,
        count: plan.records.length,
        configHash: plan.hash,
      };
    default:
      return state satisfies never;
  }
}

function onMessage(plan: HandshakePlan, state: Handshake, message: BoardMessage, nowMs: number): HandshakeStep {
  if (state.kind === 'choosing-speed') return choose(plan, state, { kind: 'message', message }, nowMs);
  switch (message.kind) {
    case 'ident':
      return state.kind === 'greeting' && message.nonce === state.nonce
        ? onIdent(plan, state, message, nowMs)
        : stay(state);
    case 'pins':
      return state.kind === 'asking-pins' ? onPins(plan, state, message, nowMs) : stay(state);
    case 'opened':
      return state.kind === 'opening' ? onOpened(plan, state, nowMs) : stay(state);
    case 'config-ack':
      return state.kind === 'configuring' && message.index === state.index
        ? onConfigAck(plan, state, message.status, nowMs)
        : stay(state);
    case 'committed':
      return state.kind === 'committing' ? onCommitted(plan, state, message, nowMs) : stay(state);
    case 'refused':
      return isRefusalOf(state, message.type) ? startOver(nowMs) : stay(state);
    case 'image':
    case 'edge':
      // Images flow only after COMMIT: one of this session says that it was executed and its answer lost.
      return state.kind === 'committing' && message.state === 'stopped' ? open(state) : stay(state);
    case 'speed-ack':
    case 'stream':
    case 'stream-ack':
      return stay(state);
    default:
      return message satisfies never;
  }
}

/** Whether a refused frame is one that this state waits for; a late refusal of an earlier one says nothing. */
function isRefusalOf(state: Handshake, type: number): boolean {
  if (state.kind === 'opening') return type === HOST_TYPES.open;
  return (state.kind === 'configuring' || state.kind === 'committing') && type !== HOST_TYPES.open;
}

function startOver(nowMs: number): HandshakeStep {
  return { state: { kind: 'failed', retryAt: nowMs + HANDSHAKE_MS.stepRepeat }, send: [] };
}

function refuse(cause: Fault, nowMs: number): HandshakeStep {
  return { state: { kind: 'refused', fault: cause, retryAt: nowMs + HANDSHAKE_MS.refusedRepeat }, send: [] };
}

function open({ ident, session, baud }: Step): HandshakeStep {
  return { state: { kind: 'open', ident, session, baud }, send: [] };
}

function onIdent(
  plan: HandshakePlan,
  { session, baud }: Extract<Handshake, { kind: 'greeting' }>,
  ident: IdentMessage,
  nowMs: number,
): HandshakeStep {
  const cause = checkIdent(plan.plan, ident);
  if (cause !== undefined) return refuse(cause, nowMs);
  return enter(plan, { kind: 'asking-pins', pins: [], ident, session, baud, tries: 1, retryAt: nowMs }, nowMs);
}

/** The speed is chosen before anything is configured: the board is safe, and nothing is timed yet. */
function onOpened(plan: HandshakePlan, state: Step, nowMs: number): HandshakeStep {
  const wanted = plan.plan.board.baud;
  if (wanted === state.baud && wanted === BOOT_BAUD) return nextRecord(plan, state, 0, nowMs);
  return afterChoice(plan, state, beginChoice(wanted, state.baud, state.session, nowMs), nowMs);
}

function choose(
  plan: HandshakePlan,
  state: Extract<Handshake, { kind: 'choosing-speed' }>,
  event: SpeedEvent,
  nowMs: number,
): HandshakeStep {
  return afterChoice(plan, state, stepChoice(state.choice, event, nowMs), nowMs);
}

function afterChoice(plan: HandshakePlan, state: Step, step: SpeedStep, nowMs: number): HandshakeStep {
  if (step.kind === 'chosen') return nextRecord(plan, { ...state, baud: step.baud }, 0, nowMs);
  if (step.kind === 'silent') return startOver(nowMs);
  if (step.kind === 'none') {
    const { name, baud } = plan.plan.board;
    return refuse(fault(1003, { board: name, what: 'baud', expected: baud, found: step.failure }), nowMs);
  }
  const { choice, send, baud } = step;
  const next: Handshake = { kind: 'choosing-speed', choice, ...stepBase(state, nowMs), retryAt: choice.retryAt };
  return { state: next, send, ...(baud === undefined ? {} : { baud }) };
}

function onPins(
  plan: HandshakePlan,
  state: Extract<Handshake, { kind: 'asking-pins' }>,
  message: Extract<BoardMessage, { kind: 'pins' }>,
  nowMs: number,
): HandshakeStep {
  if (message.first !== state.pins.length) return stay(state);
  const pins = [...state.pins, ...message.pins];
  if (pins.length < message.total && message.pins.length > 0) return enter(plan, { ...state, pins, tries: 1 }, nowMs);
  const cause = checkPins(plan.plan, pins);
  if (cause !== undefined) return refuse(cause, nowMs);
  return enter(plan, { kind: 'opening', ...stepBase(state, nowMs) }, nowMs);
}

function stepBase(state: Step, nowMs: number): Step {
  return { ident: state.ident, session: state.session, baud: state.baud, tries: 1, retryAt: nowMs };
}

function nextRecord(plan: HandshakePlan, state: Step, index: number, nowMs: number): HandshakeStep {
  const base = stepBase(state, nowMs);
  if (index >= plan.records.length) return enter(plan, { kind: 'committing', ...base }, nowMs);
  return enter(plan, { kind: 'configuring', index, ...base }, nowMs);
}

function onConfigAck(
  plan: HandshakePlan,
  state: Extract<Handshake, { kind: 'configuring' }>,
  status: string,
  nowMs: number,
): HandshakeStep {
  if (status === 'ok') return nextRecord(plan, state, state.index + 1, nowMs);
  if (status === 'state') return startOver(nowMs);
  return refuse(
    fault(1003, {
      board: plan.plan.board.name,
      what: 'record',
      index: state.index,
      pin: plan.records[state.index]?.pin ?? -1,
      expected: 'ok',
      found: status,
    }),
    nowMs,
  );
}

function onCommitted(
  plan: HandshakePlan,
  state: Extract<Handshake, { kind: 'committing' }>,
  message: Extract<BoardMessage, { kind: 'committed' }>,
  nowMs: number,
): HandshakeStep {
  if (message.status === 'ok' && message.configHash === plan.hash) return open(state);
  if (message.status === 'state') return startOver(nowMs);
  const found = message.status === 'ok' ? 'hash' : message.status;
  return refuse(fault(1003, { board: plan.plan.board.name, what: 'commit', expected: 'ok', found }), nowMs);
}
