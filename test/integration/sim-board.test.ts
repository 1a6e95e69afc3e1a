import { describe, expect, it } from 'vitest';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { SimBoard } from '../../sim/board/sim-board.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { TraceHash } from '../../sim/kernel/trace-hash.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { simCell } from '../support/sim-cell.ts';
import { SimHost } from '../support/sim-host.ts';

/** A powered board with a host that has opened its session. */
async function bench(seed = 1) {
  const cell = simCell();
  const [plan] = planBoards(cell);
  if (plan === undefined) throw new Error('the cell has a board');
  const clock = new VirtualClock();
  const random = createRandom(seed);
  const world = new SimWorld(cell, random, clock.now());
  const line = createLoopback({ clock, baud: 115_200 });
  const trace = new TraceHash();
  const board = new SimBoard({
    cell,
    board: 'main',
    world,
    clock,
    line: line.board,
    random,
    onPinChange: (pin, state, boardTimeUs) =>
      trace.add(clock.now(), `pin ${pin}`, [state.level, state.pulseUs, boardTimeUs]),
  });
  const host = new SimHost(plan, clock, line.host);
  await clock.advance(200);
  expect(host.isOpen).toBe(true);
  /** Commands every 10 ms, as a control cycle would. */
  async function drive(ms: number, values: Readonly<Record<string, number>>): Promise<void> {
    for (let passed = 0; passed < ms; passed += 10) {
      host.command(true, { 'belt-motor': 1, ...values });
      await clock.advance(10);
    }
  }
  return { cell, clock, world, board, host, line, drive, trace };
}

const POWERED = { 'servo-power': 1 };

describe('a simulated board in its world', () => {
  it('turns a joint when the host commands pulses, by way of the firmware', async () => {
    const { world, drive } = await bench();
    await drive(1000, { ...POWERED, base: 2000 });
    // 600 to 2400 µs stand for -90 to 90 degrees.
    expect(world.plant.joints[0]?.positionDeg).toBeCloseTo(50, 1);
  });

  it('runs the belt by its active-low motor output and reports the part at the end stop', async () => {
    const { world, host, drive } = await bench();
    expect(host.last?.inputs['at-pick']).toBe(1);
    await drive(1300, { 'belt-motor': 0 });
    expect(world.plant.partAtPick).toBe(true);
    expect(host.last?.inputs['at-pick']).toBe(0);
    const travelMm = world.plant.beltTravelMm;
    await drive(200, { 'belt-motor': 1 });
    expect(world.plant.beltTravelMm).toBeCloseTo(travelMm, 0);
  });

  it('lets the belt stand while the board has not driven its pin', async () => {
    const { world, clock } = await bench();
    await clock.advance(5000);
    expect(world.plant.beltTravelMm).toBe(0);
  });

  it('reads the vacuum as the counts that the device is scaled for', async () => {
    const { host, drive } = await bench();
    expect(host.last?.inputs['vacuum']).toBe(920);
    await drive(500, { valve: 1 });
    // -8 kPa on a line from 920 counts at 0 to 102 counts at -100.
    expect(host.last?.inputs['vacuum']).toBe(855);
  });

  it('reports the emergency stop on both channels within 2 ms of the board', async () => {
    const { world, host, clock } = await bench();
    const before = host.images.length;
    expect(world.press('estop')).toEqual({ ok: true, value: undefined });
    await clock.advance(8);
    const edge = host.images.slice(before).find((image) => image.message.kind === 'edge');
    expect(edge?.inputs).toMatchObject({ 'estop-a': 1, 'estop-b': 1 });
    world.release('estop');
    await clock.advance(50);
    expect(host.last?.inputs).toMatchObject({ 'estop-a': 0, 'estop-b': 0 });
  });

  it('trips to safe values by itself when commands stop coming: the belt stands, the joint stays', async () => {
    const { world, host, clock, drive } = await bench();
    await drive(300, { ...POWERED, 'belt-motor': 0, base: 2400 });
    const travelMm = world.plant.beltTravelMm;
    await clock.advance(300);
    expect(host.last?.message).toMatchObject({ state: 'tripped', tripCause: 'lease' });
    expect(world.plant.beltTravelMm - travelMm).toBeLessThanOrEqual(10.2);
    const positionDeg = world.plant.joints[0]?.positionDeg;
    await clock.advance(300);
    expect(world.plant.joints[0]?.positionDeg).toBe(positionDeg);
  });

  it('loses everything on a cut line and goes safe', async () => {
    const { world, board, host, drive } = await bench();
    await drive(100, { 'belt-motor': 0 });
    const images = host.images.length;
    expect(world.inject({ component: 'main', kind: 'cut' }).ok).toBe(true);
    await drive(300, { 'belt-motor': 0 });
    expect(host.images.length).toBe(images);
    expect(board.pin(12)).toMatchObject({ mode: 'output', level: 1 });
  });

  it('executes nothing that a delayed line delivers too late', async () => {
    const { world, host, drive } = await bench();
    await drive(100, {});
    world.inject({ component: 'main', kind: 'delay', amount: 300 });
    await drive(1000, { ...POWERED, base: 2400 });
    expect(host.last?.message.state).toBe('tripped');
    expect(world.plant.joints[0]?.positionDeg).toBe(0);
  });

  it('never executes a corrupted command', async () => {
    const { world, host, drive } = await bench();
    await drive(100, { ...POWERED, base: 1500 });
    world.inject({ component: 'main', kind: 'corrupt', amount: 0.5 });
    await drive(5000, { ...POWERED, base: 1500 });
    expect(host.last?.message.badFrames).toBeGreaterThan(0);
    expect(world.plant.joints[0]?.positionDeg).toBe(0);
  });

  it('is dark without power and boots when it is back', async () => {
    const { world, board, host, clock, drive } = await bench();
    await drive(100, { 'belt-motor': 0 });
    world.inject({ component: 'main', kind: 'power-loss' });
    const { timeUs } = board;
    const images = host.images.length;
    await drive(500, { 'belt-motor': 0 });
    expect(board.pin(12).mode).toBe('high-impedance');
    expect(board.timeUs).toBe(timeUs);
    expect(host.images.length).toBe(images);
    world.clear('main');
    await clock.advance(10);
    expect(board.bootCount).toBe(2);
    expect(board.timeUs).toBeGreaterThan(timeUs);
  });

  it('is reset by its watchdog when its program hangs', async () => {
    const { world, board, drive } = await bench();
    await drive(100, { 'belt-motor': 0 });
    world.inject({ component: 'main', kind: 'hang' });
    await drive(600, { 'belt-motor': 0 });
    expect(board.bootCount).toBe(2);
    expect(board.pin(12).mode).toBe('high-impedance');
  });

  it('gives the same trace for the same seed and another for another', async () => {
    async function traceOf(seed: number): Promise<string> {
      const { world, host, drive, trace } = await bench(seed);
      world.inject({ component: 'main', kind: 'corrupt', amount: 0.3 });
      for (let index = 0; index < 20; index += 1) {
        await drive(50, { ...POWERED, base: 1000 + 50 * index, 'belt-motor': index % 2 });
      }
      for (const image of host.images) trace.add(0 as never, image.message.kind, image.message.image);
      return trace.value;
    }
    const first = await traceOf(5);
    expect(await traceOf(5)).toBe(first);
    expect(await traceOf(6)).not.toBe(first);
  });
});
