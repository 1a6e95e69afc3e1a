// What an order that has not begun waits for: the preconditions of its substate Ready (OPC 10031-4; standards for the unit: PackML).
import { FAULTS, type Fault, fault } from '../core/faults.ts';
import { prepareAll } from '../core/job-course.ts';
import type { JobRecord } from '../core/job-order.ts';
import { takesOrders } from '../core/unit-machine.ts';
import type { CycleContext } from './cycle.ts';
import { checkRecord } from './order-check.ts';
import { missingResource } from './present-resources.ts';
import { stopCause, type Turn } from './turn.ts';

/** What is looked at of an order. */
type Looked = Pick<JobRecord, 'order' | 'workMasterVersion' | 'workMasterHash' | 'state'> &
  Partial<Pick<JobRecord, 'reason'>>;

/** Nothing of this changes while a process runs, and there may be many orders: each is checked once. */
const checked = new WeakMap<CycleContext, WeakMap<JobRecord['order'], { readonly problem: Fault | undefined }>>();

function orderProblem(context: CycleContext, looked: Looked): Fault | undefined {
  const { order } = looked;
  let known = checked.get(context);
  if (known === undefined) {
    known = new WeakMap();
    checked.set(context, known);
  }
  const standing = known.get(order);
  if (standing !== undefined) return standing.problem;
  const result = checkRecord(context, looked);
  const problem = result.ok ? undefined : result.error;
  known.set(order, { problem });
  return problem;
}

/** Outside Production the mode is what is in the way, and a reset alone does not help. */
export function notReady({ next: { unit, mode } }: Turn): Fault {
  return mode === 'Production' ? fault(6008, { unit }) : fault(6032, { unit, mode });
}

/** The unit takes orders, and cannot go on with one that was interrupted just now. */
export function busy({ next: { unit } }: Turn, runs: JobRecord | undefined): Fault {
  return fault(6033, runs === undefined ? { unit } : { unit, running: runs.order.jobOrderId });
}

const UNIT_STOPPED = fault(6008);
const NOT_RELEASED = fault(6020);

/** What keeps the cell from beginning any order, or undefined. It does not name states that the unit only passes through. */
function cellProblem({ next }: Turn): Fault | undefined {
  const holding = next.alarms.find(({ code }) => FAULTS[code].reaction === 'hold');
  const alarm = stopCause(next.alarms) ?? holding;
  if (alarm !== undefined) return alarm;
  if (takesOrders(next)) return undefined;
  return next.mode === 'Production' ? UNIT_STOPPED : fault(6032, { mode: next.mode });
}

function problemOf(turn: Turn, looked: Looked, ofCell: Fault | undefined): Fault | undefined {
  const problem = orderProblem(turn.context, looked) ?? ofCell ?? missingResource(turn, looked);
  if (problem !== undefined) return problem;
  return looked.state === 'AllowedToStart' && !turn.next.productionEnabled ? NOT_RELEASED : undefined;
}

/** @returns what the order waits for, or undefined when it is Ready */
export function waitsFor(turn: Turn, looked: Looked): Fault | undefined {
  return problemOf(turn, looked, cellProblem(turn));
}

/** Keeps the substates of all orders that have not begun as the preconditions are now; called every cycle. */
export function prepareOrders(turn: Turn): void {
  const { next } = turn;
  const ofCell = cellProblem(turn);
  const { state, changed } = prepareAll(next.jobs, (record) => problemOf(turn, record, ofCell));
  next.jobs = state;
  // Whether it waits changes nothing of what was accepted: the begin of the order need not wait for this to be on disk.
  for (const record of changed) turn.events.push({ kind: 'job', record });
}
