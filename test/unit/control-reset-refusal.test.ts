// Whoever presses reset in vain is told what keeps the cell stopped.
import { describe, expect, it } from 'vitest';
import { createEventLog } from '../../src/app/event-log.ts';
import { describeFault } from '../../src/core/faults.ts';
import { SAFETY_BLOCKS } from '../../src/core/safety-blocks.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';

const RESET = exampleCell().safety.reset;
const SAFETY_INPUTS = ['estop-a', 'estop-b', 'guard-door'];

function stoppedWith(open: readonly string[]): CycleRig {
  const rig = new CycleRig();
  for (const input of SAFETY_INPUTS) if (!open.includes(input)) rig.closed.add(input);
  rig.run(3);
  return rig;
}

function press(rig: CycleRig): void {
  rig.closed.add(RESET);
  rig.run(2);
  rig.closed.delete(RESET);
  rig.run(6);
}

const refusals = (rig: CycleRig) =>
  rig.events.flatMap((event) =>
    event.kind === 'alarm' && event.active && event.fault.code === 4013 ? [event.fault] : [],
  );

describe('a reset at the cell that is refused', () => {
  it('[O6] names the safety inputs that are open, and no others', () => {
    const rig = stoppedWith(['guard-door']);
    press(rig);
    expect(refusals(rig)).toEqual([{ code: 4013, detail: { inputs: 'guard-door' } }]);
    expect(rig.state.unit).toBe('Stopped');
  });

  it('names all that are open, and says it again at each press', () => {
    const rig = stoppedWith(SAFETY_INPUTS);
    press(rig);
    press(rig);
    expect(refusals(rig).map(({ detail }) => detail['inputs'])).toEqual([
      'estop-a, estop-b, guard-door',
      'estop-a, estop-b, guard-door',
    ]);
  });

  it('names the boards that cannot be used, with their links', () => {
    const rig = stoppedWith([]);
    rig.link = 'unproven';
    press(rig);
    expect(refusals(rig)).toEqual([{ code: 4013, detail: { boards: 'uno-1 unproven' } }]);
  });

  it('names the block in error when two channels disagree for good', () => {
    const rig = stoppedWith(['estop-b']);
    rig.run(100);
    rig.closed.add('estop-b');
    rig.run(3);
    press(rig);
    const [refused] = refusals(rig);
    if (refused === undefined) throw new Error('the reset was not refused');
    expect(refused.detail['blocks']).toBe('estop-channels SF_Equivalent C010');
    const { C010 } = SAFETY_BLOCKS.SF_Equivalent.states;
    expect(describeFault(refused)).toContain(`estop-channels C010: ${C010.en}`);
    expect(describeFault(refused, 'es')).toContain(`estop-channels C010: ${C010.es}`);
    expect(rig.state.unit).not.toBe('Idle');
  });

  it('is forgotten as soon as what it named is mended', () => {
    const rig = stoppedWith(['guard-door']);
    press(rig);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([4013]);
    rig.closed.add('guard-door');
    rig.run(2);
    expect(rig.state.alarms).toEqual([]);
    press(rig);
    expect(rig.state.unit).toBe('Idle');
  });

  it('is not forgotten while the board is back and its inputs have not been read yet', () => {
    const rig = stoppedWith(['guard-door']);
    press(rig);
    rig.step({ boards: rig.boards().map((board) => ({ ...board, image: undefined })) });
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([4013]);
    rig.run(2);
    expect(rig.state.alarms.map(({ code }) => code)).toEqual([4013]);
  });

  it('is not told of a press that is accepted, nor of one while the cell runs', () => {
    const rig = stoppedWith([]);
    press(rig);
    expect(rig.state.unit).toBe('Idle');
    press(rig);
    expect(refusals(rig)).toEqual([]);
  });
});

describe('a board whose lease cannot be proven', () => {
  it('is logged with the inputs that it watches and that are open', () => {
    const rig = stoppedWith(['guard-door', 'part-present']);
    rig.link = 'unproven';
    rig.step();
    const body = rig.events.findLast(({ kind }) => kind === 'link');
    if (body === undefined) throw new Error('no link event');
    expect(body).toMatchObject({ board: 'uno-1', state: 'unproven', openInputs: ['guard-door'] });
    const line = createEventLog()({ sequence: 1, at: monotonicMs(1), time: epochMs(1), body });
    expect(line?.text).toBe('board uno-1: link unproven, until these inputs are closed: guard-door');
  });
});

describe('two channels of a normally closed and a normally open contact', () => {
  it('that disagree for good are told with their names, as of any pair', () => {
    const cell = exampleCell();
    const blocks = cell.safety.blocks.map((block) =>
      block.type === 'SF_Equivalent'
        ? {
            type: 'SF_Antivalent' as const,
            name: block.name,
            channelNC: block.channelA,
            channelNO: block.channelB,
            discrepancyTimeMs: block.discrepancyTimeMs,
          }
        : block,
    );
    const rig = new CycleRig({ ...cell, safety: { ...cell.safety, blocks } });
    rig.closed.add('guard-door').add('estop-a').add('estop-b');
    rig.run(100);
    expect(rig.state.alarms).toMatchObject([{ code: 4007, detail: { channels: 'estop-a, estop-b' } }]);
    // The normally open contact opens again: that alone is no demand by both, and clears nothing.
    rig.closed.delete('estop-b');
    press(rig);
    expect(rig.state.alarms.map(({ code }) => code)).toContain(4007);
  });
});
