// The alarm stage: says whether the causes of latched alarms are still there, lets shelves and floods end, and does what
// people ask for. None of it has any influence on what is driven.
import { acknowledge, noteCauses, passTime, type Stamp, shelve, unshelve } from '../core/alarm-list.ts';
import type { CellReply, CellRequest } from '../core/cell-event.ts';
import type { Fault } from '../core/faults.ts';
import { blockStatuses } from '../safety/program.ts';
import { isUsable } from './safety-stage.ts';
import { keepAlarms, type Turn } from './turn.ts';

/** Requests about alarms. */
export type AlarmRequest = Extract<CellRequest, { readonly alarmId: number }>;

function stampOf({ inputs }: Turn): Stamp {
  return { now: inputs.now, wall: inputs.wall };
}

/** Of a board: it is not as it has to be now. */
function isBoardUnusable({ context, inputs }: Turn, name: unknown): boolean {
  const index = context.cell.boards.findIndex((board) => board.name === name);
  const link = inputs.boards[index]?.link;
  return link !== undefined && !isUsable(link);
}

function isStopDemanded({ context, readings }: Turn, stopFunction: unknown): boolean {
  const demands = typeof stopFunction === 'string' ? context.stopDemands.get(stopFunction) : undefined;
  if (demands === undefined) return false;
  return demands.some((input) => context.table.digitalInputs.has(input) && readings.input(input) !== true);
}

/** The cause of a latched alarm is there now. What came and went within a cycle is over at once. */
function isCauseThere(turn: Turn, { code, detail }: Fault): boolean {
  const { context, next, inputs } = turn;
  if (code === 4001 || code === 4002) return isStopDemanded(turn, detail['stopFunction']);
  if (code === 4007) {
    return blockStatuses(context.cell.safety, next.safety).some(({ name, error }) => error && name === detail['block']);
  }
  if (code === 4004) return inputs.shutdown;
  if (code === 7004) return true;
  return isBoardUnusable(turn, detail['board']);
}

export function alarmStage(turn: Turn): void {
  const { next } = turn;
  const before = next.alarmList;
  if (before.alarms.length === 0 && before.shelves.length === 0 && before.flood === undefined) return;
  const stamp = stampOf(turn);
  const noted = noteCauses(before, (fault) => isCauseThere(turn, fault), stamp);
  keepAlarms(turn, passTime(noted, stamp));
  const shelved = before.alarms.filter(({ shelf }) => shelf !== undefined);
  for (const { id, shelf } of shelved) {
    const alarm = next.alarmList.alarms.find((known) => known.id === id);
    if (alarm === undefined || alarm.shelf !== undefined) continue;
    turn.events.push({ kind: 'alarm-handled', how: 'unshelved', by: shelf?.owner ?? '', alarm });
  }
}

/** Tells that more alarms come than anybody can read, and that it is over. */
export function tellFlood(turn: Turn, before: Turn['next']['alarmList']): void {
  const { flood } = turn.next.alarmList;
  if (before.flood?.number === flood?.number) return;
  if (before.flood !== undefined) turn.events.push({ kind: 'flood', active: false, flood: before.flood });
  if (flood !== undefined) turn.events.push({ kind: 'flood', active: true, flood });
}

const DONE = {
  'acknowledge-alarm': 'acknowledged',
  'shelve-alarm': 'shelved',
  'unshelve-alarm': 'unshelved',
} as const satisfies Record<AlarmRequest['kind'], string>;

function handle({ next }: Turn, request: AlarmRequest, stamp: Stamp): ReturnType<typeof unshelve> {
  const { alarmId, by } = request;
  switch (request.kind) {
    case 'acknowledge-alarm':
      return acknowledge(next.alarmList, alarmId, by, stamp);
    case 'shelve-alarm':
      return shelve(next.alarmList, { id: alarmId, owner: by, reason: request.reason, forMs: request.forMs }, stamp);
    case 'unshelve-alarm':
      return unshelve(next.alarmList, alarmId);
    default:
      return request satisfies never;
  }
}

/** Acknowledges, shelves or unshelves one alarm. */
export function serveAlarm(turn: Turn, request: AlarmRequest): CellReply {
  const { requestId } = request;
  const done = handle(turn, request, stampOf(turn));
  if (!done.ok) return { requestId, ok: false, fault: done.error };
  const { list, alarm } = done.value;
  if (list === turn.next.alarmList) return { requestId, ok: true, record: undefined, alarm, unchanged: true };
  const { askedBy, by, kind, origin } = request;
  const answering = { ...(askedBy && { askedBy }), ...(origin && { origin }) };
  turn.events.push({ kind: 'alarm-handled', how: DONE[kind], by, alarm, ...answering });
  keepAlarms(turn, list);
  return { requestId, ok: true, record: undefined, alarm };
}
