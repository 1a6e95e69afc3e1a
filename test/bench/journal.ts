// Goal: durable orders cost little more than the disk's own group commit, and few bytes. Method: the journal with 64 clients beside SQLite
// alone with 64 orders a transaction, in turns, on the same disk; and the bytes that the process hands to the kernel for whole jobs.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXEC_ARGV } from '../../src/app/fork-child.ts';
import { openStore } from '../../src/journal/open-store.ts';
import type { JournalStore } from '../../src/journal/store.ts';
import type { JournalBatch } from '../../src/ports/journal.ts';
import { diskShim, setRule, shimEnvironment } from '../support/disk-shim.ts';
import { EventSource } from '../support/journal-samples.ts';
import { Helper } from './child.ts';
import { boundedFigure, comparedFigure, type Figure, type Measurement } from './figure.ts';
import type { JournalTurn } from './journal-host.ts';
import { tenParts } from './journal-job.ts';
import { median } from './statistics.ts';

const CLIENTS = 64;
const RUNS = 5;
/** What an SD card takes to bring a commit to its flash, about: it is added to the syncs of this disk, ms. */
const SLOW_SYNC_MS = 5;
const RUN_MS = 2_000;
const QUICK_RUN_MS = 300;
/** A turn is four runs and what is not timed between them. */
const LATE_MS = 120_000;
const THROUGHPUT_SHARE = 0.8;
const LATENCY_FACTOR = 3;
/** An order and what is kept with it, on disk, bytes. */
const JOB_BYTES_MAX = 8_192;
/** The first of them fill slots that are not there yet: so many that this does not count. */
const JOBS = 400;
/** What is not urgent waits so long at most: the journal's default. */
const SOON_MS = 10_000;

export const measureJournal: Measurement = async ({ quick, progress }) => {
  // Beside the sources: /tmp may be memory, which knows no sync.
  const folder = mkdtempSync(join(import.meta.dirname, '.journal-'));
  try {
    progress(`journal: ${CLIENTS} clients beside SQLite alone, ${RUNS} turns`);
    const runMs = quick ? QUICK_RUN_MS : RUN_MS;
    const here = await throughput(folder, runMs, { name: `${CLIENTS} clients`, env: process.env });
    progress(`journal: the same, each sync ${SLOW_SYNC_MS} ms longer`);
    return [...here, ...(await slowThroughput(folder, runMs)), bytesPerJob(folder, JOBS)];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

interface Disk {
  /** Begins the names of its figures. */
  readonly name: string;
  /** Of the process that writes. */
  readonly env: NodeJS.ProcessEnv;
}

/** As on an SD card. Nothing where the shim cannot be built, which says so. */
async function slowThroughput(folder: string, runMs: number): Promise<readonly Figure[]> {
  const shim = diskShim();
  if (shim === undefined) return [];
  const slow = join(folder, 'slow');
  mkdirSync(slow);
  const rule = join(folder, 'rule');
  setRule(rule, { operation: 'sync', errno: 0, delayMs: SLOW_SYNC_MS });
  const env = shimEnvironment(shim, { folder: slow, rule });
  return throughput(slow, runMs, { name: `${CLIENTS} clients, a sync ${SLOW_SYNC_MS} ms longer`, env });
}

/** In a process with the memory of a gateway. */
async function throughput(folder: string, runMs: number, { name, env }: Disk): Promise<readonly Figure[]> {
  const host = await Helper.start(
    './journal-host.ts',
    { folder, clients: CLIENTS, runMs },
    EXEC_ARGV['gateway-process'],
    env,
  );
  const turns: JournalTurn[] = [];
  try {
    for (let turn = 0; turn <= RUNS; turn += 1) {
      const measured = host.next('turn', LATE_MS);
      host.send({ kind: 'turn' });
      turns.push((await measured) as unknown as JournalTurn);
    }
  } finally {
    await host.stop();
  }
  // The first turn is for the compilers.
  const kept = turns.slice(1);
  const p99 = median(kept.map(({ rows }) => rows.commitP99Ms));
  const eachMs = kept.map(({ ours }) => ours.eachMs);
  return [
    comparedFigure({
      name: `durable order, ${name}: time for each`,
      requirement: `>= ${THROUGHPUT_SHARE * 100} % of the rate of SQLite's group commit alone`,
      unit: 'ms',
      measured: eachMs,
      reference: {
        what: `SQLite alone, the rows of ${CLIENTS} orders a transaction`,
        runs: kept.map(({ rows }) => rows.eachMs),
      },
      ratioMax: 1 / THROUGHPUT_SHARE,
      note: `${kept.reduce((sum, { ours }) => sum + ours.orders, 0)} orders`,
    }),
    comparedFigure({
      name: `durable order, ${name}: beside one row`,
      requirement: 'none: such a row is not an order that can be found',
      unit: 'ms',
      measured: eachMs,
      reference: {
        what: `SQLite alone, ${CLIENTS} rows of JSON a transaction`,
        runs: kept.map(({ row }) => row.eachMs),
      },
      ratioMax: undefined,
      note: '',
    }),
    comparedFigure({
      name: `durable order, ${name}: 99th percentile`,
      requirement: `<= ${LATENCY_FACTOR} x one commit`,
      unit: 'ms',
      measured: kept.map(({ ours }) => ours.p99Ms),
      reference: {
        what: `one commit of the rows of ${CLIENTS} orders, median`,
        runs: kept.map(({ rows }) => rows.commitP50Ms),
      },
      ratioMax: LATENCY_FACTOR,
      note: `99th percentile of the commits of SQLite alone: ${p99.toFixed(1)} ms`,
    }),
  ];
}

function bytesPerJob(folder: string, jobs: number): Figure {
  const store = openStore({
    path: join(folder, 'bytes.db'),
    boot: () => ({ sinceBootMs: 123_456, bootId: 'a'.repeat(36) }),
  });
  if (!store.ok) throw new Error(JSON.stringify(store.error));
  const source = new EventSource('0123456789abcdef');
  const before = writtenBytes();
  let commits = 0;
  for (let job = 0; job < jobs; job += 1) commits += runJob(store.value, source, `order-2026-${10_000 + job}`);
  store.value.close();
  const each = (writtenBytes() - before) / jobs;
  return boundedFigure({
    name: 'written for a job of 10 parts',
    requirement: `<= ${JOB_BYTES_MAX / 1024} KiB with write-ahead log and checkpoints`,
    unit: 'B',
    values: [each],
    judged: 'max',
    limit: { what: 'bytes', value: JOB_BYTES_MAX, kind: 'at most' },
    note: `${jobs} jobs of 50 s, ${(commits / jobs).toFixed(1)} syncs each; what is not urgent waits ${SOON_MS / 1000} s`,
  });
}

/** Commits as the journal groups them: what is urgent at once, the rest with it or after a while. @returns commits */
function runJob(store: JournalStore, source: EventSource, id: string): number {
  let waiting: JournalBatch[] = [];
  let [commits, since] = [0, Number.NaN];
  const commit = (): void => {
    store.commit(waiting);
    commits += 1;
    [waiting, since] = [[], Number.NaN];
  };
  for (const { batch, isUrgent } of tenParts(source, id)) {
    const at = batch.events.at(-1)?.at ?? 0;
    if (at - since >= SOON_MS) commit();
    waiting.push(batch);
    if (isUrgent) commit();
    else if (Number.isNaN(since)) since = at;
  }
  return commits;
}

/** Bytes that this process has handed to the kernel by writing (proc(5), `wchar`). */
function writtenBytes(): number {
  return Number(/wchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? Number.NaN);
}
