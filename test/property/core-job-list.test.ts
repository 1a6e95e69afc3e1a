// Goal: no history of commands, legal or not, brings an order through a transition that the standard does not have.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Fault, fault } from '../../src/core/faults.ts';
import * as course from '../../src/core/job-course.ts';
import {
  changeSubstate,
  EMPTY_JOB_LIST,
  JOB_LIST_LIMITS,
  type JobChange,
  type JobListState,
  nextCandidate,
} from '../../src/core/job-list.ts';
import * as methods from '../../src/core/job-methods.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { isOpen, JOB_SUBTRANSITIONS, JOB_TRANSITIONS } from '../../src/core/job-transitions.ts';
import { err, ok } from '../../src/core/result.ts';
import { callOf, NOW, newOrder } from '../support/job-lists.ts';

const LEGAL = new Set<string>(JOB_TRANSITIONS.map(({ from, to }) => `${from} ${to}`));
const SUBLEGAL = new Set<string>(JOB_SUBTRANSITIONS.map(({ from, to }) => `${from} ${to}`));

type Command = (state: JobListState, id: string, priority: number) => JobChange;

const waiting = (id: string, priority: number) => ({ ...newOrder(id, { priority }), waitsFor: fault(6020) });

function preparedOne(list: JobListState, id: string, waitsFor: Fault | undefined): JobChange {
  const { state, changed } = course.prepareAll(list, ({ order, reason }) =>
    order.jobOrderId === id ? waitsFor : reason,
  );
  const [record] = changed;
  return record === undefined ? err(fault(6005)) : ok({ state, record });
}

const COMMANDS: readonly Command[] = [
  (list, id, priority) => methods.storeAndStart(list, newOrder(id, { priority }), NOW),
  (list, id, priority) => methods.store(list, waiting(id, priority), NOW),
  (list, id) => methods.start(list, callOf(id)),
  (list, id) => methods.revokeStart(list, callOf(id)),
  (list, id, priority) => methods.update(list, newOrder(id, { priority }), callOf(id)),
  (list, id) => methods.pause(list, callOf(id)),
  (list, id) => methods.resume(list, callOf(id)),
  (list, id) => methods.resumeToHeld(list, callOf(id), fault(4002)),
  (list, id) => methods.stop(list, callOf(id)),
  (list, id) => methods.abort(list, callOf(id)),
  (list, id) => methods.cancel(list, callOf(id)),
  (list, id) => methods.clear(list, callOf(id)),
  (list, id) => methods.close(list, callOf(id)),
  (list, id) => preparedOne(list, id, undefined),
  (list, id) => preparedOne(list, id, fault(4001)),
  (list, id) => course.begin(list, callOf(id)),
  (list, id) => course.begin(list, callOf(nextCandidate(list, NOW)?.order.jobOrderId ?? id)),
  (list, id) => course.interrupt(list, callOf(id), fault(4001)),
  (list, id) => course.beginNextRun(list, callOf(id)),
  (list, id) => course.end(list, callOf(id), 'Successful'),
  (list, id) => course.produced(list, callOf(id), 1, true),
  (list, id) => course.measured(list, callOf(id), { id: 'm', value: 1, unit: 'kPa', timeMs: NOW }),
];

const step = fc.record({
  command: fc.integer({ min: 0, max: COMMANDS.length - 1 }),
  id: fc.constantFrom('A', 'B', 'C'),
  priority: fc.integer({ min: -2, max: 2 }),
});

function byId(state: JobListState): Map<string, JobRecord> {
  return new Map(state.records.map((record) => [record.order.jobOrderId, record]));
}

function expectLegalChange(before: JobListState, after: JobListState, changed: JobRecord) {
  const earlier = byId(before);
  for (const record of after.records) {
    const was = earlier.get(record.order.jobOrderId);
    if (record !== changed) {
      expect(record).toBe(was);
      continue;
    }
    expect(record.revision).toBe((was?.revision ?? 0) + 1);
    if (was === undefined) expect(['NotAllowedToStart', 'AllowedToStart']).toContain(record.state);
    else if (was.state !== record.state) expect(LEGAL).toContain(`${was.state} ${record.state}`);
    else if (was.substate !== record.substate) expectLegalSubstate(was, record);
  }
}

/** An update looks at the preconditions of an order as if it were new. */
function expectLegalSubstate(was: JobRecord, { substate, order }: JobRecord) {
  if (order === was.order) expect(SUBLEGAL).toContain(`${was.substate} ${substate}`);
  else expect(substate).toBe('Ready');
}

test('only the transitions of the standard occur, one order runs at a time, and each change raises its revision by one', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 60, maxLength: 120 }), (steps) => {
      let state = EMPTY_JOB_LIST;
      for (const { command, id, priority } of steps) {
        const before = state;
        const frozen = JSON.stringify(before);
        const change = COMMANDS[command]?.(before, id, priority);
        if (change?.ok === true) {
          state = change.value.state;
          expectLegalChange(before, state, change.value.record);
          const was = byId(before).get(change.value.record.order.jobOrderId);
          seen.add(`${was?.state ?? 'absent'} ${change.value.record.state}`);
        }
        expect(JSON.stringify(before)).toBe(frozen);
        expect(state.records.filter((record) => record.state === 'Running').length).toBeLessThanOrEqual(1);
        expect(course.restore(state.records).records.every((record) => record.state !== 'Running')).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
  // The walk must have been everywhere.
  expect([...LEGAL].filter((transition) => !seen.has(transition))).toEqual([]);
});

test('preparing all orders at once does what preparing one after the other does', () => {
  const cause = fc.constantFrom(undefined, fault(4001), fault(6020));
  fc.assert(
    fc.property(fc.array(fc.tuple(cause, fc.boolean(), cause), { maxLength: 40 }), (orders) => {
      let list = EMPTY_JOB_LIST;
      for (const [index, [waitsFor, isStarted]] of orders.entries()) {
        const added = { ...newOrder(`o${index}`), ...(waitsFor === undefined ? {} : { waitsFor }) };
        const stored = isStarted ? methods.storeAndStart(list, added, NOW) : methods.store(list, added, NOW);
        if (stored.ok) list = stored.value.state;
      }
      const next = (record: JobRecord): Fault | undefined => orders[Number(record.order.jobOrderId.slice(1))]?.[2];
      let expected = list;
      for (const record of list.records) {
        const reason = next(record);
        if ((record.reason?.code ?? 0) === (reason?.code ?? 0)) continue;
        const to = reason === undefined ? 'Ready' : 'Waiting';
        const changed = changeSubstate(expected, callOf(record.order.jobOrderId), 'prepare', to, { reason });
        if (changed.ok) expected = changed.value.state;
      }
      const { state, changed } = course.prepareAll(list, next);
      expect(state).toEqual(expected);
      expect(changed).toEqual(expected.records.filter((record, index) => record !== list.records[index]));
      if (changed.length === 0) expect(state).toBe(list);
    }),
  );
});

test('the list keeps within its limits whatever is stored and ended', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 150, maxLength: 450 }), (ends) => {
      let state = EMPTY_JOB_LIST;
      for (const [index, ended] of ends.entries()) {
        const jobOrderId = `J${index}`;
        const change = methods.storeAndStart(state, newOrder(jobOrderId), NOW);
        if (!change.ok) continue;
        state = change.value.state;
        if (ended) {
          const aborted = methods.abort(state, callOf(jobOrderId));
          if (aborted.ok) state = aborted.value.state;
        }
        expect(state.records.length).toBeLessThanOrEqual(JOB_LIST_LIMITS.retained);
      }
      const open = state.records.filter((record) => isOpen(record.state)).length;
      expect(open).toBe(Math.min(JOB_LIST_LIMITS.open, ends.filter((ended) => !ended).length));
    }),
    { numRuns: 20 },
  );
});
