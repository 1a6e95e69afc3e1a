// The process-data slots of a stock board, over one session of Johnny-Five's IO plugin: it keeps the one copy of what each
// port was last told, which catalogue devices on neighbouring pins share.
import type { BoardPlan, InputSlot } from '../../src/core/board-plan.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { FirmataInput } from './firmata-input.ts';
import { type BoardSession, canPullUp } from './io.ts';

export interface FirmataPinsOptions {
  readonly plan: BoardPlan;
  readonly session: BoardSession;
  readonly clock: Clock;
  /** An input has another value. */
  readonly changed: () => void;
  /** Turns a pull-up on, on a board without a mode for it. */
  readonly pullUp: (pin: number) => void;
}

/**
 * Firmata before 2.5 reports a port when it changes, from "all low" on, and does not say how it stands when it is asked to
 * report (`reportDigitalCallback` of its StandardFirmata): what has said nothing for this long is low, ms.
 */
const UNREPORTED_MS = 500;

/** Of one session; dead once that is over. */
export class FirmataPins {
  readonly #options: FirmataPinsOptions;
  readonly #digital = new Map<number, FirmataInput>();
  readonly #counts = new Map<number, number>();
  readonly #cancel: () => void;
  #driven: readonly (number | undefined)[] = [];

  constructor(options: FirmataPinsOptions) {
    const { plan, session, clock } = options;
    this.#options = options;
    session.scope.guard(() => {
      for (const [slot, input] of plan.inputs.entries()) this.#listen(slot, input);
      for (const { pin } of plan.outputs) session.io.pinMode(pin, session.io.MODES.OUTPUT);
    });
    this.#cancel = clock.schedule(monotonicMs(clock.now() + UNREPORTED_MS), () => this.#assumeLow());
  }

  /** By slot: level or counts. Undefined until every input has been reported. */
  get inputs(): readonly number[] | undefined {
    const values: number[] = [];
    for (const slot of this.#options.plan.inputs.keys()) {
      const value = this.#digital.get(slot)?.level ?? this.#counts.get(slot);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  }

  /** By slot: the level given last. */
  get outputs(): readonly number[] {
    return this.#driven.map((level) => level ?? 0);
  }

  /** @param levels by slot; what is driven already is not sent again */
  drive(levels: readonly number[]): void {
    const { plan, session } = this.#options;
    session.scope.guard(() => {
      for (const [slot, { pin }] of plan.outputs.entries()) {
        const level = levels[slot] ?? 0;
        if (level !== this.#driven[slot]) session.io.digitalWrite(pin, level);
      }
    });
    this.#driven = levels;
  }

  end(): void {
    this.#cancel();
    for (const input of this.#digital.values()) input.end();
  }

  #listen(slot: number, input: InputSlot): void {
    const { session, clock, changed } = this.#options;
    const { io } = session;
    if (input.kind === 'analog') {
      const channel = io.pins[input.pin]?.analogChannel ?? input.pin;
      io.pinMode(channel, io.MODES.ANALOG);
      io.analogRead(channel, (counts) => {
        this.#counts.set(slot, counts);
        changed();
      });
      return;
    }
    const filtered = new FirmataInput(input, clock, changed);
    this.#digital.set(slot, filtered);
    io.pinMode(input.pin, io.MODES.INPUT);
    if (input.closedLevel === 0) {
      if (!canPullUp(io, input.pin)) this.#options.pullUp(input.pin);
      io.digitalWrite(input.pin, 1);
    }
    io.digitalRead(input.pin, (level) => filtered.report(level));
  }

  #assumeLow(): void {
    for (const input of this.#digital.values()) if (input.level === undefined) input.report(0);
  }
}
