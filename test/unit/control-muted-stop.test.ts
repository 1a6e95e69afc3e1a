// Goal: behind a block that may bridge its sensor, the real demand is still told once inputs can be read again. Method: whole cycles of a
// cell with a light curtain that two sensors mute.
import { expect, it } from 'vitest';
import { demandsBehind, inputsBehind } from '../../src/core/permits.ts';
import { CycleRig } from '../support/cycle-rig.ts';
import { smallModel } from '../support/small-cell.ts';

const input = { kind: 'digital-input', board: 'uno-1', closedWhen: 'low' };

function curtainCell() {
  return smallModel({
    'boards.uno-1.kind': 'mega',
    'devices.curtain': { ...input, pin: 'D30' },
    'devices.muting-1': { ...input, pin: 'D31' },
    'devices.muting-2': { ...input, pin: 'D32' },
    'devices.lamp-works': { ...input, pin: 'D33' },
    'devices.muting-key': { ...input, pin: 'D34' },
    'safety.blocks.entry': {
      type: 'SF_MutingPar_2Sensor',
      aopdIn: 'curtain',
      switch11: 'muting-1',
      switch12: 'muting-2',
      mutingLamp: 'lamp-works',
      mutingEnable: 'muting-key',
      discTimeEntryMs: 500,
      maxMutingTimeMs: 5000,
      reset: 'reset',
    },
    'safety.stopFunctions.entry-stop': {
      permission: 'entry',
      category: 1,
      timeLimitMs: 500,
      role: 'protective-stop',
      outputs: ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'],
    },
  });
}

it('a light curtain that may be muted asks for its stop, though its output can be TRUE while it is interrupted', () => {
  const { safety } = curtainCell();
  expect(inputsBehind(safety, 'entry')).not.toContain('curtain');
  expect(demandsBehind(safety, 'entry')).toContain('curtain');
});

it.each([
  ['that was interrupted meanwhile, is told', true],
  ['that was not, sends nobody to it', false],
])('after inputs that could not be read a light curtain %s', (_title, isInterrupted) => {
  const rig = new CycleRig(curtainCell());
  for (const name of ['door', 'curtain', 'lamp-works']) rig.closed.add(name);
  rig.makeReady();
  // The first press starts the block, which looks anew in the cycle after: the unit takes the second.
  rig.makeReady();
  expect(rig.state.unit).toBe('Idle');
  rig.imageAgeMs = 10_000;
  rig.run(3);
  if (isInterrupted) rig.closed.delete('curtain');
  rig.imageAgeMs = 0;
  rig.run(3);
  const told = rig.events.flatMap((event) => (event.kind === 'stop' ? [event.stopFunction] : []));
  expect(told).toEqual(isInterrupted ? ['entry-stop'] : []);
});
