// Checks drafts of work masters one after the other, in a process of its own: a long one takes a second and 200 MiB, and the gateway has
// others to answer meanwhile. What takes too long or too much memory ends that process, not the gateway.
import { type ChildProcess, fork } from 'node:child_process';
import { fault } from '../core/faults.ts';
import { err } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { DraftVerdict } from '../ports/work-master-check.ts';
import type { CheckedFile } from './draft-check.ts';

/** Drafts that are checked or wait for it. */
const ASKED_MAX = 16;
/** Longest check, ms; the start of the process is part of the first one. */
const CHECK_MS = 10_000;
/** After this without a draft the process gives its memory back, ms. */
const IDLE_MS = 10_000;
/** Memory of the process for objects that stay, MiB. */
const OLD_MB = 96;

/** What the process is asked, after the file. */
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

export class DraftProcess {
  readonly #file: CheckedFile;
  readonly #clock: Clock;
  /** The first is being checked. */
  readonly #asked: Asked[] = [];
  #child: ChildProcess | undefined;
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
    this.#child ??= this.#start();
    this.#child.send({ id: first.id, definition: first.definition } satisfies AskedDraft);
    this.#endIn(CHECK_MS);
  }

  #start(): ChildProcess {
    const child = fork(new URL('./draft-child.ts', import.meta.url), [], {
      execArgv: [`--max-old-space-size=${OLD_MB}`, '--max-semi-space-size=4'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = (): void => {
      if (child === this.#child) this.#end();
    };
    child.on('message', (verdict) => {
      if (child === this.#child) this.#answer(verdict as DraftVerdict);
    });
    // Out of memory, or it could not be started.
    child.on('error', ended);
    child.on('exit', ended);
    child.unref();
    child.channel?.unref();
    child.send(this.#file);
    return child;
  }

  #endIn(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.schedule(monotonicMs(this.#clock.now() + ms), () => this.#end());
  }

  /** The next draft gets a new process. */
  #end(): void {
    this.#cancel();
    this.#giveBack();
    if (this.#asked.length > 0) this.#answer(TOO_MUCH);
  }

  #giveBack(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
  }

  #answer(verdict: DraftVerdict): void {
    this.#asked.shift()?.answer(verdict);
    this.#checkFirst();
  }
}
