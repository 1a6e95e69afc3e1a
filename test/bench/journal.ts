// Goal: durable orders cost little more than the disk's own group commit, and few bytes. Method: the journal with 64 clients beside SQLite
// alone with 64 rows a transaction, in turns, on the same disk; and the bytes that the process hands to the kernel for whole jobs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../src/journal/journal.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { CHECKPOINT_PAGES } from '../../src/journal/schema.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JournalStore } from '../../src/journal/store.ts';
import type { JournalBatch } from '../../src/ports/journal.ts';
import { EventSource, submission } from '../support/journal-samples.ts';
import { boundedFigure, comparedFigure, type Figure, type Measurement } from './figure.ts';
import { tenParts } from './journal-job.ts';
import { percentile } from './statistics.ts';

const CLIENTS = 64;
const RUNS = 5;
const RUN_MS = 2_000;
const QUICK_RUN_MS = 300;
const THROUGHPUT_SHARE = 0.8;
const LATENCY_FACTOR = 3;
/** An order and what is kept with it, on disk, bytes. */
const JOB_BYTES_MAX = 8_192;
/** The first of them fill slots that are not there yet: so many that this does not count. */
const JOBS = 400;
/** What is not urgent waits so long at most: the journal's default. */
const SOON_MS = 10_000;

/** Time for one submission (all clients together), and the times that each of them took, ms. */
interface Run {
  readonly eachMs: number;
  readonly times: readonly number[];
}

export const measureJournal: Measurement = async ({ quick, progress }) => {
  // Beside the sources: /tmp may be memory, which knows no sync.
  const folder = mkdtempSync(join(import.meta.dirname, '.journal-'));
  try {
    progress(`journal: ${CLIENTS} clients beside SQLite alone, ${RUNS} turns`);
    return [...(await throughput(folder, quick ? QUICK_RUN_MS : RUN_MS)), bytesPerJob(folder, JOBS)];
  } finally {
    rmSync(folder, { recursive: true });
  }
};

async function throughput(folder: string, runMs: number): Promise<readonly Figure[]> {
  const [ours, bare]: [Run[], Run[]] = [[], []];
  for (let run = 0; run <= RUNS; run += 1) {
    const reference = bareCommits(join(folder, `bare-${run}.db`), runMs);
    const measured = await clients(join(folder, `ours-${run}.db`), runMs);
    // The first turn is for the compilers.
    if (run === 0) continue;
    ours.push(measured);
    bare.push(reference);
  }
  const commits = bare.map(({ times }) => percentile(times, 50));
  const note = `${ours.reduce((sum, { times }) => sum + times.length, 0)} orders; one commit of ${CLIENTS} rows takes`;
  return [
    comparedFigure({
      name: `durable order, ${CLIENTS} clients: time for each`,
      requirement: `>= ${THROUGHPUT_SHARE * 100} % of the rate of SQLite's group commit alone`,
      unit: 'ms',
      measured: ours.map(({ eachMs }) => eachMs),
      reference: { what: `SQLite alone, ${CLIENTS} rows a transaction`, runs: bare.map(({ eachMs }) => eachMs) },
      ratioMax: 1 / THROUGHPUT_SHARE,
      note: `${note} ${percentile(commits, 50).toFixed(1)} ms`,
    }),
    comparedFigure({
      name: `durable order, ${CLIENTS} clients: 99th percentile`,
      requirement: `<= ${LATENCY_FACTOR} x one commit`,
      unit: 'ms',
      measured: ours.map(({ times }) => percentile(times, 99)),
      reference: { what: `one commit of ${CLIENTS} rows, median`, runs: commits },
      ratioMax: LATENCY_FACTOR,
      note: '',
    }),
  ];
}

async function clients(path: string, runMs: number): Promise<Run> {
  const journal = await openJournal({ path });
  if (!journal.ok) throw new Error(JSON.stringify(journal.error));
  const source = new EventSource();
  const times: number[] = [];
  const begun = performance.now();
  let count = 0;
  const client = async (): Promise<void> => {
    for (let now = performance.now(); now - begun < runMs; now = performance.now()) {
      count += 1;
      const answer = await journal.value.append(submission(source, `order-${count}`), 'now');
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      times.push(performance.now() - now);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const eachMs = (performance.now() - begun) / times.length;
  await journal.value.close();
  return { eachMs, times };
}

/** SQLite with nothing around it: the same content as one row of JSON each, in whole groups. */
function bareCommits(path: string, runMs: number): Run {
  const db = openDatabase(path);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
    CREATE TABLE orders (id INTEGER PRIMARY KEY, body TEXT)`);
  const insert = db.prepare('INSERT INTO orders (body) VALUES (?)');
  const source = new EventSource();
  const times: number[] = [];
  const begun = performance.now();
  let now = begun;
  while (now - begun < runMs) {
    const rows = Array.from({ length: CLIENTS }, (_, at) => JSON.stringify(submission(source, `order-${at}`)));
    db.exec('BEGIN IMMEDIATE');
    for (const row of rows) insert.run(row);
    db.exec('COMMIT');
    const after = performance.now();
    times.push(after - now);
    now = after;
  }
  db.close();
  return { eachMs: (now - begun) / (times.length * CLIENTS), times };
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
