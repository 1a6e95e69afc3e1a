// Goal: a change of mode stops and never starts anything, and outside automatic things move only while a person holds the enabling
// device and the jog, slowly. Method: whole cycles of a cell with a selector, an enabling device and a guard.
import { expect, it } from 'vitest';
import type { OperatingMode } from '../../src/core/operating-mode.ts';
import { jobOrder } from '../support/cycle-rig.ts';
import { SELECTOR } from '../support/manual-cell.ts';
import { ModeRig } from '../support/mode-rig.ts';

it('a cell whose selector stands on automatic takes orders after a reset, with the guard closed', () => {
  const rig = new ModeRig();
  rig.ready('automatic');
  expect([rig.state.unit, rig.state.mode, rig.state.enabled]).toEqual(['Idle', 'Production', true]);
});

it('[O7] turning the selector while an order runs stops the cell, and nothing starts in the new mode or back in the old', () => {
  const rig = new ModeRig();
  rig.ready('automatic');
  rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('o', { workMasterId: 'work' }) });
  rig.run(10);
  expect(rig.state.unit).toBe('Execute');
  rig.select('manualReducedSpeed');
  rig.run(60);
  expect([rig.state.unit, rig.state.enabled, rig.state.mode]).toEqual(['Stopped', false, 'Manual']);
  expect(rig.state.jobs.records[0]?.state).toBe('Interrupted');
  rig.select('automatic');
  rig.run(60);
  expect([rig.state.unit, rig.state.enabled, rig.state.mode]).toEqual(['Stopped', false, 'Production']);
});

it('with no mode selected the cell stops, and a reset is refused and says why', () => {
  const rig = new ModeRig();
  rig.ready('automatic');
  rig.select('none');
  rig.run(80);
  expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
  rig.pressReset();
  expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
});

it('a selector without a position, or turned, is named as the first cause, not the guard that withdraws with its mode', () => {
  const causes = (mode: OperatingMode | 'none'): unknown => {
    const rig = new ModeRig();
    rig.ready('automatic');
    rig.select(mode);
    rig.edge();
    rig.run(20);
    return [rig.state.alarms[0]?.code, rig.state.alarms.map(({ code }) => code).includes(4002)];
  };
  expect(causes('none')).toEqual([4301, false]);
  expect(causes('manualReducedSpeed')).toEqual([4302, false]);
});

it('a guard that opens in automatic is the first cause, whatever becomes of the selector after it', () => {
  const rig = new ModeRig();
  rig.ready('automatic');
  rig.closed.delete('door');
  rig.run(1);
  rig.select('none');
  rig.run(20);
  expect(rig.state.alarms[0]).toMatchObject({ code: 4002, detail: { stopFunction: 'guard-stop' } });
});

it('a selector that cannot be read is told of its board alone, once, though no mode is selected', () => {
  const rig = new ModeRig();
  rig.ready('automatic');
  for (const ageMs of [80, 100, 120]) {
    rig.imageAgeMs = ageMs;
    rig.step();
  }
  rig.run(60);
  expect([rig.state.safety.mode, rig.state.alarms.map(({ code }) => code)]).toEqual([undefined, [1007]]);
  expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
});

it('a closed guard that counts again and only waits for its reset is not told as open: the mode that was selected is', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.closed.add('door');
  rig.run(3);
  rig.select('automatic');
  rig.edge();
  rig.run(60);
  expect(rig.state.alarms).toEqual([{ code: 4302, detail: { from: 'Manual', to: 'automatic' } }]);
  const stops = rig.events.flatMap((event) => (event.kind === 'stop' ? [[event.stopFunction, event.cause.code]] : []));
  expect(stops).toEqual([['guard-stop', 4302]]);
});

it('a guard that is open when it counts again is told', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.select('automatic');
  rig.run(60);
  expect(rig.state.alarms.map(({ code }) => code)).toContain(4002);
});

it('an open guard is not told, nor named by a refused reset, while no mode is selected in which it would count', () => {
  const rig = new ModeRig();
  rig.select('manualReducedSpeed');
  rig.run(3);
  rig.select('none');
  rig.run(2);
  rig.pressReset();
  expect(rig.state.alarms).toEqual([{ code: 4013, detail: { mode: 'none selected' } }]);
  rig.select('maintenance');
  rig.run(20);
  expect(rig.state.alarms).toEqual([]);
  rig.select('automatic');
  rig.run(20);
  expect(rig.state.alarms).toMatchObject([{ code: 4002, detail: { stopFunction: 'guard-stop' } }]);
});

it('two closed contacts of the selector are no mode', () => {
  const rig = new ModeRig();
  rig.ready('automatic');
  rig.closed.add(SELECTOR.maintenance);
  rig.run(80);
  expect([rig.state.unit, rig.state.enabled, rig.state.safety.mode]).toEqual(['Stopped', false, undefined]);
});

it('in manual the guard may be open, and the cell is reset without anybody holding the enabling device', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  expect(rig.closed.has('door')).toBe(false);
  expect([rig.state.unit, rig.state.mode, rig.state.enabled]).toEqual(['Idle', 'Manual', true]);
  expect(rig.power).toBe(0);
});

it('the guard counts again as soon as automatic is selected', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.select('automatic');
  rig.pressReset();
  expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
});

it('boards watch the guard in automatic, and the enabling device in manual', () => {
  const rig = new ModeRig();
  rig.run(2);
  const watched: (OperatingMode | undefined)[] = [];
  rig.select('manualReducedSpeed');
  for (let count = 0; count < 5; count += 1) watched.push(rig.step().watch?.mode);
  expect(watched.filter((mode) => mode !== undefined)).toEqual(['manualReducedSpeed']);
});

it('orders are refused in manual', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  const reply = rig.request({
    kind: 'store-and-start',
    requestId: '1',
    order: jobOrder('o', { workMasterId: 'work' }),
  });
  expect(reply).toMatchObject({ ok: false, fault: { code: 6032, detail: { unit: 'Idle', mode: 'Manual' } } });
});

it('power comes with the enabling device and goes with it, without a reset and without an alarm', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  expect([rig.power, rig.outputs?.commands[0]?.arm]).toEqual([1, true]);
  rig.letGo();
  rig.run(2);
  expect([rig.power, rig.outputs?.commands[0]?.arm]).toEqual([0, false]);
  expect([rig.state.unit, rig.state.enabled, rig.state.alarms.length]).toEqual(['Idle', true, 0]);
  rig.hold();
  expect(rig.power).toBe(1);
});

it('a joint follows the jog while it is asked for with fresh tokens, and no faster than the tool may be', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  rig.jog({});
  const before = rig.state.motion.positionDeg[0] ?? 0;
  rig.jogFor(20, { base: 100, shoulder: 100 });
  expect(rig.state.motion.positionDeg[0] ?? 0).toBeGreaterThan(before + 1);
  expect(rig.speedMmPerS).toBeLessThanOrEqual(250 + 1e-9);
  expect(rig.speedMmPerS).toBeGreaterThan(200);
});

it('[G1] [G6] a jog dies 150 ms after the last sign of life of its client', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  rig.jog({});
  rig.jogFor(20, { base: 20 });
  const diedAt = rig.now;
  while (rig.state.jog !== undefined) rig.step();
  expect(rig.now - diedAt).toBeLessThanOrEqual(150 + rig.context.cell.cyclePeriodMs);
  rig.run(10);
  expect(rig.speedMmPerS).toBe(0);
});

it('[X4] a request that was recorded and is sent again keeps nothing moving, from its own stream or from another', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  rig.jog({});
  rig.jogFor(20, { base: 20 });
  const recorded = rig.token;
  const handedOutAt = rig.now;
  let restAt: number | undefined;
  for (let cycle = 0; cycle < 100; cycle += 1) {
    const thief = rig.jog({ base: 20 }, 'thief', recorded);
    if (rig.now - handedOutAt < 150) expect(thief).toMatchObject({ ok: false, fault: { code: 4304 } });
    rig.jog({ base: 20 }, 'pendant', recorded);
    if (rig.state.jog?.mustRest !== false) restAt ??= rig.now;
  }
  expect((restAt ?? Number.NaN) - handedOutAt).toBeLessThanOrEqual(150 + 2 * rig.context.cell.cyclePeriodMs);
  expect(rig.speedMmPerS).toBe(0);
});

it('requests that waited too long on their way move nothing, however many of them there are', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  rig.jog({});
  const stale = rig.token;
  rig.runMs(150);
  const before = rig.state.motion.positionDeg;
  for (let count = 0; count < 20; count += 1) rig.jog({ base: 100 }, 'pendant', stale);
  expect(rig.state.motion.positionDeg).toEqual(before);
});

it('a token of another run of the control process, or of the future, is no sign of life', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  const before = rig.state.motion.positionDeg;
  for (const token of ['other/1000', `test/${rig.now + 1e6}`, 'test/NaN', '']) {
    rig.jog({}, 'pendant', token);
    rig.jog({ base: 100 }, 'pendant', token);
    rig.jog({ base: 100 }, 'pendant', token);
  }
  expect(rig.state.motion.positionDeg).toEqual(before);
});

it('letting go of the enabling device ramps the jog down, and pressing it again moves nothing before the jog was let go too', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  rig.jog({});
  rig.jogFor(20, { base: 50 });
  rig.letGo();
  rig.jogFor(30, { base: 50 });
  expect([rig.speedMmPerS, rig.power]).toEqual([0, 0]);
  const stood = rig.state.motion.positionDeg;
  rig.closed.add('enable-1');
  rig.jogFor(20, { base: 50 });
  expect(rig.state.motion.positionDeg).toEqual(stood);
  rig.jog({});
  rig.jogFor(5, { base: 50 });
  expect(rig.state.motion.positionDeg[0]).toBeGreaterThan(stood[0] ?? 0);
});

it('[O8] an enabling device pressed through moves nothing when it comes back to its middle', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  rig.closed.delete('enable-1');
  rig.closed.delete('enable-2');
  rig.run(5);
  rig.closed.add('enable-1');
  rig.closed.add('enable-2');
  rig.run(5);
  expect(rig.power).toBe(0);
  rig.jog({});
  const stood = rig.state.motion.positionDeg;
  rig.jogFor(10, { base: 50 });
  expect(rig.state.motion.positionDeg).toEqual(stood);
});

it('[O10] only one client jogs at a time', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  rig.jog({});
  expect(rig.jog({}, 'panel', '')).toMatchObject({ ok: false, fault: { code: 4304 } });
  rig.runMs(150);
  expect(rig.jog({}, 'panel', '')).toMatchObject({ ok: true });
});

it('a jog is refused in automatic, and for a joint or a speed that does not exist', () => {
  const rig = new ModeRig();
  rig.ready('automatic');
  expect(rig.jog({})).toMatchObject({ ok: false, fault: { code: 4303 } });
  const manual = new ModeRig();
  manual.ready('manualReducedSpeed');
  manual.hold();
  manual.jog({});
  for (const speeds of [{ elbo: 10 }, { base: 101 }, { base: Number.NaN }, { base: Number.POSITIVE_INFINITY }]) {
    expect(manual.jog(speeds)).toMatchObject({ ok: false, fault: { code: 4305 } });
  }
});

it('a jogged joint stops at its limit and stays there', () => {
  const rig = new ModeRig();
  rig.ready('manualReducedSpeed');
  rig.hold();
  rig.jog({});
  for (let count = 0; count < 400; count += 1) {
    rig.jog({ wrist: 100 });
    expect(rig.state.motion.positionDeg[3]).toBeLessThanOrEqual(90);
  }
  expect(rig.state.motion.positionDeg[3]).toBeCloseTo(90, 3);
});

it('the emergency stop ends a jog and needs a reset, in every mode', () => {
  for (const mode of ['manualReducedSpeed', 'maintenance'] as const) {
    const rig = new ModeRig();
    rig.ready(mode);
    rig.hold();
    rig.jog({});
    rig.jogFor(10, { base: 50 });
    rig.closed.delete('estop-a');
    rig.closed.delete('estop-b');
    rig.jogFor(60, { base: 50 });
    expect([rig.state.unit, rig.state.enabled, rig.speedMmPerS]).toEqual(['Aborted', false, 0]);
  }
});
