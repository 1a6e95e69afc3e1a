// The firmware's side of the line's speed: changed when the host of the session asks for it, taken back after silence.
import { describe, expect, it } from 'vitest';
import { AvrBench } from '../support/avr-bench.ts';
import { BENCH, benchOutputs, Rig, STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf } from '../support/firmware-wire.ts';

const BOOT_BAUD = 115_200;
const STATUS = { ok: 0, state: 3, value: 12 } as const;
/** At another speed than that of the boot, without a right frame. */
const SILENCE_US = 200_000;

const ask = (baud: number): Buffer => bytesOf([baud, 4]);

function opened(): Rig {
  const rig = new Rig();
  rig.open();
  rig.take();
  return rig;
}

describe('a board that is asked for another speed', () => {
  it.each([57_600, 250_000, 500_000])('answers and goes to %i baud', (baud) => {
    const rig = opened();
    rig.send(TYPE.speed, ask(baud));
    expect(rig.takeOf(TYPE.speedAck).map(({ payload }) => [payload.readUInt32LE(0), payload.readUInt8(4)])).toEqual([
      [baud, STATUS.ok],
    ]);
    expect(rig.board.baud).toBe(baud);
  });

  it.each([0, 9_600, 115_201, 1_000_000])('does not go to %i baud, which it does not hold', (baud) => {
    const rig = opened();
    rig.send(TYPE.speed, ask(baud));
    expect(rig.takeOf(TYPE.speedAck).map(({ payload }) => payload.readUInt8(4))).toEqual([STATUS.value]);
    expect(rig.board.baud).toBe(BOOT_BAUD);
  });

  it('refuses it once it is configured, and says ok to the speed that it has', () => {
    const rig = new Rig().configure();
    rig.send(TYPE.speed, ask(500_000));
    rig.send(TYPE.speed, ask(BOOT_BAUD));
    expect(rig.takeOf(TYPE.speedAck).map(({ payload }) => payload.readUInt8(4))).toEqual([STATUS.state, STATUS.ok]);
    expect(rig.board.baud).toBe(BOOT_BAUD);
  });

  it('comes back to the speed of its boot when it hears nothing right for 200 ms', () => {
    const rig = opened();
    rig.send(TYPE.speed, ask(500_000));
    for (let at = 0; at < 20; at += 1) {
      rig.run(9_000);
      rig.raw(Buffer.from([0, 1, 2, 3, 0]));
    }
    expect(rig.board.baud).toBe(500_000);
    rig.run(SILENCE_US - 180_000 + 20_000);
    expect(rig.board.baud).toBe(BOOT_BAUD);
  });

  it('stays as long as right frames come, and comes back when they end, armed or not', () => {
    const rig = opened();
    rig.send(TYPE.speed, ask(500_000));
    rig.commit(BENCH, 1000);
    for (let at = 0; at < 10; at += 1) {
      rig.process(benchOutputs(1, 0, 0), { notAfterUs: rig.board.timeUs + 20_000 });
      rig.run(150_000);
      expect(rig.board.baud).toBe(500_000);
    }
    rig.run(SILENCE_US);
    expect(rig.board.baud).toBe(BOOT_BAUD);
    // The line is at another speed now, but the lease is what decides.
    expect(rig.image().state).toBe(STATE.armed);
  });

  it('is at the speed of its boot after a reset', () => {
    const rig = opened();
    rig.send(TYPE.speed, ask(500_000));
    rig.board.reset('brown-out');
    expect(rig.board.baud).toBe(BOOT_BAUD);
  });
});

describe('the image that is flashed', () => {
  it.each([
    [57_600, -0.8],
    [250_000, 0],
    [500_000, 0],
  ])('sends its answer whole at the old speed, then runs at %i baud to within 2.1 %', (baud, errorPercent) => {
    const bench = new AvrBench();
    bench.openOnly();
    bench.send(TYPE.speed, ask(baud));
    const [answer] = bench.takeOf(TYPE.speedAck);
    // 7 + 5 + 4 bytes, two of the stuffing, and the zero in front: 19 characters of 85 µs.
    expect((answer?.endUs ?? 0) - (answer?.startUs ?? 0)).toBeGreaterThan(17 * 84);
    expect((bench.board.baud / baud - 1) * 100).toBeCloseTo(errorPercent, 1);
    expect(bench.identify().readUInt32LE(0)).toBe(0xdeadbeef);
  });

  it('takes and answers frames at 500,000 baud without losing a character, in 500 commands of 2.5 ms', () => {
    const bench = new AvrBench();
    bench.openOnly();
    bench.send(TYPE.speed, ask(500_000));
    bench.commit();
    for (let at = 0; at < 500; at += 1) {
      bench.board.receive(bench.processFrame(benchOutputs(1, 1500, 1500)));
      bench.run(2_500);
    }
    expect(bench.board.overruns).toBe(0);
    expect(bench.images().at(-1)).toMatchObject({ receiptCycle: 500, badFrames: 0, lateFrames: 0, state: STATE.armed });
  });

  it('comes back to the speed of its boot when it hears nothing', () => {
    const bench = new AvrBench();
    bench.openOnly();
    bench.send(TYPE.speed, ask(500_000));
    bench.run(SILENCE_US + 20_000);
    expect(Math.abs(bench.board.baud / BOOT_BAUD - 1)).toBeLessThan(0.022);
  });
});

describe('a frame of an earlier round of sequence numbers', () => {
  it('[S5] does not make the board drop the good frames that follow it', () => {
    const rig = new Rig().configure();
    const old = [rig.processFrame(benchOutputs(0, 0, 0)), rig.frame(TYPE.stop, bytesOf([1, 4]))];
    for (const bytes of old) rig.raw(bytes);
    // More than half a round later the old numbers look new again.
    for (let at = 0; at < 40; at += 1) {
      rig.seq = (rig.seq + 1_000) % 65_536;
      rig.process(benchOutputs(1, 0, 0));
      rig.run(1_000);
    }
    const { receiptCycle } = rig.image();
    for (const bytes of old) rig.raw(bytes);
    rig.process(benchOutputs(1, 0, 0));
    expect(rig.image()).toMatchObject({ receiptCycle: receiptCycle + 1, state: STATE.armed });
  });
});
