// The inputs of the last second: what a stop can be explained with, at the price of a comparison.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ANALOG_DEADBAND_COUNTS,
  type InputTrace,
  NO_TRACE,
  noteInputs,
  TRACE_CHANGES_MAX,
  TRACE_MS,
  UNREAD,
} from '../../src/core/input-trace.ts';
import { monotonicMs } from '../../src/core/units.ts';

function run(samples: readonly (readonly number[])[], everyMs = 10): InputTrace {
  return samples.reduce<InputTrace>(
    (trace, values, place) => noteInputs(trace, values, monotonicMs(place * everyMs)),
    NO_TRACE,
  );
}

/** What the trace says that the inputs were at `at`. */
function replay(trace: InputTrace, at: number): readonly number[] {
  const values = [...trace.base];
  for (const change of trace.changes) if (change.at <= at) values[change.index] = change.value;
  return values;
}

describe('the trace of the inputs', () => {
  it('is the very same object while nothing changes', () => {
    const first = noteInputs(NO_TRACE, [1, 0], monotonicMs(0));
    expect(noteInputs(first, [1, 0], monotonicMs(10))).toBe(first);
    expect(noteInputs(first, [1, 0], monotonicMs(5000))).toBe(first);
  });

  it('tells what every input was at every moment of the last second', () => {
    const level = fc.constantFrom(0, 1, UNREAD);
    fc.assert(
      fc.property(fc.array(fc.tuple(level, level, level), { minLength: 1, maxLength: 200 }), (samples) => {
        const trace = run(samples, 13);
        const end = (samples.length - 1) * 13;
        samples.forEach((values, place) => {
          const at = place * 13;
          if (at >= Math.max(end - TRACE_MS, trace.from ?? 0)) expect(replay(trace, at)).toEqual(values);
        });
        expect(end - (trace.from ?? 0) >= TRACE_MS - 13 || samples.length * 13 < TRACE_MS + 13).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is bounded: with too many changes it begins later', () => {
    const trace = run(
      Array.from({ length: 100 }, (_, place) => Array.from({ length: 20 }, () => place % 2)),
      1,
    );
    expect(trace.changes).toHaveLength(TRACE_CHANGES_MAX);
    expect(trace.from).toBe(monotonicMs(87));
    expect(replay(trace, 99)).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it('follows small values as any others: an analog input near 0 is no contact', () => {
    expect(run([[1], [5], [2]]).changes).toEqual([]);
    expect(run([[2], [0]]).changes).toEqual([]);
    expect(run([[0], [1]]).changes).toHaveLength(1);
    expect(run([[5], [UNREAD], [5]]).changes.map(({ value }) => value)).toEqual([UNREAD, 5]);
  });

  it('keeps what changed a second ago, and nothing older', () => {
    const noted = (values: readonly (readonly [atMs: number, value: number])[]): InputTrace =>
      values.reduce<InputTrace>((trace, [atMs, value]) => noteInputs(trace, [value], monotonicMs(atMs)), NO_TRACE);
    expect(
      noted([
        [0, 0],
        [10, 1],
        [10 + TRACE_MS, 0],
      ]).changes,
    ).toHaveLength(2);
    expect(
      noted([
        [0, 0],
        [10, 1],
        [11 + TRACE_MS, 0],
      ]).changes,
    ).toHaveLength(1);
    const old = noted([
      [0, 0],
      [10, 1],
      [20, 0],
      [5000, 0],
    ]);
    expect([old.changes, old.base, old.from]).toEqual([[], [0], 20]);
    const half = noted([
      [0, 0],
      [10, 1],
      [500, 0],
      [1015, 0],
    ]);
    expect([half.changes.length, half.base, half.from]).toEqual([1, [1], 10]);
  });

  it('begins anew with other inputs', () => {
    const other = noteInputs(run([[0], [1]]), [1, 0], monotonicMs(20));
    expect(other).toEqual({ from: 20, base: [1, 0], changes: [], last: [1, 0] });
  });

  it('has the bounds that people read', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/reference/alarms.md'), 'utf8');
    expect(page).toContain(
      `(${TRACE_CHANGES_MAX} changes at most; an analog input counts as changed by ${ANALOG_DEADBAND_COUNTS} of`,
    );
    expect(TRACE_MS).toBe(1000);
  });

  it('leaves the noise of an analog input out, and follows it as it drifts', () => {
    const trace = run([[500], [503], [498], [500 + ANALOG_DEADBAND_COUNTS], [503], [UNREAD], [503]]);
    expect(trace.changes.map(({ value }) => value)).toEqual([508, UNREAD, 503]);
  });
});
