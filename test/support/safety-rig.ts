// A safety program with its inputs as plain values, for tests: pressed, opened and reset by name, in the test's own time.
import type { SafetyModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { SafetyState, StopStatus } from '../../src/safety/program.ts';
import { initialSafety, stepSafety } from '../../src/safety/program.ts';
import { at } from './at.ts';

/** Two-channel emergency stop to a category 1 stop; guard with one switch to a category 0 stop. Blocks stand in reverse. */
export const RIG_MODEL: SafetyModel = {
  reset: 'reset',
  blocks: [
    { type: 'SF_EmergencyStop', name: 'estop', input: 'estop-pair', reset: 'reset' },
    { type: 'SF_Guard', name: 'guard', switch1: 'door', switch2: 'door', discrepancyTimeMs: 500, reset: 'reset' },
    { type: 'SF_Equivalent', name: 'estop-pair', channelA: 'estop-a', channelB: 'estop-b', discrepancyTimeMs: 500 },
  ],
  stopFunctions: [
    {
      name: 'stop-all',
      permission: 'estop',
      category: 1,
      timeLimitMs: 400,
      role: 'emergency-stop',
      outputs: ['base', 'belt-motor'],
    },
    {
      name: 'stop-belt',
      permission: 'guard',
      category: 0,
      // Means nothing for category 0, which must not wait for it.
      timeLimitMs: 400,
      role: 'protective-stop',
      outputs: ['belt-motor'],
    },
  ],
};

export class SafetyRig {
  readonly model: SafetyModel;
  state: SafetyState;
  nowMs = 0;
  standstill = true;
  bypassed: readonly string[] = [];
  readonly closed = new Set(['estop-a', 'estop-b', 'door']);
  /** Inputs that cannot be read. */
  readonly unreadable = new Set<string>();

  constructor(model: SafetyModel = RIG_MODEL) {
    this.model = model;
    this.state = initialSafety(model);
  }

  step(count = 1, periodMs = 10): this {
    for (let index = 0; index < count; index += 1) {
      this.nowMs += periodMs;
      this.state = stepSafety(this.model, this.state, {
        now: monotonicMs(this.nowMs),
        closed: (input) => this.closed.has(input) && !this.unreadable.has(input),
        valid: (input) => !this.unreadable.has(input),
        standstill: this.standstill,
        bypassed: this.bypassed,
      });
    }
    return this;
  }

  open(...inputs: string[]): this {
    for (const input of inputs) this.closed.delete(input);
    return this;
  }

  close(...inputs: string[]): this {
    for (const input of inputs) this.closed.add(input);
    return this;
  }

  /** Presses and lets go of the reset button, with a step each. */
  reset(): this {
    return this.close('reset').step().open('reset').step();
  }

  stop(index: number): StopStatus {
    return at(this.state.stops, index);
  }

  get phases(): string {
    return this.state.stops.map(({ phase }) => phase).join(' ');
  }
}
