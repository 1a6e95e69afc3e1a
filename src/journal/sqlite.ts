// The one door to node:sqlite: loads it without its notice of being experimental, and says what its errors mean.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Fault, fault } from '../core/faults.ts';
import { DisplacedError } from './own-files.ts';

type Sqlite = typeof import('node:sqlite');

let loaded: Sqlite | undefined;

/** The module. Only its own notice is kept back; every other warning is shown as ever. */
export function sqlite(): Sqlite {
  loaded ??= loadQuietly();
  return loaded;
}

function loadQuietly(): Sqlite {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with its own receiver
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]) => {
    if (typeof warning === 'string' && warning.startsWith('SQLite is an experimental feature')) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Opens a database that keeps nothing back: a busy one is waited for at most `busyMs`. @throws what SQLite throws */
export function openDatabase(path: string, { readOnly = false, busyMs = 0 } = {}): DatabaseSync {
  const { DatabaseSync: Database } = sqlite();
  return new Database(path, { readOnly, timeout: busyMs });
}

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** A prepared statement, made once per connection. Not for one that is still being read when it is asked for again. */
export function prepared(db: DatabaseSync, sql: string): StatementSync {
  const known = statements.get(db) ?? new Map<string, StatementSync>();
  statements.set(db, known);
  const statement = known.get(sql) ?? db.prepare(sql);
  known.set(sql, statement);
  return statement;
}

/** Result codes of SQLite (sqlite.org/rescode.html): the primary ones, and what a failed sync is. */
const PRIMARY = { busy: 5, locked: 6, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, notADatabase: 26 };
const IO_ERROR = { fsync: 1034, dirFsync: 1290, checksum: 8202 };

/** Something that the journal itself found wrong in what it read. */
export class DamageError extends Error {
  readonly where: string;

  constructor(where: string, what: string) {
    super(`${where}: ${what}`);
    this.where = where;
  }
}

/** What an error of SQLite, or of the file system, means for the journal at `file`. */
export function faultOf(error: unknown, file: string): Fault {
  const cause = error instanceof Error ? error.message : String(error);
  if (error instanceof DisplacedError) return fault(6514, { file, cause });
  if (error instanceof DamageError) return fault(6505, { file, cause });
  const code = resultCode(error);
  if (code === IO_ERROR.fsync || code === IO_ERROR.dirFsync || isOfSync(error)) return fault(6503, { file, cause });
  if (code === IO_ERROR.checksum) return fault(6505, { file, cause });
  switch (code & 0xff) {
    case PRIMARY.full:
      return fault(6501, { file, cause });
    case PRIMARY.corrupt:
    case PRIMARY.notADatabase:
      return fault(6505, { file, cause });
    case PRIMARY.busy:
    case PRIMARY.locked:
      return fault(6507, { file, cause });
    default:
      return errnoOf(error) === 'ENOSPC' ? fault(6501, { file, cause }) : fault(6502, { file, cause });
  }
}

/** What an error means that came while a journal that is open was read: where neither the disk nor another process is to blame, it is damaged. */
export function faultOfReading(error: unknown, file: string, damage: () => readonly string[]): Fault {
  const told = faultOf(error, file);
  if (told.code !== 6502 || isOfSystem(error)) return told;
  return fault(6505, { file, cause: damage()[0] ?? 'its rows do not hold what belongs there' });
}

const OF_SYSTEM: ReadonlySet<number> = new Set([PRIMARY.readOnly, PRIMARY.ioError, PRIMARY.cantOpen]);

function isOfSystem(error: unknown): boolean {
  if (isOfSqlite(error)) return OF_SYSTEM.has(error.errcode & 0xff);
  return error instanceof Error && 'syscall' in error;
}

/** An error that SQLite has a number for; others come from what its binding, or this program, makes of a row. */
export function isOfSqlite(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** What was opened does not begin as a database does. */
export function isNoDatabase(error: unknown): boolean {
  return (resultCode(error) & 0xff) === PRIMARY.notADatabase;
}

function resultCode(error: unknown): number {
  return isOfSqlite(error) ? error.errcode : 0;
}

/** Of a sync that was asked for past SQLite. */
function isOfSync(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'fsync';
}

/** The code of an error of the file system, e.g. `ENOSPC`; empty: it has none. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
