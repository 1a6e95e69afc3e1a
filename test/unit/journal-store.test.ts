// Goal: what the journal was given comes back as it was, across runs of control and openings. Method: a journal on disk, reopened.
import { fchmodSync, fsyncSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CellEventBody } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { faultOf } from '../../src/journal/sqlite.ts';
import type { JournalStore, Retention } from '../../src/journal/store.ts';
import {
  auditDraft,
  EventSource,
  jobEvent,
  ledgerEntry,
  recordOf,
  submission,
  TIME,
} from '../support/journal-samples.ts';

/** No process has as many files open. */
const NO_DESCRIPTOR = 2 ** 30;

let folder: string;
let store: JournalStore;
const boot = () => ({ sinceBootMs: 1000, bootId: 'boot' });

function open(retention: Partial<Retention> = {}): JournalStore {
  const opened = openStore({ path: join(folder, 'cell.journal.db'), retention, boot });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

function reopen(retention: Partial<Retention> = {}): void {
  store.close();
  store = open(retention);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-journal-'));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const step = (path: string, phase: 'started' | 'ended'): CellEventBody => ({
  kind: 'step',
  jobOrderId: 'o-1',
  path,
  label: `do ${path}`,
  phase,
});

describe('events', () => {
  it('come back as they were told, in order, with numbers that only grow', () => {
    const source = new EventSource();
    const bodies: CellEventBody[] = [
      jobEvent(recordOf('o-1')),
      step('steps[0]', 'started'),
      step('steps[0]', 'ended'),
      { kind: 'alarm', fault: fault(3001, { gripper: 'gripper' }), active: true },
      jobEvent(recordOf('o-1', { state: 'Running', substate: undefined, startTime: TIME as EpochMs, revision: 2 })),
    ];
    const events = bodies.map((body) => source.event(body));
    store.commit([{ epoch: 'run-1', events: events.slice(0, 3) }]);
    store.commit([{ epoch: 'run-1', events: events.slice(3) }]);
    reopen();
    const page = store.since({ position: 0, limit: 100 });
    expect(page?.events.map(({ event }) => event)).toEqual(events);
    expect(page?.events.map(({ position, epoch }) => [position, epoch])).toEqual(
      [1, 2, 3, 4, 5].map((at) => [at, 'run-1']),
    );
    expect(page).toMatchObject({ position: 5, more: false });
  });

  it('carry the order as it was then, though it was changed and went on since', () => {
    const source = new EventSource();
    const measured = (n: number) =>
      Array.from({ length: n }, (_, at) => ({
        id: 'pressure',
        value: -60 - at / 7,
        unit: 'kPa',
        timeMs: (TIME + at) as EpochMs,
      }));
    const changed = { ...recordOf('o-1').order, priority: 5 };
    const records = [
      recordOf('o-1'),
      recordOf('o-1', { order: changed, revision: 2 }),
      recordOf('o-1', {
        order: changed,
        state: 'Running',
        substate: undefined,
        measurements: measured(1),
        revision: 3,
      }),
      recordOf('o-1', {
        order: changed,
        state: 'Running',
        substate: undefined,
        measurements: measured(3),
        revision: 4,
      }),
      recordOf('o-1', {
        order: changed,
        state: 'Ended',
        substate: 'Completed',
        measurements: measured(4),
        revision: 5,
      }),
    ];
    for (const record of records) store.commit([source.batch([jobEvent(record)])]);
    reopen();
    const told = store.since({ position: 0, limit: 100 })?.events.map(({ event }) => event.body);
    expect(told).toEqual(records.map(jobEvent));
  });

  it('that were stored already are not stored twice', () => {
    const source = new EventSource();
    const batch = submission(source, 'o-1');
    store.commit([batch]);
    reopen();
    store.commit([batch, { epoch: 'run-1', events: [...batch.events, source.event({ kind: 'reset' })] }]);
    expect(store.position).toBe(2);
    expect(store.storedThrough('run-1')).toBe(2);
  });

  it('of an earlier run of control that come late are told from those that were stored', () => {
    const [first, second] = [new EventSource('run-1'), new EventSource('run-2')];
    const late = [1, 2, 3].map(() => first.event({ kind: 'reset' }));
    store.commit([{ epoch: 'run-1', events: late.slice(0, 2) }]);
    store.commit([second.batch([{ kind: 'reset' }])]);
    store.commit([{ epoch: 'run-1', events: late }]);
    reopen();
    store.commit([{ epoch: 'run-1', events: late }]);
    expect(
      store.since({ position: 0, limit: 100 })?.events.map(({ epoch, event }) => `${epoch}:${event.sequence}`),
    ).toEqual(['run-1:1', 'run-1:2', 'run-2:1', 'run-1:3']);
    expect([store.storedThrough('run-1'), store.storedThrough('run-2'), store.storedThrough('run-3')]).toEqual([
      3, 1, 0,
    ]);
  });

  it('are read page by page from any position', () => {
    const source = new EventSource();
    for (let batch = 0; batch < 10; batch += 1) store.commit([source.batch(Array(7).fill({ kind: 'reset' }))]);
    const positions: number[] = [];
    for (let at = 3; ; ) {
      const page = store.since({ position: at, limit: 11 });
      positions.push(...(page?.events ?? []).map(({ position }) => position));
      if (page?.more !== true) break;
      at = page.position;
    }
    expect(positions).toEqual(Array.from({ length: 67 }, (_, index) => index + 4));
  });

  it('are read in pages of a bounded length, whatever is asked for, and none is left out', () => {
    const source = new EventSource();
    const long = jobEvent(recordOf('long', { comment: 'x'.repeat(100_000) }));
    for (let batch = 0; batch < 5; batch += 1) store.commit([source.batch([long, { kind: 'reset' }])]);
    const pages: (readonly number[])[] = [];
    for (let at = 0, more = true; more; ) {
      const page = store.since({ position: at, limit: 1_000 });
      pages.push(page?.events.map(({ position }) => position) ?? []);
      more = page?.more ?? false;
      at = page?.position ?? 0;
    }
    expect(pages.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(pages[0]?.length).toBeLessThan(10);
  });

  it('that are not kept any more are said to be gone, and so are those that never were', () => {
    store.close();
    store = open({ eventsMax: 100 });
    const source = new EventSource();
    for (let batch = 0; batch < 60; batch += 1) store.commit([source.batch(Array(100).fill({ kind: 'reset' }))]);
    expect([store.since({ position: 0, limit: 10 }), store.since({ position: 6_001, limit: 10 })]).toEqual([
      undefined,
      undefined,
    ]);
    expect(store.since({ position: 5_990, limit: 10 })?.events).toHaveLength(10);
    reopen({ eventsMax: 100 });
    expect(store.since({ position: 0, limit: 10 })).toBe(undefined);
    expect(store.position).toBe(6_000);
  });
});

describe('orders', () => {
  it('that are open are known after opening with the newest that was told of them', () => {
    const source = new EventSource();
    const [running, waiting] = [recordOf('o-1', { state: 'Running', substate: undefined }), recordOf('o-2')];
    store.commit([
      source.batch([jobEvent(running), jobEvent(waiting), jobEvent(recordOf('o-3', { state: 'Aborted' }))]),
    ]);
    const newest = { ...running, producedQuantity: 4, goodQuantity: 3, revision: 9 };
    const event = { ...jobEvent(newest), checkpoint: { holding: ['gripper'] } } as unknown as CellEventBody;
    store.commit([source.batch([event])]);
    reopen();
    expect(store.orders.open().map((order) => order.event)).toEqual([event, jobEvent(waiting)]);
    expect(store.get('o-1')).toMatchObject({ position: 4, place: 1 });
  });

  it('that were interrupted stand where they stood, whether or not the newest event says so', () => {
    const checkpoint = { jobOrderId: 'o-1', frames: [{ index: 3, rounds: 2 }], holding: [], homed: [], positions: {} };
    const begun = recordOf('o-1', { state: 'Running', substate: undefined, revision: 2 });
    const held = recordOf('o-1', { state: 'Interrupted', substate: 'Held', reason: fault(4001), revision: 3 });
    const source = new EventSource();
    store.commit([source.batch([jobEvent(recordOf('o-1')), { kind: 'job', record: begun, checkpoint }])]);
    store.commit([source.batch([jobEvent(held)])]);
    // A run of control that was started again, and knows of the interruption only.
    store.commit([new EventSource('run-2').batch([jobEvent({ ...held, revision: 4 })])]);
    const event = { record: { state: 'Interrupted', revision: 4 }, checkpoint };
    expect(store.orders.open()).toMatchObject([{ event }]);
    reopen();
    expect(store.orders.open()).toMatchObject([{ event }]);
    store.probe();
    reopen();
    expect(store.orders.open()).toMatchObject([{ event }]);
    store.commit([new EventSource('run-2', 1).batch([jobEvent({ ...held, state: 'Aborted', revision: 5 })])]);
    expect(store.get('o-1')?.event).not.toHaveProperty('checkpoint');
  });

  it('are listed in pages, from either end, by state', () => {
    const source = new EventSource();
    for (let at = 1; at <= 25; at += 1) {
      const state = at % 5 === 0 ? 'Running' : at % 2 === 0 ? 'Aborted' : 'Ended';
      store.commit([source.batch([jobEvent(recordOf(`o-${at}`, { state, substate: undefined }))])]);
    }
    const all: string[] = [];
    for (let after: number | undefined; ; ) {
      const page = store.list({ direction: 'newest-first', limit: 10, ...(after !== undefined && { after }) });
      expect(page.total).toBe(25);
      all.push(...page.orders.map(({ event }) => event.record.order.jobOrderId));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(all).toEqual(Array.from({ length: 25 }, (_, at) => `o-${25 - at}`));
    const ids = (states: readonly ('Running' | 'Aborted' | 'Ended')[]) =>
      store.list({ direction: 'oldest-first', states, limit: 100 }).orders.length;
    expect([ids(['Running']), ids(['Aborted']), ids(['Ended']), ids(['Ended', 'Running'])]).toEqual([5, 10, 10, 15]);
    expect(store.list({ direction: 'oldest-first', workMasterId: 'other', limit: 5 }).orders).toEqual([]);
  });

  it('that were removed are gone, and their id may be used again for another', () => {
    const source = new EventSource();
    const [first, second] = [recordOf('o-1', { state: 'Ended' }), recordOf('o-1', { revision: 1, comment: 'again' })];
    store.commit([source.batch([jobEvent(first), { kind: 'job-removed', record: first }])]);
    expect([store.get('o-1'), store.list({ direction: 'oldest-first', limit: 9 }).total]).toEqual([undefined, 0]);
    reopen();
    store.commit([source.batch([jobEvent(second)])]);
    reopen();
    expect(store.since({ position: 0, limit: 9 })?.events.map(({ event }) => event.body)).toEqual([
      { kind: 'job-removed', record: first },
      jobEvent(second),
    ]);
    expect(store.list({ direction: 'oldest-first', limit: 9 })).toMatchObject({ total: 1, orders: [{ place: 3 }] });
  });

  it('that ended go, the oldest first, when there are more than are kept; open ones never', () => {
    store.close();
    store = open({ endedOrdersMax: 10 });
    const source = new EventSource();
    store.commit([source.batch([jobEvent(recordOf('open'))])]);
    for (let at = 1; at <= 200; at += 1)
      store.commit([source.batch([jobEvent(recordOf(`o-${at}`, { state: 'Ended' }))])]);
    const left = store.list({ direction: 'oldest-first', limit: 200 });
    expect(left.orders[0]?.event.record.order.jobOrderId).toBe('open');
    expect(left.orders.at(-1)?.event.record.order.jobOrderId).toBe('o-200');
    expect(left.total).toBe(left.orders.length);
    expect(left.total).toBeLessThan(100);
    reopen({ endedOrdersMax: 10 });
    expect(store.list({ direction: 'oldest-first', limit: 200 })).toEqual(left);
  });

  it('that gave way are not left out of what is told: whoever has not heard of them yet is told so', () => {
    store.close();
    store = open({ endedOrdersMax: 10 });
    const source = new EventSource();
    for (let at = 1; at <= 100; at += 1)
      store.commit([source.batch([jobEvent(recordOf(`o-${at}`, { state: 'Ended' }))])]);
    const [oldest] = store.list({ direction: 'oldest-first', limit: 1 }).orders;
    const position = (oldest?.place ?? 0) - 1;
    for (let round = 0; round < 2; round += 1) {
      expect(store.since({ position: 0, limit: 500 })).toBe(undefined);
      expect(store.since({ position: position - 1, limit: 500 })).toBe(undefined);
      expect(store.since({ position, limit: 500 })?.events).toHaveLength(100 - position);
      reopen({ endedOrdersMax: 10 });
    }
    expect(position).toBeGreaterThan(1);
  });

  it('that have just ended stay for now, though they were stored before all others', () => {
    store.close();
    store = open({ endedOrdersMax: 10 });
    const source = new EventSource();
    store.commit([source.batch([jobEvent(recordOf('long'))])]);
    for (let at = 1; at <= 74; at += 1)
      store.commit([source.batch([jobEvent(recordOf(`o-${at}`, { state: 'Ended' }))])]);
    const { position } = store;
    store.commit([source.batch([jobEvent(recordOf('long', { state: 'Ended', revision: 2 }))])]);
    store.probe();
    expect(store.list({ direction: 'oldest-first', limit: 100 }).total).toBe(10);
    expect(store.get('long')?.event.record.state).toBe('Ended');
    expect(store.since({ position, limit: 9 })?.events).toHaveLength(1);
  });
});

describe('requests', () => {
  it('get the first answer again, by who asked what under which id', () => {
    const source = new EventSource();
    store.commit([source.batch([], { ledger: [ledgerEntry('r-1'), ledgerEntry('r-1', { answer: 'second' })] })]);
    reopen();
    const { identity, method, requestId } = ledgerEntry('r-1');
    expect(store.findAnswer({ identity, method, requestId })).toEqual(ledgerEntry('r-1'));
    expect(store.findAnswer({ identity: 'other', method, requestId })).toBe(undefined);
    expect(store.findAnswer({ identity, method, requestId: 'r-2' })).toBe(undefined);
  });

  const HOUR_MS = 3_600_000;
  /** Fifty requests of each hour. */
  function answer(source: EventSource, hours: readonly number[]): void {
    for (const hour of hours) {
      const time = (TIME + hour * HOUR_MS) as EpochMs;
      const ledger = Array.from({ length: 50 }, (_, at) => ledgerEntry(`r-${hour}-${at}`, { time }));
      store.commit([source.batch([], { ledger })]);
    }
  }
  const isKept = (hour: number): boolean => store.findAnswer(ledgerEntry(`r-${hour}-49`)) !== undefined;

  it('are kept for 24 h at least though there are more than are kept of older ones', () => {
    const bounds = { requestsMax: 100, youngRequestsMax: 10_000 };
    reopen(bounds);
    const source = new EventSource();
    const hours = Array.from({ length: 40 }, (_, hour) => hour);
    answer(source, hours);
    expect(hours.filter(isKept)).toEqual(hours.slice(-24));
    reopen(bounds);
    answer(source, [40]);
    expect(isKept(16)).toBe(false);
    expect(isKept(17)).toBe(true);
  });

  it('are kept however old they are while there are not too many', () => {
    reopen({ requestsMax: 400, youngRequestsMax: 10_000 });
    answer(new EventSource(), [0, 1_000, 2_000]);
    expect([0, 1_000, 2_000].map(isKept)).toEqual([true, true, true]);
  });

  it('go before 24 h, the oldest first, when there are more than there is room for', () => {
    reopen({ requestsMax: 100, youngRequestsMax: 500 });
    const hours = Array.from({ length: 20 }, (_, hour) => hour);
    answer(new EventSource(), hours);
    expect(hours.filter(isKept)).toEqual(hours.slice(-10));
  });

  it('are kept longer, and not shorter, when the clock is set back', () => {
    reopen({ requestsMax: 100, youngRequestsMax: 10_000 });
    const hours = [100, 101, 102, 103, 104, 105, 106, 107, 0, 1];
    answer(new EventSource(), hours);
    expect(hours.filter(isKept)).toEqual(hours);
  });
});

describe('results to push', () => {
  it('wait until they are acknowledged, and remember attempts', () => {
    const source = new EventSource();
    const draft = { receiver: 'mes', jobOrderId: 'o-1', time: TIME as EpochMs, endTime: TIME as EpochMs };
    store.commit([source.batch([], { responses: [draft, { ...draft, jobOrderId: 'o-2' }] })]);
    store.attempted(1, { notBefore: TIME + 5, error: 'refused' });
    store.acknowledge(2);
    reopen();
    expect(store.pendingResponses(0, 10)).toEqual([
      { ...draft, id: 1, attempts: 1, notBefore: TIME + 5, lastError: 'refused' },
    ]);
    store.commit([source.batch([], { responses: [draft] })]);
    expect(store.pendingResponses(0, 10).map(({ id }) => id)).toEqual([1, 3]);
    expect(store.pendingResponses(1, 10).map(({ id }) => id)).toEqual([3]);
  });
});

describe('what was committed lately', () => {
  it('is the same before it goes to the tables, after that, and when it is read anew at any point', () => {
    const source = new EventSource();
    const expected: CellEventBody[] = [];
    for (let at = 1; at <= 150; at += 1) {
      const ended = recordOf(`o-${at}`, { state: 'Ended', endTime: (TIME + at) as EpochMs, revision: 2 });
      const bodies = [jobEvent(recordOf(`o-${at}`)), step(`steps[${at % 7}]`, 'started'), jobEvent(ended)];
      expected.push(...bodies);
      store.commit([
        source.batch(bodies.slice(0, 1), { ledger: [ledgerEntry(`r-${at}`)], audit: [auditDraft(`o-${at}`)] }),
      ]);
      store.commit([source.batch(bodies.slice(1))]);
      if (at % 40 === 13) reopen();
    }
    const seen = () => ({
      events: store.since({ position: 0, limit: 1_000 }),
      orders: store.list({ direction: 'newest-first', limit: 200 }),
      answers: [1, 77, 150].map((at) => store.findAnswer(ledgerEntry(`r-${at}`))),
      audit: store.auditSince(0, 1_000),
    });
    const before = seen();
    expect(before.events?.events.map(({ event }) => event.body)).toEqual(expected);
    expect([before.orders.total, before.audit.length]).toEqual([150, 150]);
    expect(before.answers.map((answer) => answer?.requestId)).toEqual(['r-1', 'r-77', 'r-150']);
    reopen();
    expect(seen()).toEqual(before);
  });
});

describe('a result to push', () => {
  it('is kept with its event, and not again when the event comes again', () => {
    const source = new EventSource();
    const batch = source.batch([jobEvent(recordOf('o-1'))]);
    const responses = [{ receiver: 'mes', jobOrderId: 'o-1', time: TIME as EpochMs, endTime: null, sequence: 1 }];
    store.commit([{ ...batch, responses }]);
    reopen();
    store.commit([{ ...batch, responses }]);
    expect(store.pendingResponses(0, 10)).toMatchObject([{ id: 1, jobOrderId: 'o-1' }]);
  });
});

describe('the audit trail', () => {
  it('tells of an event once, however often control tells the event', () => {
    const source = new EventSource();
    const [first, second] = [source.event({ kind: 'reset' }), source.event({ kind: 'reset' })];
    const told = (event: typeof first) => ({ ...auditDraft('', { type: 'unit.reset' }), sequence: event.sequence });
    store.commit([{ epoch: 'run-1', events: [first], audit: [told(first)] }]);
    reopen();
    store.commit([{ epoch: 'run-1', events: [first, second], audit: [told(first), told(second)] }]);
    store.commit([{ epoch: 'run-2', events: [first], audit: [told(first)] }]);
    expect(store.auditSince(0, 10).map(({ seq, type }) => [seq, type])).toEqual(
      [1, 2, 3].map((seq) => [seq, 'unit.reset']),
    );
    expect(Object.keys(store.auditSince(0, 1)[0] ?? {})).not.toContain('sequence');
  });

  it('goes on from the record before after every opening', () => {
    const source = new EventSource();
    store.commit([source.batch([], { audit: [auditDraft('o-1'), auditDraft('o-2')] })]);
    reopen();
    store.commit([source.batch([], { audit: [auditDraft('o-3')] })]);
    const records = store.auditSince(0, 10);
    expect(records.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(records.map(({ prevHash }) => prevHash)).toEqual(['0'.repeat(64), records[0]?.hash, records[1]?.hash]);
    expect(store.auditHead).toEqual({ seq: 3, hash: records[2]?.hash });
  });
});

describe('the file', () => {
  it('[D9] grows no more once there is as much as is to be kept, however long the cell works on', () => {
    reopen({ endedOrdersMax: 50, eventsMax: 500, requestsMax: 50, youngRequestsMax: 50 });
    const source = new EventSource();
    const sizes = [0, 1, 2, 3, 4, 5].map((round) => {
      for (let group = 0; group < 10; group += 1) {
        const ids = Array.from({ length: 20 }, (_, at) => `${round}-${group}-${at}`);
        const ended = ids.slice(0, 8).map((id) => jobEvent(recordOf(id, { state: 'Ended' })));
        const others = Array<CellEventBody>(300).fill({ kind: 'reset' });
        store.commit([source.batch([...ended, ...others], { ledger: ids.map((id) => ledgerEntry(id)) })]);
      }
      return store.bytes;
    });
    expect(sizes.at(-1)).toBeLessThan((sizes[2] ?? 0) * 1.1);
  });

  it.each([
    ['a sync', fsyncSync, 6503],
    ['another call', fchmodSync, 6502],
  ] as const)('of which %s past SQLite fails has the fault of that', (_, call, code) => {
    let found = 0;
    try {
      call(NO_DESCRIPTOR, 0);
    } catch (error) {
      found = faultOf(error, 'cell.journal.db').code;
    }
    expect(found).toBe(code);
  });
});
