// What an order requires against what the cell has: unknown ids, more than there is, another unit. One violation per field.

import type { MaterialUse, ResourceUse } from '../core/job-data.ts';
import type { JobOrder } from '../core/job-order.ts';
import { nearest } from '../core/nearest.ts';
import { type MaterialModel, materialsMeant, type ResourceModel, type ResourcesModel } from '../core/resources.ts';
import type { Violations } from './request-checks.ts';

/** What of a cell counts when an order is read. */
export interface CellResources {
  /** Of the cell: equipment that every order may require, one of it. */
  readonly name: string;
  readonly resources?: ResourcesModel;
}

type Requirements = Pick<JobOrder, 'personnel' | 'equipment' | 'physicalAssets' | 'materials'>;

const NOTHING_LISTED: ResourcesModel = { equipment: [], physicalAssets: [], personnel: [], materials: [] };
const SHOWN_MAX = 24;

/** The equipment that orders may require, this cell itself among it; empty: it is not looked at. */
export function equipmentOf({ name, resources }: CellResources): readonly ResourceModel[] {
  const listed = resources?.equipment ?? [];
  if (listed.length === 0 || listed.some(({ id }) => id === name)) return listed;
  return [{ id: name, description: '', quantity: 1 }, ...listed];
}

/** @returns the same with the units filled in that the cell counts in, where the order gives a quantity without one */
export function checkRequirements(order: Requirements, cell: CellResources, violations: Violations): Requirements {
  const { physicalAssets, personnel, materials } = cell.resources ?? NOTHING_LISTED;
  const check = (name: string, entries: readonly ResourceUse[] | undefined, listed: readonly ResourceModel[]) =>
    listed.length === 0
      ? entries
      : entries?.map((each, index) =>
          checkResource(`job_order.${name}_requirements[${index}]`, each, listed, violations),
        );
  const found: Record<keyof Requirements, readonly (ResourceUse | MaterialUse)[] | undefined> = {
    personnel: check('personnel', order.personnel, personnel),
    equipment: check('equipment', order.equipment, equipmentOf(cell)),
    physicalAssets: check('physical_asset', order.physicalAssets, physicalAssets),
    materials:
      materials.length === 0
        ? order.materials
        : order.materials?.map((each, index) => checkMaterial(index, each, materials, violations)),
  };
  return Object.fromEntries(Object.entries(found).filter(([, list]) => list !== undefined));
}

/** One violation per field: what is wrong with its form comes first. */
function add(violations: Violations, field: string, problem: Parameters<Violations['add']>[1]): void {
  if (!violations.found.some((each) => each.field === field)) violations.add(field, problem);
}

function unknown(field: string, id: string, known: readonly string[], violations: Violations): void {
  const meant = nearest(id, known);
  const more = known.length > SHOWN_MAX ? ', ...' : '';
  add(violations, field, {
    given: JSON.stringify(id),
    allowed: `${known.slice(0, SHOWN_MAX).join(', ')}${more}`,
    ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
  });
}

function checkResource(
  place: string,
  use: ResourceUse,
  listed: readonly ResourceModel[],
  violations: Violations,
): ResourceUse {
  const found = listed.find(({ id }) => id === use.id);
  if (found === undefined) {
    // A blank id has been refused as such.
    if (use.id.trim() !== '')
      unknown(
        `${place}.id`,
        use.id,
        listed.map(({ id }) => id),
        violations,
      );
    return use;
  }
  return checkQuantity(place, use, found.unit, found.quantity, violations);
}

function checkMaterial(
  index: number,
  use: MaterialUse,
  listed: readonly MaterialModel[],
  violations: Violations,
): MaterialUse {
  const place = `job_order.material_requirements[${index}]`;
  const meant = materialsMeant(listed, use);
  const [first] = meant;
  if (first === undefined) {
    refuseMaterial(place, use, listed, violations);
    return use;
  }
  if (use.definitionId !== '' && use.classId !== '' && use.classId !== first.class) {
    const allowed = first.class === undefined ? 'nothing' : `${first.class}, or nothing`;
    add(violations, `${place}.material_class_id`, { given: JSON.stringify(use.classId), allowed });
  }
  const units = new Set(meant.map(({ unit }) => unit));
  const most = meant.map(({ quantityMax = Number.POSITIVE_INFINITY }) => quantityMax);
  return checkQuantity(place, use, units.size === 1 ? first.unit : undefined, Math.max(...most), violations);
}

function refuseMaterial(
  place: string,
  use: MaterialUse,
  listed: readonly MaterialModel[],
  violations: Violations,
): void {
  const definitions = listed.map(({ id }) => id);
  const classes = [...new Set(listed.flatMap((each) => each.class ?? []))];
  if (use.definitionId !== '') unknown(`${place}.material_definition_id`, use.definitionId, definitions, violations);
  else if (use.classId !== '') unknown(`${place}.material_class_id`, use.classId, classes, violations);
  else if (use.lotId + use.sublotId !== '') {
    add(violations, `${place}.material_definition_id`, {
      given: 'a lot alone',
      allowed: definitions.slice(0, SHOWN_MAX).join(', '),
      hint: 'say of what material the lot is',
    });
  }
}

function checkQuantity<Use extends ResourceUse | MaterialUse>(
  place: string,
  use: Use,
  unit: string | undefined,
  quantityMax: number,
  violations: Violations,
): Use {
  if (Number(use.quantity) > quantityMax) {
    const allowed = `at most ${quantityMax}${unit === undefined ? '' : ` ${unit}`}`;
    add(violations, `${place}.quantity`, { given: use.quantity, allowed });
  }
  if (unit === undefined) return use;
  const given = use.units?.displayName ?? '';
  if (given !== '' && given !== unit) {
    const field = `${place}.engineering_units.display_name`;
    add(violations, field, { given: JSON.stringify(given), allowed: `${JSON.stringify(unit)}, or no units` });
  }
  if (use.units !== undefined || use.quantity === '') return use;
  return { ...use, units: { namespaceUri: '', unitId: 0, displayName: unit, description: '' } };
}
