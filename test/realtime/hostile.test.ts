// A slice of `npm run campaign:hostile`: the gateway in a process of its own, attacked from another.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AttackName } from '../support/hostile-attacks.ts';
import { HostileRun } from '../support/hostile-run.ts';

const LIMIT_MS = 120_000;
const MEMORY_MIB_MAX = 64;
/** What watchers may leave unread over all connections, and as much again on its way through the library. */
const SLOW_MIB_MAX = 160;
let run: HostileRun;
beforeAll(async () => {
  run = await new HostileRun().start();
}, LIMIT_MS);
afterAll(() => run.stop());

it.each<readonly [AttackName, number]>([
  ['bytes of one message', 2 ** 26],
  ['compression bombs', 2],
  ['rapid resets', 3_000],
  ['frames of one byte', 20_000],
  ['stalled handshakes', 300],
  ['malformed headers', 200],
  ['orders full of mistakes', 30],
  ['mutated messages', 1_000],
])(
  '%s do not end the gateway or make it hold more than 64 MiB: %d of them [G9] [G11] [G12] [G13]',
  async (attack, times) => {
    const result = await run.attack(attack, times);
    expect(result).toMatchObject({ isAlive: true, wrong: [] });
    expect(result.memoryMib).toBeLessThanOrEqual(MEMORY_MIB_MAX);
  },
  LIMIT_MS,
);

it(
  '[G7] 60 watchers that read a byte a second make the gateway hold no more, and one who reads is sent everything',
  async () => {
    const result = await run.attack('slow readers', 60);
    expect(result).toMatchObject({ isAlive: true, wrong: [] });
    expect(result.memoryMib).toBeLessThanOrEqual(SLOW_MIB_MAX);
  },
  LIMIT_MS,
);
