// What the pins of the emulated chip do, told from their levels over time: a servo is known by its pulses alone.
import type { PinState } from './board-pins.ts';

/** Widths that a servo understands, with a margin for the firmware's jitter. */
const PULSE_US_MIN = 450;
const PULSE_US_MAX = 2600;
/** Without a pulse for longer than this, a frame and a half, a servo is no longer driven. */
const SILENCE_US = 30_000;
/** Dead band of a hobby servo: smaller differences between pulses move nothing. */
const DEAD_BAND_US = 2;

const RELEASED: PinState = { mode: 'high-impedance', level: 0, pulseUs: 0, dutyPercent: 0, toneHz: 0 };
const PULLED_UP: PinState = { ...RELEASED, mode: 'input-pullup' };

export interface PinDrive {
  readonly drives: boolean;
  /** Level if the pin is driven, pull-up if it is not. */
  readonly level: 0 | 1;
  /** 0..100 where a timer drives the pin. */
  readonly dutyPercent: number | undefined;
  /** Frequency at which a timer toggles the pin, Hz, whole. */
  readonly toneHz: number | undefined;
}

interface Track {
  state: PinState;
  drives: boolean;
  level: 0 | 1;
  riseUs: number;
}

function isSame(a: PinState, b: PinState): boolean {
  return (
    a.mode === b.mode &&
    a.level === b.level &&
    a.pulseUs === b.pulseUs &&
    a.dutyPercent === b.dutyPercent &&
    a.toneHz === b.toneHz
  );
}

function output(level: 0 | 1): PinState {
  return { ...RELEASED, mode: 'output', level };
}

/** A pin that is an input shows as high-impedance: the chip has no third way of not driving it. */
export class AvrPins {
  readonly #onChange: (pin: number, state: PinState, nowUs: number) => void;
  readonly #tracks: readonly Track[];

  constructor(pinCount: number, onChange: (pin: number, state: PinState, nowUs: number) => void) {
    this.#tracks = Array.from({ length: pinCount }, () => ({ state: RELEASED, drives: false, level: 0, riseUs: 0 }));
    this.#onChange = onChange;
  }

  /** @throws RangeError when the board has no such pin */
  state(pin: number): PinState {
    return this.#track(pin).state;
  }

  /** To be called at every change of what the chip does with a pin, with the time of the change. */
  update(pin: number, drive: PinDrive, nowUs: number): void {
    const track = this.#track(pin);
    const wasHigh = track.drives && track.level === 1;
    track.drives = drive.drives;
    track.level = drive.level;
    if (!drive.drives) {
      this.#set(pin, drive.level === 1 ? PULLED_UP : RELEASED, nowUs);
    } else if (drive.dutyPercent !== undefined) {
      this.#set(pin, { ...RELEASED, mode: 'pwm', dutyPercent: drive.dutyPercent }, nowUs);
    } else if (drive.toneHz !== undefined) {
      this.#set(pin, { ...RELEASED, mode: 'tone', toneHz: drive.toneHz }, nowUs);
    } else if (drive.level === 1 && !wasHigh) {
      track.riseUs = nowUs;
      // The next pulse of a servo, until it proves too long for one.
      if (track.state.mode !== 'servo') this.#set(pin, output(1), nowUs);
    } else if (drive.level === 0) {
      this.#fall(pin, track, wasHigh, nowUs);
    }
  }

  /** To be called every millisecond or so: notices pulses that go on for too long, or come no more. */
  poll(nowUs: number): void {
    for (const [pin, track] of this.#tracks.entries()) {
      if (track.state.mode !== 'servo') continue;
      const bound = track.level === 1 ? PULSE_US_MAX : SILENCE_US;
      if (nowUs - track.riseUs > bound) this.#set(pin, output(track.level), nowUs);
    }
  }

  #fall(pin: number, track: Track, wasHigh: boolean, nowUs: number): void {
    const widthUs = nowUs - track.riseUs;
    if (!wasHigh) {
      if (track.state.mode !== 'servo') this.#set(pin, output(0), nowUs);
    } else if (widthUs < PULSE_US_MIN || widthUs > PULSE_US_MAX) {
      this.#set(pin, output(0), nowUs);
    } else if (Math.abs(widthUs - track.state.pulseUs) > DEAD_BAND_US) {
      this.#set(pin, { ...RELEASED, mode: 'servo', pulseUs: Math.round(widthUs) }, nowUs);
    }
  }

  #set(pin: number, state: PinState, nowUs: number): void {
    const track = this.#track(pin);
    if (isSame(track.state, state)) return;
    track.state = state;
    this.#onChange(pin, state, nowUs);
  }

  #track(pin: number): Track {
    const track = this.#tracks[pin];
    if (track === undefined) throw new RangeError(`the board has no pin ${pin}`);
    return track;
  }
}
