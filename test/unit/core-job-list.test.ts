import { expect, test } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import type { JobChange, JobListState } from '../../src/core/job-list.ts';
import {
  abort,
  EMPTY_JOB_LIST,
  end,
  interrupt,
  JOB_LIST_LIMITS,
  measured,
  nextCandidate,
  produced,
  restore,
  resume,
  running,
  start,
  storeAndStart,
} from '../../src/core/job-list.ts';
import type { JobOrder, JobRecord, JobState } from '../../src/core/job-order.ts';
import { JOB_STATES } from '../../src/core/job-order.ts';
import type { JobMethod } from '../../src/core/job-transitions.ts';
import { JOB_METHODS, JOB_TRANSITIONS, targetState } from '../../src/core/job-transitions.ts';
import { epochMs } from '../../src/core/units.ts';

const NOW = epochMs(1_700_000_000_000);
const LATER = epochMs(1_700_000_060_000);
const REASON = fault(6009);

function order(jobOrderId: string, priority = 0): JobOrder {
  return { jobOrderId, description: '', workMasterId: 'sort', priority, parameters: { rounds: 3 } };
}

function accepted(change: JobChange) {
  if (!change.ok) throw new Error(JSON.stringify(change.error));
  return change.value;
}

function stored(...orders: JobOrder[]): JobListState {
  return orders.reduce((state, each) => accepted(storeAndStart(state, each, '1', NOW)).state, EMPTY_JOB_LIST);
}

/** A list with one order, `A`, in the wanted state. */
function inState(state: JobState): JobListState {
  const { records } = stored(order('A'));
  return { records: records.map((record) => ({ ...record, state })) };
}

function only(state: JobListState): JobRecord {
  const [record] = state.records;
  if (record === undefined) throw new Error('empty');
  return record;
}

const ALL_STATES = Object.keys(JOB_STATES) as JobState[];

// OPC 10031-4, 6.2: the reference matrix, written down a second time and independently.
const MATRIX: Record<string, Record<JobState, JobState | '-'>> = {
  Start: row('AllowedToStart', '-', '-', '-', '-', '-'),
  RevokeStart: row('-', 'NotAllowedToStart', '-', '-', '-', '-'),
  Update: row('NotAllowedToStart', 'AllowedToStart', '-', '-', '-', '-'),
  Pause: row('-', '-', 'Interrupted', '-', '-', '-'),
  Resume: row('-', '-', '-', 'Running', '-', '-'),
  Stop: row('-', '-', 'Ended', 'Ended', '-', '-'),
  Abort: row('Aborted', 'Aborted', 'Aborted', 'Aborted', '-', '-'),
  begin: row('-', 'Running', '-', '-', '-', '-'),
  interrupt: row('-', '-', 'Interrupted', '-', '-', '-'),
  complete: row('-', '-', 'Ended', '-', '-', '-'),
  report: row('-', '-', 'Running', '-', '-', '-'),
};

type Cell = JobState | '-';
function row(not: Cell, allowed: Cell, run: Cell, interrupted: Cell, ended: Cell, aborted: Cell) {
  return {
    NotAllowedToStart: not,
    AllowedToStart: allowed,
    Running: run,
    Interrupted: interrupted,
    Ended: ended,
    Aborted: aborted,
  };
}

test('the matrix of the standard covers every method', () => {
  expect(Object.keys(JOB_METHODS).sort()).toEqual(Object.keys(MATRIX).sort());
});

test.each(
  Object.entries(MATRIX).flatMap(([method, cells]) =>
    ALL_STATES.map((state) => ({ method: method as JobMethod, state, expected: cells[state] })),
  ),
)('$method in $state leads to: $expected', ({ method, state, expected }) => {
  expect(targetState(method, state) ?? '-').toBe(expected);
});

test('every transition of the standard is caused by some method, and no method causes another', () => {
  const caused = new Set<string>();
  for (const [method, targets] of Object.entries(JOB_METHODS)) {
    if (method === 'report') continue;
    for (const [from, to] of Object.entries(targets)) caused.add(`${from} ${to}`);
  }
  expect([...caused].sort()).toEqual(JOB_TRANSITIONS.map(({ from, to }) => `${from} ${to}`).sort());
  expect(JOB_TRANSITIONS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

const COMMANDS: Record<string, { run: (state: JobListState) => JobChange; legal: JobState[]; to: JobState }> = {
  start: { run: (state) => start(state, 'A', LATER), legal: ['AllowedToStart'], to: 'Running' },
  resume: { run: (state) => resume(state, 'A'), legal: ['Interrupted'], to: 'Running' },
  interrupt: { run: (state) => interrupt(state, 'A', REASON), legal: ['Running'], to: 'Interrupted' },
  end: { run: (state) => end(state, 'A', 'Successful', LATER), legal: ['Running'], to: 'Ended' },
  produced: { run: (state) => produced(state, 'A', 1, true), legal: ['Running'], to: 'Running' },
  abort: {
    run: (state) => abort(state, 'A', REASON, LATER),
    legal: ['NotAllowedToStart', 'AllowedToStart', 'Running', 'Interrupted'],
    to: 'Aborted',
  },
};

test.each(
  Object.entries(COMMANDS).flatMap(([name, command]) => ALL_STATES.map((state) => ({ name, state, ...command }))),
)('$name of an order in $state', ({ run, state, legal, to }) => {
  const before = inState(state);
  const change = run(before);
  if (legal.includes(state)) {
    expect(accepted(change).record).toMatchObject({ state: to, revision: 2 });
    expect(only(accepted(change).state)).toBe(accepted(change).record);
  } else {
    expect(change).toMatchObject({ ok: false, error: { code: 6005, detail: { jobOrderId: 'A', state } } });
  }
  expect(only(before)).toMatchObject({ state, revision: 1 });
});

test.each(Object.entries(COMMANDS))('%s of an order that is not in the list is fault 6004', (_name, { run }) => {
  expect(run(stored(order('B')))).toMatchObject({ ok: false, error: { code: 6004, detail: { jobOrderId: 'A' } } });
});

test('a stored order is allowed to start and ready, with revision 1', () => {
  expect(accepted(storeAndStart(EMPTY_JOB_LIST, order('A'), '1.2', NOW)).record).toEqual({
    order: order('A'),
    workMasterVersion: '1.2',
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
    revision: 1,
  });
});

test.each(ALL_STATES)('an id that is in the list in state %s is not accepted again', (state) => {
  expect(storeAndStart(inState(state), order('A'), '1', NOW)).toMatchObject({
    ok: false,
    error: { code: 6003, detail: { jobOrderId: 'A', state } },
  });
});

test('an order that runs its course has start, end, quantities, measurements and substates', () => {
  let { state } = accepted(start(stored(order('A')), 'A', NOW));
  state = accepted(produced(state, 'A', 1, true)).state;
  state = accepted(produced(state, 'A', 2, false)).state;
  const reading = { id: 'grip-pressure', value: -55, unit: 'kPa', timeMs: NOW };
  state = accepted(measured(state, 'A', reading)).state;
  state = accepted(interrupt(state, 'A', fault(4001))).state;
  expect(only(state)).toMatchObject({ state: 'Interrupted', substate: 'Held', reason: { code: 4001 } });
  state = accepted(resume(state, 'A')).state;
  expect(only(state)).toMatchObject({ state: 'Running', substate: undefined, reason: undefined, startTime: NOW });
  state = accepted(end(state, 'A', 'Successful', LATER)).state;
  expect(only(state)).toMatchObject({
    state: 'Ended',
    substate: 'Completed',
    startTime: NOW,
    endTime: LATER,
    producedQuantity: 3,
    goodQuantity: 1,
    measurements: [reading],
    result: 'Successful',
    revision: 8,
  });
});

test('an aborted order says when and why and is unsuccessful', () => {
  const { record } = accepted(abort(stored(order('A')), 'A', REASON, LATER));
  expect(record).toMatchObject({ state: 'Aborted', substate: undefined, endTime: LATER, reason: REASON });
  expect(record.result).toBe('Unsuccessful');
});

test('a second order does not start or go on while one runs', () => {
  const { state } = accepted(start(stored(order('A'), order('B')), 'A', NOW));
  expect(start(state, 'B', NOW)).toMatchObject({ ok: false, error: { code: 6005, detail: { running: 'A' } } });
  const held = {
    records: state.records.map((record) =>
      record.order.jobOrderId === 'B' ? { ...record, state: 'Interrupted' as const } : record,
    ),
  };
  expect(resume(held, 'B')).toMatchObject({ ok: false, error: { code: 6005, detail: { running: 'A' } } });
  expect(running(state)?.order.jobOrderId).toBe('A');
});

test('the next order is the most urgent one, then the first stored', () => {
  let state = stored(order('A', 0), order('B', 5), order('C', 5), order('D', -1));
  const sequence: string[] = [];
  for (let next = nextCandidate(state); next !== undefined; next = nextCandidate(state)) {
    const { jobOrderId } = next.order;
    sequence.push(jobOrderId);
    state = accepted(start(state, jobOrderId, NOW)).state;
    expect(nextCandidate(state)).toBeUndefined();
    state = accepted(end(state, jobOrderId, 'Successful', LATER)).state;
  }
  expect(sequence).toEqual(['B', 'C', 'A', 'D']);
});

test('orders that wait or are interrupted are not candidates', () => {
  const { records } = stored(order('A'));
  expect(
    nextCandidate({ records: records.map((each) => ({ ...each, substate: 'Waiting' as const })) }),
  ).toBeUndefined();
  expect(nextCandidate(inState('Interrupted'))).toBeUndefined();
});

function many(count: number, prefix: string): JobOrder[] {
  return Array.from({ length: count }, (_, index) => order(`${prefix}${index}`));
}

test('the hundred-and-first open order is refused and changes nothing', () => {
  const full = stored(...many(JOB_LIST_LIMITS.open, 'O'));
  expect(storeAndStart(full, order('X'), '1', NOW)).toMatchObject({ ok: false, error: { code: 6006 } });
  const { state } = accepted(abort(full, 'O7', REASON, LATER));
  expect(storeAndStart(state, order('X'), '1', NOW).ok).toBe(true);
});

test('over two hundred orders the oldest ended ones are forgotten and no open one is', () => {
  let state = stored(order('open'));
  for (const each of many(250, 'E')) {
    state = accepted(storeAndStart(state, each, '1', NOW)).state;
    state = accepted(abort(state, each.jobOrderId, REASON, LATER)).state;
  }
  const ids = state.records.map((record) => record.order.jobOrderId);
  expect(ids).toHaveLength(JOB_LIST_LIMITS.retained);
  expect(ids[0]).toBe('open');
  expect(ids[1]).toBe('E51');
  expect(ids.at(-1)).toBe('E249');
});

test('of an order at most a thousand measurements are kept, the newest', () => {
  let { state } = accepted(start(stored(order('A')), 'A', NOW));
  for (let value = 0; value < 1003; value += 1) {
    state = accepted(measured(state, 'A', { id: 'm', value, unit: 'kPa', timeMs: NOW })).state;
  }
  expect(only(state).measurements).toHaveLength(JOB_LIST_LIMITS.measurements);
  expect(only(state).measurements[0]?.value).toBe(3);
});

test('after a restart a running order is interrupted, and the others are as they were', () => {
  const { state } = accepted(start(stored(order('A'), order('B')), 'A', NOW));
  const again = restore(state.records);
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
  const older = only(stored(order('A')));
  const newer = only(accepted(abort(stored(order('A')), 'A', REASON, LATER)).state);
  expect(restore([newer, older]).records).toEqual([newer]);
  expect(restore([older, newer]).records).toEqual([newer]);
});

test('a late restore does not touch what this process knows itself', () => {
  const own = accepted(start(stored(order('A')), 'A', NOW)).state;
  const elsewhere = stored(order('A'), order('B'));
  const merged = restore(elsewhere.records, own);
  expect(merged.records.map((record) => `${record.order.jobOrderId} ${record.state}`)).toEqual([
    'B AllowedToStart',
    'A Running',
  ]);
});
