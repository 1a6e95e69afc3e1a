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

const sevenBits = fc.integer({ min: 0, max: 0x7f });
const noise = fc.array(fc.integer({ min: 0, max: 0xff }), { minLength: 1, maxLength: 40 });
/** Well-formed messages with any content: of a pin that is not there, too short, never asked for. */
const sysex = fc
  .tuple(
    fc.constantFrom(0x6a, 0x6c, 0x6e, 0x71, 0x73, 0x75, 0x77, 0x79, 0x62, 0x60),
    fc.array(sevenBits, { maxLength: 8 }),
  )
  .map(([command, data]) => [0xf0, command, ...data, 0xf7]);
const analog = fc
  .tuple(fc.constantFrom(0xe0, 0xe1, 0xef), sevenBits, fc.constantFrom(0, 0, 7, 0x7f))
  .map((bytes) => [...bytes]);
const chunks = fc.array(fc.oneof(noise, sysex, analog), { maxLength: 30 });

describe('the catalogue port', () => {
  it('survives any bytes, before, during and after the handshake', () => {
    fc.assert(
      fc.property(chunks, chunks, fc.integer({ min: 0, max: 1023 }), (early, late, counts) => {
        const clock = new VirtualClock();
        const firmata = new FirmataBoard(clock);
        const seen: unknown[] = [];
        const readings: number[] = [];
        firmata.analog.set(1, counts);
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
        firmata.analog.set(1, 153);
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
