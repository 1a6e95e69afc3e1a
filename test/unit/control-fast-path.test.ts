// Goal: between two cycles, blocks read the statuses of the cell and the outputs of other blocks as they are then, and what a block
// switches off is off with the frame that goes out at once. Method: the fast path alone, after whole cycles of a cell with such wiring.
import { describe, expect, it } from 'vitest';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';
import { type Changes, smallModel } from '../support/small-cell.ts';

const INPUT = { kind: 'digital-input', board: 'uno-1', closedWhen: 'low' };
const OUTPUTS = ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'];

/** A cell whose references are of the kinds that digital inputs are not. */
const WIRING: Changes = {
  'boards.uno-1.kind': 'mega',
  'devices.cover-contact': { ...INPUT, pin: 'D30' },
  'devices.curtain': { ...INPUT, pin: 'D31' },
  'devices.tester': { kind: 'digital-output', board: 'uno-1', hazardous: false, safe: 'off', pin: 'D32' },
  'devices.ask': { ...INPUT, pin: 'D33' },
  'safety.blocks.gate': {
    type: 'SF_OutControl',
    safeControl: 'cover-contact',
    processControl: 'power',
    autoReset: true,
    reset: 'reset',
  },
  'safety.blocks.estop': { type: 'SF_EmergencyStop', input: 'channels.equivalentOut', reset: 'reset' },
};

/** A curtain that is tested when a status of the cell begins. */
function testedBy(status: string): Changes {
  return {
    ...WIRING,
    'safety.blocks.sensor': {
      type: 'SF_TestableSafetySensor',
      ossdIn: 'curtain',
      startTest: status,
      testTimeMs: 150,
      testOutput: 'tester',
      reset: 'reset',
    },
    'safety.stopFunctions.curtain-stop': {
      permission: 'sensor',
      category: 1,
      timeLimitMs: 500,
      role: 'protective-stop',
      outputs: OUTPUTS,
    },
  };
}

class FastRig extends CycleRig {
  constructor(changes: Changes = WIRING) {
    super(smallModel(changes));
    for (const name of ['estop-a', 'estop-b', 'door', 'cover-contact', 'curtain']) this.closed.add(name);
  }

  /** What an output is told by the frame that goes out at once; undefined when none does. */
  edgeValue(device: string): number | undefined {
    return this.#valueIn(this.edgeCommands()[0]?.outputs, device);
  }

  commandedValue(device: string): number | undefined {
    return this.#valueIn(this.outputs?.commands[0]?.outputs, device);
  }

  code(block: string): string | undefined {
    return this.state.safety.blocks[block]?.code;
  }

  #valueIn(values: readonly number[] | undefined, device: string): number | undefined {
    return values?.[this.context.table.plans[0]?.outputs.findIndex((slot) => slot.device === device) ?? -1];
  }
}

/** Enabled in the cycle that has just ended, and not before. */
function justEnabled(rig: FastRig): FastRig {
  rig.run(3);
  rig.closed.add('reset');
  while (!rig.state.enabled && rig.state.cycle < 20) rig.step();
  rig.closed.delete('reset');
  return rig;
}

describe('between two cycles', () => {
  it('an output of another block is read as it is in this very step', () => {
    const rig = new FastRig();
    rig.makeReady();
    expect([rig.state.unit, rig.commandedValue('power')]).toEqual(['Idle', 1]);
    expect(rig.edge()).toBe(0);
    rig.closed.delete('estop-b');
    expect(rig.edge()).toBe(1);
    expect([rig.code('channels'), rig.code('estop'), rig.state.begunStops.has('emergency-stop')]).toEqual([
      '8806',
      '8804',
      true,
    ]);
  });

  it('`cell.enabled` is what the last cycle has made of it', () => {
    const rig = justEnabled(new FastRig(testedBy('cell.enabled')));
    expect(rig.code('sensor')).toBe('8010');
    rig.closed.delete('estop-b');
    expect([rig.edgeValue('tester'), rig.code('sensor')]).toEqual([0, '8020']);
  });

  it('`cell.running` is too', () => {
    const rig = new FastRig(testedBy('cell.running'));
    rig.makeReady();
    rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('a', { workMasterId: 'work' }) });
    while (rig.state.unit !== 'Execute' && rig.state.cycle < 40) rig.step();
    expect([rig.state.unit, rig.code('sensor')]).toEqual(['Execute', '8010']);
    rig.closed.delete('estop-b');
    expect([rig.edgeValue('tester'), rig.code('sensor')]).toEqual([0, '8020']);
  });

  it('a test that a status began is not begun again by the stop', () => {
    const rig = justEnabled(new FastRig(testedBy('cell.enabled')));
    rig.step();
    expect(rig.code('sensor')).toBe('8020');
    rig.closed.delete('curtain');
    rig.step();
    rig.closed.add('curtain');
    rig.run(2);
    expect(rig.code('sensor')).toBe('8000');
    rig.closed.delete('estop-b');
    expect(rig.edge()).toBe(1);
    rig.step();
    expect(rig.code('sensor')).toBe('8000');
  });

  it('what a block gates is off with the frame that goes out at once, though no stop function reads it', () => {
    const rig = new FastRig();
    rig.makeReady();
    rig.closed.delete('cover-contact');
    expect([rig.edgeValue('power'), rig.code('gate'), rig.state.begunStops.size]).toEqual([0, '8802', 0]);
    expect(rig.edge()).toBe(0);
    rig.step();
    expect([rig.commandedValue('power'), rig.state.unit]).toEqual([0, 'Idle']);
  });

  it('what a block gates does not come back before a cycle, however its input chatters', () => {
    const rig = new FastRig();
    rig.makeReady();
    let frames = 0;
    for (let change = 0; change < 50; change += 1) {
      if (!rig.closed.delete('cover-contact')) rig.closed.add('cover-contact');
      frames += rig.edge();
    }
    expect(frames).toBe(1);
  });

  it('a gate that closes because the cycle does not want its output any more asks for no frame', () => {
    const rig = new FastRig();
    rig.makeReady();
    while (rig.state.enabled && rig.state.cycle < 40) rig.step({ shutdown: true });
    expect([rig.state.enabled, rig.commandedValue('power'), rig.code('gate')]).toEqual([false, 0, '8000']);
    expect(rig.edge()).toBe(0);
  });

  it('a reset that is pressed in the moment of a stop is left for the cycle to see', () => {
    const rig = new FastRig();
    rig.makeReady();
    rig.closed.delete('estop-b');
    rig.closed.add('reset');
    expect(rig.edge()).toBe(1);
    expect(rig.state.safety.resetRose).toBe(false);
    rig.step();
    expect(rig.state.safety.resetRose).toBe(true);
    rig.run(3);
    expect([rig.state.enabled, rig.state.safety.resetRose]).toEqual([false, false]);
  });

  it('an output that follows a block waits for the cycle', () => {
    const rig = new FastRig(testedBy('ask'));
    rig.makeReady();
    rig.closed.add('ask');
    expect([rig.edge(), rig.code('sensor'), rig.commandedValue('tester')]).toEqual([0, '8010', 1]);
    rig.step();
    expect([rig.code('sensor'), rig.commandedValue('tester')]).toEqual(['8020', 0]);
  });
});
