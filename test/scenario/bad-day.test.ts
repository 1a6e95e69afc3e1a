// Goal: the guarantees hold on a bad day too. Method: from one seed, people, orders, faults and crashes in any order, on the
// whole cell; what must never be is looked for after each of them; in the end everything is mended and the cell works again.
import { describe, expect, it } from 'vitest';
import type { RandomStream } from '../../sim/kernel/random.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { RefusedError, type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import {
  drivenOutputs,
  EXAMPLE,
  HazardWatch,
  isDriven,
  jobOf,
  jointsOf,
  LAG_DEG_MAX,
  PART_MS_MAX,
  travelDeg,
} from '../support/scenario.ts';

const DAYS = 40;
const ACTS = 25;
const BOARD = 'uno-1';
/** The ramp of a stop, and what the line and the cycle take before it, ms. */
const STOP_MS_MAX = 560;
// Not among them: a stalled servo. Nothing measures where a hobby servo is, so one that comes free goes to its command at once.
const FAULTS = [
  ['belt', 'jammed'],
  ['gripper', 'no-vacuum'],
  ['vacuum-pressure', 'broken-wire'],
  ['estop-a', 'broken-wire'],
  [BOARD, 'cut'],
  [BOARD, 'mute'],
  [BOARD, 'hang'],
  [BOARD, 'corrupt'],
  [BOARD, 'delay'],
  [BOARD, 'power-loss'],
] as const;

class BadDay {
  readonly cell: SimulatedCell;
  readonly #random: RandomStream;
  readonly #watch: HazardWatch;
  readonly #pressed = new Map<string, number>();
  #isFaulted = false;
  #acted: string[] = [];
  #resetAtUs = -1;
  #stoppedAt = 0;
  #eventsSeen = 0;
  #isGranted = false;

  constructor(cell: SimulatedCell, random: RandomStream) {
    this.cell = cell;
    this.#random = random;
    this.#watch = new HazardWatch(cell, (state) => !isDriven(state));
  }

  async act(): Promise<void> {
    const acts: readonly (() => unknown)[] = [
      () => this.#press('estop'),
      () => this.#press('guard'),
      () => this.#release('estop'),
      () => this.#release('guard'),
      () => this.#reset(),
      () => this.#reset(),
      () => this.#ask(async () => this.cell.order('pick-and-place', { count: 1, speed: 100 })),
      () => this.#ask(async () => this.cell.order('park')),
      () => this.#ask(async () => this.cell.resume(this.#anyJob())),
      () => this.#ask(async () => this.cell.resume(this.#anyJob())),
      () => this.#ask(async () => this.cell.abort(this.#anyJob())),
      () => this.#fault(),
      () => this.#mend(),
      () => this.#mend(),
      () => this.#crash(),
    ];
    await acts[this.#random.below(acts.length)]?.();
    await this.pass(20 + this.#random.below(900));
  }

  /** Time passes; what must not move does not. */
  async pass(ms: number): Promise<void> {
    const { cell } = this;
    this.#readEvents();
    const startedAt = cell.clock.now();
    const mayMove = this.#isGranted || startedAt - this.#stoppedAt < STOP_MS_MAX + 200;
    const where = jointsOf(cell);
    await cell.advance(ms);
    this.#readEvents();
    if (!mayMove && !this.#isGranted) expect(travelDeg(cell, where), this.#story()).toBeLessThan(LAG_DEG_MAX);
    this.#checkPins();
  }

  /** Everything that is broken is mended, every contact opened and closed once, and the button pressed. */
  async recover(): Promise<void> {
    const { cell } = this;
    this.#mend();
    await cell.until(() => cell.snapshot?.boards[0]?.link !== 'down', 5000);
    await cell.advance(3000);
    cell.press('estop');
    cell.press('guard');
    await cell.advance(2500);
    cell.release('estop');
    cell.release('guard');
    // A board that was opened anew meanwhile proves its lease only now.
    await cell.advance(200);
    await cell.until(() => cell.snapshot?.boards[0]?.link === 'stopped', 5000);
    await cell.advance(200);
    await cell.reset();
    expect(cell.unit, `${this.#story()} ${cell.describe()}`).toBe('Idle');
    for (const { order, state } of [...cell.jobs.values()]) {
      if (state !== 'Ended' && state !== 'Aborted') await this.#ask(async () => cell.abort(order.jobOrderId));
    }
    const { order } = await cell.order('park');
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
  }

  #checkPins(): void {
    const { cell } = this;
    const now = cell.clock.now();
    for (const [control, since] of this.#pressed) {
      if (now - since < STOP_MS_MAX) continue;
      expect(drivenOutputs(cell), `${control} for ${now - since} ms: ${this.#story()}`).toEqual([]);
    }
    const begun = this.#watch.unsafeSinceUs.splice(0);
    for (const atUs of begun)
      expect(atUs, `outputs left their safe values: ${this.#story()}`).toBeGreaterThan(this.#resetAtUs);
    if (begun.length > 0) expect(this.#resetAtUs, this.#story()).toBeGreaterThanOrEqual(0);
  }

  #readEvents(): void {
    for (const { at, body } of this.cell.events.slice(this.#eventsSeen)) {
      if (body.kind === 'unit' && (body.to === 'Stopping' || body.to === 'Aborting')) {
        this.#isGranted = false;
        this.#stoppedAt = at;
      }
    }
    this.#eventsSeen = this.cell.events.length;
  }

  #story(): string {
    return `seed ${this.cell.seed}: ${this.#acted.join(', ')}`;
  }

  #press(control: string): void {
    this.#acted.push(`press ${control}`);
    if (!this.#pressed.has(control)) this.#pressed.set(control, this.cell.clock.now());
    this.cell.press(control);
  }

  #release(control: string): void {
    this.#acted.push(`release ${control}`);
    this.#pressed.delete(control);
    this.cell.release(control);
  }

  async #reset(): Promise<void> {
    this.#acted.push('reset');
    this.#resetAtUs = this.cell.board().timeUs;
    await this.cell.reset();
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    this.#readEvents();
    const before = this.cell.events.length;
    try {
      await request();
      this.#acted.push('request');
      this.#isGranted = true;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
    this.#eventsSeen = before;
  }

  #anyJob(): string {
    const ids = [...this.cell.jobs.keys()];
    return ids[this.#random.below(Math.max(1, ids.length))] ?? 'none';
  }

  #fault(): void {
    const [component, kind] = FAULTS[this.#random.below(FAULTS.length)] ?? FAULTS[0];
    this.#acted.push(`${component} ${kind}`);
    this.#isFaulted = true;
    this.cell.inject(component, kind);
  }

  #mend(): void {
    this.#acted.push('mend');
    this.#isFaulted = false;
    this.cell.clearFault();
  }

  async #crash(): Promise<void> {
    if (this.#isFaulted) return;
    this.#acted.push('crash');
    this.cell.crashControl();
    await this.cell.advance(150);
    expect(drivenOutputs(this.cell), this.#story()).toEqual([]);
    await this.cell.startControl();
    this.#isGranted = false;
    this.#stoppedAt = this.cell.clock.now();
  }
}

describe('a bad day at the cell', () => {
  it.each(Array.from({ length: DAYS }, (_, day) => day))(
    'moves nothing without leave, and ends well (seed %i)',
    async (day) => {
      const cell = await simulateCell(EXAMPLE, { seed: `bad day ${day}` });
      const bad = new BadDay(cell, createRandom(`bad day ${day}`).stream('acts'));
      for (let count = 0; count < ACTS; count += 1) await bad.act();
      await bad.recover();
    },
  );
});
