// Where avr8js differs from the chip: resets, the receiver, flags of timers and the response to interrupts. Tiny programs
// in machine code, after the AVR instruction set manual.
import { EEPROMMemoryBackend } from 'avr8js';
import { describe, expect, it } from 'vitest';
import { AvrChip } from '../../sim/board/avr-chip.ts';

const HERE = 0xcfff;
const ldi = (value: number): number => 0xe000 | ((value & 0xf0) << 4) | (value & 0x0f);
const sts = (address: number): readonly number[] => [0x9300, address];

const UCSRA = 0xc0;
const UCSRB = 0xc1;
const WDTCSR = 0x60;
const MCUSR = 0x54;
const DDRB = 0x24;
const SRAM_CELL = 0x200;

function chipWith(program: readonly number[], hasReset: (chip: AvrChip) => void = () => undefined): AvrChip {
  const chip: AvrChip = new AvrChip({
    program: Uint16Array.from(program),
    eeprom: new EEPROMMemoryBackend(1024),
    sram: new Uint8Array(2048),
    digitalLevel: () => 0,
    analogCounts: () => 0,
    transmitted: () => undefined,
    portChanged: () => undefined,
    hasReset: () => hasReset(chip),
  });
  return chip;
}

describe('the emulated chip', () => {
  it('holds three characters that nobody fetches, loses the next and says so in DOR', () => {
    // Copies the status register to memory for ever.
    const chip = chipWith([ldi(0x10), ...sts(UCSRB), 0x9100, UCSRA, ...sts(SRAM_CELL), 0xcffb]);
    chip.runTo(100);
    chip.usart.put([1, 2, 3, 4, 5]);
    chip.runTo(chip.cycles + 6 * chip.usart.characterCycles);
    expect(chip.usart.overruns).toBe(2);
    expect((chip.data[SRAM_CELL] ?? 0) & 0x08).toBe(0x08);
  });

  it('keeps what it has received when the control register is written', () => {
    const receiving = [ldi(0x10), ...sts(UCSRB)];
    // Turns the data register interrupt on and off for ever, as a transmission does; the receiver stays on.
    const program = [...receiving, ldi(0x30), ...sts(UCSRB), ldi(0x10), ...sts(UCSRB), 0xcff9];
    const chip = chipWith(program);
    chip.runTo(100);
    chip.usart.put([0x41]);
    chip.runTo(chip.cycles + 3 * chip.usart.characterCycles);
    expect((chip.data[UCSRA] ?? 0) & 0x80).toBe(0x80);
  });

  it('lets go of all pins in a watchdog reset, keeps its memory, and names the cause', () => {
    const seen: (number | undefined)[][] = [];
    const chip = chipWith(
      [
        ldi(0x5a),
        ...sts(SRAM_CELL),
        ldi(0xff),
        ...sts(DDRB),
        ldi(0x18),
        ...sts(WDTCSR),
        ldi(0x08),
        ...sts(WDTCSR),
        HERE,
      ],
      ({ data }) => seen.push([data[DDRB], data[SRAM_CELL], (data[MCUSR] ?? 0) & 8]),
    );
    chip.runTo(200_000);
    expect(chip.drives(8).drives).toBe(true);
    // 16 ms of the watchdog's shortest time.
    chip.runTo(17 * 16_000);
    expect(seen).toEqual([[0, 0x5a, 8]]);
  });

  it('executes one instruction between switching interrupts on and the first interrupt, so that no wake-up is lost', () => {
    // Sleep enabled; a transmit interrupt is due at once when sei comes; its handler marks memory and never returns.
    const UDRE_VECTOR = 0x26;
    const program = new Array<number>(UDRE_VECTOR + 8).fill(HERE);
    const start = [ldi(0x01), ...sts(0x53), ldi(0x28), ...sts(UCSRB), 0x9478, 0x9588, HERE];
    program.splice(0, start.length, ...start);
    program.splice(UDRE_VECTOR, 4, ldi(0x77), ...sts(SRAM_CELL), HERE);
    const chip = chipWith(program);
    chip.runTo(400);
    expect(chip.data[SRAM_CELL]).toBe(0x77);
    // The address to return to: behind the sleep instruction, which was the one executed.
    const returnTo = ((chip.data[chip.stackPointer + 1] ?? 0) << 8) | (chip.data[chip.stackPointer + 2] ?? 0);
    expect(returnTo).toBe(start.length - 1);
  });
});
