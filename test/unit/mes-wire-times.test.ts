// The last moments that the wire has, in numbers that have no room for their nanoseconds.
import Long from 'long';
import { describe, expect, it } from 'vitest';
import { Violations } from '../../src/mes/request-checks.ts';
import { readValue, writeValue } from '../../src/mes/value-wire.ts';
import { fromTimestamp, isTimestamp, toTimestamp } from '../../src/mes/wire-values.ts';

describe('the end of time', () => {
  it.each([1, 999_000_000, 999_999_999])('of the year 9999, with %i ns, stays in that year', (nanos) => {
    const last = { seconds: Long.fromNumber(253_402_300_799), nanos };
    expect(isTimestamp(last)).toBe(true);
    expect(toTimestamp(fromTimestamp(last)).seconds?.toString()).toBe('253402300799');
  });

  it('of a duration, with 999999999 ns, stays in its last second', () => {
    const violations = new Violations();
    const wire = {
      kind: 'durationValue',
      durationValue: { seconds: Long.fromNumber(315_576_000_000), nanos: 999_999_999 },
    };
    const value = readValue('value', wire as unknown as Parameters<typeof readValue>[1], violations);
    expect(violations.found).toEqual([]);
    const { durationValue } = writeValue(value ?? { kind: 'boolean', value: false });
    expect(durationValue?.seconds?.toString()).toBe('315576000000');
  });
});
