// Looks at a journal without changing it, while its cell runs or not: what is in it, whether it is whole, whether its trail is.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { AuditHead, AuditRecord, AuditResult } from '../core/audit.ts';
import { type Fault, fault } from '../core/faults.ts';
import { JOB_STATES, type JobState } from '../core/job-order.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { EpochMs } from '../core/units.ts';
import { CHAIN_START, type ChainBreak, ChainCheck, type RestoreNote } from './audit-chain.ts';
import { auditRecords, misplacedRows } from './audit-table.ts';
import { findDamage } from './check.ts';
import { EventLog } from './event-log.ts';
import { damageInLog, readLog } from './log-check.ts';
import { type Mark, readMark } from './mark.ts';
import { OrderTable } from './order-table.ts';
import { migrate, SCHEMA_VERSION, schemaState } from './schema.ts';
import { DamageError, faultOf, faultOfReading, isNoDatabase, openDatabase } from './sqlite.ts';
import { Tail } from './tail.ts';

const BUSY_MS = 5_000;
/** Of the record with which the trail of a restored journal goes on. */
export const RESTORE_TYPE = 'journal.restore';

/** What is in a journal. */
export interface JournalInfo {
  readonly id: string;
  /** Of the file: an earlier one is brought to that of this program when the cell runs. */
  readonly schemaVersion: number;
  /** Of the newest event. */
  readonly position: number;
  readonly orders: Readonly<Record<JobState, number>>;
  readonly audit: AuditHead;
  /** Of the file, and of its write-ahead log. */
  readonly bytes: number;
  readonly logBytes: number;
}

/**
 * Reads under one view of the journal; of an earlier version a copy that was brought to this one.
 * @returns 6502 (not there, not readable), 6505, 6506
 */
function reading<T>(path: string, read: (db: DatabaseSync, version: number) => T): Result<T, Fault> {
  if (!existsSync(path)) return err(fault(6502, { file: path, cause: 'no such file' }));
  let db: DatabaseSync;
  try {
    db = openDatabase(path, { readOnly: true, busyMs: BUSY_MS });
  } catch (error) {
    return err(faultOf(error, path));
  }
  try {
    const state = schemaState(db);
    if (state.kind === 'newer')
      return err(fault(6506, { file: path, version: state.version, supported: SCHEMA_VERSION }));
    if (state.kind === 'older') return ok(readingCopy(db, state.version, read));
    if (state.kind !== 'current') return err(fault(6505, { file: path, cause: 'this is no journal' }));
    db.exec('BEGIN');
    return ok(read(db, SCHEMA_VERSION));
  } catch (error) {
    return err(faultOfReading(error, path, () => findDamage(db)));
  } finally {
    db.close();
  }
}

/**
 * Whether a file is none of Celda's: neither it nor what lies beside it says that it ever was a journal. False for what cannot be read:
 * that is told by whoever reads it.
 */
export function isForeign(path: string): boolean {
  if (readMark(path) !== undefined) return false;
  let db: DatabaseSync | undefined;
  try {
    db = openDatabase(path, { readOnly: true, busyMs: BUSY_MS });
    const { kind } = schemaState(db);
    return kind === 'foreign' || (kind === 'new' && !existsSync(`${path}-wal`));
  } catch (error) {
    // The first page of a journal may be lost, whose log then is still there.
    return isNoDatabase(error) && !existsSync(`${path}-wal`);
  } finally {
    db?.close();
  }
}

/** The journal itself is left as it is: only the cell that it belongs to brings it to this version, when it runs. */
function readingCopy<T>(older: DatabaseSync, version: number, read: (db: DatabaseSync, version: number) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'celda-journal-'));
  const copy = join(folder, 'copy.db');
  try {
    older.prepare('VACUUM INTO ?').run(copy);
    const db = openDatabase(copy);
    try {
      migrate(db, version);
      return read(db, version);
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function journalInfo(path: string): Result<JournalInfo, Fault> {
  return reading(path, (db, schemaVersion) => {
    const tail = new Tail(db);
    const log = new EventLog(db, tail);
    const table = new OrderTable(db, log);
    const states = Object.keys(JOB_STATES) as JobState[];
    const count = (state: JobState): number =>
      table.list({ direction: 'oldest-first', states: [state], limit: 1 }).total;
    return {
      id: idOf(db),
      schemaVersion,
      position: log.position,
      orders: Object.fromEntries(states.map((state) => [state, count(state)])) as Record<JobState, number>,
      audit: headOf(db, tail),
      bytes: statSync(path).size,
      logBytes: existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0,
    };
  });
}

/** What is wrong with a journal: damage by chance, and changes of its audit trail by hand. */
export interface JournalVerdict {
  readonly damage: readonly string[];
  readonly audit: AuditVerdict;
}

export interface AuditVerdict {
  readonly breaks: readonly ChainBreak[];
  readonly head: AuditHead;
}

/**
 * @param expected a record that is known from elsewhere: what `head` said of this journal at some time. @defaultValue the one that the mark
 * beside it says
 */
export function verifyJournal(path: string, expected?: AuditHead): Result<JournalVerdict, Fault> {
  const lost = lostFrom(path);
  // Before the journal: whoever writes both is further with the journal.
  const mark = readMark(path);
  const read = reading(path, (db) => [...findDamage(db), ...lackingIn(db, mark)]);
  // Without its log it may be no journal at all.
  if (!read.ok && lost.length === 0) return read;
  const damage = [...lost, ...(read.ok ? read.value : [])];
  const audit = verifyAudit(path, expected);
  if (audit.ok) return ok({ damage, audit: audit.value });
  // A trail that cannot be read is damaged, and what it is was found above.
  return damage.length > 0 ? ok({ damage, audit: { breaks: [], head: CHAIN_START } }) : audit;
}

/** Twice the same: a cell that runs may have begun its log anew while it was read. */
function lostFrom(path: string): readonly string[] {
  try {
    const found = damageInLog(readLog(path));
    return found !== undefined && damageInLog(readLog(path)) === found ? [found] : [];
  } catch {
    // What cannot be read is told by whoever reads the rows.
    return [];
  }
}

/** What it should have by its mark; what cannot be read for damage is told by whoever looks for that. */
function lackingIn(db: DatabaseSync, mark: Mark | undefined): readonly string[] {
  if (mark === undefined) return [];
  try {
    if (idOf(db) !== mark.journalId) return [`another journal was here: ${mark.journalId}`];
    const { position } = new EventLog(db, new Tail(db));
    return position < mark.position ? [`log: ends at ${position}, and ${mark.position} were confirmed`] : [];
  } catch {
    return [];
  }
}

function idOf(db: DatabaseSync): string {
  return String(db.prepare(`SELECT value FROM meta WHERE name = 'id'`).get()?.['value'] ?? '');
}

/** @param known as in `verifyJournal` */
export function verifyAudit(path: string, known?: AuditHead): Result<AuditVerdict, Fault> {
  const mark = readMark(path);
  return reading(path, (db) => {
    const expected = known ?? (mark?.journalId === idOf(db) ? mark.trail : undefined);
    const tail = new Tail(db);
    const check = new ChainCheck(CHAIN_START);
    let restored: RestoreNote | undefined;
    for (const record of auditRecords(db, tail, 0)) {
      check.add(record);
      if (expected === undefined || record.seq > expected.seq) continue;
      restored = restoreIn(record, expected.seq) ?? restored;
      if (record.seq === expected.seq) check.compare(expected, restored);
    }
    const seen = new EventLog(db, tail).auditSeen();
    // What this journal has seen itself no restore has taken away.
    check.end(Math.max(seen, expected?.seq ?? 0), seen > check.head.seq ? undefined : restored);
    for (const { seq, last } of misplacedRows(db)) check.misplaced(seq, last);
    return { breaks: check.breaks, head: check.head };
  });
}

/** Undefined: it is no restore, or says that the trail before had not come as far as `known`. */
function restoreIn(record: AuditRecord, known: number): RestoreNote | undefined {
  if (record.type !== RESTORE_TYPE || !isWhole(record)) return undefined;
  const before = Number(/^\{"trail":"(\d+):/.exec(record.before)?.[1] ?? known);
  return before < known ? undefined : { seq: record.seq, time: record.time, by: record.actor.identity };
}

/** Which records; what is absent is not looked at. */
export interface AuditQuery {
  /** Only records after this one. @defaultValue 0 */
  readonly after?: number | undefined;
  /** So many at most. */
  readonly limit: number;
  /** Of more than `limit` the newest are taken. @defaultValue false: the oldest */
  readonly isFromEnd?: boolean | undefined;
  /** From this time on, and before that one. */
  readonly since?: EpochMs | undefined;
  readonly until?: EpochMs | undefined;
  /** A part of the identity or of the address, upper and lower case alike. */
  readonly who?: string | undefined;
  /** The type, or its beginning: `job`, `job.store`. */
  readonly what?: string | undefined;
  /** The identification of what it was done to, or of the job order. */
  readonly about?: string | undefined;
  readonly result?: AuditResult | undefined;
}

/** Records, the oldest first. */
export function auditTrail(path: string, query: AuditQuery): Result<readonly AuditRecord[], Fault> {
  return reading(path, (db) => {
    const found: AuditRecord[] = [];
    for (const record of auditRecords(db, new Tail(db), query.after ?? 0)) {
      if (query.isFromEnd !== true && found.length >= query.limit) break;
      if (!isWhole(record)) throw new DamageError(`audit ${record.seq}`, 'this is no record');
      if (isAsked(record, query)) found.push(record);
      // Seldom, since it moves all that stay.
      if (found.length > 2 * query.limit) found.splice(0, found.length - query.limit);
    }
    return found.slice(Math.max(0, found.length - query.limit));
  });
}

/** What is shown of a record is there. */
function isWhole({
  actor,
  correlation,
  object,
  time = Number.NaN as EpochMs,
  ...record
}: Partial<AuditRecord>): boolean {
  const texts: readonly unknown[] = [
    ...[record.type, record.result, record.resultCode, record.before, record.after, record.reason],
    ...[actor?.identity, actor?.peer, object?.kind, object?.id, correlation?.jobOrderId],
  ];
  return !Number.isNaN(new Date(time).getTime()) && texts.every((text) => typeof text === 'string');
}

function isAsked(
  { actor, correlation, object, result, time, type }: AuditRecord,
  { about, result: wanted, since, until, what, who }: AuditQuery,
): boolean {
  const has = (text: string): boolean => text.toLowerCase().includes(who?.toLowerCase() ?? '');
  return (
    (since === undefined || time >= since) &&
    (until === undefined || time < until) &&
    (who === undefined || has(actor.identity) || has(actor.peer)) &&
    (what === undefined || type === what || type.startsWith(`${what}.`)) &&
    (about === undefined || object.id === about || correlation.jobOrderId === about) &&
    (wanted === undefined || result === wanted)
  );
}

function headOf(db: DatabaseSync, tail: Tail): AuditHead {
  let head = CHAIN_START;
  const newest = Number(db.prepare('SELECT max(seq) AS seq FROM audit').get()?.['seq'] ?? 0);
  for (const { seq, hash } of auditRecords(db, tail, newest - 1)) head = { seq, hash };
  return head;
}
