// States of the unit by ISA-TR88.00.02 (PackML). The machine itself is a table and a reducer.

/** State numbers of the standard. */
export const UNIT_STATES = {
  Clearing: 1,
  Stopped: 2,
  Starting: 3,
  Idle: 4,
  Suspended: 5,
  Execute: 6,
  Stopping: 7,
  Aborting: 8,
  Aborted: 9,
  Holding: 10,
  Held: 11,
  Unholding: 12,
  Suspending: 13,
  Unsuspending: 14,
  Resetting: 15,
  Completing: 16,
  Complete: 17,
} as const;
/** Name of a state of the unit. */
export type UnitState = keyof typeof UNIT_STATES;

/** Commands with the number of `CntrlCmd`. */
export const UNIT_COMMANDS = {
  Reset: 1,
  Start: 2,
  Stop: 3,
  Hold: 4,
  Unhold: 5,
  Suspend: 6,
  Unsuspend: 7,
  Abort: 8,
  Clear: 9,
  Complete: 10,
} as const;
/** Name of a command to the unit. */
export type UnitCommand = keyof typeof UNIT_COMMANDS;

/** Modes of the unit with the number of `UnitMode`; 0 is none, 4 and more are not used. */
export const UNIT_MODES = { Production: 1, Maintenance: 2, Manual: 3 } as const;
/** Name of a mode. By the names of ISO 10218: Production is automatic, Manual is manual reduced speed. */
export type UnitMode = keyof typeof UNIT_MODES;

/** What changes the state: a command, or the end of the work of an acting state. */
export type UnitTrigger = UnitCommand | 'StateComplete';

/** Stop is for states in which the unit works or could; Abort for all that are not on the abort path already. */
const STOP = { Stop: 'Stopping' } as const;
const ABORT = { Abort: 'Aborting' } as const;
const STOP_OR_ABORT = { ...STOP, ...ABORT } as const;
/** Hold also leaves the states around Execute, as in the 2015 edition (OPC 30050). */
const HOLD = { Hold: 'Holding' } as const;

/**
 * Where each trigger leads in a unit without a profile of its own; what is not here is ignored by the unit and reported as
 * rejected. Source: ISA-TR88.00.02, base state model, with the Hold transitions of OPC 30050.
 */
const UNIT_TRANSITIONS: Readonly<Record<UnitState, Readonly<Partial<Record<UnitTrigger, UnitState>>>>> = {
  Clearing: { StateComplete: 'Stopped', ...ABORT },
  Stopped: { Reset: 'Resetting', ...ABORT },
  Starting: { StateComplete: 'Execute', ...HOLD, ...STOP_OR_ABORT },
  Idle: { Start: 'Starting', ...STOP_OR_ABORT },
  Suspended: { Unsuspend: 'Unsuspending', ...HOLD, ...STOP_OR_ABORT },
  Execute: {
    StateComplete: 'Completing',
    Complete: 'Completing',
    Suspend: 'Suspending',
    ...HOLD,
    ...STOP_OR_ABORT,
  },
  Stopping: { StateComplete: 'Stopped', ...ABORT },
  Aborting: { StateComplete: 'Aborted' },
  Aborted: { Clear: 'Clearing' },
  Holding: { StateComplete: 'Held', ...STOP_OR_ABORT },
  Held: { Unhold: 'Unholding', ...STOP_OR_ABORT },
  Unholding: { StateComplete: 'Execute', ...HOLD, ...STOP_OR_ABORT },
  Suspending: { StateComplete: 'Suspended', ...HOLD, ...STOP_OR_ABORT },
  Unsuspending: { StateComplete: 'Execute', ...HOLD, ...STOP_OR_ABORT },
  Resetting: { StateComplete: 'Idle', ...STOP_OR_ABORT },
  Completing: { StateComplete: 'Complete', ...STOP_OR_ABORT },
  Complete: { Reset: 'Resetting', ...STOP_OR_ABORT },
};

/** @returns the state that `trigger` leads to, or undefined when it is not accepted in `state`. */
export function nextUnitState(state: UnitState, trigger: UnitTrigger): UnitState | undefined {
  return UNIT_TRANSITIONS[state][trigger];
}

/** True in states that end by themselves when their work is done (Execute included); false in waiting states. */
export function isActing(state: UnitState): boolean {
  return UNIT_TRANSITIONS[state].StateComplete !== undefined;
}
