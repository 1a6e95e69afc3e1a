// Leads a person through the steps of one point: waits for an answer, or for what the cell sees by itself.
import {
  type AskStep,
  type Detail,
  filled,
  type Language,
  REASONS,
  type ReasonCode,
} from '../../commissioning/words.ts';
import { monotonicMs } from '../../core/units.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ForceKey } from '../pin-forcing.ts';
import type { Answer, Ask, Dialogue } from './dialogue.ts';

/** Between two looks at the cell, ms. */
const LOOK_EVERY_MS = 20;

/** A point ended without passing; caught where points are gone through. */
export class PointEnd extends Error {
  readonly result: 'failed' | 'skipped';

  /** @param reason for the report, in the language of the person */
  constructor(result: 'failed' | 'skipped', reason: string) {
    super(reason);
    this.name = 'PointEnd';
    this.result = result;
  }
}

/** The person has ended the commissioning. */
export class Ended extends Error {}

interface Wait {
  readonly isDone: () => boolean;
  /** For this long without a break, ms. @defaultValue 0 */
  readonly holdMs?: number;
  /** What is shown meanwhile. */
  readonly live?: () => string;
  /** Hears the keys that force an output. */
  readonly onForce?: (key: ForceKey) => void;
}

type Key = Answer | ForceKey;

export class Conversation {
  readonly #dialogue: Dialogue;
  readonly #clock: Clock;
  readonly #language: Language;
  readonly #signal: AbortSignal;
  #point = '';
  #keys: Key[] = [];

  constructor(dialogue: Dialogue, clock: Clock, language: Language, signal: AbortSignal) {
    this.#dialogue = dialogue;
    this.#clock = clock;
    this.#language = language;
    this.#signal = signal;
    dialogue.listen((key) => this.#keys.push(key));
  }

  /** What follows is about this point. */
  begin(point: string): void {
    this.#point = point;
  }

  /** @throws PointEnd always: what the cell has seen by itself is against the point */
  fail(code: ReasonCode, detail: Detail = {}): never {
    throw new PointEnd('failed', filled(REASONS[code], this.#language, detail));
  }

  skip(code: ReasonCode): never {
    throw new PointEnd('skipped', filled(REASONS[code], this.#language));
  }

  /** Waits for a yes. @throws PointEnd when the person says no or leaves the point out */
  async confirm(step: AskStep, detail: Detail = {}): Promise<void> {
    if (!(await this.choose(step, detail))) await this.#end('failed');
  }

  /** @returns whether the person said yes */
  async choose(step: AskStep, detail: Detail = {}): Promise<boolean> {
    const answer = await this.answer(step, ['yes', 'no', 'skip'], detail);
    if (answer === 'skip') await this.#end('skipped');
    return answer === 'yes';
  }

  /** @returns which of the answers the person gave */
  async answer(step: AskStep, answers: Ask['answers'], detail: Detail = {}): Promise<Answer> {
    this.#dialogue.ask(this.#ask(step, answers, detail));
    for (;;) {
      const given = this.#next().find((key) => answers.some((answer) => answer === key));
      if (given !== undefined) return given as Answer;
      await this.pause(LOOK_EVERY_MS);
    }
  }

  /** Waits until the cell has seen it. @throws PointEnd when the person says that it will not come, or leaves the point out */
  async until(step: AskStep, detail: Detail, { isDone, holdMs = 0, live, onForce }: Wait): Promise<void> {
    this.#dialogue.ask(this.#ask(step, ['no', 'skip'], detail));
    let since: number | undefined;
    for (;;) {
      for (const key of this.#next()) {
        if (key === 'no') await this.#end('failed');
        if (key === 'skip') await this.#end('skipped');
        if (key === 'switch' || key === 'less' || key === 'more') onForce?.(key);
      }
      if (live !== undefined) this.#dialogue.live(live());
      const now = this.#clock.now();
      since = isDone() ? (since ?? now) : undefined;
      if (since !== undefined && now - since >= holdMs) return;
      await this.pause(LOOK_EVERY_MS);
    }
  }

  /** Watches for `ms`. @returns whether it was good all the time */
  async watch(step: AskStep, ms: number, isGood: () => boolean): Promise<boolean> {
    this.#dialogue.ask(this.#ask(step, [], {}));
    const until = this.#clock.now() + ms;
    while (this.#clock.now() < until) {
      this.#next();
      if (!isGood()) return false;
      await this.pause(LOOK_EVERY_MS);
    }
    return isGood();
  }

  type(step: AskStep): Promise<string> {
    return this.#dialogue.type(this.#ask(step, [], {}));
  }

  /** @throws Ended when the person ends meanwhile */
  pause(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#clock.schedule(monotonicMs(this.#clock.now() + ms), () => {
        if (this.#signal.aborted) reject(new Ended());
        else resolve();
      });
    });
  }

  #next(): readonly Key[] {
    const keys = this.#keys.splice(0);
    if (this.#signal.aborted || keys.includes('end')) throw new Ended();
    return keys;
  }

  #ask(step: AskStep, answers: Ask['answers'], detail: Detail): Ask {
    // What was typed before the question is no answer to it.
    this.#keys = this.#keys.filter((key) => key === 'end');
    return { point: this.#point, step, detail, answers };
  }

  async #end(result: PointEnd['result']): Promise<never> {
    throw new PointEnd(result, await this.type('reason'));
  }
}
