// What an order has made and from what, as far as the cell knows it: AsBuiltBOM and OutputPerformanceInfo of OPC 40001-3, 10.1, and
// the quantities of material actuals. The cell counts parts and measures; it reads no serial numbers.
import { type JobParameter, type JobValue, MATERIAL_MADE, type MaterialUse } from '../core/job-data.ts';
import type { JobRecord, Measurement } from '../core/job-order.ts';
import { isMaterialNeeded, type MaterialModel } from '../core/resources.ts';
import { toDecimal } from './wire-values.ts';

/** OutputInfoType: which members of an identification are there. */
const OUTPUT_INFO = { orderNumber: 1, lotNumber: 2 } as const;

export const whole = (value: number): JobValue => ({ kind: 'integer', value: String(value) });
export const real = (value: number): JobValue => ({ kind: 'number', value });
const text = (value: string): JobValue => ({ kind: 'string', value });

export function parameter(id: string, value: JobValue, unit = ''): JobParameter {
  const units = unit === '' ? undefined : { namespaceUri: '', unitId: 0, displayName: unit, description: '' };
  return { id, value, descriptions: [], units, subparameters: [] };
}

function structure(id: string, subparameters: readonly JobParameter[]): JobParameter {
  return { id, value: undefined, descriptions: [], units: undefined, subparameters };
}

/** The one material that the order makes; undefined when it names none or several: the cell does not tell parts apart. */
function madeOf({ order }: JobRecord): MaterialUse | undefined {
  const made = (order.materials ?? []).filter(({ use }) => MATERIAL_MADE.has(use));
  return made.length === 1 ? made[0] : undefined;
}

function isConsumed({ use }: MaterialUse): boolean {
  return isMaterialNeeded(use) && use !== 'Consumable';
}

/** How much of a material the parts have taken, or undefined: nobody said what a part takes, or of which of two lots it was. */
function consumedOf(
  record: JobRecord,
  material: MaterialUse,
  listed: readonly MaterialModel[],
): { readonly quantity: number; readonly unit: string } | undefined {
  const { definitionId } = material;
  const same = (record.order.materials ?? []).filter((each) => each.definitionId === definitionId && isConsumed(each));
  const model = listed.find(({ id }) => id === definitionId);
  if (same.length !== 1 || same[0] !== material || model?.perPart === undefined) return undefined;
  return { quantity: model.perPart * record.producedQuantity, unit: model.unit ?? '' };
}

/** What was used and made. A quantity is what the cell counts: good parts where the order makes one material, and what parts take. */
export function materialActuals(record: JobRecord, listed: readonly MaterialModel[]): readonly MaterialUse[] {
  const made = madeOf(record);
  return (record.order.materials ?? []).map((material) => {
    const consumed = consumedOf(record, material, listed);
    const quantity = material === made ? record.goodQuantity : consumed?.quantity;
    return { ...material, quantity: quantity === undefined ? '' : toDecimal(quantity) };
  });
}

/** OutputInformationDataType: ItemNumber is the MaterialDefinitionID, LotNumber the MaterialLotID. */
function identification(material: MaterialUse, record: JobRecord): JobParameter {
  const orderNumber = orderNumberOf(record);
  const info =
    (orderNumber === undefined ? 0 : OUTPUT_INFO.orderNumber) | (material.lotId === '' ? 0 : OUTPUT_INFO.lotNumber);
  return structure('Identification', [
    parameter('ItemNumber', text(material.definitionId)),
    parameter('OutputInfo', whole(info)),
    ...(orderNumber === undefined ? [] : [parameter('OrderNumber', text(orderNumber))]),
    ...(material.lotId === '' ? [] : [parameter('LotNumber', text(material.lotId))]),
  ]);
}

/** Of several order numbers nobody could say which part is for which. */
function orderNumberOf({ order }: JobRecord): string | undefined {
  const given = order.predefined?.find(({ id }) => id === 'OrderNumbers')?.value;
  const [only, ...others] = given?.kind === 'list' ? given.items : [];
  return only?.kind === 'string' && others.length === 0 ? only.value : undefined;
}

/** @returns both parameters, or none of an order that has made nothing, or does not name the one material that it makes */
export function asBuilt(record: JobRecord, listed: readonly MaterialModel[]): readonly JobParameter[] {
  const made = madeOf(record);
  if (made === undefined || made.definitionId === '' || record.producedQuantity === 0) return [];
  const components = (record.order.materials ?? []).filter((each) => isConsumed(each) && each.definitionId !== '');
  const bom = [
    identification(made, record),
    structure(
      'ComponentInformation',
      components.map((each, index) => structure(String(index), component(record, each, listed))),
    ),
  ];
  return [
    structure('AsBuiltBOM', [structure('0', components.length === 0 ? bom.slice(0, 1) : bom)]),
    structure('OutputPerformanceInfo', [structure('0', performance(record, made))]),
  ];
}

/** BOMComponentInformationDataType; without Quantity where it is not known. */
function component(
  record: JobRecord,
  material: MaterialUse,
  listed: readonly MaterialModel[],
): readonly JobParameter[] {
  const consumed = consumedOf(record, material, listed);
  return [
    identification(material, record),
    ...(consumed === undefined ? [] : [parameter('Quantity', real(consumed.quantity), consumed.unit)]),
  ];
}

/** OutputPerformanceInfoDataType of all parts of the order together. */
function performance(record: JobRecord, made: MaterialUse): readonly JobParameter[] {
  const { startTime, endTime, producedQuantity, goodQuantity } = record;
  return [
    identification(made, record),
    ...(startTime === undefined ? [] : [parameter('StartTime', { kind: 'time', value: startTime })]),
    ...(endTime === undefined ? [] : [parameter('EndTime', { kind: 'time', value: endTime })]),
    structure('Parameters', [
      parameter('ProducedQuantity', real(producedQuantity)),
      parameter('GoodQuantity', real(goodQuantity)),
      ...summaries(record.measurements),
    ]),
  ];
}

function summaries(measurements: readonly Measurement[]): readonly JobParameter[] {
  const firsts = measurements.filter(
    (each, index) => measurements.findIndex((other) => isSameSeries(each, other)) === index,
  );
  return firsts.map((first) => {
    const { id, unit } = first;
    const values = measurements.filter((each) => isSameSeries(each, first)).map(({ value }) => value);
    const sum = values.reduce((total, value) => total + value, 0);
    return structure(id, [
      parameter('count', whole(values.length)),
      parameter('min', real(Math.min(...values)), unit),
      parameter('max', real(Math.max(...values)), unit),
      parameter('mean', real(sum / values.length), unit),
    ]);
  });
}

function isSameSeries(left: Measurement, right: Measurement): boolean {
  return left.id === right.id && left.unit === right.unit;
}
