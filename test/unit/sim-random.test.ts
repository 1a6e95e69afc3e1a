import { describe, expect, it } from 'vitest';
import { Fnv64 } from '../../sim/kernel/fnv.ts';
import { createRandom, RandomStream } from '../../sim/kernel/random.ts';
import { TraceHash } from '../../sim/kernel/trace-hash.ts';
import { monotonicMs } from '../../src/core/units.ts';

function draw(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.nextUint32());
}

describe('seeded chance', () => {
  it('gives the published first numbers of xoshiro128** for the state 1, 2, 3, 4', () => {
    expect(draw(new RandomStream([1, 2, 3, 4]), 4)).toEqual([11520, 0, 5927040, 70819200]);
  });

  it('repeats for the same seed and differs for another', () => {
    expect(draw(createRandom(7).stream('plant'), 20)).toEqual(draw(createRandom('7').stream('plant'), 20));
    expect(draw(createRandom(7).stream('plant'), 20)).not.toEqual(draw(createRandom(8).stream('plant'), 20));
  });

  it('draws differently for each purpose', () => {
    const random = createRandom(7);
    expect(draw(random.stream('plant'), 20)).not.toEqual(draw(random.stream('faults'), 20));
  });

  it('keeps a stream as it is when another one is added and drawn from', () => {
    const alone = draw(createRandom(3).stream('plant'), 20);
    const random = createRandom(3);
    random.stream('faults').nextUint32();
    const plant = random.stream('plant');
    const together: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      together.push(plant.nextUint32());
      draw(random.stream('faults'), index);
    }
    expect(together).toEqual(alone);
  });

  it('goes on with a stream that is asked for again', () => {
    const random = createRandom(3);
    const first = random.stream('plant').nextUint32();
    expect(random.stream('plant').nextUint32()).not.toBe(first);
  });

  it('draws evenly from a small range', () => {
    const stream = createRandom(1).stream('dice');
    const counts = new Array<number>(6).fill(0);
    for (let index = 0; index < 60_000; index += 1) {
      const face = stream.below(6);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expect(() => stream.below(0)).toThrow(RangeError);
  });

  it('stays within the bounds asked for', () => {
    const stream = createRandom(1).stream('bounds');
    for (let index = 0; index < 1000; index += 1) {
      const value = stream.between(-2, 3);
      expect(value).toBeGreaterThanOrEqual(-2);
      expect(value).toBeLessThan(3);
    }
    expect(stream.chance(0)).toBe(false);
    expect(stream.chance(1)).toBe(true);
  });
});

describe('trace hash', () => {
  it('gives the published values of FNV-1a, 64 bit', () => {
    const hashOf = (text: string): string => {
      const hash = new Fnv64();
      hash.bytes(new TextEncoder().encode(text));
      return hash.hex();
    };
    expect([hashOf(''), hashOf('a'), hashOf('foobar')]).toEqual([
      'cbf29ce484222325',
      'af63dc4c8601ec8c',
      '85944171f73967e8',
    ]);
  });

  it('is equal for equal records and differs in time, kind, data, type of data and order', () => {
    const hashOf = (...records: readonly Parameters<TraceHash['add']>[]): string => {
      const hash = new TraceHash();
      for (const record of records) hash.add(...record);
      return hash.value;
    };
    const t1 = monotonicMs(1);
    const t2 = monotonicMs(2);
    const values = [
      hashOf(),
      hashOf([t1, 'pin', 1]),
      hashOf([t2, 'pin', 1]),
      hashOf([t1, 'pout', 1]),
      hashOf([t1, 'pin', 2]),
      hashOf([t1, 'pin', '1']),
      hashOf([t1, 'pin', true]),
      hashOf([t1, 'pin', [1]]),
      hashOf([t1, 'pin', [1, 2]]),
      hashOf([t1, 'pin', new Uint8Array([1])]),
      hashOf([t1, 'pin', { level: 1 }]),
      hashOf([t1, 'pin', { state: 1 }]),
      hashOf([t1, 'pin', { level: 1, state: 1 }]),
      hashOf([t1, 'pin', { level: { state: 1 } }]),
      hashOf([t1, 'pin', [{ level: 1 }, { state: 1 }]]),
      hashOf([t1, 'pin', null]),
      hashOf([t1, 'pin', 0]),
      hashOf([t1, 'pin', -0]),
      hashOf([t1, 'pin', 1.5]),
      hashOf([t1, 'pin', 2 ** 32 + 1]),
      hashOf([t1, 'pin', -1]),
      hashOf([t1, 'pin', 1], [t2, 'pin', 2]),
      hashOf([t2, 'pin', 2], [t1, 'pin', 1]),
    ];
    expect(new Set(values).size).toBe(values.length);
    expect(hashOf([t1, 'pin', [1, 2]])).toBe(hashOf([t1, 'pin', [1, 2]]));
    expect(hashOf([t1, 'pin', { level: 1, state: undefined }])).toBe(hashOf([t1, 'pin', { level: 1 }]));
  });
});
