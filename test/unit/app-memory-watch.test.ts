import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { EXEC_ARGV } from '../../src/app/fork-child.ts';
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

it('[P6] the gateway is started with a heap of 192 MiB, beyond which Node ends it', () => {
  const program = "process.stdout.write(String(require('node:v8').getHeapStatistics().heap_size_limit))";
  const limit = Number(execFileSync(process.execPath, [...EXEC_ARGV['gateway-process'], '-e', program]));
  // The young generation comes on top: three semi-spaces of 4 MiB.
  expect(limit / MIB).toBeGreaterThanOrEqual(192);
  expect(limit / MIB).toBeLessThanOrEqual(192 + 3 * 4);
});
