// Goal: a board that reads its pins only when the world says that they may have changed sees what one that always reads sees.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BoardPins } from '../../sim/board/board-pins.ts';
import { listFaults } from '../../sim/board/fault-kinds.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createWiring } from '../../sim/board/wiring.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { reach, simCell, simPlant } from '../support/sim-cell.ts';

const PIN_COUNT = 20;
/** Codes of pin modes as the firmware gives them. */
const MODES = { input: 1, pullUp: 2 } as const;

const cell = simCell();
const faults = listFaults(cell).flatMap(({ component, kinds }) => kinds.map((kind) => ({ component, kind })));
const { pickAt } = simPlant.conveyor;

const steps = fc.array(
  fc.oneof(
    fc.record({
      act: fc.constantFrom('press', 'release'),
      name: fc.constantFrom('estop', 'guard', 'reset', 'estop-a'),
    }),
    fc.record({ act: fc.constant('override'), name: fc.constantFrom('at-pick', 'in-cup'), to: fc.option(fc.nat(1)) }),
    fc.record({ act: fc.constantFrom('inject', 'clear'), fault: fc.constantFrom(...faults) }),
    fc.record({ act: fc.constant('mode'), pin: fc.nat(PIN_COUNT - 1), code: fc.constantFrom(0, 1, 2) }),
    fc.record({ act: fc.constant('run'), ms: fc.integer({ min: 1, max: 2000 }), valve: fc.boolean() }),
  ),
  { maxLength: 30 },
);

type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never;

function arrange() {
  const world = new SimWorld(cell, createRandom(1), monotonicMs(0));
  const wiring = createWiring(cell, 'main', world);
  const sparing = new BoardPins(wiring, PIN_COUNT, () => undefined);
  const always = new BoardPins(
    { digitalLevel: (pin, pullUp) => wiring.digitalLevel(pin, pullUp), analogCounts: () => 0 },
    PIN_COUNT,
    () => undefined,
  );
  // The arm stands at the end of the belt, so that parts arrive and are taken.
  const { base, shoulder, elbow } = reach(pickAt);
  [base, shoulder, elbow].forEach((deg, index) => {
    const name = ['base', 'shoulder', 'elbow'][index] ?? '';
    world.driveServo(name, Math.round(600 + ((deg + 90) / 180) * 1800));
  });
  world.driveOutput('servo-power', true);
  world.driveOutput('belt-motor', true);
  for (const pins of [sparing, always]) {
    for (const pin of [2, 3, 4, 5, 17]) pins.setMode(pin, MODES.pullUp);
    pins.setMode(18, MODES.input);
  }
  return { world, sparing, always, nowMs: 0 };
}

function take(bench: ReturnType<typeof arrange>, step: Step): void {
  const { world, sparing, always } = bench;
  if ('name' in step && 'to' in step) world.override(step.name, step.to ?? undefined);
  else if ('name' in step && step.act === 'press') world.press(step.name);
  else if ('name' in step) world.release(step.name);
  else if ('fault' in step && step.act === 'inject') world.inject(step.fault);
  else if ('fault' in step) world.clear(step.fault.component, step.fault.kind);
  else if ('pin' in step) for (const pins of [sparing, always]) pins.setMode(step.pin, step.code);
  else {
    world.driveOutput('valve', step.valve);
    bench.nowMs += step.ms;
    world.advanceTo(bench.nowMs);
  }
}

it('reads the same levels whatever people, parts and faults do', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const bench = arrange();
      for (const step of taken) {
        take(bench, step);
        expect(bench.sparing.readAll()).toEqual(bench.always.readAll());
      }
    }),
    { numRuns: 300 },
  );
});
