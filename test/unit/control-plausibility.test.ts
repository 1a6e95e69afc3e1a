// In the cycle: a sensor that cannot be believed is missing for blocks and steps alike.
import { expect, test } from 'vitest';
import type { CellModel } from '../../src/core/cell-model.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

function withDoor(changes: object): CellModel {
  const cell = exampleCell();
  return {
    ...cell,
    devices: cell.devices.map((device) => (device.name === 'guard-door' ? { ...device, ...changes } : device)),
  };
}

function executing(cell: CellModel): CycleRig {
  const rig = new CycleRig(cell);
  rig.makeReady();
  rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('j') });
  rig.run(3);
  expect(rig.state.unit).toBe('Execute');
  return rig;
}

test('[N3] a contact that is stuck closed for longer than expected stops what its block stops, and is no lost board', () => {
  const rig = executing(withDoor({ changesWithinMs: 200 }));
  rig.run(20);
  expect(rig.state.safety.stops.map(({ phase }) => phase)).toEqual(['permitted', 'stopped']);
  expect(rig.state.alarms.map(({ code }) => code)).toEqual([4002]);
});

test('a contact that is not checked may stay closed for ever', () => {
  const rig = executing(withDoor({}));
  rig.run(200);
  expect(rig.state.alarms.filter(({ code }) => code === 4002)).toEqual([]);
});

test('[A7] a heater is off in the cycle in which its temperature leaves its range, and stays so', () => {
  const cell = exampleCell();
  const rig = executing({
    ...cell,
    devices: cell.devices.map((device) =>
      device.kind === 'analog-input' ? { ...device, whenImplausible: 'protective-stop' as const } : device,
    ),
  });
  const table = rig.context.table.digitalOutputs;
  const heater = table.get('belt-motor');
  const level = (): number | undefined => rig.outputs?.commands[0]?.outputs[heater?.slot ?? -1];
  rig.state = { ...rig.state, conveyorsOn: new Set(['belt']) };
  rig.step();
  expect(level()).toBe(1);
  rig.counts.set('vacuum-pressure', 1023);
  rig.step();
  expect(level()).toBe(0);
  rig.run(50);
  expect([level(), rig.state.alarms[0]?.code]).toEqual([0, 4110]);
});
