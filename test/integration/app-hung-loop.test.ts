// Goal: a controller that lives but controls no more keeps no output on. Method: what a part of the control half has planned
// to do next never comes, for every such plan that is made within 100 ms, as if it waited for a promise that is never
// kept; everything else goes on.
import { defer, from } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/ports/clock.ts';
import type { Intent } from '../../src/ports/program.ts';
import { ACTUATOR_POWER, compose } from '../support/composed-control.ts';

const LEASE_MS = 100;
const CYCLE_MS = 20;
/** All that is planned again and again is planned within it, ms. */
const WINDOW_MS = 100;

class ForgettingClock implements Clock {
  readonly #clock: Clock;
  /** Plans until one is forgotten. */
  left = Number.POSITIVE_INFINITY;
  plans = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now() {
    return this.#clock.now();
  }

  wall() {
    return this.#clock.wall();
  }

  schedule(...[at, run]: Parameters<Clock['schedule']>) {
    this.plans += 1;
    this.left -= 1;
    const isForgotten = this.left === 0;
    return this.#clock.schedule(at, isForgotten ? () => undefined : run);
  }
}

function forgetful() {
  const holder: { clock: ForgettingClock | undefined } = { clock: undefined };
  const seen = { snapshots: 0 };
  const rig = compose(
    (clock) => {
      holder.clock = new ForgettingClock(clock);
      return holder.clock;
    },
    {
      onMessage: ({ kind }) => {
        if (kind === 'snapshot') seen.snapshots += 1;
      },
    },
  );
  const { clock } = holder;
  if (clock === undefined) throw new Error('the control half was made without its clock');
  return { ...rig, forgetting: clock, counted: seen };
}

/** How the cell is, long after the n-th plan from now was forgotten. */
async function forget(plan: number) {
  const rig = forgetful();
  await rig.enable();
  rig.forgetting.left = plan;
  // The plan is made, its time comes, and the lease runs out.
  await rig.clock.advance(WINDOW_MS + CYCLE_MS + LEASE_MS + 1);
  const isOn = rig.levels.get(ACTUATOR_POWER) === 1;
  const before = rig.counted.snapshots;
  await rig.clock.advance(500);
  rig.stop();
  return { isOn, isControlling: rig.counted.snapshots > before };
}

describe('a control half of which one part waits for ever', () => {
  it('[P3] has its outputs off by the lease when that ends its cycles, whichever part it is', {
    timeout: 60_000,
  }, async () => {
    const counting = forgetful();
    await counting.enable();
    const before = counting.forgetting.plans;
    await counting.clock.advance(WINDOW_MS);
    const plans = counting.forgetting.plans - before;
    counting.stop();
    const ends = [];
    for (let plan = 1; plan <= plans; plan += 1) ends.push(await forget(plan));
    expect(ends.filter(({ isOn, isControlling }) => isOn && !isControlling)).toEqual([]);
    // The beats of the cycle were among them, and so was what the cycle does not need.
    expect(ends.filter(({ isControlling }) => !isControlling)).toHaveLength(WINDOW_MS / CYCLE_MS);
    expect(ends.length).toBeGreaterThan(WINDOW_MS / CYCLE_MS);
  });

  it('[P3] is not held up by a program that does', async () => {
    const waiting = { isBegun: false };
    const program = () =>
      defer(() => {
        waiting.isBegun = true;
        return from(new Promise<Intent>(() => undefined));
      });
    const rig = compose(undefined, {}, [{ name: 'waiting', program }]);
    await rig.enable();
    await rig.clock.advance(2_000);
    expect([waiting.isBegun, rig.seen.unit, rig.levels.get(ACTUATOR_POWER)]).toEqual([true, 'Idle', 1]);
    rig.run.stopBoards();
    rig.stop();
  });
});
