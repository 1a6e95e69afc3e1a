// What plays a board: the firmware core in process (level 1) or its AVR image in an emulator (level 3).
import type { BoardFirmware, BoardKind } from '../../src/core/cell-model.ts';
import type { BoardWorld, PinState } from './board-pins.ts';

export type ResetCause = 'power-on' | 'external' | 'brown-out' | 'watchdog';

export interface BoardEngineOptions {
  /** @defaultValue 'uno' */
  readonly kind?: BoardKind;
  /** `firmata`: Firmata alone on the line, no session. @defaultValue 'celda' */
  readonly firmware?: BoardFirmware;
  /** Speed of a board with stock Firmata, bits per second, where the program does not set it. @defaultValue BOOT_BAUD */
  readonly stockBaud?: number;
  /** 16 hex digits, first byte first. */
  readonly uid: string;
  /** How often it has booted before, 0..65535. @defaultValue 0 */
  readonly bootedBefore?: number;
  readonly world: BoardWorld;
  /** Called at least once per millisecond of board time in which something was sent; the bytes are the receiver's to keep. `baud`: at which they were sent. */
  readonly onTransmit: (bytes: Uint8Array, baud: number) => void;
  /** Called whenever what a pin does has changed; `boardTimeUs` as `BoardEngine.timeUs`. */
  readonly onPinChange?: (pin: number, state: PinState, boardTimeUs: number) => void;
}

/** A board under power: its program runs in `advance` and `receive` and at no other time. */
export interface BoardEngine {
  /** Time since power-up, microseconds; goes on through resets, while the firmware's own time starts anew with each. */
  readonly timeUs: number;
  /** Boots so far, as the board reports it: 1 after power-on, 65535 is followed by 0. */
  readonly bootCount: number;
  /** Speed of the board's UART, bits per second. */
  readonly baud: number;
  /** What a pin does now. @throws RangeError when the board has no such pin */
  pin(pin: number): PinState;
  /** Bytes that reach the board's receiver from the present board time on. */
  receive(bytes: Uint8Array): void;
  /** Runs the board up to `toUs` on the scale of `timeUs`, through whatever resets fall due. No effect when that has passed. */
  advance(toUs: number): void;
  /** Boots again: all pins high-impedance. What becomes of the memory is a matter of the cause and of the hardware. */
  reset(cause: ResetCause): void;
  /** Fault: the firmware's main loop stops turning; interrupts go on until the watchdog resets the board. */
  hang(on: boolean): void;
}

/** Powers a board up. @throws RangeError when the UID is not 16 hex digits */
export type LoadBoard = (options: BoardEngineOptions) => BoardEngine;

/**
 * How faithfully boards are played: 1 runs the firmware's portable core in process, 3 the image that is flashed, in an
 * emulator of the chip. (Level 2 is level 1 behind a pseudo-terminal: a matter of the line, not of the board.)
 */
export type BoardLevel = 1 | 3;

/** @throws RangeError when `uid` is not 16 hex digits */
export function uidBytes(uid: string): Uint8Array {
  if (!/^[0-9a-f]{16}$/i.test(uid)) throw new RangeError(`a board's UID is 16 hex digits, got "${uid}"`);
  return Uint8Array.from({ length: 8 }, (_, at) => Number.parseInt(uid.slice(2 * at, 2 * at + 2), 16));
}
