// Every counter of the wire is run through its wrap: what is new is still taken, what is old is still refused, and the
// outputs are safe on the other side of it too.

import { describe, expect, it } from 'vitest';
import { CommandLane } from '../../firmware-bridge/session/command-lane.ts';
import { BoardCounters } from '../../firmware-bridge/session/link-stats.ts';
import { BoardClock } from '../../firmware-bridge/wire/board-clock.ts';
import { frameSizes, LineBudget } from '../../firmware-bridge/wire/line-budget.ts';
import type { HostMessage, ImageMessage } from '../../firmware-bridge/wire/messages.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import type { BoardLevel } from '../../sim/board/board-engine.ts';
import { CommandedBoard, VALVE } from '../support/commanded-board.ts';
import { STATE, TYPE } from '../support/firmware-rig.ts';
import { SessionBench } from '../support/session-bench.ts';
import { samplePlan } from '../support/wire-samples.ts';

const LEVELS = [1, 3] as const satisfies readonly BoardLevel[];
const CYCLE_MAX = 0xffff_ffff;

describe.each(LEVELS)('the board, level %i', (level) => {
  it('[S21] takes the newer sequence number past 65535, and the older neither before nor after', () => {
    const bench = new CommandedBoard(level).arm();
    for (const seq of [30_000, 60_000, 65_534]) {
      bench.seq = seq - 1;
      expect(bench.deliver(bench.command(0)).receiptCycle).toBe(bench.cycle);
    }
    const last = bench.command(1);
    const first = bench.command(0);
    expect(bench.seq).toBe(0);
    const second = bench.command(1);
    expect(bench.deliver(last, first, second)).toMatchObject({ receiptCycle: bench.cycle, valve: 1, bad: 0 });
    expect(bench.deliver(last, first)).toMatchObject({ receiptCycle: bench.cycle, valve: 1, bad: 2 });
  });

  it('[S21] takes the newer cycle past 4294967295, and the older neither before nor after', () => {
    const bench = new CommandedBoard(level).open();
    expect(bench.deliver(bench.command(1, { cycle: CYCLE_MAX })).receiptCycle).toBe(CYCLE_MAX);
    expect(bench.deliver(bench.command(0, { cycle: 0 }))).toMatchObject({ receiptCycle: CYCLE_MAX, valve: 1, bad: 1 });
    expect(bench.deliver(bench.command(0, { cycle: 1 }))).toMatchObject({ receiptCycle: 1, valve: 0, bad: 0 });
    for (const cycle of [1, CYCLE_MAX, CYCLE_MAX - 1, 0x8000_0001]) {
      expect(bench.deliver(bench.command(1, { cycle }))).toMatchObject({ receiptCycle: 1, valve: 0, bad: 1 });
    }
    expect(bench.deliver(bench.command(1, { cycle: 2 }))).toMatchObject({ receiptCycle: 2, valve: 1, bad: 0 });
  });

  it('[S21] counts late and bad frames past 255, and carries none of them out', () => {
    const bench = new CommandedBoard(level).arm();
    let late = 0;
    let bad = 0;
    for (let count = 0; count < 300; count += 60) {
      const overdue = Array.from({ length: 60 }, () => bench.command(1, { validMs: -100 }));
      const foreign = Array.from({ length: 60 }, () => bench.command(1, { session: 7 }));
      const heard = bench.deliver(Buffer.concat(overdue), bench.command(0), Buffer.concat(foreign), bench.command(0));
      expect([heard.receiptCycle, heard.valve]).toEqual([bench.cycle, 0]);
      late += heard.late;
      bad += heard.bad;
    }
    expect([late, bad]).toEqual([300, 300]);
  });

  it('[S21] takes stream frames in order past number 255', () => {
    const bench = new CommandedBoard(level).open();
    const acks: number[] = [];
    for (let count = 0; count < 300; count += 1) {
      bench.put(bench.encode(TYPE.stream, Buffer.of(count & 0xff, 0xf9)), 3_000);
      // What the board says in turn is acknowledged, so that its own numbers go round too.
      for (const { payload } of bench.take(TYPE.streamOut)) {
        bench.put(bench.encode(TYPE.streamAck, Buffer.of((payload.readUInt8(0) + 1) & 0xff)), 1_000);
      }
      acks.push(...bench.take(TYPE.streamAckOut).map(({ payload }) => payload.readUInt8(0)));
    }
    expect(acks.slice(-50)).toEqual(Array.from({ length: 50 }, (_, index) => (300 - 50 + index + 1) & 0xff));
  });

  it('[S21] counts its boots past 65535', () => {
    const bench = new CommandedBoard(level, { bootedBefore: 65_534 });
    const counts = [1, 2, 3].map(() => {
      const ident = bench.identify();
      bench.board.reset('external');
      bench.run(60_000);
      return ident.readUInt16LE(13);
    });
    expect(counts).toEqual([65_535, 0, 1]);
  });
});

describe('the board, level 1', () => {
  it('[S21] ends leases and judges validity past the wrap of its microseconds, after 71 minutes', () => {
    const leaseMs = 2000;
    const bench = new CommandedBoard(1, { leaseMs }).arm();
    while (bench.board.timeUs < 2 ** 32 - 1_500_000) bench.put(bench.command(1), 900_000);
    bench.put(bench.command(1), 2 ** 32 - 300_000 - bench.board.timeUs);
    const overdue = bench.command(0, { validMs: 200 });
    const inTime = bench.command(0, { validMs: 900 });
    bench.run(500_000);
    expect(bench.board.timeUs).toBeGreaterThan(2 ** 32);
    expect(bench.deliver(overdue)).toMatchObject({ valve: 1, late: 1 });
    expect(bench.deliver(inTime)).toMatchObject({ receiptCycle: bench.cycle, valve: 0, late: 0 });
    expect(bench.image().state).toBe(STATE.armed);
    bench.put(bench.command(1), 0);
    const renewedUs = bench.board.timeUs;
    bench.run((leaseMs + 10) * 1000);
    const off = bench.changes.findLast(({ pin, state }) => pin === VALVE && state.level === 0);
    expect((off?.atUs ?? Number.NaN) - renewedUs).toBeLessThanOrEqual((leaseMs + 1) * 1000);
    expect((off?.atUs ?? Number.NaN) - renewedUs).toBeGreaterThan((leaseMs - 12) * 1000);
  });
});

function image(changes: Partial<ImageMessage>): ImageMessage {
  return {
    kind: 'image',
    receiptCycle: 0,
    boardTimeUs: 0,
    state: 'armed',
    tripCause: 'none',
    tripInput: undefined,
    lateFrames: 0,
    badFrames: 0,
    image: new Uint8Array(),
    ...changes,
  };
}

describe('the host', () => {
  it('[S21] numbers its cycles on the wire from 4294967295 on to 1, and settles their receipts', () => {
    const plan = samplePlan();
    const sent: HostMessage[] = [];
    const line = new LineBudget({ baud: BOOT_BAUD, ...frameSizes(plan) });
    const boardClock = new BoardClock();
    boardClock.sample(0, 0);
    const send = (message: HostMessage): number => sent.push(message);
    const lane = new CommandLane({ plan, line, boardClock, send, pendingBytes: () => 0 });
    const outputs = plan.outputs.map(() => 0);
    const cycles = [CYCLE_MAX - 1, CYCLE_MAX, CYCLE_MAX + 1, CYCLE_MAX + 2];
    for (const [index, cycle] of cycles.entries()) {
      expect(lane.write({ cycle, arm: true, outputs }, index * 50)).toBe('sent');
    }
    expect(sent.map((message) => (message.kind === 'process' ? message.cycle : -1))).toEqual([
      CYCLE_MAX - 1,
      CYCLE_MAX,
      1,
      2,
    ]);
    lane.receipts.received(CYCLE_MAX, 160);
    expect(lane.receipts.oldestOpenMs).toBe(100);
    lane.receipts.received(0, 170);
    expect(lane.receipts.oldestOpenMs).toBe(100);
    lane.receipts.received(1, 180);
    expect([lane.receipts.oldestOpenMs, lane.write({ cycle: CYCLE_MAX, arm: true, outputs }, 300)]).toEqual([
      150,
      'refused',
    ]);
  });

  it('[S21] stays armed while its cycles go past 4294967295', () => {
    const bench = new SessionBench().connect();
    bench.cycle = CYCLE_MAX - 20;
    bench.runCycles();
    bench.clock.advance(1000);
    expect(bench.cycle).toBeGreaterThan(CYCLE_MAX + 50);
    expect(bench.links).toEqual(['connecting', 'stopped', 'armed']);
    expect(bench.session.stats()).toMatchObject({ commandsRefused: 0 });
  });

  it('[S21] goes on counting when the 8-bit counters of a board wrap', () => {
    const counters = new BoardCounters();
    for (const count of [250, 255, 3, 200, 199 + 256]) {
      counters.update(image({ lateFrames: count & 0xff, badFrames: (count * 3) & 0xff }));
    }
    expect([counters.lateFrames, counters.badFrames]).toEqual([5 + 4 + 197 + 255, 15 + 12 + ((197 * 3) & 0xff) + 253]);
  });

  it('[S21] knows a board that has booted for the 65536th time as one that has booted', () => {
    const bench = new SessionBench();
    bench.board.bootCount = 65_535;
    bench.connect();
    bench.board.reboot();
    bench.board.bootCount = 0;
    bench.clock.advance(3000);
    expect(bench.session.stats()).toMatchObject({ reboots: 1, ident: { bootCount: 0 } });
    expect(bench.link?.state).toBe('stopped');
  });
});
