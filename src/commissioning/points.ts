// The plan of a commissioning: what a person has to see of a cell before it works, point by point. Derived from the cell; pure.
import type { CellModel, DeviceModel } from '../core/cell-model.ts';
import { permitsOf } from '../core/permits.ts';
import { signalsOf } from '../core/safety-blocks.ts';
import { blocksBehind, type Demand, type DemandInput, demandsOf, latchingOn, resetInputs } from './demands.ts';

/** In an order that a person can follow: nothing is energised before the hard-wired stop and the inputs are known good. */
export type Point =
  /** Nothing of Celda measures it: the certified stop takes the power away by itself. */
  | { readonly kind: 'hard-wired-stop'; readonly id: 'hard-wired-stop' }
  | {
      readonly kind: 'switch';
      readonly id: string;
      readonly device: string;
      /** What it reads while nobody operates it. */
      readonly rest: 'open' | 'closed';
      /** Channels of the same button or door, which have to stay while this one changes. */
      readonly siblings: readonly string[];
    }
  | { readonly kind: 'analog'; readonly id: string; readonly device: string }
  | { readonly kind: 'lease'; readonly id: string; readonly board: string }
  /** Held by a key while no cell runs. Its `feedback` contacts, closed while it is off, have to follow it. */
  | { readonly kind: 'forced'; readonly id: string; readonly device: string; readonly feedback: readonly string[] }
  /** Seen to act in the enabled cell: what nobody can force, and what Johnny-Five drives or reads. */
  | { readonly kind: 'acting'; readonly id: string; readonly device: string }
  | { readonly kind: 'stop'; readonly id: string; readonly stopFunction: string; readonly demand: Demand }
  | { readonly kind: 'reset'; readonly id: string; readonly device: string };

/** Blocks whose inputs are closed only while a hand is on them. */
const HELD_BY_HAND = /^SF_(TwoHand|EnableSwitch|ModeSelector)/;

/** What is closed all the same while nobody does anything in automatic: by block and its signal. */
const CLOSED_AT_REST: ReadonlySet<string> = new Set(['SF_EnableSwitch.channel2', 'SF_ModeSelector.unlock']);

function isClosedAtRest({ safety }: CellModel, device: string): boolean {
  const isOfAutomatic = (block: string, signal: string): boolean =>
    safety.modes?.selection.automatic === `${block}.${signal}Sel`;
  return safety.blocks.some((block) =>
    signalsOf(block).some(
      ([signal, input]) =>
        input === device && (CLOSED_AT_REST.has(`${block.type}.${signal}`) || isOfAutomatic(block.name, signal)),
    ),
  );
}

interface Reading {
  readonly type: string;
  readonly input: DemandInput;
  readonly together: readonly DemandInput[];
}

/** How the safety blocks read an input; the first counts. */
function readingOf(cell: CellModel, device: string): Reading | undefined {
  for (const stop of cell.safety.stopFunctions) {
    for (const demand of demandsOf(cell, stop)) {
      const input = demand.inputs.find((each) => each.device === device);
      if (input === undefined) continue;
      const type = cell.safety.blocks.find(({ name }) => name === demand.name)?.type ?? '';
      return { type, input, together: demand.inputs };
    }
  }
  return undefined;
}

function switchPoint(cell: CellModel, device: string): Point {
  const reading = readingOf(cell, device);
  const isOpen = reading === undefined || HELD_BY_HAND.test(reading.type) || reading.input.demandsWhen === 'closed';
  const rest = isOpen && !isClosedAtRest(cell, device) ? 'open' : 'closed';
  const siblings = (reading?.together ?? []).map((input) => input.device).filter((name) => name !== device);
  return { kind: 'switch', id: `input/${device}`, device, rest, siblings };
}

/** Nobody but the board watches while an output is forced: one that another board's inputs stop is not. */
function isForcible(cell: CellModel, device: DeviceModel): boolean {
  if (device.kind !== 'servo' && device.kind !== 'digital-output') return false;
  if (cell.boards.find(({ name }) => name === device.board)?.firmware !== 'celda') return false;
  const driven = [device.name, ...(device.kind === 'servo' ? suppliesOn(cell, device.board) : [])];
  const inputs = driven.flatMap((name) => [...permitsOf(cell, name)]);
  return inputs.every((input) => cell.devices.some((each) => each.name === input && boardOf(each) === device.board));
}

/** Outputs that are on while the cell is enabled, of one board. */
export function suppliesOn(cell: CellModel, board: string): readonly string[] {
  return cell.devices.flatMap((each) =>
    each.kind === 'digital-output' && each.onWhileEnabled && each.board === board ? [each.name] : [],
  );
}

/** @returns name of the board that a device is wired to; undefined for one that is made of others */
export function boardOf(device: DeviceModel | undefined): string | undefined {
  return device !== undefined && 'board' in device ? device.board : undefined;
}

/** Contacts of a contactor that open when its output switches it on: nobody operates them by hand. */
function feedbackOf(cell: CellModel, output: string): readonly string[] {
  const contacts = cell.safety.blocks.flatMap((block) =>
    block.type === 'SF_EDM' && block.outControl === output ? [block.edm1, block.edm2] : [],
  );
  return [...new Set(contacts)];
}

/** Seen to follow the output that they belong to. */
function feedbackContacts(cell: CellModel): ReadonlySet<string> {
  const forcible = cell.devices.filter((device) => isForcible(cell, device));
  return new Set(forcible.flatMap(({ name }) => feedbackOf(cell, name)));
}

function inputPoint(cell: CellModel, device: DeviceModel): Point | undefined {
  if (device.kind === 'digital-input') return switchPoint(cell, device.name);
  return device.kind === 'analog-input'
    ? { kind: 'analog', id: `input/${device.name}`, device: device.name }
    : undefined;
}

function outputPoint(cell: CellModel, device: DeviceModel): Point | undefined {
  const { name } = device;
  switch (device.kind) {
    case 'digital-input':
    case 'analog-input':
    case 'vacuum-gripper':
    case 'conveyor':
      return undefined;
    case 'thermometer':
      return { kind: 'acting', id: `input/${name}`, device: name };
    default:
      if (!isForcible(cell, device)) return { kind: 'acting', id: `output/${name}`, device: name };
      return { kind: 'forced', id: `output/${name}`, device: name, feedback: feedbackOf(cell, name) };
  }
}

function stopPoints(cell: CellModel): readonly Point[] {
  return cell.safety.stopFunctions.flatMap((stop) =>
    demandsOf(cell, stop).map((demand) => {
      return { kind: 'stop', id: `stop/${stop.name}/${demand.name}`, stopFunction: stop.name, demand } as const;
    }),
  );
}

/** @returns every point of the cell, in the order in which they are gone through; ids are unique and stay as the cell grows */
export function planPoints(cell: CellModel): readonly Point[] {
  const outputs = cell.devices.flatMap((device) => outputPoint(cell, device) ?? []);
  const contacts = feedbackContacts(cell);
  return [
    { kind: 'hard-wired-stop', id: 'hard-wired-stop' },
    ...cell.devices.flatMap((device) => (contacts.has(device.name) ? [] : (inputPoint(cell, device) ?? []))),
    ...cell.boards
      .filter(({ firmware }) => firmware === 'celda')
      .map(({ name }): Point => ({ kind: 'lease', id: `lease/${name}`, board: name })),
    ...outputs.filter(({ kind }) => kind === 'forced'),
    ...outputs.filter(({ kind }) => kind === 'acting'),
    ...stopPoints(cell),
    ...resetInputs(cell.safety).map((device): Point => ({ kind: 'reset', id: `reset/${device}`, device })),
  ];
}

/** A stop that shows what a reset button does. */
export interface ResetTrial {
  readonly stopFunction: string;
  readonly demand: Demand;
}

/** @returns a stop that latches until this button is pressed, or any stop where no block does; undefined in a cell without stops */
export function resetTrialOf(cell: CellModel, reset: string): ResetTrial | undefined {
  const latching = new Set(latchingOn(cell.safety, reset).map(({ name }) => name));
  const trials = cell.safety.stopFunctions.flatMap((stop) =>
    demandsOf(cell, stop).map((demand) => ({ stop, trial: { stopFunction: stop.name, demand } })),
  );
  const own = trials.find(({ stop }) =>
    blocksBehind(cell.safety, stop.permission).some(({ name }) => latching.has(name)),
  );
  return (own ?? trials[0])?.trial;
}
