// Goal: the hands of the operator and of fate do what they say, over a real gRPC socket, on boards that run.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { type ServedBoards, serveBoards } from '../../sim/boards.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { SimulationClient } from '../../src/app/simulation-client.ts';
import { exampleCell } from '../support/cycle-rig.ts';

let served: ServedBoards;
let client: SimulationClient;

beforeEach(async () => {
  const cell = exampleCell();
  const clock = createRealClock();
  const lines = new Map(cell.boards.map(({ name }) => [name, createLoopback({ clock, baud: 115_200 }).board]));
  const simulation = { host: '127.0.0.1', port: 0 };
  served = await serveBoards({ cell, lines, simulation, seed: 7, level: 1, log: () => undefined, locale: 'en' });
  client = new SimulationClient(served.simulation);
});

afterEach(async () => {
  client.close();
  await served.stop();
});

it('every input can be set over the plant, and given back', async () => {
  const set = await client.setInput('part-at-pick', 1);
  expect(set).toMatchObject({ ok: true, value: { value: 1, overridden: true } });
  const back = await client.setInput('part-at-pick', undefined);
  expect(back).toMatchObject({ ok: true, value: { value: 0, overridden: false } });
});

it.each([
  ['no-such-input', 1],
  ['estop-a', 2],
  ['vacuum-pressure', 1e9],
  ['vacuum-pressure', Number.NaN],
])('input %s is not set to %d: the answer says what is allowed, and nothing changes', async (device, value) => {
  const before = await client.inputs();
  expect(await client.setInput(device, value)).toMatchObject({ ok: false, error: { status: 'INVALID_ARGUMENT' } });
  expect(await client.inputs()).toEqual(before);
});

it('what is not acceptable is told as the services of the cell tell it', async () => {
  expect(await client.clearFault('nope', '')).toMatchObject({
    ok: false,
    error: {
      violations: [
        { field: 'component', description: expect.stringMatching(/^given "nope"; allowed: uno-1, /) as unknown },
      ],
    },
  });
  expect(await client.setInput('estop-a', 2)).toMatchObject({
    ok: false,
    error: { violations: [{ field: 'value', description: expect.stringMatching(/^given 2; allowed: /) as unknown }] },
  });
});

it('a fault is injected with its own text, listed as active, and cleared', async () => {
  const fault = { component: 'shoulder', kind: 'broken-wire', magnitude: undefined, durationMs: undefined };
  const injected = await client.injectFault(fault);
  expect(injected).toMatchObject({ ok: true, value: { active: true } });
  expect(injected.ok && injected.value.description).toContain('pulses');
  const active = await client.faults(true);
  expect(active.ok && active.value.map(({ component, kind }) => [component, kind])).toEqual([
    ['shoulder', 'broken-wire'],
  ]);
  expect(await client.clearFault('', '')).toMatchObject({
    ok: true,
    value: [{ component: 'shoulder', active: false }],
  });
  expect(await client.faults(true)).toEqual({ ok: true, value: [] });
});

it.each([
  ['no-such-device', 'stalled', undefined],
  ['shoulder', 'no-such-kind', undefined],
  ['shoulder', 'stalled', 5],
  ['uno-1', 'corrupt', 2],
])('fault %s %s (%s) is refused', async (component, kind, magnitude) => {
  const refused = await client.injectFault({ component, kind, magnitude, durationMs: undefined });
  expect(refused).toMatchObject({ ok: false, error: { status: 'INVALID_ARGUMENT' } });
});

it('the plant is shown with its lamps, dark while no controller drives them', async () => {
  expect(await client.plant()).toMatchObject({
    ok: true,
    value: { lights: [{ device: 'stack-light', lit: [] }], buzzers: [] },
  });
});

it('the plant is shown with its seed, its joints and all its parts', async () => {
  const plant = await client.plant();
  expect(plant).toMatchObject({ ok: true, value: { seed: 7, servoPowerOn: false } });
  expect(plant.ok && plant.value.joints.map(({ device }) => device)).toEqual(['base', 'shoulder', 'elbow', 'wrist']);
  const total = plant.ok ? Object.values(plant.value.parts).reduce((sum, count) => sum + count, 0) : 0;
  expect(total).toBe(exampleCell().plant?.conveyor?.parts);
});
