// One board at level 1: the firmware core, compiled to WebAssembly, with pins wired to a world and time given from outside.
// Moves no bytes over a line and paces none: what the board sends is handed over in the same turn.
import { readFileSync } from 'node:fs';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { pinCountOf } from '../../src/core/board-pins.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { type BoardEngine, type BoardEngineOptions, type ResetCause, uidBytes } from './board-engine.ts';
import { BoardPins, type PinState } from './board-pins.ts';

interface Firmware {
  readonly memory: WebAssembly.Memory;
  celda_boot(bootCount: number, resetCause: number, uidLow: number, uidHigh: number): void;
  celda_boot_stock(): void;
  celda_tick(nowUs: number): number;
  celda_pulse(nowUs: number): void;
  celda_rx(byte: number): void;
  celda_poll(nowUs: number): void;
}

const TICK_US = 1000;
/** Looks of the step interrupt per tick, the first right before the tick. */
const PULSES_PER_TICK = 16;
/** As the avr target sets its own, nominally: 16,384 periods of a 128 kHz oscillator (ATmega328P data sheet, table 10-2). */
const WATCHDOG_US = 128_000;
/** The firmware's receive queue takes 127 bytes; the loop turns before it is full. */
const RECEIVE_BURST = 96;
const RESET_CAUSES = { 'power-on': 1, external: 2, 'brown-out': 3, watchdog: 4 } as const;

const IMAGES: Readonly<Record<BoardKind, string>> = { uno: 'celda-wasm.wasm', mega: 'celda-wasm-mega.wasm' };

const compiled = new Map<BoardKind, WebAssembly.Module>();

function firmwareModule(kind: BoardKind): WebAssembly.Module {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const image = new URL(`../../firmware-bridge/firmware/images/${IMAGES[kind]}`, import.meta.url);
  const module = new WebAssembly.Module(readFileSync(image));
  compiled.set(kind, module);
  return module;
}

/** @throws RangeError when `uid` is not 16 hex digits */
function uidWords(uid: string): readonly [number, number] {
  const view = new DataView(uidBytes(uid).buffer);
  return [view.getUint32(0, true), view.getUint32(4, true)];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export class WasmBoard implements BoardEngine {
  readonly #options: BoardEngineOptions;
  readonly #kind: BoardKind;
  readonly #uid: readonly [number, number];
  #pins: BoardPins;
  #firmware: Firmware;
  #memory = new Uint8Array();
  #sent: Uint8Array[] = [];
  #bootCount: number;
  #baud = BOOT_BAUD;
  #timeUs = 0;
  #bootedUs = 0;
  #nextTickUs = TICK_US;
  #isStepping = false;
  /** Step interrupts since the last tick. */
  #pulses = 0;
  #fedUs = 0;
  #hung = false;

  private constructor(options: BoardEngineOptions) {
    this.#options = options;
    this.#kind = options.kind ?? 'uno';
    this.#uid = uidWords(options.uid);
    this.#bootCount = options.bootedBefore ?? 0;
    this.#pins = this.#newPins();
    this.#firmware = this.#boot('power-on');
  }

  /**
   * Boots a board; compiles the committed image of its kind once per process.
   * @throws RangeError when the UID is not 16 hex digits
   */
  static load(options: BoardEngineOptions): WasmBoard {
    return new WasmBoard(options);
  }

  /** Time since `load`, microseconds; goes on through resets, while the firmware's own time starts anew with each. */
  get timeUs(): number {
    return this.#timeUs;
  }

  /** Boots so far, as the board reports it: 1 after power-on, 65535 is followed by 0. */
  get bootCount(): number {
    return this.#bootCount;
  }

  get baud(): number {
    return this.#baud;
  }

  /** The board's memory, for faults to be put into; another one after each reset. */
  get memory(): Uint8Array {
    return this.#memory;
  }

  pin(pin: number): PinState {
    return this.#pins.state(pin);
  }

  /** Bytes as they come off the line, at the present board time. Lost, beyond the receive queue, while the loop hangs. */
  receive(bytes: Uint8Array): void {
    let untilTurn = RECEIVE_BURST;
    for (const byte of bytes) {
      this.#firmware.celda_rx(byte);
      untilTurn -= 1;
      if (untilTurn > 0) continue;
      this.#turn();
      untilTurn = RECEIVE_BURST;
    }
    this.#turn();
  }

  /**
   * Runs the board's timer interrupt and main loop up to `toUs` on the scale of `timeUs`, through a watchdog reset if
   * one falls due. No effect when `toUs` has passed.
   */
  advance(toUs: number): void {
    while (this.#nextTickUs <= toUs) {
      this.#pulseUntil(this.#nextTickUs);
      this.#timeUs = this.#nextTickUs;
      this.#tick();
    }
    this.#pulseUntil(toUs);
    this.#timeUs = Math.max(this.#timeUs, toUs);
  }

  /** Boots again: boot counter + 1, all memory lost, all pins high-impedance. */
  reset(cause: ResetCause): void {
    this.#pins.release();
    this.#pins = this.#newPins();
    this.#firmware = this.#boot(cause);
  }

  /** Fault: the firmware's main loop stops turning; interrupts go on until the watchdog resets the board. */
  hang(on: boolean): void {
    this.#hung = on;
  }

  #newPins(): BoardPins {
    return new BoardPins(this.#options.world, pinCountOf(this.#kind), (pin, state) => {
      this.#options.onPinChange?.(pin, state, this.#timeUs);
    });
  }

  #boot(cause: ResetCause): Firmware {
    const pins = this.#pins;
    const { i2c } = this.#options.world;
    const hal = {
      pin_mode: (pin: number, mode: number) => pins.setMode(pin, mode),
      digital_write: (pin: number, level: number) => pins.setLevel(pin, level),
      read_pins: (at: number) => this.#memory.set(pins.readAll(), at),
      analog_read: (channel: number) => pins.readAnalog(channel),
      servo_write: (pin: number, pulseUs: number) => pins.setPulse(pin, pulseUs),
      pwm_write: (pin: number, duty: number) => pins.setDuty(pin, duty),
      tone_write: (pin: number, millihertz: number) => pins.setTone(pin, millihertz),
      i2c_use: (on: number) => {
        if (on === 0) i2c?.stop();
      },
      i2c_start: (address: number) => i2c?.start(address) ?? 0,
      i2c_write: (byte: number) => i2c?.write(byte) ?? 0,
      i2c_read: () => i2c?.read() ?? 0xff,
      i2c_stop: () => i2c?.stop(),
      onewire_reset: (pin: number) => Number(pins.resetOneWire(pin)),
      onewire_slot: (pin: number, bit: number) => pins.slotOneWire(pin, bit === 0 ? 0 : 1),
      transmit: (at: number, length: number) => {
        this.#sent.push(this.#memory.slice(at, at + length));
      },
      set_baud: (baud: number) => {
        this.#handOver();
        this.#baud = baud;
      },
      use_step_timer: (on: number) => {
        this.#isStepping = on !== 0;
      },
      feed_watchdog: () => {
        this.#fedUs = this.#timeUs;
      },
    };
    const firmware = new WebAssembly.Instance(firmwareModule(this.#kind), { hal }).exports as unknown as Firmware;
    this.#memory = new Uint8Array(firmware.memory.buffer);
    this.#bootCount = (this.#bootCount + 1) % 65_536;
    this.#bootedUs = this.#timeUs;
    this.#nextTickUs = this.#timeUs + TICK_US;
    this.#fedUs = this.#timeUs;
    this.#hung = false;
    this.#baud = this.#options.stockBaud ?? BOOT_BAUD;
    this.#isStepping = false;
    this.#pulses = 0;
    this.#sent = [];
    if (this.#options.firmware === 'firmata') firmware.celda_boot_stock();
    else firmware.celda_boot(this.#bootCount, RESET_CAUSES[cause], ...this.#uid);
    return firmware;
  }

  /** The last step interrupt before a tick falls together with it, and comes first. */
  #pulseUntil(untilUs: number): void {
    if (!this.#isStepping) return;
    const tickUs = this.#nextTickUs - TICK_US;
    for (; this.#pulses < PULSES_PER_TICK; this.#pulses += 1) {
      const atUs = tickUs + ((this.#pulses + 1) * TICK_US) / PULSES_PER_TICK;
      if (atUs > untilUs) return;
      this.#timeUs = Math.max(this.#timeUs, atUs);
      this.#firmware.celda_pulse(Math.floor(this.#timeUs - this.#bootedUs));
    }
  }

  #tick(): void {
    this.#nextTickUs += TICK_US;
    this.#pulses = 0;
    const hasWork = this.#firmware.celda_tick(this.#timeUs - this.#bootedUs);
    if (this.#timeUs - this.#fedUs >= WATCHDOG_US) this.reset('watchdog');
    else if (hasWork !== 0) this.#turn();
  }

  #turn(): void {
    if (this.#hung) return;
    this.#firmware.celda_poll(this.#timeUs - this.#bootedUs);
    this.#handOver();
  }

  #handOver(): void {
    const [first, ...others] = this.#sent;
    if (first === undefined) return;
    this.#sent = [];
    this.#options.onTransmit(others.length === 0 ? first : joined([first, ...others]), this.#baud);
  }
}
