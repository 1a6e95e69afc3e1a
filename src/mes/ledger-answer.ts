// An answer to a request as the journal keeps it: the order as it was shown then.
import type { JobRecord } from '../core/job-order.ts';
import type { JsonValue } from '../ports/journal.ts';

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
