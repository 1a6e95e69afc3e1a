// The one catalogue of everything that can go wrong while a cell operates: alarms, gRPC details and texts derive from it.
// Numbers are published: never renumber, never reuse.
import { blockTexts } from './block-texts.ts';
import { spanishDetails } from './detail-texts.ts';
import { COMMUNICATION_FAULTS } from './faults/communication.ts';
import { DEVICES_FAULTS } from './faults/devices.ts';
import { JOBS_FAULTS } from './faults/jobs.ts';
import { JOURNAL_FAULTS } from './faults/journal.ts';
import { MOTION_FAULTS } from './faults/motion.ts';
import { PROCESS_FAULTS } from './faults/process.ts';
import { PROGRAMS_FAULTS } from './faults/programs.ts';
import { STOPS_FAULTS } from './faults/stops.ts';

/**
 * By number. 1xxx communication, 2xxx motion, 3xxx process, 4xxx stops (41xx sensors, 42xx actuators), 6xxx jobs (65xx journal and audit,
 * 66xx access), 7xxx programs, 9xxx defects.
 */
export const FAULTS = {
  ...COMMUNICATION_FAULTS,
  ...MOTION_FAULTS,
  ...PROCESS_FAULTS,
  ...STOPS_FAULTS,
  ...DEVICES_FAULTS,
  ...JOBS_FAULTS,
  ...JOURNAL_FAULTS,
  ...PROGRAMS_FAULTS,
} as const;

/** A published number. */
export type FaultCode = keyof typeof FAULTS;

/** One occurrence of a catalogued fault. `detail` says where and with which values; keys are camelCase with units. */
export interface Fault {
  readonly code: FaultCode;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** @returns an occurrence of `code`; building it raises nothing by itself */
export function fault(code: FaultCode, detail: Fault['detail'] = {}): Fault {
  return { code, detail };
}

/** One line for people: `[4001] emergency stop (block=estop diagCode=C001); C001: ...`, with what the codes of blocks mean. */
export function describeFault(value: Fault, locale: 'en' | 'es' = 'en'): string {
  const entry = FAULTS[value.code];
  const title = locale === 'es' ? entry.titleEs : entry.title;
  const said = Object.entries(value.detail).map(([key, item]) => `${key}=${item}`);
  const detail = locale === 'es' ? said.map(spanishDetails) : said;
  const meanings = blockTexts(value.detail, locale).map((text) => `; ${text}`);
  return `[${value.code}] ${title}${detail.length > 0 ? ` (${detail.join(' ')})` : ''}${meanings.join('')}`;
}
