// Goal: durable orders cost little more than the disk's own group commit, and few bytes. Method: the journal with 64 clients beside SQLite
// alone with 64 orders a transaction, in turns, on the same disk; and the bytes that the process hands to the kernel for whole jobs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../../src/journal/journal.ts';
import { openStore } from '../../src/journal/open-store.ts';
import type { JournalStore } from '../../src/journal/store.ts';
import type { JournalBatch, JournalPort } from '../../src/ports/journal.ts';
import { EventSource, jobEvent, recordOf, submission } from '../support/journal-samples.ts';
import { boundedFigure, comparedFigure, type Figure, type Measurement } from './figure.ts';
import { tenParts } from './journal-job.ts';
import { ITS_ROWS, ONE_ROW, type ReferenceRun, runReference } from './journal-reference.ts';
import { median, percentile } from './statistics.ts';

const CLIENTS = 64;
/** Orders of a client in one turn. */
const TURN_ORDERS = 64;
const ENDED_AT_ONCE = 500;
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
  const [ours, rows, row]: [Run[], ReferenceRun[], ReferenceRun[]] = [[], [], []];
  for (let run = 0; run <= RUNS; run += 1) {
    const reference = runReference(ITS_ROWS, join(folder, `rows-${run}.db`), CLIENTS, runMs);
    const measured = await clients(join(folder, `ours-${run}.db`), runMs);
    const least = runReference(ONE_ROW, join(folder, `row-${run}.db`), CLIENTS, runMs);
    // The first turn is for the compilers.
    if (run === 0) continue;
    ours.push(measured);
    rows.push(reference);
    row.push(least);
  }
  const commits = rows.map((run) => percentile(run.commits, 50));
  const p99 = median(rows.map((run) => percentile(run.commits, 99)));
  const eachMs = ours.map((run) => run.eachMs);
  return [
    comparedFigure({
      name: `durable order, ${CLIENTS} clients: time for each`,
      requirement: `>= ${THROUGHPUT_SHARE * 100} % of the rate of SQLite's group commit alone`,
      unit: 'ms',
      measured: eachMs,
      reference: {
        what: `SQLite alone, the rows of ${CLIENTS} orders a transaction`,
        runs: rows.map((run) => run.eachMs),
      },
      ratioMax: 1 / THROUGHPUT_SHARE,
      note: `${ours.reduce((sum, { times }) => sum + times.length, 0)} orders`,
    }),
    comparedFigure({
      name: `durable order, ${CLIENTS} clients: beside one row`,
      requirement: 'none: such a row is not an order that can be found',
      unit: 'ms',
      measured: eachMs,
      reference: { what: `SQLite alone, ${CLIENTS} rows of JSON a transaction`, runs: row.map((run) => run.eachMs) },
      ratioMax: undefined,
      note: '',
    }),
    comparedFigure({
      name: `durable order, ${CLIENTS} clients: 99th percentile`,
      requirement: `<= ${LATENCY_FACTOR} x one commit`,
      unit: 'ms',
      measured: ours.map(({ times }) => percentile(times, 99)),
      reference: { what: `one commit of the rows of ${CLIENTS} orders, median`, runs: commits },
      ratioMax: LATENCY_FACTOR,
      note: `99th percentile of the commits of SQLite alone: ${p99.toFixed(1)} ms`,
    }),
  ];
}

async function clients(path: string, runMs: number): Promise<Run> {
  const journal = await openJournal({ path });
  if (!journal.ok) throw new Error(JSON.stringify(journal.error));
  const store = new Clients(journal.value);
  // Every journal has a thread of its own, whose program has to be compiled too.
  await store.run(runMs);
  const measured = await store.run(runMs);
  await journal.value.close();
  return measured;
}

/** Each stores one order after the other. A cell has few that are open: they end between the turns, and nobody is timed meanwhile. */
class Clients {
  readonly #journal: JournalPort;
  readonly #source = new EventSource();
  #count = 0;

  constructor(journal: JournalPort) {
    this.#journal = journal;
  }

  async run(runMs: number): Promise<Run> {
    const times: number[] = [];
    let tookMs = 0;
    while (tookMs < runMs) {
      const first = this.#count + 1;
      const begun = performance.now();
      await Promise.all(Array.from({ length: CLIENTS }, () => this.#client(times)));
      tookMs += performance.now() - begun;
      await this.#end(first);
    }
    return { eachMs: tookMs / times.length, times };
  }

  async #client(times: number[]): Promise<void> {
    for (let order = 0; order < TURN_ORDERS; order += 1) {
      this.#count += 1;
      const begun = performance.now();
      await this.#append(submission(this.#source, `order-${this.#count}`));
      times.push(performance.now() - begun);
    }
  }

  async #end(first: number): Promise<void> {
    const ids = Array.from({ length: this.#count - first + 1 }, (_, index) => `order-${first + index}`);
    for (let from = 0; from < ids.length; from += ENDED_AT_ONCE) {
      const records = ids
        .slice(from, from + ENDED_AT_ONCE)
        .map((id) => recordOf(id, { state: 'Aborted', substate: undefined, revision: 2 }));
      await this.#append(this.#source.batch(records.map(jobEvent)));
    }
  }

  async #append(batch: JournalBatch): Promise<void> {
    const answer = await this.#journal.append(batch, 'now');
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }
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
