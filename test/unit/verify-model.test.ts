// The tables of `celda verify` against the reducers that they are made of: the same inputs, the same permissions.
import { describe, expect, it } from 'vitest';
import { monotonicMs } from '../../src/core/units.ts';
import { initialSafety, type SafetyState, stepSafety } from '../../src/safety/program.ts';
import { minimise, tabulate } from '../../src/verify/automaton.ts';
import { everyChoice } from '../../src/verify/choices.ts';
import { exploreAll, NO_MONITOR } from '../../src/verify/explore.ts';
import { NumberSet } from '../../src/verify/number-set.ts';
import { blockPart, CLOSED, stopPart, UNREAD } from '../../src/verify/part.ts';
import { type Move, type Product, productOf, STANDSTILL } from '../../src/verify/product.ts';
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

const STOPS = RIG_MODEL.stopFunctions.map(({ name }) => name);

function productOfRig(watchesAll: boolean): Product {
  const cone = coneOf(wire(RIG_MODEL), STOPS);
  const product = productOf(cone, { watched: watchesAll ? [...cone.inputs, STANDSTILL] : [] });
  if (product === undefined) throw new Error('too many letters');
  return product;
}

/** The real safety program with the inputs of a move. */
function callReal(state: SafetyState, { values }: Move, nowMs: number): SafetyState {
  return stepSafety(RIG_MODEL, state, {
    now: monotonicMs(nowMs),
    closed: (input) => values.get(input) === CLOSED,
    valid: (input) => values.get(input) !== UNREAD,
    standstill: values.get(STANDSTILL) === CLOSED,
  });
}

function phasesIn(product: Product, tuple: Int32Array): readonly string[] {
  return STOPS.map((name) => {
    const { part, phases } = product.phasesOf(name) ?? { part: 0, phases: [] };
    return `${name} ${phases[tuple[part] ?? 0]}`;
  });
}

/** A random step with some next state. Mostly everything is at rest, or nothing would ever be reset. */
function randomStep(product: Product, before: Int32Array, random: (below: number) => number) {
  const letter = random(4) === 0 ? random(product.letters) : restLetter(product, random(3), random(2));
  const after = new Int32Array(before.length);
  const found: { readonly after: Int32Array; readonly isMarked: boolean }[] = [];
  product.nexts(before, letter, after, (isMarked) => found.push({ after: after.slice(), isMarked }));
  return { letter, ...at(found, random(found.length)) };
}

describe('the tables of the wiring', () => {
  for (const watchesAll of [true, false]) {
    const how = watchesAll ? 'told apart by every input' : 'with inputs left open that one part alone reads';
    it(`permit and stop in every step as the safety program does, for 20,000 random steps, ${how}`, () => {
      const product = productOfRig(watchesAll);
      const random = randomOf(4711);
      let before: Int32Array = new Int32Array(product.sizes.length);
      let last: Move | undefined;
      let state = initialSafety(RIG_MODEL);
      let nowMs = 0;
      const seen = new Set<string>();
      for (let step = 0; step < 20_000; step += 1) {
        const { letter, after, isMarked } = randomStep(product, before, random);
        last = product.moveTo({ before, letter, after, isMarked }, last);
        nowMs += (last.isTick ? product.tick.tickMs : 0) + 1e-6;
        state = callReal(state, last, nowMs);
        const phases = phasesIn(product, after);
        expect(phases).toEqual(state.stops.map(({ name, phase }) => `${name} ${phase}`));
        for (const phase of phases) seen.add(phase);
        before = after;
      }
      expect([...seen].toSorted()).toEqual([
        'stop-all permitted',
        'stop-all stopped',
        'stop-all stopping',
        'stop-belt permitted',
        'stop-belt stopped',
      ]);
    });
  }

  it('lead to no other states when inputs are left open', () => {
    const sizes = [true, false].map((watchesAll) => {
      const { outcome } = exploreAll(productOfRig(watchesAll), NO_MONITOR, { statesMax: 1e6, memoryMib: 64 });
      return [outcome.kind, outcome.states, outcome.depth];
    });
    expect(sizes[0]).toEqual(sizes[1]);
    expect(sizes[0]?.[0]).toBe('complete');
  });

  it('can do whatever the safety program does at exact milliseconds, each moment taken up or down to a tick', () => {
    const product = productOfRig(true);
    const random = randomOf(815);
    const { tickMs } = product.tick;
    const key = (tuple: Int32Array): string => tuple.join();
    let possible = new Map([['0', { tuple: new Int32Array(product.sizes.length), ticks: 0 }]]);
    let state = initialSafety(RIG_MODEL);
    let [nowMs, letter, most] = [0, 0, 0];
    for (let step = 0; step < 4_000; step += 1) {
      nowMs += 1 + random(30);
      if (random(6) === 0) letter = random(4) === 0 ? random(product.letters / 2) : restLetter(product, random(3), 0);
      const values = new Map(product.inputs.map(({ name }) => [name, product.valueOf(letter, name)]));
      state = callReal(state, { isTick: false, values }, nowMs);
      const real = state.stops.map(({ name, phase }) => `${name} ${phase}`).join();
      const next: typeof possible = new Map();
      for (const { tuple, ticks } of possible.values()) {
        for (const upTo of [Math.floor(nowMs / tickMs), Math.ceil(nowMs / tickMs)]) {
          if (upTo < ticks || upTo > ticks + 1) continue;
          const after = new Int32Array(tuple.length);
          product.nexts(tuple, letter + (upTo > ticks ? product.letters / 2 : 0), after, () => undefined);
          if (phasesIn(product, after).join() === real)
            next.set(`${key(after)} ${upTo}`, { tuple: after, ticks: upTo });
        }
      }
      expect(next.size).toBeGreaterThan(0);
      most = Math.max(most, next.size);
      possible = next;
    }
    expect(most).toBeGreaterThan(1);
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

/** Inputs that letters do not tell apart have no weight. */
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
