import { expect, test } from 'vitest';
import type { JointLimits } from '../../src/core/motion.ts';
import { isStandstill, motionAt, moveDurationMs, planMove, stepMotion } from '../../src/core/motion.ts';
import { at } from '../support/at.ts';

const BASE: JointLimits = { minDeg: -90, maxDeg: 90, velocityMaxDegPerS: 100, accelerationMaxDegPerS2: 200 };
const ELBOW: JointLimits = { minDeg: 0, maxDeg: 120, velocityMaxDegPerS: 50, accelerationMaxDegPerS2: 500 };

test('a long move speeds up for half a second, cruises at the joint limit and brakes for half a second', () => {
  const plan = planMove([BASE], motionAt([-50]), [50], 100);
  if (!plan.ok) throw new Error('refused');
  expect(moveDurationMs([BASE], [-50], [50], 100)).toBeCloseTo(1500, 9);
  const cruising = stepMotion(plan.value, 500, 'run');
  expect(cruising.positionDeg[0]).toBeCloseTo(-25, 9);
  expect(cruising.velocityDegPerS[0]).toBeCloseTo(100, 9);
  const braking = stepMotion(cruising, 750, 'run');
  expect(braking.positionDeg[0]).toBeCloseTo(43.75, 9);
  expect(braking.velocityDegPerS[0]).toBeCloseTo(50, 9);
  expect(stepMotion(braking, 251, 'run')).toEqual(motionAt([50]));
});

test('a short move never reaches the velocity limit', () => {
  expect(moveDurationMs([BASE], [0], [2], 100)).toBeCloseTo(200, 9);
});

test('half the speed doubles the cruising time, with the same acceleration', () => {
  expect(moveDurationMs([BASE], [-50], [50], 50)).toBeCloseTo(2250, 9);
});

test('the slower joint sets the pace of the faster one', () => {
  expect(moveDurationMs([BASE, ELBOW], [0, 0], [50, 100], 100)).toBeGreaterThan(2000);
  expect(moveDurationMs([BASE, ELBOW], [0, 0], [50, 100], 100)).toBe(
    moveDurationMs([BASE, ELBOW], [50, 100], [0, 0], 100),
  );
});

test('a move to where the joints are is over at once', () => {
  const plan = planMove([BASE, ELBOW], motionAt([10, 20]), [10, 20], 100);
  expect(plan).toEqual({ ok: true, value: motionAt([10, 20]) });
  expect(moveDurationMs([BASE, ELBOW], [10, 20], [10, 20], 100)).toBe(0);
});

test('a ramp-down from full speed stands after the braking distance, in one step or in two', () => {
  const plan = planMove([BASE], motionAt([-50]), [50], 100);
  if (!plan.ok) throw new Error('refused');
  const cruising = stepMotion(plan.value, 500, 'run');
  expect(stepMotion(cruising, 5000, 'ramp-down').positionDeg[0]).toBeCloseTo(0, 9);
  const slower = stepMotion(cruising, 250, 'ramp-down');
  expect(slower.velocityDegPerS[0]).toBeCloseTo(50, 9);
  expect(stepMotion(slower, 251, 'ramp-down').positionDeg[0]).toBeCloseTo(0, 9);
  expect(isStandstill(stepMotion(slower, 249, 'ramp-down'))).toBe(false);
});

test('a ramp-down before anything moves is a standstill where the joints are', () => {
  const plan = planMove([BASE], motionAt([0]), [50], 100);
  if (!plan.ok) throw new Error('refused');
  expect(stepMotion(plan.value, 0, 'ramp-down')).toEqual(motionAt([0]));
});

test.each([0, -5, Number.NaN])('a cycle time of %s moves nothing', (dtMs) => {
  const plan = planMove([BASE], motionAt([0]), [50], 100);
  if (!plan.ok) throw new Error('refused');
  const moving = stepMotion(plan.value, 100, 'run');
  expect(stepMotion(moving, dtMs, 'run').positionDeg[0]).toBeCloseTo(at(moving.positionDeg, 0), 12);
});

test.each([
  { target: [0, 120.001], joint: 1, value: 120.001, minDeg: 0, maxDeg: 120 },
  { target: [-91, 200], joint: 0, value: -91, minDeg: -90, maxDeg: 90 },
  { target: [Number.NaN, 0], joint: 0, value: 'NaN', minDeg: -90, maxDeg: 90 },
  { target: [0, Number.POSITIVE_INFINITY], joint: 1, value: 'Infinity', minDeg: 0, maxDeg: 120 },
])(
  'a target outside the limits is refused with the joint, the value and the limits: $target',
  ({ target, ...detail }) => {
    const plan = planMove([BASE, ELBOW], motionAt([0, 0]), target, 100);
    expect(plan).toEqual({ ok: false, error: { code: 2001, detail: { problem: 'position', ...detail } } });
  },
);

test.each([0, 0.99, 100.1, -50])('a speed of %s %% is refused', (speedPercent) => {
  const plan = planMove([BASE], motionAt([0]), [10], speedPercent);
  expect(plan).toMatchObject({
    ok: false,
    error: { code: 2001, detail: { problem: 'speedPercent', value: speedPercent } },
  });
});

test('a speed that is not a number is refused', () => {
  expect(planMove([BASE], motionAt([0]), [10], Number.NaN)).toMatchObject({
    ok: false,
    error: { code: 2001, detail: { problem: 'speedPercent', value: 'NaN' } },
  });
});

test('a move while another one runs is refused and changes nothing', () => {
  const plan = planMove([BASE], motionAt([0]), [50], 100);
  if (!plan.ok) throw new Error('refused');
  const moving = stepMotion(plan.value, 100, 'run');
  expect(isStandstill(moving)).toBe(false);
  expect(planMove([BASE], moving, [0], 100)).toMatchObject({
    ok: false,
    error: { code: 2001, detail: { problem: 'notAtStandstill' } },
  });
});

test('arrays that do not fit the joints are a defect, not a move', () => {
  expect(planMove([BASE, ELBOW], motionAt([0, 0]), [1], 100)).toMatchObject({ ok: false, error: { code: 9001 } });
});

test('joint limits that allow no motion are a defect, not an endless move', () => {
  const stuck = { ...BASE, velocityMaxDegPerS: 0 };
  expect(planMove([stuck], motionAt([0]), [1], 100)).toMatchObject({ ok: false, error: { code: 9001 } });
});
