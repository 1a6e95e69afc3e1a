// The boards that there is a firmware for, and what each of their pins can do under it.
import type { BoardKind, PinName } from './cell-model.ts';

/** What a pin of a board kind can do. */
export interface PinCapability {
  readonly name: PinName;
  /** The firmware's number. */
  readonly number: number;
  readonly digital: boolean;
  readonly analogChannel: number | undefined;
  readonly pwm: boolean;
  readonly servo: boolean;
  readonly tone: boolean;
  readonly i2c: boolean;
}

/** Numbers of the pins that a timer dims, those that timer 2 makes tones on, and the two of I2C. */
interface TimedPins {
  readonly pwm: readonly number[];
  readonly tone: readonly number[];
  readonly i2c: readonly number[];
}

/** Pins of every board kind that its serial port takes: the link to the controller. */
export const SERIAL_PINS: readonly PinName[] = ['D0', 'D1'];

/** Pins D2..D`digitalLast`, then the analog ones, which are numbered on. D0 and D1 are the serial port. */
function pinsOf(digitalLast: number, analogLast: number, timed: TimedPins): readonly PinCapability[] {
  const pins: PinCapability[] = [];
  for (let number = 2; number <= digitalLast + 1 + analogLast; number += 1) {
    const channel = number > digitalLast ? number - digitalLast - 1 : undefined;
    pins.push({
      name: channel === undefined ? `D${number}` : `A${channel}`,
      number,
      digital: true,
      analogChannel: channel,
      pwm: timed.pwm.includes(number),
      servo: true,
      tone: timed.tone.includes(number),
      i2c: timed.i2c.includes(number),
    });
  }
  return pins;
}

/**
 * Pins by board kind. Timer 1 makes the firmware's tick and the servo pulses, so that its outputs have no PWM.
 * Source: ATmega328P and ATmega2560 data sheets, Arduino Uno R3 and Mega 2560 R3 pinouts.
 */
export const BOARD_PINS: Readonly<Record<BoardKind, readonly PinCapability[]>> = {
  uno: pinsOf(13, 5, { pwm: [3, 5, 6, 11], tone: [3, 11], i2c: [18, 19] }),
  mega: pinsOf(53, 15, { pwm: [2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 44, 45, 46], tone: [9, 10], i2c: [20, 21] }),
};

/** @returns the firmware's number of a pin, or undefined when the board kind has no such pin. */
export function pinNumber(kind: BoardKind, name: PinName): number | undefined {
  return BOARD_PINS[kind].find((pin) => pin.name === name)?.number;
}

/** Pins of a board, with the two of its serial port: one more than the highest number. */
export function pinCountOf(kind: BoardKind): number {
  return BOARD_PINS[kind].reduce((count, { number }) => Math.max(count, number + 1), 0);
}

/** Number of the pin that is analog channel 0. */
export function firstAnalogPinOf(kind: BoardKind): number {
  return pinNumber(kind, 'A0') ?? pinCountOf(kind);
}
