// The bypass stage: bypasses begin with a reset at the cell, and end by their time, with the mode, or when somebody ends them. While one
// counts, an alarm says so that nobody can put out of sight.
import { BYPASS_TEXT_MAX, type Bypass, type BypassEnd, requestBypass, stepBypasses } from '../core/bypass.ts';
import type { CellReply, CellRequest } from '../core/cell-event.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { OperatingMode } from '../core/operating-mode.ts';
import { resetEdge } from '../safety/program.ts';
import { clearAlarms, raise, type Turn } from './turn.ts';

/** Requests about bypasses: at the machine only. */
export type LocalRequest = Extract<CellRequest, { readonly kind: 'bypass' | 'clear-bypass' }>;

function alarmOf({ stopFunction, by, reason }: Bypass): Fault {
  return fault(4401, { stopFunction, by, reason });
}

/** What moves by leave of a bypass stops with it. */
function end(turn: Turn, bypass: Bypass, how: BypassEnd, by: string): void {
  const { next, events } = turn;
  const { stopFunction } = bypass;
  events.push({ kind: 'bypass', how, by, bypass });
  clearAlarms(turn, ({ code, detail }) => code === 4401 && detail['stopFunction'] === stopFunction);
  if (bypass.isActive && next.enabled) raise(turn, fault(4402, { stopFunction, how }));
}

/**
 * Boards that are told what to watch from now on open their sessions anew: for that long the selector cannot be read, which is no turn of
 * it. Nothing is driven then, and without a mode a bypass suspends nothing. A selector that cannot be read while the cell is enabled, or
 * because a board was lost, ends it.
 */
function modeOf({ context, inputs, next, readings }: Turn): OperatingMode | undefined {
  const isLost = inputs.boards.some(({ cause }) => cause !== undefined);
  if (next.safety.mode !== undefined || next.enabled || isLost) return next.safety.mode;
  const isUnread = [...context.safetyInputs].some((input) => readings.input(input) === undefined);
  return isUnread ? 'maintenance' : undefined;
}

export function bypassStage(turn: Turn): void {
  const { inputs, next, events } = turn;
  if (next.bypasses.length === 0) return;
  const { list, began, ended } = stepBypasses(next.bypasses, {
    now: inputs.now,
    mode: modeOf(turn),
    enabled: next.enabled,
    resetRose: resetEdge(next.safety),
  });
  next.bypasses = list;
  for (const { bypass, how } of ended) end(turn, bypass, how, '');
  for (const bypass of began) {
    events.push({ kind: 'bypass', how: 'began', by: bypass.by, bypass });
    raise(turn, alarmOf(bypass));
  }
  // A press for a bypass enables nothing: the boards have to be told first, and a person has to want both.
  turn.resetSpent = began.length > 0;
}

export function serveBypass(turn: Turn, request: LocalRequest): CellReply {
  const { requestId } = request;
  const answered = request.kind === 'bypass' ? ask(turn, request) : clear(turn, request);
  if (!('code' in answered)) return { requestId, ok: true, record: undefined, bypass: answered };
  const [by, stopFunction] = [shortened(request.by), shortened(request.stopFunction)];
  turn.events.push({ kind: 'bypass-refused', by, stopFunction, cause: answered });
  return { requestId, ok: false, fault: answered };
}

/** What was refused may be of any length. */
function shortened(text: string): string {
  return text.slice(0, BYPASS_TEXT_MAX);
}

function ask(turn: Turn, request: Extract<LocalRequest, { kind: 'bypass' }>): Bypass | Fault {
  const { context, inputs, next, events } = turn;
  const situation = { now: inputs.now, wall: inputs.wall, mode: next.safety.mode, enabled: next.enabled };
  const asked = requestBypass(context.cell.safety, next.bypasses, request, situation);
  if (!asked.ok) return asked.error;
  next.bypasses = [...next.bypasses, asked.value];
  events.push({ kind: 'bypass', how: 'asked-for', by: request.by, bypass: asked.value });
  return asked.value;
}

function clear(turn: Turn, { stopFunction, by }: Extract<LocalRequest, { kind: 'clear-bypass' }>): Bypass | Fault {
  const { next } = turn;
  const known = next.bypasses.find((bypass) => bypass.stopFunction === stopFunction);
  if (known === undefined) return fault(4403, { stopFunction, cause: 'not-bypassed' });
  next.bypasses = next.bypasses.filter((bypass) => bypass !== known);
  end(turn, known, 'cleared', by);
  return known;
}
