// Whether what an order requires is there, as far as sensors of the cell tell.
import { type Fault, fault } from '../core/faults.ts';
import { running } from '../core/job-list.ts';
import type { JobOrder, JobRecord } from '../core/job-order.ts';
import { type Need, needsOf, type ResourcesModel } from '../core/resources.ts';
import type { Turn } from './turn.ts';

type Looked = Pick<JobRecord, 'order'> & Partial<Pick<JobRecord, 'reason'>>;

const NOT_PRESENT = 6023;

/** An order's requirements never change: they are looked up once. */
const known = new WeakMap<JobOrder, { readonly of: ResourcesModel; readonly needs: readonly (readonly Need[])[] }>();

function needs(order: JobOrder, resources: ResourcesModel): readonly (readonly Need[])[] {
  const standing = known.get(order);
  if (standing?.of === resources) return standing.needs;
  const found = needsOf(order, resources);
  known.set(order, { of: resources, needs: found });
  return found;
}

/**
 * What the order lacks, or undefined. While another order runs, an order that was looked at keeps the answer: the running one makes
 * the sensors change with every part, and nothing can begin before it ends.
 */
export function missingResource({ context, next, readings }: Turn, looked: Looked): Fault | undefined {
  const { resources } = context.cell;
  if (resources === undefined) return undefined;
  if ('reason' in looked && running(next.jobs) !== undefined) {
    return looked.reason?.code === NOT_PRESENT ? looked.reason : undefined;
  }
  const lacking = needs(looked.order, resources).find((options) =>
    options.every(({ input }) => readings.input(input) !== true),
  );
  if (lacking === undefined) return undefined;
  const [first] = lacking;
  const id = lacking.map((each) => each.id).join(' / ');
  const input = lacking.map((each) => each.input).join(' ');
  return fault(NOT_PRESENT, { resource: first?.kind ?? '', id, input });
}
