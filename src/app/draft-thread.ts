// Checks drafts of work masters one after the other, on a thread of its own: a long one takes a second, and the gateway has others to
// answer meanwhile. What takes too long or too much memory ends the thread, not the gateway.
import { Worker } from 'node:worker_threads';
import { fault } from '../core/faults.ts';
import { err } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { DraftVerdict } from '../ports/work-master-check.ts';
import type { CheckedFile } from './draft-check.ts';

/** Drafts that are checked or wait for it. */
const ASKED_MAX = 16;
/** Longest check, ms; the start of the thread is part of the first one. */
const CHECK_MS = 10_000;
/** After this without a draft the thread gives its memory back, ms. */
const IDLE_MS = 60_000;
/** Memory of the thread: objects that stay, and new ones, MiB. */
const OLD_MB = 96;
const YOUNG_MB = 16;

/** What the thread is asked. */
export interface AskedDraft {
  readonly id: string;
  readonly definition: string;
}

interface Asked extends AskedDraft {
  readonly answer: (verdict: DraftVerdict) => void;
}

const TOO_MUCH: DraftVerdict = err([
  {
    path: '',
    given: undefined,
    allowed: `what is checked within ${CHECK_MS / 1_000} s and ${OLD_MB} MiB of memory`,
    hint: 'make it shorter',
  },
]);

export class DraftThread {
  readonly #file: CheckedFile;
  readonly #clock: Clock;
  /** The first is being checked. */
  readonly #asked: Asked[] = [];
  #worker: Worker | undefined;
  #cancel: () => void = () => undefined;

  constructor(file: CheckedFile, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
  }

  /** @returns `CALLS_TOO_MANY` when too many drafts wait already */
  check(id: string, definition: string): Promise<DraftVerdict> {
    if (this.#asked.length >= ASKED_MAX) return Promise.resolve(err(fault(6603)));
    return new Promise((answer) => {
      this.#asked.push({ id, definition, answer });
      if (this.#asked.length === 1) this.#checkFirst();
    });
  }

  /** Whoever waits is told that it was not checked. */
  close(): void {
    const asked = this.#asked.splice(0);
    for (const { answer } of asked) answer(TOO_MUCH);
    this.#end();
  }

  #checkFirst(): void {
    const [first] = this.#asked;
    if (first === undefined) {
      this.#endIn(IDLE_MS);
      return;
    }
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id: first.id, definition: first.definition } satisfies AskedDraft);
    this.#endIn(CHECK_MS);
  }

  #start(): Worker {
    const worker = new Worker(new URL('./draft-worker.ts', import.meta.url), {
      workerData: this.#file,
      name: 'drafts',
      resourceLimits: { maxOldGenerationSizeMb: OLD_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    });
    const ended = (): void => {
      if (worker === this.#worker) this.#end();
    };
    worker.on('message', (verdict: DraftVerdict) => {
      if (worker === this.#worker) this.#answer(verdict);
    });
    // Out of memory; its end follows.
    worker.on('error', ended);
    worker.on('exit', ended);
    worker.unref();
    return worker;
  }

  #endIn(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.schedule(monotonicMs(this.#clock.now() + ms), () => this.#end());
  }

  /** The next draft gets a new thread. */
  #end(): void {
    this.#cancel();
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    if (this.#asked.length > 0) this.#answer(TOO_MUCH);
  }

  #answer(verdict: DraftVerdict): void {
    this.#asked.shift()?.answer(verdict);
    this.#checkFirst();
  }
}
