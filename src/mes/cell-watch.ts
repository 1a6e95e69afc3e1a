// WatchAlarms and WatchCellState: the changes of the cell as bounded, numbered streams with heartbeats.
import Long from 'long';
import { celda } from '../../proto/generated/celda.js';
import type { Outcome } from '../../proto/generated/services.js';
import { fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Clock } from '../ports/clock.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { type AlarmEvent, type AlarmLog, alarmEventBytes } from './alarm-log.ts';
import { Bell } from './bell.ts';
import type { CellMirror } from './cell-mirror.ts';
import { toWireAlarm, toWireState } from './cell-wire.ts';
import { encodedMessage } from './encoded-message.ts';
import { HEARTBEAT_MS } from './job-watch.ts';
import { toTimestamp } from './wire-values.ts';

export interface CellWatchOptions {
  readonly mirror: CellMirror;
  readonly clock: Clock;
  /** Aborts when the caller is gone or the server closes. */
  readonly signal: AbortSignal;
}

function stampOf(sequence: number, clock: Clock) {
  return { sequence: Long.fromNumber(sequence, true), sendTime: toTimestamp(clock.wall()) };
}

type AlarmWatchOptions = CellWatchOptions & { readonly log: AlarmLog; readonly includeInitialState: boolean };

/** Ends when `signal` aborts; a watcher that is too slow is refused with fault 6012 and may watch again. */
export async function* watchAlarms(
  options: AlarmWatchOptions,
): AsyncGenerator<Outcome<celda.cell.v1.WatchAlarmsResponse.$Properties, ServiceRefusal>> {
  const { clock } = options;
  let sequence = 0;
  for await (const item of alarmItems(options)) {
    if (!item.ok) {
      yield item;
      return;
    }
    sequence += 1;
    const head = celda.cell.v1.WatchAlarmsResponse.encode(stampOf(sequence, clock)).finish();
    yield ok(encodedMessage([head, item.value]));
  }
}

/** What is there, then every change; messages without number and time. */
async function* alarmItems({
  mirror,
  log,
  clock,
  signal,
  includeInitialState,
}: AlarmWatchOptions): AsyncGenerator<Result<Uint8Array, ServiceRefusal>> {
  const bell = new Bell();
  const unlisten = log.listen(bell.ring);
  signal.addEventListener('abort', bell.ring);
  let next = log.end;
  let toldAt = clock.now();
  try {
    for (const event of firstOf({ mirror, log, includeInitialState })) yield ok(alarmEventBytes(event));
    while (!signal.aborted) {
      const item = log.read(next);
      if (item === 'gone') {
        yield err(refuse(fault(6012)));
        return;
      }
      const beatAt = toldAt + HEARTBEAT_MS;
      if (item === undefined && clock.now() < beatAt) {
        await bell.sleep(clock, beatAt);
        continue;
      }
      if (item !== undefined) next += 1;
      toldAt = clock.now();
      yield ok(item ?? alarmEventBytes(log.heartbeat()));
    }
  } finally {
    unlisten();
    signal.removeEventListener('abort', bell.ring);
  }
}

/** As it is when the watch begins: what changes while it is told comes after it. */
function firstOf({
  mirror,
  log,
  includeInitialState,
}: Pick<AlarmWatchOptions, 'mirror' | 'log' | 'includeInitialState'>): readonly AlarmEvent[] {
  if (!includeInitialState) return [log.heartbeat()];
  return [...mirror.alarms.map((alarm) => ({ initialState: toWireAlarm(alarm) })), { synced: {} }];
}

/** What changes in every snapshot although nothing has happened. */
function withoutTime(state: celda.cell.v1.CellState.$Properties): string {
  const boards = state.boards?.map(({ name, linkState }) => ({ name, linkState }));
  return JSON.stringify({ ...state, boards, cycle: undefined, stateTime: undefined });
}

/**
 * The present state, then every other one that is not too soon after the last: of several changes the newest is sent. Nothing is queued: a
 * slow reader gets the newest state, however long it took for the one before.
 */
export async function* watchState(
  options: CellWatchOptions & { readonly intervalMs: number },
): AsyncGenerator<Outcome<celda.cell.v1.WatchCellStateResponse.$Properties, ServiceRefusal>> {
  const { mirror, clock, signal, intervalMs } = options;
  const bell = new Bell();
  const unlisten = mirror.listen(bell.ring);
  signal.addEventListener('abort', bell.ring);
  let sequence = 0;
  let sent = '';
  let sentAt = Number.NEGATIVE_INFINITY;
  try {
    while (!signal.aborted) {
      const state = toWireState(mirror.snapshot, mirror.connected);
      const text = withoutTime(state);
      const dueAt = sentAt + (text === sent ? HEARTBEAT_MS : intervalMs);
      if (clock.now() < dueAt) {
        await bell.sleep(clock, dueAt);
        continue;
      }
      [sent, sentAt] = [text, clock.now()];
      sequence += 1;
      yield ok({ ...stampOf(sequence, clock), state });
    }
  } finally {
    unlisten();
    signal.removeEventListener('abort', bell.ring);
  }
}
