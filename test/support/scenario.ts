// What stories about a whole simulated cell have in common: a cell that is ready, one that moves, and a watch on its hazards.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PinState } from '../../sim/board/board-pins.ts';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { pinNumber } from '../../src/core/board-pins.ts';
import { type OutputSlot, planBoards } from '../../src/core/board-plan.ts';
import type { CellEventBody } from '../../src/core/cell-event.ts';
import type { JobRecord } from '../../src/core/job-order.ts';

export const EXAMPLE = 'cells/pick-and-place/cell.yaml';

/** Longest time for one part in the example cell at its usual speed, ms, with room. */
export const PART_MS_MAX = 15_000;

/**
 * A servo that loses its power is still behind its command by its lag; with power back it makes that good, and no more, degrees.
 */
export const LAG_DEG_MAX = 1;

/** A copy of the example cell in a directory of its own, with one text replaced. @returns its path */
export function changedExample(from: string, to: string): string {
  const text = readFileSync(EXAMPLE, 'utf8');
  if (!text.includes(from)) throw new Error(`the example cell does not say: ${from}`);
  const path = join(mkdtempSync(join(tmpdir(), 'celda-scenario-')), 'cell.yaml');
  writeFileSync(path, text.replace(from, to));
  return path;
}

/** The example cell in virtual time, reset and Idle. */
export async function readyCell(seed: number | string = 1, path = EXAMPLE): Promise<SimulatedCell> {
  const cell = await simulateCell(path, { seed });
  await cell.reset();
  return cell;
}

/** Orders parts and lets the arm travel: to the belt, or, when asked, with the first part on its way to the tray. */
export async function setMoving(cell: SimulatedCell, carrying = false, count = 2): Promise<JobRecord> {
  const { order } = await cell.order('pick-and-place', { count });
  if (carrying) await cell.until(() => isInStep(cell, 'carry the part to the tray'), PART_MS_MAX);
  await cell.advance(300);
  return jobOf(cell, order.jobOrderId);
}

function isInStep(cell: SimulatedCell, label: string): boolean {
  const step = cell.events.findLast(({ body }) => body.kind === 'step')?.body;
  return step?.kind === 'step' && step.label === label && step.phase === 'started';
}

export function jobOf(cell: SimulatedCell, jobOrderId: string): JobRecord {
  const record = cell.jobs.get(jobOrderId);
  if (record === undefined) throw new Error(`there is no job order ${jobOrderId}`);
  return record;
}

/** Bodies of all events of one kind, in order. */
export function eventsOf<K extends CellEventBody['kind']>(
  cell: SimulatedCell,
  kind: K,
): readonly Extract<CellEventBody, { readonly kind: K }>[] {
  return cell.events.flatMap(({ body }) =>
    body.kind === kind ? [body as Extract<CellEventBody, { readonly kind: K }>] : [],
  );
}

/** Codes of the alarms that stand now, first-up. */
export function alarmCodes(cell: SimulatedCell): readonly number[] {
  return cell.snapshot?.alarms.map(({ code }) => code) ?? [];
}

/** Where the joints really are, degrees. */
export function jointsOf(cell: SimulatedCell): readonly number[] {
  return cell.plant.joints.map(({ positionDeg }) => positionDeg);
}

/** How far the joint that has moved farthest is from where it was, degrees. */
export function travelDeg(cell: SimulatedCell, from: readonly number[]): number {
  return Math.max(...jointsOf(cell).map((deg, joint) => Math.abs(deg - (from[joint] ?? Number.NaN))));
}

export function partsIn(cell: SimulatedCell, state: string): number {
  return cell.plant.parts.filter((part) => part.state === state).length;
}

/** Level at an output pin, by its name. */
export function levelAt(cell: SimulatedCell, pin: string): number {
  return cell.board().pin(pinNumber('uno', pin) ?? -1).level;
}

export function hazardsOf(cell: SimulatedCell): readonly OutputSlot[] {
  return planBoards(cell.cell).flatMap((plan) => plan.outputs.filter(({ hazardous }) => hazardous));
}

function isSafe(slot: OutputSlot, state: PinState): boolean {
  return slot.kind === 'servo' ? state.pulseUs === 0 : state.mode === 'output' && state.level === slot.safeValue;
}

/** A board in a reset drives no pin: what hangs on it has its own resistor towards off. */
export function isDriven({ mode }: PinState): boolean {
  return mode !== 'high-impedance';
}

/** Hazardous outputs that the board drives to something else than their safe value now. */
export function drivenOutputs(cell: SimulatedCell): readonly string[] {
  const driven = hazardsOf(cell).filter(({ pin }) => isDriven(cell.board().pin(pin)));
  return driven.filter((slot) => !isSafe(slot, cell.board().pin(slot.pin))).map(({ device }) => device);
}

/** Hazardous outputs whose pin is not at its safe value now. */
export function unsafeOutputs(cell: SimulatedCell): readonly string[] {
  return hazardsOf(cell)
    .filter((slot) => !isSafe(slot, cell.board().pin(slot.pin)))
    .map(({ device }) => device);
}

/** Watches the pins of all hazardous outputs from now on. Times are the board's own, microseconds. */
export class HazardWatch {
  /** When a pin changed last, whatever to. */
  lastChangeUs = 0;
  /** When the last pin came to its safe value; undefined while one is not there. */
  safeAtUs: number | undefined;
  /** When pins left their safe values. */
  readonly unsafeSinceUs: number[] = [];
  readonly #states: Map<number, boolean>;

  /** @param isHarmless what a pin may do besides its safe value, default nothing */
  constructor(cell: SimulatedCell, isHarmless: (state: PinState) => boolean = () => false) {
    const slots = new Map(hazardsOf(cell).map((slot) => [slot.pin, slot]));
    this.#states = new Map([...slots].map(([pin, slot]) => [pin, isSafe(slot, cell.board().pin(pin))]));
    cell.onPinChange(({ pin, state, boardTimeUs }) => {
      const slot = slots.get(pin);
      if (slot === undefined) return;
      this.lastChangeUs = boardTimeUs;
      const wasSafe = this.#allSafe();
      this.#states.set(pin, isSafe(slot, state) || isHarmless(state));
      if (this.#allSafe()) this.safeAtUs ??= boardTimeUs;
      else this.safeAtUs = undefined;
      if (wasSafe && !this.#allSafe()) this.unsafeSinceUs.push(boardTimeUs);
    });
  }

  #allSafe(): boolean {
    return [...this.#states.values()].every(Boolean);
  }
}
