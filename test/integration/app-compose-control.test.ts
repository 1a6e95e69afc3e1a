// The composition of the control half, in virtual time, against the real firmware: its last word before it dies.
import { describe, expect, it } from 'vitest';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { SimBoard } from '../../sim/board/sim-board.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { startControl } from '../../src/app/compose-control.ts';
import { loadCell } from '../../src/config/load.ts';
import type { UnitState } from '../../src/core/packml.ts';
import type { FromControl } from '../../src/ports/cell-channel.ts';

/** Pin of the contactor that feeds the servos: on while the unit is enabled, off is its safe value. */
const ACTUATOR_POWER = 12;

function compose() {
  const loaded = loadCell('cells/pick-and-place/cell.yaml');
  if (!loaded.ok) throw new Error('the example cell has problems');
  const cell = loaded.value;
  const clock = new VirtualClock();
  const random = createRandom('1');
  const world = new SimWorld(cell, random, clock.now());
  const line = createLoopback({ clock, baud: 115_200 });
  const levels = new Map<number, number>();
  const board = new SimBoard({
    cell,
    board: 'uno-1',
    world,
    clock,
    line: line.board,
    random,
    onPinChange: (pin, { level }) => levels.set(pin, level),
  });
  const seen = { unit: 'Stopped' as UnitState };
  const onMessage = (message: FromControl): void => {
    if (message.kind === 'snapshot') seen.unit = message.snapshot.unit;
  };
  const run = startControl({
    cell,
    epoch: 'e1',
    clock,
    random: random.stream('control'),
    transports: new Map([['uno-1', line.host]]),
    programs: [],
    server: { listen: () => () => undefined, publish: () => undefined, close: () => undefined },
    onMessage,
    log: () => undefined,
  });
  const enable = async (): Promise<void> => {
    await clock.advance(1_000);
    world.override('reset-button', 1);
    await clock.advance(200);
    world.override('reset-button', 0);
    await clock.advance(300);
  };
  return { clock, levels, seen, run, enable, stop: () => board.stop() };
}

describe('the control half of a cell', () => {
  it('tells its boards to stop when a defect ends it: they are safe long before their leases end', async () => {
    const { clock, levels, seen, run, enable, stop } = compose();
    await enable();
    expect(seen.unit).toBe('Idle');
    expect(levels.get(ACTUATOR_POWER)).toBe(1);
    run.stopBoards();
    await clock.advance(10);
    expect(levels.get(ACTUATOR_POWER)).toBe(0);
    stop();
  });

  it('ends after a shutdown, with the outputs safe', async () => {
    const { clock, levels, run, enable, stop } = compose();
    await enable();
    expect(levels.get(ACTUATOR_POWER)).toBe(1);
    let hasEnded = false;
    void run.ended.then(() => {
      hasEnded = true;
    });
    run.shutdown();
    run.shutdown();
    await clock.advance(3_000);
    expect(hasEnded).toBe(true);
    expect(levels.get(ACTUATOR_POWER)).toBe(0);
    stop();
  });
});
