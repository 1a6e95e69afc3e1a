// What `safety.protects` and `safety.properties` can get wrong: the place, what is allowed and a hint, in both languages.
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/config/problem.ts';
import { type Changes, problemsAfter } from '../support/small-cell.ts';

interface Row {
  readonly title: string;
  readonly changes: Changes;
  readonly code: string;
  readonly path: string;
  readonly en: readonly string[];
  readonly es: readonly string[];
}

const never = (text: string): Changes => ({ 'safety.properties': [{ never: text }] });
const NEVER = 'safety.properties[0].never';

const ROWS: readonly Row[] = [
  {
    title: 'a safeguard that is no input',
    changes: { 'safety.protects': { dor: ['motor'] } },
    code: 'protects-no-input',
    path: 'safety.protects.dor',
    en: ['estop-a', 'the nearest name is door'],
    es: ['estop-a', 'el nombre más parecido es door'],
  },
  {
    title: 'a protected output that there is not',
    changes: { 'safety.protects': { door: ['moter'] } },
    code: 'unknown-device',
    path: 'safety.protects.door[0]',
    en: ['motor'],
    es: ['motor'],
  },
  {
    title: 'a property of something that there is not',
    changes: never('motor.on while dor.open'),
    code: 'property-unknown-name',
    path: NEVER,
    en: ['dor.open', 'the nearest name is door'],
    es: ['dor.open', 'el nombre más parecido es door'],
  },
  {
    title: 'a word that cannot be said of a thing',
    changes: never('motor.running while door.open'),
    code: 'property-unknown-word',
    path: NEVER,
    en: ['motor.running', 'on', 'this is what can be said of motor'],
    es: ['motor.running', 'on', 'es lo que se puede decir de motor'],
  },
  {
    title: 'a block that asks for no stop, of which a property would be true of nothing',
    changes: {
      'safety.blocks.watch': {
        type: 'SF_EDM',
        outControl: 'power',
        edm1: 'spare',
        edm2: 'spare',
        monitoringTimeMs: 200,
        reset: 'reset',
      },
      'devices.spare': { kind: 'digital-input', board: 'uno-1', pin: 'D40', closedWhen: 'low' },
      'boards.uno-1.kind': 'mega',
      ...never('motor.on while watch.open'),
    },
    code: 'property-block-without-demand',
    path: NEVER,
    en: ['watch.open', 'channels, estop, guard', 'nothing at a SF_EDM asks for a stop'],
    es: ['watch.open', 'channels, estop, guard', 'nada en un SF_EDM pide un paro'],
  },
  {
    title: 'a property that ends too early',
    changes: never('motor.on while'),
    code: 'property-unreadable',
    path: NEVER,
    en: ['stopped at -', 'belt.running while door.open'],
    es: ['se detuvo en -', 'belt.running while door.open'],
  },
  {
    title: 'a property with a word too many',
    changes: never('motor.on door.open'),
    code: 'property-unreadable',
    path: NEVER,
    en: ['stopped at door'],
    es: ['se detuvo en door'],
  },
];

describe('what safeguards are for and what must never be', () => {
  for (const { title, changes, code, path, en, es } of ROWS) {
    it(`is refused with its place, what is allowed and a hint: ${title}`, () => {
      const problems = problemsAfter(changes);
      expect(problems.map((problem) => [problem.code, problem.path])).toEqual([[code, path]]);
      for (const problem of problems) {
        expect(problem.line).toBeGreaterThan(0);
        for (const text of en) expect(formatProblem(problem, 'en')).toContain(text);
        for (const text of es) expect(formatProblem(problem, 'es')).toContain(text);
      }
    });
  }

  it('is accepted when all names and words fit', () => {
    expect(problemsAfter({ ...never('motor.on while door.open'), 'safety.protects': { door: ['motor'] } })).toEqual([]);
  });
});
