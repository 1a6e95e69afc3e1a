// Which inputs the boards of a cell watch by themselves, and that board and controller want a stop at the same inputs.
import { describe, expect, it } from 'vitest';
import { configHash, configRecords, encodeConfigRecord } from '../../firmware-bridge/wire/config-records.ts';
import { packImage } from '../../firmware-bridge/wire/images.ts';
import { type BoardPlan, planBoards } from '../../src/core/board-plan.ts';
import type { BoardModel, CellModel, StopFunctionModel } from '../../src/core/cell-model.ts';
import { at } from '../support/at.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';
import { Rig, STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf } from '../support/firmware-wire.ts';

const CELL = exampleCell();
const SAFETY_INPUTS = ['estop-a', 'estop-b', 'guard-door'];

/** By output, the devices that it needs closed. */
function permitsIn(plan: BoardPlan): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    plan.outputs.map(({ device, permits }) => [device, permits.map((slot) => at(plan.inputs, slot).device)]),
  );
}

function delaysIn(plan: BoardPlan): Readonly<Record<string, number>> {
  return Object.fromEntries(
    plan.inputs.filter(({ kind }) => kind === 'digital').map(({ device, permitDelayMs }) => [device, permitDelayMs]),
  );
}

function withStops(change: (stop: StopFunctionModel) => StopFunctionModel, cell = CELL): CellModel {
  return { ...cell, safety: { ...cell.safety, stopFunctions: cell.safety.stopFunctions.map(change) } };
}

function emergencyStop(changes: Partial<StopFunctionModel>): CellModel {
  return withStops((stop) => (stop.role === 'emergency-stop' ? { ...stop, ...changes } : stop));
}

function planOf(cell: CellModel, board = 0): BoardPlan {
  return at(planBoards(cell), board);
}

describe('permits', () => {
  it('of every hazardous output of the example are the contacts of both stops, and never the reset button', () => {
    const plan = planOf(CELL);
    const hazardous = plan.outputs.filter((slot) => slot.hazardous);
    expect(hazardous.map(({ device }) => device)).toHaveLength(7);
    for (const { device } of hazardous) expect(permitsIn(plan)[device]).toEqual(SAFETY_INPUTS);
  });

  it('belong to hazardous outputs that a stop function names, and only to those', () => {
    const cell = emergencyStop({ outputs: ['base', 'shoulder', 'elbow', 'wrist', 'actuator-power'] });
    const plan = planOf({
      ...cell,
      devices: cell.devices.map((device) =>
        device.name === 'actuator-power' ? { ...device, hazardous: false } : device,
      ),
    });
    expect(permitsIn(plan)).toMatchObject({ base: SAFETY_INPUTS, 'belt-motor': ['guard-door'], 'actuator-power': [] });
  });

  it('leave out inputs of another board', () => {
    const second: BoardModel = { ...at(CELL.boards, 0), name: 'uno-2' };
    const moved = CELL.devices.map((device) => (device.name === 'estop-b' ? { ...device, board: 'uno-2' } : device));
    const cell: CellModel = { ...CELL, boards: [...CELL.boards, second], devices: moved };
    expect(permitsIn(planOf(cell))['base']).toEqual(['estop-a', 'guard-door']);
    expect(delaysIn(planOf(cell, 1))).toEqual({ 'estop-b': 0 });
  });
});

describe('a stop of category 2', () => {
  it('gives no permit: the board stays armed while its input is open', () => {
    const plan = planOf(withStops((stop) => (stop.role === 'emergency-stop' ? stop : { ...stop, category: 2 })));
    expect(permitsIn(plan)['base']).toEqual(['estop-a', 'estop-b']);
    expect(delaysIn(plan)).toMatchObject({ 'guard-door': 0 });
  });
});

describe('the delay of a permit', () => {
  it('is the time limit of a category 1 stop and two leases', () => {
    const rest = { 'reset-button': 0, 'part-at-pick': 0, 'part-present': 0 };
    expect(delaysIn(planOf(CELL))).toEqual({ 'estop-a': 700, 'estop-b': 700, 'guard-door': 700, ...rest });
  });

  it('is 0 when category 0 stops all joints', () => {
    const plan = planOf(emergencyStop({ category: 0 }));
    expect(delaysIn(plan)).toMatchObject({ 'estop-a': 0, 'estop-b': 0, 'guard-door': 700 });
  });

  it('leaves joints that category 0 does not name the ramp that the controller gives them', () => {
    const plan = planOf(emergencyStop({ category: 0, outputs: ['belt-motor'] }));
    expect(delaysIn(plan)).toMatchObject({ 'estop-a': 2200, 'guard-door': 700 });
  });

  it('waits for the slowest of the stops that share an input', () => {
    const stops = CELL.safety.stopFunctions;
    const belt: StopFunctionModel = { ...at(stops, 0), name: 'belt-stop', category: 0, outputs: ['belt-motor'] };
    const cell = { ...CELL, safety: { ...CELL.safety, stopFunctions: [...stops, belt] } };
    expect(delaysIn(planOf(cell))).toMatchObject({ 'estop-a': 700 });
  });
});

/** The shipped firmware, configured as the controller configures it. */
class PlannedBoard extends Rig {
  readonly plan: BoardPlan;

  constructor(plan: BoardPlan) {
    super();
    this.plan = plan;
    this.set(new Set(SAFETY_INPUTS));
    this.open();
    const all = configRecords(plan);
    const { leaseMs } = plan.board;
    for (const record of all) this.send(TYPE.config, encodeConfigRecord(record));
    this.send(TYPE.commit, bytesOf([leaseMs, 2], [all.length, 1], [configHash(leaseMs, all), 4]));
    this.run(20_000);
  }

  set(closed: ReadonlySet<string>): void {
    for (const { device, pin, kind, closedLevel } of this.plan.inputs) {
      if (kind === 'digital') this.levels.set(pin, closed.has(device) === (closedLevel === 1) ? 1 : 0);
    }
  }

  arm(): this {
    const values = this.plan.outputs.map(({ kind }) => (kind === 'servo' ? 1500 : 1));
    this.process(packImage(this.plan.outputs, values));
    return this;
  }

  /** Runs as under a controller that never stops. @returns the device whose opening has tripped the board */
  trippedBy(ms: number): string | undefined {
    for (let atMs = 0; atMs < ms; atMs += 20) {
      this.run(20_000);
      this.arm();
    }
    const { state, tripCause } = this.image();
    return state === STATE.tripped && (tripCause & 7) === 4 ? this.plan.inputs[tripCause >> 3]?.device : undefined;
  }
}

describe('references to outputs of blocks', () => {
  it('are permits of the same contacts, with the same delay: what a board watches does not hang on how they are written', () => {
    const named = withStops((stop) => ({
      ...stop,
      permission: stop.role === 'emergency-stop' ? `${stop.permission}.eStopOut` : `${stop.permission}.guardOut`,
    }));
    const blocks = named.safety.blocks.map((block) =>
      block.type === 'SF_EmergencyStop' ? { ...block, input: `${block.input}.equivalentOut` } : block,
    );
    expect(planBoards({ ...named, safety: { ...named.safety, blocks } })).toEqual(planBoards(CELL));
  });
});

describe('board and controller', () => {
  const names = planOf(CELL)
    .inputs.filter(({ kind }) => kind === 'digital')
    .map(({ device }) => device);
  const combinations = Array.from(
    { length: 2 ** names.length },
    (_, bits) => new Set(names.filter((_name, bit) => (bits >> bit) & 1)),
  );

  it.each(combinations.map((closed) => ({ closed, title: [...closed].join(', ') || 'nothing' })))(
    'of the example agree whether to stop with $title closed',
    ({ closed }) => {
      const controller = new CycleRig(CELL);
      controller.makeReady();
      expect(controller.state).toMatchObject({ enabled: true, unit: 'Idle' });
      controller.closed.clear();
      for (const name of closed) controller.closed.add(name);
      controller.edge();
      const stops = controller.state.safety.stops.filter(({ phase }) => phase !== 'permitted');

      const board = new PlannedBoard(planOf(CELL)).arm();
      board.set(closed);
      const input = board.trippedBy(720);
      expect(input !== undefined).toBe(stops.length > 0);
      if (input === undefined) return;
      expect(closed.has(input)).toBe(false);
      expect(stops.some(({ name }) => controller.context.stopInputs.get(name)?.includes(input))).toBe(true);
    },
  );

  it('agree that nothing is armed while an input of a stop is open', () => {
    for (const closed of combinations) {
      const board = new PlannedBoard(planOf(CELL));
      board.set(closed);
      board.run(20_000);
      expect(board.arm().image().state).toBe(
        SAFETY_INPUTS.every((name) => closed.has(name)) ? STATE.armed : STATE.tripped,
      );
    }
  });
});
