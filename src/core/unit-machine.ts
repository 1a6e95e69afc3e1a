// The unit as a pure reducer: where it stands in PackML, in which mode, and whether anything may be driven. Driven by stops,
// the reset at the cell, jobs, and requests for a mode. It knows no device: what it decides is told as effects.
import type { UnitMode, UnitState, UnitTrigger } from './packml.ts';
import { hasState, maskOf, mayChangeMode, nextInMode, type PackmlProfile } from './packml-profile.ts';
import { STOP_TIME_LIMIT_MS } from './permits.ts';
import type { MonotonicMs } from './units.ts';

/** All that decides whether something may be driven. Plain data. */
export interface UnitMachine {
  readonly unit: UnitState;
  readonly mode: UnitMode;
  /** The mode asked for last; differs from `mode` while that was refused (`UnitModeRequested`). */
  readonly modeRequested: UnitMode;
  /** Actuators may be driven: from the reset at the cell until a stop has ended, and in Stopped while one of category 2 holds. */
  readonly enabled: boolean;
  /** Orders may start. Cleared by every stop; set by a fresh order or resume after the reset (no motion by reset alone). */
  readonly productionEnabled: boolean;
  /** A reset at the cell was accepted and the unit is on its way to Idle. */
  readonly resetting: boolean;
  /** The unit is stopping for an order that was aborted by request: no reset at the cell is due. */
  readonly stoppingForAbort: boolean;
  /** When the present stop began; bounds it. */
  readonly stopSince: MonotonicMs | undefined;
  /** When the warning before a start began; undefined outside Starting, Unholding and Unsuspending. */
  readonly warningSince: MonotonicMs | undefined;
}

/** Power-up: stopped, in Production, nothing enabled. */
export const INITIAL_UNIT: UnitMachine = {
  unit: 'Stopped',
  mode: 'Production',
  modeRequested: 'Production',
  enabled: false,
  productionEnabled: false,
  resetting: false,
  stoppingForAbort: false,
  stopSince: undefined,
  warningSince: undefined,
};

/** A stop that alarms demand. */
export interface StopDemand {
  /** Stop category (IEC 60204-1): 0 takes the power away at once. */
  readonly category: 0 | 1;
  /** The unit goes to Aborted, not to Stopped: an emergency stop, or a stop of category 0. */
  readonly aborts: boolean;
}

/** What a cycle tells the unit. */
export interface UnitInputs {
  readonly now: MonotonicMs;
  /** The stop that stands, or undefined. A reset that is accepted takes it away. */
  readonly demand: StopDemand | undefined;
  /** Everything that moves is at rest. */
  readonly atRest: boolean;
  /** The ramp of every stop function that does not permit is over, or its time. */
  readonly stopsEnded: boolean;
  /** Power may stay on in Stopped: every cause is a stop of category 2, and everything is known to stand. */
  readonly holdsPower: boolean;
  /** The reset at the cell rose in this cycle. */
  readonly resetRose: boolean;
  /** Everything that a reset needs besides the state of the unit holds now. */
  readonly resetAllowed: boolean;
}

/** Commands from jobs. There is none that resets: reset and clear are the work of a button at the cell. */
export type JobCommand = 'Start' | 'Complete' | 'Hold' | 'Unhold' | 'Suspend' | 'Unsuspend';

/** What happens to the unit. */
export type UnitEvent =
  | { readonly kind: 'cycle'; readonly inputs: UnitInputs }
  | { readonly kind: 'command'; readonly command: JobCommand; readonly now: MonotonicMs }
  /** A fresh order, or a resume, was taken. */
  | { readonly kind: 'production' }
  /** A controlled stop by request, which needs no reset at the cell. */
  | { readonly kind: 'stop-by-request'; readonly now: MonotonicMs }
  /** Power is gone already: a board that drives something was lost. */
  | { readonly kind: 'power-lost' }
  | { readonly kind: 'mode'; readonly mode: UnitMode; readonly now: MonotonicMs };

/** What a step decided, in its order; who drives devices and orders acts on it. */
export type UnitEffect =
  | { readonly kind: 'state'; readonly from: UnitState; readonly to: UnitState }
  | { readonly kind: 'mode'; readonly from: UnitMode; readonly to: UnitMode }
  | { readonly kind: 'mode-refused'; readonly mode: UnitMode; readonly unit: UnitState }
  | { readonly kind: 'reset' }
  | { readonly kind: 'reset-refused' }
  /** A stop began. `isAsked`: by request, whoever asked has dealt with the order; else what runs is taken out of execution. */
  | { readonly kind: 'stopped'; readonly isAsked: boolean }
  /** Power comes and goes. */
  | { readonly kind: 'enabled' }
  | { readonly kind: 'disabled' };

export interface UnitStep {
  readonly unit: UnitMachine;
  readonly effects: readonly UnitEffect[];
}

type Draft = { -readonly [K in keyof UnitMachine]: UnitMachine[K] };

/** One step while it is computed. */
interface Work {
  readonly profile: PackmlProfile;
  readonly next: Draft;
  readonly effects: UnitEffect[];
}

const STOPPING = maskOf('Stopping', 'Aborting');
const STOPPED = maskOf('Stopped', 'Aborted', 'Clearing', 'Resetting');
const WARNING = maskOf('Starting', 'Unholding', 'Unsuspending');
const MOVES = maskOf('Idle', 'Execute', 'Completing') | WARNING;
const RESETTABLE = maskOf('Stopped', 'Aborted');
const TAKES_ORDERS = maskOf(
  'Idle',
  'Starting',
  'Execute',
  'Completing',
  'Complete',
  'Holding',
  'Held',
  'Unholding',
  'Suspending',
  'Suspended',
  'Unsuspending',
);

/** True while the unit is in a stop that is over, or on its way out of one. */
export function isStopped({ unit }: Pick<UnitMachine, 'unit'>): boolean {
  return hasState(STOPPED, unit);
}

/** True in the states that a reset at the cell leaves. */
export function isResettable({ unit }: Pick<UnitMachine, 'unit'>): boolean {
  return hasState(RESETTABLE, unit);
}

/** True while joints may travel. In all other states a move that is under way ramps down; nothing moves in a warning. */
export function mayMove({ unit, enabled }: Pick<UnitMachine, 'unit' | 'enabled'>, profile: PackmlProfile): boolean {
  if (profile.startWarningMs > 0 && hasState(WARNING, unit)) return false;
  return enabled && hasState(MOVES, unit);
}

/** True while job orders are taken: in Production, once the unit has been reset at the cell. */
export function takesOrders({ unit, mode, enabled }: UnitMachine): boolean {
  return mode === 'Production' && (hasState(TAKES_ORDERS, unit) || (unit === 'Resetting' && enabled));
}

/** True when the next order may start, as far as the unit is concerned. */
export function mayStart({ unit, mode, enabled, productionEnabled }: UnitMachine): boolean {
  return unit === 'Idle' && mode === 'Production' && enabled && productionEnabled;
}

function send({ profile, next, effects }: Work, trigger: UnitTrigger, now?: MonotonicMs): boolean {
  const to = nextInMode(profile, next.mode, next.unit, trigger);
  if (to === undefined) return false;
  effects.push({ kind: 'state', from: next.unit, to });
  next.unit = to;
  next.warningSince = hasState(WARNING, to) ? now : undefined;
  return true;
}

function disable({ next, effects }: Work): void {
  next.enabled = false;
  effects.push({ kind: 'disabled' });
}

function warningIsOver({ profile, next }: Work, now: MonotonicMs): boolean {
  return now - (next.warningSince ?? now - profile.startWarningMs) >= profile.startWarningMs;
}

/** Acting states end with their work: Clearing also when its reset was cut short; what has been completed is reset by itself. */
function endActing(work: Work, { now, atRest }: UnitInputs): void {
  const { next } = work;
  switch (next.unit) {
    case 'Holding':
    case 'Suspending':
      if (atRest) send(work, 'StateComplete');
      return;
    case 'Starting':
    case 'Unholding':
    case 'Unsuspending':
      if (warningIsOver(work, now)) send(work, 'StateComplete');
      return;
    case 'Completing':
      send(work, 'StateComplete');
      return;
    case 'Clearing':
      if (!next.resetting) send(work, 'StateComplete');
      return;
    case 'Complete':
    case 'Resetting':
      next.resetting = true;
      return;
    default:
  }
}

/** @returns true when a reset at the cell was accepted */
function acceptReset({ next, effects }: Work, { resetRose, resetAllowed }: UnitInputs): boolean {
  if (!resetRose || next.resetting) return false;
  if (!resetAllowed || !isResettable(next)) {
    if (!next.enabled || next.unit === 'Stopped') effects.push({ kind: 'reset-refused' });
    return false;
  }
  effects.push({ kind: 'reset' });
  next.resetting = true;
  return true;
}

function beginStop(work: Work, { category, aborts }: StopDemand, now: MonotonicMs): void {
  const { next, effects } = work;
  if (category === 0) disable(work);
  next.resetting = false;
  next.stoppingForAbort = false;
  if (!send(work, aborts ? 'Abort' : 'Stop')) return;
  next.stopSince = now;
  next.productionEnabled = false;
  effects.push({ kind: 'stopped', isAsked: false });
}

function endStop(work: Work, { now, atRest, stopsEnded, holdsPower }: UnitInputs): void {
  const { next } = work;
  if (!hasState(STOPPING, next.unit)) return;
  const timedOut = now - (next.stopSince ?? now) >= STOP_TIME_LIMIT_MS;
  // A stop by request takes no power away, so the time limit is not for it: in Idle the rest of the move would go on.
  const settled = atRest || (timedOut && !next.stoppingForAbort);
  if (next.enabled && !(settled && stopsEnded)) return;
  send(work, 'StateComplete');
  if (next.stoppingForAbort) {
    next.stoppingForAbort = false;
    next.resetting = true;
    return;
  }
  if (!holdsPower || next.unit !== 'Stopped') disable(work);
}

/** Stopped with power on: whatever else demands a stop, or is not known to stand, takes the power away. That is a stop of its own. */
function releaseHeld(work: Work, { holdsPower }: UnitInputs): void {
  const { next, effects } = work;
  if (next.unit !== 'Stopped' || !next.enabled || next.resetting || holdsPower) return;
  disable(work);
  effects.push({ kind: 'stopped', isAsked: false });
}

/** One state per cycle, so that every state is seen by whoever watches. */
function advanceReset(work: Work): void {
  const { next, effects } = work;
  if (!next.resetting) return;
  switch (next.unit) {
    case 'Aborted':
      send(work, 'Clear');
      break;
    case 'Clearing':
    case 'Resetting':
      send(work, 'StateComplete');
      break;
    case 'Stopped':
    case 'Complete':
      send(work, 'Reset');
      break;
    default:
      next.resetting = false;
  }
  if (next.unit !== 'Idle') return;
  next.resetting = false;
  if (next.enabled) return;
  next.enabled = true;
  effects.push({ kind: 'enabled' });
}

function cycle(work: Work, inputs: UnitInputs): void {
  endActing(work, inputs);
  const isReset = acceptReset(work, inputs);
  if (inputs.demand !== undefined && !isReset) beginStop(work, inputs.demand, inputs.now);
  endStop(work, inputs);
  releaseHeld(work, inputs);
  advanceReset(work);
}

/** What sets something going needs power and an order; what ends something is always heard. */
function command(work: Work, name: JobCommand, now: MonotonicMs): void {
  const { next } = work;
  const startsSomething = name === 'Start' || name === 'Unhold' || name === 'Unsuspend';
  const mayRun = next.mode === 'Production' && next.enabled && next.productionEnabled;
  if (!startsSomething || mayRun) send(work, name, now);
}

/** A stop that no alarm demands; nothing happens when the unit is stopped already. */
function stopByRequest(work: Work, now: MonotonicMs, needsReset: boolean): void {
  const { next, effects } = work;
  if (!send(work, 'Stop')) return;
  next.stopSince = now;
  next.stoppingForAbort = !needsReset;
  next.productionEnabled = false;
  effects.push({ kind: 'stopped', isAsked: !needsReset });
}

/**
 * A change of mode stops and never starts anything: whatever was enabled needs a reset at the cell again. Asking again for
 * what was refused is heard again, and told once.
 */
function changeMode(work: Work, mode: UnitMode, now: MonotonicMs): void {
  const { profile, next, effects } = work;
  const isNew = next.modeRequested !== mode;
  next.modeRequested = mode;
  if (mode === next.mode) return;
  if (!mayChangeMode(profile, next.unit, next.mode, mode)) {
    if (isNew) effects.push({ kind: 'mode-refused', mode, unit: next.unit });
    return;
  }
  effects.push({ kind: 'mode', from: next.mode, to: mode });
  next.mode = mode;
  next.resetting = false;
  next.productionEnabled = false;
  stopByRequest(work, now, true);
}

/** Only what is the unit's: it may be part of a greater state. */
function copyOf(whole: UnitMachine): Draft {
  const { unit, mode, modeRequested, enabled, productionEnabled } = whole;
  const { resetting, stoppingForAbort, stopSince, warningSince } = whole;
  return {
    unit,
    mode,
    modeRequested,
    enabled,
    productionEnabled,
    resetting,
    stoppingForAbort,
    stopSince,
    warningSince,
  };
}

/**
 * One step of the unit. Pure; called once per cycle with `cycle`, and for every other event as it comes.
 *
 * An event that is not legal changes nothing. Enabled becomes true only as a reset at the cell ends in Idle.
 */
export function stepUnit(profile: PackmlProfile, unit: UnitMachine, event: UnitEvent): UnitStep {
  const work: Work = { profile, next: copyOf(unit), effects: [] };
  switch (event.kind) {
    case 'cycle':
      cycle(work, event.inputs);
      break;
    case 'command':
      command(work, event.command, event.now);
      break;
    case 'production':
      if (takesOrders(unit)) work.next.productionEnabled = true;
      break;
    case 'stop-by-request':
      stopByRequest(work, event.now, false);
      break;
    case 'power-lost':
      disable(work);
      break;
    case 'mode':
      changeMode(work, event.mode, event.now);
      break;
    default:
      event satisfies never;
  }
  return { unit: work.next, effects: work.effects };
}
