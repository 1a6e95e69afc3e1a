// The wire between a pin of the emulated chip and a one-wire bus: tells resets and bits from the times for which the
// chip pulls low. Times: DS18B20 data sheet, 19-7487, AC electrical characteristics, µs.
import type { OneWireBus } from './one-wire-bus.ts';

const RESET_US = 480;
/** A 1 or a reading ends before, a 0 after. */
const SHORT_US = 15;
/** A device answers a reset so long after the end of it, and for so long; it may be from 15 and for 60 to 240. */
const ANSWER_AFTER_US = 30;
const ANSWER_US = 110;
/** A device that sends a 0 holds the line for so long from the beginning of the slot; it may be 15 to 60. */
const HOLD_US = 30;
/** Limits for what the chip may do: 1 or reading, 0, and the pause between two slots. */
const ONE_US = [1, 15] as const;
const ZERO_US = [60, 120] as const;
const RECOVERY_US = 1;
const SLOT_US = 60;

export class AvrOneWire {
  readonly #bus: OneWireBus;
  #isLow = false;
  #fellUs = 0;
  #slotEndsUs = 0;
  #heldFromUs = 0;
  #heldToUs = 0;
  /** Pulses of the chip that a device need not understand. */
  violations = 0;

  constructor(bus: OneWireBus) {
    this.#bus = bus;
  }

  /** To be called when the chip may have begun or ended to pull low. */
  drive(isLow: boolean, nowUs: number): void {
    if (isLow === this.#isLow) return;
    this.#isLow = isLow;
    if (isLow) this.#fall(nowUs);
    else this.#rise(nowUs);
  }

  /** What the chip reads. */
  level(nowUs: number): 0 | 1 {
    return this.#isLow || (nowUs >= this.#heldFromUs && nowUs < this.#heldToUs) ? 0 : 1;
  }

  #fall(nowUs: number): void {
    if (nowUs < this.#slotEndsUs + RECOVERY_US) this.violations += 1;
    this.#fellUs = nowUs;
  }

  #rise(nowUs: number): void {
    const widthUs = nowUs - this.#fellUs;
    this.#slotEndsUs = this.#fellUs + SLOT_US;
    if (widthUs >= RESET_US) {
      this.#slotEndsUs = nowUs + RESET_US - 2 * SLOT_US;
      if (this.#bus.reset()) this.#hold(nowUs + ANSWER_AFTER_US, ANSWER_US);
      return;
    }
    const bit = widthUs < SHORT_US ? 1 : 0;
    const [least, most] = bit === 1 ? ONE_US : ZERO_US;
    if (widthUs < least || widthUs > most) this.violations += 1;
    if (this.#bus.slot(bit) === 0 && bit === 1) this.#hold(this.#fellUs, HOLD_US);
  }

  #hold(fromUs: number, forUs: number): void {
    this.#heldFromUs = fromUs;
    this.#heldToUs = fromUs + forUs;
  }
}
