// A board at level 3: the image that is flashed onto it, unchanged, in an emulator of its chip.
// Needs avr8js; to be imported only when this level is asked for.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EEPROMMemoryBackend } from 'avr8js';
import { crc32c } from '../../firmware-bridge/wire/crc32c.ts';
import { AvrChip, CYCLES_PER_US } from './avr-chip.ts';
import { AVR_MODELS, type AvrModel } from './avr-model.ts';
import { AvrOneWire } from './avr-one-wire.ts';
import { AvrPins } from './avr-pins.ts';
import { type BoardEngine, type BoardEngineOptions, type ResetCause, uidBytes } from './board-engine.ts';
import type { PinState } from './board-pins.ts';

const SLICE_US = 1000;
/** Layout of the firmware's EEPROM: UID and its checksum, then two copies of the boot counter with their complements. */
const UID_CRC_AT = 8;
const COUNTERS_AT = [16, 20] as const;

/** Where the committed image of a chip is. */
function committed(model: AvrModel): string {
  return fileURLToPath(new URL(`../../firmware-bridge/firmware/images/${model.image}`, import.meta.url));
}

/** Timer 2 toggles a pin at each compare match; its prescaler by clock select (data sheet, tables 18-2 to 18-9). */
const TCCR2A = 0xb0;
const TCCR2B = 0xb1;
const OCR2A = 0xb3;
const CLEAR_ON_MATCH = 2;
const PRESCALERS = [0, 1, 8, 32, 64, 128, 256, 1024] as const;
const TIMER_HZ = 16_000_000;

const programs = new Map<string, Uint16Array>();

/** Words of an image, read once per process. Intel HEX, data records only: less than 64 KB needs no others. */
function programOf(model: AvrModel, path: string): Uint16Array {
  const known = programs.get(path);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(2 * model.flashWords).fill(0xff);
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const record = Buffer.from(line.slice(1).trim(), 'hex');
    if (record.length > 0 && record.readUInt8(3) === 0) bytes.set(record.subarray(4, -1), record.readUInt16BE(1));
  }
  const program = new Uint16Array(bytes.buffer);
  programs.set(path, program);
  return program;
}

/** The EEPROM of a board that has its UID, and one copy of its boot counter unless it has never booted. */
function newEeprom(size: number, uid: Uint8Array, bootedBefore = 0): EEPROMMemoryBackend {
  const eeprom = new EEPROMMemoryBackend(size);
  const view = new DataView(eeprom.memory.buffer);
  eeprom.memory.set(uid);
  view.setUint32(UID_CRC_AT, crc32c(uid), true);
  if (bootedBefore > 0) view.setUint32(COUNTERS_AT[0], bootedBefore | (~bootedBefore << 16), true);
  return eeprom;
}

/** SRAM as power-up leaves it: by chance, the same each time for the same board (xorshift32). */
function newSram(size: number, uid: Uint8Array): Uint8Array {
  let word = crc32c(uid) | 1;
  return Uint8Array.from({ length: size }, () => {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return word & 0xff;
  });
}

export interface AvrBoardOptions extends BoardEngineOptions {
  /** Intel HEX file for an ATmega328P. @defaultValue the committed image of Celda's firmware for the Uno */
  readonly image?: string;
  /** Hears each character that leaves the chip, with the board times of the beginning of its start and end of its stop bit. */
  readonly onCharacter?: (byte: number, startUs: number, endUs: number) => void;
  /** Hears each change of level of a driven pin. */
  readonly onEdge?: (pin: number, level: 0 | 1, boardTimeUs: number) => void;
}

export class AvrBoard implements BoardEngine {
  readonly chip: AvrChip;
  readonly #options: AvrBoardOptions;
  readonly #model: AvrModel;
  readonly #eeprom: EEPROMMemoryBackend;
  readonly #pins: AvrPins;
  readonly #wires = new Map<number, AvrOneWire>();
  readonly #levels: (0 | 1 | undefined)[] = [];
  #sent: number[] = [];
  /** Speed at which those were sent. */
  #sentBaud = 0;
  #untilUs = 0;

  private constructor(options: AvrBoardOptions) {
    this.#options = options;
    const uid = uidBytes(options.uid);
    this.#model = AVR_MODELS[options.kind ?? 'uno'];
    this.#eeprom = newEeprom(this.#model.eepromBytes, uid, options.bootedBefore);
    for (let pin = 2; pin < this.#model.pinCount; pin += 1) {
      const bus = options.world.oneWire?.(pin);
      if (bus !== undefined) this.#wires.set(pin, new AvrOneWire(bus));
    }
    this.#pins = new AvrPins(this.#model.pinCount, (pin, state, nowUs) => options.onPinChange?.(pin, state, nowUs));
    this.chip = new AvrChip({
      model: this.#model,
      program: programOf(this.#model, options.image ?? committed(this.#model)),
      eeprom: this.#eeprom,
      sram: newSram(this.#model.sramBytes, uid),
      digitalLevel: (pin, pullUp) =>
        this.#wires.get(pin)?.level(this.chip.cycles / CYCLES_PER_US) ?? options.world.digitalLevel(pin, pullUp),
      outputLevel: options.world.outputLevel?.bind(options.world),
      i2c: options.world.i2c,
      analogCounts: (channel) => Math.max(0, Math.min(1023, Math.round(options.world.analogCounts(channel)))),
      transmitted: (byte, startCycle) => {
        if (this.baud !== this.#sentBaud) this.#handOver();
        this.#sentBaud = this.baud;
        this.#sent.push(byte);
        options.onCharacter?.(byte, startCycle / CYCLES_PER_US, this.chip.cycles / CYCLES_PER_US);
      },
      portChanged: (pins) => this.#readPort(pins),
      hasReset: () => this.#readAllPorts(),
    });
  }

  /** Powers a board up. @throws RangeError when the UID is not 16 hex digits */
  static load(options: AvrBoardOptions): AvrBoard {
    return new AvrBoard(options);
  }

  /** Never beyond what `advance` was asked for, though the chip ends the instruction that it is at. */
  get timeUs(): number {
    return Math.min(this.chip.cycles / CYCLES_PER_US, this.#untilUs);
  }

  /** As the firmware has it in its EEPROM: counts on some 15 ms after the reset, 0 before the first. */
  get bootCount(): number {
    const view = new DataView(this.#eeprom.memory.buffer);
    const counts = COUNTERS_AT.filter((at) => (view.getUint16(at, true) ^ view.getUint16(at + 2, true)) === 0xffff).map(
      (at) => view.getUint16(at, true),
    );
    return counts.reduce((newest, count) => (((count - newest) << 16) >> 16 > 0 ? count : newest), counts[0] ?? 0);
  }

  get baud(): number {
    return (CYCLES_PER_US * 1_000_000 * 10) / this.chip.usart.characterCycles;
  }

  /** Characters lost since the last reset because the firmware did not fetch the ones before in time. */
  get overruns(): number {
    return this.chip.usart.overruns;
  }

  /** Pulses on a one-wire bus that its devices need not understand. */
  get oneWireViolations(): number {
    return [...this.#wires.values()].reduce((sum, { violations }) => sum + violations, 0);
  }

  /** The pin of a one-wire bus shows as high-impedance, whatever goes over it. */
  pin(pin: number): PinState {
    return this.#pins.state(pin);
  }

  /** The bytes follow each other on the line at the firmware's baud rate, from the present board time on. */
  receive(bytes: Uint8Array): void {
    this.chip.usart.put(bytes);
  }

  advance(toUs: number): void {
    this.#untilUs = Math.max(this.#untilUs, toUs);
    this.chip.sampleInputs();
    while (this.timeUs < toUs) {
      const sliceEnd = Math.min(toUs, (Math.floor(this.timeUs / SLICE_US) + 1) * SLICE_US);
      this.chip.runTo(sliceEnd * CYCLES_PER_US);
      this.#pins.poll(this.timeUs);
      for (const { pin } of this.#model.pwm) this.#readPin(pin);
    }
    this.#handOver();
  }

  #handOver(): void {
    if (this.#sent.length === 0) return;
    const bytes = Uint8Array.from(this.#sent);
    this.#sent = [];
    this.#options.onTransmit(bytes, this.#sentBaud);
  }

  reset(cause: ResetCause): void {
    this.chip.reset(cause);
  }

  hang(on: boolean): void {
    this.chip.hang(on);
  }

  #readAllPorts(): void {
    for (const { pins } of this.#model.ports) this.#readPort(pins);
  }

  #readPort(pins: readonly (number | undefined)[]): void {
    for (const pin of pins) if (pin !== undefined) this.#readPin(pin);
  }

  #readPin(pin: number): void {
    const { drives, level } = this.chip.drives(pin);
    const wire = this.#wires.get(pin);
    if (wire !== undefined) {
      wire.drive(drives && level === 0, this.chip.cycles / CYCLES_PER_US);
      return;
    }
    const driven = drives ? level : undefined;
    if (driven !== this.#levels[pin]) {
      this.#levels[pin] = driven;
      if (driven !== undefined) this.#options.onEdge?.(pin, driven, this.timeUs);
    }
    this.#pins.update(pin, { drives, level, ...this.#timerOutput(pin) }, this.timeUs);
  }

  #timerOutput(pin: number): { readonly dutyPercent: number | undefined; readonly toneHz: number | undefined } {
    const pwm = this.#model.pwm.find((output) => output.pin === pin);
    const { data } = this.chip;
    if (pwm !== undefined && ((data[pwm.control] ?? 0) & pwm.mask) !== 0) {
      return { dutyPercent: ((data[pwm.duty] ?? 0) * 100) / 255, toneHz: undefined };
    }
    const isToggled =
      ((data[TCCR2A] ?? 0) & (this.#model.tone.get(pin) ?? 0)) !== 0 && ((data[TCCR2A] ?? 0) & 3) === CLEAR_ON_MATCH;
    const prescaler = PRESCALERS[(data[TCCR2B] ?? 0) & 7] ?? 0;
    if (!isToggled || prescaler === 0) return { dutyPercent: undefined, toneHz: undefined };
    return { dutyPercent: undefined, toneHz: Math.round(TIMER_HZ / (2 * prescaler * ((data[OCR2A] ?? 0) + 1))) };
  }
}
