// Whatever a message holds, it is served or refused: with one violation for each field that is wrong, all of them at once, and
// nothing of it reaches control. Messages are made from the descriptors, so that no field of no message is left out.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import Long from 'long';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { celda } from '../../proto/generated/celda.js';
import { JobOrderReceiverServiceDefinition as JOBS } from '../../proto/generated/services.js';
import { fault } from '../../src/core/faults.ts';
import { err, ok } from '../../src/core/result.ts';
import type { CheckDraft } from '../../src/ports/work-master-check.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';

const bytes = readFileSync(new URL('../../proto/generated/descriptors.bin', import.meta.url));
const root = (protobuf.Root as unknown as { fromDescriptor(set: unknown): protobuf.Root }).fromDescriptor(
  descriptor.FileDescriptorSet.decode(bytes),
);
root.resolveAll();

const SERVICES = [
  'celda.job.v1.JobOrderReceiverService',
  'celda.job.v1.JobResponseProviderService',
  'celda.cell.v1.CellService',
  'celda.cell.v1.WorkMasterService',
];
const METHODS = SERVICES.flatMap((name) =>
  root.lookupService(name).methodsArray.map((method) => ({
    path: `/${name}/${method.name}`,
    type: method.resolvedRequestType as protobuf.Type,
    isStream: method.responseStream === true,
  })),
);

const TEXTS = [
  '',
  'J-1',
  'pick',
  'count',
  'RunsPlanned',
  'r1',
  'r1-0',
  ' ',
  'ñ',
  '../x',
  '__proto__',
  '\u0000',
  'x'.repeat(70),
  'x'.repeat(1_001),
];
const INTEGERS = [0, 1, 2, 3, -1, 7, 99, 40_000, -40_000, 2_147_483_647, -2_147_483_648];
const NUMBERS = [0, 1, -1, 0.5, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const LONGS = [Long.ZERO, Long.ONE, Long.NEG_ONE, Long.MAX_VALUE, Long.MIN_VALUE, Long.fromNumber(253_402_300_800)];

function scalar(type: string): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: 12 }));
    case 'bool':
      return fc.boolean();
    case 'double':
      return fc.constantFrom(...NUMBERS);
    case 'int64':
      return fc.constantFrom(...LONGS);
    case 'uint64':
      return fc.constantFrom(...LONGS.map((each) => each.toUnsigned()));
    default:
      return fc.constantFrom(...INTEGERS);
  }
}

/** Any message of a type: fields missing, right by chance, or wrong in every way that the wire can carry. */
function message(type: protobuf.Type, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const members = type.fieldsArray.flatMap((field) => {
    const { resolvedType } = field;
    if (resolvedType instanceof protobuf.Type && depth === 0) return [];
    const one = resolvedType instanceof protobuf.Type ? message(resolvedType, depth - 1) : scalar(field.type);
    const value = field.repeated ? fc.array(one, { maxLength: 3 }) : one;
    return [[field.name, fc.option(value, { nil: undefined, freq: 2 })] as const];
  });
  return fc.record(Object.fromEntries(members)).map((made) => onlyOneOfEach(type, made));
}

function onlyOneOfEach(type: protobuf.Type, made: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(made).filter(([name, value]) => {
    if (value === undefined) return false;
    const { partOf } = type.fields[name] ?? {};
    return partOf === undefined || partOf === null || partOf.oneof.find((each) => made[each] !== undefined) === name;
  });
  return Object.fromEntries(kept);
}

/** True when the path of a violation names a field of the message, e.g. `job_order.parameters[0].value`. */
function isPlace(type: protobuf.Type, path: string): boolean {
  let at: protobuf.ReflectionObject | null = type;
  for (const part of path.replaceAll(/\[\d+\]/g, '').split('.')) {
    if (!(at instanceof protobuf.Type)) return false;
    const camel = part.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    // The text of a value is where the value is.
    const value: protobuf.ReflectionObject | null | undefined =
      at.name === 'Value' && at.fields[camel] === undefined ? at.fields['textValue']?.resolvedType : at;
    const field: protobuf.Field | undefined = value instanceof protobuf.Type ? value.fields[camel] : undefined;
    if (field === undefined) return false;
    // What a draft has inside is named by its own words.
    if (field.name === 'definition') return true;
    at = field.resolvedType;
  }
  return true;
}

/** Drafts of an even length fit: what is wrong with the others is for the tests of the check itself. */
const checkOdd: CheckDraft = (id, definition) => {
  const [workMaster] = pickCell().workMasters;
  if (definition.length % 2 === 0 && workMaster !== undefined)
    return ok({ workMaster: { ...workMaster, id }, configHash: '' });
  return err([{ path: 'steps[0]', given: definition, allowed: 'an even length', hint: '' }]);
};

let bench: MesBench;

beforeAll(async () => {
  bench = await startMesBench(pickCell(), undefined, undefined, undefined, checkOdd);
  bench.control.hello([jobRecord('J-1')]);
});

beforeEach(() => {
  bench.control.refuseWith = undefined;
  bench.control.requests.length = 0;
});

afterAll(() => bench.stop());

describe('any message', () => {
  it.each(METHODS)(
    'of $path is served, or refused with places that exist, and never a defect',
    async ({ path, type, isStream }) => {
      bench.control.refuseWith = fault(6007);
      await fc.assert(
        fc.asyncProperty(message(type, 4), async (made) => {
          bench.control.requests.length = 0;
          const bytes = type.encode(type.fromObject(made)).finish();
          const ending = await (isStream ? bench.watchRaw(path, bytes) : bench.callRaw(path, bytes));
          if (ending.ok) return;
          expect(ending.details?.domain).toBe('celda.dev');
          expect(['INTERNAL', 'UNKNOWN']).not.toContain(ending.code);
          if (ending.code !== 'INVALID_ARGUMENT') return;
          expect(bench.control.requests).toEqual([]);
          const fields = ending.details?.violations.map(({ field }) => field) ?? [];
          expect(fields.length).toBeGreaterThan(0);
          expect(fields.filter((field) => !isPlace(type, field))).toEqual([]);
        }),
        { numRuns: 30 },
      );
      expect(bench.log).toEqual([]);
    },
  );
});

/** In the place of texts, and of so many bytes that are no UTF-8 when the message is sent. */
const NO_TEXT = 'qQqQqQqQ';
/** A byte that does not occur in UTF-8. */
const NO_BYTE = 0xff;

/** The same with no text in it, and the places where there was one, as violations name them. */
function withoutTexts(type: protobuf.Type, made: Readonly<Record<string, unknown>>, place: string, places: string[]) {
  const changed = Object.entries(made).map(([name, value]): [string, unknown] => {
    const field = type.fields[name];
    const at = `${place}${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    const one = (each: unknown, where: string): unknown => {
      if (field?.type === 'string') {
        places.push(where);
        return NO_TEXT;
      }
      const { resolvedType } = field ?? {};
      if (!(resolvedType instanceof protobuf.Type)) return each;
      return withoutTexts(resolvedType, each as Record<string, unknown>, `${where}.`, places);
    };
    return [name, Array.isArray(value) ? value.map((each, index) => one(each, `${at}[${index}]`)) : one(value, at)];
  });
  return Object.fromEntries(changed);
}

describe('a message with texts that are not UTF-8', () => {
  it.each(METHODS)('for $path is refused with the place of each of them', async ({ path, type, isStream }) => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(message(type, 4), async (made) => {
        const places: string[] = [];
        const bytes = Buffer.from(type.encode(type.fromObject(withoutTexts(type, made, '', places))).finish());
        for (let at = bytes.indexOf(NO_TEXT); at !== -1; at = bytes.indexOf(NO_TEXT))
          bytes.fill(NO_BYTE, at, at + NO_TEXT.length);
        if (places.length === 0) return;
        refused += 1;
        const ending = await (isStream ? bench.watchRaw(path, bytes) : bench.callRaw(path, bytes));
        if (ending.ok) throw new Error('it was served');
        const told = ending.details?.violations.map(({ field }) => field) ?? [];
        const leftOut = Number(ending.details?.metadata['violations_left_out'] ?? 0);
        expect([ending.code, told.length + leftOut]).toEqual(['INVALID_ARGUMENT', places.length]);
        expect(places).toEqual(expect.arrayContaining(told));
        expect(bench.control.requests).toEqual([]);
      }),
      { numRuns: 20 },
    );
    const hasTexts = type.fieldsArray.some(
      (field) => field.type === 'string' || field.resolvedType instanceof protobuf.Type,
    );
    expect(refused > 0).toBe(hasTexts);
  });
});

type Order = celda.job.v1.JobOrder.$Properties;
const long = (chars: number) => 'x'.repeat(chars + 1);
const many = <T>(count: number, one: T): T[] => Array.from({ length: count + 1 }, () => one);
const count = { id: 'count', value: { doubleValue: 3 } };
const resource = { id: 'R' };

const WRONG_PREDEFINED = (
  [
    ['RunsPlanned', { doubleValue: 1.5 }],
    ['RunsPlanned', { int64Value: Long.ZERO }],
    ['PlannedDuration', { durationValue: { seconds: Long.NEG_ONE } }],
    ['PlannedOrderQuantity', { stringValue: '4' }],
    ['Overproduction', { doubleValue: 1 }],
    ['JobExecutionMode', { int64Value: Long.ONE }],
    ['JobName', { listValue: { values: [{ stringValue: 'x' }] } }],
    ['OrderNumbers', { stringValue: '4711' }],
    ['ReasonForStateChange', { boolValue: true }],
  ] satisfies [string, celda.job.v1.Value.$Properties][]
).map(([id, value]): readonly [string, Order] => [
  'job_order.parameters[1].value',
  { parameters: [count, { id, value }] },
]);

/** One thing wrong in each: the field that must be named, and the order that has it. Every field of the order is there. */
const WRONG: readonly (readonly [string, Order])[] = [
  ['job_order.job_order_id', { jobOrderId: 'no id' }],
  ['job_order.descriptions', { descriptions: many(10, { text: 'x' }) }],
  ['job_order.descriptions[0].text', { descriptions: [{ text: long(500) }] }],
  ['job_order.descriptions[0].locale', { descriptions: [{ locale: 'no such tag' }] }],
  ['job_order.work_master_version', { workMasterVersion: long(64), workMasterOptions: [{ id: 'pick' }] }],
  ['job_order.work_master_options', { workMasterOptions: many(10, { id: 'pick' }) }],
  ['job_order.work_master_options[1].id', { workMasterOptions: [{ id: 'pick' }, { id: '' }] }],
  [
    'job_order.work_master_options[0].version',
    { workMasterOptions: [{ id: 'pick', version: long(64) }, { id: 'pick' }] },
  ],
  ['job_order.work_master_id', { workMasterId: 'other', workMasterOptions: [{ id: 'pick' }] }],
  ['job_order.start_time', { startTime: { seconds: Long.fromNumber(-1) } }],
  ['job_order.end_time', { endTime: { seconds: Long.ONE, nanos: 1_000_000_000 } }],
  ['job_order.end_time', { startTime: { seconds: Long.fromNumber(9) }, endTime: { seconds: Long.ONE } }],
  ['job_order.priority', { priority: 32_768 }],
  ['job_order.parameters["count"]', { parameters: [] }],
  ['job_order.parameters[1].id', { parameters: [count, { id: 'coutn', value: { doubleValue: 1 } }] }],
  ['job_order.parameters[0].value', { parameters: [{ id: 'count', value: { doubleValue: 11 } }] }],
  ['job_order.parameters[0].value', { parameters: [{ id: 'count', value: { doubleValue: Number.NaN } }] }],
  ['job_order.parameters[0].value', { parameters: [{ id: 'count', value: { durationValue: {} } }] }],
  ['job_order.parameters[0].unit', { parameters: [{ ...count, unit: 'kg' }] }],
  [
    'job_order.parameters[0].engineering_units.display_name',
    { parameters: [{ ...count, engineeringUnits: { displayName: 'kg' } }] },
  ],
  ['job_order.parameters[0].subparameters', { parameters: [{ ...count, subparameters: [count] }] }],
  ['job_order.parameters[0].descriptions[0].text', { parameters: [{ ...count, descriptions: [{ text: long(500) }] }] }],
  ...WRONG_PREDEFINED,
  ['job_order.parameters[1].id', { parameters: [count, { id: 'GoodQuantity', value: { doubleValue: 1 } }] }],
  ['job_order.personnel_requirements', { personnelRequirements: many(50, resource) }],
  ['job_order.personnel_requirements[0].id', { personnelRequirements: [{}] }],
  [
    'job_order.personnel_requirements[0].personnel_use',
    { personnelRequirements: [{ ...resource, personnelUse: long(64) }] },
  ],
  ['job_order.equipment_requirements[0].quantity', { equipmentRequirements: [{ ...resource, quantity: '1e3' }] }],
  [
    'job_order.equipment_requirements[0].equipment_use',
    { equipmentRequirements: [{ ...resource, equipmentUse: long(64) }] },
  ],
  [
    'job_order.equipment_requirements[0].engineering_units.display_name',
    { equipmentRequirements: [{ ...resource, engineeringUnits: { unitId: 7 } }] },
  ],
  [
    'job_order.physical_asset_requirements[0].properties',
    {
      physicalAssetRequirements: [
        {
          ...resource,
          properties: Array.from({ length: 51 }, (_, index) => ({ id: `p${index}`, value: { boolValue: true } })),
        },
      ],
    },
  ],
  [
    'job_order.physical_asset_requirements[0].properties[0].value',
    { physicalAssetRequirements: [{ ...resource, properties: [{ id: 'p' }] }] },
  ],
  [
    'job_order.physical_asset_requirements[0].physical_asset_use',
    { physicalAssetRequirements: [{ ...resource, physicalAssetUse: long(64) }] },
  ],
  [
    'job_order.material_requirements[0].material_definition_id',
    { materialRequirements: [{ materialUse: 'Consumed' }] },
  ],
  [
    'job_order.material_requirements[0].material_use',
    { materialRequirements: [{ materialLotId: 'L', materialUse: 'Eaten' }] },
  ],
  ['job_order.material_requirements[0].quantity', { materialRequirements: [{ materialLotId: 'L', quantity: '-1' }] }],
  ['job_order.material_requirements[0].material_class_id', { materialRequirements: [{ materialClassId: long(64) }] }],
];

const RIGHT: Order = { jobOrderId: 'J-new', workMasterId: 'pick', parameters: [count] };

async function fieldsOf(jobOrder: Order): Promise<readonly string[] | string> {
  for (const method of [JOBS.storeAndStartJobOrder, JOBS.storeJobOrder, JOBS.updateJobOrder]) {
    const ending = await bench.call(method, { jobOrder });
    if (ending.ok) return 'served';
    if (method === JOBS.updateJobOrder) return (ending.details?.violations ?? []).map(({ field }) => field);
  }
  return 'served';
}

describe('an order with one field that is wrong', () => {
  it.each(WRONG)('is refused by all methods that take one, with %s alone', async (field, change) => {
    expect(await fieldsOf({ ...RIGHT, ...change })).toEqual([field]);
    expect(bench.control.requests).toEqual([]);
  });

  it('is refused for every member of the order', () => {
    const members = Object.keys(root.lookupType('celda.job.v1.JobOrder').fields);
    const touched = new Set(WRONG.flatMap(([, change]) => Object.keys(change)));
    expect(members.filter((name) => !touched.has(name))).toEqual([]);
  });
});

describe('an order with several fields that are wrong', () => {
  it('is refused with all of them at once', async () => {
    const apart = WRONG.filter(([, change]) => Object.keys(change).length === 1);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...apart], { minLength: 1, maxLength: 8 }), async (chosen) => {
        const byMember = new Map(chosen.map((each) => [Object.keys(each[1])[0], each]));
        const picked = [...byMember.values()];
        const fields = await fieldsOf(Object.assign({}, RIGHT, ...picked.map(([, change]) => change)) as Order);
        expect(typeof fields === 'string' ? fields : [...fields].sort()).toEqual(picked.map(([field]) => field).sort());
        expect(bench.control.requests).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an order that requires what the cell has not', () => {
  const listed = { description: '', quantity: 2 };
  const resources = {
    equipment: [{ ...listed, id: 'gripper-A' }],
    physicalAssets: [{ ...listed, id: 'R-1', unit: 'pcs' }],
    personnel: [{ ...listed, id: 'operator' }],
    materials: [
      { id: 'BLK-1', class: 'block', description: '', unit: 'pcs', quantityMax: 10 },
      { id: 'OIL', description: '', unit: 'kg' },
    ],
  };
  let listing: MesBench;

  beforeAll(async () => {
    listing = await startMesBench({ ...pickCell(), resources });
    listing.control.hello([]);
  });
  afterAll(() => listing.stop());

  const kg = { displayName: 'kg' };
  /** By member: entries that are wrong in one field each, and the field. */
  const WRONG_NEEDS: Readonly<Record<string, readonly (readonly [field: string, entry: object])[]>> = {
    personnelRequirements: [
      ['id', { id: 'operater' }],
      ['quantity', { id: 'operator', quantity: '3' }],
    ],
    equipmentRequirements: [
      ['id', { id: 'gripper-B', quantity: '7' }],
      ['quantity', { id: 'gripper-A', quantity: '2.5' }],
      ['quantity', { id: 'small', quantity: '2' }],
      ['quantity', { id: 'gripper-A', quantity: '1e9' }],
    ],
    physicalAssetRequirements: [
      ['id', { id: 'r-1' }],
      ['engineering_units.display_name', { id: 'R-1', engineeringUnits: kg }],
      ['engineering_units.display_name', { id: 'R-1', engineeringUnits: { unitId: 7 } }],
    ],
    materialRequirements: [
      ['material_definition_id', { materialDefinitionId: 'BLK' }],
      ['material_definition_id', { materialLotId: 'L-1' }],
      ['material_class_id', { materialClassId: 'blocks' }],
      ['material_class_id', { materialClassId: long(64) }],
      ['material_class_id', { materialDefinitionId: 'OIL', materialClassId: 'block' }],
      ['quantity', { materialDefinitionId: 'BLK-1', quantity: '11' }],
      ['engineering_units.display_name', { materialClassId: 'block', engineeringUnits: kg }],
    ],
  };
  const ENTRIES = Object.entries(WRONG_NEEDS).flatMap(([member, entries]) =>
    entries.map((entry) => ({ member, entry })),
  );

  it('is refused with one violation for each of them, all at once, and nothing reaches control', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(ENTRIES, { minLength: 1 }), async (chosen) => {
        const members = Object.keys(WRONG_NEEDS).flatMap((name) => {
          const entries = chosen.flatMap(({ member, entry }) => (member === name ? [entry] : []));
          return entries.length === 0 ? [] : [[name, entries] as const];
        });
        const order = {
          ...RIGHT,
          ...Object.fromEntries(members.map(([name, entries]) => [name, entries.map(([, each]) => each)])),
        };
        const ending = await listing.call(JOBS.storeJobOrder, { jobOrder: order });
        const expected = members.flatMap(([name, entries]) => {
          const place = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
          return entries.map(([field], index) => `job_order.${place}[${index}].${field}`);
        });
        const fields = ending.ok ? [] : (ending.details?.violations ?? []).map(({ field }) => field);
        expect(fields.toSorted()).toEqual(expected.toSorted());
        expect(listing.control.requests).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is told what there is, and what was probably meant', async () => {
    const ending = await listing.call(JOBS.storeJobOrder, {
      jobOrder: { ...RIGHT, personnelRequirements: [{ id: 'operater' }] },
    });
    expect(ending.ok ? [] : ending.details?.violations[0]?.description).toBe(
      'given "operater"; allowed: operator; did you mean operator?',
    );
  });

  it('can read in the capabilities what there is', async () => {
    const ending = await listing.call(JOBS.getReceiverCapabilities, {});
    expect(ending.ok ? ending.value : undefined).toMatchObject({
      equipmentIds: ['small', 'gripper-A'],
      physicalAssetIds: ['R-1'],
      personnelIds: ['operator'],
      materialClassIds: ['block'],
      materialDefinitionIds: ['BLK-1', 'OIL'],
    });
  });

  it('reaches control when it requires what there is, with the unit of the cell filled in', async () => {
    const materialRequirements = [{ materialDefinitionId: 'OIL', quantity: '0.5' }];
    const right = {
      ...RIGHT,
      materialRequirements,
      equipmentRequirements: [{ id: 'small' }, { id: 'gripper-A', quantity: '2' }],
    };
    const ending = await listing.call(JOBS.storeJobOrder, { jobOrder: right });
    expect(ending.ok).toBe(true);
    expect(listing.control.requests).toMatchObject([
      { order: { materials: [{ definitionId: 'OIL', quantity: '0.5', units: { displayName: 'kg' } }] } },
    ]);
  });
});
