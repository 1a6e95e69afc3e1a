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
/** Nothing is known of the draft. */
const NOT_CHECKED: DraftVerdict = err(fault(6603));

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

  /** @returns `CALLS_TOO_MANY` when too many drafts wait already, and when there is no process to check it */
  check(id: string, definition: string): Promise<DraftVerdict> {
    if (this.#asked.length >= ASKED_MAX) return Promise.resolve(NOT_CHECKED);
    return new Promise((answer) => {
      this.#asked.push({ id, definition, answer });
      if (this.#asked.length === 1) this.#checkFirst();
    });
  }

  /** Whoever waits is told that it was not checked. */
  close(): void {
    const asked = this.#asked.splice(0);
    for (const { answer } of asked) answer(NOT_CHECKED);
    this.#end(NOT_CHECKED);
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
    const ended = (verdict: DraftVerdict): void => {
      if (child === this.#child) this.#end(verdict);
    };
    child.on('message', (verdict) => {
      if (child === this.#child) this.#answer(verdict as DraftVerdict);
    });
    child.on('error', () => ended(NOT_CHECKED));
    // By a signal: out of memory, in its own eyes or in those of the kernel.
    child.on('exit', (_code, signal) => ended(signal === null ? NOT_CHECKED : TOO_MUCH));
    child.unref();
    child.channel?.unref();
    child.send(this.#file);
    return child;
  }

  #endIn(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.schedule(monotonicMs(this.#clock.now() + ms), () => this.#end(TOO_MUCH));
  }

  /** The next draft gets a new process. */
  #end(verdict: DraftVerdict): void {
    this.#cancel();
    this.#giveBack();
    if (this.#asked.length > 0) this.#answer(verdict);
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
