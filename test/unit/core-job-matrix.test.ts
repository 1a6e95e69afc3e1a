// The reference matrix of OPC 10031-4 v2.00, 6.2, written down a second time and independently, cell by cell.
import { expect, test } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import { begin, end, interrupt, produced } from '../../src/core/job-course.ts';
import { EMPTY_JOB_LIST, type JobChange, type JobListState } from '../../src/core/job-list.ts';
import * as methods from '../../src/core/job-methods.ts';
import { JOB_STATES, JOB_SUBSTATES, type JobState, type JobSubstate } from '../../src/core/job-order.ts';
import {
  JOB_METHODS,
  JOB_SUBMETHODS,
  JOB_SUBTRANSITIONS,
  JOB_TRANSITIONS,
  type JobMethod,
  type JobPlace,
} from '../../src/core/job-transitions.ts';
import { RETURN_STATUS, returnStatusOf } from '../../src/core/return-status.ts';
import { accepted, callOf, inPlace, LATER, newOrder } from '../support/job-lists.ts';

type Cell = JobPlace | '-';
const PLACES: readonly JobPlace[] = [...(Object.keys(JOB_STATES) as JobState[]), 'absent'];

function row(...cells: readonly [Cell, Cell, Cell, Cell, Cell, Cell, Cell]): Readonly<Record<JobPlace, Cell>> {
  return Object.fromEntries(PLACES.map((place, index) => [place, cells[index]])) as Record<JobPlace, Cell>;
}

// NotAllowedToStart, AllowedToStart, Running, Interrupted, Ended, Aborted, absent
const MATRIX: Readonly<Record<JobMethod, Readonly<Record<JobPlace, Cell>>>> = {
  Store: row('-', '-', '-', '-', '-', '-', 'NotAllowedToStart'),
  StoreAndStart: row('-', '-', '-', '-', '-', '-', 'AllowedToStart'),
  Start: row('AllowedToStart', '-', '-', '-', '-', '-', '-'),
  RevokeStart: row('-', 'NotAllowedToStart', '-', '-', '-', '-', '-'),
  Update: row('NotAllowedToStart', 'AllowedToStart', '-', '-', '-', '-', '-'),
  Pause: row('-', '-', 'Interrupted', '-', '-', '-', '-'),
  Resume: row('-', '-', '-', 'Running', '-', '-', '-'),
  Stop: row('-', '-', 'Ended', 'Ended', '-', '-', '-'),
  Abort: row('Aborted', 'Aborted', 'Aborted', 'Aborted', '-', '-', '-'),
  Cancel: row('absent', 'absent', '-', '-', '-', '-', '-'),
  Clear: row('-', '-', '-', '-', 'absent', 'absent', '-'),
  begin: row('-', 'Running', '-', '-', '-', '-', '-'),
  interrupt: row('-', '-', 'Interrupted', '-', '-', '-', '-'),
  complete: row('-', '-', 'Ended', '-', '-', '-', '-'),
  report: row('-', '-', 'Running', '-', '-', '-', '-'),
};

const RUN: Readonly<Record<JobMethod, (list: JobListState) => JobChange>> = {
  Store: (list) => methods.store(list, newOrder('A'), LATER),
  StoreAndStart: (list) => methods.storeAndStart(list, newOrder('A'), LATER),
  Start: (list) => methods.start(list, callOf('A')),
  RevokeStart: (list) => methods.revokeStart(list, callOf('A')),
  Update: (list) => methods.update(list, newOrder('A', { priority: 7 }), callOf('A')),
  Pause: (list) => methods.pause(list, callOf('A')),
  Resume: (list) => methods.resume(list, callOf('A')),
  Stop: (list) => methods.stop(list, callOf('A')),
  Abort: (list) => methods.abort(list, callOf('A')),
  Cancel: (list) => methods.cancel(list, callOf('A')),
  Clear: (list) => methods.clear(list, callOf('A')),
  begin: (list) => begin(list, callOf('A')),
  interrupt: (list) => interrupt(list, callOf('A'), fault(4001)),
  complete: (list) => end(list, callOf('A'), 'Successful'),
  report: (list) => produced(list, callOf('A'), 1, true),
};

const CELLS = Object.entries(MATRIX).flatMap(([method, cells]) =>
  PLACES.map((place) => ({ method: method as JobMethod, place, leadsTo: cells[place] })),
);

test.each(CELLS)('the table has $method in $place as: $leadsTo', ({ method, place, leadsTo }) => {
  expect(JOB_METHODS[method][place] ?? '-').toBe(leadsTo);
});

/** What a cell without a mark is refused with: duplicate, unknown id, or not legal in this state. */
function refusalOf(method: JobMethod, place: JobPlace): number {
  if (method === 'Store' || method === 'StoreAndStart') return 6003;
  return place === 'absent' ? 6004 : 6005;
}

test.each(CELLS)('[G4] $method of an order in $place leads to: $leadsTo', ({ method, place, leadsTo }) => {
  const before = place === 'absent' ? EMPTY_JOB_LIST : inPlace(place);
  const frozen = JSON.stringify(before);
  const change = RUN[method](before);
  expect(JSON.stringify(before)).toBe(frozen);
  if (leadsTo === '-') {
    expect(change).toMatchObject({ ok: false, error: { code: refusalOf(method, place), detail: { jobOrderId: 'A' } } });
    return;
  }
  const { state, record } = accepted(change);
  const [now] = state.records;
  if (leadsTo === 'absent') expect([now, record.state]).toEqual([undefined, place]);
  else expect(now).toMatchObject({ state: leadsTo, revision: place === 'absent' ? 1 : 2 });
});

test.each([
  [6003, RETURN_STATUS.unableToAccept],
  [6004, RETURN_STATUS.unknownJobOrder],
  [6005, RETURN_STATUS.invalidJobOrderStatus],
  [6006, RETURN_STATUS.unableToAccept],
] as const)('refusal %i has return status %i', (code, bits) => {
  expect(returnStatusOf(code)).toBe(bits);
});

test('every transition of the standard is caused by some method, and no method causes another', () => {
  const caused = new Set<string>();
  for (const [method, targets] of Object.entries(JOB_METHODS)) {
    if (method === 'report') continue;
    for (const [from, to] of Object.entries(targets)) {
      if (from !== 'absent' && to !== 'absent') caused.add(`${from} ${to}`);
    }
  }
  expect([...caused].sort()).toEqual(JOB_TRANSITIONS.map(({ from, to }) => `${from} ${to}`).sort());
  expect(JOB_TRANSITIONS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

test('every transition of the substate machines is caused by some method, and no method causes another', () => {
  const caused = new Set<string>();
  for (const targets of Object.values(JOB_SUBMETHODS)) {
    for (const [from, all] of Object.entries(targets))
      for (const to of all) if (to !== from) caused.add(`${from} ${to}`);
  }
  expect([...caused].sort()).toEqual(JOB_SUBTRANSITIONS.map(({ from, to }) => `${from} ${to}`).sort());
});

test('substates have the numbers of the standard', () => {
  const numbers = Object.entries(JOB_SUBSTATES).map(([name, { number }]) => [name, number]);
  expect(numbers).toEqual([
    ['Waiting', 1],
    ['Ready', 2],
    ['Loaded', 3],
    ['Held', 1],
    ['Suspended', 2],
    ['Completed', 1],
    ['Closed', 2],
  ]);
});

const SUBCELLS: readonly [string, JobState, JobSubstate, (list: JobListState) => JobChange, JobSubstate | number][] = [
  ['Pause', 'Interrupted', 'Held', RUN.Pause, 'Suspended'],
  ['Pause', 'Interrupted', 'Suspended', RUN.Pause, 6005],
  [
    'Resume with a constraint',
    'Interrupted',
    'Suspended',
    (l) => methods.resumeToHeld(l, callOf('A'), fault(4002)),
    'Held',
  ],
  ['Resume with a constraint', 'Interrupted', 'Held', (l) => methods.resumeToHeld(l, callOf('A'), fault(4002)), 6005],
  ['the acknowledgement', 'Ended', 'Completed', (l) => methods.close(l, callOf('A')), 'Closed'],
  ['the acknowledgement', 'Ended', 'Closed', (l) => methods.close(l, callOf('A')), 6005],
];

test.each(SUBCELLS)('%s in %s/%s leads to its substate or is refused', (_name, state, substate, run, outcome) => {
  const change = run(inPlace(state, substate));
  if (typeof outcome === 'number') expect(change).toMatchObject({ ok: false, error: { code: outcome } });
  else expect(accepted(change).record).toMatchObject({ state, substate: outcome, revision: 2 });
});
