// Goal: no joint ever exceeds a limit, whatever the moves, the cycle times and the stops. Method: random walks of the
// motion reducer; velocities and accelerations are checked by differences of what it commands.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JointLimits, MotionState } from '../../src/core/motion.ts';
import { isStandstill, motionAt, moveDurationMs, planMove, stepMotion } from '../../src/core/motion.ts';
import { at } from '../support/at.ts';

const JOINTS = 4;

const limitsArb: fc.Arbitrary<JointLimits> = fc.record({
  minDeg: fc.double({ min: -180, max: -1, noNaN: true }),
  maxDeg: fc.double({ min: 1, max: 180, noNaN: true }),
  velocityMaxDegPerS: fc.double({ min: 1, max: 600, noNaN: true }),
  accelerationMaxDegPerS2: fc.double({ min: 5, max: 5000, noNaN: true }),
});

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const dtArb = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0.5, max: 30, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 0.5, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 30, max: 2000, noNaN: true }) },
);

const moveArb = fc.record({
  target: fc.array(unit, { minLength: JOINTS, maxLength: JOINTS }),
  speedPercent: fc.double({ min: 1, max: 100, noNaN: true }),
  dts: fc.array(dtArb, { minLength: 1, maxLength: 60 }),
  /** From this step on the motion ramps down; later than the last step: it does not. */
  rampFrom: fc.integer({ min: 0, max: 120 }),
  /** Length of the ramp-down in steps; the path may go on after it. */
  rampSteps: fc.integer({ min: 1, max: 200 }),
});

const walkArb = fc.record({
  limits: fc.array(limitsArb, { minLength: JOINTS, maxLength: JOINTS }),
  start: fc.array(unit, { minLength: JOINTS, maxLength: JOINTS }),
  moves: fc.array(moveArb, { minLength: 1, maxLength: 5 }),
});

function inside(limits: readonly JointLimits[], fractions: readonly number[]): number[] {
  return limits.map(({ minDeg, maxDeg }, joint) => Math.min(maxDeg, minDeg + (maxDeg - minDeg) * at(fractions, joint)));
}

function expectWithinLimits(limits: readonly JointLimits[], before: MotionState, after: MotionState, dtMs: number) {
  const dtS = dtMs / 1000;
  for (const [joint, limit] of limits.entries()) {
    const position = at(after.positionDeg, joint);
    const moved = Math.abs(position - at(before.positionDeg, joint));
    const velocity = at(after.velocityDegPerS, joint);
    const gained = Math.abs(velocity - at(before.velocityDegPerS, joint));
    expect(position).toBeGreaterThanOrEqual(limit.minDeg);
    expect(position).toBeLessThanOrEqual(limit.maxDeg);
    expect(moved).toBeLessThanOrEqual(limit.velocityMaxDegPerS * dtS * (1 + 1e-9) + 1e-9);
    expect(Math.abs(velocity)).toBeLessThanOrEqual(limit.velocityMaxDegPerS * (1 + 1e-9));
    expect(gained).toBeLessThanOrEqual(limit.accelerationMaxDegPerS2 * dtS * (1 + 1e-9) + 1e-6);
  }
}

function planned(limits: readonly JointLimits[], state: MotionState, target: readonly number[], speed: number) {
  const plan = planMove(limits, state, target, speed);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
}

function toTheEnd(state: MotionState, dtMs: number, mode: 'run' | 'ramp-down'): MotionState {
  let now = state;
  for (let step = 0; step < 1_000_000 && !isStandstill(now); step += 1) now = stepMotion(now, dtMs, mode);
  return now;
}

test('[A3] no joint exceeds its position, velocity or acceleration limit over any moves, cycle times and ramp-downs', () => {
  fc.assert(
    fc.property(walkArb, ({ limits, start, moves }) => {
      let state = motionAt(inside(limits, start));
      for (const { target, speedPercent, dts, rampFrom, rampSteps } of moves) {
        state = planned(limits, state, inside(limits, target), speedPercent);
        for (const [step, dtMs] of dts.entries()) {
          const ramping = step >= rampFrom && step < rampFrom + rampSteps;
          const next = stepMotion(state, dtMs, ramping ? 'ramp-down' : 'run');
          expectWithinLimits(limits, state, next, dtMs);
          state = next;
        }
        while (!isStandstill(state)) {
          const next = stepMotion(state, 50, 'ramp-down');
          expectWithinLimits(limits, state, next, 50);
          state = next;
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('velocity commanded between two positions agrees with the distance between them', () => {
  fc.assert(
    fc.property(walkArb, ({ limits, start, moves }) => {
      const move = at(moves, 0);
      let state = planned(limits, motionAt(inside(limits, start)), inside(limits, move.target), move.speedPercent);
      for (const dtMs of move.dts) {
        const next = stepMotion(state, dtMs, 'run');
        for (const [joint, limit] of limits.entries()) {
          const moved = at(next.positionDeg, joint) - at(state.positionDeg, joint);
          const mean = ((at(state.velocityDegPerS, joint) + at(next.velocityDegPerS, joint)) / 2) * (dtMs / 1000);
          // A trapezoid's mean speed over dt differs from the mean of the ends by at most a * dt / 2.
          const slack = (limit.accelerationMaxDegPerS2 * (dtMs / 1000) ** 2) / 2;
          expect(Math.abs(moved - mean)).toBeLessThanOrEqual(slack * (1 + 1e-6) + 1e-9);
        }
        state = next;
      }
    }),
  );
});

test('all joints start and arrive together, monotone along one straight line, exactly at the target', () => {
  fc.assert(
    fc.property(walkArb, ({ limits, start, moves }) => {
      const move = at(moves, 0);
      const from = inside(limits, start);
      const target = inside(limits, move.target);
      let state = planned(limits, motionAt(from), target, move.speedPercent);
      for (const dtMs of [...move.dts, 1e9]) {
        const before = state;
        state = stepMotion(state, dtMs, 'run');
        const shares: number[] = [];
        for (const [joint, goal] of target.entries()) {
          const distance = goal - at(from, joint);
          const position = at(state.positionDeg, joint);
          const towards = (position - at(before.positionDeg, joint)) * Math.sign(distance);
          expect(towards).toBeGreaterThanOrEqual(-1e-12);
          if (Math.abs(distance) > 0.01) shares.push((position - at(from, joint)) / distance);
        }
        for (const share of shares) expect(share).toBeCloseTo(at(shares, 0), 9);
      }
      expect(state).toEqual(motionAt(target));
    }),
  );
});

test('a move lasts as long as its duration says, in steps of any width', () => {
  fc.assert(
    fc.property(walkArb, unit, ({ limits, start, moves }, split) => {
      const move = at(moves, 0);
      const from = inside(limits, start);
      const target = inside(limits, move.target);
      const durationMs = moveDurationMs(limits, from, target, move.speedPercent);
      const plan = planned(limits, motionAt(from), target, move.speedPercent);
      if (isStandstill(plan)) return;
      const halfway = stepMotion(plan, durationMs * split, 'run');
      const rest = durationMs * (1 - split);
      expect(isStandstill(stepMotion(halfway, rest * 1.000_001 + 0.001, 'run'))).toBe(true);
      fc.pre(rest > 0.01);
      expect(isStandstill(stepMotion(halfway, rest * 0.999 - 0.001, 'run'))).toBe(false);
    }),
  );
});

test('the way is the same whether it is travelled in one step or in many', () => {
  fc.assert(
    fc.property(walkArb, ({ limits, start, moves }) => {
      const move = at(moves, 0);
      const plan = planned(limits, motionAt(inside(limits, start)), inside(limits, move.target), move.speedPercent);
      const many = move.dts.reduce((state, dtMs) => stepMotion(state, dtMs, 'run'), plan);
      const once = stepMotion(
        plan,
        move.dts.reduce((sum, dtMs) => sum + dtMs, 0),
        'run',
      );
      for (const [joint, position] of many.positionDeg.entries()) {
        expect(Math.abs(position - at(once.positionDeg, joint))).toBeLessThan(1e-6);
      }
    }),
  );
});

test('a ramp-down ends at standstill on the path and within the braking time of the slowest joint', () => {
  fc.assert(
    fc.property(walkArb, unit, ({ limits, start, moves }, when) => {
      const move = at(moves, 0);
      const from = inside(limits, start);
      const target = inside(limits, move.target);
      const plan = planned(limits, motionAt(from), target, move.speedPercent);
      const durationMs = moveDurationMs(limits, from, target, move.speedPercent);
      const moving = stepMotion(plan, durationMs * when, 'run');
      const stopped = stepMotion(moving, durationMs / 2 + 0.001, 'ramp-down');
      expect(isStandstill(stopped)).toBe(true);
      expect(stopped.velocityDegPerS.every((velocity) => velocity === 0)).toBe(true);
      for (const [joint, position] of stopped.positionDeg.entries()) {
        expect(position).toBeGreaterThanOrEqual(Math.min(at(from, joint), at(target, joint)));
        expect(position).toBeLessThanOrEqual(Math.max(at(from, joint), at(target, joint)));
      }
      expect(stepMotion(stopped, 1000, 'run')).toEqual(stopped);
    }),
  );
});

test('a motion that is let run on after a partial ramp-down still arrives exactly', () => {
  fc.assert(
    fc.property(walkArb, unit, ({ limits, start, moves }, when) => {
      const move = at(moves, 0);
      const from = inside(limits, start);
      const target = inside(limits, move.target);
      const durationMs = moveDurationMs(limits, from, target, move.speedPercent);
      const plan = planned(limits, motionAt(from), target, move.speedPercent);
      const slowed = stepMotion(stepMotion(plan, durationMs * when, 'run'), Math.min(20, durationMs / 50), 'ramp-down');
      if (isStandstill(slowed)) return;
      expect(toTheEnd(slowed, durationMs, 'run').positionDeg).toEqual(target);
    }),
  );
});
