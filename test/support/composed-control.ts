// The control half of the example cell, composed as the control process does it, in virtual time, with the real firmware.
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { SimBoard } from '../../sim/board/sim-board.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { startControl } from '../../src/app/compose-control.ts';
import { loadCell } from '../../src/config/load.ts';
import type { NamedProgram } from '../../src/control/programs.ts';
import { STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import type { UnitState } from '../../src/core/packml.ts';
import type { FromControl } from '../../src/ports/cell-channel.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** Pin of the contactor that feeds the servos: on while the unit is enabled, off is its safe value. */
export const ACTUATOR_POWER = 12;

/** @param clockOf what the control half takes for the clock. @param onMessage an observer beside the test's own */
export function compose(
  clockOf: (clock: VirtualClock) => Clock = (clock) => clock,
  observers: { readonly publish?: () => void; readonly onMessage?: (message: FromControl) => void } = {},
  programs: readonly NamedProgram[] = [],
) {
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
  const seen = { unit: 'Stopped' as UnitState, log: [] as string[], boards: [] as string[] };
  const onMessage = (message: FromControl): void => {
    if (message.kind === 'snapshot') seen.unit = message.snapshot.unit;
    observers.onMessage?.(message);
  };
  const run = startControl({
    cell,
    epoch: 'e1',
    clock: clockOf(clock),
    random: random.stream('control'),
    transports: new Map([['uno-1', line.host]]),
    programs,
    server: {
      listen: () => () => undefined,
      storage: () => STORED_AT_ONCE,
      publish: observers.publish ?? (() => undefined),
      close: () => undefined,
    },
    onMessage,
    onBoardMet: (board, uid) => seen.boards.push(`${board} ${uid}`),
    log: (_, text) => seen.log.push(text),
  });
  const enable = async (): Promise<void> => {
    await clock.advance(1_000);
    world.override('reset-button', 1);
    await clock.advance(200);
    world.override('reset-button', 0);
    await clock.advance(300);
  };
  return { clock, world, levels, seen, run, enable, stop: () => board.stop() };
}
