// What of a file is well-formed, entry by entry, so that one malformed entry does not hide the problems of the others.
import { z } from 'zod';
import type { ResourceKind } from '../core/resources.ts';
import { draftWorkMaster, type WorkMasterDraft } from './draft-steps.ts';
import { type PinClaim, pinClaimsOf } from './pin-claims.ts';
import { valueAt } from './report.ts';
import { type CellSource, cellSchema, cellSectionSchema, poseSchema, programSchema } from './schema.ts';
import { type BoardSource, boardSchema, type DeviceSource, deviceSchema } from './schema-devices.ts';
import { type MaterialSource, materialSchema, type ResourceSource, resourceSchema } from './schema-resources.ts';
import {
  type BlockSource,
  blockSchema,
  type ModesSource,
  modesSchema,
  type PropertySource,
  propertySchema,
  type StopFunctionSource,
  stopFunctionSchema,
  type ZoneSource,
  zoneSchema,
} from './schema-safety.ts';
import { type SimulationSource, simulationSchema } from './schema-simulation.ts';
import { type UnitSource, unitSchema } from './schema-unit.ts';
import type { Path } from './source.ts';

/** Entries of a section by name, in the order of the file; undefined for an entry that is malformed. */
type Section<T> = ReadonlyMap<string, T | undefined>;

/** The well-formed entries of a file. A malformed one counts as declared, so that references to it are not problems too. */
export interface Draft {
  readonly cell: CellSource['cell'] | undefined;
  readonly boards: Section<BoardSource>;
  readonly devices: Section<DeviceSource>;
  /** What every device asks of pins, also of a device that is malformed elsewhere. */
  readonly pinClaims: readonly PinClaim[];
  readonly poses: Section<Readonly<Record<string, number>>>;
  /** Name of the reset input; undefined when missing. */
  readonly reset: string | undefined;
  readonly blocks: Section<BlockSource>;
  readonly zones: Section<ZoneSource>;
  readonly stopFunctions: Section<StopFunctionSource>;
  /** Outputs by the input that protects them. */
  readonly protects: Section<readonly string[]>;
  /** In the order of the file; undefined for one that is malformed. */
  readonly properties: readonly (PropertySource | undefined)[];
  /** Undefined when there is none, or a malformed one. */
  readonly modes: ModesSource | undefined;
  readonly unit: UnitSource | undefined;
  /** By kind, in the order of the file; undefined for one that is malformed. */
  readonly resources: {
    readonly [Kind in Exclude<ResourceKind, 'materials'>]: readonly (ResourceSource | undefined)[];
  } & { readonly materials: readonly (MaterialSource | undefined)[] };
  readonly workMasters: readonly WorkMasterDraft[];
  readonly programs: Section<string>;
  readonly simulation: SimulationSource | undefined;
}

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

function entriesOf(data: unknown, path: Path): object {
  const entries = valueAt(data, path);
  return typeof entries === 'object' && entries !== null && !Array.isArray(entries) ? entries : {};
}

function listOf(data: unknown, path: Path): readonly unknown[] {
  const entries = valueAt(data, path);
  return Array.isArray(entries) ? entries : [];
}

function items<S extends z.ZodType>(data: unknown, path: Path, schema: S): readonly (z.output<S> | undefined)[] {
  return listOf(data, path).map((each) => parsed(schema, each));
}

function section<S extends z.ZodType>(data: unknown, path: Path, schema: S): Section<z.output<S>> {
  return new Map(Object.entries(entriesOf(data, path)).map(([name, value]) => [name, parsed(schema, value)]));
}

/** Takes what is well-formed. The problems of the rest are the schema's to report. */
export function draftOf(data: unknown): Draft {
  const reset = valueAt(data, ['safety', 'reset']);
  return {
    cell: parsed(cellSectionSchema, valueAt(data, ['cell'])),
    boards: section(data, ['boards'], boardSchema),
    devices: section(data, ['devices'], deviceSchema),
    pinClaims: pinClaimsOf(entriesOf(data, ['devices'])),
    poses: section(data, ['poses'], poseSchema),
    reset: typeof reset === 'string' ? reset : undefined,
    blocks: section(data, ['safety', 'blocks'], blockSchema),
    zones: section(data, ['safety', 'zones'], zoneSchema),
    stopFunctions: section(data, ['safety', 'stopFunctions'], stopFunctionSchema),
    protects: section(data, ['safety', 'protects'], z.array(z.string())),
    properties: items(data, ['safety', 'properties'], propertySchema),
    modes: parsed(modesSchema, valueAt(data, ['safety', 'modes'])),
    unit: parsed(unitSchema, valueAt(data, ['unit'])),
    resources: {
      equipment: items(data, ['resources', 'equipment'], resourceSchema),
      physicalAssets: items(data, ['resources', 'physicalAssets'], resourceSchema),
      personnel: items(data, ['resources', 'personnel'], resourceSchema),
      materials: items(data, ['resources', 'materials'], materialSchema),
    },
    workMasters: Object.entries(entriesOf(data, ['workMasters'])).map(([id, source]) =>
      draftWorkMaster(source, ['workMasters', id]),
    ),
    programs: section(data, ['programs'], programSchema),
    simulation: parsed(simulationSchema, valueAt(data, ['simulation'])),
  };
}

/** The whole file, when all of it is well-formed. */
export function completeSource(data: unknown): CellSource | undefined {
  return parsed(cellSchema, data);
}
