// A clock that stands still until a test moves it. The simulator has its own kernel; this one is for single parts.

import { type EpochMs, epochMs, type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  #tasks: Task[] = [];
  readonly #wallStart: number;

  /** @param wallStartMs UTC at its beginning; @defaultValue 2026-01-01 */
  constructor(wallStartMs = 1_767_225_600_000) {
    this.#wallStart = wallStartMs;
  }

  now(): MonotonicMs {
    return monotonicMs(this.#now);
  }

  wall(): EpochMs {
    return epochMs(Math.floor(this.#wallStart + this.#now));
  }

  schedule(at: MonotonicMs, task: () => void): () => void {
    const entry: Task = { at: Math.max(at, this.#now), order: this.#order, run: task };
    this.#order += 1;
    this.#tasks.push(entry);
    return () => {
      this.#tasks = this.#tasks.filter((other) => other !== entry);
    };
  }

  /** Number of tasks that wait; 0 shows that nothing was left behind. */
  get pending(): number {
    return this.#tasks.length;
  }

  /** Runs everything due within the next `ms`, in the order of time and then of scheduling. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#earliest(end); next !== undefined; next = this.#earliest(end)) {
      const due = next;
      this.#tasks = this.#tasks.filter((other) => other !== due);
      this.#now = due.at;
      due.run();
    }
    this.#now = end;
  }

  #earliest(end: number): Task | undefined {
    return this.#tasks
      .filter((task) => task.at <= end)
      .toSorted((a, b) => a.at - b.at || a.order - b.order)
      .at(0);
  }
}
