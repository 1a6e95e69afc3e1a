import { expect, test } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import * as course from '../../src/core/job-course.ts';
import type { JobParameter, JobValue } from '../../src/core/job-data.ts';
import { EMPTY_JOB_LIST, JOB_LIST_LIMITS, nextCandidate, running } from '../../src/core/job-list.ts';
import * as methods from '../../src/core/job-methods.ts';
import { JOB_STATES, type JobState } from '../../src/core/job-order.ts';
import { epochMs } from '../../src/core/units.ts';
import { accepted, callOf, inPlace, LATER, NOW, newOrder, only, stored } from '../support/job-lists.ts';

const ALL_STATES = Object.keys(JOB_STATES) as JobState[];

function begun(list = stored(newOrder('A'))) {
  return accepted(course.begin(list, callOf('A', { now: NOW }))).state;
}

function parameter(id: string, value: JobValue): JobParameter {
  return { id, value, descriptions: [], units: undefined, subparameters: [] };
}

test('a stored order is allowed to start and ready, with revision 1', () => {
  expect(accepted(methods.storeAndStart(EMPTY_JOB_LIST, newOrder('A'), NOW)).record).toEqual({
    order: newOrder('A').order,
    workMasterVersion: '1',
    state: 'AllowedToStart',
    substate: 'Ready',
    storedAt: NOW,
    startTime: undefined,
    endTime: undefined,
    producedQuantity: 0,
    goodQuantity: 0,
    measurements: [],
    result: 'Unknown',
    reason: undefined,
    comment: '',
    runs: { started: 0, completed: 0 },
    times: { since: NOW, runningMs: 0, interruptedMs: 0 },
    revision: 1,
  });
});

test('an order whose preconditions are not met waits, and says for what, also after it was allowed to start', () => {
  const waiting = { ...newOrder('A'), waitsFor: fault(4001) };
  const { state, record } = accepted(methods.store(EMPTY_JOB_LIST, waiting, NOW));
  expect(record).toMatchObject({ state: 'NotAllowedToStart', substate: 'Waiting', reason: { code: 4001 } });
  const started = accepted(methods.start(state, callOf('A')));
  expect(started.record).toMatchObject({ state: 'AllowedToStart', substate: 'Waiting', reason: { code: 4001 } });
  const ready = course.prepareAll(started.state, () => undefined).changed[0];
  expect(ready).toMatchObject({ state: 'AllowedToStart', substate: 'Ready', reason: undefined, revision: 3 });
});

test.each(ALL_STATES)('an id that is in the list in state %s is not accepted again', (state) => {
  expect(methods.storeAndStart(inPlace(state), newOrder('A'), NOW)).toMatchObject({
    ok: false,
    error: { code: 6003, detail: { jobOrderId: 'A', state } },
  });
});

test('an order that is stored in the ms in which others under its id were stored and removed has a store time of its own', () => {
  let list = EMPTY_JOB_LIST;
  const times = [0, 1, 2].map(() => {
    const { state, record } = accepted(methods.store(list, newOrder('A'), NOW));
    list = accepted(methods.cancel(state, callOf('A', { now: NOW }))).state;
    return record.storedAt - NOW;
  });
  expect(times).toEqual([0, 1, 2]);
  expect(accepted(methods.store(list, newOrder('B'), NOW)).record.storedAt).toBe(NOW);
  const later = accepted(methods.store(list, newOrder('A'), LATER));
  expect(later.record.storedAt).toBe(LATER);
  const gone = accepted(methods.cancel(later.state, callOf('A', { now: epochMs(LATER + 10) })));
  expect(gone.state.removed).toEqual([]);
});

test('a command for an order that was stored at another time under the same id changes nothing', () => {
  const list = stored(newOrder('A'));
  const another = callOf('A', { revision: 1, storedAt: epochMs(NOW - 1) });
  expect(methods.cancel(list, another)).toMatchObject({ ok: false, error: { code: 6016 } });
  expect(methods.cancel(list, callOf('A', { revision: 1, storedAt: NOW })).ok).toBe(true);
});

test('a command for a revision that the order no longer has changes nothing, whatever else is wrong with it', () => {
  const list = stored(newOrder('A'));
  const stale = methods.pause(list, callOf('A', { revision: 7 }));
  expect(stale).toMatchObject({ ok: false, error: { code: 6016, detail: { expected: 7, revision: 1 } } });
  expect(methods.cancel(list, callOf('A', { revision: 2 }))).toMatchObject({ ok: false, error: { code: 6016 } });
  expect(methods.cancel(list, callOf('A', { revision: 1 })).ok).toBe(true);
});

test('an order that runs its course has start, end, quantities, measurements, times and substates', () => {
  let state = begun();
  state = accepted(course.produced(state, callOf('A'), 1, true)).state;
  state = accepted(course.produced(state, callOf('A'), 2, false)).state;
  const reading = { id: 'grip-pressure', value: -55, unit: 'kPa', timeMs: NOW };
  state = accepted(course.measured(state, callOf('A'), reading)).state;
  const at = (ms: number) => callOf('A', { now: epochMs(NOW + ms) });
  state = accepted(course.interrupt(state, at(1_000), fault(4001))).state;
  expect(only(state)).toMatchObject({ state: 'Interrupted', substate: 'Held', reason: { code: 4001 } });
  state = accepted(methods.resume(state, at(4_000))).state;
  expect(only(state)).toMatchObject({ state: 'Running', substate: undefined, reason: undefined, startTime: NOW });
  state = accepted(course.end(state, at(6_500), 'Successful')).state;
  expect(only(state)).toMatchObject({
    state: 'Ended',
    substate: 'Completed',
    startTime: NOW,
    endTime: NOW + 6_500,
    producedQuantity: 3,
    goodQuantity: 1,
    measurements: [reading],
    result: 'Successful',
    runs: { started: 1, completed: 1 },
    times: { runningMs: 3_500, interruptedMs: 3_000 },
    revision: 8,
  });
});

test('a clock that is set back takes no time away from an order', () => {
  const state = accepted(course.interrupt(begun(), callOf('A', { now: epochMs(NOW - 5_000) }), fault(4001))).state;
  expect(only(state).times).toMatchObject({ runningMs: 0, since: NOW - 5_000 });
});

test('a paused order is suspended with the comment of who paused it', () => {
  const { record } = accepted(methods.pause(begun(), callOf('A', { comment: 'lunch' })));
  expect(record).toMatchObject({ state: 'Interrupted', substate: 'Suspended', reason: undefined, comment: 'lunch' });
});

test('an update replaces everything that was stored, and keeps state, store time and place in the list', () => {
  const before = stored(newOrder('A', { priority: 3, endTime: LATER }), newOrder('B'));
  const update = { ...newOrder('A', { parameters: { rounds: 9 } }), workMasterVersion: '2', waitsFor: fault(6001) };
  const { state, record } = accepted(methods.update(before, update, { now: LATER, comment: 'changed' }));
  expect(record.order).toEqual(update.order);
  expect(record).toMatchObject({ state: 'AllowedToStart', substate: 'Waiting', storedAt: NOW, comment: 'changed' });
  expect(record.workMasterVersion).toBe('2');
  expect(state.records.map(({ order }) => order.jobOrderId)).toEqual(['A', 'B']);
});

test('an aborted order says when and why and is unsuccessful', () => {
  const { record } = accepted(methods.abort(stored(newOrder('A')), callOf('A', { comment: 'wrong lot' })));
  expect(record).toMatchObject({ state: 'Aborted', substate: undefined, endTime: LATER, result: 'Unsuccessful' });
  expect(record.reason).toEqual(fault(6009, { comment: 'wrong lot' }));
});

const wanted = (quantity: number) => [parameter('PlannedOrderQuantity', { kind: 'number', value: quantity })];
const perRun = [
  parameter('PlannedQuantityPerRun', { kind: 'integer', value: '1' }),
  parameter('RunsPlanned', { kind: 'integer', value: '3' }),
];

test.each([
  ['nothing produced', 0, undefined, 'Unsuccessful'],
  ['some produced, nobody said how many', 2, undefined, 'Unknown'],
  ['as many as wanted', 2, wanted(2), 'Successful'],
  ['fewer than wanted', 2, wanted(3), 'Unsuccessful'],
  ['as many as wanted in all runs', 3, perRun, 'Successful'],
  ['fewer than wanted in all runs', 2, perRun, 'Unsuccessful'],
] as const)('an order that is stopped with %s ends with the result %#', (_title, good, predefined, result) => {
  let state = begun(stored(newOrder('A', predefined === undefined ? {} : { predefined })));
  if (good > 0) state = accepted(course.produced(state, callOf('A'), good, true)).state;
  const { record } = accepted(methods.stop(state, callOf('A')));
  expect(record).toMatchObject({
    state: 'Ended',
    substate: 'Completed',
    result,
    endTime: LATER,
    reason: { code: 6019 },
  });
});

test('a run that is complete with another to follow counts, and the order goes on', () => {
  const { record } = accepted(course.beginNextRun(begun(), callOf('A')));
  expect(record).toMatchObject({ state: 'Running', runs: { started: 2, completed: 1 } });
});

test('a second order does not begin or go on while one runs', () => {
  const state = begun(stored(newOrder('A'), newOrder('B')));
  expect(course.begin(state, callOf('B'))).toMatchObject({
    ok: false,
    error: { code: 6005, detail: { running: 'A' } },
  });
  const held = {
    records: state.records.map((record) =>
      record.order.jobOrderId === 'B' ? { ...record, state: 'Interrupted' as const } : record,
    ),
  };
  expect(methods.resume(held, callOf('B'))).toMatchObject({ ok: false, error: { detail: { running: 'A' } } });
  expect(running(state)?.order.jobOrderId).toBe('A');
});

test('the next order is the most urgent one, then the one that has to end first, then the first stored', () => {
  let state = stored(
    newOrder('A'),
    newOrder('B', { priority: 5 }),
    newOrder('C', { priority: 5, endTime: epochMs(NOW + 2) }),
    newOrder('D', { priority: 5, endTime: epochMs(NOW + 1) }),
    newOrder('E', { priority: -1, endTime: NOW }),
    newOrder('F'),
  );
  const sequence: string[] = [];
  for (let next = nextCandidate(state, NOW); next !== undefined; next = nextCandidate(state, NOW)) {
    const { jobOrderId } = next.order;
    sequence.push(jobOrderId);
    state = accepted(course.begin(state, callOf(jobOrderId))).state;
    expect(nextCandidate(state, NOW)).toBeUndefined();
    state = accepted(course.end(state, callOf(jobOrderId), 'Successful')).state;
  }
  expect(sequence).toEqual(['D', 'C', 'B', 'A', 'F', 'E']);
});

test('an order is no candidate before its start time, however urgent', () => {
  const state = stored(newOrder('A', { priority: 9, startTime: LATER }), newOrder('B'));
  expect(nextCandidate(state, epochMs(LATER - 1))?.order.jobOrderId).toBe('B');
  expect(nextCandidate(state, LATER)?.order.jobOrderId).toBe('A');
});

test.each([
  ['AllowedToStart', 'Ready', true],
  ['AllowedToStart', 'Loaded', true],
  ['AllowedToStart', 'Waiting', false],
  ['NotAllowedToStart', 'Ready', false],
  ['Interrupted', 'Held', false],
] as const)('an order in %s/%s is a candidate: %s', (state, substate, isCandidate) => {
  expect(nextCandidate(inPlace(state, substate), NOW) !== undefined).toBe(isCandidate);
});

function many(count: number, prefix: string) {
  return Array.from({ length: count }, (_, index) => newOrder(`${prefix}${index}`));
}

test('the hundred-and-first open order is refused and changes nothing', () => {
  const full = stored(...many(JOB_LIST_LIMITS.open, 'O'));
  expect(methods.store(full, newOrder('X'), NOW)).toMatchObject({ ok: false, error: { code: 6006 } });
  const { state } = accepted(methods.cancel(full, callOf('O7')));
  expect(methods.store(state, newOrder('X'), NOW).ok).toBe(true);
});

test('over two hundred orders the oldest ended ones are forgotten and no open one is', () => {
  let state = stored(newOrder('open'));
  for (const each of many(250, 'E')) {
    state = accepted(methods.storeAndStart(state, each, NOW)).state;
    state = accepted(methods.abort(state, callOf(each.order.jobOrderId))).state;
  }
  const ids = state.records.map((record) => record.order.jobOrderId);
  expect(ids).toHaveLength(JOB_LIST_LIMITS.retained);
  expect(ids[0]).toBe('open');
  expect(ids[1]).toBe('E51');
  expect(ids.at(-1)).toBe('E249');
});

test('of an order at most a thousand measurements are kept, the newest', () => {
  let state = begun();
  for (let value = 0; value < 1003; value += 1) {
    state = accepted(course.measured(state, callOf('A'), { id: 'm', value, unit: 'kPa', timeMs: NOW })).state;
  }
  expect(only(state).measurements).toHaveLength(JOB_LIST_LIMITS.measurements);
  expect(only(state).measurements[0]?.value).toBe(3);
});

test('after a restart a running order is interrupted, and the others are as they were', () => {
  const state = begun(stored(newOrder('A'), newOrder('B')));
  const again = course.restore(state.records);
  expect(again.records[0]).toMatchObject({
    state: 'Interrupted',
    substate: 'Held',
    reason: { code: 4005 },
    startTime: NOW,
    revision: 3,
  });
  expect(again.records[1]).toBe(state.records[1]);
  expect(running(again)).toBeUndefined();
});

test('of two records of one order the newer one is restored', () => {
  const older = only(stored(newOrder('A')));
  const newer = only(accepted(methods.abort(stored(newOrder('A')), callOf('A'))).state);
  expect(course.restore([newer, older]).records).toEqual([newer]);
  expect(course.restore([older, newer]).records).toEqual([newer]);
});

test('a late restore does not touch what this process knows itself', () => {
  const elsewhere = stored(newOrder('A'), newOrder('B'));
  const merged = course.restore(elsewhere.records, begun());
  expect(merged.records.map((record) => `${record.order.jobOrderId} ${record.state}`)).toEqual([
    'B AllowedToStart',
    'A Running',
  ]);
});
