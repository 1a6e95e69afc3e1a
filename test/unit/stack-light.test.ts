// Goal: a blue lamp says that the unit waits for a person, and amber flashes in its place where there is none; from the file to the pin,
// and in the plant of a simulation.
import { describe, expect, it } from 'vitest';
import type { PinState } from '../../sim/board/board-pins.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createWiring } from '../../sim/board/wiring.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { wirePlant } from '../../sim/plant-view.ts';
import { pinsOfDevice } from '../../src/core/device-pins.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { StackLightCommand } from '../../src/ports/catalogue-port.ts';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';
import { problemsAfter, smallModel } from '../support/small-cell.ts';

const BLUE = { 'boards.uno-1.kind': 'mega', 'devices.lamps.blue': 'D40' };
const HORN = { kind: 'buzzer', board: 'uno-1', pin: 'D10' };

/** What the lamps of a cell are told while its order waits in vain for a part, until it is held. */
function heldLamps(rig: CycleRig): StackLightCommand | undefined {
  rig.closed.add('door');
  rig.makeReady();
  rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('a', { workMasterId: 'work' }) });
  let shown: StackLightCommand | undefined;
  for (let cycle = 0; cycle < 3000 && rig.state.unit !== 'Held'; cycle += 1) shown = rig.step().lights[0] ?? shown;
  expect(rig.state.unit).toBe('Held');
  return shown;
}

describe('a unit that waits for a person', () => {
  it('lights the blue lamp, and no other', () => {
    expect(heldLamps(new CycleRig(smallModel(BLUE)))).toEqual({
      device: 'lamps',
      red: 'off',
      amber: 'off',
      blue: 'on',
      green: 'off',
    });
  });

  it('flashes amber where there is no blue lamp', () => {
    expect(heldLamps(new CycleRig(smallModel()))).toEqual({
      device: 'lamps',
      red: 'off',
      amber: 'flashing',
      green: 'off',
    });
  });
});

describe('the pin of a blue lamp', () => {
  it('is one that nothing else takes', () => {
    expect(problemsAfter({ 'devices.lamps.blue': 'D13' }).map(({ code, path }) => [code, path])).toEqual([
      ['pin-taken', 'devices.lamps.green'],
    ]);
    const lamps = smallModel(BLUE).devices.find(({ name }) => name === 'lamps');
    expect(lamps && pinsOfDevice(lamps)).toEqual(['A4', 'A5', 'D40', 'D13']);
  });
});

describe('the plant of a simulation', () => {
  const LIT: PinState = { mode: 'output', level: 1, pulseUs: 0, dutyPercent: 0, toneHz: 0 };
  const TONE: PinState = { ...LIT, mode: 'tone', level: 0, toneHz: 2000 };

  it('shows which lamps are lit, and whether a buzzer sounds', () => {
    const cell = smallModel({ ...BLUE, 'devices.valve.pin': 'D41', 'devices.horn': HORN });
    const world = new SimWorld(cell, createRandom(1), monotonicMs(0));
    const wiring = createWiring(cell, 'uno-1', world);
    const seen = () => {
      const { stackLights, buzzers } = wirePlant(cell, world, 0, 1);
      return [stackLights, buzzers];
    };
    const dark = { device: 'lamps', red: false, amber: false, blue: false, green: false };
    expect(seen()).toEqual([[dark], [{ device: 'horn', sounding: false }]]);
    wiring.pinChanged(40, LIT);
    wiring.pinChanged(10, TONE);
    expect(seen()).toEqual([[{ ...dark, blue: true }], [{ device: 'horn', sounding: true }]]);
    wiring.pinChanged(40, { ...LIT, level: 0 });
    wiring.pinChanged(10, { ...TONE, toneHz: 0 });
    expect(seen()).toEqual([[dark], [{ device: 'horn', sounding: false }]]);
  });

  it('tells of no blue lamp where there is none', () => {
    const cell = smallModel();
    const world = new SimWorld(cell, createRandom(1), monotonicMs(0));
    expect(wirePlant(cell, world, 0, 1).stackLights?.[0]?.blue).toBeUndefined();
  });
});
