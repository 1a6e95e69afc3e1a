// Opens a journal for writing: its write-ahead log first, then schema, then every row. What is damaged is not opened.
import { closeSync, existsSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { BootTime } from './audit-chain.ts';
import { findDamage } from './check.ts';
import { damageInLog, readLog } from './log-check.ts';
import { DisplacedError, OwnFiles } from './own-files.ts';
import {
  CHECKPOINT_PAGES,
  configure,
  keepCopy,
  migrate,
  SCHEMA_VERSION,
  type SchemaState,
  schemaState,
  syncPath,
} from './schema.ts';
import { DamageError, faultOf, openDatabase } from './sqlite.ts';
import { JournalStore, RETENTION, type Retention } from './store.ts';

export interface StoreOptions {
  readonly path: string;
  readonly retention?: Partial<Retention>;
  /** @defaultValue CHECKPOINT_PAGES */
  readonly checkpointPages?: number;
  readonly boot: () => BootTime;
  /** What was open before: no other is made or taken in its place. @defaultValue whatever is there, or a new one */
  readonly expected?: ExpectedJournal | undefined;
}

/** A journal as this process knows it. */
export interface ExpectedJournal {
  readonly journalId: string;
  /**
   * Number of its file: with the log that is there, an older copy may look whole and lack what was written back in between. Undefined:
   * not known.
   */
  readonly inode?: bigint;
  /** Events and records of the trail that were confirmed. */
  readonly position: number;
  readonly auditSeq: number;
}

/** SQLite waits so long for a backup that is just reading, or for the checkpoint of another. */
const BUSY_MS = 5_000;

/**
 * Opens, makes or migrates the journal; its folder is there. Whoever calls has the write lock.
 * @returns faults 6501, 6502, 6503 (disk), 6505 (damaged: it is left as it is), 6506 (newer schema), 6514 (not the expected one)
 */
export function openStore(options: StoreOptions): Result<JournalStore, Fault> {
  const { path } = options;
  let db: DatabaseSync | undefined;
  let guard: DatabaseSync | undefined;
  try {
    const isNew = !existsSync(path);
    const log = readLog(path);
    const lost = damageInLog(log) ?? logAlone(path, log) ?? cutOff(path);
    if (lost !== undefined) throw new Refusal(fault(6505, { file: path, findings: 1, first: lost }));
    confirmLog(path, log);
    db = openDatabase(path, { busyMs: BUSY_MS });
    const state = schemaState(db);
    guard = openDatabase(path, { readOnly: true, busyMs: BUSY_MS });
    schemaState(guard);
    const refusal = prepare(db, state, options);
    if (refusal !== undefined) throw new Refusal(refusal);
    if (isNew) syncPath(dirname(path));
    guard.prepare('SELECT count(*) FROM meta').get();
    const files = new OwnFiles(path);
    const store = new JournalStore({ db, guard, files }, { ...RETENTION, ...options.retention }, options.boot);
    if (options.expected !== undefined) requireExpected(store, options.expected);
    store.probe();
    return ok(store);
  } catch (error) {
    // In this order: the last connection that could write would write the log back.
    closeQuietly(db);
    closeQuietly(guard);
    return err(error instanceof Refusal ? error.fault : faultOf(error, path));
  }
}

class Refusal extends Error {
  readonly fault: Fault;

  constructor(refused: Fault) {
    super(String(refused.code));
    this.fault = refused;
  }
}

function closeQuietly(db: DatabaseSync | undefined): void {
  try {
    db?.close();
  } catch {
    // What closing finds is what opening found.
  }
}

/** SQLite throws a log away whose database is empty, or is not there. */
function logAlone(path: string, log: Buffer): string | undefined {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return bytes === 0 && log.length > 0 ? 'only its write-ahead log is there' : undefined;
}

/** Where a restore makes what is to be the journal. */
export function draftOf(path: string): string {
  return `${path}.restoring`;
}

/** The journal was set aside, and what was to take its place is still a draft: a new one would have none of the orders of either. */
function cutOff(path: string): string | undefined {
  const isCutOff = !existsSync(path) && existsSync(draftOf(path));
  return isCutOff ? 'a restore was cut off: restore the backup again' : undefined;
}

/** @throws DisplacedError, DamageError */
function requireExpected(store: JournalStore, { auditSeq, inode, journalId, position }: ExpectedJournal): void {
  const isOther = store.id !== journalId || (inode !== undefined && store.inode !== inode);
  if (isOther) throw new DisplacedError('another journal is in its place');
  if (store.position < position)
    throw new DamageError('log', `ends at ${store.position}, and ${position} were confirmed`);
  if (store.auditHead.seq < auditSeq)
    throw new DamageError('audit', `ends at ${store.auditHead.seq}, and ${auditSeq} were confirmed`);
}

function prepare(db: DatabaseSync, state: SchemaState, options: StoreOptions): Fault | undefined {
  const { path, checkpointPages = CHECKPOINT_PAGES, expected } = options;
  if (state.kind === 'new' && expected !== undefined) throw new DisplacedError(`${basename(path)} is empty`);
  if (state.kind === 'foreign') return fault(6505, { file: path, cause: 'this is a database, and not a journal' });
  if (state.kind === 'newer') return fault(6506, { file: path, version: state.version, supported: SCHEMA_VERSION });
  if (state.kind === 'older') keepCopy(db, path, state.version);
  configure(db, checkpointPages);
  if (state.kind === 'new') migrate(db, 0);
  if (state.kind === 'older') migrate(db, state.version);
  const damage = findDamage(db);
  return damage.length === 0 ? undefined : fault(6505, { file: path, findings: damage.length, first: damage[0] ?? '' });
}

/**
 * Writes the write-ahead log anew over itself, and waits until the disk has it.
 *
 * After a failed sync the kernel may hold pages that it counts as written though the disk never got them (fsyncgate): reading
 * shows them, and the next sync says nothing. Written again they are dirty again, so that this sync tells the truth.
 */
function confirmLog(path: string, bytes: Buffer): void {
  if (bytes.length === 0) return;
  const file = openSync(`${path}-wal`, 'r+');
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
