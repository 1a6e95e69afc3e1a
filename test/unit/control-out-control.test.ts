// Goal: an output behind an SF_OutControl does not come back by itself, and what asked for it too early is told as a fault of its own.
// Method: whole cycles of a cell whose supply is behind such a block, with a cover that no stop function reads.
import { expect, it } from 'vitest';
import { blockTexts } from '../../src/core/block-texts.ts';
import { CycleRig } from '../support/cycle-rig.ts';
import { smallModel } from '../support/small-cell.ts';

function gatedRig(): CycleRig {
  const rig = new CycleRig(
    smallModel({
      'boards.uno-1.kind': 'mega',
      'devices.cover-contact': { kind: 'digital-input', board: 'uno-1', closedWhen: 'low', pin: 'D30' },
      'safety.blocks.gate': {
        type: 'SF_OutControl',
        safeControl: 'cover-contact',
        processControl: 'power',
        autoReset: true,
        reset: 'reset',
      },
    }),
  );
  for (const name of ['door', 'cover-contact']) rig.closed.add(name);
  rig.makeReady();
  return rig;
}

function powerOf({ context, outputs }: CycleRig): number | undefined {
  const slot = context.table.plans[0]?.outputs.findIndex(({ device }) => device === 'power') ?? -1;
  return outputs?.commands[0]?.outputs[slot];
}

const told = (rig: CycleRig): readonly unknown[] =>
  rig.state.alarms.map(({ code, detail }) => [code, detail['block'], detail['output'], detail['diagCode']]);

it('a sound output is on while it is wanted and safe', () => {
  const rig = gatedRig();
  expect([rig.state.unit, powerOf(rig), told(rig)]).toEqual(['Idle', 1, []]);
});

it('[O5] an output that is still wanted when safety allows it again stays off and stops the cell, until a reset with a fresh wish', () => {
  const rig = gatedRig();
  rig.closed.delete('cover-contact');
  rig.run(3);
  expect([powerOf(rig), told(rig)]).toEqual([0, []]);
  rig.closed.add('cover-contact');
  rig.run(3);
  expect([powerOf(rig), told(rig)]).toEqual([0, [[4202, 'gate', 'power', 'C010']]]);
  expect(rig.state.alarms.map(({ detail }) => blockTexts(detail, 'en'))).toEqual([
    ['C010: the process wanted it on already: it must want it off first'],
  ]);
  rig.run(150);
  expect([rig.state.unit, rig.state.enabled, powerOf(rig)]).toEqual(['Stopped', false, 0]);
  rig.makeReady();
  expect([rig.state.unit, powerOf(rig), told(rig)]).toEqual(['Idle', 1, []]);
});
