// A journal on a real disk whose process can be killed at any instant, also in the middle of a commit: the next one finds the files as
// the killed one has left them. Its thread runs in this one, by the clock of the simulation.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomStream } from '../../sim/kernel/random.ts';
import type { Fault } from '../../src/core/faults.ts';
import { err, ok, type Result } from '../../src/core/result.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { openOver } from '../../src/journal/journal.ts';
import { JournalThread } from '../../src/journal/journal-thread.ts';
import type { FromWorker } from '../../src/journal/messages.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import type { Life } from './mortal.ts';

/** From one thread to the other, ms: the time of a commit is in it. */
const CROSSING_MS = { min: 0.05, max: 8 } as const;
/** Small, so that what is written back and what is thrown away happens often. */
const CHECKPOINT_PAGES = 400;
const SOON_MS = 10_000;
const RETENTION = { endedOrdersMax: 300, eventsMax: 2_000, requestsMax: 20_000 } as const;

export interface MortalDiskOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: RandomStream;
  /** Told when a process has died in the middle of a commit. */
  readonly onCut: () => void;
}

/** The disk under the journal: one folder for each life of the process that writes it. */
export class MortalDisk {
  readonly #options: MortalDiskOptions;
  #lives = 0;
  /** The process is to die in the middle of its next commit. */
  diesInCommit = false;
  cutCommits = 0;

  constructor(options: MortalDiskOptions) {
    this.#options = options;
    mkdirSync(this.#folder());
  }

  get path(): string {
    return join(this.#folder(), 'journal.db');
  }

  /** Opens the journal for a life. @returns as `openJournal` */
  open(life: Life): Promise<Result<JournalPort, Fault>> {
    const { clock, random } = this.#options;
    const { path } = this;
    const lane = (): ((task: () => void) => void) => {
      let last = 0;
      return (task) => {
        last = Math.max(last, clock.now() + random.between(CROSSING_MS.min, CROSSING_MS.max));
        clock.schedule(monotonicMs(last), () => life.run(task));
      };
    };
    const [toThread, toHolder] = [lane(), lane()];
    let hear: (message: FromWorker) => void = () => undefined;
    const thread = new JournalThread(
      { post: (message) => toHolder(() => hear(message)), close: () => undefined },
      { path, retention: RETENTION, soonMs: SOON_MS, checkpointPages: CHECKPOINT_PAGES, reopenMs: SOON_MS },
      {
        now: () => clock.now(),
        // Waits that follow from how long the disk has really taken would make each run another one.
        after: (ms, task) =>
          clock.schedule(monotonicMs(clock.now() + (ms < SOON_MS ? 0 : ms)), () =>
            life.run(() => this.#commit(life, task)),
          ),
      },
    );
    life.atEnd(() => {
      this.#survive(path);
      // Nothing of this reaches the files that are left: it gives back what the process had open.
      thread.hear({ kind: 'close' });
      rmSync(join(path, '..'), { recursive: true });
    });
    return openOver({
      isThere: true,
      start: () =>
        new Promise((resolve) => {
          hear = (message) => {
            if (message.kind === 'opened') resolve(ok(message.journalId));
            if (message.kind === 'not-opened') resolve(err(message.fault));
          };
          thread.start();
        }),
      tell: (listener) => {
        hear = (message) => listener.heard(message);
      },
      post: (message) => toThread(() => thread.hear(message)),
      close: () => Promise.resolve(),
    });
  }

  /** A commit appends to the write-ahead log and then may write it back; one that is cut off has come so far in that. */
  #commit(life: Life, task: () => void): void {
    if (!this.diesInCommit) {
      task();
      return;
    }
    const before = { db: read(this.path), log: read(`${this.path}-wal`) };
    task();
    const log = read(`${this.path}-wal`);
    const from = firstDifference(before.log, log);
    if (from === log.length && log.length === before.log.length) return;
    this.diesInCommit = false;
    this.cutCommits += 1;
    const to = from + this.#options.random.below(Math.max(1, log.length - from) + 1);
    this.#cut = { db: before.db, log: Buffer.concat([log.subarray(0, to), before.log.subarray(to)]) };
    life.kill();
    this.#options.onCut();
  }

  #cut: { readonly db: Buffer; readonly log: Buffer } | undefined;

  /** What the system has been given is there, whatever becomes of the process; what it kept in memory is not. */
  #survive(path: string): void {
    this.#lives += 1;
    mkdirSync(this.#folder());
    if (this.#cut !== undefined) {
      writeFileSync(this.path, this.#cut.db);
      writeFileSync(`${this.path}-wal`, this.#cut.log);
      this.#cut = undefined;
      return;
    }
    for (const name of ['', '-wal']) {
      if (existsSync(`${path}${name}`)) copyFileSync(`${path}${name}`, `${this.path}${name}`);
    }
  }

  #folder(): string {
    return join(this.#options.folder, `life-${this.#lives}`);
  }
}

function read(path: string): Buffer {
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
}

function firstDifference(a: Buffer, b: Buffer): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) if (a[at] !== b[at]) return at;
  return length;
}
