// WatchAlarms and WatchCellState: the changes of the cell as bounded, numbered streams with heartbeats.
import Long from 'long';
import type { celda } from '../../proto/generated/celda.js';
import type { Outcome } from '../../proto/generated/services.js';
import { fault } from '../core/faults.ts';
import { ok } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { Bell } from './bell.ts';
import type { CellMirror } from './cell-mirror.ts';
import { toWireAlarm, toWireState } from './cell-wire.ts';
import { HEARTBEAT_MS } from './job-watch.ts';
import { WatchQueue } from './watch-queue.ts';
import { toTimestamp } from './wire-values.ts';

type AlarmEvent = Omit<celda.cell.v1.WatchAlarmsResponse.$Properties, 'sequence' | 'sendTime'>;

export interface CellWatchOptions {
  readonly mirror: CellMirror;
  readonly clock: Clock;
  /** Aborts when the caller is gone or the server closes. */
  readonly signal: AbortSignal;
}

/** Numbers and stamps what waits in the queue, until it ends. */
async function* numbered<T extends object>(queue: WatchQueue<T>, clock: Clock) {
  let sequence = 0;
  for (let next = await queue.next(); next !== 'ended'; next = await queue.next()) {
    if (next === 'overflow') {
      yield { ok: false as const, error: refuse(fault(6012)) };
      return;
    }
    sequence += 1;
    yield { ok: true as const, value: { ...stampOf(sequence, clock), ...next.item } };
  }
}

function stampOf(sequence: number, clock: Clock) {
  return { sequence: Long.fromNumber(sequence, true), sendTime: toTimestamp(clock.wall()) };
}

/** Calls `beat` whenever `push` was not called for 15 s. */
function heartbeats(clock: Clock, beat: () => void): { readonly rearm: () => void; readonly stop: () => void } {
  let cancel = (): void => undefined;
  const rearm = (): void => {
    cancel();
    cancel = clock.schedule(monotonicMs(clock.now() + HEARTBEAT_MS), beat);
  };
  rearm();
  return { rearm, stop: () => cancel() };
}

function endWith(queue: WatchQueue<object>, signal: AbortSignal): () => void {
  const end = (): void => queue.end();
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  return () => signal.removeEventListener('abort', end);
}

/** Ends when `signal` aborts; a watcher that is too slow is refused with fault 6012 and may watch again. */
export async function* watchAlarms(
  options: CellWatchOptions & { readonly includeInitialState: boolean },
): AsyncGenerator<Outcome<celda.cell.v1.WatchAlarmsResponse.$Properties, ServiceRefusal>> {
  const { mirror, clock, signal, includeInitialState } = options;
  const queue = new WatchQueue<AlarmEvent>();
  const heartbeat = (): AlarmEvent => ({ heartbeat: { controlConnected: mirror.connected } });
  const push = (event: AlarmEvent): void => {
    queue.push(event);
    beats.rearm();
  };
  const beats = heartbeats(clock, () => push(heartbeat()));
  const initial = mirror.alarms.map((alarm): AlarmEvent => ({ initialState: toWireAlarm(alarm) }));
  for (const event of includeInitialState ? [...initial, { synced: {} }] : [heartbeat()]) queue.preload(event);
  const unlisten = mirror.listen((change) => {
    if (change.kind === 'connection') push(heartbeat());
    else if (change.kind === 'alarm') push({ alarmChange: toWireAlarm(change.alarm) });
    else if (change.kind === 'alarm-end') push({ alarmEnd: toWireAlarm(change.alarm) });
  });
  const forget = endWith(queue, signal);
  try {
    yield* numbered(queue, clock);
  } finally {
    forget();
    beats.stop();
    unlisten();
  }
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
