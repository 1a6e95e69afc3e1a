// What an alarm is to the people who answer it (ISA-18.2, rationalization): priority, whether it latches, whether it may be
// shelved, and behind which other alarms it stands back. Derived from the fault catalogue; exceptions are named here.
import { FAULTS, type Fault, type FaultCode } from './faults.ts';

/** How quick somebody has to answer, the most urgent first. */
export const ALARM_PRIORITIES = ['urgent', 'high', 'medium', 'low'] as const;
export type AlarmPriority = (typeof ALARM_PRIORITIES)[number];

/** By what a fault does to the unit: what takes the power away comes first. */
const PRIORITY_BY_REACTION = {
  'stop-category-0': 'urgent',
  'stop-category-1': 'high',
  hold: 'medium',
  reject: 'low',
  warn: 'low',
} as const satisfies Record<string, AlarmPriority>;

/** Where the consequence says something else than the reaction. */
const PRIORITY_EXCEPTIONS: Readonly<Partial<Record<FaultCode, AlarmPriority>>> = {
  // People are in danger, or were.
  4001: 'urgent',
  // The cell stops when somebody asked for it: nobody has to hurry.
  4004: 'low',
  // Nothing stops, but the next order cannot run before somebody acts.
  1008: 'medium',
  2007: 'medium',
  4013: 'medium',
  6501: 'medium',
  6502: 'medium',
  6503: 'medium',
  6504: 'medium',
  6505: 'medium',
  6506: 'medium',
  6510: 'medium',
  6514: 'medium',
  // A safeguard is missing for as long as it stands.
  4401: 'high',
};

export function priorityOf(code: FaultCode): AlarmPriority {
  return PRIORITY_EXCEPTIONS[code] ?? PRIORITY_BY_REACTION[FAULTS[code].reaction];
}

/** True when the alarm stays after its cause has gone, until a reset at the cell. */
export function latches(code: FaultCode): boolean {
  return FAULTS[code].latched;
}

/** True when the fault stops the unit. */
export function stopsUnit(code: FaultCode): boolean {
  return FAULTS[code].reaction.startsWith('stop-category');
}

/** Warnings that stay in sight for as long as they stand, also through a reset at the cell. */
const ALWAYS_SHOWN: ReadonlySet<FaultCode> = new Set<FaultCode>([4401]);

export function isAlwaysShown(code: FaultCode): boolean {
  return ALWAYS_SHOWN.has(code);
}

/** Only what neither stops nor holds the unit may be put out of sight for a while, and not all of that. */
export function mayBeShelved(code: FaultCode): boolean {
  return FAULTS[code].reaction === 'warn' && !isAlwaysShown(code);
}

/** Faults of a board that explain the others of the same board. */
const BOARD_GONE: readonly FaultCode[] = [1001, 1002, 1003, 1004, 1005, 1006];

/** Suppressed by design: alarms that say nothing new while one of these stands for the same board. They stop all the same. */
export const SUPPRESSED_BEHIND: Readonly<Partial<Record<FaultCode, readonly FaultCode[]>>> = {
  1007: BOARD_GONE,
  4011: BOARD_GONE,
  4012: BOARD_GONE,
};

/** True when `fault` says nothing new beside `others`. */
export function isSuppressedBehind(fault: Fault, others: readonly Fault[]): boolean {
  const behind = SUPPRESSED_BEHIND[fault.code];
  if (behind === undefined) return false;
  return others.some(({ code, detail }) => behind.includes(code) && detail['board'] === fault.detail['board']);
}
