// Goal: operating modes that would let something move beside a person, or that nothing selects, are refused with their place.
import { expect, it } from 'vitest';
import { planBoards } from '../../src/core/board-plan.ts';
import type { OperatingMode } from '../../src/core/operating-mode.ts';
import { permitsOf } from '../../src/core/permits.ts';
import { MANUAL, manualCell } from '../support/manual-cell.ts';
import { type Changes, problemsAfter } from '../support/small-cell.ts';

const faulty: readonly (readonly [title: string, changes: Changes, code: string, path: string])[] = [
  [
    'a mode that no selector selects',
    { 'safety.modes.automatic': 'guard' },
    'mode-not-selected',
    'safety.modes.automatic',
  ],
  [
    'an output that stands for no mode',
    { 'safety.modes.automatic': 'mode.anyModeSel' },
    'mode-not-selected',
    'safety.modes.automatic',
  ],
  [
    'two modes on one output',
    { 'safety.modes.maintenance': 'mode.mode1Sel' },
    'mode-selected-twice',
    'safety.modes.maintenance',
  ],
  [
    'a stop in a mode that the cell has not',
    { 'safety.modes.maintenance': undefined },
    'mode-not-configured',
    'safety.stopFunctions.service-enabling.modes[0]',
  ],
  [
    'an emergency stop in some modes only',
    { 'safety.stopFunctions.emergency-stop.modes': ['automatic'] },
    'emergency-stop-in-all-modes',
    'safety.stopFunctions.emergency-stop.modes',
  ],
  [
    'a protective stop that an emergency stop feeds, in some modes only',
    {
      'safety.stopFunctions.far-stop': {
        permission: 'estop',
        category: 0,
        role: 'protective-stop',
        modes: ['automatic'],
        outputs: ['motor'],
      },
    },
    'emergency-stop-in-all-modes',
    'safety.stopFunctions.far-stop.modes',
  ],
  [
    'an enabling device that holds with power on',
    { 'safety.stopFunctions.manual-enabling.category': 2 },
    'enabling-holds',
    'safety.stopFunctions.manual-enabling.category',
  ],
  [
    'an enabling device in automatic',
    { 'safety.stopFunctions.manual-enabling.modes': ['manualReducedSpeed', 'automatic'] },
    'enabling-in-automatic',
    'safety.stopFunctions.manual-enabling.modes[1]',
  ],
  [
    'an enabling device for no mode',
    { 'safety.stopFunctions.manual-enabling.modes': undefined },
    'enabling-without-modes',
    'safety.stopFunctions.manual-enabling',
  ],
  [
    'something that can hurt without an enabling device',
    { 'safety.stopFunctions.manual-enabling.outputs': ['base', 'shoulder', 'elbow', 'wrist', 'motor', 'power'] },
    'hazard-without-enabling',
    'devices.valve',
  ],
  [
    'a servo that does not say how far it reaches',
    { 'devices.base.reachMm': undefined },
    'jogged-without-reach',
    'devices.base',
  ],
  [
    'a tool faster than reduced speed',
    { 'safety.modes.toolSpeedMaxMmPerS': 251 },
    'out-of-range',
    'safety.modes.toolSpeedMaxMmPerS',
  ],
  [
    'an enabling stop on a guard',
    { 'safety.stopFunctions.manual-enabling.permission': 'guard' },
    'permission-does-not-latch',
    'safety.stopFunctions.manual-enabling.permission',
  ],
];

it.each(faulty)('%s is refused', (_, changes, code, path) => {
  const problems = problemsAfter({ ...MANUAL, ...changes });
  expect(problems.map((problem) => `${problem.code} ${problem.path}`)).toContain(`${code} ${path}`);
});

it('the cell without these mistakes is good', () => {
  expect(problemsAfter(MANUAL)).toEqual([]);
});

const watchOf = (mode: OperatingMode) => ({ mode, bypassed: [] });

it('boards watch in each mode what counts in it: the guard in automatic, the enabling device in manual', () => {
  const cell = manualCell();
  expect(permitsOf(cell, 'base', watchOf('automatic'))).toEqual(new Set(['estop-a', 'estop-b', 'door']));
  expect(permitsOf(cell, 'base', watchOf('manualReducedSpeed'))).toEqual(
    new Set(['estop-a', 'estop-b', 'enable-1', 'enable-2']),
  );
});

it('slots of a board are the same in every mode', () => {
  const cell = manualCell();
  const slots = (mode: 'automatic' | 'maintenance') =>
    planBoards(cell, watchOf(mode)).map(({ inputs, outputs }) =>
      [inputs, outputs].map((list) => list.map(({ device }) => device)),
    );
  expect(slots('maintenance')).toEqual(slots('automatic'));
});

it('a selector that is malformed is told once, and not again for each mode that it selects', () => {
  const problems = problemsAfter({ ...MANUAL, 'safety.blocks.mode.unlock': undefined });
  expect(problems.map(({ code, path }) => [code, path])).toEqual([['missing-key', 'safety.blocks.mode.unlock']]);
});
