// What the pins of a simulated board do, as its firmware last said, and what they read from the world they are wired to.

/** What a board's pins are wired to. Called synchronously, at the board's present time. */
export interface BoardWorld {
  /** Level at an input pin; `pullUp`: what the board's own resistor gives when nothing drives the pin. */
  digitalLevel(pin: number, pullUp: boolean): 0 | 1;
  /** Another number whenever a level may have changed: spares the reading of all pins. @defaultValue read every time */
  levelsVersion?(): number;
  /** Counts 0..1023 at an analog channel; A0 is 0. */
  analogCounts(channel: number): number;
}

export interface PinState {
  readonly mode: 'high-impedance' | 'input' | 'input-pullup' | 'output' | 'servo' | 'pwm';
  /** Level driven by an output; 0 in other modes. */
  readonly level: 0 | 1;
  /** Width of the servo pulses, microseconds; 0: none, or another mode. */
  readonly pulseUs: number;
  /** 0..100; 0 in other modes than `pwm`. */
  readonly dutyPercent: number;
}

const MODES = ['high-impedance', 'input', 'input-pullup', 'output', 'servo', 'pwm'] as const;
const RELEASED: PinState = { mode: 'high-impedance', level: 0, pulseUs: 0, dutyPercent: 0 };

function isSame(a: PinState, b: PinState): boolean {
  return a.mode === b.mode && a.level === b.level && a.pulseUs === b.pulseUs && a.dutyPercent === b.dutyPercent;
}

/** The pins of one board from one reset to the next. */
export class BoardPins {
  readonly #world: BoardWorld;
  readonly #onChange: (pin: number, state: PinState) => void;
  readonly #states: PinState[];
  /** Levels as latched by the firmware, also on pins that are no output yet. */
  readonly #latched: (0 | 1)[];
  #inputs: readonly number[] = [];
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
    this.#levelsVersion = undefined;
  }

  setMode(pin: number, code: number): void {
    const mode = MODES[code];
    if (mode === undefined) throw new RangeError(`the firmware gave pin ${pin} the unknown mode ${code}`);
    const level = mode === 'output' ? (this.#latched[pin] ?? 0) : 0;
    this.#update(pin, { mode, level, pulseUs: 0, dutyPercent: 0 });
    this.#inputs = this.#states.flatMap(({ mode: of }, index) =>
      of === 'input' || of === 'input-pullup' ? [index] : [],
    );
    this.#levelsVersion = undefined;
  }

  setLevel(pin: number, level: number): void {
    const bit = level === 0 ? 0 : 1;
    this.#latched[pin] = bit;
    const state = this.state(pin);
    if (state.mode === 'output') this.#update(pin, { ...state, level: bit });
  }

  setPulse(pin: number, pulseUs: number): void {
    const state = this.state(pin);
    if (state.mode === 'servo') this.#update(pin, { ...state, pulseUs });
  }

  setDuty(pin: number, duty: number): void {
    const state = this.state(pin);
    if (state.mode === 'pwm') this.#update(pin, { ...state, dutyPercent: (duty * 100) / 255 });
  }

  /** Levels of all input pins, eight to a byte. Called once per board millisecond, so it asks for inputs only. */
  readAll(): Uint8Array {
    const version = this.#world.levelsVersion?.();
    if (version === undefined || version !== this.#levelsVersion) this.#readInputs();
    this.#levelsVersion = version;
    return this.#levels;
  }

  #readInputs(): void {
    this.#levels.fill(0);
    for (const pin of this.#inputs) {
      const isPulledUp = this.#states[pin]?.mode === 'input-pullup';
      if (this.#world.digitalLevel(pin, isPulledUp) === 1)
        this.#levels[pin >> 3] = (this.#levels[pin >> 3] ?? 0) | (1 << (pin & 7));
    }
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
