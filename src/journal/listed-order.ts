// What lists of orders are made by, of one order, as a column of its row: so that a start need not read a hundred thousand orders. Pure.
import { JOB_STATES, JOB_SUBSTATES, type JobRecord, type JobState, type JobSubstate } from '../core/job-order.ts';
import { type EpochMs, epochMs } from '../core/units.ts';
import type { ListedOrder } from '../ports/journal.ts';

/** Work master, number of the substate (0: none), store time; from then on start and end (null: none), ms; priority. */
type Listed = readonly [
  workMasterId: string,
  substate: number,
  storedAt: number,
  startAfter: number | null,
  endAfter: number | null,
  priority: number,
];

/** Of many orders, as it crosses threads. */
export interface ListedText {
  /** JSON: a list of id, number of the state, and what `listedText` has, of each. */
  readonly text: string;
  /** Where the next begin; undefined: there are no more. */
  readonly next: number | undefined;
}

/** @returns JSON of a list, without its brackets */
export function listedText({ order, substate, storedAt, startTime, endTime }: JobRecord): string {
  const after = (time: EpochMs | undefined): number | null => (time === undefined ? null : time - storedAt);
  const number = substate === undefined ? 0 : JOB_SUBSTATES[substate].number;
  const { workMasterId, priority } = order;
  const listed: Listed = [workMasterId, number, storedAt, after(startTime), after(endTime), priority];
  return JSON.stringify(listed).slice(1, -1);
}

export function readListed({ text }: ListedText): readonly ListedOrder[] {
  const orders = JSON.parse(text) as readonly (readonly [id: string, state: number, ...Listed])[];
  return orders.map(([jobOrderId, number, workMasterId, substate, storedAt, startAfter, endAfter, priority]) => {
    const state = STATES.get(number) ?? 'Ended';
    const time = (after: number | null): EpochMs | undefined =>
      after === null ? undefined : epochMs(storedAt + after);
    return {
      ...{ jobOrderId, workMasterId, state, substate: SUBSTATES.get(`${state} ${substate}`) },
      ...{ storedAt: epochMs(storedAt), startTime: time(startAfter), endTime: time(endAfter) },
      priority,
    };
  });
}

const STATES: ReadonlyMap<number, JobState> = new Map(
  Object.entries(JOB_STATES).map(([state, number]) => [number, state as JobState]),
);

const SUBSTATES: ReadonlyMap<string, JobSubstate> = new Map(
  Object.entries(JOB_SUBSTATES).map(([name, { parent, number }]) => [`${parent} ${number}`, name as JobSubstate]),
);
