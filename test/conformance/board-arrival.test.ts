// The lease counts from the end of the frame that renewed it, whatever else had arrived before the board looked.
import { describe, expect, it } from 'vitest';
import { AvrBench } from '../support/avr-bench.ts';
import { type Slot, TYPE, UID } from '../support/firmware-rig.ts';
import { bytesOf, frame } from '../support/firmware-wire.ts';

const VALVE = 4;
const SERVO_PINS = [3, 5, 6, 7, 8, 9, 10, 11] as const;
const SLOTS: readonly Slot[] = [
  { output: true, pin: VALVE, flags: 1, value: 0 },
  ...SERVO_PINS.map((pin) => ({ output: true, second: true, pin, flags: 1 })),
];
const OUTPUTS = bytesOf([1, 1], ...SERVO_PINS.map(() => [1500, 2] as const));
const BAUD = 500_000;
const CHARACTER_US = 20;
const LEASE_MS = 30;
const HELLO = Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [0xdeadbeef, 4])]);
const PHASES = 40;

/** From the end of a command that came right behind two questions to the valve's release, less the lease, µs. */
function overrunUs(bench: AvrBench, phase: number): number {
  bench.openOnly();
  bench.send(TYPE.speed, bytesOf([BAUD, 4]));
  bench.commit(SLOTS, LEASE_MS);
  bench.process(OUTPUTS, 3_000 + ((phase * 37) % 1_000));
  const question = frame(UID, TYPE.hello, 0, 0, HELLO);
  const bytes = Buffer.concat([question, question, bench.processFrame(OUTPUTS)]);
  const endUs = bench.timeUs + bytes.length * CHARACTER_US;
  bench.edges.length = 0;
  bench.board.receive(Buffer.concat([bytes, Buffer.alloc(phase, 1), Buffer.of(0)]));
  bench.run(60_000);
  const off = bench.edges.find(({ pin, level }) => pin === VALVE && level === 0);
  return (off?.atUs ?? Number.POSITIVE_INFINITY) - endUs - LEASE_MS * 1000;
}

describe('a command that arrives right behind other frames, at 500,000 baud', () => {
  it('[P1] keeps no output on for longer than its lease and 1 ms', { timeout: 60_000 }, () => {
    const bench = new AvrBench();
    bench.boardTimeUs();
    const overruns = Array.from({ length: PHASES }, (_, phase) => overrunUs(bench, phase));
    expect(Math.max(...overruns)).toBeLessThanOrEqual(1_000);
  });
});
