// A board that speaks Firmata 2.6 over an in-memory stream, in virtual time: pins of an Uno, written down from the
// protocol's description, so that it is no copy of the firmware under test elsewhere.

import { fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { StreamListener, StreamPort } from '../../src/ports/stream-port.ts';
import type { Transport } from '../../src/ports/transport.ts';

/** Time that bytes take each way, ms. */
const LATENCY_MS = 1;
const PIN_COUNT = 20;
const ANALOG_FIRST = 14;
const PWM_PINS = new Set([3, 5, 6, 9, 10, 11]);

interface PinState {
  mode: number | undefined;
  /** Level or analog value driven, or pulse width in µs. */
  value: number;
  servoRange: readonly [number, number];
}

export interface WriteRecord {
  readonly at: number;
  readonly bytes: readonly number[];
}

export class FirmataBoard implements StreamPort {
  readonly #clock: Clock;
  #listener: StreamListener | undefined;
  #session = 0;
  #open = false;
  #buffer: number[] = [];
  #pins: PinState[] = [];
  #analogReports = new Set<number>();
  #digitalReports = new Set<number>();
  #cancelSampling = (): void => undefined;
  /** Counts by analog channel, 0..1023. */
  readonly analog = new Map<number, number>();
  /** Level by pin. */
  readonly level = new Map<number, number>();
  /** Every message of the host, over all sessions. */
  readonly writes: WriteRecord[] = [];
  samplingMs = 19;
  /** False: Firmata messages are recorded and not answered. */
  answers = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  listen(listener: StreamListener): () => void {
    this.#listener = listener;
    if (this.#open) this.#later(() => listener.opened());
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }

  write(bytes: Uint8Array): void {
    const copy = [...bytes];
    this.#later(() => {
      for (const byte of copy) this.#take(byte);
    });
  }

  /** Opens a session: the board has forgotten everything. */
  connect(): void {
    this.#open = true;
    this.#session += 1;
    this.#buffer = [];
    this.#pins = Array.from({ length: PIN_COUNT }, () => ({ mode: undefined, value: 0, servoRange: [544, 2400] }));
    this.#analogReports.clear();
    this.#digitalReports.clear();
    this.samplingMs = 19;
    this.#listener?.opened();
    this.#cancelSampling();
    this.#sample();
  }

  /** The board's port, as a stock board has it: opening it resets the board. One connection at a time. */
  readonly transport = (): Transport => {
    let end = (): void => undefined;
    return {
      pendingBytes: 0,
      open: (listener) =>
        this.#clock.schedule(this.#clock.now(), () => {
          end = () => {
            if (this.#open) this.disconnect();
            this.#listener = undefined;
          };
          this.listen({
            opened: () => listener.opened(),
            data: (bytes) => listener.data(bytes),
            closed: () => listener.closed(fault(1001, { reason: 'unplugged' })),
          });
          this.connect();
        }),
      write: (bytes) => this.write(bytes),
      close: () => end(),
    };
  };

  /** As a noise byte 0xFF does: StandardFirmata drives every digital pin low, reports nothing more, and tells nobody. */
  forget(): void {
    this.#pins = Array.from({ length: PIN_COUNT }, (_, pin) => ({
      mode: pin < ANALOG_FIRST ? 1 : 2,
      value: 0,
      servoRange: [544, 2400],
    }));
    this.#analogReports.clear();
    this.#digitalReports.clear();
    this.samplingMs = 19;
  }

  disconnect(): void {
    this.#open = false;
    this.#session += 1;
    this.#cancelSampling();
    this.#listener?.closed();
  }

  pin(number: number): Readonly<PinState> {
    const pin = this.#pins[number];
    if (pin === undefined) throw new Error(`no pin ${number}`);
    return pin;
  }

  /** Changes the level of an input and reports it, as a board does. */
  setLevel(pin: number, level: 0 | 1): void {
    this.level.set(pin, level);
    this.#reportPort(pin >> 3);
  }

  /** Sends bytes as they are. */
  send(...bytes: readonly number[]): void {
    this.#later(() => this.#listener?.data(Uint8Array.from(bytes)));
  }

  #later(task: () => void): void {
    const session = this.#session;
    this.#clock.schedule(monotonicMs(this.#clock.now() + LATENCY_MS), () => {
      if (this.#open && session === this.#session) task();
    });
  }

  #sample(): void {
    this.#cancelSampling = this.#clock.schedule(monotonicMs(this.#clock.now() + this.samplingMs), () => {
      for (const channel of this.#analogReports) {
        const value = this.analog.get(channel) ?? 0;
        this.send(0xe0 | channel, value & 0x7f, value >> 7);
      }
      this.#sample();
    });
  }

  #reportPort(port: number): void {
    if (!this.#digitalReports.has(port)) return;
    let mask = 0;
    for (let bit = 0; bit < 8; bit += 1) mask |= (this.level.get(port * 8 + bit) ?? 0) << bit;
    this.send(0x90 | port, mask & 0x7f, mask >> 7);
  }

  #take(byte: number): void {
    if (byte === 0xf7 && this.#buffer[0] !== 0xf0) return;
    this.#buffer.push(byte);
    const [first = 0] = this.#buffer;
    const isEnd = first === 0xf0 ? byte === 0xf7 : this.#buffer.length === lengthOf(first);
    if (!isEnd) return;
    const message = this.#buffer;
    this.#buffer = [];
    this.writes.push({ at: this.#clock.now(), bytes: message });
    if (this.answers) this.#obey(message);
  }

  #obey(message: readonly number[]): void {
    const [first = 0, second = 0, third = 0] = message;
    const command = first < 0xf0 ? first & 0xf0 : first;
    if (command === 0xff) this.forget();
    if (command === 0xf9) this.send(0xf9, 2, 6);
    if (command === 0xf4) this.#setMode(second, third);
    if (command === 0x90) this.#writePort(first & 0x0f, second | (third << 7));
    if (command === 0xe0) this.#writeAnalog(first & 0x0f, second | (third << 7));
    if (command === 0xc0) this.#setReport(this.#analogReports, first & 0x0f, second);
    if (command === 0xd0) {
      this.#setReport(this.#digitalReports, first & 0x0f, second);
      this.#reportPort(first & 0x0f);
    }
    if (command === 0xf0) this.#obeySysex(message.slice(1, -1));
  }

  #obeySysex([command = 0, ...data]: readonly number[]): void {
    const at = (index: number): number => (data[index] ?? 0) | ((data[index + 1] ?? 0) << 7);
    if (command === 0x79) this.send(0xf0, 0x79, 2, 6, 0x54, 0, 0xf7);
    if (command === 0x6b) this.send(0xf0, 0x6c, ...capabilities(), 0xf7);
    if (command === 0x69) this.send(0xf0, 0x6a, ...analogMapping(), 0xf7);
    if (command === 0x6d) this.#echo(data[0] ?? 0);
    if (command === 0x7a) this.samplingMs = at(0);
    if (command === 0x6f) this.#writeAnalog(data[0] ?? 0, at(1));
    if (command === 0x70) {
      this.#setMode(data[0] ?? 0, 4);
      const pin = this.#pins[data[0] ?? 0];
      if (pin !== undefined) pin.servoRange = [at(1), at(3)];
    }
  }

  #echo(number: number): void {
    const { mode = 0x7f, value } = this.pin(number);
    this.send(0xf0, 0x6e, number, mode, value & 0x7f, 0xf7);
  }

  #setMode(number: number, mode: number): void {
    const pin = this.#pins[number];
    if (pin !== undefined) pin.mode = mode;
  }

  #setReport(reports: Set<number>, index: number, on: number): void {
    if (on !== 0) reports.add(index);
    else reports.delete(index);
  }

  #writePort(port: number, mask: number): void {
    for (let bit = 0; bit < 8; bit += 1) {
      const pin = this.#pins[port * 8 + bit];
      if (pin?.mode === 1) pin.value = (mask >> bit) & 1;
    }
  }

  /** Servo values below 544 are degrees, others microseconds, as in StandardFirmata. */
  #writeAnalog(number: number, value: number): void {
    const pin = this.#pins[number];
    if (pin === undefined) return;
    const [low, high] = pin.servoRange;
    pin.value = pin.mode === 4 && value < 544 ? low + ((high - low) * value) / 180 : value;
  }
}

function lengthOf(first: number): number {
  const command = first < 0xf0 ? first & 0xf0 : first;
  if (command === 0xf9 || command === 0xff) return 1;
  return command === 0xc0 || command === 0xd0 ? 2 : 3;
}

function capabilities(): readonly number[] {
  const pins: number[] = [];
  for (let pin = 0; pin < PIN_COUNT; pin += 1) {
    if (pin >= 2) pins.push(0, 1, 1, 1, 11, 1, 4, 14);
    if (PWM_PINS.has(pin)) pins.push(3, 8);
    if (pin >= ANALOG_FIRST) pins.push(2, 10);
    pins.push(0x7f);
  }
  return pins;
}

function analogMapping(): readonly number[] {
  return Array.from({ length: PIN_COUNT }, (_, pin) => (pin >= ANALOG_FIRST ? pin - ANALOG_FIRST : 0x7f));
}
