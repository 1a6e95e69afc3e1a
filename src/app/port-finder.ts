// Finds boards by their UID when they are not on the port where the cell has them: replugged, or swapped with a neighbour.
import type { PortSeek } from '../../firmware-bridge/session/session-options.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { Transport, TransportFactory, TransportListener } from '../ports/transport.ts';

/** A port that may have a board on it. */
export interface PortCandidate {
  readonly path: string;
  /** What is plugged in there now: another key when it was unplugged in between. */
  readonly key: string;
}

export interface PortFinderOptions {
  readonly open: (path: string) => Transport;
  /** Ports where a board of the cell may be, by looking only. Those that another program holds are not among them. */
  readonly candidates: (board: string) => readonly PortCandidate[];
  readonly log: (text: string) => void;
}

/** Where one board is looked for. */
export interface SoughtBoard {
  readonly name: string;
  readonly uid: string;
  /** Path of the cell's file or the command line: looked at first. */
  readonly path: string;
}

export interface FoundPort {
  readonly factory: TransportFactory;
  readonly seek: PortSeek;
}

/**
 * One for all boards of a cell: what one of them meets on a port tells another where it is. A port that a board of the
 * cell uses is left alone. A port that has turned out to be somebody else's is not opened again while the same thing is
 * plugged in there, since opening restarts an Arduino; only the configured one is looked at again and again.
 */
export class PortFinder {
  readonly #options: PortFinderOptions;
  /** By key of a port, the board that has it open. */
  readonly #users = new Map<string, string>();
  /** By UID, where it answered last. */
  readonly #seen = new Map<string, PortCandidate>();
  /** UIDs of all boards that are looked for. */
  readonly #sought = new Set<string>();

  constructor(options: PortFinderOptions) {
    this.#options = options;
  }

  /** @returns how to reach the board, wherever it is */
  seek(board: SoughtBoard): FoundPort {
    this.#sought.add(board.uid);
    const strangers = new Set<string>();
    let present: PortCandidate = { path: board.path, key: '' };
    return {
      factory: () => {
        const chosen = this.#choose(board, strangers);
        if (chosen === undefined) return new NeighboursPort(board.path);
        if (chosen.path !== present.path) this.#options.log(`board ${board.name}: looking for it on ${chosen.path}`);
        present = chosen;
        return this.#claimed(board.name, chosen);
      },
      seek: {
        isElsewhere: (uid) => {
          if (uid !== undefined) this.#seen.set(uid, present);
          if (uid === board.uid) return false;
          strangers.add(present.key);
          return this.#choose(board, strangers)?.path !== present.path;
        },
      },
    };
  }

  /** @returns undefined when there is nothing to try but the port of another board of the cell */
  #choose(board: SoughtBoard, strangers: ReadonlySet<string>): PortCandidate | undefined {
    const candidates = this.#options.candidates(board.name).filter(({ key }) => this.#isFree(key, board.name));
    const isPresent = ({ path, key }: PortCandidate): boolean =>
      candidates.some((each) => each.path === path && each.key === key);
    const seen = this.#seen.get(board.uid);
    if (seen !== undefined && isPresent(seen)) return seen;
    const configured = candidates.find(({ path }) => path === board.path);
    if (configured !== undefined && !strangers.has(configured.key)) return configured;
    const fresh = candidates.find(({ key }) => !strangers.has(key) && this.#residentOf(key) === undefined);
    if (fresh !== undefined || configured === undefined) return fresh ?? { path: board.path, key: '' };
    return this.#sought.has(this.#residentOf(configured.key) ?? '') ? undefined : configured;
  }

  /** The UID that answered on a port. */
  #residentOf(key: string): string | undefined {
    return [...this.#seen].find(([, port]) => port.key === key)?.[0];
  }

  #isFree(key: string, board: string): boolean {
    const user = this.#users.get(key);
    return user === undefined || user === board;
  }

  /** The port is the board's from the attempt to open it until it is closed. */
  #claimed(board: string, { path, key }: PortCandidate): Transport {
    const inner = this.#options.open(path);
    this.#users.set(key, board);
    const release = (): void => {
      if (this.#users.get(key) === board) this.#users.delete(key);
    };
    return {
      open: (listener) => inner.open(releasing(listener, release)),
      write: (bytes) => inner.write(bytes),
      get pendingBytes() {
        return inner.pendingBytes;
      },
      setBaud: (baud, done) => {
        if (inner.setBaud === undefined) done(false);
        else inner.setBaud(baud, done);
      },
      close: () => {
        release();
        inner.close();
      },
    };
  }
}

function releasing(listener: TransportListener, release: () => void): TransportListener {
  return {
    opened: () => listener.opened(),
    data: (bytes) => listener.data(bytes),
    closed: (cause: Fault | undefined) => {
      release();
      listener.closed(cause);
    },
  };
}

/** In the place of a port that is left to the board of the cell that is on it. */
class NeighboursPort implements Transport {
  readonly pendingBytes = 0;
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  open(listener: TransportListener): void {
    const remedy = 'connect the board; it is found by its uid on any port';
    queueMicrotask(() => {
      listener.closed(fault(1006, { path: this.#path, reason: 'another board of the cell is there', remedy }));
    });
  }

  write(): void {
    // Never open.
  }

  close(): void {
    // Never open; it has said that it is closed, or is about to.
  }
}
