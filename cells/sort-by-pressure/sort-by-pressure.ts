// Sorts parts by the vacuum that the cup reached on them: decides, after each picked part, which tray it goes to.
//
// A person or an MES orders `pick-and-measure` once, with the number of parts. From then on each order that ends brings the
// next: the part in the cup to its tray, then the next part. A stop ends it: the order that was interrupted does not end,
// so nothing follows until somebody resumes it or orders anew.
import type { CellProgram, CellView, Intent } from 'celda/program';
import { concatMap, filter, map, type Observable, switchMap, take } from 'rxjs';

/** A part on which the cup reaches at least this vacuum is good, kPa gauge: the lower the tighter. */
export const GOOD_BELOW_KPA = -62;

/** All job orders, whenever one changes. */
function orders(cell: CellView) {
  return cell.event$.pipe(concatMap(({ body }) => (body.kind === 'job' ? [body.record] : [])));
}

type Order = ReturnType<typeof orders> extends Observable<infer Record> ? Record : never;

/** Orders that end after they were seen to run. One of an earlier run, told again after a restart, is not among them. */
function completed(cell: CellView): Observable<Order> {
  const sameOrder = (a: Order, b: Order): boolean => a.order.jobOrderId === b.order.jobOrderId;
  return orders(cell).pipe(
    filter(({ state }) => state === 'Running'),
    switchMap((running) =>
      orders(cell).pipe(
        filter((order) => order.state === 'Ended' && sameOrder(order, running)),
        take(1),
      ),
    ),
  );
}

function startOf(workMasterId: string, parts: number): Intent {
  return { kind: 'start-work-master', workMasterId, parameters: { parts } };
}

/** What follows an order that has ended; nothing after the last part and after orders that do not concern sorting. */
function next({ order, measurements }: Order): readonly Intent[] {
  const parts = Number(order.parameters['parts'] ?? 0);
  switch (order.workMasterId) {
    case 'pick-and-measure': {
      const pressureKpa = measurements.findLast(({ id }) => id === 'grip-pressure')?.value;
      if (pressureKpa === undefined) return [{ kind: 'raise-alarm', text: `${order.jobOrderId} measured no pressure` }];
      return [startOf(pressureKpa <= GOOD_BELOW_KPA ? 'place-good' : 'place-reject', parts - 1)];
    }
    case 'place-good':
    case 'place-reject':
      return parts > 0 ? [startOf('pick-and-measure', parts)] : [];
    default:
      return [];
  }
}

export const program: CellProgram = (cell) =>
  completed(cell).pipe(
    map(next),
    concatMap((intents) => intents),
  );
