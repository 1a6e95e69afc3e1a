// Permits on the image that is flashed: from the edge at an input to the safe output, in emulated time, with a busy line.
import { describe, expect, it } from 'vitest';
import { AvrBench } from '../support/avr-bench.ts';
import { STATE, TYPE } from '../support/firmware-rig.ts';
import { readImage } from '../support/firmware-wire.ts';
import { OUT, PERMIT_OPENED, PIN, permitSlots, SLOT } from '../support/permit-rig.ts';

/** Commands that are still coming in when the input opens: about 30 ms of line. */
const COMMANDS = 15;
const PHASES = 40;

function closed(estopDelayMs: number): AvrBench {
  const bench = new AvrBench();
  bench.levels.set(PIN.estop, 0);
  bench.levels.set(PIN.guard, 1);
  bench.levels.set(PIN.other, 0);
  return bench.configure(permitSlots(estopDelayMs, 50), 2000);
}

/** Arms and fills the line; returns in a phase of the tick that is `phase` of 40. */
function busy(bench: AvrBench, phase: number): void {
  bench.process(OUT, 3_000);
  for (let count = 0; count < COMMANDS; count += 1) bench.board.receive(bench.processFrame(OUT));
  bench.run(5_000 + (phase * 1_000) / PHASES);
  bench.edges.length = 0;
  bench.take();
}

describe('an input that opens at the flashed image', () => {
  it('[O1] makes a digital output safe within 1 ms, in every phase of the tick and under a full line', () => {
    const bench = closed(0);
    const waitsUs: number[] = [];
    for (let phase = 0; phase < PHASES; phase += 1) {
      busy(bench, phase);
      const openedUs = bench.timeUs;
      bench.levels.set(PIN.estop, 1);
      bench.run(40_000);
      const safe = bench.edges.find(({ pin, level }) => pin === PIN.valve && level === 0);
      waitsUs.push((safe?.atUs ?? Number.NaN) - openedUs);
      expect(bench.board.pin(9).pulseUs).toBe(0);
      bench.levels.set(PIN.estop, 0);
      bench.cycle = 0;
      bench.configure(permitSlots(0, 50), 2000);
    }
    expect(waitsUs).toHaveLength(PHASES);
    expect(Math.max(...waitsUs)).toBeLessThanOrEqual(1_000);
  });

  it('for half a tick and its jitter is shown to the host as it is counted', () => {
    const bench = closed(50);
    for (let phase = 0; phase < PHASES; phase += 4) {
      busy(bench, phase);
      bench.levels.set(PIN.estop, 1);
      bench.run(700);
      bench.levels.set(PIN.estop, 0);
      // The frame that is being sent, and one turn of the loop for each command that waits.
      bench.run(15_000);
      const frames = bench.take().filter(({ type }) => type === TYPE.image || type === TYPE.edge);
      expect(frames.map(({ payload }) => readImage(payload).rest.readUInt8(0) & 1)).toContain(1);
      bench.run(60_000);
      const image = bench.images().at(-1);
      expect(image).toMatchObject({ state: STATE.tripped, tripCause: PERMIT_OPENED + 8 * SLOT.estop });
      bench.cycle = 0;
      bench.configure(permitSlots(50, 50), 2000);
    }
  });
});
