// The data types that job orders and job responses share (OPC 10031-4 v2.00, 6.3). Plain JSON data; types only.
import type { EpochMs } from './units.ts';

/** A text in one language; `locale` is a BCP 47 tag or empty. */
export interface LocalizedText {
  readonly locale: string;
  readonly text: string;
}

/** A typed value. Whole numbers keep their 64 bits as decimal digits; durations are milliseconds. */
export type JobValue =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'time'; readonly value: EpochMs }
  | { readonly kind: 'duration'; readonly value: number }
  | { readonly kind: 'text'; readonly value: LocalizedText }
  | { readonly kind: 'list'; readonly items: readonly JobValue[] };

/** EUInformation: `unitId` is the number made of the UNECE common code, 0 when not stated. */
export interface EngineeringUnits {
  readonly namespaceUri: string;
  readonly unitId: number;
  /** What people read, e.g. `kPa`. */
  readonly displayName: string;
  readonly description: string;
}

/** ISA95ParameterDataType and ISA95PropertyDataType: a value with a name, and what it consists of. */
export interface JobParameter {
  readonly id: string;
  /** Undefined only where there are parameters below it. */
  readonly value: JobValue | undefined;
  readonly descriptions: readonly LocalizedText[];
  readonly units: EngineeringUnits | undefined;
  readonly subparameters: readonly JobParameter[];
}

/** What all requirements and actuals say. `quantity` is a DecimalString, empty when not stated. */
interface ResourceBase {
  readonly descriptions: readonly LocalizedText[];
  /** EquipmentUse, PersonnelUse, PhysicalAssetUse, MaterialUse; empty: not stated. */
  readonly use: string;
  readonly quantity: string;
  readonly units: EngineeringUnits | undefined;
  readonly properties: readonly JobParameter[];
}

/** Equipment, personnel or a physical asset that an order needs or has used. */
export interface ResourceUse extends ResourceBase {
  readonly id: string;
}

/** Material that an order needs, uses up or makes; at least one of the four ids is not empty. */
export interface MaterialUse extends ResourceBase {
  readonly classId: string;
  readonly definitionId: string;
  readonly lotId: string;
  readonly sublotId: string;
}

/**
 * MaterialUse as ISA-95 part 2 enumerates it for production, maintenance, quality and inventory.
 */
export const MATERIAL_USES = [
  'Consumable',
  'Consumed',
  'Produced',
  'By-product Produced',
  'Co-product Produced',
  'Yield Produced',
  'Material Consumed',
  'Material Produced',
  'Destructive Sample',
  'Returned Sample',
  'Retained Sample',
  'Inventoried',
  'Other',
] as const;

/** Uses of material that an order makes. */
export const MATERIAL_MADE: ReadonlySet<string> = new Set(['Produced', 'Material Produced']);
