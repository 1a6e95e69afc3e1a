// Goal: what many wait for goes a shorter way to the disk, as text, and is the same there. Method: the same batches to two journals, to
// one of them one by one and to the other all at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHAIN_START, ChainCheck } from '../../src/journal/audit-chain.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JournalStore } from '../../src/journal/store.ts';
import type { JournalBatch } from '../../src/ports/journal.ts';
import { auditDraft, EventSource, jobEvent, ledgerEntry, recordOf, submission } from '../support/journal-samples.ts';

/** So many that they go to the tables at once. */
const MANY = 20;
/** First byte of a row whose bodies are apart. */
const PACKED = 3;
/** What text may have in it that cuts text. */
const ODD = 'a\tb\nc\r"\\ \u2028 ä 部品 \ud800';

let folder: string;
let stores: readonly [oneByOne: JournalStore, atOnce: JournalStore];

function open(name: string): JournalStore {
  const boot = () => ({ sinceBootMs: 1_000, bootId: 'boot "1"' });
  const opened = openStore({ path: join(folder, `${name}.db`), boot });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

/** How the rows of the log are coded, of those that came at once. */
function codings(): readonly (number | undefined)[] {
  const db = openDatabase(join(folder, 'at-once.db'), { readOnly: true });
  const rows = db.prepare('SELECT body FROM log ORDER BY position').all();
  db.close();
  return rows.map((row) => (row['body'] as Uint8Array)[0]);
}

function commit(batches: readonly JournalBatch[]): void {
  const [oneByOne, atOnce] = stores;
  const stored = batches.flatMap((batch) => oneByOne.commit([batch]));
  expect(atOnce.commit(batches)).toEqual(stored);
}

function seen(store: JournalStore, ids: readonly string[]) {
  return {
    events: store.since({ position: 0, limit: 1_000 }),
    open: store.orders.open(),
    orders: store.list({ direction: 'oldest-first', limit: 200 }),
    answers: ids.map((id) => store.findAnswer(ledgerEntry(id))),
    audit: store.auditSince(0, 1_000),
    through: ['run-1', 'run-2'].map((epoch) => store.storedThrough(epoch)),
  };
}

/** @returns what both have, before and after they were opened anew */
function expectSame(ids: readonly string[]): ReturnType<typeof seen> {
  const before = seen(stores[1], ids);
  expect(before).toEqual(seen(stores[0], ids));
  for (const store of stores) store.close();
  stores = [open('one-by-one'), open('at-once')];
  for (const store of stores) expect(seen(store, ids)).toEqual(before);
  return before;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-journal-'));
  stores = [open('one-by-one'), open('at-once')];
});
afterEach(() => {
  for (const store of stores) store.close();
  rmSync(folder, { recursive: true });
});

describe('orders of many who wait', () => {
  it('are the same as if each had come alone, and so is what became of them', () => {
    const source = new EventSource();
    const ids = Array.from({ length: MANY }, (_, index) => `order-${index}`);
    const reset = source.batch([{ kind: 'reset' }]);
    const accepted = ids.map((id) => submission(source, id));
    const known = accepted[3] ?? source.batch([]);
    commit([reset, ...accepted, known]);
    const ended = ids.map((id) =>
      source.batch([jobEvent(recordOf(id, { state: 'Ended', revision: 2 }))], { ledger: [ledgerEntry(`end-${id}`)] }),
    );
    commit(ended.slice(0, MANY / 2));
    const { events, open: stillOpen, orders, answers, audit } = expectSame(ids);
    expect(events?.events).toHaveLength(1 + MANY + MANY / 2);
    expect([stillOpen.length, orders.total, audit.length]).toEqual([MANY / 2, MANY, MANY + 1]);
    expect(answers.map((answer) => answer?.requestId)).toEqual(ids);
  });

  it('keep whatever text is in them, in the audit trail too', () => {
    const source = new EventSource('run-2');
    const batches = Array.from({ length: MANY }, (_, index) => {
      const id = `${ODD}-${index}`;
      const record = recordOf(id, { comment: ODD, reason: undefined });
      const texts = {
        before: ODD,
        reason: 'x'.repeat(5_000),
        correlation: { requestId: ODD, jobOrderId: id, traceId: '' },
      };
      const audit = [auditDraft(id, texts)];
      return source.batch([jobEvent(record)], { ledger: [ledgerEntry(ODD.concat(String(index)))], audit });
    });
    commit(batches);
    const { audit, orders } = expectSame([ODD.concat('7')]);
    expect(orders.orders.map(({ event }) => event.record.comment)).toEqual(Array(MANY).fill(ODD));
    expect(audit[0]).toMatchObject({ before: ODD, reason: `${'x'.repeat(4_093)}...`, bootId: 'boot "1"' });
    const check = new ChainCheck(CHAIN_START);
    for (const record of audit) check.add(record);
    expect([check.breaks, check.head.seq]).toEqual([[], MANY]);
  });

  it('go on from what is known of them: an order that was there before, one that changes at once, another run of control', () => {
    const [first, second] = [new EventSource('run-1'), new EventSource('run-2')];
    commit([first.batch([jobEvent(recordOf('known'))])]);
    commit([
      second.batch([jobEvent(recordOf('known', { comment: 'again', revision: 5 }))]),
      second.batch([jobEvent(recordOf('twice')), jobEvent(recordOf('twice', { comment: 'changed', revision: 2 }))]),
      ...Array.from({ length: MANY }, (_, index) => submission(second, `other-${index}`)),
      second.batch([{ kind: 'job-removed', record: recordOf('other-3') }]),
    ]);
    const { events, orders, through } = expectSame(['other-1']);
    expect(orders.orders.map(({ place, event }) => [place, event.record.order.jobOrderId]).slice(0, 3)).toEqual([
      [1, 'known'],
      [3, 'twice'],
      [5, 'other-0'],
    ]);
    expect([orders.total, through]).toEqual([MANY + 1, [1, MANY + 4]]);
    expect(
      events?.events.some(({ event }) => JSON.stringify(event).includes('other-3') && event.body.kind === 'job'),
    ).toBe(false);
  });

  it('have one row, though one of them has ended and is told of as if it were new', () => {
    const source = new EventSource();
    const many = (name: string) => Array.from({ length: MANY }, (_, index) => submission(source, `${name}-${index}`));
    commit([...many('a'), source.batch([jobEvent(recordOf('a-1', { state: 'Aborted', revision: 2 }))])]);
    commit([...many('b'), source.batch([jobEvent(recordOf('a-1', { revision: 3 }))])]);
    commit([...many('c'), source.batch([jobEvent(recordOf('a-1', { state: 'Aborted', revision: 4 }))])]);
    expect(stores.map((store) => store.get('a-1')?.event.record.revision)).toEqual([4, 4]);
  });

  it('go to the disk as they were packed, and are the same when they go on and end', () => {
    const source = new EventSource();
    const ids = Array.from({ length: MANY }, (_, index) => `${ODD}-${index}`);
    commit(ids.map((id) => submission(source, id)));
    expect(codings()).toEqual([PACKED]);
    const { events } = expectSame(ids);
    expect(events?.events.map(({ event }) => event.body)).toEqual(ids.map((id) => jobEvent(recordOf(id))));
    const changes = ids.flatMap((id, index) => [
      jobEvent(recordOf(id, { state: 'Running', substate: undefined, revision: 2 })),
      ...(index % 2 === 0 ? [jobEvent(recordOf(id, { state: 'Ended', substate: 'Completed', revision: 3 }))] : []),
    ]);
    commit([source.batch(changes)]);
    const { open: stillOpen, orders } = expectSame(ids);
    expect([stillOpen.length, orders.total]).toEqual([MANY / 2, MANY]);
  });

  const again = (source: EventSource, id: string) =>
    source.batch([jobEvent(recordOf(id, { revision: 2 }))], { ledger: [ledgerEntry('again')] });
  /** What is on disk before, and a batch behind the others that is not new. */
  const known: Readonly<
    Record<string, readonly [(source: EventSource) => JournalBatch[], (source: EventSource) => JournalBatch]>
  > = {
    'a request that has its answer': [
      (source) => [source.batch([], { ledger: [ledgerEntry('known')] })],
      (source) => source.batch([jobEvent(recordOf('last'))], { ledger: [ledgerEntry('known', { answer: 'another' })] }),
    ],
    'a request id that is there twice': [
      () => [],
      (source) =>
        source.batch([jobEvent(recordOf('last'))], { ledger: [ledgerEntry('order-3', { answer: 'another' })] }),
    ],
    'an order that is there twice': [() => [], (source) => again(source, 'order-3')],
    'an order that is open': [
      (source) => [source.batch([jobEvent(recordOf('known'))])],
      (source) => again(source, 'known'),
    ],
    'an order that has ended': [
      (source) => [source.batch([jobEvent(recordOf('known', { state: 'Ended' }))])],
      (source) => again(source, 'known'),
    ],
    'an event that is on disk': [
      (source) => [
        source.batch([jobEvent(recordOf('known'))]),
        source.batch([{ kind: 'job-removed', record: recordOf('known') }]),
      ],
      () => again(new EventSource(), 'known'),
    ],
    'a record of an event that is on disk': [
      (source) => [source.batch([{ kind: 'reset' }])],
      (source) =>
        source.batch([jobEvent(recordOf('last'))], {
          ledger: [ledgerEntry('last')],
          audit: [{ ...auditDraft('last'), sequence: 1 }],
        }),
    ],
  };

  it.each(Object.keys(known))('are unpacked when one of them is not new: %s', (name) => {
    const source = new EventSource();
    const [before, last] = known[name] ?? [() => [], () => source.batch([])];
    for (const batch of before(source)) commit([batch]);
    for (const store of stores) store.probe();
    const settled = codings().length;
    commit([...Array.from({ length: MANY }, (_, index) => submission(source, `order-${index}`)), last(source)]);
    expect(codings().slice(settled)).toEqual([expect.not.toBeOneOf([PACKED])]);
    const ids = ['order-3', 'known', 'again', 'last'];
    const [one, many] = stores.map((store) => {
      const { events, answers, audit } = seen(store, ids);
      return { events, answers, audit, records: ids.map((id) => store.get(id)?.event.record) };
    });
    expect(many).toEqual(one);
  });

  it('leave nothing of their text in memory once their answers are in the table', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const source = new EventSource();
    const answered = (id: string) => source.batch([], { ledger: [ledgerEntry(id, { answer: 'x'.repeat(30_000) })] });
    const used = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = used();
    for (let group = 0; group < 50; group += 1)
      stores[1].commit(Array.from({ length: MANY }, (_, index) => answered(`${group}-${index}`)));
    expect(used() - before).toBeLessThan(5_000_000);
    expect(stores[1].findAnswer(ledgerEntry('49-19'))?.answer).toHaveLength(30_000);
  });
});
