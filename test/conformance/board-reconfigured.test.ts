// What a pin was before the present configuration does not show in what it is now.
import { describe, expect, it } from 'vitest';
import { AvrBench } from '../support/avr-bench.ts';
import { commitPayload, records, type Slot, STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf } from '../support/firmware-wire.ts';

const PIN = 9;
const OTHER_PIN = 8;
const PULL_UP = 4;
const HOLD = 0xffff;
const FRAME_US = 20_000;
const WIDEST_US = 2500;
const SERVO: readonly Slot[] = [{ output: true, second: true, pin: PIN, flags: 1, value: HOLD }];
/** From the first character of a COMMIT to its execution it takes some milliseconds: these meet every part of a pulse. */
const AHEAD_US = [5000, 4400, 3800, 3200, 2600, 2000, 1400, 800];

/** A board that pulses a servo on `PIN` takes `slots` so long before a pulse; all pulses are over afterwards. */
function reconfigured(slots: readonly Slot[], aheadUs: number): AvrBench {
  const bench = new AvrBench().configure(SERVO);
  bench.process(bytesOf([WIDEST_US, 2]));
  bench.openOnly();
  for (const record of records(slots)) bench.send(TYPE.config, record, 5_000);
  bench.edges.length = 0;
  while (bench.edges.length < 2) bench.run(100);
  const riseUs = bench.edges.findLast(({ level }) => level === 1)?.atUs ?? 0;
  bench.run(riseUs + 2 * FRAME_US - aheadUs - bench.timeUs);
  bench.send(TYPE.commit, commitPayload(slots, 100), 2 * FRAME_US);
  return bench;
}

describe('a pin that was pulsed as a servo until the moment of the commit', () => {
  it.each(AHEAD_US)('keeps the pull-up of the input that it is now, %i µs before a pulse', (aheadUs) => {
    const bench = reconfigured([{ pin: PIN, flags: PULL_UP }], aheadUs);
    expect(bench.images().at(-1)).toMatchObject({ state: STATE.stopped, rest: Buffer.of(1) });
  });

  it.each(AHEAD_US)('has the safe level of the output that it is now, %i µs before a pulse', (aheadUs) => {
    const bench = reconfigured([{ output: true, pin: PIN, flags: 1, value: 1 }], aheadUs);
    expect(bench.edges.at(-1) ?? { level: 1 }).toMatchObject({ level: 1 });
    expect(bench.changes.findLast(({ pin }) => pin === PIN)?.state).toMatchObject({ level: 1 });
  });

  it.each(AHEAD_US)('points an axis where its first step goes, %i µs before a pulse', (aheadUs) => {
    const axis: readonly Slot[] = [
      { output: true, kind: 2, pin: OTHER_PIN, flags: 1, value: 1000 },
      { output: true, kind: 3, pin: PIN, flags: 1, value: 1000 },
    ];
    const bench = reconfigured(axis, aheadUs);
    bench.process(bytesOf([0, 4]));
    bench.process(bytesOf([5, 4]));
    expect(bench.edges.filter(({ pin }) => pin === OTHER_PIN).length).toBeGreaterThan(0);
    expect(bench.edges.findLast(({ pin }) => pin === PIN)?.level ?? 1).toBe(1);
  });
});
