// What a test of a sensor excuses: the drop that it asks for is no demand, as long as the test may last.

import type { SafetyBlockModel } from '../core/cell-model.ts';
import { signalsOf } from '../core/safety-blocks.ts';
import type { Monitor } from './explore.ts';
import { ticksOf } from './model-time.ts';
import { CLOSED } from './part.ts';
import type { Product } from './product.ts';

/** A sensor of type 2 (IEC 61496-1, 4.2.2.3): its test asks it to drop, and the permission stays meanwhile. */
export interface SensorTest {
  /** Reference that is closed while nothing is seen. */
  readonly sensor: string;
  /** Reference whose closing starts a test. */
  readonly start: string;
  /** The sensor has dropped and returned within this, ms. */
  readonly timeMs: number;
}

/** @returns the test that a block makes of its sensor; undefined for one that makes none */
export function sensorTestOf(block: SafetyBlockModel): SensorTest | undefined {
  if (block.type !== 'SF_TestableSafetySensor') return undefined;
  const signals = new Map(signalsOf(block));
  const [sensor, start] = [signals.get('ossdIn'), signals.get('startTest')];
  return sensor === undefined || start === undefined ? undefined : { sensor, start, timeMs: block.testTimeMs };
}

/** Whether a reference is TRUE in a step: the output of a block, or an input that letters tell apart. */
function readerFor(product: Product, reference: string): (letter: number, after: Int32Array) => boolean {
  const output = product.readerOf(reference);
  if (output !== undefined) return (_, after) => output(after);
  return (letter) => product.valueOf(letter, reference) === CLOSED;
}

const NO_TEST = 0;

/**
 * A monitor that is not told of a mark while a test explains it. A test begins with a start that comes while the sensor sees
 * nothing; it explains one drop, and no longer than its time. Known from the inputs alone, not from what the block makes of them.
 *
 * State: that of the monitor, and above it whether the start was open, and what there is of a test: none, ticks since it began
 * without a drop, or with one.
 */
function excusingTest(product: Product, { sensor, start, timeMs }: SensorTest, monitor: Monitor): Monitor {
  const ticks = ticksOf(timeMs, product.tick);
  const isFree = readerFor(product, sensor);
  const isStarted = readerFor(product, start);
  const nextTest = (test: number, isNew: boolean, isFreeNow: boolean, passed: number): number => {
    if (isNew) return 1;
    if (test === NO_TEST) return NO_TEST;
    const hasDropped = test > ticks;
    const age = ((test - 1) % ticks) + passed;
    if (age >= ticks || (hasDropped && isFreeNow)) return NO_TEST;
    return 1 + age + (isFreeNow ? 0 : ticks);
  };
  return {
    states: monitor.states * 2 * (1 + 2 * ticks),
    step: (state, letter, before, after, isMarked) => {
      const above = Math.floor(state / monitor.states);
      const isFreeNow = isFree(letter, after);
      const isStartedNow = isStarted(letter, after);
      const isNew = isStartedNow && above % 2 === 1 && isFreeNow;
      const test = nextTest(Math.floor(above / 2), isNew, isFreeNow, product.isTick(letter) ? 1 : 0);
      const own = monitor.step(state % monitor.states, letter, before, after, isMarked && test <= ticks);
      return own < 0 ? own : (test * 2 + (isStartedNow ? 0 : 1)) * monitor.states + own;
    },
  };
}

/** @see excusingTest */
export function excusingTests(product: Product, tests: readonly SensorTest[], monitor: Monitor): Monitor {
  return tests.reduce((inner, test) => excusingTest(product, test, inner), monitor);
}
