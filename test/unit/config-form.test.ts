// The form of a cell file: keys, types, ranges, names, and the place of every problem.
import { describe, expect, it } from 'vitest';
import { formatProblem, type ProblemCode } from '../../src/config/problem.ts';
import { type Changes, problemsAfter, problemsOf, smallCellText } from '../support/small-cell.ts';

const rows: readonly (readonly [string, Changes, ProblemCode, string])[] = [
  ['a misspelt key', { 'cell.cyclePeriodMS': 10 }, 'misspelt-key', 'cell.cyclePeriodMS'],
  ['a key that belongs nowhere', { 'cell.colour': 'red' }, 'unknown-key', 'cell.colour'],
  ['a missing section', { boards: undefined }, 'missing-key', 'boards'],
  ['a missing key', { 'devices.air.controller': undefined }, 'missing-key', 'devices.air.controller'],
  ['a format of another version', { celda: 2 }, 'not-an-option', 'celda'],
  ['a name with capitals', { 'cell.name': 'MyCell' }, 'bad-name', 'cell.name'],
  ['a name of 41 characters', { 'cell.name': 'a'.repeat(41) }, 'too-long', 'cell.name'],
  ['an entry that is named like a part of every object', { 'poses.constructor': {} }, 'bad-name', 'poses.constructor'],
  ['a cycle of nothing', { 'cell.cyclePeriodMs': 0 }, 'out-of-range', 'cell.cyclePeriodMs'],
  ['a cycle longer than 100 ms', { 'cell.cyclePeriodMs': 101 }, 'out-of-range', 'cell.cyclePeriodMs'],
  ['a cycle with a fraction', { 'cell.cyclePeriodMs': 1.5 }, 'not-whole-in-range', 'cell.cyclePeriodMs'],
  ['a cycle in quotes', { 'cell.cyclePeriodMs': '20' }, 'number-in-quotes', 'cell.cyclePeriodMs'],
  ['a pulse below 500 us', { 'devices.base.pulseAtMinUs': 499 }, 'out-of-range', 'devices.base.pulseAtMinUs'],
  ['a text where yes or no is meant', { 'devices.valve.hazardous': 'no' }, 'not-a-boolean', 'devices.valve.hazardous'],
  ['a number where a text is meant', { 'workMasters.work.version': 1 }, 'not-text', 'workMasters.work.version'],
  ['a version of two numbers', { 'workMasters.work.version': '1.0' }, 'bad-format', 'workMasters.work.version'],
  ['a text where a number is meant', { 'poses.home.base': 'left' }, 'not-a-number', 'poses.home.base'],
  ['a list where a map is meant', { programs: [] }, 'not-a-map', 'programs'],
  ['a map where a list is meant', { 'simulation.operator.guard': {} }, 'not-a-list', 'simulation.operator.guard'],
  ['an empty list of steps', { 'workMasters.work.steps': [] }, 'too-short', 'workMasters.work.steps'],
  ['a device of an unknown kind', { 'devices.air.kind': 'oven' }, 'not-an-option', 'devices.air.kind'],
  [
    'a target that is a number',
    { 'workMasters.work.steps[0].move.to': 5 },
    'not-a-target',
    'workMasters.work.steps[0].move.to',
  ],
  [
    'a default that is a list',
    { 'workMasters.work.parameters.note.default': [] },
    'not-a-scalar',
    'workMasters.work.parameters.note.default',
  ],
  ['an address without a port', { 'boards.uno-1.port': 'tcp://host' }, 'bad-format', 'boards.uno-1.port'],
  ['a uid that is not hexadecimal', { 'boards.uno-1.uid': 'xyz' }, 'bad-format', 'boards.uno-1.uid'],
  [
    'a stop of category 3',
    { 'safety.stopFunctions.guard-stop.category': 3 },
    'not-an-option',
    'safety.stopFunctions.guard-stop.category',
  ],
];

describe('the form of a cell file', () => {
  it.each(rows)('is refused: %s', (_title, changes, code, path) => {
    expect(problemsAfter(changes).map((problem) => [problem.code, problem.path])).toContainEqual([code, path]);
  });

  it.each(['.nan', '.inf', '-.inf'])('%s is refused wherever a number stands', (word) => {
    const places = [
      'cell.cyclePeriodMs',
      'boards.uno-1.leaseMs',
      'devices.base.minDeg',
      'devices.vacuum.plausibleMax',
      'devices.vacuum.scale[1].value',
      'poses.home.base',
      'safety.blocks.channels.discrepancyTimeMs',
      'workMasters.work.parameters.count.max',
      'workMasters.work.parameters.speed.default',
      'workMasters.work.steps[0].move.timeoutMs',
      'workMasters.work.steps[0].move.speedPercent',
      'workMasters.work.steps[1].repeat.times',
      'workMasters.work.steps[1].repeat.steps[1].move.to.base',
      'workMasters.work.steps[1].repeat.steps[5].measure.max',
      'simulation.conveyor.pickAt.xMm',
      'simulation.ambientC',
    ];
    const text = smallCellText(Object.fromEntries(places.map((place) => [place, 'HERE']))).replaceAll('"HERE"', word);
    const refused = problemsOf(text).filter(({ code }) => code === 'not-finite');
    expect(refused.map(({ path }) => path).toSorted()).toEqual(places.toSorted());
  });

  it('names the key that was meant', () => {
    const [problem] = problemsAfter({ 'cell.cyclePeriodMS': 10 });
    expect(problem?.detail['suggestion']).toBe('cyclePeriodMs');
  });

  it('places a problem at the value, and a missing key at the key of its parent', () => {
    const text = [
      'celda: 1',
      'cell: { name: Big }',
      'boards:',
      '  uno-1:',
      '    kind: due1',
      'devices: {}',
      'safety:',
      '  blocks: {}',
    ].join('\n');
    expect(problemsOf(text).map(({ path, line, column }) => [path, line, column])).toEqual([
      ['cell.name', 2, 15],
      ['boards.uno-1.kind', 5, 11],
      ['safety.reset', 7, 1],
    ]);
  });

  it('shows a problem as file, line, column, path, given, allowed and hint in both languages', () => {
    const [problem] = problemsOf(smallCellText({ 'cell.cyclePeriodMs': 200 }));
    expect(problem && formatProblem(problem, 'en')).toBe(
      'cell.yaml:5:20 cell.cyclePeriodMs: given 200, allowed 1..100 ms, hint a number; its unit is at the end of the key [out-of-range]',
    );
    expect(problem && formatProblem(problem, 'es')).toBe(
      'cell.yaml:5:20 cell.cyclePeriodMs: dado 200, permitido 1..100 ms, sugerencia un número; su unidad está al final de la clave [out-of-range]',
    );
  });
});
