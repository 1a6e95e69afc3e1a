// Who runs the cell of a journal. Its gateway has the write lock only while it lives, and it may be between two lives.
import { acquireLock, type Lock, type LockOwner, lockOwner } from './lock-file.ts';
import { OperatorError } from './operator-error.ts';

/**
 * Says beside the journal at `path`, until the lock is released, that its cell is being run.
 * @returns undefined where nothing can be written: such a journal takes no orders, and cannot be replaced either
 * @throws OperatorError (occupied) when another process runs it
 */
export function holdJournal(path: string): Lock | undefined {
  try {
    return acquireLock(runLock(path));
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    return undefined;
  }
}

/** Who runs the cell of the journal at `path`; undefined: nobody. */
export function runnerOf(path: string): LockOwner | undefined {
  return lockOwner(runLock(path));
}

function runLock(path: string): string {
  return `${path}.run`;
}
