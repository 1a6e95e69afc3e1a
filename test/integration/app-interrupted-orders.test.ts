// What is known at the start of a cell of the orders that an earlier run has left. Method: a real journal on disk with such orders, and the
// cell of the example over it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { interruptedOrders } from '../../src/app/interrupted-orders.ts';
import type { CellEventBody } from '../../src/core/cell-event.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import type { SequenceFrame } from '../../src/core/sequence.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { exampleCell } from '../support/cycle-rig.ts';
import { EventSource, jobEvent, recordOf } from '../support/journal-samples.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-left-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function begun(
  jobOrderId: string,
  changes: Partial<JobRecord>,
  frames: readonly SequenceFrame[] | undefined,
): CellEventBody {
  const record = recordOf(jobOrderId, { state: 'Running', substate: undefined, revision: 2, ...changes });
  if (frames === undefined) return jobEvent(record);
  return { kind: 'job', record, checkpoint: { jobOrderId, frames, holding: [], homed: [], positions: {} } };
}

async function leftOf(bodies: readonly CellEventBody[]) {
  const journal = await openJournal({ path: join(folder, 'journal.db') });
  if (!journal.ok) throw new Error(JSON.stringify(journal.error));
  await journal.value.append(new EventSource().batch(bodies), 'now');
  const left = await interruptedOrders(exampleCell(), journal.value);
  await journal.value.close();
  return left;
}

it('of orders that had begun and not ended there is how far they came, and the step that they would go on with', async () => {
  const inRound = [
    { index: 1, rounds: 1 },
    { index: 1, rounds: 7 },
  ];
  const left = await leftOf([
    jobEvent(recordOf('waits')),
    begun('ran', { producedQuantity: 3, goodQuantity: 2 }, inRound),
    begun('ended', { state: 'Ended', substate: 'Completed' }, undefined),
    begun('held', { state: 'Interrupted', substate: 'Held' }, [{ index: 0, rounds: 1 }]),
  ]);
  const workMasterId = 'pick-and-place';
  const step = 'go down to the part';
  expect(left).toEqual([
    { jobOrderId: 'ran', workMasterId, producedQuantity: 3, goodQuantity: 2, step, canGoOn: true },
    { jobOrderId: 'held', workMasterId, producedQuantity: 0, goodQuantity: 0, step: 'go to the belt', canGoOn: true },
  ]);
});

it.each([
  ['its work master has another version', { workMasterVersion: '0.9.0' }, [{ index: 0, rounds: 1 }]],
  ['its place is not in the work master', {}, [{ index: 99, rounds: 1 }]],
  ['its place was never told', {}, undefined],
])('an order cannot go on when %s', async (_, changes, frames) => {
  expect(await leftOf([begun('ran', changes, frames)])).toMatchObject([
    { jobOrderId: 'ran', step: '', canGoOn: false },
  ]);
});
