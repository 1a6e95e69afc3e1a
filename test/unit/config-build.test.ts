// What a valid file becomes: defaults, resolved names, stable step paths, a frozen model and its hash.
import { describe, expect, it } from 'vitest';
import { cellJsonSchema } from '../../src/config/schema.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { type Changes, smallModel } from '../support/small-cell.ts';

const STEPS = 'workMasters.work.steps[1].repeat.steps';

function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFrozen);
}

function device(name: string, changes: Changes = {}): unknown {
  return smallModel(changes).devices.find((candidate) => candidate.name === name);
}

describe('a cell', () => {
  it('[C5] is frozen through and through: no parameter can change while it runs', () => {
    expect(isFrozen(smallModel())).toBe(true);
  });

  it('has the defaults of keys that the file leaves out', () => {
    expect(smallModel()).toMatchObject({ cyclePeriodMs: 10, onSafetyStop: 'interrupt', description: '' });
    expect(smallModel().boards).toMatchObject([{ baud: 115_200, port: undefined, uid: undefined }]);
    expect(device('base')).toMatchObject({ pulseAtMinUs: 600, pulseAtMaxUs: 2_400, parkDeg: 0 });
    expect(device('held')).toMatchObject({ closeFilterMs: 10 });
    expect(device('motor')).toMatchObject({ activeHigh: true, onWhileEnabled: false });
    expect(device('air')).toMatchObject({ sampleEveryMs: 1_000 });
    expect(device('motor', { 'devices.motor.hazardous': false, 'devices.motor.safe': undefined })).toMatchObject({
      safe: 'off',
    });
  });

  it('takes half of the lease as validity when the file names none', () => {
    const { boards } = smallModel({ 'boards.uno-1.validityMs': undefined, 'boards.uno-1.leaseMs': 81 });
    expect(boards).toMatchObject([{ leaseMs: 81, validityMs: 40 }]);
  });

  it('keeps the order of the file, which decides the slots on the board', () => {
    const [plan] = planBoards(smallModel());
    expect(plan?.outputs.map((slot) => slot.device)).toEqual([
      'base',
      'shoulder',
      'elbow',
      'wrist',
      'valve',
      'motor',
      'power',
    ]);
  });

  it('has a simulation only when the file has one', () => {
    expect(smallModel().plant?.trays).toMatchObject([{ name: 'tray', radiusMm: 60 }]);
    expect(smallModel({ simulation: undefined }).plant).toBeUndefined();
  });
});

describe('a step', () => {
  const steps = (changes: Changes = {}) => smallModel(changes).workMasters[0]?.steps ?? [];
  const inner = (i: number, changes: Changes = {}) => {
    const repeat = steps(changes)[1];
    return repeat?.kind === 'repeat' ? repeat.steps[i] : undefined;
  };

  it('has the path of its place in the work master', () => {
    expect(steps().map(({ path }) => path)).toEqual(['steps[0]', 'steps[1]']);
    expect(inner(2)?.path).toBe('steps[1].repeat.steps[2]');
  });

  it('moves to the joints of the pose that it names', () => {
    expect(steps()[0]).toMatchObject({
      kind: 'move',
      targetDeg: { base: 0, shoulder: 40, elbow: -40, wrist: 0 },
      speedPercent: { parameter: 'speed' },
    });
    expect(inner(1)).toMatchObject({ targetDeg: { base: 45, elbow: -10 }, speedPercent: 50 });
  });

  it('has the label of the file, or one that can be read', () => {
    expect(inner(7)?.label).toBe('count it');
    expect([0, 1, 2, 3, 4, 5, 6].map((i) => inner(i)?.label)).toEqual([
      'run belt until at-pick',
      'move to base 45 deg, elbow -10 deg',
      'grip with gripper',
      'wait 200 ms',
      'wait for held',
      'measure pressure',
      'release gripper',
    ]);
  });

  it('that waits for a time has a time limit beyond the longest time it can take', () => {
    expect(inner(3)).toMatchObject({ for: { durationMs: 200 }, timeoutMs: 1_200 });
    const byParameter = { [`${STEPS}[3].wait.durationMs`]: '$count' };
    expect(inner(3, byParameter)).toMatchObject({ for: { durationMs: { parameter: 'count' } }, timeoutMs: 1_010 });
  });
});

describe('the hash of a cell', () => {
  const hash = (changes: Changes = {}) => smallModel(changes).configHash;

  it('is 64 hex digits and the same for the same file', () => {
    expect(hash()).toMatch(/^[0-9a-f]{64}$/);
    expect(hash()).toBe(hash());
  });

  it('does not change with a default that is written out', () => {
    expect(hash({ 'cell.cyclePeriodMs': 10 })).toBe(hash());
  });

  it.each<Changes>([
    { 'devices.base.maxDeg': 89 },
    { 'poses.home.base': 1 },
    { 'boards.uno-1.leaseMs': 101 },
    { 'workMasters.work.steps[0].move.timeoutMs': 5_001 },
    { 'simulation.conveyor.parts': 21 },
  ])('changes with %o', (changes) => {
    expect(hash(changes)).not.toBe(hash());
  });

  it('changes with the order of devices', () => {
    const air = { kind: 'thermometer', board: 'uno-1', pin: 'A1', controller: 'TMP36' };
    const spare = { kind: 'digital-input', board: 'uno-1', closedWhen: 'high', pin: 'D13' };
    const without = { 'devices.air': undefined, 'devices.lamps': undefined };
    const first = hash({ ...without, 'devices.a': air, 'devices.b': spare });
    expect(first).not.toBe(hash({ ...without, 'devices.b': spare, 'devices.a': air }));
  });
});

describe('the JSON Schema of a cell', () => {
  const text = JSON.stringify(cellJsonSchema());

  it('names every section and refuses others', () => {
    expect(cellJsonSchema()).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['celda', 'cell', 'boards', 'devices', 'safety'],
    });
  });

  it('describes keys with their range', () => {
    expect(text).toContain('"minimum":1,"maximum":100');
    expect(text).toContain('Period of the control cycle.');
  });
});
