// The language of `safety.properties`: what must never be, as a person writes it. `gripper.open while arm.moving and guard.open`.
import { err, ok, type Result } from './result.ts';

/** Something that is so or is not, such as `guard-door.open`. */
export interface Fact {
  readonly kind: 'fact';
  readonly name: string;
  readonly word: string;
}

/** `a while b` is read as `a and b`. */
export type Situation =
  | Fact
  | { readonly kind: 'not'; readonly of: Situation }
  | { readonly kind: 'and' | 'or'; readonly left: Situation; readonly right: Situation };

/** Where a text stops being a situation. */
export interface SituationError {
  /** What stands there; empty at the end. */
  readonly found: string;
  readonly expected: string;
}

/** Words of facts by kind of what they are said of; `block`: a safety block; `arm`: any joint. */
export const FACT_WORDS = {
  'digital-input': ['open', 'closed'],
  'digital-output': ['on', 'off'],
  servo: ['moving'],
  'stepper-axis': ['moving'],
  'vacuum-gripper': ['open', 'closed'],
  conveyor: ['running'],
  block: ['open', 'closed'],
  arm: ['moving'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Stands for any joint, unless a device has this name. */
export const ANY_JOINT = 'arm';

/** Longest text, and so the deepest nesting. */
const TOKENS_MAX = 200;

const TOKEN = /\s*([a-z][a-z0-9-]*\.[a-zA-Z][a-zA-Z0-9]*|[a-z]+|[()]|\S+)/g;
const FACT = /^([a-z][a-z0-9-]*)\.([a-zA-Z][a-zA-Z0-9]*)$/;

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;
  error: SituationError | undefined;

  constructor(text: string) {
    this.#tokens = [...text.matchAll(TOKEN)].map(([, token]) => token ?? '');
  }

  parse(): Situation | undefined {
    if (this.#tokens.length > TOKENS_MAX) return this.#fail(`at most ${TOKENS_MAX} words`);
    const situation = this.#chain('while', () => this.#chain('or', () => this.#chain('and', () => this.#factor())));
    if (this.error === undefined && this.#at < this.#tokens.length) return this.#fail('while, and, or');
    return situation;
  }

  #chain(word: 'while' | 'and' | 'or', next: () => Situation | undefined): Situation | undefined {
    let left = next();
    while (left !== undefined && this.#tokens[this.#at] === word) {
      this.#at += 1;
      const right = next();
      if (right === undefined) return undefined;
      left = { kind: word === 'or' ? 'or' : 'and', left, right };
    }
    return left;
  }

  #factor(): Situation | undefined {
    const token = this.#tokens[this.#at] ?? '';
    if (token === 'not') {
      this.#at += 1;
      const of = this.#factor();
      return of === undefined ? undefined : { kind: 'not', of };
    }
    if (token === '(') {
      this.#at += 1;
      const inner = this.#chain('while', () => this.#chain('or', () => this.#chain('and', () => this.#factor())));
      if (inner === undefined) return undefined;
      if (this.#tokens[this.#at] !== ')') return this.#fail(')');
      this.#at += 1;
      return inner;
    }
    const fact = FACT.exec(token);
    if (fact === null) return this.#fail('name.word');
    this.#at += 1;
    return { kind: 'fact', name: fact[1] ?? '', word: fact[2] ?? '' };
  }

  #fail(expected: string): Situation | undefined {
    this.error ??= { found: this.#tokens[this.#at] ?? '', expected };
    return undefined;
  }
}

/** Reads a situation. Precedence from tight to loose: not, and, or, while. */
export function parseSituation(text: string): Result<Situation, SituationError> {
  const parser = new Parser(text);
  const situation = parser.parse();
  if (situation === undefined) return err(parser.error ?? { found: '', expected: 'name.word' });
  return ok(situation);
}

/** Every fact of a situation, in its order. */
export function factsOf(situation: Situation): readonly Fact[] {
  switch (situation.kind) {
    case 'fact':
      return [situation];
    case 'not':
      return factsOf(situation.of);
    case 'and':
    case 'or':
      return [...factsOf(situation.left), ...factsOf(situation.right)];
    default:
      return situation satisfies never;
  }
}

/** A fact, or that it is not so. */
export interface Literal {
  readonly fact: Fact;
  readonly isSo: boolean;
}

/** A situation as alternatives, each a list of literals that hold together. */
export function alternativesOf(situation: Situation, isSo = true): readonly (readonly Literal[])[] {
  switch (situation.kind) {
    case 'fact':
      return [[{ fact: situation, isSo }]];
    case 'not':
      return alternativesOf(situation.of, !isSo);
    case 'and':
    case 'or': {
      const [left, right] = [alternativesOf(situation.left, isSo), alternativesOf(situation.right, isSo)];
      if ((situation.kind === 'or') === isSo) return [...left, ...right];
      return left.flatMap((some) => right.map((others) => [...some, ...others]));
    }
    default:
      return situation satisfies never;
  }
}
