// What the board makes of its inputs by itself: a filter for each way that a contact can change, and a range for what is measured.
import { describe, expect, it } from 'vitest';
import { firstAnalogPinOf } from '../../src/core/board-pins.ts';
import { Rig, type Slot, TYPE } from '../support/firmware-rig.ts';
import { readImage } from '../support/firmware-wire.ts';

const FLAG = { edge: 1, closedHigh: 2, pullUp: 4 } as const;
const STATUS = { ok: 0, value: 12 } as const;
const OUT_OF_RANGE = 0x8000;

/** `permit` of a digital input with an opening filter. */
function opensAfter(filterMs: number, permitDelayMs = 0): number {
  return filterMs * 0x1_0000 + permitDelayMs;
}

/** A contact that is closed when low, and is so. */
function contact(slot: Partial<Slot>): Rig {
  const rig = new Rig();
  rig.levels.set(2, 0);
  return rig.configure([{ pin: 2, flags: FLAG.pullUp, ...slot }]);
}

function levels(rig: Rig): readonly number[] {
  return rig.take().flatMap(({ type, payload }) => (type === TYPE.image ? [readImage(payload).rest.readUInt8(0)] : []));
}

/** Status of the record, and of the whole configuration. */
function statusOf(slots: readonly Slot[]): readonly [record: number | undefined, commit: number | undefined] {
  const rig = new Rig();
  rig.open();
  rig.take();
  rig.commit(slots);
  const answers = rig.take();
  return [
    answers.find(({ type }) => type === TYPE.configAck)?.payload.readUInt8(1),
    answers.find(({ type }) => type === TYPE.committed)?.payload.readUInt8(0),
  ];
}

describe('an input with an opening filter', () => {
  it('is open once it has been so for the filter, and not before', () => {
    const rig = contact({ permit: opensAfter(30) });
    rig.levels.set(2, 1);
    rig.run(30_000);
    expect(new Set(levels(rig))).toEqual(new Set([0]));
    rig.run(20_000);
    expect(levels(rig).at(-1)).toBe(1);
  });

  it('stays closed through openings that are shorter, however many', () => {
    const rig = contact({ permit: opensAfter(30) });
    for (let bounce = 0; bounce < 20; bounce += 1) {
      rig.levels.set(2, 1);
      rig.run(29_000);
      rig.levels.set(2, 0);
      rig.run(1_000);
    }
    expect(new Set(levels(rig))).toEqual(new Set([0]));
  });

  it('has a time of its own for each way', () => {
    const rig = contact({ value: 5, permit: opensAfter(50) });
    rig.levels.set(2, 1);
    rig.run(70_000);
    expect(levels(rig).at(-1)).toBe(1);
    rig.levels.set(2, 0);
    rig.run(22_000);
    expect(levels(rig).at(-1)).toBe(0);
  });

  it('waits for its whole filter also when a permit opens in the same tick', () => {
    const rig = new Rig();
    rig.levels.set(2, 0).set(3, 0);
    const inputs = [
      { pin: 2, flags: FLAG.pullUp, permit: opensAfter(1) },
      { pin: 3, flags: FLAG.pullUp | FLAG.edge },
    ];
    rig.configure([...inputs, { output: true, pin: 4, flags: 1, permit: 0b10 }]);
    rig.process(Buffer.of(1));
    rig.run(2_000);
    rig.take();
    rig.levels.set(2, 1).set(3, 1);
    rig.run(1_000);
    expect(rig.takeOf(TYPE.edge).map(({ payload }) => readImage(payload).rest.readUInt8(0))).toEqual([0b10]);
    expect(rig.image().rest.readUInt8(0)).toBe(0b11);
  });

  it.each([
    ['a filter of 250 ms', { permit: opensAfter(250) }, STATUS.ok],
    ['a longer one', { permit: opensAfter(251) }, STATUS.value],
    ['a filter and the edge flag', { flags: FLAG.edge, permit: opensAfter(1) }, STATUS.value],
    ['a filter and a permit delay', { permit: opensAfter(1, 1) }, STATUS.value],
  ] as const)('with %s is answered with its status', (_, slot, status) => {
    expect(statusOf([{ pin: 2, ...slot }])[0]).toBe(status);
  });

  it('is no permit', () => {
    const output = { output: true, pin: 4, flags: 1, permit: 1 };
    expect(statusOf([{ pin: 2 }, output])).toEqual([STATUS.ok, STATUS.ok]);
    expect(statusOf([{ pin: 2, permit: opensAfter(1) }, output])).toEqual([STATUS.ok, STATUS.value]);
  });
});

describe.each(['uno', 'mega'] as const)('an analog input of a %s', (kind) => {
  const pin = firstAnalogPinOf(kind);

  function measuring(counts: number): Rig {
    const rig = new Rig(kind);
    rig.counts.set(0, counts);
    return rig.configure([{ pin, second: true, value: 200, permit: 800 }]);
  }

  function words(rig: Rig): readonly number[] {
    return rig
      .take()
      .flatMap(({ type, payload }) => (type === TYPE.image ? [readImage(payload).rest.readUInt16LE(0)] : []));
  }

  it.each([
    [200, 200],
    [800, 800],
    [199, 199 | OUT_OF_RANGE],
    [801, 801 | OUT_OF_RANGE],
    [0, OUT_OF_RANGE],
    [1_023, 1_023 | OUT_OF_RANGE],
  ])('[N5] at %i counts, of which 200 to 800 are in range, is reported as %i', (counts, word) => {
    const rig = measuring(counts);
    rig.run(50_000);
    expect(new Set(words(rig))).toEqual(new Set([word]));
  });

  it.each([1, 2, 4, 8])('is refused with bit %i of its flags set, none of which means anything', (flags) => {
    expect(statusOf([{ pin: 14, second: true, flags, permit: 1_023 }])[0]).toBe(STATUS.value);
  });

  it('[N5] that was out of range for 4 ms between two images is reported so in one of them', () => {
    for (let phaseUs = 0; phaseUs < 16_000; phaseUs += 500) {
      const rig = measuring(500);
      rig.run(phaseUs);
      rig.take();
      rig.counts.set(0, 0);
      rig.run(4_000);
      rig.counts.set(0, 500);
      rig.run(40_000);
      const isOut = words(rig).map((word) => (word & OUT_OF_RANGE) !== 0);
      expect(isOut.filter(Boolean).length, `phase ${phaseUs}`).toBeGreaterThan(0);
      expect(isOut.at(-1)).toBe(false);
    }
  });

  it('[N5] is never reported with counts out of range as if they were in it', () => {
    for (let phaseUs = 0; phaseUs < 16_000; phaseUs += 500) {
      const rig = measuring(500);
      rig.run(phaseUs);
      rig.counts.set(0, 100);
      rig.run(20_000);
      expect(words(rig), `phase ${phaseUs}`).not.toContain(100);
    }
  });

  it.each([
    ['a lowest count that no converter gives', { value: 1_024, permit: 1_023 }],
    ['a highest count that no converter gives', { value: 0, permit: 1_024 }],
  ])('with %s is refused', (_, slot) => {
    expect(statusOf([{ pin: firstAnalogPinOf('uno'), second: true, ...slot }])[0]).toBe(STATUS.value);
  });
});
