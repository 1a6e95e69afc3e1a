// What a verification found. Plain data: shown as text, JSON and pictures, and kept beside the cell.
import type { Explored } from './explore.ts';

/** What happens to a unit after which nothing may move by itself. */
export type UnitEventName = 'power-up' | 'stop' | 'board-lost' | 'mode-change' | 'reset';

/** What was asked, by number of the property and rule. */
export type Rule =
  /** 1: `outputs` are safe within `timeMs` of `input` becoming `value`. */
  | 'output-safe'
  /** 1: where `input` does not count, in `mode`, an enabling device stops `outputs`. */
  | 'enabling-covers'
  /** 1: the lock of the guard of `block` opens only while everything is at rest. */
  | 'unlocks-at-rest'
  /** 2: `stop` permits again only by a fresh press of a reset button. */
  | 'no-restart'
  /** 2: `stop` may permit again by itself after `inputs`, as the file declares; the unit still waits for its reset. */
  | 'restart-at-unit'
  /** 2: after `event` the unit waits for a reset at the cell, and then for an order. */
  | 'unit-waits'
  /** 3: `stop` can be reset, from power-up and after whatever has happened. */
  | 'can-be-reset'
  /** 3: `stop` can be tripped. */
  | 'can-be-tripped'
  /** 4: `input` decides something. */
  | 'input-matters'
  /** 4: something in the file reads `input`. */
  | 'input-read'
  /** 4: an emergency stop reaches `output`. */
  | 'emergency-stop-reaches'
  /** 5: every wait of `step` ends by itself. */
  | 'wait-ends'
  /** 5: `step` is reached. */
  | 'step-reached'
  /** 5: `step` can end well. */
  | 'step-left'
  /** 6: `never`, as the file says it. */
  | 'never';

export const PROPERTY_OF: Readonly<Record<Rule, 1 | 2 | 3 | 4 | 5 | 6>> = {
  'output-safe': 1,
  'enabling-covers': 1,
  'unlocks-at-rest': 1,
  'no-restart': 2,
  'restart-at-unit': 2,
  'unit-waits': 2,
  'can-be-reset': 3,
  'can-be-tripped': 3,
  'input-matters': 4,
  'input-read': 4,
  'emergency-stop-reaches': 4,
  'wait-ends': 5,
  'step-reached': 5,
  'step-left': 5,
  never: 6,
};

/** State of an input as people say it. */
export type InputValue = 'open' | 'closed' | 'unread';

/** What the world does in a counter-example. */
export interface Change {
  /** Since power-up, ms. */
  readonly atMs: number;
  /** A digital input, or `cell.standstill`: everything is at rest. */
  readonly input: string;
  readonly value: InputValue;
}

/** What the cell does in it: a block takes a diagnostic code, a stop function a phase; the unit a state by an event. */
export interface Reaction {
  readonly atMs: number;
  readonly kind: 'block' | 'stop' | 'unit';
  readonly name: string;
  readonly value: string;
}

/** A counter-example: a run of the cell's own safety step from power-up. */
export interface Trace {
  readonly changes: readonly Change[];
  readonly reactions: readonly Reaction[];
  /** When what must never be is the case, ms. */
  readonly endMs: number;
  /** The same inputs at the same times were given to the safety program of the whole cell, cycle by cycle, with the same end. */
  readonly isConfirmed: boolean;
}

export type Verdict = 'proved' | 'refuted' | 'incomplete';

/** Values for the placeholders of a rule's texts. */
export type Subject = Readonly<Record<string, string | number | readonly string[]>>;

export interface Finding {
  readonly property: 1 | 2 | 3 | 4 | 5 | 6;
  readonly rule: Rule;
  readonly subject: Subject;
  readonly verdict: Verdict;
  /** Undefined for what follows from the file alone. */
  readonly explored?: Explored & {
    /** States that had been seen and were not looked at when a limit was reached. */
    readonly waiting?: number;
  };
  readonly trace?: Trace;
}

/** The whole of it. */
export interface Verification {
  readonly cell: string;
  readonly configHash: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Types of the blocks, for what their codes mean. */
  readonly blockTypes: Readonly<Record<string, string>>;
  /** Sums over all explorations. */
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly elapsedMs: number;
  /** What was simplified, as codes with their values. */
  readonly abstractions: readonly Abstraction[];
}

export interface Abstraction {
  readonly code:
    | 'time-ticks'
    | 'time-coarse'
    | 'cones'
    | 'inputs-free'
    | 'unread-is-demand'
    | 'programs-free'
    | 'sensor-tests'
    | 'boards-left-out';
  readonly detail: Subject;
}

export function finding(rule: Rule, subject: Subject, rest: Omit<Finding, 'property' | 'rule' | 'subject'>): Finding {
  return { property: PROPERTY_OF[rule], rule, subject, ...rest };
}
