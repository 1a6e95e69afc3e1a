// What holds of the board for every phase, every damage and every input: lease, refusal of damaged frames, robustness.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BENCH, benchOutputs, Rig, STATE, TYPE } from '../support/firmware-rig.ts';

const OUT = benchOutputs(1, 1200, 1700);

function valveOffUs(rig: Rig): number | undefined {
  return rig.changes.findLast(({ pin, state }) => pin === 4 && state.level === 0)?.atUs;
}

/** What the chip takes from a tick to its last output; in process it takes none. */
const REACTION_US = 600;

describe('the lease', () => {
  it('runs out within a tick of the lease, ended early by the reaction of the chip, in every phase', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 2000 }),
        fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 8 }),
        (leaseMs, gapsUs) => {
          const rig = new Rig().configure(BENCH, leaseMs);
          for (const gapUs of gapsUs) {
            rig.run(gapUs);
            rig.process(OUT);
          }
          const renewedUs = rig.board.timeUs;
          expect(rig.board.pin(4).level).toBe(1);
          rig.run(leaseMs * 1000 + 2_000);
          const sinceUs = (valveOffUs(rig) ?? Number.NaN) - renewedUs;
          expect(sinceUs).toBeGreaterThanOrEqual(leaseMs * 1000 - REACTION_US);
          expect(sinceUs).toBeLessThanOrEqual(leaseMs * 1000 + 1_000 - REACTION_US);
          expect(rig.image().state).toBe(STATE.tripped);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('[P3] is not renewed by anything but an executed command', () => {
    const others = fc.constantFrom(
      TYPE.hello,
      TYPE.getPins,
      TYPE.config,
      TYPE.commit,
      TYPE.stream,
      TYPE.streamAck,
      0x7e,
    );
    fc.assert(
      fc.property(fc.array(others, { maxLength: 20 }), (types) => {
        const rig = new Rig().configure();
        rig.process(OUT);
        const renewedUs = rig.board.timeUs;
        for (const type of types) {
          rig.run(4_000);
          rig.send(type, Buffer.of(0, 0xf9));
        }
        rig.run(110_000);
        expect((valveOffUs(rig) ?? Number.NaN) - renewedUs).toBeLessThanOrEqual(101_000);
      }),
      { numRuns: 50 },
    );
  });

  it('does not run out while commands come in time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 98_000 }), { maxLength: 30 }), (gapsUs) => {
        const rig = new Rig().configure();
        rig.process(OUT);
        const before = rig.changes.length;
        for (const gapUs of gapsUs) {
          rig.run(gapUs);
          rig.process(OUT);
        }
        expect(rig.changes.slice(before)).toEqual([]);
        expect(rig.board.pin(4).level).toBe(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a damaged line', () => {
  const damage = fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ kind: fc.constant('drop' as const), at: fc.nat(), bits: fc.constant(0) }),
    fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), bits: fc.nat(255) }),
    fc.record({ kind: fc.constant('double' as const), at: fc.nat(), bits: fc.constant(0) }),
  );

  function damaged(bytes: Buffer, { kind, at, bits }: { kind: string; at: number; bits: number }): Buffer {
    const index = at % (bytes.length - 1);
    const byte = bytes.subarray(index, index + 1);
    const middle = {
      flip: [Buffer.of(bytes.readUInt8(index) ^ bits)],
      drop: [],
      insert: [byte, Buffer.of(bits)],
      double: [byte, byte],
    }[kind] ?? [byte];
    return Buffer.concat([bytes.subarray(0, index), ...middle, bytes.subarray(index + 1)]);
  }

  it('[S2] moves nothing, and the next whole frame is taken', () => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const rig = new Rig().configure();
        const whole = rig.processFrame(OUT);
        const bytes = damages.reduce(damaged, whole);
        fc.pre(!bytes.equals(whole));
        const before = rig.changes.length;
        rig.raw(Buffer.concat([bytes, Buffer.of(0)]));
        // A zero put in front of or behind an otherwise whole frame is no damage.
        if (!bytes.includes(whole.subarray(0, -1))) expect(rig.changes.slice(before)).toEqual([]);
        rig.process(OUT);
        expect(rig.board.pin(4).level).toBe(1);
      }),
      { numRuns: 1_000 },
    );
  });

  it('[S9] full of noise moves nothing and leaves the board answering', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600, size: 'max' }), (noise) => {
        const rig = new Rig().configure();
        const before = rig.changes.length;
        rig.raw(noise);
        rig.raw(Buffer.of(0));
        expect(rig.changes.slice(before)).toEqual([]);
        expect(rig.identify()).toHaveLength(37);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the stream lane', () => {
  it('cannot touch a pin of the process data, whatever is sent', () => {
    const byte = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(0xf0, 0xf4, 0xf5, 0xf7, 0x90, 0x91, 0xe4, 0xe9, 0xea, 0x6f, 0x70, 0xff) },
      { weight: 3, arbitrary: fc.constantFrom(0, 1, 2, 3, 4, 9, 10, 11, 14, 0x7f) },
      { weight: 1, arbitrary: fc.nat(255) },
    );
    fc.assert(
      fc.property(fc.array(fc.array(byte, { minLength: 1, maxLength: 32 }), { maxLength: 8 }), (messages) => {
        const rig = new Rig().configure(BENCH, 2000);
        rig.process(OUT);
        const before = rig.changes.length;
        for (const message of messages) rig.firmata(...message);
        const claimed = new Set(BENCH.map(({ pin }) => pin));
        expect(rig.changes.slice(before).filter(({ pin }) => claimed.has(pin))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
