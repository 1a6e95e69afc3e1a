// A slice of `npm run campaign:kills`: the real processes of a working cell are killed at random instants under submissions.
import { expect, it, vi } from 'vitest';
import { JobOrderReceiverServiceDefinition as METHODS } from '../../proto/generated/services.js';
import { viewJob } from '../../src/app/job-view.ts';
import { GrpcClient } from '../../src/client/grpc-client.ts';
import { KillCell } from '../support/kill-cell.ts';
import { killAgainAndAgain } from '../support/kill-run.ts';
import { workMasterAt } from '../support/kill-watch.ts';

/** Each takes 2 to 5 s, most of it for the start of a process: more of them are the campaign's. */
const KILLS = 8;

it('[D1] [G1] [P1] loses no acknowledged order, does none twice and moves nothing by itself when its processes are killed', async () => {
  const { kills, wrong, acknowledged, moved } = await killAgainAndAgain({ count: KILLS, seed: 1 });
  expect(wrong).toEqual([]);
  expect(kills).toBe(KILLS);
  expect(acknowledged).toBeGreaterThan(KILLS);
  expect(moved).toBeGreaterThan(0);
}, 300_000);

it('[G2] an order that ended while the gateway was dead has ended, although control was killed before anybody stored that', async () => {
  const wrong: string[] = [];
  let [moved, endedAt] = [0, -1];
  const cell = new KillCell({
    wrong: (what) => wrong.push(what),
    moved: () => {
      moved += 1;
      if (moved === 1) cell.kill('gateway');
    },
  });
  try {
    await cell.start();
    await cell.reset();
    const client = new GrpcClient(cell.address);
    const order = { jobOrderId: 'J-1', workMasterId: workMasterAt(1) };
    const asked = await client.call(
      METHODS.storeAndStartJobOrder,
      { jobOrder: order, requestId: 'r-1' },
      { timeoutMs: 10_000 },
    );
    expect(asked.ok).toBe(true);
    await vi.waitFor(() => {
      endedAt = cell.log.findIndex((line) => line.includes('J-1: Ended/Completed, 2 produced'));
      expect(endedAt).toBeGreaterThan(0);
    }, 30_000);
    cell.kill('control');
    await cell.until(() => cell.isReady('control') && cell.isReady('gateway'));
    await vi.waitFor(async () => {
      const found = await client.call(METHODS.getJobOrder, { jobOrderId: 'J-1' }, { timeoutMs: 3_000 });
      expect(found.ok && viewJob(found.value.jobOrder)).toMatchObject({ state: 'Ended', producedQuantity: 2 });
    }, 30_000);
    client.close();
    expect([moved, wrong]).toEqual([2, []]);
  } finally {
    await cell.stop();
    cell.release();
  }
}, 120_000);
