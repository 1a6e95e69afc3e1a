// Goal: an order is Ready only while what it requires is there, and says what is missing.
import { expect, test } from 'vitest';
import type { MaterialUse, ResourceUse } from '../../src/core/job-data.ts';
import type { JobOrder, JobRecord } from '../../src/core/job-order.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

const base = { descriptions: [], use: '', quantity: '', units: undefined, properties: [] };
const equipment = (id: string): ResourceUse => ({ ...base, id });
const material = (changes: Partial<MaterialUse>): MaterialUse => ({
  ...base,
  ...{ classId: '', definitionId: '', lotId: '', sublotId: '' },
  ...changes,
});

function readyRig(): CycleRig {
  const listed = { description: '', quantity: 1 };
  const rig = new CycleRig({
    ...exampleCell(),
    resources: {
      equipment: [
        { ...listed, id: 'tool-A', presentWhen: 'part-present' },
        { ...listed, id: 'table' },
      ],
      physicalAssets: [],
      personnel: [],
      materials: [
        { id: 'BLK-1', class: 'block', description: '', presentWhen: 'part-at-pick' },
        { id: 'BLK-2', class: 'block', description: '', presentWhen: 'part-present' },
      ],
    },
  });
  rig.makeReady();
  return rig;
}

function stored(rig: CycleRig, order: Partial<JobOrder>, kind: 'store' | 'store-and-start' = 'store'): () => unknown {
  rig.request({ kind, requestId: 'r', order: jobOrder('j', order) });
  return () => {
    const record = recordOf(rig, 'j');
    return [record?.substate, record?.reason?.detail['id']];
  };
}

function recordOf(rig: CycleRig, id: string): JobRecord | undefined {
  return rig.state.jobs.records.find(({ order }) => order.jobOrderId === id);
}

test('an order waits for equipment that a sensor misses, becomes Ready when it comes, and waits again when it goes', () => {
  const rig = readyRig();
  const place = stored(rig, { equipment: [equipment('table'), equipment('tool-A')] });
  expect(place()).toEqual(['Waiting', 'tool-A']);
  expect(recordOf(rig, 'j')?.reason).toMatchObject({
    code: 6023,
    detail: { resource: 'equipment', id: 'tool-A', input: 'part-present' },
  });
  rig.closed.add('part-present');
  rig.run(5);
  expect(place()).toEqual(['Ready', undefined]);
  rig.closed.delete('part-present');
  rig.run(5);
  expect(place()).toEqual(['Waiting', 'tool-A']);
});

test('an order that may start does not begin before its material is there, and begins by itself then', () => {
  const rig = readyRig();
  stored(rig, { materials: [material({ definitionId: 'BLK-1', use: 'Consumed' })] }, 'store-and-start');
  rig.run(50);
  expect(recordOf(rig, 'j')).toMatchObject({ state: 'AllowedToStart', substate: 'Waiting', reason: { code: 6023 } });
  rig.closed.add('part-at-pick');
  rig.run(50);
  expect(recordOf(rig, 'j')?.state).toBe('Running');
});

test('of a class of material any one that is there will do; what is produced need not be there', () => {
  const rig = readyRig();
  const place = stored(rig, {
    materials: [material({ classId: 'block' }), material({ definitionId: 'BLK-1', use: 'Produced' })],
  });
  expect(place()).toEqual(['Waiting', 'BLK-1 / BLK-2']);
  rig.closed.add('part-present');
  rig.run(5);
  expect(place()).toEqual(['Ready', undefined]);
});

test('an order that requires nothing that a sensor tells is Ready', () => {
  expect(stored(readyRig(), { equipment: [equipment('table')], personnel: [equipment('tool-A')] })()).toEqual([
    'Ready',
    undefined,
  ]);
});

test('while another order runs, the sensor that its parts pass changes nothing of those that wait', () => {
  const rig = readyRig();
  rig.closed.add('part-at-pick');
  stored(rig, { materials: [material({ definitionId: 'BLK-1' })] }, 'store-and-start');
  rig.run(3);
  rig.request({
    kind: 'store',
    requestId: 'q',
    order: jobOrder('next', { materials: [material({ definitionId: 'BLK-1' })] }),
  });
  const { revision } = recordOf(rig, 'next') ?? { revision: -1 };
  rig.closed.delete('part-at-pick');
  rig.run(10);
  rig.closed.add('part-at-pick');
  rig.run(10);
  expect(recordOf(rig, 'j')?.state).toBe('Running');
  expect(recordOf(rig, 'next')).toMatchObject({ substate: 'Ready', revision });
});
