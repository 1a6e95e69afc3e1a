// What a board does without its host: stops, trips, safe values, and how it reports inputs.
import { describe, expect, it } from 'vitest';
import { BENCH, benchOutputs, Rig, STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf, readImage } from '../support/firmware-wire.ts';

const TRIP = { lease: 1, watchdog: 2, corrupted: 3, superseded: 5, closed: 6 };

function armed(leaseMs = 100): Rig {
  const rig = new Rig().configure(BENCH, leaseMs);
  rig.process(benchOutputs(1, 1200, 1700));
  return rig;
}

function drives(rig: Rig): readonly number[] {
  return [rig.board.pin(4).level, rig.board.pin(9).pulseUs, rig.board.pin(10).pulseUs];
}

const SAFE_AFTER_MOTION = [0, 1200, 0];

describe('commands', () => {
  it('drive the outputs, are receipted, and are read back', () => {
    const rig = new Rig().configure();
    rig.levels.set(2, 0);
    rig.counts.set(0, 517);
    rig.run(20_000);
    rig.take();
    rig.process(benchOutputs(1, 1200, 1700));
    const [image] = rig.takeOf(TYPE.image).map(({ payload }) => readImage(payload));
    expect(image).toMatchObject({ receiptCycle: 1, state: STATE.armed, tripCause: 0, boardTimeUs: rig.board.timeUs });
    expect(image?.rest).toEqual(Buffer.concat([bytesOf([0, 1], [517, 2]), benchOutputs(1, 1200, 1700)]));
    expect(drives(rig)).toEqual([1, 1200, 1700]);
  });

  it('without the arm flag leave the outputs at their safe values', () => {
    const rig = new Rig().configure();
    rig.process(benchOutputs(1, 1200, 1700), { arm: false });
    expect(drives(rig)).toEqual([0, 0, 0]);
    expect(rig.image()).toMatchObject({ receiptCycle: 1, state: STATE.stopped });
  });

  it('report a servo that is not driven with its last width and bit 15', () => {
    const rig = armed();
    rig.send(TYPE.stop, bytesOf([2, 4]));
    expect(rig.image().rest.subarray(3)).toEqual(benchOutputs(0, 1200, 1700 | 0x8000));
  });

  it('are followed by an image every 15 ms when there are none', () => {
    const rig = new Rig().configure();
    rig.run(150_000);
    const times = rig.takeOf(TYPE.image).map(({ payload }) => readImage(payload).boardTimeUs);
    expect(times).toHaveLength(10);
    expect(new Set(times.slice(1).map((time, at) => time - (times[at] ?? 0)))).toEqual(new Set([15_000]));
  });
});

describe('stopping', () => {
  it('STOP drives the safe values at once, whatever its cycle number', () => {
    const rig = armed();
    rig.send(TYPE.stop, bytesOf([0, 4]));
    expect(drives(rig)).toEqual(SAFE_AFTER_MOTION);
    expect(rig.image()).toMatchObject({ state: STATE.stopped, tripCause: 0, receiptCycle: 1 });
  });

  it('an expired lease trips, and commands do nothing until a new session is opened', () => {
    const rig = armed();
    rig.run(120_000);
    expect(drives(rig)).toEqual(SAFE_AFTER_MOTION);
    rig.process(benchOutputs(1, 2000, 2000));
    expect(drives(rig)).toEqual(SAFE_AFTER_MOTION);
    expect(rig.image()).toMatchObject({ state: STATE.tripped, tripCause: TRIP.lease, receiptCycle: 1 });
    rig.configure();
    expect(rig.image()).toMatchObject({ state: STATE.stopped, tripCause: 0, receiptCycle: 0 });
    expect(drives(rig)).toEqual(SAFE_AFTER_MOTION);
  });

  it('the first cause of a trip stands', () => {
    const rig = armed();
    rig.run(120_000);
    rig.send(TYPE.close);
    expect(rig.image()).toMatchObject({ state: STATE.tripped, tripCause: TRIP.lease });
  });

  it('CLOSE trips', () => {
    const rig = armed();
    rig.send(TYPE.close);
    expect(drives(rig)).toEqual(SAFE_AFTER_MOTION);
    rig.run(200_000);
    expect(rig.image()).toMatchObject({ state: STATE.tripped, tripCause: TRIP.closed });
  });

  it('[P10] a new session drives the safe values before it is configured', () => {
    const rig = armed();
    rig.open(99);
    expect(drives(rig)).toEqual(SAFE_AFTER_MOTION);
    const ident = rig.identify();
    expect([ident.readUInt8(23), ident.readUInt8(24)]).toEqual([STATE.configuring, TRIP.superseded]);
  });

  it('[M9] a configuration that was damaged in both of its places lets go of every pin', () => {
    const rig = armed(2000);
    const memory = Buffer.from(rig.board.memory.buffer);
    const valve = Buffer.of(1, 0, 4, 1, 0, 0);
    let found = 0;
    for (let at = memory.indexOf(valve); at >= 0; at = memory.indexOf(valve, at + 1)) {
      memory.writeUInt8(0, at + 3);
      found += 1;
    }
    expect(found).toBe(2);
    rig.run(300_000);
    expect([4, 9, 10].map((pin) => rig.board.pin(pin).mode)).toEqual(Array(3).fill('high-impedance'));
    expect(rig.image()).toMatchObject({ state: STATE.tripped, tripCause: TRIP.corrupted });
  });

  it('[M2] a main loop that hangs is reset by the watchdog within 250 ms, to high-impedance', () => {
    const rig = armed(2000);
    const hungUs = rig.board.timeUs;
    rig.board.hang(true);
    rig.run(300_000);
    const released = rig.changes.find(({ pin, state }) => pin === 4 && state.mode === 'high-impedance');
    expect(released?.atUs).toBeLessThanOrEqual(hungUs + 250_000);
    const ident = rig.identify();
    expect([ident.readUInt16LE(13), ident.readUInt8(15), ident.readUInt8(23)]).toEqual([2, 4, STATE.boot]);
  });

  it('a main loop that hangs does not keep the lease from expiring', () => {
    const rig = armed();
    const armedUs = rig.board.timeUs;
    rig.board.hang(true);
    rig.run(101_000);
    expect(rig.changes.find(({ pin, state, atUs }) => pin === 4 && state.level === 0 && atUs > armedUs)?.atUs).toBe(
      armedUs + 100_000,
    );
  });
});

describe('inputs', () => {
  it('report an opening at once', () => {
    const rig = new Rig();
    rig.levels.set(2, 0);
    rig.configure();
    rig.levels.set(2, 1);
    const openedUs = rig.board.timeUs;
    rig.run(5_000);
    const edges = rig.takeOf(TYPE.edge).map(({ payload }) => readImage(payload));
    expect(edges.map((image) => [image.boardTimeUs, image.rest.readUInt8(0)])).toEqual([[openedUs + 1_000, 1]]);
  });

  it('report a closing after it was stable for the closing filter', () => {
    const rig = new Rig().configure();
    rig.levels.set(2, 0);
    rig.run(4_000);
    rig.levels.set(2, 1);
    rig.run(1_000);
    expect(rig.takeOf(TYPE.edge)).toEqual([]);
    rig.levels.set(2, 0);
    const closedUs = rig.board.timeUs;
    rig.run(10_000);
    const edges = rig.takeOf(TYPE.edge).map(({ payload }) => readImage(payload));
    expect(edges.map((image) => [image.boardTimeUs - closedUs, image.rest.readUInt8(0)])).toEqual([[6_000, 0]]);
  });

  it('show every opening in a frame, however short', () => {
    const rig = new Rig();
    rig.levels.set(2, 0);
    rig.configure([{ pin: 2, flags: 5, value: 0 }]);
    rig.board.hang(true);
    rig.levels.set(2, 1);
    rig.run(2_000);
    rig.levels.set(2, 0);
    rig.run(5_000);
    rig.board.hang(false);
    rig.run(5_000);
    const levels = rig.takeOf(TYPE.edge).map(({ payload }) => readImage(payload).rest.readUInt8(0));
    expect(levels).toEqual([1, 0]);
  });

  it.each([0, 1] as const)('take %i as their first level without an edge', (level) => {
    const rig = new Rig();
    rig.levels.set(2, level);
    rig.open();
    rig.commit(BENCH);
    rig.run(50_000);
    const received = rig.take();
    expect(received.filter(({ type }) => type === TYPE.edge)).toEqual([]);
    const images = received.filter(({ type }) => type === TYPE.image).map(({ payload }) => readImage(payload));
    expect(new Set(images.map(({ rest }) => rest.readUInt8(0)))).toEqual(new Set([level]));
  });
});
