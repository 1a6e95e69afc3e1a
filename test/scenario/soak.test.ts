// A slice of `npm run campaign:soak`: enough to see a snapshot that is left behind by every cycle, and a handle or file by every order.
import { expect, it } from 'vitest';
import { soak } from '../support/soak.ts';

const MIB = 1024 * 1024;

it('[P7] a cell that works on and on holds no more memory, handles and files than in the middle', async () => {
  const { samples, ...growth } = await soak({ cycles: 8_000, orders: 16, samples: 8 });
  expect(samples.at(-1)).toMatchObject({ orders: 16 });
  expect(samples.at(-1)?.cycles).toBeGreaterThanOrEqual(8_000);
  expect(growth.heapGrowthBytes).toBeLessThan(2 * MIB);
  expect(growth.handleGrowth).toBeLessThan(1);
  expect(growth.fileGrowth).toBeLessThan(1);
}, 120_000);
