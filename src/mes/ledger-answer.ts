// Answers to requests as the journal keeps them: order, alarm or unit as they were shown then.
import type { JobRecord } from '../core/job-order.ts';
import type { UnitAnswer } from '../core/unit-command.ts';
import type { JsonValue } from '../ports/journal.ts';
import type { EpochAlarm } from './cell-mirror.ts';

/** The journal keeps 16 KiB of an answer. */
const ANSWER_CHARS_MAX = 15_000;

/** Without measurements where they are too many: those are to be had from the order itself. */
export function toLedgerAnswer(record: JobRecord): JsonValue {
  const isLong = JSON.stringify(record).length > ANSWER_CHARS_MAX;
  return JSON.parse(JSON.stringify(isLong ? { ...record, measurements: [] } : record)) as JsonValue;
}

/** What this journal has kept was written by `toLedgerAnswer`, and is sealed against damage. */
export function fromLedgerAnswer(answer: JsonValue): JobRecord {
  return answer as unknown as JobRecord;
}

/** As JSON; what is undefined is left out. */
export function asAnswer(value: EpochAlarm | UnitAnswer): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

/** Written by `asAnswer`. */
export function fromAlarmAnswer(answer: JsonValue): EpochAlarm {
  return answer as unknown as EpochAlarm;
}

/** Written by `asAnswer`. */
export function fromUnitAnswer(answer: JsonValue): UnitAnswer {
  return answer as unknown as UnitAnswer;
}
