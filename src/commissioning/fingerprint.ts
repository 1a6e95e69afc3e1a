// Which parts of a cell's file each point depends on: when one of them changes, the point has to be gone through again.
import { createHash } from 'node:crypto';
import type { BoardModel, CellModel, DeviceModel } from '../core/cell-model.ts';
import { cellReset, type Demand, latchingOn, pathOf } from './demands.ts';
import { boardOf, type Point, resetTrialOf, suppliesOn } from './points.ts';

/** Plain data, whose text is hashed. */
type Parts = Readonly<Record<string, unknown>>;

/** A device without what is only for people. */
function deviceParts(cell: CellModel, name: string): Parts {
  const device = cell.devices.find((each) => each.name === name);
  if (device === undefined) return { missing: name };
  return Object.fromEntries(Object.entries(device).filter(([key]) => key !== 'description'));
}

/** What a board is, without the port that it happens to be on. */
function hardware({ name, kind, firmware, uid }: BoardModel): Parts {
  return { name, kind, firmware, uid };
}

/** And how long it goes on without the controller. */
function timing(board: BoardModel): Parts {
  return { ...hardware(board), leaseMs: board.leaseMs, validityMs: board.validityMs };
}

function boardsOf(cell: CellModel, names: readonly string[]): readonly BoardModel[] {
  const used = new Set(names.map((name) => boardOf(cell.devices.find((device) => device.name === name))));
  return cell.boards.filter(({ name }) => used.has(name));
}

function devicesOn(cell: CellModel, board: string, kinds: readonly DeviceModel['kind'][]): readonly string[] {
  return cell.devices.flatMap((each) => (boardOf(each) === board && kinds.includes(each.kind) ? [each.name] : []));
}

const DRIVEN = ['servo', 'stepper-axis', 'digital-output'] as const;

function ofDevice(cell: CellModel, name: string): Parts {
  return { device: deviceParts(cell, name), boards: boardsOf(cell, [name]).map(hardware) };
}

/** With what it is made of: the switch that homes an axis, the output that feeds its driver, the sensor that measures a joint. */
function drivenParts(cell: CellModel, name: string): Parts {
  const device = cell.devices.find((each) => each.name === name);
  const parts = [
    ...(device?.kind === 'stepper-axis' ? [device.driver, device.homing.switch] : []),
    ...(device?.kind === 'servo' || device?.kind === 'stepper-axis' ? [device.feedback?.input] : []),
  ];
  const used = parts.flatMap((part) => (part === undefined ? [] : [deviceParts(cell, part)]));
  return { ...deviceParts(cell, name), used };
}

function ofDriven(cell: CellModel, name: string): Parts {
  const device = cell.devices.find((each) => each.name === name);
  const board = boardOf(device);
  const feeds = device?.kind === 'servo' && board !== undefined ? suppliesOn(cell, board) : [];
  return {
    ...ofDevice(cell, name),
    device: drivenParts(cell, name),
    supplies: feeds.map((feed) => deviceParts(cell, feed)),
  };
}

function ofLease(cell: CellModel, name: string): Parts {
  const board = cell.boards.find((each) => each.name === name);
  const outputs = devicesOn(cell, name, DRIVEN).map((device) => deviceParts(cell, device));
  return { board: board && timing(board), proveWith: board?.proveWith, outputs };
}

function ofStop(cell: CellModel, stopFunction: string, demand: Demand): Parts {
  const stop = cell.safety.stopFunctions.find(({ name }) => name === stopFunction);
  if (stop === undefined) return {};
  const inputs = demand.inputs.map(({ device }) => device);
  return {
    stop,
    path: pathOf(cell.safety, stop, demand),
    inputs: inputs.map((name) => deviceParts(cell, name)),
    outputs: stop.outputs.map((name) => drivenParts(cell, name)),
    boards: boardsOf(cell, [...inputs, ...stop.outputs]).map(timing),
    cyclePeriodMs: cell.cyclePeriodMs,
    stopTimeBudgetMs: cell.stopTimeBudgetMs,
  };
}

function ofReset(cell: CellModel, device: string): Parts {
  const trial = resetTrialOf(cell, device);
  return {
    ...ofDevice(cell, device),
    isOfCell: cellReset(cell.safety) === device,
    latches: latchingOn(cell.safety, device),
    trial: trial && ofStop(cell, trial.stopFunction, trial.demand),
  };
}

function ofHardWiredStop(cell: CellModel): Parts {
  const hazards = cell.devices.filter(
    (device) =>
      device.kind === 'servo' || device.kind === 'stepper-axis' || ('hazardous' in device && device.hazardous),
  );
  return { outputs: hazards.map(({ name }) => name) };
}

function partsOf(cell: CellModel, point: Point): Parts {
  switch (point.kind) {
    case 'hard-wired-stop':
      return ofHardWiredStop(cell);
    case 'switch':
      return { ...ofDevice(cell, point.device), rest: point.rest, siblings: point.siblings };
    case 'analog':
      return ofDevice(cell, point.device);
    case 'lease':
      return ofLease(cell, point.board);
    case 'forced':
      return {
        kind: point.kind,
        ...ofDriven(cell, point.device),
        feedback: point.feedback.map((name) => deviceParts(cell, name)),
      };
    case 'acting':
      return { kind: point.kind, ...ofDriven(cell, point.device) };
    case 'stop':
      return ofStop(cell, point.stopFunction, point.demand);
    case 'reset':
      return ofReset(cell, point.device);
    default:
      return point satisfies never;
  }
}

/** JSON with sorted keys, so that the order in which an object was made does not count. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** @returns SHA-256, hex, of a text */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** @returns 16 hex digits over all that the point depends on: equal as long as none of it changes */
export function fingerprintOf(cell: CellModel, point: Point): string {
  return hashOf(canonical([point.kind, partsOf(cell, point)])).slice(0, 16);
}
