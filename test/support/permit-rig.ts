// A board on the bench whose outputs need two of its inputs closed: one acts at once, the other after a delay.
import { benchOutputs, Rig, type Slot, TYPE } from './firmware-rig.ts';
import { readImage } from './firmware-wire.ts';

const EDGE = 1;
const CLOSED_HIGH = 2;
const PULL_UP = 4;
export const HAZARDOUS = 1;

export const PIN = { valve: 4, estop: 2, guard: 7, other: 8 } as const;
export const SLOT = { estop: 0, guard: 1, other: 2, pressure: 3 } as const;
export const PERMIT_OPENED = 4;
export const OUT = benchOutputs(1, 1200, 1700);

/** Inputs: emergency stop (closed = low), guard (closed = high), one that nobody names, analog. Outputs as in `BENCH`. */
export function permitSlots(estopDelayMs: number, guardDelayMs: number): readonly Slot[] {
  return [
    { pin: PIN.estop, flags: EDGE | PULL_UP, value: 5, permit: estopDelayMs },
    { pin: PIN.guard, flags: EDGE | CLOSED_HIGH, value: 5, permit: guardDelayMs },
    { pin: PIN.other, flags: EDGE | PULL_UP, value: 5 },
    { pin: 14, second: true },
    { output: true, pin: PIN.valve, flags: HAZARDOUS, permit: 1 << SLOT.estop },
    { output: true, second: true, pin: 9, flags: HAZARDOUS, permit: (1 << SLOT.estop) | (1 << SLOT.guard) },
    { output: true, second: true, pin: 10, flags: HAZARDOUS },
  ];
}

export class PermitRig extends Rig {
  openInput(pin: number): void {
    this.levels.set(pin, pin === PIN.guard ? 0 : 1);
  }

  closeInput(pin: number): void {
    this.levels.set(pin, pin === PIN.guard ? 1 : 0);
  }

  /** Configured and stopped, every input closed. */
  closed(estopDelayMs = 0, guardDelayMs = 50, leaseMs = 2000): this {
    for (const pin of [PIN.estop, PIN.guard, PIN.other]) this.closeInput(pin);
    return this.configure(permitSlots(estopDelayMs, guardDelayMs), leaseMs);
  }

  armed(estopDelayMs = 0, guardDelayMs = 50, leaseMs = 2000): this {
    this.closed(estopDelayMs, guardDelayMs, leaseMs);
    this.process(OUT);
    return this;
  }

  /** Runs in steps, a command every 5 ms, as a controller that does not look at its inputs. */
  runBlindly(ms: number): void {
    for (let at = 0; at < ms; at += 5) {
      this.run(5_000);
      this.process(OUT);
    }
  }

  drives(): readonly number[] {
    return [this.board.pin(PIN.valve).level, this.board.pin(9).pulseUs, this.board.pin(10).pulseUs];
  }

  /** When the valve went to its safe value last. */
  safeAtUs(): number {
    return this.changes.findLast(({ pin, state }) => pin === PIN.valve && state.level === 0)?.atUs ?? Number.NaN;
  }

  /** Cause and input of the trip, from the newest frame of any kind. */
  trip(): { readonly state: number; readonly cause: number; readonly input: number } {
    this.run(16_000);
    const newest = this.take().findLast(({ type }) => type === TYPE.image || type === TYPE.edge);
    if (newest === undefined) throw new Error('no IMAGE');
    const { state, tripCause } = readImage(newest.payload);
    return { state, cause: tripCause & 7, input: tripCause >> 3 };
  }
}
