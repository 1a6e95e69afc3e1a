// What the pins of a simulated board do, as its firmware last said, and what they read from the world they are wired to.
import type { I2cBus } from './i2c-bus.ts';
import type { OneWireBus } from './one-wire-bus.ts';

/** What a board's pins are wired to. Called synchronously, at the board's present time. */
export interface BoardWorld {
  /** Level at an input pin; `pullUp`: what the board's own resistor gives when nothing drives the pin. */
  digitalLevel(pin: number, pullUp: boolean): 0 | 1;
  /** Level at an output pin that the board drives to `driven`: another one where something holds it. @defaultValue `driven` */
  outputLevel?(pin: number, driven: 0 | 1): 0 | 1;
  /** Another number whenever a level may have changed: spares the reading of all pins. @defaultValue read every time */
  levelsVersion?(): number;
  /** Counts 0..1023 at an analog channel; A0 is 0. */
  analogCounts(channel: number): number;
  /** What is on the board's I2C bus; undefined: nothing. */
  readonly i2c?: I2cBus | undefined;
  /** The one-wire bus at a pin, if there is one. */
  oneWire?(pin: number): OneWireBus | undefined;
}

export interface PinState {
  readonly mode: 'high-impedance' | 'input' | 'input-pullup' | 'output' | 'servo' | 'pwm' | 'tone';
  /** Level driven by an output; 0 in other modes. */
  readonly level: 0 | 1;
  /** Width of the servo pulses, microseconds; 0: none, or another mode. */
  readonly pulseUs: number;
  /** 0..100; 0 in other modes than `pwm`. */
  readonly dutyPercent: number;
  /** Frequency of a square wave, as the board's timer makes it, Hz, whole; 0: silence, or another mode than `tone`. */
  readonly toneHz: number;
}

const MODES = ['high-impedance', 'input', 'input-pullup', 'output', 'servo', 'pwm', 'tone'] as const;
const RELEASED: PinState = { mode: 'high-impedance', level: 0, pulseUs: 0, dutyPercent: 0, toneHz: 0 };

function isSame(a: PinState, b: PinState): boolean {
  return (
    a.mode === b.mode &&
    a.level === b.level &&
    a.pulseUs === b.pulseUs &&
    a.dutyPercent === b.dutyPercent &&
    a.toneHz === b.toneHz
  );
}

/** The pins of one board from one reset to the next. */
export class BoardPins {
  readonly #world: BoardWorld;
  readonly #onChange: (pin: number, state: PinState) => void;
  readonly #states: PinState[];
  /** Levels as latched by the firmware, also on pins that are no output yet. */
  readonly #latched: (0 | 1)[];
  #inputs: readonly number[] = [];
  #outputs: readonly number[] = [];
  readonly #levels: Uint8Array;
  /** Of the world when `#levels` was read; undefined when it must be read anew. */
  #levelsVersion: number | undefined;

  constructor(world: BoardWorld, pinCount: number, onChange: (pin: number, state: PinState) => void) {
    this.#states = Array.from({ length: pinCount }, () => RELEASED);
    this.#latched = Array.from({ length: pinCount }, () => 0);
    this.#levels = new Uint8Array(Math.ceil(pinCount / 8));
    this.#world = world;
    this.#onChange = onChange;
  }

  /** @throws RangeError when the board has no such pin */
  state(pin: number): PinState {
    const state = this.#states[pin];
    if (state === undefined) throw new RangeError(`the board has no pin ${pin}`);
    return state;
  }

  /** Everything high-impedance, as the hardware does in a reset. */
  release(): void {
    for (let pin = 0; pin < this.#states.length; pin += 1) this.#update(pin, RELEASED);
    this.#inputs = [];
    this.#outputs = [];
    this.#levelsVersion = undefined;
  }

  setMode(pin: number, code: number): void {
    const mode = MODES[code];
    if (mode === undefined) throw new RangeError(`the firmware gave pin ${pin} the unknown mode ${code}`);
    if (mode !== 'output') this.#latched[pin] = 0;
    const level = mode === 'output' ? (this.#latched[pin] ?? 0) : 0;
    this.#update(pin, { mode, level, pulseUs: 0, dutyPercent: 0, toneHz: 0 });
    this.#inputs = this.#states.flatMap(({ mode: of }, index) =>
      of === 'input' || of === 'input-pullup' ? [index] : [],
    );
    this.#outputs = this.#states.flatMap(({ mode: of }, index) => (of === 'output' ? [index] : []));
    this.#levelsVersion = undefined;
  }

  setLevel(pin: number, level: number): void {
    const bit = level === 0 ? 0 : 1;
    this.#latched[pin] = bit;
    const state = this.state(pin);
    if (state.mode !== 'output') return;
    this.#update(pin, { ...state, level: bit });
    this.#readOutput(pin, bit);
  }

  setPulse(pin: number, pulseUs: number): void {
    const state = this.state(pin);
    if (state.mode === 'servo') this.#update(pin, { ...state, pulseUs });
  }

  setDuty(pin: number, duty: number): void {
    const state = this.state(pin);
    if (state.mode === 'pwm') this.#update(pin, { ...state, dutyPercent: (duty * 100) / 255 });
  }

  setTone(pin: number, millihertz: number): void {
    const state = this.state(pin);
    if (state.mode === 'tone') this.#update(pin, { ...state, toneHz: Math.round(millihertz / 1000) });
  }

  /** Whether a reset of the one-wire bus at a pin is answered: by a device, or by a line that is low anyway. */
  resetOneWire(pin: number): boolean {
    return this.#world.oneWire?.(pin)?.reset() ?? this.#world.digitalLevel(pin, false) === 0;
  }

  slotOneWire(pin: number, bit: 0 | 1): 0 | 1 {
    const bus = this.#world.oneWire?.(pin);
    if (bus !== undefined) return bus.slot(bit);
    return bit === 0 ? 0 : this.#world.digitalLevel(pin, false);
  }

  /** Levels of all inputs and outputs, eight to a byte. Called once per board millisecond, so it asks only when there is news. */
  readAll(): Uint8Array {
    const version = this.#world.levelsVersion?.();
    if (version === undefined || version !== this.#levelsVersion) this.#readLevels();
    this.#levelsVersion = version;
    return this.#levels;
  }

  #readLevels(): void {
    this.#levels.fill(0);
    for (const pin of this.#inputs) {
      const isPulledUp = this.#states[pin]?.mode === 'input-pullup';
      if (this.#world.digitalLevel(pin, isPulledUp) === 1)
        this.#levels[pin >> 3] = (this.#levels[pin >> 3] ?? 0) | (1 << (pin & 7));
    }
    for (const pin of this.#outputs) this.#readOutput(pin, this.state(pin).level);
  }

  #readOutput(pin: number, driven: 0 | 1): void {
    const level = this.#world.outputLevel?.(pin, driven) ?? driven;
    const others = (this.#levels[pin >> 3] ?? 0) & ~(1 << (pin & 7));
    this.#levels[pin >> 3] = others | (level << (pin & 7));
  }

  /** Whole counts 0..1023, whatever the world says. */
  readAnalog(channel: number): number {
    return Math.max(0, Math.min(1023, Math.round(this.#world.analogCounts(channel))));
  }

  #update(pin: number, state: PinState): void {
    if (isSame(this.state(pin), state)) return;
    this.#states[pin] = state;
    this.#onChange(pin, state);
  }
}
