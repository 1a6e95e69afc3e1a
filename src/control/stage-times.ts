// How long the stages of the last cycle took: names what held up a late one.
import type { CycleStage } from '../core/cell-event.ts';
import type { Clock } from '../ports/clock.ts';

export class StageTimes {
  readonly #clock: Clock;
  readonly #tookMs = new Map<CycleStage, number>();
  #lastAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(): void {
    this.#tookMs.clear();
    this.#lastAt = this.#clock.now();
  }

  readonly mark = (stage: CycleStage): void => {
    const now = this.#clock.now();
    this.#tookMs.set(stage, (this.#tookMs.get(stage) ?? 0) + (now - this.#lastAt));
    this.#lastAt = now;
  };

  /**
   * What made the next cycle late: the longest stage if the work filled at least half of the lateness,
   * else `timer` (the process did not get the processor, or was collecting garbage).
   * @param lateMs lateness of the next cycle
   */
  blame(lateMs: number): CycleStage {
    let total = 0;
    let longest: CycleStage = 'timer';
    let longestMs = 0;
    for (const [stage, tookMs] of this.#tookMs) {
      total += tookMs;
      if (tookMs <= longestMs) continue;
      longest = stage;
      longestMs = tookMs;
    }
    return total >= lateMs / 2 ? longest : 'timer';
  }
}
