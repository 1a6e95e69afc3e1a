// Goal: what a cell file lists for job orders to require is taken as it is, and each mistake in it is refused with its place.
import { expect, it } from 'vitest';
import { type Changes, problemsAfter, smallModel } from '../support/small-cell.ts';

const tool = { id: 'tool-A', presentWhen: 'held' };
const faulty: readonly (readonly [title: string, resources: Changes, code: string, path: string])[] = [
  ['a kind that there is not', { machines: [] }, 'unknown-key', 'resources.machines'],
  ['an id that is empty', { equipment: [{ id: '' }] }, 'too-short', 'resources.equipment[0].id'],
  ['an id that is too long', { personnel: [{ id: 'x'.repeat(65) }] }, 'too-long', 'resources.personnel[0].id'],
  ['an id listed twice', { equipment: [tool, { id: 'tool-A' }] }, 'resource-listed-twice', 'resources.equipment[1].id'],
  [
    'none of something',
    { physicalAssets: [{ id: 'R-1', quantity: 0 }] },
    'out-of-range',
    'resources.physicalAssets[0].quantity',
  ],
  [
    'half of something',
    { equipment: [{ id: 'R-1', quantity: 1.5 }] },
    'not-whole-in-range',
    'resources.equipment[0].quantity',
  ],
  [
    'an input that there is not',
    { equipment: [{ ...tool, presentWhen: 'hold' }] },
    'unknown-device',
    'resources.equipment[0].presentWhen',
  ],
  [
    'an output as the sensor',
    { materials: [{ ...tool, presentWhen: 'valve' }] },
    'wrong-kind',
    'resources.materials[0].presentWhen',
  ],
  [
    'a quantity per part of nobody knows what',
    { materials: [{ id: 'BLK', perPart: 1 }] },
    'quantity-without-unit',
    'resources.materials[0].perPart',
  ],
  [
    'less than nothing per part',
    { materials: [{ id: 'BLK', unit: 'kg', perPart: -1 }] },
    'out-of-range',
    'resources.materials[0].perPart',
  ],
];

it.each(faulty)('a cell file is refused for %s', (_title, resources, code, path) => {
  expect(problemsAfter({ resources }).map((each) => [each.code, each.path])).toEqual([[code, path]]);
});

it('what is listed is kept with its defaults; a file that lists nothing has none', () => {
  const { resources } = smallModel({ resources: { equipment: [tool] } });
  expect(resources).toEqual({
    equipment: [{ ...tool, description: '', quantity: 1 }],
    physicalAssets: [],
    personnel: [],
    materials: [],
  });
  expect(smallModel().resources).toBeUndefined();
});
