import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONTROL_LIMITS,
  GATEWAY_LIMITS,
  NO_CRASHES,
  onCrash,
  type RestartDecision,
  type RestartLimits,
} from '../../src/app/restart-policy.ts';

function decide(crashesAt: readonly number[], limits: RestartLimits): RestartDecision[] {
  let state = NO_CRASHES;
  return crashesAt.map((at) => {
    const next = onCrash(state, at, limits);
    state = next.state;
    return next.decision;
  });
}

const MINUTE = 60_000;

describe('restart of the control process', () => {
  it('stays down at the third crash within ten minutes', () => {
    expect(decide([0, 4 * MINUTE, 10 * MINUTE - 1], CONTROL_LIMITS)).toEqual([
      { kind: 'restart', afterMs: 200 },
      { kind: 'restart', afterMs: 400 },
      { kind: 'stay-down', crashes: 3, windowMs: 10 * MINUTE },
    ]);
  });

  it('goes on when the first of three crashes is ten minutes old', () => {
    expect(decide([0, 4 * MINUTE, 10 * MINUTE], CONTROL_LIMITS).map(({ kind }) => kind)).toEqual([
      'restart',
      'restart',
      'restart',
    ]);
  });
});

describe('restart of the gateway', () => {
  it('is never given up, and waits longer up to 5 s', () => {
    const delays = decide(
      Array.from({ length: 10 }, (_, index) => index * 1_000),
      GATEWAY_LIMITS,
    ).map((decision) => (decision.kind === 'restart' ? decision.afterMs : -1));
    expect(delays).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, 5_000]);
  });

  it('starts with the short delay again after a quiet minute', () => {
    expect(decide([0, 1, 2, 2 + MINUTE], GATEWAY_LIMITS).at(-1)).toEqual({ kind: 'restart', afterMs: 100 });
  });
});

describe('restart policy', () => {
  it('never restarts more often than allowed in any window, whenever the crashes come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5 * MINUTE }), { maxLength: 40 }), (gaps) => {
        let at = 0;
        const crashesAt = gaps.map((gap) => (at += gap));
        const decisions = decide(crashesAt, CONTROL_LIMITS);
        for (const [index, decision] of decisions.entries()) {
          const third = crashesAt[index - 2];
          const isThird = third !== undefined && (crashesAt[index] ?? 0) - third < CONTROL_LIMITS.windowMs;
          expect(decision.kind).toBe(isThird ? 'stay-down' : 'restart');
        }
      }),
    );
  });

  it('remembers a bounded number of crashes', () => {
    let state = NO_CRASHES;
    for (let at = 0; at < 1_000; at += 1) state = onCrash(state, at, GATEWAY_LIMITS).state;
    expect(state.crashesAt.length).toBeLessThanOrEqual(64);
  });
});
