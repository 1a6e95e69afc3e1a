// Goal: whatever is asked of a jog, joints keep to their limits of position, speed and acceleration, and no point of the tool is faster
// than its bound. Method: random joints, random wishes, random step widths.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type JogLimits, stepJog } from '../../src/core/jog-motion.ts';
import { type MotionState, motionAt } from '../../src/core/motion.ts';
import { toolSpeedBoundMmPerS } from '../../src/core/tool-speed.ts';

const JOINTS = 3;
const joint = fc.record({
  minDeg: fc.double({ min: -180, max: -1, noNaN: true }),
  maxDeg: fc.double({ min: 1, max: 180, noNaN: true }),
  velocityMaxDegPerS: fc.double({ min: 1, max: 400, noNaN: true }),
  accelerationMaxDegPerS2: fc.double({ min: 10, max: 5000, noNaN: true }),
});
const limits: fc.Arbitrary<JogLimits> = fc.record({
  joints: fc.array(joint, { minLength: JOINTS, maxLength: JOINTS }),
  toolMmPerUnit: fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: JOINTS, maxLength: JOINTS }),
  toolSpeedMaxMmPerS: fc.double({ min: 1, max: 250, noNaN: true }),
});
const wish = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: JOINTS, maxLength: JOINTS });
const story = fc.array(fc.record({ wish, steps: fc.integer({ min: 1, max: 30 }) }), { minLength: 1, maxLength: 12 });
const dtMs = fc.double({ min: 1, max: 100, noNaN: true });
const TINY = 1e-6;

function play(
  all: JogLimits,
  parts: readonly { wish: readonly number[]; steps: number }[],
  widthMs: number,
  see: (before: MotionState, after: MotionState) => void,
): MotionState {
  let state = motionAt(all.joints.map(() => 0));
  for (const part of parts) {
    for (let step = 0; step < part.steps; step += 1) {
      const before = state;
      state = stepJog(state, part.wish, widthMs, all);
      see(before, state);
    }
  }
  return state;
}

it('joints keep to their limits of position and speed', () => {
  fc.assert(
    fc.property(limits, story, dtMs, (all, parts, widthMs) => {
      play(all, parts, widthMs, (_, after) => {
        all.joints.forEach((limit, index) => {
          const position = after.positionDeg[index] ?? Number.NaN;
          expect(position).toBeGreaterThanOrEqual(limit.minDeg - TINY);
          expect(position).toBeLessThanOrEqual(limit.maxDeg + TINY);
          expect(Math.abs(after.velocityDegPerS[index] ?? Number.NaN)).toBeLessThanOrEqual(
            limit.velocityMaxDegPerS + TINY,
          );
        });
      });
    }),
  );
});

it('no point of the tool is faster than its bound', () => {
  fc.assert(
    fc.property(limits, story, dtMs, (all, parts, widthMs) => {
      play(all, parts, widthMs, (_, after) => {
        const speed = toolSpeedBoundMmPerS(after.velocityDegPerS, all.toolMmPerUnit);
        expect(speed).toBeLessThanOrEqual(all.toolSpeedMaxMmPerS * (1 + TINY));
      });
    }),
  );
});

it('joints speed up and slow down within their acceleration', () => {
  fc.assert(
    fc.property(limits, story, dtMs, (all, parts, widthMs) => {
      play(all, parts, widthMs, (before, after) => {
        all.joints.forEach((limit, index) => {
          const change = Math.abs((after.velocityDegPerS[index] ?? 0) - (before.velocityDegPerS[index] ?? 0));
          const allowed = (limit.accelerationMaxDegPerS2 * widthMs) / 1000;
          expect(change).toBeLessThanOrEqual(allowed * (1 + TINY) + TINY);
        });
      });
    }),
  );
});

it('joints of which nothing is asked come to rest, and stay', () => {
  fc.assert(
    fc.property(limits, story, dtMs, (all, parts, widthMs) => {
      let state = play(all, parts, widthMs, () => undefined);
      for (let step = 0; step < 60_000 && state.velocityDegPerS.some((velocity) => velocity !== 0); step += 1) {
        state = stepJog(state, [], widthMs, all);
      }
      expect(state.velocityDegPerS).toEqual(all.joints.map(() => 0));
      expect(stepJog(state, [], widthMs, all).positionDeg).toEqual(state.positionDeg);
    }),
    { numRuns: 30 },
  );
});

it('a joint that does not say how far it reaches is never jogged', () => {
  const limit = { minDeg: -90, maxDeg: 90, velocityMaxDegPerS: 100, accelerationMaxDegPerS2: 400 };
  const all = { joints: [limit], toolMmPerUnit: [Number.POSITIVE_INFINITY], toolSpeedMaxMmPerS: 250 };
  expect(stepJog(motionAt([0]), [50], 20, all)).toEqual(motionAt([0]));
});
