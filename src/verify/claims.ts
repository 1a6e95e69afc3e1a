// Which outputs an input protects, and in which of the ways in which it is read.
import type { CellModel } from '../core/cell-model.ts';
import type { Demand } from './meaning.ts';

/** Outputs that can hurt, with what a stop leaves them. */
export interface HazardousOutput {
  readonly name: string;
  /** Moves, or feeds what moves: stays on while a stop ramps down. */
  readonly keepsPowerInRamp: boolean;
  readonly isJoint: boolean;
}

export function outputsOf(cell: CellModel): readonly HazardousOutput[] {
  const watched = new Set(cell.boards.filter(({ firmware }) => firmware === 'celda').map(({ name }) => name));
  return cell.devices.flatMap((device) => {
    const isJoint = device.kind === 'servo' || device.kind === 'stepper-axis';
    if (!isJoint && device.kind !== 'digital-output') return [];
    if (!isJoint && !device.hazardous) return [];
    if (!watched.has(device.board)) return [];
    const keepsPowerInRamp = isJoint || device.onWhileEnabled;
    return [{ name: device.name, keepsPowerInRamp, isJoint }];
  });
}

/** Outputs that the input of this demand protects, in whichever way it is read. */
export function protectedBy(demand: Demand, cell: CellModel, outputs: readonly HazardousOutput[]): readonly string[] {
  const declared = cell.safety.protects?.[demand.input];
  if (declared !== undefined) return declared;
  if (demand.purpose !== 'hold-to-run') return outputs.map(({ name }) => name);
  const stopped = cell.safety.stopFunctions.filter(({ name }) => demand.stops.includes(name));
  const isHeld = (name: string): boolean =>
    stopped.some((stop) => stop.outputs.includes(name)) || demand.gates.some(({ device }) => device === name);
  return outputs.flatMap(({ name }) => (isHeld(name) ? [name] : []));
}

/** Two ways in which the same input is read, in the same mode. */
function isSameInput(one: Demand, { input, value, mode }: Demand): boolean {
  return one.input === input && one.value === value && one.mode === mode;
}

function isExcused({ excuses, tests }: Demand): boolean {
  return excuses.length > 0 || tests.length > 0;
}

/**
 * Outputs that must be safe while this demand stands. Of an input that is read in several ways, such as a curtain that one stop
 * function reads through a muting and another without, an output is claimed by each way in which one that names it reads the input;
 * one that none of them names is claimed without an excuse if any way has none. Nothing excuses an emergency stop (ISO 13850, 4.1.1).
 */
export function claimedBy(
  demand: Demand,
  demands: readonly Demand[],
  cell: CellModel,
  outputs: readonly HazardousOutput[],
): readonly string[] {
  const names = ({ stops, gates }: Demand, output: string): boolean =>
    gates.some(({ device }) => device === output) ||
    cell.safety.stopFunctions.some((stop) => stops.includes(stop.name) && stop.outputs.includes(output));
  const ways = demands
    .filter((each) => isSameInput(each, demand))
    .map((way) => ({ way, protects: new Set(protectedBy(way, cell, outputs)) }));
  return protectedBy(demand, cell, outputs).filter((output) => {
    if (demand.purpose === 'emergency-stop' || names(demand, output)) return true;
    const protecting = ways.filter(({ protects }) => protects.has(output));
    const isNamed = ways.some(({ way }) => names(way, output));
    return !isNamed && (!isExcused(demand) || protecting.every(({ way }) => isExcused(way)));
  });
}
