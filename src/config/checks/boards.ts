// Boards: lease, validity, slots, and boards that claim the same port or identity.
import { SLOTS_MAX } from '../../core/board-plan.ts';
import { timingOf } from '../build.ts';
import type { BoardSource, DeviceKind } from '../schema-devices.ts';
import { type Context, devicesOf, isHazardous, list } from './context.ts';

const CYCLE_DEFAULT_MS = 10;
const LEASE_MIN_MS = 10;

function checkTiming(context: Context, name: string, board: BoardSource): void {
  const { draft, report } = context;
  const cycle = draft.cell?.cyclePeriodMs ?? CYCLE_DEFAULT_MS;
  const min = String(Math.max(LEASE_MIN_MS, 2 * cycle));
  const outputs = devicesOf(context, ['servo', 'digital-output'])
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

const LANES = {
  inputs: ['digital-input', 'analog-input'],
  outputs: ['servo', 'digital-output'],
} as const satisfies Record<keyof typeof SLOTS_MAX, readonly DeviceKind[]>;

function checkSlots(context: Context, name: string): void {
  for (const lane of ['inputs', 'outputs'] as const) {
    const count = devicesOf(context, LANES[lane]).filter(([, device]) => device.board === name).length;
    const detail = { max: String(SLOTS_MAX[lane]), lane };
    if (count > SLOTS_MAX[lane]) context.report.add('too-many-slots', ['boards', name], detail, count);
  }
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

export function checkBoards(context: Context): void {
  for (const [name, board] of context.draft.boards) {
    if (board === undefined) continue;
    if (board.firmware === 'celda') checkTiming(context, name, board);
    checkSlots(context, name);
  }
  checkIdentity(context, 'port');
  checkIdentity(context, 'uid');
}
