// What a board is told while a person holds one of its outputs, with no cell running.
import { expect, it } from 'vitest';
import { PinForcing } from '../../src/app/pin-forcing.ts';
import { type BoardPlan, planBoards } from '../../src/core/board-plan.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardImage } from '../../src/ports/board-port.ts';
import { simCell } from '../support/sim-cell.ts';

const base = simCell();
const cell: CellModel = {
  ...base,
  safety: {
    ...base.safety,
    blocks: [{ type: 'SF_EmergencyStop', name: 'estop', input: 'estop-a', reset: base.safety.reset }],
    stopFunctions: [
      {
        name: 'stop',
        permission: 'estop',
        category: 1,
        timeLimitMs: 500,
        role: 'emergency-stop',
        outputs: ['base', 'servo-power', 'valve'],
      },
    ],
  },
};
const plan = planOf(cell);

function planOf(model: CellModel): BoardPlan {
  const found = planBoards(model).find(({ board }) => board.name === 'main');
  if (found === undefined) throw new Error('the cell has a board');
  return found;
}

/** The emergency stop is closed unless said otherwise; servos had no pulse unless said otherwise. */
function image(raw: Readonly<Record<string, number>> = {}): BoardImage {
  const valueFor = ({ device }: { readonly device: string }): number => raw[device] ?? 0;
  const [inputs, outputs] = [plan.inputs.map(valueFor), plan.outputs.map(valueFor)];
  return { receivedAt: monotonicMs(0), boardTimeUs: 0, receiptCycle: 0, inputs, outputs, armed: false };
}

function forcing(output: string, seen = image(), model = cell): PinForcing {
  const made = new PinForcing(model, planOf(model));
  for (let tries = 0; made.view(0).selected !== output; tries += 1) {
    if (tries > plan.outputs.length) throw new Error(`no output ${output}`);
    made.select(1);
  }
  made.see(seen);
  return made;
}

function hold(made: PinForcing, key: 'switch' | 'less' | 'more', nowMs: number): readonly number[] | undefined {
  made.press(key, nowMs - 30);
  made.press(key, nowMs);
  return made.command(nowMs);
}

const by = (values: readonly number[] | undefined, device: string): number | undefined =>
  values?.[plan.outputs.findIndex((slot) => slot.device === device)];

it('drives a held output to the level that is not its safe one, and all others to their safe values', () => {
  const values = hold(forcing('valve'), 'switch', 1000);
  const expected = plan.outputs.map(({ device, safeValue }) => (device === 'valve' ? 1 : safeValue));
  expect(values).toEqual(expected);
});

it('drives nothing 200 ms after the key was let go', () => {
  const made = forcing('valve');
  hold(made, 'switch', 1000);
  expect(made.view(1200).isForced).toBe(true);
  expect(made.command(1201)).toBeUndefined();
});

it('lets go when an input that permits an output opens, and stays so until the key is held anew', () => {
  const made = forcing('valve');
  hold(made, 'switch', 1000);
  made.see(image({ 'estop-a': 1 }));
  expect(made.command(1000)).toBeUndefined();
  expect(made.view(1000).refusal).toEqual({ reason: 'inputs-open', inputs: ['estop-a'] });
  made.see(image());
  made.press('switch', 1030);
  expect(made.command(1030)).toBeUndefined();
  expect(hold(made, 'switch', 2000)).toBeDefined();
});

it('forces nothing while the board is not there', () => {
  const made = forcing('valve');
  made.see(undefined);
  expect(hold(made, 'switch', 1000)).toBeUndefined();
});

it('refuses an output that an input of another board stops', () => {
  const spread: CellModel = {
    ...cell,
    boards: [...cell.boards, ...cell.boards.map((board) => ({ ...board, name: 'other' }))],
    devices: cell.devices.map((device) => (device.name === 'estop-a' ? { ...device, board: 'other' } : device)),
  };
  const made = forcing('valve', image(), spread);
  expect(hold(made, 'switch', 1000)).toBeUndefined();
  expect(made.view(1000).refusal).toEqual({ reason: 'inputs-on-another-board', inputs: ['estop-a'] });
});

it('turns a servo from where it is by 10 degrees a second, with what feeds it switched on', () => {
  // 600..2400 us over 180 degrees: 1500 us are 0 degrees, 10 us a degree.
  const made = forcing('base', image({ base: 1500 }));
  let values = hold(made, 'more', 0);
  expect([by(values, 'base'), by(values, 'servo-power')]).toEqual([1500, 1]);
  for (let now = 20; now <= 1000; now += 20) {
    made.press('more', now);
    values = made.command(now);
  }
  expect(by(values, 'base')).toBe(1600);
});

it('does not jump after a pause of the machine', () => {
  const made = forcing('base', image({ base: 1500 }));
  hold(made, 'more', 0);
  made.press('more', 190);
  expect(by(made.command(190), 'base')).toBe(1504);
});

it('stops a servo at its limit', () => {
  const made = forcing('base', image({ base: 2398 }));
  let values: readonly number[] | undefined;
  for (let now = 0; now <= 2000; now += 20) {
    made.press('more', now);
    values = made.command(now);
  }
  expect(by(values, 'base')).toBe(2400);
});

it('takes a servo that had no pulse yet to be parked', () => {
  expect(by(hold(forcing('base'), 'less', 0), 'base')).toBe(1500);
});

it('does not force one output by the key of another kind, nor what was selected before', () => {
  expect(hold(forcing('valve'), 'more', 1000)).toBeUndefined();
  const made = forcing('valve');
  hold(made, 'switch', 1000);
  made.select(1);
  expect(made.command(1000)).toBeUndefined();
});
