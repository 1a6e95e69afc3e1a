// The thermometer DS18B20 on one-wire. Source: Analog Devices data sheet DS18B20, 19-7487, and application note 187.
import type { OneWireDevice } from './one-wire-bus.ts';

const FAMILY = 0x28;
/** What the scratchpad holds before the first conversion: 85 °C, both alarm bytes, twelve bits. */
const AT_POWER_UP = [0x50, 0x05, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10] as const;
/** At twelve bits; half as long for each bit less. */
const CONVERSION_MS = 750;
const SEARCH_ROM = 0xf0;
const READ_ROM = 0x33;
const MATCH_ROM = 0x55;
const SKIP_ROM = 0xcc;
const CONVERT = 0x44;
const READ_SCRATCHPAD = 0xbe;
const WRITE_SCRATCHPAD = 0x4e;
const READ_POWER = 0xb4;
const ROM_BITS = 64;

export interface Ds18b20Options {
  /** 1..2^48 - 1: its address says who it is. */
  readonly serial: number;
  /** Degree Celsius, -55..125 at the part. */
  readonly celsius: () => number;
  /** Time for conversions, ms. */
  readonly nowMs: () => number;
  readonly isThere?: () => boolean;
}

/** CRC-8 of Maxim, x^8 + x^5 + x^4 + 1, as of application note 27. */
export function crc8(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const isOdd = ((crc ^ (byte >> bit)) & 1) === 1;
      crc = (crc >> 1) ^ (isOdd ? 0x8c : 0);
    }
  }
  return crc;
}

/** The eight bytes of the address, the family first and the checksum last. */
export function ds18b20Address(serial: number): readonly number[] {
  const bytes = [FAMILY, ...Array.from({ length: 6 }, (_, at) => Math.floor(serial / 256 ** at) % 256)];
  return [...bytes, crc8(bytes)];
}

type Phase = 'idle' | 'rom' | 'match' | 'search' | 'function' | 'send' | 'receive' | 'converting';

export class Ds18b20 implements OneWireDevice {
  readonly #options: Ds18b20Options;
  readonly #rom: readonly number[];
  readonly #scratchpad: number[] = [...AT_POWER_UP];
  #phase: Phase = 'idle';
  #bits = 0;
  #byte = 0;
  #out: readonly number[] = [];
  #convertedAtMs = 0;
  #isConverting = false;

  /** A part that has just been powered. */
  constructor(options: Ds18b20Options) {
    this.#options = options;
    this.#rom = ds18b20Address(options.serial);
  }

  reset(): boolean {
    this.#enter('rom');
    return this.#options.isThere?.() !== false;
  }

  slot(bit: 0 | 1): 0 | 1 {
    this.#finishConversion();
    if (this.#options.isThere?.() === false) return 1;
    switch (this.#phase) {
      case 'search':
        return this.#search(bit);
      case 'send':
        return this.#send(bit);
      case 'converting':
        return this.#isConverting ? 0 : 1;
      case 'match':
        this.#match(bit);
        return 1;
      case 'rom':
      case 'function':
      case 'receive':
        this.#receive(bit);
        return 1;
      default:
        return 1;
    }
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#bits = 0;
    this.#byte = 0;
  }

  #romBit(at: number): 0 | 1 {
    return (((this.#rom[at >> 3] ?? 0) >> (at & 7)) & 1) === 1 ? 1 : 0;
  }

  /** In turn: the bit, its opposite, and what the controller chose; who is not of that falls silent. */
  #search(bit: 0 | 1): 0 | 1 {
    const own = this.#romBit(Math.floor(this.#bits / 3));
    const part = this.#bits % 3;
    this.#bits += 1;
    if (part === 0) return own;
    if (part === 1) return own === 1 ? 0 : 1;
    if (bit !== own || this.#bits === 3 * ROM_BITS) this.#enter('idle');
    return 1;
  }

  #match(bit: 0 | 1): void {
    if (bit !== this.#romBit(this.#bits)) {
      this.#enter('idle');
      return;
    }
    this.#bits += 1;
    if (this.#bits === ROM_BITS) this.#enter('function');
  }

  #send(bit: 0 | 1): 0 | 1 {
    const byte = this.#out[this.#bits >> 3] ?? 0xff;
    const own = (byte >> (this.#bits & 7)) & 1;
    this.#bits += 1;
    return own === 0 ? 0 : bit;
  }

  #receive(bit: 0 | 1): void {
    this.#byte |= bit << (this.#bits & 7);
    this.#bits += 1;
    if ((this.#bits & 7) !== 0) return;
    const byte = this.#byte;
    this.#byte = 0;
    if (this.#phase === 'rom') this.#choose(byte);
    else if (this.#phase === 'function') this.#obey(byte);
    else this.#keep(byte);
  }

  /** The alarm search is not played: nobody is ever in alarm. */
  #choose(command: number): void {
    if (command === SEARCH_ROM) this.#enter('search');
    else if (command === MATCH_ROM) this.#enter('match');
    else if (command === SKIP_ROM) this.#enter('function');
    else if (command === READ_ROM) this.#answer(this.#rom);
    else this.#enter('idle');
  }

  #obey(command: number): void {
    if (command === CONVERT) this.#convert();
    else if (command === READ_SCRATCHPAD) this.#answer([...this.#scratchpad, crc8(this.#scratchpad)]);
    else if (command === WRITE_SCRATCHPAD) this.#enter('receive');
    else if (command === READ_POWER) this.#answer([]);
    else this.#enter('idle');
  }

  #answer(bytes: readonly number[]): void {
    this.#enter('send');
    this.#out = bytes;
  }

  /** Two alarm bytes and the resolution. */
  #keep(byte: number): void {
    const at = 1 + (this.#bits >> 3);
    this.#scratchpad[at] = at === 4 ? (byte & 0x60) | 0x1f : byte;
    if (at === 4) this.#enter('idle');
  }

  #convert(): void {
    const bitsLess = 3 - (((this.#scratchpad[4] ?? 0) >> 5) & 3);
    this.#convertedAtMs = this.#options.nowMs() + CONVERSION_MS / 2 ** bitsLess;
    this.#isConverting = true;
    this.#enter('converting');
  }

  #finishConversion(): void {
    if (!this.#isConverting || this.#options.nowMs() < this.#convertedAtMs) return;
    this.#isConverting = false;
    const sixteenths = Math.round(this.#options.celsius() * 16) & 0xffff;
    this.#scratchpad[0] = sixteenths & 0xff;
    this.#scratchpad[1] = sixteenths >> 8;
  }
}
