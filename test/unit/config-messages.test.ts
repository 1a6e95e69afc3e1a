// The catalogue of texts: both languages say the same with the same values.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../src/config/did-you-mean.ts';
import { checkWorkMasterDraft } from '../../src/config/draft-check.ts';
import { type Detail, MESSAGES, type ProblemCode } from '../../src/config/messages.ts';
import { fill, formatProblem } from '../../src/config/problem.ts';
import { problemInSpanish } from '../../src/config/problem-translation.ts';

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();
}

describe('the catalogue of problems', () => {
  it.each(Object.entries(MESSAGES))(
    '%s has texts in English and Spanish with the same placeholders',
    (code, message) => {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const text of [message.allowed, message.hint]) {
        expect(text.en).not.toBe('');
        expect(text.es).not.toBe('');
        expect(placeholders(text.es)).toEqual(placeholders(text.en));
      }
    },
  );
});

describe('a problem that came as English text alone', () => {
  const textIn = (locale: 'en' | 'es', code: ProblemCode, detail: Detail): string => {
    const { allowed, hint } = MESSAGES[code];
    return `${fill(allowed[locale], detail, locale)}; ${fill(hint[locale], detail, locale)}`;
  };
  const codes = Object.keys(MESSAGES) as readonly ProblemCode[];

  it.each(codes)('is told in Spanish as in its catalogue: %s', (code) => {
    const { allowed, hint } = MESSAGES[code];
    const names = placeholders(allowed.en + hint.en);
    const plain: Detail = Object.fromEntries(names.map((name) => [name, `${name}-1, (2..3) [x]`]));
    const none: Detail = { ...plain, ...(names.includes('known') && { known: '-' }) };
    const nothing: Detail = { ...none, ...(names.includes('nearest') && { nearest: '-' }) };
    for (const detail of [plain, none, nothing]) {
      expect(problemInSpanish(textIn('en', code, detail))).toBe(textIn('es', code, detail));
    }
  });

  it('and is left to others where the catalogue has no such text', () => {
    expect(problemInSpanish('1..64 characters')).toBeUndefined();
    expect(problemInSpanish('a number; give a whole one')).toBeUndefined();
  });
});

describe('a misspelt word', () => {
  it.each([
    ['timeoutMs', 'timeoutMs', 0],
    ['timeotuMs', 'timeoutMs', 1],
    ['timeout', 'timeoutMs', 2],
    ['', 'abc', 3],
  ])('%s is as far from %s as it takes strokes to mend it', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it('gets the word that was meant, and none when nothing is near', () => {
    expect(didYouMean('cyclePeriodMS', ['name', 'cyclePeriodMs'])).toBe('cyclePeriodMs');
    expect(didYouMean('colour', ['name', 'description'])).toBeUndefined();
  });

  it('gets the nearest name however far, or a dash when there is none', () => {
    expect(nearest('gripperr', ['belt', 'gripper'])).toBe('gripper');
    expect(nearest('gripper', [])).toBe('-');
  });
});

describe('a draft of a work master', () => {
  const FILE = readFileSync('cells/linear-axis/cell.yaml', 'utf8');
  const draft = (steps: string) => `version: 1.0.0\nsteps:\n${steps}`;

  function problemsOf(text: string): readonly string[] {
    const checked = checkWorkMasterDraft(FILE, 'cell.yaml', 'new', text);
    return checked.ok ? [] : checked.error.map(({ code, path }) => `${path} ${code}`);
  }

  it('is told its unknown poses and devices together with what is malformed beside them', () => {
    const steps = [
      '  - move: { to: nowhere, speedPercent: $spede, spede: 3 }',
      '  - grip: { gripper: nobody, timeoutMs: no }',
      '  - wait: { duratonMs: 5 }',
    ];
    expect(problemsOf(draft(steps.join('\n'))).toSorted()).toEqual([
      'steps[0].move.spede unknown-key',
      'steps[0].move.speedPercent unknown-parameter',
      'steps[0].move.timeoutMs can-wait-for-ever',
      'steps[0].move.to unknown-pose',
      'steps[1].grip.gripper unknown-device',
      'steps[1].grip.timeoutMs out-of-range',
      'steps[2].wait.duratonMs misspelt-key',
    ]);
  });

  it('without parameters hears that there are none, and of no nearest name', () => {
    const checked = checkWorkMasterDraft(FILE, 'cell.yaml', 'new', draft('  - wait: { durationMs: $spede }'));
    const problem = checked.ok ? undefined : checked.error[0];
    expect([problem?.code, problem?.allowed, problem?.hint]).toEqual([
      'unknown-parameter',
      'a name that is declared: there is none',
      'declare it under parameters',
    ]);
    expect(problem && formatProblem(problem, 'es')).toContain(
      'un nombre declarado: no hay ninguno, sugerencia declárelo en parameters [',
    );
  });
});
