// Which part of PackML a unit uses: the edition with its masks, and the states and mode changes that each mode allows.
import { nextUnitState, UNIT_STATES, type UnitMode, type UnitState, type UnitTrigger } from './packml.ts';

/** States as the standard writes them: bit n stands for state n. */
export type StateMask = number;

/** Edition of ISA-TR88.00.02. */
export type PackmlEdition = '2015' | '2022';

/** What one mode allows. */
export interface ModeProfile {
  /** States that this mode does without: an acting one is passed through at once, a waiting one is not entered. */
  readonly disabled: StateMask;
  /** States in which this mode may be entered and left. */
  readonly changeIn: StateMask;
}

/** How a unit uses PackML. Does not change while the cell runs. */
export interface PackmlProfile {
  readonly edition: PackmlEdition;
  /** States that accept Hold. */
  readonly holdFrom: StateMask;
  /** States that accept Complete. */
  readonly completeFrom: StateMask;
  readonly modes: Readonly<Record<UnitMode, ModeProfile>>;
  /** How long Starting, Unholding and Unsuspending warn (horn, green light) before anything moves, ms; 0: for one cycle. */
  readonly startWarningMs: number;
}

/** @returns the mask of `states` */
export function maskOf(...states: readonly UnitState[]): StateMask {
  return states.reduce((mask, state) => mask | (1 << UNIT_STATES[state]), 0);
}

/** True when `mask` names `state`. */
export function hasState(mask: StateMask, state: UnitState): boolean {
  return (mask & (1 << UNIT_STATES[state])) !== 0;
}

/** Mode changes in Stopped, Idle and Aborted: the default of the standard, 0x214. */
export const MODE_CHANGE_MASK: StateMask = maskOf('Stopped', 'Idle', 'Aborted');

/** All states that may accept Hold: the transitions of OPC 30050, which follows the 2015 edition. */
export const HOLD_MASK_2015: StateMask = maskOf(
  'Starting',
  'Suspended',
  'Execute',
  'Unholding',
  'Suspending',
  'Unsuspending',
);
/** Default of the 2022 edition, 0x60. */
export const HOLD_MASK_2022: StateMask = maskOf('Suspended', 'Execute');

/** ToComplete of OPC 30050. */
export const COMPLETE_MASK_2015: StateMask = maskOf('Execute');
/** Default of the 2022 edition, 0x860; no other state may accept Complete. */
export const COMPLETE_MASK_2022: StateMask = maskOf('Suspended', 'Execute', 'Held');

/** `PackMLVersion` as OPC 30050 writes it. */
export function packmlVersion({ edition }: PackmlProfile): string {
  return `TR88.00.02-${edition}`;
}

/** The profile of an edition, with all states in all modes. */
export function profileOf(edition: PackmlEdition): PackmlProfile {
  const mode: ModeProfile = { disabled: 0, changeIn: MODE_CHANGE_MASK };
  const is2022 = edition === '2022';
  return {
    edition,
    holdFrom: is2022 ? HOLD_MASK_2022 : HOLD_MASK_2015,
    completeFrom: is2022 ? COMPLETE_MASK_2022 : COMPLETE_MASK_2015,
    modes: { Production: mode, Maintenance: mode, Manual: mode },
    startWarningMs: 0,
  };
}

/** What a unit does that says nothing of PackML. */
export const DEFAULT_PROFILE: PackmlProfile = profileOf('2015');

/**
 * States that no mode may do without: the minimum of the standard, and Stopping and Aborting, whose work is to bring what
 * moves to rest and to take its power away.
 */
export const NEEDED_STATES: StateMask = maskOf('Stopped', 'Idle', 'Execute', 'Aborted', 'Stopping', 'Aborting');

/** In Production also what a step that fails needs: the unit holds, and goes on from there. */
export const NEEDED_IN_PRODUCTION: StateMask = NEEDED_STATES | maskOf('Holding', 'Held', 'Unholding');

/** A state that is used needs these others. Source: ISA-TR88.00.02-2022, dependencies of disabled states. */
export const STATE_NEEDS: readonly (readonly [UnitState, UnitState])[] = [
  ['Completing', 'Complete'],
  ['Suspending', 'Suspended'],
  ['Unsuspending', 'Suspended'],
  ['Holding', 'Held'],
  ['Unholding', 'Held'],
  ['Aborting', 'Aborted'],
  ['Clearing', 'Aborted'],
];

/** States that `mode` must have but does without, and those it uses without what they need; both empty: the mask is good. */
export function maskProblems(
  mode: UnitMode,
  disabled: StateMask,
): { readonly missing: readonly UnitState[]; readonly unmet: readonly (readonly [UnitState, UnitState])[] } {
  const needed = mode === 'Production' ? NEEDED_IN_PRODUCTION : NEEDED_STATES;
  const states = Object.keys(UNIT_STATES) as UnitState[];
  return {
    missing: states.filter((state) => hasState(needed & disabled, state)),
    unmet: STATE_NEEDS.filter(([state, other]) => !hasState(disabled, state) && hasState(disabled, other)),
  };
}

/** What ends a state that is not entered: acting ones are done at once, Complete is left as if it had been reset. */
function wayOn(state: UnitState): UnitTrigger | undefined {
  if (nextUnitState(state, 'StateComplete') !== undefined) return 'StateComplete';
  return state === 'Complete' ? 'Reset' : undefined;
}

function accepts(profile: PackmlProfile, state: UnitState, trigger: UnitTrigger): boolean {
  if (trigger === 'Hold') return hasState(profile.holdFrom, state);
  if (trigger === 'Complete') return hasState(profile.completeFrom, state);
  return true;
}

/** Targets that the base table lacks because only the 2022 edition has them. */
function baseTarget(state: UnitState, trigger: UnitTrigger): UnitState | undefined {
  const target = nextUnitState(state, trigger);
  if (target !== undefined || trigger !== 'Complete') return target;
  return hasState(COMPLETE_MASK_2022, state) ? 'Completing' : undefined;
}

/**
 * @returns the state that `trigger` leads to in `mode`, or undefined when it is not accepted; with what the mode does
 *   without passed over: no Hold without Held, no Suspend without Suspended
 */
export function nextInMode(
  profile: PackmlProfile,
  mode: UnitMode,
  state: UnitState,
  trigger: UnitTrigger,
): UnitState | undefined {
  if (!accepts(profile, state, trigger)) return undefined;
  const { disabled } = profile.modes[mode];
  if (trigger === 'Hold' && hasState(disabled, 'Held')) return undefined;
  if (trigger === 'Suspend' && hasState(disabled, 'Suspended')) return undefined;
  let target = baseTarget(state, trigger);
  while (target !== undefined && hasState(disabled, target)) {
    const on = wayOn(target);
    target = on === undefined ? undefined : nextUnitState(target, on);
  }
  return target;
}

/** True when `from` may be left for `to` in `state`: both modes must allow it (ISA-TR88.00.02). */
export function mayChangeMode(profile: PackmlProfile, state: UnitState, from: UnitMode, to: UnitMode): boolean {
  return hasState(profile.modes[from].changeIn & profile.modes[to].changeIn, state);
}
