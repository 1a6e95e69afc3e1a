import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../src/core/nearest.ts';
import type { ParameterProblemCode } from '../../src/core/parameters.ts';
import { validateParameters } from '../../src/core/parameters.ts';
import type { WorkMaster } from '../../src/core/work-master.ts';

const SORT: WorkMaster = {
  id: 'sort',
  version: '1',
  description: '',
  steps: [],
  parameters: [
    { id: 'rounds', type: 'integer', description: '', unit: '1', min: 1, max: 100 },
    { id: 'speed', type: 'number', description: '', unit: '%', min: 1, max: 100, defaultValue: 50 },
    { id: 'gentle', type: 'boolean', description: '', defaultValue: false },
    { id: 'tray', type: 'string', description: '', options: ['left', 'right'], defaultValue: 'left' },
    { id: 'note', type: 'string', description: '', defaultValue: '' },
  ],
};

function problems(given: Record<string, unknown>): `${string} ${ParameterProblemCode}`[] {
  const result = validateParameters(SORT, given);
  return result.ok ? [] : result.error.map(({ id, problem }) => `${id} ${problem}` as const);
}

test('what is not given has its default', () => {
  expect(validateParameters(SORT, { rounds: 3, speed: undefined })).toEqual({
    ok: true,
    value: { rounds: 3, speed: 50, gentle: false, tray: 'left', note: '' },
  });
});

test('what is given wins over the default', () => {
  const given = { rounds: 100, speed: 1, gentle: true, tray: 'right', note: 'hola' };
  expect(validateParameters(SORT, given)).toEqual({ ok: true, value: given });
});

test('all problems are told at once, with what was given, what is allowed and a hint', () => {
  expect(validateParameters(SORT, { spede: 10, gentle: 'yes', tray: 'lefft' })).toEqual({
    ok: false,
    error: [
      {
        id: 'rounds',
        problem: 'missing',
        given: undefined,
        allowed: 'integer 1..100 [1]',
        hint: 'give a value: there is no default',
      },
      { id: 'gentle', problem: 'wrong-type', given: '"yes"', allowed: 'boolean: true, false', hint: 'give a boolean' },
      {
        id: 'tray',
        problem: 'not-an-option',
        given: '"lefft"',
        allowed: 'string: left, right',
        hint: 'did you mean left?',
      },
      {
        id: 'spede',
        problem: 'unknown',
        given: '10',
        allowed: 'rounds, speed, gentle, tray, note',
        hint: 'did you mean speed?',
      },
    ],
  });
});

test.each([
  [{ rounds: 0 }, 'rounds below-min'],
  [{ rounds: 101 }, 'rounds above-max'],
  [{ rounds: 2.5 }, 'rounds not-integer'],
  [{ rounds: Number.NaN }, 'rounds not-finite'],
  [{ rounds: Number.POSITIVE_INFINITY }, 'rounds not-finite'],
  [{ rounds: '3' }, 'rounds wrong-type'],
  [{ rounds: true }, 'rounds wrong-type'],
  [{ rounds: 3n }, 'rounds wrong-type'],
  [{ rounds: 1, speed: null }, 'speed wrong-type'],
  [{ rounds: 1, speed: 0.999 }, 'speed below-min'],
  [{ rounds: 1, speed: Number.NEGATIVE_INFINITY }, 'speed not-finite'],
  [{ rounds: 1, speed: [] }, 'speed wrong-type'],
  [{ rounds: 1, gentle: 1 }, 'gentle wrong-type'],
  [{ rounds: 1, tray: '' }, 'tray not-an-option'],
  [{ rounds: 1, tray: 7 }, 'tray wrong-type'],
  [{ rounds: 1, toString: 1 }, 'toString unknown'],
])('%o is refused: %s', (given, problem) => {
  expect(problems(given)).toEqual([problem]);
});

test('names that every object has are not parameters', () => {
  const master: WorkMaster = {
    ...SORT,
    parameters: [{ id: 'constructor', type: 'string', description: '' }],
  };
  expect(validateParameters(master, {})).toMatchObject({
    ok: false,
    error: [{ id: 'constructor', problem: 'missing' }],
  });
  const given = JSON.parse('{"constructor":"me","__proto__":"x"}') as Record<string, unknown>;
  expect(validateParameters(master, given)).toMatchObject({
    ok: false,
    error: [{ id: '__proto__', problem: 'unknown' }],
  });
});

test('a very long value is shortened in the message', () => {
  const result = validateParameters(SORT, { rounds: 'x'.repeat(1_000_000) });
  expect(result.ok ? '' : result.error[0]?.given).toHaveLength(69);
});

test('whatever is given, every accepted value has the type and the range of its parameter', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.double(),
    fc.integer({ min: -5, max: 105 }),
    fc.constantFrom('left', 'right'),
  );
  const orders = fc.record(
    { rounds: anything, speed: anything, gentle: anything, tray: anything, note: anything, other: anything },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(orders, (given) => {
      const result = validateParameters(SORT, given);
      if (!result.ok) {
        expect(result.error.length).toBeGreaterThan(0);
        for (const each of result.error) expect(JSON.parse(JSON.stringify(each))).toMatchObject({ id: each.id });
        return;
      }
      const { rounds, speed, gentle, tray, note } = result.value;
      expect(Number.isInteger(rounds) && Number(rounds) >= 1 && Number(rounds) <= 100).toBe(true);
      expect(typeof speed === 'number' && speed >= 1 && speed <= 100).toBe(true);
      expect(typeof gentle).toBe('boolean');
      expect(['left', 'right']).toContain(tray);
      expect(typeof note).toBe('string');
      expect(Object.keys(result.value)).toHaveLength(5);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['vaccum', 'vacuum'],
  ['ESTOP', 'estop'],
  ['gripper', undefined],
  ['', undefined],
  ['x'.repeat(100), undefined],
])('for %s the nearest of vacuum, estop, belt is %s', (word, candidate) => {
  expect(nearest(word, ['vacuum', 'estop', 'belt'])).toBe(candidate);
});
