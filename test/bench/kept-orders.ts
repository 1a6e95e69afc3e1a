// A hundred thousand ended orders: how long the gateway needs to open their journal, and to answer a first page of any list of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobState } from '../../src/core/job-order.ts';
import { type EpochMs, epochMs } from '../../src/core/units.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { JobMirror } from '../../src/mes/job-mirror.ts';
import { loadMirror } from '../../src/mes/journal-memory.ts';
import { KeptOrders } from '../../src/mes/kept-orders.ts';
import { type JobOrderQuery, ORDER_FIELDS } from '../../src/ports/job-order-source.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { EventSource, jobEvent, recordOf, TIME } from '../support/journal-samples.ts';
import { type BenchOptions, boundedFigure, type Figure } from './figure.ts';
import { median } from './statistics.ts';

const ORDERS = 100_000;
const BATCH = 200;
const RUNS = 5;

export async function measureKeptOrders({ quick, progress }: BenchOptions): Promise<readonly Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'celda-bench-'));
  const path = join(directory, 'j.db');
  const orders = quick ? ORDERS / 50 : ORDERS;
  try {
    progress(`${orders} ended orders are put into a journal`);
    await fill(path, orders);
    const startMs: number[] = [];
    const knownMs: number[] = [];
    const listMs: number[] = [];
    for (let run = 0; run < (quick ? 1 : RUNS); run += 1) {
      const begun = performance.now();
      const journal = await opened(path);
      const mirror = new JobMirror();
      await loadMirror(mirror, journal, () => undefined);
      startMs.push(performance.now() - begun);
      const kept = new KeptOrders(mirror, journal);
      await firstPageMs(kept, ANY);
      knownMs.push(performance.now() - begun);
      for (const query of QUERIES) listMs.push(await firstPageMs(kept, query));
      progress(`start ${startMs.at(-1)?.toFixed(0)} ms, all orders known after ${knownMs.at(-1)?.toFixed(0)} ms`);
      await journal.close();
    }
    return [
      boundedFigure({
        name: `start-up with ${orders} ended orders`,
        requirement: 'at most 3 s',
        unit: 'ms',
        values: startMs,
        judged: 'max',
        limit: { what: 'the budget', value: 3_000, kind: 'at most' },
        note: `the journal is opened and every row of it checked, and the orders that are shown first are read; ${median(knownMs).toFixed(0)} ms until all are known, and the first list is answered`,
      }),
      boundedFigure({
        name: `first page of ${orders} ended orders`,
        requirement: 'at most 20 ms',
        unit: 'ms',
        values: listMs,
        judged: 'median',
        limit: { what: 'the budget', value: 20, kind: 'at most' },
        note: `50 orders, by each of ${QUERIES.length} filters and orders, once all orders are known`,
      }),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const ANY: JobOrderQuery = {
  states: undefined,
  workMasterIds: undefined,
  storedFrom: undefined,
  storedBefore: undefined,
  orderBy: { field: 'store_time', isDescending: false },
  after: undefined,
  limit: 50,
};

const QUERIES: readonly JobOrderQuery[] = [
  ...ORDER_FIELDS.flatMap((field) =>
    [true, false].map((isDescending) => ({ ...ANY, orderBy: { field, isDescending } })),
  ),
  { ...ANY, states: [{ state: 'Aborted' }] },
  { ...ANY, workMasterIds: ['pick-3'], storedFrom: TIME + 1_000_000 },
];

async function opened(path: string): Promise<JournalPort> {
  const journal = await openJournal({ path });
  if (!journal.ok) throw new Error(`fault ${journal.error.code}`);
  return journal.value;
}

async function firstPageMs(kept: KeptOrders, query: JobOrderQuery): Promise<number> {
  const begun = performance.now();
  const page = await kept.page(query);
  if (!page.ok || page.value.records.length === 0) throw new Error('no page');
  return performance.now() - begun;
}

async function fill(path: string, orders: number): Promise<void> {
  const journal = await opened(path);
  const source = new EventSource();
  for (let first = 0; first < orders; first += BATCH) {
    const events = Array.from({ length: BATCH }, (_, index) => jobEvent(ended(first + index)));
    const stored = await journal.append(source.batch(events), 'now');
    if (!stored.ok) throw new Error(`fault ${stored.error.code}`);
  }
  await journal.close();
}

function ended(index: number) {
  const id = `order-${String(index).padStart(6, '0')}`;
  const state: JobState = index % 10 === 0 ? 'Aborted' : 'Ended';
  const storedAt: EpochMs = epochMs(TIME + index * 1_000);
  const measurements = Array.from({ length: 10 }, (_, part) => ({
    id: 'vacuum',
    value: 55 + ((index * 7 + part * 13) % 100) / 10,
    unit: 'kPa',
    timeMs: epochMs(storedAt + part * 5_000),
  }));
  const record = recordOf(id, {
    state,
    substate: state === 'Ended' ? 'Completed' : undefined,
    storedAt,
    startTime: epochMs(storedAt + 500),
    endTime: epochMs(storedAt + 50_000),
    producedQuantity: 10,
    goodQuantity: 10,
    measurements,
    result: 'Successful',
    runs: { started: 10, completed: 10 },
    revision: 14,
  });
  return { ...record, order: { ...record.order, workMasterId: `pick-${index % 7}`, priority: index % 5 } };
}
