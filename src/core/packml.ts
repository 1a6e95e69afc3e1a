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
export type UnitState = keyof typeof UNIT_STATES;
