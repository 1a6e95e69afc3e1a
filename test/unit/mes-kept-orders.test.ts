import { describe, expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { err, ok } from '../../src/core/result.ts';
import { epochMs } from '../../src/core/units.ts';
import { JobMirror, MIRROR_ORDERS_MAX } from '../../src/mes/job-mirror.ts';
import { KeptOrders } from '../../src/mes/kept-orders.ts';
import type { JobOrderQuery } from '../../src/ports/job-order-source.ts';
import type { JournalPort, StoredOrder } from '../../src/ports/journal.ts';
import { jobEvent, jobRecord } from '../support/channel-samples.ts';

const ANY: JobOrderQuery = {
  states: undefined,
  workMasterIds: undefined,
  storedFrom: undefined,
  storedBefore: undefined,
  orderBy: { field: 'store_time', isDescending: true },
  after: undefined,
  limit: 50,
};

/** The orders of a journal, as far as they are read; the test changes them. */
class PlayedJournal {
  readonly records: Map<string, JobRecord>;
  isReadable = true;

  constructor(records: readonly JobRecord[]) {
    this.records = new Map(records.map((record) => [record.order.jobOrderId, record]));
  }

  get port(): JournalPort {
    const stored = (record: JobRecord, place: number): StoredOrder => ({
      ...{ event: { kind: 'job', record }, position: place, place },
    });
    const orders: JournalPort['orders'] = {
      open: () => Promise.resolve(ok([])),
      get: (id) => {
        const record = this.records.get(id);
        return Promise.resolve(ok(record && stored(record, 1)));
      },
      getAll: (ids) =>
        Promise.resolve(
          ok(
            ids.map((id) => {
              const record = this.records.get(id);
              return record && stored(record, 1);
            }),
          ),
        ),
      listed: ({ after, limit }) => {
        if (!this.isReadable) return Promise.resolve(err(fault(6502)));
        const page = [...this.records.values()].slice(after, after + limit);
        const next = page.length < limit ? undefined : after + limit;
        return Promise.resolve(ok({ orders: page.map((record) => ({ ...record, ...listedOf(record) })), next }));
      },
      list: ({ after = this.records.size, limit }) => {
        if (!this.isReadable) return Promise.resolve(err(fault(6502)));
        const first = Math.max(0, after - limit);
        const page = [...this.records.values()].slice(first, after).map(stored);
        return Promise.resolve(
          ok({ orders: page.toReversed(), next: first === 0 ? undefined : first, total: this.records.size }),
        );
      },
    };
    return { orders } as Partial<JournalPort> as JournalPort;
  }
}

function listedOf({ order }: JobRecord) {
  const { jobOrderId, workMasterId, priority } = order;
  return { jobOrderId, workMasterId, priority };
}

function ended(index: number): JobRecord {
  return jobRecord(`J-${String(index).padStart(5, '0')}`, {
    state: index % 3 === 0 ? 'Aborted' : 'Ended',
    storedAt: epochMs(1_000 + index),
    revision: 4,
  });
}

const all = Array.from({ length: 2 * MIRROR_ORDERS_MAX }, (_, index) => ended(index));

async function pageOf(kept: KeptOrders, query: Partial<JobOrderQuery> = {}) {
  const page = await kept.page({ ...ANY, ...query });
  if (!page.ok) throw new Error(`fault ${page.error.code}`);
  return page.value;
}

async function walk(kept: KeptOrders, query: Partial<JobOrderQuery>, betweenPages = (): void => undefined) {
  const ids: string[] = [];
  let after: JobOrderQuery['after'];
  for (;;) {
    const { records, hasMore } = await pageOf(kept, { ...query, limit: 200, after });
    ids.push(...records.map(({ order }) => order.jobOrderId));
    const last = records.at(-1);
    if (!hasMore || last === undefined) return ids;
    after = { value: last.storedAt, jobOrderId: last.order.jobOrderId };
    betweenPages();
  }
}

describe('lists of the orders that the journal keeps', () => {
  it('have all of them, by state and order, and how many there are', async () => {
    const kept = new KeptOrders(new JobMirror(), new PlayedJournal(all).port);
    const ids = all.map(({ order }) => order.jobOrderId);
    expect(await walk(kept, {})).toEqual(ids.toReversed());
    expect(await walk(kept, { orderBy: { field: 'store_time', isDescending: false } })).toEqual(ids);
    const aborted = await pageOf(kept, { states: [{ state: 'Aborted' }], limit: 1 });
    expect(aborted).toMatchObject({ hasMore: true, total: all.filter(({ state }) => state === 'Aborted').length });
    expect(await pageOf(kept, { storedFrom: 1_010, storedBefore: 1_015 })).toMatchObject({ total: 5, hasMore: false });
  });

  it('lose and repeat nothing between two pages while orders come and go', async () => {
    const mirror = new JobMirror();
    const kept = new KeptOrders(mirror, new PlayedJournal(all).port);
    mirror.apply({ kind: 'hello', epoch: 'e1', records: [] });
    let count = 0;
    const ids = await walk(kept, {}, () => {
      count += 1;
      mirror.apply({
        kind: 'event',
        event: jobEvent(count, jobRecord(`new-${count}`, { storedAt: epochMs(9_000_000 + count) })),
      });
    });
    expect(ids).toEqual(all.map(({ order }) => order.jobOrderId).toReversed());
    expect((await pageOf(kept, { limit: 1 })).records[0]?.order.jobOrderId).toBe(`new-${count}`);
  });

  it('[P7] remember no more orders than the journal and the mirror have, however many have ended, also those told of while they were read', async () => {
    const mirror = new JobMirror();
    mirror.apply({ kind: 'hello', epoch: 'e1', records: [] });
    const journal = new PlayedJournal(all.slice(0, 300));
    const kept = new KeptOrders(mirror, journal.port);
    const end = (count: number): void => {
      const record = ended(10_000 + count);
      journal.records.set(record.order.jobOrderId, record);
      const [oldest = ''] = journal.records.keys();
      journal.records.delete(oldest);
      mirror.apply({ kind: 'event', event: jobEvent(count, record) });
    };
    for (let count = 1; count <= 250; count += 1) end(count);
    await pageOf(kept);
    for (let count = 251; count <= 6_000; count += 1) {
      end(count);
      if (count % 100 !== 0) continue;
      await new Promise((resolve) => setImmediate(resolve));
      expect((await pageOf(kept, { limit: 1 })).total).toBeLessThanOrEqual(MIRROR_ORDERS_MAX + 300);
    }
    expect((await pageOf(kept, { limit: 1 })).records[0]?.order.jobOrderId).toBe(ended(16_000).order.jobOrderId);
  });

  it('show an order as it is now, and not one that was removed or is not kept any more', async () => {
    const mirror = new JobMirror();
    mirror.apply({ kind: 'hello', epoch: 'e1', records: [] });
    const journal = new PlayedJournal([ended(1), ended(2), ended(3)]);
    const kept = new KeptOrders(mirror, journal.port);
    await pageOf(kept);
    const closed: JobRecord = { ...ended(2), substate: 'Closed', revision: 5 };
    mirror.apply({ kind: 'event', event: jobEvent(1, closed) });
    mirror.apply({ kind: 'event', event: jobEvent(2, ended(1)) });
    mirror.apply({
      kind: 'event',
      event: { ...jobEvent(3, ended(1)), body: { kind: 'job-removed', record: ended(1) } },
    });
    journal.records.delete('J-00003');
    expect(await pageOf(kept)).toMatchObject({ records: [closed], total: 1, hasMore: false });
  });

  it('are refused while the journal cannot be read, and complete once it can', async () => {
    const journal = new PlayedJournal(all.slice(0, 120));
    journal.isReadable = false;
    const kept = new KeptOrders(new JobMirror(), journal.port);
    expect(await kept.page(ANY)).toMatchObject({ ok: false, error: { code: 6502 } });
    journal.isReadable = true;
    expect(await pageOf(kept)).toMatchObject({ total: 120 });
  });
});
