// The firmware of an Arduino Mega at level 1: its pins, its slots and its analog channels.
import { describe, expect, it } from 'vitest';
import { BOARD_PINS } from '../../src/core/board-pins.ts';
import { Rig, type Slot, STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf, readImage } from '../support/firmware-wire.ts';

const STATUS = { ok: 0, index: 4, pinUnknown: 5, pinIncapable: 6 } as const;
const A0 = 54;
const CAN = { digital: 3, analog: 4, pwm: 8, servo: 16, tone: 32, i2c: 64 } as const;

/** As many as a frame carries: 16 analog and 8 digital inputs, 12 servos and 12 digital outputs. */
const FULL: readonly Slot[] = [
  ...Array.from({ length: 16 }, (_, channel) => ({ pin: A0 + channel, second: true })),
  ...Array.from({ length: 8 }, (_, at) => ({ pin: 22 + at, flags: 5 })),
  ...Array.from({ length: 12 }, (_, at) => ({ output: true, second: true, pin: 2 + at, flags: 1, value: 0 })),
  ...Array.from({ length: 12 }, (_, at) => ({ output: true, pin: 42 + at, flags: 1, value: 0 })),
];

function commitStatus(slots: readonly Slot[]): number | undefined {
  const rig = new Rig('mega');
  rig.open();
  rig.commit(slots);
  return rig.takeOf(TYPE.committed)[0]?.payload.readUInt8(0);
}

describe('a Mega', () => {
  it('says its kind, its 70 pins and its 24 inputs and 24 outputs', () => {
    const ident = new Rig('mega').identify();
    expect([...ident.subarray(19, 23)]).toEqual([2, 70, 24, 24]);
  });

  it.each(['uno', 'mega'] as const)('can do with each pin what the table of the %s says', (kind) => {
    const rig = new Rig(kind);
    rig.askPins(0);
    const pins = rig.takeOf(TYPE.pins)[0]?.payload ?? Buffer.of();
    const expected = BOARD_PINS[kind].map((pin) => {
      const able =
        CAN.digital | CAN.servo | (pin.pwm ? CAN.pwm : 0) | (pin.tone ? CAN.tone : 0) | (pin.i2c ? CAN.i2c : 0);
      return [pin.number, pin.analogChannel === undefined ? able : able | CAN.analog];
    });
    const found = [...pins.subarray(2)].flatMap((able, number) => (able === 0 ? [] : [[number, able]]));
    expect(found).toEqual(expected);
  });

  it('takes 48 records, drives and reads them all', () => {
    const rig = new Rig('mega').configure(FULL);
    for (let channel = 0; channel < 16; channel += 1) rig.counts.set(channel, 100 + channel);
    for (const pin of [22, 25, 29]) rig.levels.set(pin, 0);
    const pulses = Array.from({ length: 12 }, (_, at) => 1000 + 10 * at);
    const outputs = bytesOf([0xa5f, 2], ...pulses.map((us) => [us, 2] as const));
    rig.process(outputs);
    const image = rig
      .takeOf(TYPE.image)
      .map(({ payload }) => readImage(payload))
      .at(-1);
    const inputs = bytesOf([0xff, 1], ...Array.from({ length: 16 }, (_, at) => [100 + at, 2] as const));
    expect(image).toMatchObject({ state: STATE.armed, rest: Buffer.concat([inputs, outputs]) });
    expect(Array.from({ length: 12 }, (_, at) => rig.board.pin(2 + at).pulseUs)).toEqual(pulses);
    expect(Array.from({ length: 12 }, (_, at) => rig.board.pin(42 + at).level)).toEqual([
      1, 1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1,
    ]);
    rig.run(5_000);
    expect(
      rig
        .takeOf(TYPE.edge)
        .map(({ payload }) => readImage(payload).rest.readUInt8(0))
        .at(-1),
    ).toBe(0b01110110);
    rig.run(200_000);
    expect(Array.from({ length: 12 }, (_, at) => rig.board.pin(42 + at).level)).toEqual(Array(12).fill(0));
  });

  it.each([
    ['a 25th input', STATUS.index, Array.from({ length: 25 }, (_, at) => ({ pin: 22 + at }))],
    ['a 25th output', STATUS.index, Array.from({ length: 25 }, (_, at) => ({ pin: 22 + at, output: true }))],
    [
      'a 13th servo',
      STATUS.pinIncapable,
      Array.from({ length: 13 }, (_, at) => ({ pin: 22 + at, output: true, second: true })),
    ],
  ])('refuses %s', (_, status, slots) => {
    expect(commitStatus(slots)).toBe(status);
  });

  it.each([
    ['a pin that it does not have', STATUS.pinUnknown, { pin: 70 }],
    ['a pin of its serial port', STATUS.pinUnknown, { pin: 1 }],
    ['an analog input on a digital pin', STATUS.pinIncapable, { pin: 53, second: true }],
  ])('refuses %s', (_, status, slot) => {
    const rig = new Rig('mega');
    rig.open();
    rig.commit([slot]);
    expect(rig.takeOf(TYPE.configAck)[0]?.payload.readUInt8(1)).toBe(status);
  });

  it('goes safe within a tick when a permit on a high pin opens', () => {
    const rig = new Rig('mega');
    rig.levels.set(69, 0);
    rig.configure([
      { pin: 69, flags: 5 },
      { pin: 53, output: true, flags: 1, value: 0, permit: 1 },
    ]);
    rig.process(bytesOf([1, 1]));
    expect(rig.board.pin(53).level).toBe(1);
    rig.levels.set(69, 1);
    rig.run(1_000);
    expect(rig.board.pin(53).level).toBe(0);
  });

  it('reports ports, channels and capabilities of all of its pins over the stream', () => {
    const rig = new Rig('mega').configure([{ pin: 2 }]);
    const mapping = rig.firmata(0xf0, 0x69, 0xf7);
    expect(mapping.slice(2, -1)).toEqual([
      ...Array.from({ length: A0 }, () => 0x7f),
      ...Array.from({ length: 16 }, (_, channel) => channel),
    ]);
    rig.counts.set(15, 1000);
    rig.levels.set(53, 1);
    // Input on pin 53, port 6 reported; channel 15 reported.
    const reports = rig.firmata(0xf4, 53, 0, 0xd6, 1, 0xcf, 1);
    expect(reports.slice(0, 3)).toEqual([0x96, 1 << 5, 0]);
    expect(rig.listen(40_000).slice(0, 3)).toEqual([0xef, 1000 & 0x7f, 1000 >> 7]);
    rig.firmata(0xf4, 46, 3);
    rig.firmata(0xf0, 0x6f, 46, 127, 0, 0xf7);
    expect(rig.board.pin(46)).toMatchObject({ mode: 'pwm', dutyPercent: (127 * 100) / 255 });
  });
});
