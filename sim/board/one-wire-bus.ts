// A one-wire bus and what is on it, bit by bit: a line that anybody can pull low.

/** A device on a one-wire bus, as its data sheet describes it. */
export interface OneWireDevice {
  /** The line was low for 480 µs. @returns whether it answers */
  reset(): boolean;
  /** One time slot: the controller writes a 0, or writes a 1 and leaves the line alone. @returns what the device makes of it */
  slot(bit: 0 | 1): 0 | 1;
}

export class OneWireBus {
  readonly #devices: readonly OneWireDevice[];

  constructor(devices: readonly OneWireDevice[]) {
    this.#devices = devices;
  }

  /** @returns whether some device answers */
  reset(): boolean {
    return this.#devices.map((device) => device.reset()).some(Boolean);
  }

  /** @returns the level that the controller sees */
  slot(bit: 0 | 1): 0 | 1 {
    return this.#devices.map((device) => device.slot(bit)).includes(0) ? 0 : bit;
  }
}
