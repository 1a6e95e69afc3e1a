// A digital input of a stock board: it reports levels as they are, so that they are filtered on this side.
import type { InputSlot } from '../../src/core/board-plan.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** Closing counts when the board has reported nothing else for `closeFilterMs`, opening likewise; a filter of 0: at once. */
export class FirmataInput {
  readonly #slot: InputSlot;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #level: number | undefined = undefined;
  #cancelChange: () => void = () => undefined;

  constructor(slot: InputSlot, clock: Clock, onChange: () => void) {
    this.#slot = slot;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Undefined until the first report. */
  get level(): number | undefined {
    return this.#level;
  }

  /** @param level as the board says it now; the first one is believed at once */
  report(level: number): void {
    const { closedLevel, closeFilterMs, openFilterMs } = this.#slot;
    const filterMs = level === closedLevel ? closeFilterMs : openFilterMs;
    this.end();
    if (level === this.#level) return;
    if (this.#level === undefined || filterMs === 0) {
      this.#set(level);
      return;
    }
    const at = monotonicMs(this.#clock.now() + filterMs);
    this.#cancelChange = this.#clock.schedule(at, () => this.#set(level));
  }

  /** Nothing is heard of the board any more. */
  end(): void {
    this.#cancelChange();
  }

  #set(level: number): void {
    this.#level = level;
    this.#onChange();
  }
}
