// Goal: a job response says what was made, from which lots and how much, as far as the cell knows it, and nothing that it does not know.
import { describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { viewResponse } from '../../src/app/job-response-view.ts';
import type { MaterialUse } from '../../src/core/job-data.ts';
import type { JobOrder, JobRecord } from '../../src/core/job-order.ts';
import type { MaterialModel } from '../../src/core/resources.ts';
import { epochMs } from '../../src/core/units.ts';
import { toWireResponse } from '../../src/mes/job-response-wire.ts';
import { jobRecord } from '../support/channel-samples.ts';

function material(definitionId: string, use: string, lotId = ''): MaterialUse {
  const ids = { classId: '', definitionId, lotId, sublotId: '' };
  return { ...ids, use, quantity: '100', descriptions: [], units: undefined, properties: [] };
}

const KIT = material('KIT-7', 'Produced', 'L-9');
const BLOCKS = material('BLK-40', 'Consumed', 'L-1');
const OIL = material('OIL', 'Consumable');
const LISTED: readonly MaterialModel[] = [{ id: 'BLK-40', description: '', unit: 'pcs', perPart: 2 }];

function response(order: Partial<JobOrder>, record: Partial<JobRecord> = {}, materials = LISTED) {
  const base = jobRecord('J-1');
  const made = { ...base, producedQuantity: 5, goodQuantity: 4, ...record, order: { ...base.order, ...order } };
  const resources = { equipment: [], physicalAssets: [], personnel: [], materials };
  const { JobResponse } = celda.job.v1;
  const wire = JobResponse.decode(JobResponse.encode(toWireResponse(made, { name: 'cell', resources }, '')).finish());
  return viewResponse(wire);
}

function under(root: string, { data }: ReturnType<typeof response>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(data).filter(([id]) => id.startsWith(`${root}/0/`));
  return Object.fromEntries(entries.map(([id, value]) => [id.slice(root.length + 3), value]));
}

const numbers = {
  id: 'OrderNumbers',
  value: { kind: 'list', items: [{ kind: 'string', value: '4711' }] },
  descriptions: [],
  units: undefined,
  subparameters: [],
} as const;

describe('AsBuiltBOM', () => {
  it('names what was made, its lot and order, and the lot and quantity of what its parts have taken', () => {
    const bom = under('AsBuiltBOM', response({ materials: [KIT, BLOCKS, OIL], predefined: [numbers] }));
    expect(bom).toEqual({
      'Identification/ItemNumber': 'KIT-7',
      'Identification/OutputInfo': 3,
      'Identification/OrderNumber': '4711',
      'Identification/LotNumber': 'L-9',
      'ComponentInformation/0/Identification/ItemNumber': 'BLK-40',
      'ComponentInformation/0/Identification/OutputInfo': 3,
      'ComponentInformation/0/Identification/OrderNumber': '4711',
      'ComponentInformation/0/Identification/LotNumber': 'L-1',
      'ComponentInformation/0/Quantity': 10,
    });
  });

  it.each([
    ['nobody said how much a part takes', [KIT, BLOCKS], []],
    ['two lots of it were there', [KIT, BLOCKS, material('BLK-40', 'Consumed', 'L-2')], LISTED],
  ])('leaves the quantity out when %s', (_why, materials, listed) => {
    const answer = response({ materials }, {}, listed);
    const keys = Object.keys(under('AsBuiltBOM', answer));
    expect(keys.filter((id) => id.endsWith('Quantity'))).toEqual([]);
    expect(keys).toContain('ComponentInformation/0/Identification/LotNumber');
    expect(answer.materials.map(({ quantity }) => quantity)).toEqual(['4', ...materials.slice(1).map(() => '')]);
  });

  it.each([
    ['nothing was made', [KIT, BLOCKS], { producedQuantity: 0, goodQuantity: 0 }],
    ['the order names no material that it makes', [BLOCKS], {}],
    ['it makes two that the cell cannot tell apart', [KIT, material('KIT-8', 'Produced'), BLOCKS], {}],
    ['the material that it makes is known by its lot alone', [material('', 'Produced', 'L-9')], {}],
  ])('is not there when %s', (_why, materials, record) => {
    const { data } = response({ materials }, record);
    expect(Object.keys(data).filter((id) => /^(AsBuiltBOM|OutputPerformanceInfo)/.test(id))).toEqual([]);
  });
});

describe('OutputPerformanceInfo', () => {
  it('says when, how much, and what was measured in short', () => {
    const measured = (id: string, value: number) => ({ id, value, unit: 'kPa', timeMs: epochMs(2_500) });
    const measurements = [measured('vacuum', -60), measured('air', 500), measured('vacuum', -70)];
    const times = { startTime: epochMs(2_000), endTime: epochMs(3_000) };
    expect(
      under(
        'OutputPerformanceInfo',
        response({ materials: [material('KIT-7', 'Produced')] }, { measurements, ...times }),
      ),
    ).toEqual({
      'Identification/ItemNumber': 'KIT-7',
      'Identification/OutputInfo': 0,
      StartTime: '1970-01-01T00:00:02.000Z',
      EndTime: '1970-01-01T00:00:03.000Z',
      'Parameters/ProducedQuantity': 5,
      'Parameters/GoodQuantity': 4,
      'Parameters/vacuum/count': 2,
      'Parameters/vacuum/min': -70,
      'Parameters/vacuum/max': -60,
      'Parameters/vacuum/mean': -65,
      'Parameters/air/count': 1,
      'Parameters/air/min': 500,
      'Parameters/air/max': 500,
      'Parameters/air/mean': 500,
    });
  });
});

describe('material actuals', () => {
  it('give what was made and what its parts took as quantities, and nothing of what nobody counts', () => {
    const { materials } = response({ materials: [KIT, BLOCKS, OIL] });
    expect(materials.map(({ quantity }) => quantity)).toEqual(['4', '10', '']);
  });
});
