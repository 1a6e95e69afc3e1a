import { describe, expect, it } from 'vitest';
import type { PinState } from '../../sim/board/board-pins.ts';
import { FAULT_KINDS, listFaults } from '../../sim/board/fault-kinds.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createWiring } from '../../sim/board/wiring.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { loadCell } from '../../src/config/load.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { simCell } from '../support/sim-cell.ts';

const PIN = {
  base: 9,
  estopA: 2,
  guard: 4,
  reset: 5,
  servoPower: 7,
  valve: 8,
  belt: 12,
  atPick: 17,
  inCup: 18,
} as const;
const CHANNEL = { vacuum: 0, ambient: 1 } as const;
const RELEASED: PinState = { mode: 'high-impedance', level: 0, pulseUs: 0, dutyPercent: 0, toneHz: 0 };

function output(level: 0 | 1): PinState {
  return { ...RELEASED, mode: 'output', level };
}

function servo(pulseUs: number): PinState {
  return { ...RELEASED, mode: 'servo', pulseUs };
}

function bench(seed = 1) {
  const cell = simCell();
  const world = new SimWorld(cell, createRandom(seed), monotonicMs(0));
  const wiring = createWiring(cell, 'main', world);
  return { cell, world, wiring, level: (pin: number) => wiring.digitalLevel(pin, true) };
}

describe('wiring', () => {
  it('reads the emergency stop and the guard as closed, the reset as open, when nobody has touched them', () => {
    const { level } = bench();
    expect([level(PIN.estopA), level(PIN.guard), level(PIN.reset)]).toEqual([0, 0, 1]);
  });

  it('has a selector with one contact closed, the first at power-up, and keys that are closed', () => {
    const cell = simCell();
    const plant = cell.plant;
    if (plant === undefined) throw new Error('the cell has no plant');
    const operator = {
      ...plant.operator,
      guard: [],
      reset: [],
      closed: ['estop-a'],
      selectors: [['guard-switch', 'reset-button']],
    };
    const world = new SimWorld({ ...cell, plant: { ...plant, operator } }, createRandom(1), monotonicMs(0));
    const values = (): (number | undefined)[] =>
      ['estop-a', 'guard-switch', 'reset-button'].map(
        (name) => world.inputs().find(({ device }) => device.name === name)?.value,
      );
    expect(values()).toEqual([1, 1, 0]);
    world.setInput('reset-button', true);
    expect(values()).toEqual([1, 0, 1]);
    world.override('guard-switch', 1);
    expect(values()).toEqual([1, 1, 0]);
    world.override('guard-switch', undefined);
    expect(values()).toEqual([1, 0, 1]);
  });

  it('reads a device that closes to high as low while open', () => {
    const { wiring } = bench();
    expect(wiring.digitalLevel(PIN.inCup, false)).toBe(0);
  });

  it('reads a pin with nothing on it by its pull-up', () => {
    const { wiring } = bench();
    expect([wiring.digitalLevel(13, true), wiring.digitalLevel(13, false)]).toEqual([1, 0]);
    expect(wiring.analogCounts(5)).toBe(0);
  });

  it('reads a TMP36 at 23 °C as 730 mV on a 5 V converter', () => {
    const { world, wiring } = bench();
    expect(wiring.analogCounts(CHANNEL.ambient)).toBe(Math.floor((730 * 1024) / 5000));
    world.setAnalog('ambient', -40);
    expect(wiring.analogCounts(CHANNEL.ambient)).toBe(Math.floor((100 * 1024) / 5000));
    world.setAnalog('ambient', 1e6);
    expect(wiring.analogCounts(CHANNEL.ambient)).toBe(1023);
  });

  it('drives an active-low motor only by a pin that is a low output', () => {
    const { world, wiring } = bench();
    const travel = (state: PinState): number => {
      wiring.pinChanged(PIN.belt, state);
      const before = world.plant.beltTravelMm;
      world.advanceTo(now + 100);
      now += 100;
      return Math.round(world.plant.beltTravelMm - before);
    };
    let now = 0;
    expect([travel(RELEASED), travel(output(1)), travel(output(0)), travel(RELEASED)]).toEqual([0, 0, 10, 0]);
  });

  it('turns a servo to the angle of its pulses and ignores what is no servo pulse', () => {
    const { world, wiring } = bench();
    const angle = (): number => world.plant.joints[0]?.positionDeg ?? Number.NaN;
    wiring.pinChanged(PIN.servoPower, output(1));
    wiring.pinChanged(PIN.base, servo(600));
    world.advanceTo(1000);
    expect(angle()).toBe(-90);
    wiring.pinChanged(PIN.base, servo(3000));
    world.advanceTo(2000);
    expect(angle()).toBe(-90);
    wiring.pinChanged(PIN.base, servo(1500));
    world.advanceTo(3000);
    expect(angle()).toBe(0);
  });

  it('steps the plant in the same whole milliseconds however often it is asked', () => {
    const [often, seldom] = [bench(), bench()];
    for (const { wiring } of [often, seldom]) {
      wiring.pinChanged(PIN.servoPower, output(1));
      wiring.pinChanged(PIN.base, servo(2000));
    }
    for (let ms = 0; ms < 50; ms += 0.3) often.world.advanceTo(ms);
    often.world.advanceTo(50);
    seldom.world.advanceTo(50);
    expect(often.world.plant.joints).toEqual(seldom.world.plant.joints);
  });

  it('refuses to be made for a board that the cell does not have', () => {
    const { cell, world } = bench();
    expect(() => createWiring(cell, 'other', world)).toThrow('no board other');
  });
});

describe('controls', () => {
  it('opens both channels when the emergency stop is pressed and closes them on release', () => {
    const { world, level } = bench();
    expect(world.press('estop').ok).toBe(true);
    expect([level(2), level(3)]).toEqual([1, 1]);
    world.release('estop');
    expect([level(2), level(3)]).toEqual([0, 0]);
  });

  it('opens the guard by press, closes the reset by press', () => {
    const { world, level } = bench();
    world.press('guard');
    world.press('reset');
    expect([level(PIN.guard), level(PIN.reset)]).toEqual([1, 0]);
  });

  it('moves one channel alone by its device name', () => {
    const { world, level } = bench();
    world.press('estop-a');
    expect([level(2), level(3)]).toEqual([1, 0]);
    world.setInput('estop-a', true);
    expect(level(2)).toBe(0);
  });

  it('refuses unknown names, and sensors that the plant moves, and says what is allowed', () => {
    const { world } = bench();
    expect(world.press('estopp')).toMatchObject({
      ok: false,
      error: { code: 6010, detail: { field: 'control', given: 'estopp' } },
    });
    const refused = world.setInput('at-pick', true);
    expect(!refused.ok && refused.error.detail['allowed']).toBe('estop-a, estop-b, guard-switch, reset-button');
    expect(world.setAnalog('vacuum', -50)).toMatchObject({ ok: false, error: { detail: { allowed: 'ambient' } } });
    expect(world.setAnalog('ambient', Number.NaN)).toMatchObject({ ok: false, error: { detail: { field: 'value' } } });
  });
});

describe('faults', () => {
  it('lists every device and board that can fail, with kinds that exist', () => {
    const { cell } = bench();
    const listed = listFaults(cell);
    expect(listed.map((entry) => entry.component)).toContain('main');
    expect(listed.length).toBe(cell.devices.length + 1);
    const all = new Set(Object.values(FAULT_KINDS).flatMap((kinds) => Object.keys(kinds)));
    for (const { kinds } of listed) {
      expect(kinds.length).toBeGreaterThan(0);
      for (const kind of kinds) expect(all.has(kind)).toBe(true);
    }
  });

  it('offers no lease that is late on a board with stock Firmata, which has none', () => {
    const loaded = loadCell('cells/spare-board/cell.yaml');
    if (!loaded.ok) throw new Error('the example cell has problems');
    const { boards } = loaded.value;
    const kinds = listFaults(loaded.value);
    const withLease = boards.filter(({ name }) =>
      kinds.some((entry) => entry.component === name && entry.kinds.includes('late-lease')),
    );
    expect(boards.map(({ firmware }) => firmware).sort()).toEqual(['celda', 'firmata']);
    expect(withLease.map(({ firmware }) => firmware)).toEqual(['celda']);
  });

  it('takes every fault that it lists, and is as before when all are cleared', () => {
    const { cell, world, level, wiring } = bench();
    const readAll = (): number[] => [
      ...[2, 3, 4, 5, 17, 18].map(level),
      ...[0, 1].map((channel) => wiring.analogCounts(channel)),
    ];
    const before = readAll();
    for (const { component, kinds } of listFaults(cell)) {
      for (const kind of kinds) expect(world.inject({ component, kind }).ok).toBe(true);
    }
    expect(world.faults.length).toBe(listFaults(cell).flatMap(({ kinds }) => kinds).length);
    expect(world.clear().ok).toBe(true);
    expect(world.faults).toEqual([]);
    expect(readAll()).toEqual(before);
  });

  it('refuses an unknown component, kind and amount with what is allowed, and changes nothing', () => {
    const { world } = bench();
    const refusal = (request: Parameters<SimWorld['inject']>[0]): unknown => {
      const answer = world.inject(request);
      return answer.ok ? 'taken' : [answer.error.code, answer.error.detail['field'], answer.error.detail['allowed']];
    };
    expect(refusal({ component: 'shoulderr', kind: 'stalled' })).toEqual([
      6010,
      'component',
      expect.stringContaining('shoulder'),
    ]);
    expect(refusal({ component: 'shoulder', kind: 'leak' })).toEqual([6010, 'kind', 'stalled, broken-wire']);
    expect(refusal({ component: 'shoulder', kind: 'toString' })).toEqual([6010, 'kind', 'stalled, broken-wire']);
    expect(refusal({ component: 'gripper', kind: 'leak', amount: 2 })).toEqual([
      6010,
      'amount',
      '0 to 1 of the pressure',
    ]);
    expect(refusal({ component: 'gripper', kind: 'leak', amount: Number.NaN })).toEqual([
      6010,
      'amount',
      expect.any(String),
    ]);
    expect(refusal({ component: 'gripper', kind: 'no-vacuum', amount: 1 })).toEqual([
      6010,
      'amount',
      expect.any(String),
    ]);
    expect(world.clear('nobody')).toMatchObject({ ok: false, error: { detail: { field: 'component' } } });
    expect(world.clear('gripper', 'nothing')).toMatchObject({ ok: false, error: { detail: { field: 'kind' } } });
    expect(world.faults).toEqual([]);
  });

  it('makes switches stuck in any way', () => {
    const { world, level } = bench();
    world.inject({ component: 'estop-a', kind: 'stuck' });
    world.press('estop');
    expect([level(2), level(3)]).toEqual([0, 1]);
    world.clear('estop-a');
    expect(level(2)).toBe(1);
    world.inject({ component: 'estop-a', kind: 'stuck-closed' });
    expect(level(2)).toBe(0);
    world.inject({ component: 'guard-switch', kind: 'stuck-open' });
    expect(level(PIN.guard)).toBe(1);
    world.clear('guard-switch', 'stuck-open');
    expect(level(PIN.guard)).toBe(0);
  });

  it('reads a pin without its wire by the pull-up', () => {
    const { world, wiring } = bench();
    world.inject({ component: 'guard-switch', kind: 'broken-wire' });
    expect([wiring.digitalLevel(PIN.guard, true), wiring.digitalLevel(PIN.guard, false)]).toEqual([1, 0]);
  });

  it('freezes, disconnects and disturbs analog sensors, the same for the same seed', () => {
    const noisy = (seed: number): number[] => {
      const { world, wiring } = bench(seed);
      world.inject({ component: 'ambient', kind: 'noise', amount: 10 });
      return Array.from({ length: 50 }, () => wiring.analogCounts(CHANNEL.ambient));
    };
    const sound = Math.floor((730 * 1024) / 5000);
    for (const counts of noisy(1)) expect(Math.abs(counts - sound)).toBeLessThanOrEqual(10);
    expect(new Set(noisy(1)).size).toBeGreaterThan(5);
    expect(noisy(1)).toEqual(noisy(1));
    expect(noisy(1)).not.toEqual(noisy(2));
    const { world, wiring } = bench();
    world.inject({ component: 'ambient', kind: 'frozen' });
    world.setAnalog('ambient', 80);
    expect(wiring.analogCounts(CHANNEL.ambient)).toBe(sound);
    world.inject({ component: 'ambient', kind: 'broken-wire' });
    expect(wiring.analogCounts(CHANNEL.ambient)).toBe(0);
  });

  it('stalls a servo, welds and breaks an output, jams the belt, takes the vacuum', () => {
    const { world, wiring } = bench();
    let now = 0;
    const run = (ms: number): void => {
      now += ms;
      world.advanceTo(now);
    };
    world.inject({ component: 'servo-power', kind: 'stuck-on' });
    world.inject({ component: 'base', kind: 'stalled' });
    wiring.pinChanged(PIN.base, servo(2400));
    run(100);
    expect(world.plant.joints[0]?.positionDeg).toBe(0);
    world.clear('base');
    run(100);
    expect(world.plant.joints[0]?.positionDeg).toBeCloseTo(30, 6);
    world.inject({ component: 'servo-power', kind: 'broken-wire' });
    run(100);
    expect(world.plant.joints[0]?.positionDeg).toBeCloseTo(30, 6);
    wiring.pinChanged(PIN.belt, output(0));
    world.inject({ component: 'infeed', kind: 'jammed' });
    run(100);
    expect(world.plant.beltTravelMm).toBe(0);
    wiring.pinChanged(PIN.valve, output(1));
    run(500);
    expect(world.plant.pressureKpa).toBeCloseTo(-8, 1);
    world.inject({ component: 'gripper', kind: 'no-vacuum' });
    run(1000);
    expect(world.plant.pressureKpa).toBeCloseTo(0, 1);
    world.clear();
    world.inject({ component: 'valve', kind: 'stuck-off' });
    run(1000);
    expect(world.plant.pressureKpa).toBe(0);
  });
});
