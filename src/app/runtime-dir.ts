// The private directory of one running cell: its socket and its lock. Nobody else may read or enter it.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { isAbandoned } from './lock-file.ts';
import { OperatorError } from './operator-error.ts';

/** Longest path of a Unix socket on Linux, bytes, without the final NUL (unix(7)). */
const SOCKET_PATH_BYTES_MAX = 107;

export interface RuntimePaths {
  readonly directory: string;
  readonly socket: string;
  /** Where a person at this machine asks for what no network can. */
  readonly machine: string;
  readonly lock: string;
  /** Copy of the cell's file as it was when the cell was started: what all its processes run, also those that are started again. */
  readonly cell: string;
}

/**
 * Where a cell keeps its socket and lock; creates the directory.
 *
 * @param cellPath its `cell.yaml`: two files are two cells, whatever their names
 * @param instance tells apart several runs of one file that may go on at the same time (simulations); empty for the plant's
 * @throws OperatorError when the directory belongs to somebody else, or the path is too long
 */
export function prepareRuntime(cellPath: string, instance: string): RuntimePaths {
  removeAbandoned();
  const directory = directoryOf(cellPath, instance);
  mkdirSync(directory, { mode: 0o700, recursive: true });
  refuseForeign(directory);
  const paths = {
    directory,
    socket: join(directory, 'control.sock'),
    machine: join(directory, MACHINE_SOCKET),
    lock: join(directory, LOCK),
    cell: join(directory, CELL),
  };
  if (Buffer.byteLength(paths.socket) > SOCKET_PATH_BYTES_MAX) {
    throw new OperatorError(
      {
        en: `the path of the cell's socket is too long: ${paths.socket}`,
        es: `la ruta del socket de la celda es demasiado larga: ${paths.socket}`,
      },
      {
        en: `set XDG_RUNTIME_DIR or TMPDIR to a shorter directory (the whole path: at most ${SOCKET_PATH_BYTES_MAX} bytes)`,
        es: `ponga en XDG_RUNTIME_DIR o TMPDIR un directorio más corto (la ruta completa: ${SOCKET_PATH_BYTES_MAX} bytes como máximo)`,
      },
    );
  }
  return paths;
}

const MACHINE_SOCKET = 'machine.sock';
const LOCK = 'lock';
const CELL = 'cell.yaml';

function directoryOf(cellPath: string, instance: string): string {
  const identity = createHash('sha256').update(realpathSync(cellPath)).update('\0').update(instance).digest('hex');
  return join(base(), `${prefix()}${identity.slice(0, 12)}`);
}

/** Where the cell of a file is asked at this machine, if it runs with real boards. Creates nothing. */
export function machineSocketOf(cellPath: string): string {
  return join(directoryOf(cellPath, ''), MACHINE_SOCKET);
}

/** Where the cells of this user that run on this machine are asked, simulated ones too. */
export function machineSockets(): readonly string[] {
  const own = readdirSync(base()).filter((name) => name.startsWith(prefix()));
  return own.map((name) => join(base(), name, MACHINE_SOCKET)).filter((path) => existsSync(path));
}

/** The locks of the cells of this user that run on this machine, or ran: simulated ones too, and of commands that look at their boards. */
export function runtimeLocks(): readonly string[] {
  if (!existsSync(base())) return [];
  const own = readdirSync(base()).filter((name) => name.startsWith(prefix()));
  return own.map((name) => join(base(), name, LOCK));
}

function base(): string {
  return process.env['XDG_RUNTIME_DIR'] ?? tmpdir();
}

function prefix(): string {
  return `celda-${userInfo().uid}-`;
}

/** What killed supervisors of this user left behind: a lock whose owner is gone, and perhaps the copy of a cell's file. */
function removeAbandoned(): void {
  for (const name of readdirSync(base())) {
    if (!name.startsWith(prefix())) continue;
    const directory = join(base(), name);
    try {
      const lock = join(directory, LOCK);
      const others = readdirSync(directory).filter((found) => found !== LOCK && found !== CELL);
      if (others.length > 0 || !isAbandoned(lock)) continue;
      rmSync(join(directory, CELL), { force: true });
      rmSync(lock);
      rmdirSync(directory);
    } catch {
      // Somebody else's, or in use again since: not ours to remove.
    }
  }
}

/** In a directory that all may write to, somebody else may have made ours first. */
function refuseForeign(directory: string): void {
  const found = lstatSync(directory);
  if (found.isDirectory() && found.uid === userInfo().uid && (found.mode & 0o077) === 0) return;
  throw new OperatorError(
    {
      en: `${directory} is not a private directory of this user`,
      es: `${directory} no es un directorio privado de este usuario`,
    },
    {
      en: 'remove it, or set XDG_RUNTIME_DIR to a directory that only you can write to',
      es: 'bórrelo, o ponga en XDG_RUNTIME_DIR un directorio en que solo usted pueda escribir',
    },
  );
}
