// Goal: no reset takes away a stop that arose in its own cycle. Method: random doors, presses of reset, late cycles, lost boards
// and faults from outside the cycle, on the pure cycle of the example cell with its stops of category 1 made category 2, so that
// power may be on in Stopped; whatever stops has to be followed by a reset before the unit is ready again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CycleInputs } from '../../src/control/cycle.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { FAULTS, type FaultCode, fault } from '../../src/core/faults.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';

const GUARDS = ['estop-a', 'estop-b', 'guard-door'] as const;
const READY: ReadonlySet<string> = new Set(['Idle', 'Starting', 'Execute']);
/** Told by what runs beside the cycle: a warning, and a defect that stops. */
const FROM_OUTSIDE = [7001, 9001] as const;

function holdingCell(): CellModel {
  const cell = exampleCell();
  const stopFunctions = cell.safety.stopFunctions.map((stop) =>
    stop.role === 'protective-stop' ? { ...stop, category: 2 as const, timeLimitMs: 500 } : stop,
  );
  return { ...cell, safety: { ...cell.safety, stopFunctions } };
}

const CELL = holdingCell();
const RESET = CELL.safety.reset;

const stops = (code: FaultCode): boolean => FAULTS[code].reaction.startsWith('stop-category');

/** Runs cycles; a stop is owed a reset of a later cycle before the unit is ready again. */
class Watcher {
  readonly rig = new CycleRig(CELL);
  #owed = false;

  step(changes: Partial<CycleInputs> = {}): void {
    const owedBefore = this.#owed;
    const { events } = this.rig.step(changes);
    const arose =
      (changes.faults ?? []).some(({ code }) => stops(code)) ||
      events.some((event) => event.kind === 'alarm' && event.active && stops(event.fault.code));
    if (arose) this.#owed = true;
    else if (events.some(({ kind }) => kind === 'reset')) this.#owed = false;
    if (owedBefore && this.#owed) expect(READY).not.toContain(this.rig.state.unit);
  }

  press(changes: Partial<CycleInputs>): void {
    this.rig.closed.delete(RESET);
    this.step();
    this.rig.closed.add(RESET);
    this.step(changes);
    for (let cycle = 0; cycle < 6; cycle += 1) this.step();
  }

  restartedSession(): void {
    this.rig.closed.delete(RESET);
    this.step();
    this.rig.closed.add(RESET);
    if (this.rig.link === 'armed') this.rig.link = 'stopped';
    this.step();
    for (let cycle = 0; cycle < 6; cycle += 1) this.step();
  }
}

type Action =
  | { readonly kind: 'run'; readonly cycles: number }
  | { readonly kind: 'guard'; readonly name: (typeof GUARDS)[number]; readonly closed: boolean }
  | { readonly kind: 'press'; readonly lateMs: number; readonly code: (typeof FROM_OUTSIDE)[number] | undefined }
  | { readonly kind: 'new-session' };

const late = fc.constantFrom(0, 0, 15, 200);
const outside = fc.constantFrom(undefined, undefined, ...FROM_OUTSIDE);
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('run' as const), cycles: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('guard' as const), name: fc.constantFrom(...GUARDS), closed: fc.boolean() }),
  fc.record({ kind: fc.constant('press' as const), lateMs: late, code: outside }),
  fc.constant({ kind: 'new-session' as const }),
);

function play(watcher: Watcher, action: Action): void {
  switch (action.kind) {
    case 'run':
      for (let cycle = 0; cycle < action.cycles; cycle += 1) watcher.step();
      return;
    case 'guard':
      if (action.closed) watcher.rig.closed.add(action.name);
      else watcher.rig.closed.delete(action.name);
      watcher.step();
      return;
    case 'press': {
      const found = action.code === undefined ? [] : [fault(action.code, { program: 'watch' })];
      watcher.press({ lateMs: action.lateMs, faults: found });
      return;
    }
    case 'new-session':
      watcher.restartedSession();
      return;
    default:
      action satisfies never;
  }
}

/** Stopped by its door with power on, the door closed again. */
function held(): Watcher {
  const watcher = new Watcher();
  const { rig } = watcher;
  rig.makeReady();
  rig.closed.delete('guard-door');
  rig.run(60);
  rig.closed.add('guard-door');
  rig.run(2);
  return watcher;
}

describe('a stop that arises in the cycle of a reset', () => {
  it('refuses the reset: a late cycle while power is held', () => {
    const { rig } = held();
    expect(rig.state).toMatchObject({ unit: 'Stopped', enabled: true });
    rig.closed.add(RESET);
    rig.step({ lateMs: 200 });
    rig.closed.delete(RESET);
    rig.run(8);
    expect(rig.state).toMatchObject({ unit: 'Stopped', enabled: false });
    expect(rig.state.alarms.map(({ code }) => code)).toContain(4003);
    rig.closed.add(RESET);
    rig.run(8);
    expect(rig.state).toMatchObject({ unit: 'Idle', enabled: true });
  });

  it('refuses the reset also when the same fault stands already', () => {
    const rig = new CycleRig(CELL);
    rig.makeReady();
    const found = fault(9001, { program: 'watch' });
    rig.step({ faults: [found] });
    rig.run(60);
    rig.closed.add(RESET);
    rig.step({ faults: [found] });
    rig.run(8);
    expect(rig.state.alarms).toEqual([found]);
    expect(rig.state.enabled).toBe(false);
  });

  it('is never lost, whatever else happens', () => {
    fc.assert(
      fc.property(fc.array(actions, { minLength: 1, maxLength: 20 }), (list) => {
        const watcher = held();
        for (const action of list) play(watcher, action);
      }),
      { numRuns: 300 },
    );
  });
});
