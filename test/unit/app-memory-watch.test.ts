import { describe, expect, it } from 'vitest';
import { watchMemory } from '../../src/app/memory-watch.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const MIB = 1024 * 1024;

describe('the watch over memory', () => {
  it('[P6] ends a process within a second of its taking more than 384 MiB, once', () => {
    const clock = new VirtualClock();
    const ends: string[] = [];
    let bytes = 384 * MIB;
    watchMemory(
      clock,
      (text) => ends.push(text),
      () => bytes,
    );
    clock.advance(10_000);
    expect(ends).toEqual([]);
    bytes = 400 * MIB;
    clock.advance(1_000);
    expect(ends).toEqual([expect.stringContaining('400 MiB')]);
    clock.advance(10_000);
    expect(ends).toHaveLength(1);
  });
});
