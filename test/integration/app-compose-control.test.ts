// The composition of the control half, in virtual time, against the real firmware: its last word before it dies.
import { describe, expect, it } from 'vitest';
import { ACTUATOR_POWER, compose } from '../support/composed-control.ts';

describe('the control half of a cell', () => {
  it('tells its boards to stop when a defect ends it: they are safe long before their leases end', async () => {
    const { clock, levels, seen, run, enable, stop } = compose();
    await enable();
    expect(seen.unit).toBe('Idle');
    expect([...new Set(seen.boards)]).toEqual([expect.stringMatching(/^uno-1 [0-9a-f]{16}$/)]);
    expect(levels.get(ACTUATOR_POWER)).toBe(1);
    run.stopBoards();
    await clock.advance(10);
    expect(levels.get(ACTUATOR_POWER)).toBe(0);
    stop();
  });

  it('ends after a shutdown, with the outputs safe', async () => {
    const { clock, levels, run, enable, stop } = compose();
    await enable();
    expect(levels.get(ACTUATOR_POWER)).toBe(1);
    let hasEnded = false;
    void run.ended.then(() => {
      hasEnded = true;
    });
    run.shutdown();
    run.shutdown();
    await clock.advance(3_000);
    expect(hasEnded).toBe(true);
    expect(levels.get(ACTUATOR_POWER)).toBe(0);
    stop();
  });
});
