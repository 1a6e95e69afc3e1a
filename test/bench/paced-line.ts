// A pseudo-terminal has no baud rate: here bytes of both directions arrive when they would on a real line.
import type { BoardLine } from '../../sim/board/line.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { monotonicMs } from '../../src/core/units.ts';

const clock = createRealClock();

/** One direction: bytes of one write arrive together, when the last of them has been on the line. */
class PacedDirection {
  readonly #baud: number;
  #freeAt = 0;

  constructor(baud: number) {
    this.#baud = baud;
  }

  carry(bytes: Uint8Array, deliver: (bytes: Uint8Array) => void): void {
    // 8N1: a byte is ten bits.
    this.#freeAt = Math.max(this.#freeAt, clock.now()) + (bytes.length * 10_000) / this.#baud;
    clock.schedule(monotonicMs(this.#freeAt), () => deliver(bytes));
  }
}

export class PacedLine implements BoardLine {
  readonly #line: BoardLine;
  readonly #toBoard: PacedDirection;
  readonly #toHost: PacedDirection;

  /** @param baud bits per second, 8N1 */
  constructor(line: BoardLine, baud: number) {
    this.#line = line;
    this.#toBoard = new PacedDirection(baud);
    this.#toHost = new PacedDirection(baud);
  }

  onData(receive: (bytes: Uint8Array) => void): void {
    this.#line.onData((bytes) => this.#toBoard.carry(bytes, receive));
  }

  write(bytes: Uint8Array): void {
    this.#toHost.carry(bytes, (arrived) => this.#line.write(arrived));
  }
}
