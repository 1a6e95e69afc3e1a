// The tables of `celda verify` against the reducers that they are made of: the same inputs, the same permissions.
import { describe, expect, it } from 'vitest';
import { monotonicMs } from '../../src/core/units.ts';
import { initialSafety, stepSafety } from '../../src/safety/program.ts';
import { minimise, tabulate } from '../../src/verify/automaton.ts';
import { everyChoice } from '../../src/verify/choices.ts';
import { NumberSet } from '../../src/verify/number-set.ts';
import { blockPart, CLOSED, stopPart, UNREAD } from '../../src/verify/part.ts';
import { type Product, productOf, STANDSTILL } from '../../src/verify/product.ts';
import { coneOf, wire } from '../../src/verify/wiring.ts';
import { at } from '../support/at.ts';
import { RIG_MODEL } from '../support/safety-rig.ts';

/** Xorshift32: the same letters in every run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

describe('the tables of the wiring', () => {
  it('permit and stop in every step as the safety program does, for 30,000 random steps', () => {
    const names = RIG_MODEL.stopFunctions.map(({ name }) => name);
    const product = productOf(coneOf(wire(RIG_MODEL), names));
    if (product === undefined) throw new Error('too many letters');
    const random = randomOf(4711);
    let [before, after] = [new Int32Array(product.sizes.length), new Int32Array(product.sizes.length)];
    let state = initialSafety(RIG_MODEL);
    let nowMs = 0;
    const seen = new Set<string>();
    for (let step = 0; step < 30_000; step += 1) {
      // Mostly at rest, or nothing would ever be reset.
      const letter = random(4) === 0 ? random(product.letters) : restLetter(product, random(3), random(2));
      nowMs += product.isTick(letter) ? product.tick.tickMs : 0;
      product.step(before, letter, after);
      [before, after] = [after, before];
      state = stepSafety(RIG_MODEL, state, {
        now: monotonicMs(nowMs + step * 1e-6),
        closed: (input) => product.valueOf(letter, input) === CLOSED,
        valid: (input) => product.valueOf(letter, input) !== UNREAD,
        standstill: product.valueOf(letter, STANDSTILL) === CLOSED,
      });
      for (const { name, phase } of state.stops) {
        const { part, phases } = product.phasesOf(name) ?? { part: 0, phases: [] };
        expect(phases[before[part] ?? 0]).toBe(phase);
        seen.add(`${name} ${phase}`);
      }
    }
    expect([...seen].toSorted()).toEqual([
      'stop-all permitted',
      'stop-all stopped',
      'stop-all stopping',
      'stop-belt permitted',
      'stop-belt stopped',
    ]);
  });

  it('know the times that a block compares with, also one that stands only in its code', () => {
    const hands = { name: 'hands', type: 'SF_TwoHandControlTypeIII', button1: 'left', button2: 'right' } as const;
    expect(blockPart(hands).limitsMs).toEqual([500]);
    expect(blockPart(at(RIG_MODEL.blocks, 0)).limitsMs).toEqual([]);
    expect(stopPart(at(RIG_MODEL.stopFunctions, 0)).limitsMs).toEqual([400]);
    // Category 0 waits for nothing.
    expect(stopPart(at(RIG_MODEL.stopFunctions, 1)).limitsMs).toEqual([]);
  });
});

function restLetter(product: Product, reset: number, tick: number): number {
  const inputs = product.inputs.reduce((sum, { name, weight }) => sum + weight * (name === 'reset' ? reset : 1), 0);
  return inputs + (tick * product.letters) / 2;
}

describe('a table', () => {
  it('joins states that nothing can tell apart and keeps those that something can', () => {
    // Counts to three and stays; only three is seen: all four differ. Modulo: 0 and 2 look and behave alike.
    const count = tabulate({ initial: 0, letters: 1, step: (n: number) => Math.min(3, n + 1), keyOf: String });
    expect(minimise(count, (state) => String(state === 3)).states).toBe(4);
    const ring = tabulate({ initial: 0, letters: 1, step: (n: number) => (n + 1) % 4, keyOf: String });
    expect(minimise(ring, (state) => String(state % 2)).states).toBe(2);
  });

  it('numbers numbers beyond 2^32 in the order of their arrival', () => {
    const set = new NumberSet();
    const numbers = Array.from({ length: 50_000 }, (_, i) => i * 3_000_000_019);
    expect(numbers.map((number) => set.add(number))).toEqual(numbers.map((_, i) => i));
    expect(numbers.map((number) => set.add(number))).toEqual(numbers.map((_, i) => i));
    expect(set.at(49_999)).toBe(49_999 * 3_000_000_019);
  });

  it('asks every question in every way, also those that only one answer leads to', () => {
    const runs = everyChoice((choose) => (choose(2) === 0 ? 'a' : `b${choose(3)}`));
    expect(runs).toEqual(['a', 'b0', 'b1', 'b2']);
  });
});
