// What a cell has for job orders to require: equipment, physical assets, personnel and material, as its file lists them.
import type { JobOrder } from './job-order.ts';

interface Listed {
  /** As job orders spell it, 1..64 characters. */
  readonly id: string;
  /** For people. */
  readonly description: string;
  /** Unit of its quantity, e.g. `kg`; undefined: whatever the order says. */
  readonly unit?: string;
  /** digital-input that is closed while it is there; undefined: it is always there. */
  readonly presentWhen?: string;
}

/** Equipment, a physical asset or a class of personnel. */
export interface ResourceModel extends Listed {
  /** How much of it the cell has: an order that needs more can never begin. */
  readonly quantity: number;
}

/** A material; its `id` is the MaterialDefinitionID. */
export interface MaterialModel extends Listed {
  /** MaterialClassID. */
  readonly class?: string;
  /** The most of it that one order may name. */
  readonly quantityMax?: number;
  /** How much of it one produced part takes, in `unit`: what an order has consumed is this times its parts. */
  readonly perPart?: number;
}

/** A kind that lists nothing is not looked at: orders may require whatever they want of it. */
export interface ResourcesModel {
  readonly equipment: readonly ResourceModel[];
  readonly physicalAssets: readonly ResourceModel[];
  readonly personnel: readonly ResourceModel[];
  readonly materials: readonly MaterialModel[];
}

/** A kind of resource, as ISA-95 names it. */
export type ResourceKind = keyof ResourcesModel;

/** Something that must be there before an order begins. */
export interface Need {
  readonly kind: ResourceKind;
  readonly id: string;
  /** The digital-input that tells. */
  readonly input: string;
}

/** Uses of material that an order makes or leaves behind: it need not be there before. */
const NOT_NEEDED: ReadonlySet<string> = new Set([
  'Produced',
  'By-product Produced',
  'Co-product Produced',
  'Yield Produced',
  'Material Produced',
  'Destructive Sample',
  'Returned Sample',
  'Retained Sample',
]);

/** True when a material of this use has to be there before the order begins; a use that is not stated counts as such. */
export function isMaterialNeeded(use: string): boolean {
  return !NOT_NEEDED.has(use);
}

/**
 * The listed materials that a requirement can mean: the one of its definition, or all of its class.
 * @returns none when it names neither, or something unknown
 */
export function materialsMeant(
  materials: readonly MaterialModel[],
  named: { readonly definitionId: string; readonly classId: string },
): readonly MaterialModel[] {
  const { definitionId, classId } = named;
  if (definitionId !== '') return materials.filter(({ id }) => id === definitionId);
  return classId === '' ? [] : materials.filter((each) => each.class === classId);
}

/**
 * What an order needs whose presence a sensor tells. Of a class of material every entry counts as an alternative: each inner list
 * is met by one of its members.
 */
export function needsOf(order: JobOrder, resources: ResourcesModel | undefined): readonly (readonly Need[])[] {
  if (resources === undefined) return [];
  const named = (kind: Exclude<ResourceKind, 'materials'>) =>
    (order[kind] ?? []).map(({ id }) => resources[kind].filter((each) => each.id === id).map(need(kind)));
  const materials = (order.materials ?? [])
    .filter(({ use }) => isMaterialNeeded(use))
    .map((each) => materialsMeant(resources.materials, each).map(need('materials')));
  return [...named('equipment'), ...named('physicalAssets'), ...named('personnel'), ...materials]
    .filter((options) => options.length > 0 && options.every(({ input }) => input !== undefined))
    .map((options) => options.flatMap(({ input, ...rest }) => (input === undefined ? [] : [{ ...rest, input }])));
}

function need(kind: ResourceKind) {
  return ({ id, presentWhen }: Listed) => ({ kind, id, input: presentWhen });
}
