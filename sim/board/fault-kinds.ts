// What can be made to fail in a simulated cell, and how. Faults are typed commands; what is not listed is refused.
import type { BoardModel, CellModel, DeviceModel } from '../../src/core/cell-model.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import { err, ok, type Result } from '../../src/core/result.ts';

interface KindEntry {
  readonly meaning: string;
  /** For kinds that come in degrees: unit, default and allowed range of `amount`. */
  readonly amount?:
    | { readonly unit: string; readonly usual: number; readonly min: number; readonly max: number }
    | undefined;
}

/** Of every board, whatever its program, and of its line. */
const BOARD_KINDS = {
  cut: { meaning: 'the line loses everything in both directions' },
  mute: { meaning: 'the line loses what the board sends' },
  corrupt: {
    meaning: 'one bit is flipped in this share of what the line carries',
    amount: { unit: 'of the pieces', usual: 0.2, min: 0, max: 1 },
  },
  delay: {
    meaning: 'the line delivers so much later',
    amount: { unit: 'ms', usual: 200, min: 1, max: 10_000 },
  },
  drift: {
    meaning: "the board's clock runs so much faster than the controller's, or slower below 0",
    amount: { unit: '%', usual: 5, min: -10, max: 10 },
  },
  'wrong-speed': {
    meaning: 'the line of the board runs at this speed, whatever its program says: a wrong divisor or crystal',
    amount: { unit: 'Bd', usual: 9_600, min: 300, max: 2_000_000 },
  },
  hang: { meaning: 'the program of the board goes in circles until its watchdog bites' },
  'power-loss': { meaning: 'the board is dark until the fault is cleared, then it boots' },
} as const satisfies Record<string, KindEntry>;

/** Every kind of fault, by what it is injected into. */
export const FAULT_KINDS = {
  'digital-input': {
    stuck: { meaning: 'keeps the state that it has now' },
    'stuck-open': { meaning: 'reads as open' },
    'stuck-closed': { meaning: 'reads as closed' },
    'broken-wire': { meaning: 'reads as open, as every input must without its wire' },
  },
  'analog-input': {
    frozen: { meaning: 'keeps the value that it has now' },
    'broken-wire': { meaning: 'reads 0 counts' },
    noise: {
      meaning: 'reads up to so many counts too high or too low',
      amount: { unit: 'counts', usual: 40, min: 1, max: 1023 },
    },
  },
  'bus-sensor': {
    frozen: { meaning: 'keeps the value that it has now' },
    'broken-wire': { meaning: 'does not answer' },
  },
  'digital-output': {
    'stuck-on': { meaning: 'what it feeds stays on' },
    'stuck-off': { meaning: 'what it feeds gets nothing' },
    welded: { meaning: 'the contacts of its contactor are welded: what it feeds stays on' },
    'does-not-pull-in': { meaning: 'its contactor stays dropped out whatever its coil gets' },
    'output-stuck-high': { meaning: 'the pin is held at 5 V whatever the board drives, and reads back so' },
    'output-stuck-low': { meaning: 'the pin is held at 0 V whatever the board drives, and reads back so' },
    'broken-wire': { meaning: 'what it feeds gets nothing' },
  },
  servo: {
    stalled: { meaning: 'stays where it is' },
    'broken-wire': { meaning: 'gets no pulses and stays where it is' },
  },
  'stepper-axis': { stalled: { meaning: 'stays where it is, whatever pulses its driver gets' } },
  gripper: {
    'no-vacuum': { meaning: 'the generator gives nothing' },
    leak: {
      meaning: 'the cup reaches only this part of its pressure',
      amount: { unit: 'of the pressure', usual: 0.4, min: 0, max: 1 },
    },
  },
  conveyor: { jammed: { meaning: 'the belt stands still whatever its motor does' } },
  board: {
    ...BOARD_KINDS,
    'late-lease': {
      meaning: 'the program of the board lets go of its outputs so much after its lease, from its next session on',
      amount: { unit: 'ms', usual: 50, min: 1, max: 1_900 },
    },
  },
  /** A board with stock Firmata has no lease that could be late. */
  'stock-board': BOARD_KINDS,
} as const satisfies Record<string, Record<string, KindEntry>>;

type KindsOf = { [C in keyof typeof FAULT_KINDS]: keyof (typeof FAULT_KINDS)[C] };

/** Classes of components that can fail. */
export type FaultClass = keyof typeof FAULT_KINDS;

/** Every kind of fault there is. */
export type SimFaultKind = KindsOf[FaultClass];

export interface SimFault {
  /** Name of a device or of a board of the cell. */
  readonly component: string;
  readonly kind: SimFaultKind;
  /** How much, in the unit of the kind; 0 where the kind has no degrees. */
  readonly amount: number;
}

/** A fault as somebody asks for it: unchecked. */
export interface SimFaultRequest {
  readonly component: string;
  readonly kind: string;
  readonly amount?: number | undefined;
}

export interface FaultableComponent {
  readonly component: string;
  readonly kinds: readonly SimFaultKind[];
}

function faultClass(device: DeviceModel): FaultClass | undefined {
  switch (device.kind) {
    case 'digital-input':
    case 'analog-input':
    case 'digital-output':
    case 'servo':
    case 'stepper-axis':
    case 'conveyor':
      return device.kind;
    case 'thermometer':
      return device.controller === 'DS18B20' || device.controller === 'MCP9808' ? 'bus-sensor' : 'analog-input';
    case 'vacuum-gripper':
      return 'gripper';
    case 'stack-light':
    case 'buzzer':
      return undefined;
    default:
      return device satisfies never;
  }
}

function kindsOf(name: FaultClass): readonly SimFaultKind[] {
  return Object.keys(FAULT_KINDS[name]) as SimFaultKind[];
}

function boardClass({ firmware }: BoardModel): FaultClass {
  return firmware === 'firmata' ? 'stock-board' : 'board';
}

/** Everything that can be injected into this cell. */
export function listFaults(cell: CellModel): readonly FaultableComponent[] {
  const devices = cell.devices.flatMap((device) => {
    const name = faultClass(device);
    return name === undefined ? [] : [{ component: device.name, kinds: kindsOf(name) }];
  });
  const boards = cell.boards.map((board) => ({ component: board.name, kinds: kindsOf(boardClass(board)) }));
  return [...boards, ...devices];
}

function classOf(cell: CellModel, component: string): FaultClass | undefined {
  const board = cell.boards.find(({ name }) => name === component);
  if (board !== undefined) return boardClass(board);
  const device = cell.devices.find((candidate) => candidate.name === component);
  return device === undefined ? undefined : faultClass(device);
}

/** What a kind of fault means for a component; undefined when there is no such component or kind. */
export function describeKind(cell: CellModel, component: string, kind: SimFaultKind): KindEntry | undefined {
  const name = classOf(cell, component);
  const kinds: Readonly<Partial<Record<SimFaultKind, KindEntry>>> = name === undefined ? {} : FAULT_KINDS[name];
  return kinds[kind];
}

/** The answer to a name or number that is not acceptable: fault 6010 with what was given and what is allowed. */
export function refuse<T>(field: string, given: string | number, allowed: string): Result<T, Fault> {
  return err(fault(6010, { field, given, allowed }));
}

/** The kinds that a component can have. @returns fault 6010 when the cell has no such component */
function kindsFor(
  cell: CellModel,
  component: string,
): Result<Readonly<Partial<Record<SimFaultKind, KindEntry>>>, Fault> {
  const name = classOf(cell, component);
  if (name !== undefined) return ok(FAULT_KINDS[name]);
  const allowed = listFaults(cell).map((entry) => entry.component);
  return refuse('component', component, allowed.join(', '));
}

/** Checks names against the cell. @returns the kind's entry, or fault 6010 with what is allowed */
function checkFaultNames(cell: CellModel, component: string, kind: string): Result<FaultNames, Fault> {
  const kinds = kindsFor(cell, component);
  if (!kinds.ok) return kinds;
  if (!Object.hasOwn(kinds.value, kind)) return refuse('kind', kind, Object.keys(kinds.value).join(', '));
  return ok({ component, kind: kind as SimFaultKind, degrees: kinds.value[kind as SimFaultKind]?.amount });
}

interface FaultNames {
  readonly component: string;
  readonly kind: SimFaultKind;
  readonly degrees: KindEntry['amount'];
}

/** Checks a request against the cell. @returns the fault with its amount filled in, or fault 6010 with what is allowed */
export function checkFault(cell: CellModel, request: SimFaultRequest): Result<SimFault, Fault> {
  const names = checkFaultNames(cell, request.component, request.kind);
  if (!names.ok) return names;
  const { component, kind, degrees } = names.value;
  if (degrees === undefined) {
    if (request.amount !== undefined) return refuse('amount', request.amount, `none: ${kind} has no degrees`);
    return ok({ component, kind, amount: 0 });
  }
  const amount = request.amount ?? degrees.usual;
  if (amount >= degrees.min && amount <= degrees.max) return ok({ component, kind, amount });
  return refuse('amount', amount, `${degrees.min} to ${degrees.max} ${degrees.unit}`);
}

/** Checks the names of faults to end. @param kind undefined: all kinds of the component */
export function checkClear(cell: CellModel, component: string, kind: string | undefined): Result<void, Fault> {
  const known = kind === undefined ? kindsFor(cell, component) : checkFaultNames(cell, component, kind);
  return known.ok ? ok(undefined) : known;
}
