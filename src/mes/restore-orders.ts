// Gives a control process that has started anew its orders back.

import { describeFault } from '../core/faults.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import type { LineLog } from '../ports/line-log.ts';

/** Orders given back in one request: with all their measurements they stay well below the longest frame of the channel. */
const RESTORE_RECORDS_MAX = 50;

/** An order, and where it stands if it has begun. */
export interface RestoredOrder {
  readonly record: JobRecord;
  readonly checkpoint?: JobCheckpoint | undefined;
}

export interface Restoring {
  readonly control: ControlClient;
  readonly nextRequestId: () => string;
  readonly log: LineLog;
}

/** @param orders the oldest first. @returns whether control has taken all of them */
export async function restoreOrders(
  orders: readonly RestoredOrder[],
  { control, log, nextRequestId }: Restoring,
): Promise<boolean> {
  // All at once: nothing that anybody else asks for comes between them.
  const replies = partsOf(orders).map((part) =>
    control.request({
      kind: 'restore',
      requestId: nextRequestId(),
      records: part.map(({ record }) => record),
      checkpoints: part.flatMap(({ checkpoint }) => checkpoint ?? []),
    }),
  );
  const refused = (await Promise.all(replies)).find(({ ok }) => !ok);
  if (refused?.ok === false) log(`job orders were not restored: ${describeFault(refused.fault)}`);
  return refused === undefined;
}

/** The newest first: control puts what it is given before what it has, so that orders keep their turn. */
function partsOf(orders: readonly RestoredOrder[]): readonly (readonly RestoredOrder[])[] {
  const parts: (readonly RestoredOrder[])[] = [];
  for (let end = orders.length; end > 0; end -= RESTORE_RECORDS_MAX) {
    parts.push(orders.slice(Math.max(0, end - RESTORE_RECORDS_MAX), end));
  }
  return parts;
}
