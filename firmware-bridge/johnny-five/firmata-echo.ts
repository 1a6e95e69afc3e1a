// What a stock board must say of its pins if it has heard everything and forgotten nothing. Pure: no time, no line.
import { COMMAND, commandOf, type FirmataMessage, PIN_MODE, SYSEX } from './firmata-messages.ts';

/** What a pin must echo. `level` is undefined where firmware versions differ in what they report. */
export interface PinExpectation {
  readonly mode: number;
  readonly level: number | undefined;
}

export interface PinStateEcho {
  readonly pin: number;
  readonly mode: number;
  readonly level: number;
}

/** @returns the query for what a pin is and does */
export function pinStateQuery(pin: number): FirmataMessage {
  return [COMMAND.startSysex, SYSEX.pinStateQuery, pin, COMMAND.endSysex];
}

/** @returns the pin that a message of the host asks for */
export function queriedPin(message: FirmataMessage): number | undefined {
  return message[0] === COMMAND.startSysex && message[1] === SYSEX.pinStateQuery ? message[2] : undefined;
}

/** @returns what a message of the board says of a pin, undefined when it is another message */
export function pinStateEcho(message: FirmataMessage): PinStateEcho | undefined {
  const [start, sysex, pin, mode, low, high] = message;
  if (start !== COMMAND.startSysex || sysex !== SYSEX.pinStateResponse || message.length < 6) return undefined;
  if (pin === undefined || mode === undefined || low === undefined) return undefined;
  return { pin, mode, level: low | ((message.length > 6 ? (high ?? 0) : 0) << 7) };
}

/** Follows the messages of the host to a board that has just been reset. */
export class PinEcho {
  readonly #modes = new Map<number, number>();
  readonly #levels = new Map<number, number>();
  readonly #pullUps = new Set<number>();

  /** From now on every write to its port turns the pull-up of this input on: for a board that has no mode for that. */
  pullUp(pin: number): void {
    this.#pullUps.add(pin);
  }

  /** Pins that the host has given a mode, in the order in which it did. */
  get pins(): readonly number[] {
    return [...this.#modes.keys()];
  }

  expected(pin: number): PinExpectation | undefined {
    const mode = this.#modes.get(pin);
    return mode === undefined ? undefined : { mode, level: this.#levels.get(pin) };
  }

  /**
   * Takes a message on its way to the board.
   * @returns what to send instead. A write to a port names eight pins, and on an input a set bit turns the pull-up on:
   *   firmata-io sets it where an input has last read high, which would keep a contact to the supply high for ever.
   */
  sent(message: FirmataMessage): FirmataMessage {
    const [first = 0, pin = 0, value = 0] = message;
    switch (commandOf(message)) {
      case COMMAND.setPinMode:
        this.#modes.set(pin, value);
        // A board that has the mode already keeps the level or clears it, by its version.
        this.#levels.delete(pin);
        return message;
      case COMMAND.setDigitalPin:
        this.#drive(pin, value);
        return message;
      case COMMAND.digital:
        return this.#writePort(first & 0x0f, pin | (value << 7));
      case COMMAND.startSysex:
        if (pin === SYSEX.servoConfig) this.#modes.set(value, PIN_MODE.servo);
        return message;
      default:
        return message;
    }
  }

  #writePort(port: number, given: number): FirmataMessage {
    let levels = given;
    for (let bit = 0; bit < 8; bit += 1) {
      const pin = port * 8 + bit;
      if (this.#modes.get(pin) === PIN_MODE.input)
        levels = (levels & ~(1 << bit)) | (Number(this.#pullUps.has(pin)) << bit);
      this.#drive(pin, (levels >> bit) & 1);
    }
    return [COMMAND.digital | port, levels & 0x7f, (levels >> 7) & 0x7f];
  }

  #drive(pin: number, level: number): void {
    if (this.#modes.get(pin) === PIN_MODE.output) this.#levels.set(pin, level === 0 ? 0 : 1);
  }
}

/** Whether a pin is and does what it must. */
export function isAsExpected(echo: PinStateEcho, { mode, level }: PinExpectation): boolean {
  return echo.mode === mode && (level === undefined || echo.level === level);
}
