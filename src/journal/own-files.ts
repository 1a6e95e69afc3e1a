// Whether the files of an open journal are those that were opened, and as this process left them: SQLite writes on into files that were
// removed or moved away, and whatever is acknowledged then is gone with the process.
import { type BigIntStats, statSync } from 'node:fs';
import { basename } from 'node:path';

/** A file of an open journal was removed, moved, cut off or written over by somebody else. Nothing may be acknowledged. */
export class DisplacedError extends Error {}

/** A file as it was left; `writtenNs` undefined: not looked at. */
interface Standing {
  readonly path: string;
  readonly is: bigint;
  readonly on: bigint;
  readonly bytes: bigint;
  readonly writtenNs: bigint | undefined;
}

export class OwnFiles {
  readonly #path: string;
  #left: readonly Standing[];

  /** @param path of a journal that has just been opened, its write-ahead log beside it. @throws DisplacedError when one is missing */
  constructor(path: string) {
    this.#path = path;
    this.#left = this.#look();
  }

  /** Number of the file of the journal in its file system. */
  get inode(): bigint {
    return this.#left[0]?.is ?? 0n;
  }

  /** Nobody but this process has written them since the last write. @throws DisplacedError */
  requireUntouched(): void {
    const now = this.#look();
    for (const [index, left] of this.#left.entries()) requireSame(left, now[index]);
  }

  /** What was just written went into them. @throws DisplacedError */
  noteWrite(): void {
    const now = this.#look();
    for (const [index, left] of this.#left.entries()) {
      if (!isSameFile(left, now[index])) throw displaced(left.path);
      if (left.bytes > (now[index]?.bytes ?? 0n)) throw displaced(left.path);
    }
    this.#left = now;
  }

  /** Only the log is gone: what is in it can still be written back, since it is open. */
  get isOnlyLogGone(): boolean {
    const [main, log] = this.#left;
    if (main === undefined || log === undefined) return false;
    const now = standing(main.path, true);
    return now !== undefined && isSame(main, now) && standing(log.path, false) === undefined;
  }

  #look(): readonly Standing[] {
    return [present(this.#path, true), present(`${this.#path}-wal`, false)];
  }
}

/** The log is written with every commit, and there are file systems that tell the time of that later. */
function standing(path: string, withTime: boolean): Standing | undefined {
  const found: BigIntStats | undefined = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return { path, is: found.ino, on: found.dev, bytes: found.size, writtenNs: withTime ? found.mtimeNs : undefined };
}

function present(path: string, withTime: boolean): Standing {
  const found = standing(path, withTime);
  if (found === undefined) throw displaced(path);
  return found;
}

function isSameFile(left: Standing, now: Standing | undefined): boolean {
  return now !== undefined && left.is === now.is && left.on === now.on;
}

function isSame(left: Standing, now: Standing | undefined): boolean {
  return isSameFile(left, now) && left.bytes === now?.bytes && left.writtenNs === now.writtenNs;
}

function requireSame(left: Standing, now: Standing | undefined): void {
  if (!isSame(left, now)) throw displaced(left.path);
}

function displaced(path: string): DisplacedError {
  return new DisplacedError(`${basename(path)} was removed, moved or written by somebody else`);
}
