// Stepper axes in a cell file: what each mistake is told as, and what becomes of a right one on the board.
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../src/config/problem.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { type Changes, problemsAfter, smallModel } from '../support/small-cell.ts';

const HOMING = { switch: 'held', towards: 'min', speedMmPerS: 20, positionMm: 0, searchMm: 330 };
const SLIDE = {
  kind: 'stepper-axis',
  board: 'uno-1',
  stepPin: 'A4',
  directionPin: 'A5',
  stepsPerMm: 40,
  minMm: 0,
  maxMm: 300,
  velocityMaxMmPerS: 90,
  accelerationMaxMmPerS2: 300,
  homing: HOMING,
};
const OUTPUTS = ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power', 'slide'];

/** The small cell with an axis in the place of its lamps. */
function withAxis(changes: Record<string, unknown> = {}, others: Changes = {}): Changes {
  return {
    'devices.lamps': undefined,
    'devices.slide': { ...SLIDE, ...changes },
    'safety.stopFunctions.emergency-stop.outputs': OUTPUTS,
    ...others,
  };
}

const home = (axes: readonly string[]) => ({ home: { axes, timeoutMs: 30_000 } });
const move = (mm: number, timeoutMs = 30_000) => ({ move: { to: { slide: mm }, timeoutMs } });
const STEPS = 'workMasters.work.steps[0]';

type Row = readonly [title: string, changes: Changes, code: ProblemCode, path: string];

const rows: readonly Row[] = [
  ['limits the wrong way round', withAxis({ minMm: 400 }), 'min-above-max', 'devices.slide.minMm'],
  [
    'a speed that its board cannot step',
    withAxis({ velocityMaxMmPerS: 101 }),
    'axis-too-fast',
    'devices.slide.velocityMaxMmPerS',
  ],
  [
    'an acceleration that its board cannot step',
    withAxis({ accelerationMaxMmPerS2: 8_192 }),
    'axis-too-fast',
    'devices.slide.accelerationMaxMmPerS2',
  ],
  [
    'homing faster than its top speed',
    withAxis({ homing: { ...HOMING, speedMmPerS: 91 } }),
    'axis-too-fast',
    'devices.slide.homing.speedMmPerS',
  ],
  [
    'a home outside its limits',
    withAxis({ homing: { ...HOMING, positionMm: -1 } }),
    'home-outside-limits',
    'devices.slide.homing.positionMm',
  ],
  [
    'a home switch that is none',
    withAxis({ homing: { ...HOMING, switch: 'vacuum' } }),
    'wrong-kind',
    'devices.slide.homing.switch',
  ],
  ['a driver that steps can switch', withAxis({ driver: 'motor' }), 'driver-not-enabled', 'devices.slide.driver'],
  ['a pin that is taken', withAxis({ stepPin: 'A0' }), 'pin-taken', 'devices.slide.stepPin'],
  ['a direction pin that there is not', withAxis({ directionPin: 'D14' }), 'unknown-pin', 'devices.slide.directionPin'],
  [
    'no emergency stop',
    withAxis({}, { 'safety.stopFunctions.emergency-stop.outputs': OUTPUTS.slice(0, -1) }),
    'hazard-without-emergency-stop',
    'devices.slide',
  ],
  [
    'a target outside its limits',
    withAxis({}, { [STEPS]: move(301) }),
    'target-outside-limits',
    `${STEPS}.move.to.slide`,
  ],
  ['a home step for a servo', withAxis({}, { [STEPS]: home(['base']) }), 'wrong-kind', `${STEPS}.home.axes[0]`],
];

describe('a cell with a stepper axis', () => {
  it('is accepted', () => {
    expect(problemsAfter(withAxis())).toEqual([]);
  });

  it.each(rows)('is refused with %s', (_title, changes, code, path) => {
    expect(problemsAfter(changes).map((problem) => [problem.code, problem.path])).toEqual([[code, path]]);
  });

  it('is refused with more axes than its board can step', () => {
    const pins = [20, 22, 24, 26, 28];
    const axes: Record<string, unknown> = {};
    for (const pin of pins) {
      axes[`devices.axis-${pin}`] = { ...SLIDE, stepPin: `D${pin}`, directionPin: `D${pin + 1}` };
    }
    const outputs = [...OUTPUTS.slice(0, -1), ...pins.map((pin) => `axis-${pin}`)];
    const changes: Changes = {
      'boards.uno-1.kind': 'mega',
      ...axes,
      'safety.stopFunctions.emergency-stop.outputs': outputs,
    };
    expect(problemsAfter(changes).map(({ code, path }) => [code, path])).toEqual([['too-many-slots', 'boards.uno-1']]);
  });

  it('lets its board go a little faster than the profile, and stand when an input of its stops opens', () => {
    const [plan] = planBoards(smallModel(withAxis()));
    const slots = plan?.outputs.filter(({ device }) => device === 'slide');
    const estop = plan?.inputs.findIndex(({ device }) => device === 'estop-a');
    expect(slots).toMatchObject([
      { kind: 'axis', hazardous: true, limit: 4_500, pin: 18 },
      { kind: 'direction', hazardous: false, limit: 2_400, pin: 19, permits: [] },
    ]);
    expect(slots?.[0]?.permits).toContain(estop);
  });
});
