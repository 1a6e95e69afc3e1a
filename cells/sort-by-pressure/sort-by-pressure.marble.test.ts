// Goal: the program's decisions and their timing alone, without a cell: streams in, intents out, drawn as marbles.
import type { CellEvent, CellView, Intent } from 'celda/program';
import { NEVER } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { expect, test } from 'vitest';
import { program } from './sort-by-pressure.ts';

type Record = Extract<CellEvent['body'], { readonly kind: 'job' }>['record'];

const START = 0 as CellEvent['time'];

/** A job order as an event tells it. */
function job(
  workMasterId: string,
  state: Record['state'],
  changes: { parts?: number; kpa?: number; id?: string } = {},
) {
  const { parts = 3, kpa, id = workMasterId } = changes;
  const record: Record = {
    order: { jobOrderId: id, descriptions: [], workMasterId, priority: 0, parameters: { parts } },
    workMasterVersion: '1.0.0',
    state,
    substate: undefined,
    storedAt: START,
    startTime: START,
    endTime: undefined,
    producedQuantity: 0,
    goodQuantity: 0,
    measurements: kpa === undefined ? [] : [{ id: 'grip-pressure', value: kpa, unit: 'kPa', timeMs: START }],
    result: 'Unknown',
    reason: undefined,
    comment: '',
    runs: { started: 1, completed: 0 },
    times: { since: START, runningMs: 0, interruptedMs: 0 },
    revision: 1,
  };
  return eventOf({ kind: 'job', record });
}

function eventOf(body: CellEvent['body']): CellEvent {
  return { sequence: 1, at: 0 as CellEvent['at'], time: START, body };
}

function start(workMasterId: string, parts: number): Intent {
  return { kind: 'start-work-master', workMasterId, parameters: { parts } };
}

/** Plays events to the program and compares its intents. */
function play(events: string, intents: string, values: { [marble: string]: CellEvent | Intent }): void {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  scheduler.run(({ hot, expectObservable }) => {
    const view: CellView = {
      snapshot$: NEVER,
      event$: hot<CellEvent>(events, values as { [marble: string]: CellEvent }),
      device$: () => NEVER,
      scheduler,
    };
    expectObservable(program(view)).toBe(intents, values);
  });
}

test('a part with a good vacuum goes to the good ones, in the same turn', () => {
  play('r-e', '--g', {
    r: job('pick-and-measure', 'Running'),
    e: job('pick-and-measure', 'Ended', { kpa: -70 }),
    g: start('place-good', 2),
  });
});

test('a part with a weak vacuum goes to the rejects; the limit itself is good', () => {
  play('r-e-s-f', '--x---g', {
    r: job('pick-and-measure', 'Running', { id: 'a' }),
    e: job('pick-and-measure', 'Ended', { id: 'a', kpa: -61.9 }),
    x: start('place-reject', 2),
    s: job('pick-and-measure', 'Running', { id: 'b' }),
    f: job('pick-and-measure', 'Ended', { id: 'b', kpa: -62 }),
    g: start('place-good', 2),
  });
});

test('after a part was placed the next one is picked, until none is left', () => {
  play('r-e-s-f', '--p----', {
    r: job('place-good', 'Running', { id: 'a', parts: 2 }),
    e: job('place-good', 'Ended', { id: 'a', parts: 2 }),
    p: start('pick-and-measure', 2),
    s: job('place-reject', 'Running', { id: 'b', parts: 0 }),
    f: job('place-reject', 'Ended', { id: 'b', parts: 0 }),
  });
});

test('an order that was interrupted brings nothing, until it was resumed and has ended', () => {
  play('r-i---r--e', '---------g', {
    r: job('pick-and-measure', 'Running'),
    i: job('pick-and-measure', 'Interrupted'),
    e: job('pick-and-measure', 'Ended', { kpa: -70 }),
    g: start('place-good', 2),
  });
});

test('an order that ended before this run brings nothing', () => {
  play('e-e', '---', { e: job('pick-and-measure', 'Ended', { kpa: -70 }) });
});

test('other orders and other events bring nothing', () => {
  play('r-e-u', '-----', {
    r: job('park', 'Running'),
    e: job('park', 'Ended'),
    u: eventOf({ kind: 'unit', from: 'Idle', to: 'Starting' }),
  });
});

test('a part without a measurement is an alarm, and stays in the cup', () => {
  play('r-e', '--a', {
    r: job('pick-and-measure', 'Running'),
    e: job('pick-and-measure', 'Ended'),
    a: { kind: 'raise-alarm', text: 'pick-and-measure measured no pressure' },
  });
});

test('the program is over when the cell ends its events', () => {
  play('r-|', '--|', { r: job('pick-and-measure', 'Running') });
});
