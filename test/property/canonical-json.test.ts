// Goal: one value has one canonical JSON, however its members are ordered. Method: any JSON, its members turned round.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/canonical-json.ts';
import type { JsonValue } from '../../src/ports/journal.ts';

function reversed(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  const members = Object.entries(value).toReversed();
  return Object.fromEntries(members.map(([name, member]) => [name, reversed(member)]));
}

describe('canonical JSON', () => {
  it('is the same in whichever order the members are, and says the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('sorts members by their UTF-16 code units, numbers among them, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: { '9': 1, '10': 2 }, é: 0, z: [true, null], _: 'x' })).toBe(
      '{"_":"x","a":{"10":2,"9":1},"b":1,"z":[true,null],"é":0}',
    );
    expect(canonicalJson({ a: 1, b: undefined })).toBe('{"a":1}');
  });

  it('refuses numbers that are not finite, wherever they stand', () => {
    expect(() => canonicalJson({ a: [1, { b: Number.NaN }] })).toThrow('NaN');
    expect(() => canonicalJson({ b: 1, a: Number.POSITIVE_INFINITY })).toThrow('Infinity');
  });
});
