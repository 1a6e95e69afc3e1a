// What a line does to frames on their way to the board, at the firmware's core and at the image that is flashed: halves,
// floods and silence. What is whole afterwards is taken; nothing else moves an output or keeps the lease.
import { describe, expect, it } from 'vitest';
import type { BoardLevel } from '../../sim/board/board-engine.ts';
import { CommandedBoard, VALVE } from '../support/commanded-board.ts';
import { drawFrom } from '../support/faulted-frames.ts';
import { STATE } from '../support/firmware-rig.ts';

const LEVELS = [1, 3] as const satisfies readonly BoardLevel[];
const LEASE_MS = 100;
const SILENCE_US = 20_000;
const CHARACTER_US = 87;

describe.each(LEVELS)('a board, level %i', (level) => {
  it('[S8] takes the next frame after half a frame and silence, wherever the frame was cut', () => {
    const bench = new CommandedBoard(level).arm();
    const { length } = bench.command(1);
    for (let at = 1; at < length; at += 1) {
      bench.put(bench.command(1).subarray(0, at), SILENCE_US);
      expect(bench.board.pin(VALVE).level).toBe(0);
      expect(bench.deliver(bench.command(0))).toMatchObject({ receiptCycle: bench.cycle, valve: 0 });
    }
  });

  it('[S2] loses at most the frame of a gap and the one behind it, whatever byte is missing', () => {
    const bench = new CommandedBoard(level).arm();
    const { length } = bench.command(0);
    for (let at = 0; at < length; at += 1) {
      const whole = bench.command(1);
      const gap = Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]);
      const heard = bench.deliver(Buffer.concat([gap, bench.command(0)]), bench.command(0));
      expect([heard.receiptCycle, heard.valve]).toEqual([bench.cycle, 0]);
    }
  });

  it('[S9] goes safe by its lease in a flood of noise at line rate, goes on reporting, and is there afterwards', () => {
    const bench = new CommandedBoard(level, { leaseMs: LEASE_MS }).arm();
    const draw = drawFrom(9);
    bench.put(bench.command(1), 0);
    const lastUs = bench.board.timeUs;
    const boots = bench.board.bootCount;
    // One second without a pause between two characters.
    for (let count = 0; count < 100; count += 1) {
      const noise = Uint8Array.from({ length: Math.floor(10_000 / CHARACTER_US) }, () => draw(256));
      bench.board.receive(noise);
      bench.run(noise.length * CHARACTER_US);
    }
    const off = bench.changes.findLast(({ pin, state }) => pin === VALVE && state.level === 0);
    expect(((off?.atUs ?? Number.NaN) - lastUs) / 1000).toBeLessThanOrEqual(LEASE_MS + 1);
    expect(bench.image()).toMatchObject({ state: STATE.tripped, tripCause: 1 });
    expect(bench.board.bootCount).toBe(boots);
    bench.arm();
    expect(bench.deliver(bench.command(1))).toMatchObject({ receiptCycle: bench.cycle, valve: 1 });
  });

  it('[S20] does not carry out a command again whose receipt was lost and which is sent once more', () => {
    const bench = new CommandedBoard(level).arm();
    const before = bench.changes.filter(({ pin }) => pin === VALVE).length;
    const command = bench.command(1);
    bench.put(command);
    bench.put(bench.command(0));
    expect(bench.deliver(command, command)).toMatchObject({ receiptCycle: bench.cycle, valve: 0, bad: 2 });
    expect(bench.changes.filter(({ pin }) => pin === VALVE).length - before).toBe(2);
  });
});
