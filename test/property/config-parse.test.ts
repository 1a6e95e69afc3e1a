// Whatever the text, the answer is a frozen cell or a list of problems with places inside the text; never an exception.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/config/problem.ts';
import { parseText, problemsOf, smallCellText } from '../support/small-cell.ts';

const valid = smallCellText();
const lines = valid.split('\n');

/** A valid file with some lines taken out, doubled or replaced by noise. */
const damaged = fc
  .array(
    fc.record({
      line: fc.nat({ max: lines.length - 1 }),
      text: fc.oneof(
        fc.constant(''),
        fc.string(),
        fc.constantFrom('- x', '"a": .nan,', '&a *a', '{', '"__proto__": {},'),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((edits) => {
    const copy = [...lines];
    for (const { line, text } of edits) copy[line] = text;
    return copy.join('\n');
  });

/** A valid file with one value replaced by any JSON value. */
const replaced = fc
  .record({ line: fc.nat({ max: lines.length - 1 }), value: fc.jsonValue() })
  .map(({ line, value }) => {
    const copy = [...lines];
    copy[line] = (copy[line] ?? '').replace(/: [^,{[]+/, `: ${JSON.stringify(value)}`);
    return copy.join('\n');
  });

describe('any text', () => {
  it.each([
    ['noise', fc.string({ unit: 'binary', maxLength: 200 })],
    ['a damaged cell', damaged],
    ['a cell with a foreign value', replaced],
  ])('is answered: %s', (_title, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = parseText(text);
        if (result.ok) return;
        expect(result.error.length).toBeGreaterThan(0);
        const count = text.split('\n').length;
        for (const problem of result.error) {
          expect(problem.line).toBeGreaterThanOrEqual(1);
          expect(problem.line).toBeLessThanOrEqual(count);
          expect(problem.column).toBeGreaterThanOrEqual(1);
          // What stands in braces was written by the text, never a place of ours that was left unfilled.
          for (const [braces] of formatProblem(problem, 'es').matchAll(/\{[a-z]+\}/gu)) {
            expect(text).toContain(braces);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('made of thousands of mistakes is answered in time', () => {
    const many = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, i) => [`d-${i}`, { kind: 'conveyor', motor: `m-${i}` }]),
    );
    const problems = problemsOf(smallCellText({ devices: many }));
    expect(problems.length).toBeGreaterThan(2_000);
  });
});
