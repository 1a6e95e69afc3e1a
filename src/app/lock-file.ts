// Keeps a second supervisor away from a cell that already has one. A lock whose owner is gone is taken over.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { EXIT_CODES, OperatorError } from './operator-error.ts';

/** Who holds a lock. A process is told from a later one with the same pid by its start time. */
export interface LockOwner {
  readonly pid: number;
  /** Ports that a run was started with; none for whoever does not run the cell. */
  readonly ports: readonly string[];
  /** Field 22 of /proc/<pid>/stat, clock ticks since boot; empty where there is no /proc. */
  readonly started: string;
}

export interface Lock {
  /** Gives the lock back; a lock that is not ours any more stays. */
  release(): void;
}

/**
 * Takes the lock, or says who has it.
 *
 * The file appears with its content in one step (link), so that nobody reads half of it.
 * @param ports of the boards of a cell that is run from now on
 * @throws OperatorError (occupied) when its owner lives
 */
export function acquireLock(path: string, ports: readonly string[] = []): Lock {
  const content = JSON.stringify({ pid: process.pid, started: startTimeOf(process.pid), ports } satisfies LockOwner);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (linked(draft, path)) return { release: () => release(path, content) };
      const holder = lockOwner(path);
      if (holder !== undefined) throw occupied(path, holder);
      removeStale(path, `${draft}.stale`);
    }
    throw occupied(path, undefined);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @returns true when there is a lock and its owner is gone */
export function isAbandoned(path: string): boolean {
  const owner = readOwner(path);
  return owner !== undefined && !isAlive(owner);
}

function occupied(path: string, holder: LockOwner | undefined): OperatorError {
  const who =
    holder === undefined
      ? { en: 'another process', es: 'otro proceso' }
      : { en: `process ${holder.pid}`, es: `el proceso ${holder.pid}` };
  const how =
    holder === undefined
      ? { en: 'try again', es: 'inténtelo de nuevo' }
      : { en: `stop it first (kill ${holder.pid})`, es: `deténgalo primero (kill ${holder.pid})` };
  const text = {
    en: `this cell is already being run by ${who.en} (lock ${path})`,
    es: `esta celda ya la tiene en marcha ${who.es} (candado ${path})`,
  };
  return new OperatorError(text, how, EXIT_CODES.occupied);
}

function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** @returns who holds a lock, undefined when nobody does who is alive */
export function lockOwner(path: string): LockOwner | undefined {
  const owner = readOwner(path);
  return owner !== undefined && isAlive(owner) ? owner : undefined;
}

/** Between reading and renaming, another starter may have taken over: what we then hold is alive and goes back. */
function removeStale(path: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if (lockOwner(aside) !== undefined) linked(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, content: string): void {
  try {
    if (readFileSync(path, 'utf8') === content) rmSync(path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

/** @returns undefined when the file is gone or is not a lock: nobody can be holding it. */
function readOwner(path: string): LockOwner | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value)) return undefined;
    const { pid, started } = value;
    if (!Number.isInteger(pid) || typeof started !== 'string') return undefined;
    const named = 'ports' in value && Array.isArray(value.ports) ? value.ports : [];
    return { pid: Number(pid), started, ports: named.filter((port) => typeof port === 'string') };
  } catch {
    return undefined;
  }
}

function isAlive(owner: LockOwner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
  return startTimeOf(owner.pid) === owner.started;
}

function startTimeOf(pid: number): string {
  try {
    // The second field is the command in parentheses and may hold anything; fields are counted after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    // A zombie holds its pid and nothing else.
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
