// States of the unit (ISA-TR88.00.02), states and results of job orders (OPC 10031-4, OPC 40001-3) as people read them. In every language they
// have the names of the standards, as in operator panels, in the API and in manuals; in Spanish with what they mean behind them, in the words
// of docs/es/estados.md. JSON, the audit trail and details of faults (`state=Held`) have the names alone.
import type { Locale } from '../config/problem.ts';
import type { AlarmState } from '../core/alarm-list.ts';
import { JOB_STATES, type JobResult, type JobState, type JobSubstate } from '../core/job-order.ts';
import type { UnitState } from '../core/packml.ts';

/** Of ISA-95, in the order of an order's life. */
export const JOB_STATE_NAMES = Object.keys(JOB_STATES) as readonly JobState[];

/** Job order, unit and alarm are feminine in Spanish, and so are these. */
export const STATES_ES: Readonly<Record<UnitState | JobState | JobSubstate, string>> = {
  Idle: 'en espera',
  Starting: 'arrancando',
  Execute: 'en ejecución',
  Completing: 'terminando',
  Complete: 'terminada',
  Resetting: 'rearmando',
  Holding: 'entrando en retención',
  Held: 'retenida',
  Unholding: 'saliendo de retención',
  Suspending: 'entrando en suspensión',
  Suspended: 'suspendida',
  Unsuspending: 'saliendo de suspensión',
  Stopping: 'parando',
  Stopped: 'parada',
  Aborting: 'abortando',
  Aborted: 'abortada',
  Clearing: 'despejando',
  NotAllowedToStart: 'sin permiso para iniciar',
  AllowedToStart: 'con permiso para iniciar',
  Running: 'en ejecución',
  Interrupted: 'interrumpida',
  Ended: 'finalizada',
  Waiting: 'espera una condición',
  Ready: 'lista',
  Loaded: 'cargada',
  Completed: 'completa',
  Closed: 'cerrada',
};

export const RESULTS_ES: Readonly<Record<JobResult, string>> = {
  Unknown: 'aún sin resultado',
  Successful: 'logrado',
  Unsuccessful: 'no logrado',
};

/** By state of ISA-18.2. */
export const ALARM_STATES_ES: Readonly<Record<AlarmState, string>> = {
  unacknowledged: 'sin reconocer',
  acknowledged: 'reconocida',
  'returned-unacknowledged': 'normalizada, sin reconocer',
  'latched-unacknowledged': 'enclavada, sin reconocer',
  'latched-acknowledged': 'enclavada, reconocida',
  shelved: 'archivada',
  'suppressed-by-design': 'suprimida por diseño',
};

/** @param state of the unit or of a job order, also with its substate: `Interrupted/Held`; what is unknown has its name alone */
export function stateText(state: string, locale: Locale): string {
  const known: Readonly<Record<string, string>> = STATES_ES;
  const meanings = state.split('/').map((part) => known[part]);
  return locale === 'en' || meanings.includes(undefined) ? state : `${state} (${meanings.join(', ')})`;
}

export function resultText(result: string, locale: Locale): string {
  const known: Readonly<Record<string, string>> = RESULTS_ES;
  const meaning = known[result];
  return locale === 'en' || meaning === undefined ? result : `${result} (${meaning})`;
}

/** Alone, as on panels: ISA-18.2 gives its states no names that programs show. */
export function alarmStateText(state: string, locale: Locale): string {
  const known: Readonly<Record<string, string>> = ALARM_STATES_ES;
  return locale === 'en' ? state : (known[state] ?? state);
}
