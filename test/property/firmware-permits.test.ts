// What holds of permits in every phase of the board's tick and at every moment of a command, with and without a host.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATE } from '../support/firmware-rig.ts';
import { PERMIT_OPENED, PermitRig, PIN, SLOT } from '../support/permit-rig.ts';

const delayMs = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1500 }));
const phaseUs = fc.integer({ min: 0, max: 9_999 });

describe('an opened permit', () => {
  it('makes the outputs safe within its delay and 1 ms, in every phase, with a dead host', () => {
    fc.assert(
      fc.property(delayMs, phaseUs, fc.integer({ min: 0, max: 300_000 }), (delay, phase, openForUs) => {
        const rig = new PermitRig().armed(delay);
        rig.run(phase);
        const openedUs = rig.board.timeUs;
        rig.openInput(PIN.estop);
        // Long enough to be seen in a tick; then it may close again.
        rig.run(1_000 + openForUs);
        rig.closeInput(PIN.estop);
        rig.run(delay * 1_000 + 2_000);
        const sinceUs = rig.safeAtUs() - openedUs;
        expect(sinceUs).toBeLessThanOrEqual(delay * 1_000 + 1_000);
        expect(sinceUs).toBeGreaterThanOrEqual(delay * 1_000);
        expect(rig.trip()).toEqual({ state: STATE.tripped, cause: PERMIT_OPENED, input: SLOT.estop });
      }),
      { numRuns: 500 },
    );
  });

  it('makes them safe as soon when the host goes on commanding', () => {
    fc.assert(
      fc.property(delayMs, phaseUs, (delay, phase) => {
        const rig = new PermitRig().armed(delay);
        rig.run(phase);
        const openedUs = rig.board.timeUs;
        rig.openInput(PIN.estop);
        rig.runBlindly(delay + 10);
        expect(rig.safeAtUs() - openedUs).toBeLessThanOrEqual(delay * 1_000 + 1_000);
        expect(rig.drives()).toEqual([0, 0, 0]);
      }),
      { numRuns: 100 },
    );
  });
});
