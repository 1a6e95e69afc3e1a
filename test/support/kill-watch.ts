// What the board says of a cell whose processes are killed: which parts were moved, and whether anything moved that no person had let.
import { PINS } from '../bench/moving-cell.ts';

/** Orders are told apart on the board by where the base stands: one place each, used again in turn. */
export const PLACES = 60;
/** Parts of one order. */
export const PARTS = 2;
export const ELBOW_PIN = 6;
/** Base of orders that are stored and never started. */
const NEVER_DEG = 50;
const FIRST_DEG = -PLACES / 2;
const MID_US = 1_500;
const US_PER_DEG = 10;
const UP_DEG = 6;
/** Both joints arrive at the same time: the base is at its place when the elbow is. */
const ARRIVED_DEG = UP_DEG - 0.2;
export const NEVER = 'never';

/** Name of the work master whose parts are moved at a place. */
export function workMasterAt(place: number): string {
  return `work-${place}`;
}

/** The work masters of such a cell. */
export function killWorkMasters(): Readonly<Record<string, object>> {
  const places = Array.from({ length: PLACES }, (_, place) => [workMasterAt(place), workMaster(FIRST_DEG + place)]);
  return { ...Object.fromEntries(places), [NEVER]: workMaster(NEVER_DEG) } as Record<string, object>;
}

/** The base goes to its place, the elbow moves the parts there. What is resumed goes back to its place: another order may have moved the base since. */
function workMaster(baseDeg: number): object {
  const move = (to: object): object => ({ move: { to, speedPercent: 100, timeoutMs: 60_000 } });
  const part = [move({ base: baseDeg, elbow: UP_DEG }), { produce: { quantity: 1, good: true } }, move({ elbow: 0 })];
  return { version: '1.0.0', steps: [move({ base: baseDeg, elbow: 0 }), { repeat: { times: PARTS, steps: part } }] };
}

export interface KillWatchOptions {
  /** What a process has written before its death arrives within this, ms; the next one takes longer to start. */
  readonly lineMsMax: number;
  /** Board time between the death of control and the safe outputs, ms: the lease, and what was on the line when it died. */
  readonly safeMsMax: number;
  /** Board time now, µs. */
  readonly timeUs: () => number;
  readonly pin: (pin: number) => { readonly level: 0 | 1; readonly pulseUs: number };
  /** The elbow has moved a part at this place; undefined: at one that no order has. */
  readonly moved: (place: number | undefined) => void;
  readonly wrong: (what: string) => void;
}

export class KillWatch {
  readonly #options: KillWatchOptions;
  /** A person has pressed the reset since the outputs were safe. */
  #mayMove = false;
  #diedAtUs: number | undefined;
  #isArmed = true;

  constructor(options: KillWatchOptions) {
    this.#options = options;
  }

  /** A process that has died may still be obeyed. */
  get isDying(): boolean {
    return this.#diedAtUs !== undefined;
  }

  get isEnabled(): boolean {
    return this.#options.pin(PINS.power).level === 1;
  }

  controlDied(): void {
    this.#diedAtUs = this.#options.timeUs();
  }

  /** A person presses the reset, or has pressed it without effect and goes away. */
  letMove(may: boolean): void {
    this.#mayMove = may;
  }

  /** Looks whether the board has made itself safe since control died, and in time. */
  checkLease(): void {
    if (this.#diedAtUs === undefined) return;
    const { lineMsMax, safeMsMax, timeUs, wrong } = this.#options;
    const goneMs = this.#goneMs();
    if (goneMs > lineMsMax && this.#isSafe()) {
      this.#diedAtUs = undefined;
      this.#mayMove = false;
    } else if (goneMs > safeMsMax) {
      wrong(`outputs are on ${goneMs.toFixed(0)} ms after control was killed`);
      this.#diedAtUs = timeUs();
    }
  }

  see(pin: number, { level, pulseUs }: { readonly level: 0 | 1; readonly pulseUs: number }): void {
    this.checkLease();
    const isOn = (pin === PINS.power && level === 1) || ([PINS.servo, ELBOW_PIN].includes(pin) && pulseUs > 0);
    const isNobodys = this.#diedAtUs === undefined ? !this.#mayMove : this.#goneMs() > this.#options.lineMsMax;
    if (isOn && isNobodys) this.#options.wrong(`pin ${pin} was switched on and nobody had pressed the reset`);
    if (pin === ELBOW_PIN && pulseUs > 0) this.#count((pulseUs - MID_US) / US_PER_DEG);
  }

  /** Board time since control died, ms. */
  #goneMs(): number {
    const now = this.#options.timeUs();
    return (now - (this.#diedAtUs ?? now)) / 1000;
  }

  #isSafe(): boolean {
    const { pin } = this.#options;
    return !this.isEnabled && pin(PINS.servo).pulseUs === 0 && pin(ELBOW_PIN).pulseUs === 0;
  }

  /** A part counts once for each way of the elbow from below to above. */
  #count(elbowDeg: number): void {
    if (elbowDeg <= 2) this.#isArmed = true;
    if (elbowDeg < ARRIVED_DEG || !this.#isArmed) return;
    this.#isArmed = false;
    const place = Math.round((this.#options.pin(PINS.servo).pulseUs - MID_US) / US_PER_DEG) - FIRST_DEG;
    this.#options.moved(place >= 0 && place < PLACES ? place : undefined);
  }
}
