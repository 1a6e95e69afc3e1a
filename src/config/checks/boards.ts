// Boards: lease, validity, slots, and boards that claim the same port or identity.
import { SLOTS_MAX } from '../../core/board-plan.ts';
import { processDataBytes, type SignalSlot } from '../../core/process-data.ts';
import { baudOf, timingOf } from '../build.ts';
import type { BoardSource, DeviceKind } from '../schema-devices.ts';
import { type Context, devicesOf, expectDevice, isHazardous, JOINTS, list } from './context.ts';

const CYCLE_DEFAULT_MS = 10;
const LEASE_MIN_MS = 10;

function checkTiming(context: Context, name: string, board: BoardSource): void {
  const { draft, report } = context;
  const cycle = draft.cell?.cyclePeriodMs ?? CYCLE_DEFAULT_MS;
  const min = String(Math.max(LEASE_MIN_MS, 2 * cycle));
  const outputs = devicesOf(context, [...JOINTS, 'digital-output'])
    .filter(([, device]) => device.board === name && isHazardous(device))
    .map(([device]) => device);
  const path = ['boards', name, 'leaseMs'];
  if (board.leaseMs === undefined && outputs.length > 0)
    report.add('lease-missing', path, { min, outputs: list(outputs) });
  if (board.leaseMs !== undefined && board.leaseMs < 2 * cycle) {
    report.add('lease-too-short', path, { min, cycle: String(cycle) });
  }
  const { leaseMs, validityMs } = timingOf(board);
  if (validityMs >= leaseMs) report.add('validity-too-long', ['boards', name, 'validityMs'], { max: String(leaseMs) });
}

/** The highest speed that an Uno or a Mega at 16 MHz holds with the Celda firmware, Bd. */
const BAUD_MAX = 500_000;

function fastestBaud(board: BoardSource): number {
  const baud = baudOf(board);
  return baud === 'auto' ? BAUD_MAX : baud;
}

function checkBaud({ report }: Context, name: string, { baud, kind }: BoardSource): void {
  if (baud === undefined || baud === 'auto' || baud <= BAUD_MAX) return;
  report.add('baud-too-high', ['boards', name, 'baud'], { max: String(BAUD_MAX), kind }, baud);
}

const WITH_SLOTS = ['digital-input', 'analog-input', 'digital-output', 'servo', 'stepper-axis'] as const;

type Slots = Readonly<Record<'inputs' | 'outputs', readonly SignalSlot[]>>;

/** What a device takes of the process data of its board. */
const SLOTS: Readonly<Record<(typeof WITH_SLOTS)[number], Slots>> = {
  'digital-input': { inputs: [{ kind: 'digital' }], outputs: [] },
  'analog-input': { inputs: [{ kind: 'analog' }], outputs: [] },
  'digital-output': { inputs: [], outputs: [{ kind: 'digital' }] },
  servo: { inputs: [], outputs: [{ kind: 'servo' }] },
  'stepper-axis': { inputs: [], outputs: [{ kind: 'axis' }, { kind: 'direction' }] },
};

/** What a stop takes on the line alone, ms: the edge up, the command down, and a tick of the board. */
function leastStopTimeMs(context: Context, name: string, board: BoardSource): number {
  const slots = devicesOf(context, WITH_SLOTS)
    .filter(([, { board: of }]) => of === name)
    .map(([, { kind }]) => SLOTS[kind]);
  const { process, image } = processDataBytes({
    inputs: slots.flatMap(({ inputs }) => inputs),
    outputs: slots.flatMap(({ outputs }) => outputs),
  });
  return 1 + ((image + process) * 10_000) / fastestBaud(board);
}

function checkStopBudget(context: Context, name: string, board: BoardSource): void {
  const budgetMs = context.draft.cell?.stopTimeBudgetMs;
  const min = Math.ceil(leastStopTimeMs(context, name, board));
  if (budgetMs === undefined || budgetMs >= min) return;
  const detail = { min: String(min), baud: String(fastestBaud(board)), board: name };
  context.report.add('stop-budget-too-short', ['cell', 'stopTimeBudgetMs'], detail, budgetMs);
}

/** Only a board with the Celda firmware proves anything, and only with its own outputs. */
function checkProof(context: Context, name: string, { firmware, proveWith }: BoardSource): void {
  const provable = firmware === 'celda' ? name : undefined;
  for (const [index, output] of proveWith.entries()) {
    const path = ['boards', name, 'proveWith', index];
    const device = expectDevice(context, path, output, ['digital-output']);
    if (device === undefined || device.board === provable) continue;
    const own = devicesOf(context, ['digital-output']).filter(([, { board }]) => board === provable);
    context.report.add('output-elsewhere', path, { known: list(own.map(([known]) => known)) }, output);
  }
}

const LANES = {
  inputs: ['digital-input', 'analog-input'],
  outputs: ['servo', 'stepper-axis', 'digital-output'],
} as const satisfies Record<keyof typeof SLOTS_MAX, readonly DeviceKind[]>;

function checkSlots(context: Context, name: string): void {
  for (const lane of ['inputs', 'outputs'] as const) {
    const own = devicesOf(context, LANES[lane]).filter(([, device]) => device.board === name);
    const axes = own.filter(([, { kind }]) => kind === 'stepper-axis').length;
    const count = own.length + axes;
    const detail = { max: String(SLOTS_MAX[lane]), lane };
    if (count > SLOTS_MAX[lane]) context.report.add('too-many-slots', ['boards', name], detail, count);
  }
}

/** Axes that a board kind can step (docs/reference/wire.md, rules of the board). */
const AXES_MAX = { uno: 2, mega: 4 } as const;

function checkAxes(context: Context, name: string, { kind }: BoardSource): void {
  const count = devicesOf(context, ['stepper-axis']).filter(([, { board }]) => board === name).length;
  const max = AXES_MAX[kind];
  if (count > max)
    context.report.add('too-many-slots', ['boards', name], { max: String(max), lane: 'stepper-axis' }, count);
}

function checkIdentity({ draft, report }: Context, key: 'port' | 'uid'): void {
  const owners = new Map<string, string>();
  for (const [name, board] of draft.boards) {
    const identity = board?.[key];
    if (identity === undefined) continue;
    const owner = owners.get(identity);
    if (owner !== undefined) report.add('board-taken', ['boards', name, key], { owner });
    else owners.set(identity, name);
  }
}

/** Only a board that has an identity can be told from others on the ports where it is looked for. */
function checkSearch({ report }: Context, name: string, { uid, searchPorts }: BoardSource): void {
  if (searchPorts !== undefined && uid === undefined)
    report.add('search-without-uid', ['boards', name, 'searchPorts'], {});
}

export function checkBoards(context: Context): void {
  for (const [name, board] of context.draft.boards) {
    if (board === undefined) continue;
    if (board.firmware === 'celda') {
      checkSearch(context, name, board);
      checkBaud(context, name, board);
      checkTiming(context, name, board);
      checkStopBudget(context, name, board);
    }
    checkProof(context, name, board);
    checkSlots(context, name);
    checkAxes(context, name, board);
  }
  checkIdentity(context, 'port');
  checkIdentity(context, 'uid');
}
