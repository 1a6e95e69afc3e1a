// Whatever a board says, the catalogue port neither fails nor ends nor gives a value that the part cannot measure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../firmware-bridge/johnny-five/catalogue.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import type { ThermometerModel } from '../../src/core/cell-model.ts';
import { FirmataBoard } from '../support/firmata-board.ts';

const THERMOMETER: ThermometerModel = {
  kind: 'thermometer',
  name: 'air',
  description: '',
  board: 'main',
  pin: 'A1',
  controller: 'TMP36',
  sampleEveryMs: 50,
};

/** Bytes that mean something to Firmata come up often enough to reach every handler. */
const byte = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.constantFrom(0xf0, 0xf7, 0xf9, 0xe1, 0xe0, 0x90, 0xff, 0x6a, 0x6c, 0x6e, 0x71, 0x77, 0x79, 0x73),
);
const chunks = fc.array(fc.array(byte, { minLength: 1, maxLength: 40 }), { maxLength: 30 });

describe('the catalogue port', () => {
  it('survives any bytes, before, during and after the handshake', () => {
    fc.assert(
      fc.property(chunks, chunks, (early, late) => {
        const clock = new VirtualClock();
        const firmata = new FirmataBoard(clock);
        const seen: unknown[] = [];
        const readings: number[] = [];
        firmata.analog.set(1, 153);
        createCatalogue({ devices: [THERMOMETER], stream: firmata, clock, log: () => undefined }).readings$.subscribe({
          next: ({ value }) => readings.push(value),
          error: (error: unknown) => seen.push(error),
          complete: () => seen.push('complete'),
        });
        firmata.connect();
        for (const bytes of early) firmata.send(...bytes);
        clock.advanceSync(200);
        for (const bytes of late) firmata.send(...bytes);
        clock.advanceSync(500);
        expect(seen).toEqual([]);
        expect(readings.every((value) => value >= -40 && value <= 125)).toBe(true);

        // The next session owes nothing to this one.
        firmata.disconnect();
        const before = readings.length;
        firmata.connect();
        clock.advanceSync(1000);
        expect(readings.length).toBeGreaterThan(before + 10);
        expect(readings.slice(before).every((value) => value === 25)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
