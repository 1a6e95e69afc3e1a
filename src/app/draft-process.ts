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
/** Told when the check has broken off at a text for the second time: it would do so again. */
const BREAKS_CHECK: DraftVerdict = err([
  {
    path: '',
    given: undefined,
    allowed: 'what can be checked',
    hint: 'its check broke off twice: write it in another way, and report this one',
  },
]);
const TOO_MANY: DraftVerdict = err(fault(6603));
/** Nothing is known of the draft. */
const NOT_CHECKED: DraftVerdict = err(fault(6034));

/** How a process ends that has no more memory: V8 aborts it, or the kernel kills it. */
const OUT_OF_MEMORY: ReadonlySet<NodeJS.Signals | null> = new Set(['SIGABRT', 'SIGKILL']);
/** How it ends when it is broken; null is an exit of its own. Any other signal was sent, as SIGTERM is to all of a cell that is stopped. */
const BROKEN: ReadonlySet<NodeJS.Signals | null> = new Set([null, 'SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGTRAP']);

export class DraftProcess {
  readonly #file: CheckedFile;
  readonly #clock: Clock;
  /** The first is being checked. */
  readonly #asked: Asked[] = [];
  #child: ChildProcess | undefined;
  /** The check of this one broke off last. */
  #breaking: AskedDraft | undefined;
  #cancel: () => void = () => undefined;

  constructor(file: CheckedFile, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
  }

  /** @returns `CALLS_TOO_MANY` when too many drafts wait already, `DRAFT_NOT_CHECKED` when there is no process to check it */
  check(id: string, definition: string): Promise<DraftVerdict> {
    if (this.#asked.length >= ASKED_MAX) return Promise.resolve(TOO_MANY);
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
    try {
      const child = this.#child ?? this.#start();
      child.send({ id: first.id, definition: first.definition } satisfies AskedDraft);
    } catch {
      // Without memory there is no process; without file descriptors there is one that never began, and has no `send`.
      this.#end(NOT_CHECKED);
      return;
    }
    this.#endIn(CHECK_MS);
  }

  #start(): ChildProcess {
    const child = fork(new URL('./draft-child.ts', import.meta.url), [], {
      execArgv: [`--max-old-space-size=${OLD_MB}`, '--max-semi-space-size=4'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    child.on('message', (verdict) => {
      if (child !== this.#child) return;
      if (this.#isFirstBreaking()) this.#breaking = undefined;
      this.#answer(verdict as DraftVerdict);
    });
    child.on('error', () => {
      if (child === this.#child) this.#end(NOT_CHECKED);
    });
    child.on('exit', (_code, signal) => {
      if (child === this.#child) this.#end(this.#verdictOf(signal));
    });
    child.unref();
    child.channel?.unref();
    child.send(this.#file);
    return child;
  }

  /** Of the draft at whose check the process has ended. */
  #verdictOf(signal: NodeJS.Signals | null): DraftVerdict {
    if (OUT_OF_MEMORY.has(signal)) return TOO_MUCH;
    if (!BROKEN.has(signal)) return NOT_CHECKED;
    if (this.#isFirstBreaking()) return BREAKS_CHECK;
    this.#breaking = this.#asked[0] ?? this.#breaking;
    return NOT_CHECKED;
  }

  /** Whether the draft that is checked is the one whose check broke off last. */
  #isFirstBreaking(): boolean {
    const [first] = this.#asked;
    return first !== undefined && first.id === this.#breaking?.id && first.definition === this.#breaking.definition;
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
    // Of a process that never began Node knows no id, and would signal whatever process it takes for it.
    if (child?.pid !== undefined) child.kill('SIGKILL');
  }

  #answer(verdict: DraftVerdict): void {
    this.#asked.shift()?.answer(verdict);
    this.#checkFirst();
  }
}
