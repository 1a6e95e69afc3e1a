// Lines about what others do to us, so few that nobody fills a disk or hides something by making us write.

import type { Clock } from '../ports/clock.ts';
import type { LineLog } from '../ports/line-log.ts';
import { TokenBucket } from './token-bucket.ts';

const LINES = { burst: 20, perSecond: 0.2 };

export class QuietLog {
  readonly #write: LineLog;
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;
  #leftOut = 0;

  constructor(write: LineLog, clock: Clock) {
    this.#write = write;
    this.#clock = clock;
    this.#bucket = new TokenBucket(LINES, clock.now());
  }

  /** Writes the line, or counts it; the next one that is written tells how many were not. */
  line(text: string): void {
    if (!this.#bucket.take(this.#clock.now())) {
      this.#leftOut += 1;
      return;
    }
    this.#write(this.#leftOut === 0 ? text : `${text} (and ${this.#leftOut} lines like it were left out)`, 'warn');
    this.#leftOut = 0;
  }
}
