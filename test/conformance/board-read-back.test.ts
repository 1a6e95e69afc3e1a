// What a board reports of its outputs and of what it could not take, at both levels and for both kinds of board.
import { describe, expect, it } from 'vitest';
import { AvrBench } from '../support/avr-bench.ts';
import { benchOf, benchOutputs, Rig, STATE, TYPE, UID } from '../support/firmware-rig.ts';
import { bytesOf, frame, type Image, readImage } from '../support/firmware-wire.ts';

const VALVE = 4;
const ARMED = { on: benchOutputs(1, 1200, 1700), off: benchOutputs(0, 1200, 1700) } as const;
/** Bits of the outputs, behind the bit of the input and the counts of the analog one. */
const READ_BACK_AT = 3;
/** Of the board's queue of received bytes. */
const QUEUE_BYTES = 127;

function newest(images: readonly Image[]): Image {
  const image = images.at(-1);
  if (image === undefined) throw new Error('no IMAGE');
  return image;
}

/** The level of the valve in the image that receipts a command. */
function readBackOf(rig: Rig | AvrBench, outputs: Buffer): number {
  rig.take();
  rig.process(outputs);
  rig.run(12_000);
  const image = newest(rig.takeOf(TYPE.image).map(({ payload }) => readImage(payload)));
  expect(image).toMatchObject({ receiptCycle: rig.cycle, state: STATE.armed });
  return image.rest.readUInt8(READ_BACK_AT);
}

describe.each(['uno', 'mega'] as const)('a board of kind %s', (kind) => {
  describe.each([
    ['1', () => new Rig(kind).configure(benchOf(kind), 2000)],
    ['3', () => new AvrBench(kind).configure(benchOf(kind), 2000)],
  ] as const)('at level %s', (_level, create) => {
    it('[M8] reads back the level at the pin, not what it was told', () => {
      const rig = create();
      expect(readBackOf(rig, ARMED.on)).toBe(1);
      expect(readBackOf(rig, ARMED.off)).toBe(0);
      rig.held.set(VALVE, 1);
      expect(readBackOf(rig, ARMED.off)).toBe(1);
      rig.held.set(VALVE, 0);
      expect(readBackOf(rig, ARMED.on)).toBe(0);
      rig.held.clear();
      expect(readBackOf(rig, ARMED.on)).toBe(1);
    });

    it('[M6] counts it when whole frames find no room in its queue, and executes those before and none behind', () => {
      const rig = create();
      readBackOf(rig, ARMED.off);
      const executed = rig.cycle;
      rig.board.hang(true);
      // The loop ends the turn that it is in before it hangs, and would take bytes out of the queue meanwhile.
      rig.run(2_000);
      const first = rig.processFrame(ARMED.on);
      const kept = Math.floor(QUEUE_BYTES / first.length);
      // Empty frames in front, so that the queue is full at the end of a frame: what is lost then no checksum shows.
      const filling = [Buffer.alloc(QUEUE_BYTES - kept * first.length), first];
      while (filling.length <= kept) filling.push(rig.processFrame(ARMED.on));
      rig.raw(Buffer.concat(filling), 0);
      for (let lost = 0; lost < 3; lost += 1) rig.raw(rig.processFrame(ARMED.off), 0);
      // The last byte is off the line before the loop empties the queue.
      rig.run(500);
      rig.board.hang(false);
      rig.take();
      rig.run(12_000);
      const image = newest(rig.takeOf(TYPE.image).map(({ payload }) => readImage(payload)));
      expect(image).toMatchObject({ receiptCycle: executed + kept, state: STATE.armed, badFrames: 1 });
      expect(image.rest.readUInt8(READ_BACK_AT)).toBe(1);
    });
  });

  it('[M6] counts every answer that it has no room for', () => {
    const bench = new AvrBench(kind).configure(benchOf(kind), 2000);
    const asked = 40;
    const hello = Buffer.concat([Buffer.from('CLDA'), bytesOf([1, 1], [0xdeadbeef, 4])]);
    // Answers are twice as long as questions, so that they pile up.
    bench.raw(Buffer.concat(Array(asked).fill(frame(UID, TYPE.hello, 0, 0, hello))), 300_000);
    const received = bench.take();
    const answers = received.filter(({ type }) => type === TYPE.ident).length;
    const images = received.filter(({ type }) => type === TYPE.image).map(({ payload }) => readImage(payload));
    expect(answers).toBeLessThan(asked);
    expect(newest(images).badFrames).toBe(asked - answers);
  });
});
