// The thread of the journal from outside: started, and started again when it dies.
import { Worker } from 'node:worker_threads';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';
import type { ExpectedJournal } from './open-store.ts';

/** Pause before the thread is started again, doubled with every death up to the longest. */
const PAUSE_MS_MAX = 30_000;
/** So many deaths in a row, and it stays dead: whatever kills it does so again. */
export const DEATHS_MAX = 5;
/** Of the thread's memory for what is new: collecting its garbage takes a millisecond or two then, and not ten, while orders wait. */
const YOUNG_MB = 12;
/** Having lived so long it counts as well. */
const WELL_MS = 60_000;

export interface ThreadListener {
  heard(message: FromWorker): void;
  /** There is no thread, and why. What it was asked is not answered any more. */
  gone(cause: Fault): void;
  /** Another thread has opened the same journal, and found it whole. */
  returned(): void;
}

export class KeptThread {
  readonly #settings: WorkerSettings;
  #listener: ThreadListener | undefined;
  /** What the next thread must find. */
  #expected: ExpectedJournal | undefined;
  #worker: Worker | undefined;
  #isThere = false;
  #isClosed = false;
  #bornMs = 0;
  #deaths = 0;
  #pauseMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    this.#pauseMs = settings.reopenMs;
  }

  /** Starts it for the first time. @returns id of the journal; or why it was not opened, and then there is no thread */
  async start(): Promise<Result<string, Fault>> {
    const opened = await this.#open();
    if (opened.ok) this.#expected = { journalId: opened.value, position: 0, auditSeq: 0 };
    return opened;
  }

  /** Whom to tell from now on. Once, when it was started. */
  tell(listener: ThreadListener): void {
    this.#listener = listener;
  }

  /** Whether it can be asked. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** Nobody hears it while there is no thread. */
  post(message: ToWorker): void {
    if (this.#isThere) this.#worker?.postMessage(message);
  }

  /** Ends it for good, once it has done what it was asked. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (worker === undefined) return;
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
    });
    if (this.#isThere) this.post({ kind: 'close' });
    else void worker.terminate();
    await ended;
  }

  async #open(): Promise<Result<string, Fault>> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { ...this.#settings, expected: this.#expected } satisfies WorkerSettings,
      name: 'journal',
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker = worker;
    const first = await firstMessage(worker);
    if (first.kind === 'opened') {
      this.#keep(worker);
      return ok(first.journalId);
    }
    this.#worker = undefined;
    await worker.terminate();
    return err(first.kind === 'not-opened' ? first.fault : fault(6510));
  }

  #keep(worker: Worker): void {
    let cause = 'its thread ended';
    this.#isThere = true;
    this.#bornMs = performance.now();
    worker.on('message', (message: FromWorker) => {
      this.#note(message);
      this.#listener?.heard(message);
    });
    worker.on('error', (error: unknown) => {
      cause = `its thread ended: ${String(error)}`;
    });
    worker.on('exit', () => this.#die(cause));
  }

  #note(message: FromWorker): void {
    const position = message.kind === 'appended' ? message.positions.at(-1) : undefined;
    if (position !== undefined && this.#expected !== undefined) this.#expected = { ...this.#expected, position };
  }

  #die(cause: string): void {
    this.#worker = undefined;
    this.#isThere = false;
    if (this.#isClosed) return;
    if (performance.now() - this.#bornMs > WELL_MS) {
      this.#deaths = 0;
      this.#pauseMs = this.#settings.reopenMs;
    }
    this.#deaths += 1;
    this.#listener?.gone(fault(6510, { cause, deaths: this.#deaths }));
    if (this.#deaths < DEATHS_MAX) this.#startLater();
  }

  #startLater(): void {
    this.#timer = setTimeout(() => void this.#startAgain(), this.#pauseMs);
    this.#pauseMs = Math.min(PAUSE_MS_MAX, this.#pauseMs * 2);
  }

  async #startAgain(): Promise<void> {
    const opened = await this.#open();
    if (this.#isClosed) return;
    if (!opened.ok) {
      this.#listener?.gone(opened.error);
      this.#startLater();
    } else this.#listener?.returned();
  }
}

function firstMessage(worker: Worker): Promise<FromWorker> {
  return new Promise((resolve) => {
    const failed = (error: unknown): void =>
      resolve({
        kind: 'not-opened',
        fault: fault(6510, { cause: error instanceof Error ? error.message : String(error) }),
      });
    const ended = (): void => failed('its thread ended');
    worker.once('error', failed);
    worker.once('exit', ended);
    worker.once('message', (message: FromWorker) => {
      worker.off('error', failed);
      worker.off('exit', ended);
      resolve(message);
    });
  });
}
