// The board's end of its serial line, and what can go wrong on the way.
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { RandomStream } from '../kernel/random.ts';
import type { FaultSet } from './fault-set.ts';

/** The board's end of a line: in memory, a pseudo-terminal, a socket. */
export interface BoardLine {
  /** One receiver at a time; the bytes are the receiver's to keep. */
  onData(receive: (bytes: Uint8Array) => void): void;
  write(bytes: Uint8Array): void;
  /** Speed of the host's port, bits per second; undefined or infinite where the line has none, as a pseudo-terminal. */
  readonly hostBaud?: number;
}

export interface FaultyLineOptions {
  readonly line: BoardLine;
  readonly clock: Clock;
  readonly random: RandomStream;
  /** Name of the board whose line faults apply. */
  readonly board: string;
}

/** Puts the line faults of a board (`cut`, `mute`, `corrupt`, `delay`) between the board and its line. */
export class FaultyLine implements BoardLine {
  readonly #options: FaultyLineOptions;
  /** When the last delayed bytes of a direction arrive: later ones must not overtake them when the delay ends. */
  readonly #busyUntil = { toBoard: 0, toHost: 0 };
  #faults: FaultSet | undefined;

  constructor(options: FaultyLineOptions) {
    this.#options = options;
  }

  set faults(faults: FaultSet) {
    this.#faults = faults;
  }

  onData(receive: (bytes: Uint8Array) => void): void {
    this.#options.line.onData((bytes) => {
      this.#carry('toBoard', bytes, receive);
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#faults?.has(this.#options.board, 'mute') === true) return;
    this.#carry('toHost', bytes, (arrived) => this.#options.line.write(arrived));
  }

  #carry(direction: 'toBoard' | 'toHost', bytes: Uint8Array, deliver: (bytes: Uint8Array) => void): void {
    const { board, clock } = this.#options;
    const faults = this.#faults;
    const isLate = this.#busyUntil[direction] > clock.now();
    if (faults === undefined || (faults.isEmpty && !isLate)) {
      deliver(bytes);
      return;
    }
    if (faults.has(board, 'cut')) return;
    const arriving = this.#corrupted(bytes, faults.amount(board, 'corrupt') ?? 0);
    const delayMs = faults.amount(board, 'delay') ?? 0;
    const at = Math.max(clock.now() + delayMs, this.#busyUntil[direction]);
    if (at <= clock.now()) {
      deliver(arriving);
      return;
    }
    this.#busyUntil[direction] = at;
    clock.schedule(monotonicMs(at), () => {
      deliver(arriving);
    });
  }

  #corrupted(bytes: Uint8Array, share: number): Uint8Array {
    const { random } = this.#options;
    if (share === 0 || bytes.length === 0 || !random.chance(share)) return bytes;
    const damaged = bytes.slice();
    const index = random.below(damaged.length);
    damaged[index] = (damaged[index] ?? 0) ^ (1 << random.below(8));
    return damaged;
  }
}
