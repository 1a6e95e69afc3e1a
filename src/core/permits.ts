// Which inputs a board watches by itself, and how long it leaves a stop to the controller. Derived from the cell's safety wiring.
import type { CellModel, SafetyModel, StopFunctionModel } from './cell-model.ts';
import type { OperatingMode } from './operating-mode.ts';
import { blockInterface, neededSignals, referencesOf, signalsOf } from './safety-blocks.ts';
import { parseReference } from './safety-reference.ts';

/** A stop with no stop function of its own, or with one that leaves out a joint, removes power after this at the latest, ms. */
export const STOP_TIME_LIMIT_MS = 2000;

/**
 * Inputs that must be closed whenever an output of a block is TRUE, read by it or through other blocks. An input stands for
 * itself; a status of the cell is no input.
 */
export function inputsBehind(safety: SafetyModel, reference: string): readonly string[] {
  const found = parseReference(reference, (name) => safety.blocks.some((block) => block.name === name));
  if (found.kind === 'cell') return [];
  if (found.kind === 'input') return [found.name];
  const block = safety.blocks.find(({ name }) => name === found.name);
  if (block === undefined) return [];
  return [...new Set(neededSignals(block, found.output).flatMap((signal) => inputsBehind(safety, signal)))];
}

/** Blocks that have a part in a signal, by name: the one that it is the output of, and all that feed this. */
export function blocksBehind(safety: SafetyModel, reference: string): ReadonlySet<string> {
  const behind = new Set<string>();
  const visit = (name: string): void => {
    const found = parseReference(name, (candidate) => safety.blocks.some((block) => block.name === candidate));
    const block = found.kind === 'block' ? safety.blocks.find((candidate) => candidate.name === found.name) : undefined;
    if (block === undefined || behind.has(block.name)) return;
    behind.add(block.name);
    referencesOf(block).forEach(visit);
  };
  visit(reference);
  return behind;
}

/**
 * Inputs that can ask for a stop by opening: of a block that bridges its sensor (muting, override, test) more than those that must be
 * closed whenever its output is TRUE.
 */
export function demandsBehind(safety: SafetyModel, permission: string): readonly string[] {
  const behind = blocksBehind(safety, permission);
  const isBlock = (name: string): boolean => safety.blocks.some((block) => block.name === name);
  const demands = safety.blocks
    .filter(({ name }) => behind.has(name))
    .flatMap((block) => {
      const { signals } = blockInterface(block.type);
      return signalsOf(block).flatMap(([key, reference]) => (signals[key]?.isDemand === true ? [reference] : []));
    })
    .filter((reference) => parseReference(reference, isBlock).kind === 'input');
  return [...new Set([...inputsBehind(safety, permission), ...demands])];
}

/** What decides which stop functions count, and so what boards watch by themselves. */
export interface BoardWatch {
  readonly mode: OperatingMode;
  /** Stop functions that are bypassed, by name. */
  readonly bypassed: readonly string[];
}

/** What boards watch as they start. */
export const FIRST_WATCH: BoardWatch = { mode: 'automatic', bypassed: [] };

/** Stop functions that count. */
function stopsIn({ safety }: CellModel, { mode, bypassed }: BoardWatch): readonly StopFunctionModel[] {
  return safety.stopFunctions.filter(
    ({ name, modes }) => (modes === undefined || modes.includes(mode)) && !bypassed.includes(name),
  );
}

function readers(cell: CellModel, watch: BoardWatch, input: string): readonly StopFunctionModel[] {
  return stopsIn(cell, watch).filter(({ permission }) => inputsBehind(cell.safety, permission).includes(input));
}

/**
 * Inputs, on whatever board, of all stop functions that count and take the power from this output: each of them stops it by opening.
 * A stop of category 2 leaves its board armed while its input is open, so no board can watch that by itself.
 */
export function permitsOf(cell: CellModel, output: string, watch = FIRST_WATCH): ReadonlySet<string> {
  const stops = stopsIn(cell, watch).filter(({ category, outputs }) => category !== 2 && outputs.includes(output));
  return new Set(stops.flatMap(({ permission }) => inputsBehind(cell.safety, permission)));
}

/**
 * How long after an opening of this input a board that is still armed goes safe, ms.
 *
 * A trip makes the whole board safe. So it waits until the slowest stop that the input demands is over, lest it cut the
 * ramp of a category 1 stop; and for two leases more, in which the controller's last cycles and its last command pass.
 * 0, at once, when category 0 stops all joints. At most 14,000, by the limits of `timeLimitMs` and `leaseMs`; boards take 15,000.
 */
export function permitDelayMs(cell: CellModel, input: string, leaseMs: number, watch = FIRST_WATCH): number {
  const stops = readers(cell, watch, input);
  const rampsMs = stops.map(({ category, timeLimitMs }) => (category === 0 ? 0 : timeLimitMs));
  const stopped = new Set(stops.flatMap(({ outputs }) => outputs));
  const isJointFree = cell.devices.some(
    ({ kind, name }) => (kind === 'servo' || kind === 'stepper-axis') && !stopped.has(name),
  );
  const rampMs = Math.max(0, ...rampsMs, isJointFree ? STOP_TIME_LIMIT_MS : 0);
  return rampMs === 0 ? 0 : Math.ceil(rampMs) + 2 * leaseMs;
}
