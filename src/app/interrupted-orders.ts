// Orders that an earlier run of the cell has left: they had begun, have not ended, and go on or are given up by a person alone.
import { knownPlace } from '../control/resume.ts';
import type { CellModel } from '../core/cell-model.ts';
import type { JournalPort, StoredOrder } from '../ports/journal.ts';

/** Plain JSON data. */
export interface InterruptedOrder {
  readonly jobOrderId: string;
  readonly workMasterId: string;
  readonly producedQuantity: number;
  readonly goodQuantity: number;
  /** Label of the step that it would go on with; empty: all its steps are done, or nobody knows. */
  readonly step: string;
  /** False: its work master, or its place in it, is not there any more, and it can only be aborted. */
  readonly canGoOn: boolean;
}

/** @returns the oldest first; none of a journal that cannot be read, which is told elsewhere */
export async function interruptedOrders(
  cell: CellModel,
  { orders }: JournalPort,
): Promise<readonly InterruptedOrder[]> {
  const open = await orders.open();
  if (!open.ok) return [];
  const workMasters = new Map(cell.workMasters.map((each) => [each.id, each]));
  return open.value
    .filter(({ event: { record } }) => record.state === 'Running' || record.state === 'Interrupted')
    .map(({ event }) => interruptedOrder(workMasters, event));
}

function interruptedOrder(
  workMasters: ReadonlyMap<string, CellModel['workMasters'][number]>,
  { record, checkpoint }: StoredOrder['event'],
): InterruptedOrder {
  const { order, producedQuantity, goodQuantity } = record;
  const { jobOrderId, workMasterId } = order;
  const place = knownPlace({ workMasters }, record, checkpoint);
  const next = place.ok ? place.value.lists.at(-1)?.[place.value.checkpoint.frames.at(-1)?.index ?? 0] : undefined;
  return { jobOrderId, workMasterId, producedQuantity, goodQuantity, step: next?.label ?? '', canGoOn: place.ok };
}
