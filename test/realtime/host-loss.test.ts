// A slice of `npm run campaign:host-loss`: the controller of a moving cell is really killed, frozen, blocked and unplugged.
import { expect, it } from 'vitest';
import { type HostLoss, LEASE_MS, loseHost } from '../support/host-loss.ts';

const TIMES = 5;
const LIMIT_MS = 180_000;

async function expectSafe(loss: HostLoss): Promise<void> {
  const found = await loseHost(loss, TIMES, 1);
  expect(found).toHaveLength(TIMES);
  expect(Math.max(...found)).toBeLessThanOrEqual(LEASE_MS + 1);
}

it(
  '[P1] a controller that is killed leaves its board safe within the lease and 1 ms',
  () => expectSafe('killed'),
  LIMIT_MS,
);

it(
  '[P2] [T4] a controller that is frozen leaves its board safe within the lease and 1 ms',
  () => expectSafe('frozen'),
  LIMIT_MS,
);

it(
  '[P2] a controller whose event loop is kept busy for half a second leaves its board safe within the lease and 1 ms',
  () => expectSafe('blocked'),
  LIMIT_MS,
);

it(
  '[S12] a cable that is pulled leaves the board safe within the lease and 1 ms; plugged in again, the cell can go on',
  () => expectSafe('unplugged'),
  LIMIT_MS,
);
