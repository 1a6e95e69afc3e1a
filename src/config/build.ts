// From the checked source to the frozen model of the cell, with its hash.
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type {
  BoardFirmware,
  BoardModel,
  CellModel,
  DeviceModel,
  PlantModel,
  SafetyBlockModel,
  SafetyModel,
  StopFunctionModel,
} from '../core/cell-model.ts';
import type { ModesModel } from '../core/operating-mode.ts';
import { buildWorkMaster } from './build-steps.ts';
import { buildPackml } from './build-unit.ts';
import { valueAt } from './report.ts';
import type { CellSource } from './schema.ts';
import type { BoardSource, DeviceSource } from './schema-devices.ts';
import type { BlockSource, ModesSource, SafetySource, StopFunctionSource } from './schema-safety.ts';
import type { SimulationSource } from './schema-simulation.ts';

/** Lease of a board that has no hazardous output and names none, ms. */
const LEASE_DEFAULT_MS = 100;

/** Lease and validity of a board with their defaults, ms. */
export function timingOf(board: BoardSource): { readonly leaseMs: number; readonly validityMs: number } {
  const leaseMs = board.leaseMs ?? LEASE_DEFAULT_MS;
  return { leaseMs, validityMs: board.validityMs ?? Math.floor(leaseMs / 2) };
}

/** What the firmware of each kind listens at where nobody says more, Bd; StandardFirmata is built for one speed. */
const BAUD_DEFAULT: Readonly<Record<BoardFirmware, number>> = { celda: 115_200, firmata: 57_600 };

/** Speed of a board with its default, Bd. */
export function baudOf({ baud, firmware }: BoardSource): BoardModel['baud'] {
  return baud ?? BAUD_DEFAULT[firmware];
}

function buildBoard(name: string, board: BoardSource): BoardModel {
  const { kind, firmware, port, uid, proveWith, searchPorts } = board;
  const more = searchPorts === undefined ? {} : { searchPorts };
  return { name, kind, firmware, port, uid, baud: baudOf(board), ...timingOf(board), proveWith, ...more };
}

function buildDevice(name: string, device: DeviceSource): DeviceModel {
  if (device.kind === 'digital-output') return { name, ...device, safe: device.safe ?? 'off' };
  return { name, ...device };
}

function buildBlock(name: string, block: BlockSource): SafetyBlockModel {
  return { name, ...block };
}

function buildStopFunction(name: string, stop: StopFunctionSource, zones: SafetySource['zones']): StopFunctionModel {
  const outputs = [...new Set([...stop.zones.flatMap((zone) => zones[zone]?.outputs ?? []), ...stop.outputs])];
  return { name, ...stop, outputs, timeLimitMs: stop.category === 0 ? 0 : (stop.timeLimitMs ?? 0) };
}

function mapEntries<S, T>(entries: Readonly<Record<string, S>>, build: (name: string, entry: S) => T): readonly T[] {
  return Object.entries(entries).map(([name, entry]) => build(name, entry));
}

function buildSafety(safety: SafetySource): SafetyModel {
  const { requireCommissioned, protects, properties, requireVerified } = safety;
  return {
    ...(requireCommissioned === undefined ? {} : { requireCommissioned }),
    ...(protects === undefined ? {} : { protects }),
    ...(properties === undefined ? {} : { properties }),
    ...(requireVerified === undefined ? {} : { requireVerified }),
    reset: safety.reset,
    blocks: mapEntries(safety.blocks, buildBlock),
    zones: mapEntries(safety.zones, (name, zone) => ({ name, ...zone })),
    stopFunctions: mapEntries(safety.stopFunctions, (name, stop) => buildStopFunction(name, stop, safety.zones)),
    ...(safety.modes === undefined ? {} : { modes: buildModes(safety.modes) }),
  };
}

function buildModes({ toolSpeedMaxMmPerS, ...selection }: ModesSource): ModesModel {
  return { selection, toolSpeedMaxMmPerS };
}

function buildPlant(simulation: SimulationSource): PlantModel {
  const axes = mapEntries(simulation.axes, (name, { passes = {}, ...axis }) => ({
    device: name,
    ...axis,
    passes: mapEntries(passes, (input, passage) => ({ input, ...passage })),
  }));
  const contactors = mapEntries(simulation.contactors, (output, contactor) => ({ output, ...contactor }));
  return { ...simulation, contactors, trays: mapEntries(simulation.trays, (name, tray) => ({ name, ...tray })), axes };
}

/**
 * SHA-256, hex, of the meaning of a file: keys sorted, defaults filled in, comments and layout left out. The order of
 * entries counts, since it decides the slots on a board. Program modules count by their path, not their text.
 */
function configHashOf(source: CellSource): string {
  return createHash('sha256').update(canonical(source)).digest('hex');
}

/** Sections whose entries have names, where order has a meaning. */
function canonical(source: CellSource): string {
  const order = [source.boards, source.devices, source.safety.blocks, source.safety.stopFunctions, source.workMasters];
  const boards = mapEntries(source.boards, (name, board) => [name, { ...board, baud: baudOf(board) }] as const);
  return JSON.stringify([
    sorted({ ...source, boards: Object.fromEntries(boards) }),
    order.map((section) => Object.keys(section)),
  ]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Freezes a tree of plain data through and through. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}

/** Absolute path of a program module; relative paths start at the folder of the cell file. */
export function modulePathOf(fileName: string, path: string): string {
  return resolve(dirname(fileName), path);
}

/**
 * Builds the model; the source has passed every check.
 * @param written data of the file, before defaults
 */
export function buildCell(source: CellSource, fileName: string, written: unknown): CellModel {
  const { cell, poses, simulation } = source;
  const axes = new Set(Object.keys(source.devices).filter((name) => source.devices[name]?.kind === 'stepper-axis'));
  return deepFreeze({
    ...cell,
    stopTimeBudgetMs: cell.stopTimeBudgetMs,
    boards: mapEntries(source.boards, buildBoard),
    devices: mapEntries(source.devices, buildDevice),
    poses,
    safety: buildSafety(source.safety),
    packml: buildPackml(source.unit),
    ...(source.unit?.mesLost === undefined ? {} : { mesLost: source.unit.mesLost }),
    ...(source.resources === undefined ? {} : { resources: source.resources }),
    workMasters: mapEntries(source.workMasters, (id, master) =>
      buildWorkMaster(id, master, { poses, axes }, valueAt(written, ['workMasters', id])),
    ),
    programs: mapEntries(source.programs, (name, path) => ({ name, modulePath: modulePathOf(fileName, path) })),
    plant: simulation && buildPlant(simulation),
    configHash: configHashOf(source),
  });
}
