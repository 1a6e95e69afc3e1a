// An I2C bus and what is on it, byte by byte. After NXP UM10204, chapter 3.1.

/** A device on an I2C bus, as its data sheet describes it. */
export interface I2cDevice {
  /** Seven bits. */
  readonly address: number;
  /** False: its wires are broken, so nothing acknowledges. @defaultValue always there */
  isThere?(): boolean;
  /** It has been addressed; what follows is written to it or read from it. */
  begin(isRead: boolean): void;
  /** @returns whether it acknowledges */
  write(byte: number): boolean;
  /** The next byte to the controller, 0..255. */
  read(): number;
}

/** What a bus makes of an address or a byte: 0 no acknowledge, 1 acknowledged, 2 a device holds the clock low. */
export type I2cAnswer = 0 | 1 | 2;

export class I2cBus {
  readonly #devices: readonly I2cDevice[];
  #addressed: I2cDevice | undefined;
  /** A device holds the clock low: nothing goes on. */
  isHeld = false;

  constructor(devices: readonly I2cDevice[]) {
    this.#devices = devices;
  }

  /** @param address in the upper seven bits, 1 in the lowest to read */
  start(address: number): I2cAnswer {
    if (this.isHeld) return 2;
    const device = this.#devices.find((candidate) => candidate.address === address >> 1);
    this.#addressed = device?.isThere?.() === false ? undefined : device;
    this.#addressed?.begin((address & 1) === 1);
    return this.#addressed === undefined ? 0 : 1;
  }

  write(byte: number): I2cAnswer {
    if (this.isHeld) return 2;
    return this.#addressed?.write(byte) === true ? 1 : 0;
  }

  /** 0xff where nobody drives the data line. */
  read(): number {
    return this.#addressed?.read() ?? 0xff;
  }

  stop(): void {
    this.#addressed = undefined;
  }
}
