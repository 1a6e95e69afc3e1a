// The eight communication errors of IEC 61784-3:2021, 5.3, in the direction host to board, against the firmware's core
// (level 1) and the image that is flashed (level 3): none of them moves an output, and each is counted or ends the lease.
import { describe, expect, it } from 'vitest';
import type { BoardLevel } from '../../sim/board/board-engine.ts';
import { CommandedBoard, VALVE } from '../support/commanded-board.ts';
import { STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf } from '../support/firmware-wire.ts';

const LEVELS = [1, 3] as const satisfies readonly BoardLevel[];
const FOREIGN_UID = Buffer.from('c3e1da0000000002', 'hex');
const LEASE_MS = 100;

/** An armed board with its valve off: a wrong command would switch it on. */
function armed(level: BoardLevel): CommandedBoard {
  return new CommandedBoard(level).arm();
}

describe.each(LEVELS)('from host to board, level %i', (level) => {
  it('the reference: an undisturbed command is carried out', () => {
    const bench = armed(level);
    const command = bench.command(1);
    expect(bench.deliver(command)).toEqual({ receiptCycle: bench.cycle, valve: 1, bad: 0, late: 0, refused: [] });
  });

  it('[S1] corruption: a command with any byte changed is dropped, and the next whole one is taken', () => {
    const bench = armed(level);
    const { length } = bench.command(1);
    for (let at = 1; at < length - 1; at += 1) {
      const damaged = bench.command(1);
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      const heard = bench.deliver(damaged);
      expect([heard.valve, heard.bad > 0, heard.receiptCycle < bench.cycle]).toEqual([0, true, true]);
      expect(bench.deliver(bench.command(0)).receiptCycle).toBe(bench.cycle);
    }
  });

  it('[S3] unintended repetition: the same command again is dropped', () => {
    const bench = armed(level);
    const on = bench.command(1);
    const off = bench.command(0);
    expect(bench.deliver(on, off, on, on)).toMatchObject({ receiptCycle: bench.cycle, valve: 0, bad: 2 });
  });

  it('[S4] incorrect sequence: a command that was overtaken is dropped', () => {
    const bench = armed(level);
    const older = bench.command(1);
    const newer = bench.command(0);
    expect(bench.deliver(newer, older)).toMatchObject({ receiptCycle: bench.cycle, valve: 0, bad: 1 });
  });

  it('[S4] incorrect sequence: the halves of a command in the wrong order are dropped, wherever it is cut', () => {
    const bench = armed(level);
    for (let at = 2; at < bench.command(1).length - 1; at += 3) {
      const whole = bench.command(1);
      const heard = bench.deliver(Buffer.concat([whole.subarray(at), whole.subarray(0, at), Buffer.of(0)]));
      expect([heard.valve, heard.receiptCycle < bench.cycle]).toEqual([0, true]);
      bench.deliver(bench.command(0));
    }
  });

  it('[S2] loss: lost commands leave the newer ones valid, and lasting loss ends the lease', () => {
    const bench = new CommandedBoard(level, { leaseMs: LEASE_MS }).arm();
    bench.command(0);
    bench.command(0);
    bench.put(bench.command(1), 0);
    const lastUs = bench.board.timeUs;
    bench.run((LEASE_MS + 20) * 1000);
    const moves = bench.changes.filter(({ pin, atUs }) => pin === VALVE && atUs > lastUs - 5_000);
    expect(moves.map(({ state }) => state.level)).toEqual([1, 0]);
    expect((moves[1]?.atUs ?? Number.POSITIVE_INFINITY) - lastUs).toBeLessThanOrEqual((LEASE_MS + 1) * 1000);
    expect(bench.image()).toMatchObject({ state: STATE.tripped, tripCause: 1, receiptCycle: bench.cycle });
  });

  it('[S7] unacceptable delay: a command that comes after its time is counted and is not carried out', () => {
    const bench = armed(level);
    expect(bench.deliver(bench.command(1, { validMs: -30 }))).toMatchObject({ valve: 0, bad: 0, late: 1 });
    const held = bench.command(1, { validMs: 50 });
    bench.run(100_000);
    const receipt = bench.cycle - 2;
    expect(bench.deliver(held)).toEqual({ receiptCycle: receipt, valve: 0, bad: 0, late: 1, refused: [] });
  });

  it('insertion: a command of a session that is not open is dropped', () => {
    const bench = armed(level);
    expect(bench.deliver(bench.command(1, { session: 0x1234, seq: bench.seq + 1 }))).toMatchObject({
      valve: 0,
      bad: 1,
    });
  });

  it('[S5] insertion: a command of the session before is dropped, however it is numbered', () => {
    const bench = armed(level);
    const recorded = [2, 50, 30_000].map((ahead) => bench.command(1, { seq: bench.seq + ahead }));
    bench.arm();
    expect(bench.deliver(...recorded)).toMatchObject({ receiptCycle: bench.cycle, valve: 0, bad: 3 });
  });

  it('masquerade: a frame of a board, another protocol and a command of no known type move nothing', () => {
    const bench = armed(level);
    const firmata = Uint8Array.from([0, 0x91, 0x7f, 0x01, 0xf0, 0x6f, 4, 1, 0xf7, 0xff, 0]);
    expect(bench.deliver(firmata)).toMatchObject({ valve: 0, refused: [] });
    expect(bench.deliver(bench.command(1, { type: TYPE.image }))).toMatchObject({ valve: 0, bad: 1 });
    expect(bench.deliver(bench.command(1, { type: 0x7e }))).toMatchObject({ valve: 0, refused: [10] });
  });

  it('[S6] addressing: a command for another board is dropped', () => {
    const bench = armed(level);
    expect(bench.deliver(bench.command(1, { uid: FOREIGN_UID }))).toMatchObject({ valve: 0, bad: 1 });
  });

  it('[S5] a recorded OPEN does not open a session again: its challenge is spent', () => {
    const bench = new CommandedBoard(level);
    const challenge = bench.identify().subarray(33, 37);
    const recorded = bench.encode(TYPE.open, challenge, { session: 0x77, seq: 1 });
    bench.put(recorded);
    expect(bench.take(TYPE.opened)).toHaveLength(1);
    bench.arm();
    expect(bench.deliver(recorded)).toMatchObject({ valve: 0, refused: [2] });
    expect(bench.image().state).toBe(STATE.armed);
    expect(bench.deliver(bench.command(1)).valve).toBe(1);
  });

  it('[S5] acknowledgements of the stream from an earlier round of numbers do not shut out the commands that follow', () => {
    const bench = armed(level);
    for (const ahead of [2, 30_000]) {
      const recorded = bench.encode(TYPE.streamAck, Buffer.of(9), { seq: (bench.seq + ahead) & 0xffff });
      bench.deliver(recorded, recorded);
      expect(bench.deliver(bench.command(1))).toMatchObject({ receiptCycle: bench.cycle, valve: 1, bad: 0 });
    }
  });

  it('an OPEN that guesses the challenge is refused', () => {
    const bench = armed(level);
    const guess = bench.encode(TYPE.open, bytesOf([0x12345678, 4]), { session: 0x99, seq: 1 });
    expect(bench.deliver(guess)).toMatchObject({ refused: [2] });
    expect(bench.deliver(bench.command(1)).valve).toBe(1);
  });
});
