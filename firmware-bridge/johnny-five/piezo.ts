// A controller for five.Piezo, as its option `controller` takes one: the board's timer makes the tone. Johnny-Five's own
// toggles the pin from the host, which no link can keep up with.
import type { FirmataIo, Five } from './five.ts';

const TONE_DATA = 0x5f;
const PLAY = 0;
const END = 1;
/** Mode of a pin whose timer makes tones. */
export const MODE_TONE = 0x0e;
const HERTZ_MAX = 16_383;
/** Longest time that a message can say, ms. */
const DURATION_MAX_MS = 16_383;

/** What five.Piezo is while its controller runs. */
interface Sounding {
  readonly pin: number;
  readonly io: FirmataIo;
}

function pair(value: number): readonly [number, number] {
  return [value & 0x7f, (value >> 7) & 0x7f];
}

const TONE_CONTROLLER: PropertyDescriptorMap & ThisType<Sounding> = {
  initialize: {
    writable: true,
    value: () => undefined,
  },
  /** `halfPeriodUs` as Johnny-Five computes it from notes and frequencies; `durationMs` at most 16,383. */
  tone: {
    writable: true,
    value(this: Sounding, halfPeriodUs: number, durationMs: number) {
      if (!Number.isFinite(halfPeriodUs) || !Number.isFinite(durationMs)) {
        throw new Error('Piezo.tone: invalid tone or duration');
      }
      const hertz = Math.min(HERTZ_MAX, Math.round(500_000 / halfPeriodUs));
      const ms = Math.min(DURATION_MAX_MS, Math.max(1, Math.round(durationMs)));
      this.io.sysexCommand([TONE_DATA, PLAY, this.pin, ...pair(hertz), ...pair(ms)]);
      return this;
    },
  },
  noTone: {
    writable: true,
    value(this: Sounding) {
      this.io.sysexCommand([TONE_DATA, END, this.pin]);
      return this;
    },
  },
};

/** @returns options of a five.Piezo whose tones the timer of the board makes */
export function withToneController<Options extends object>(options: Options): Options {
  // The declared options leave the controller out.
  return Object.assign({ controller: TONE_CONTROLLER }, options);
}

/** Has five.Piezo use the timer of the board on pins that have one, unless it is given another controller. */
export function withTones(five: Five, io: FirmataIo): Five {
  const { Piezo } = five;
  class TonePiezo extends Piezo {
    constructor(option: ConstructorParameters<Five['Piezo']>[0]) {
      const options = typeof option === 'object' ? option : { pin: option };
      const modes = io.pins[options.pin]?.supportedModes ?? [];
      super(modes.includes(MODE_TONE) ? withToneController(options) : options);
    }
  }
  return Object.assign(Object.create(five) as Five, { Piezo: TonePiezo });
}
