// Which signals of a cell travel on a board's process-data lane, in which slot. The session, the firmware
// configuration, the device codecs and the simulator all index by this plan.
import { type CountsRange, plausibleCounts } from './analog-scale.ts';
import { pinNumber } from './board-pins.ts';
import type { BoardModel, CellModel, DeviceModel, PinName, StepperAxisModel } from './cell-model.ts';
import { type BoardWatch, FIRST_WATCH, permitDelayMs, permitsOf } from './permits.ts';
import { referencesOf } from './safety-blocks.ts';
import { parseReference } from './safety-reference.ts';

/** A process-data input. Its value in a board image: 0 or 1 as the pin level, or the word of an analog input (`analogState`). */
export interface InputSlot {
  readonly device: string;
  readonly pin: number;
  readonly kind: 'digital' | 'analog';
  /** Digital only: the board reports its edge at once. */
  readonly edge: boolean;
  /** Digital only: time the level that means "closed" must be stable before the board reports it, ms. */
  readonly closeFilterMs: number;
  /** Digital only: the same for the other level; 0, at once, for whatever safety reads. */
  readonly openFilterMs: number;
  /** Analog only: counts that the board does not report as out of range. */
  readonly countsRange?: CountsRange;
  /** Digital only: the level that means "closed". Where it is 0 the pin gets the board's pull-up: a broken wire reads as open. */
  readonly closedLevel: 0 | 1;
  /** Of an input that outputs name as a permit: the armed board goes safe by itself this long after an opening, ms. Else 0. */
  readonly permitDelayMs: number;
}

/**
 * A process-data output. Its value in an image: 0 or 1 as the pin level, the pulse width in microseconds (0: no pulses), or for
 * an `axis` its position in steps. A step axis takes two slots, `axis` and right behind it `direction`, whose value is nothing in
 * a command and in the read-back the state of the axis (`axisState`).
 */
export interface OutputSlot {
  readonly device: string;
  readonly pin: number;
  readonly kind: 'digital' | 'servo' | 'axis' | 'direction';
  /** An `axis` always is, its `direction` never: that pin is low for positions that grow. */
  readonly hazardous: boolean;
  /** Value driven when not armed, on lease expiry and on a trip. `HOLD` for a servo that keeps its last pulse. An axis stands: 0. */
  readonly safeValue: number;
  /** Of an `axis` its highest speed, 1..5000 steps/s; of its `direction` its acceleration, 10..65535 times 10 steps/s². */
  readonly limit?: number;
  /** Hazardous only: digital inputs of the same board that must be closed while the board is armed, by input slot, ascending. */
  readonly permits: readonly number[];
}

/** `safeValue` of a servo that keeps its last pulse width when stopped. */
export const HOLD = 0xffff;

/** What the read-back of a `direction` slot says of its axis. */
export interface AxisState {
  /** It gives pulses, or is not where the last command wants it. */
  readonly isMoving: boolean;
  /** What the position counts from: another number after a boot, other pins, or a stop at speed. */
  readonly reference: number;
}

/** @param word read-back of a `direction` slot, u16 */
export function axisState(word: number): AxisState {
  return { isMoving: (word & 1) === 1, reference: word >> 1 };
}

/** All slots of one board in the order of the wire, which is that of the devices. */
export interface BoardPlan {
  readonly board: BoardModel;
  readonly inputs: readonly InputSlot[];
  readonly outputs: readonly OutputSlot[];
}

/** Highest numbers of slots that one process-data frame carries. */
export const SLOTS_MAX = { inputs: 24, outputs: 24 } as const;

function pinOf(board: BoardModel, name: PinName): number {
  const number = pinNumber(board.kind, name);
  if (number === undefined) throw new Error(`board ${board.name} has no pin ${name}: the cell model was not checked`);
  return number;
}

/** Inputs that a safety function or its reset reads: the board reports their edges at once. */
export function safetyInputs(cell: CellModel): ReadonlySet<string> {
  const blocks = new Set(cell.safety.blocks.map(({ name }) => name));
  const references = [cell.safety.reset, ...cell.safety.blocks.flatMap(referencesOf)];
  return new Set(
    references.filter((reference) => parseReference(reference, (name) => blocks.has(name)).kind === 'input'),
  );
}

/** A slot before permits have joined inputs and outputs. */
type Unlinked<Slot> = Omit<Slot, 'permits' | 'permitDelayMs'>;

function inputSlot(
  board: BoardModel,
  device: DeviceModel,
  edges: ReadonlySet<string>,
): Unlinked<InputSlot> | undefined {
  if (device.kind === 'digital-input') {
    return {
      device: device.name,
      pin: pinOf(board, device.pin),
      kind: 'digital',
      edge: edges.has(device.name),
      closeFilterMs: device.closeFilterMs,
      openFilterMs: device.openFilterMs,
      closedLevel: device.closedWhen === 'high' ? 1 : 0,
    };
  }
  if (device.kind === 'analog-input') {
    return {
      device: device.name,
      pin: pinOf(board, device.pin),
      kind: 'analog',
      edge: false,
      closeFilterMs: 0,
      openFilterMs: 0,
      countsRange: plausibleCounts(device),
      closedLevel: 1,
    };
  }
  return undefined;
}

/**
 * What a board may do beyond the profile of the host, so that an axis catches up with its set points instead of trailing ever
 * farther behind them.
 */
const HEADROOM = { speed: 1.25, acceleration: 2 } as const;

/** Highest speed and acceleration of a profile that leave a board its headroom, steps/s and steps/s². */
export const AXIS_STEPS_MAX = { speed: 5_000 / HEADROOM.speed, acceleration: 655_350 / HEADROOM.acceleration } as const;

/** The least acceleration that a board takes, in tens of steps/s². */
const TEN_STEPS_PER_S2_MIN = 10;

/** The two slots of an axis. Its direction is the host's matter: an inverted axis counts backward. */
function axisSlots(board: BoardModel, axis: StepperAxisModel): readonly Unlinked<OutputSlot>[] {
  const { name: device, stepsPerMm } = axis;
  const speed = Math.ceil(axis.velocityMaxMmPerS * stepsPerMm * HEADROOM.speed);
  const tens = Math.ceil((axis.accelerationMaxMmPerS2 * stepsPerMm * HEADROOM.acceleration) / 10);
  const acceleration = Math.max(TEN_STEPS_PER_S2_MIN, tens);
  const both = { device, safeValue: 0 };
  return [
    { ...both, pin: pinOf(board, axis.stepPin), kind: 'axis', hazardous: true, limit: speed },
    { ...both, pin: pinOf(board, axis.directionPin), kind: 'direction', hazardous: false, limit: acceleration },
  ];
}

function outputSlots(board: BoardModel, device: DeviceModel): readonly Unlinked<OutputSlot>[] {
  if (device.kind === 'stepper-axis') return axisSlots(board, device);
  const slot = outputSlot(board, device);
  return slot === undefined ? [] : [slot];
}

function outputSlot(board: BoardModel, device: DeviceModel): Unlinked<OutputSlot> | undefined {
  if (device.kind === 'servo') {
    const safeValue = device.safe === 'hold' ? HOLD : 0;
    return { device: device.name, pin: pinOf(board, device.pin), kind: 'servo', hazardous: true, safeValue };
  }
  if (device.kind === 'digital-output') {
    const safeValue = (device.safe === 'on') === device.activeHigh ? 1 : 0;
    return {
      device: device.name,
      pin: pinOf(board, device.pin),
      kind: 'digital',
      hazardous: device.hazardous,
      safeValue,
    };
  }
  return undefined;
}

function withPermits(
  cell: CellModel,
  board: BoardModel,
  inputs: readonly Unlinked<InputSlot>[],
  outputs: readonly Unlinked<OutputSlot>[],
  watch: BoardWatch,
): Pick<BoardPlan, 'inputs' | 'outputs'> {
  const linked = outputs.map((slot) => {
    const names = slot.hazardous ? permitsOf(cell, slot.device, watch) : new Set<string>();
    return { ...slot, permits: inputs.flatMap(({ device }, index) => (names.has(device) ? [index] : [])) };
  });
  const named = new Set(linked.flatMap(({ permits }) => permits));
  const delayMs = (device: string): number => permitDelayMs(cell, device, board.leaseMs, watch);
  return {
    inputs: inputs.map((slot, index) => ({ ...slot, permitDelayMs: named.has(index) ? delayMs(slot.device) : 0 })),
    outputs: linked,
  };
}

/**
 * One plan per board, in the order of the cell's devices. Pure; the cell model must have passed its checks.
 * @param watch decides what the boards watch by themselves; slots are the same in all cases
 */
export function planBoards(cell: CellModel, watch = FIRST_WATCH): readonly BoardPlan[] {
  const edges = safetyInputs(cell);
  return cell.boards.map((board) => {
    const own = cell.devices.filter((device) => 'board' in device && device.board === board.name);
    const inputs = own.flatMap((device) => inputSlot(board, device, edges) ?? []);
    const outputs = own.flatMap((device) => outputSlots(board, device));
    return { board, ...withPermits(cell, board, inputs, outputs, watch) };
  });
}

/**
 * @param values by input slot, as in a board image
 * @returns the inputs, by device name, whose opening keeps the board from being armed
 */
export function openPermits({ inputs, outputs }: BoardPlan, values: readonly number[]): readonly string[] {
  const named = new Set(outputs.flatMap(({ permits }) => permits));
  return inputs.flatMap(({ device, closedLevel }, slot) =>
    named.has(slot) && values[slot] !== closedLevel ? [device] : [],
  );
}
