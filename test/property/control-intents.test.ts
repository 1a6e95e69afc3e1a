// Goal: whatever a program emits, what reaches the cycle is plain data of the right types, or a refusal with a name.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIntent } from '../../src/control/check-intent.ts';

const kinds = fc.constantFrom('set-output', 'move', 'start-work-master', 'raise-alarm', 'clear-alarm', 'toString');
const loose = fc.record(
  {
    kind: fc.oneof(kinds, fc.anything()),
    device: fc.oneof(fc.string(), fc.anything()),
    on: fc.oneof(fc.boolean(), fc.anything()),
    text: fc.oneof(fc.string({ maxLength: 500 }), fc.anything()),
    targetDeg: fc.oneof(fc.dictionary(fc.string(), fc.double()), fc.anything()),
    speedPercent: fc.oneof(fc.double(), fc.anything()),
    workMasterId: fc.oneof(fc.string(), fc.anything()),
    parameters: fc.oneof(fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.string(), fc.boolean())), fc.anything()),
  },
  { requiredKeys: ['kind'] },
);

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return ['string', 'number', 'boolean'].includes(typeof value);
  return Object.values(value).every(isPlain);
}

describe('what a program emits', () => {
  it('is an intent of plain data, or is refused', () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: loose }, { weight: 1, arbitrary: fc.anything() }), (emitted) => {
        const checked = checkIntent(emitted);
        expect(checked.ok ? isPlain(checked.value) : typeof checked.error === 'string').toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('cannot be changed by the program afterwards', () => {
    const targetDeg = { base: 10 };
    const checked = checkIntent({ kind: 'move', targetDeg, speedPercent: 50 });
    targetDeg.base = 80;
    expect(checked).toEqual({ ok: true, value: { kind: 'move', targetDeg: { base: 10 }, speedPercent: 50 } });
  });

  it('keeps texts of alarms short', () => {
    const checked = checkIntent({ kind: 'raise-alarm', text: 'x'.repeat(100_000) });
    expect(checked.ok && checked.value.kind === 'raise-alarm' ? checked.value.text.length : 0).toBe(200);
  });
});
