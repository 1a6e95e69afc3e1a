// What the inputs were during the last second, kept as changes: a cycle in which nothing changed costs a comparison and no
// memory. Numbers only; who reads the trace knows which input an index stands for.
import type { MonotonicMs } from './units.ts';

/** The value of an input that could not be read. Levels are 0 and 1, analog inputs words (`analogState`). */
export const UNREAD = -1;

/** How far the trace goes back, ms. */
export const TRACE_MS = 1000;

/** Changes kept; of more the oldest go, and the trace begins later. */
export const TRACE_CHANGES_MAX = 256;

/** An analog input has changed when it is this far from what was noted last, counts: under 1 % of its range. */
export const ANALOG_DEADBAND_COUNTS = 8;

export interface TraceChange {
  readonly at: MonotonicMs;
  readonly index: number;
  readonly value: number;
}

/** Plain data. */
export interface InputTrace {
  /** When the trace begins: all of `base` was so then. */
  readonly from: MonotonicMs | undefined;
  readonly base: readonly number[];
  /** After `from`, the oldest first. */
  readonly changes: readonly TraceChange[];
  /** What was noted last, by index. */
  readonly last: readonly number[];
}

export const NO_TRACE: InputTrace = { from: undefined, base: [], changes: [], last: [] };

function hasChanged(from: number, to: number): boolean {
  if (from === to) return false;
  const isDigital = from <= 1 && to <= 1;
  return isDigital || from === UNREAD || to === UNREAD || Math.abs(to - from) >= ANALOG_DEADBAND_COUNTS;
}

/** Changes before `since`, and the oldest of too many, become part of the base. */
function prune(trace: InputTrace, since: number): InputTrace {
  const { changes } = trace;
  const surplus = changes.length - TRACE_CHANGES_MAX;
  const old = changes.findIndex(({ at }, place) => at >= since && place >= surplus);
  const count = old === -1 ? changes.length : old;
  if (count === 0) return trace;
  const base = [...trace.base];
  for (const { index, value } of changes.slice(0, count)) base[index] = value;
  return { ...trace, base, changes: changes.slice(count), from: changes[count - 1]?.at ?? trace.from };
}

/**
 * Notes the inputs of one cycle.
 * @param values by index: level, counts, or UNREAD; always of the same length
 * @returns the same trace when nothing changed and nothing is too old
 */
export function noteInputs(trace: InputTrace, values: readonly number[], now: MonotonicMs): InputTrace {
  if (trace.from === undefined || trace.last.length !== values.length) {
    return { from: now, base: values, changes: [], last: values };
  }
  const oldest = trace.changes[0]?.at;
  const since = now - TRACE_MS;
  const kept = oldest === undefined || oldest >= since ? trace : prune(trace, since);
  let changes: TraceChange[] | undefined;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? UNREAD;
    if (!hasChanged(trace.last[index] ?? UNREAD, value)) continue;
    changes ??= [];
    changes.push({ at: now, index, value });
  }
  if (changes === undefined) return kept;
  const last = [...trace.last];
  for (const { index, value } of changes) last[index] = value;
  return prune({ ...kept, changes: [...kept.changes, ...changes], last }, since);
}
