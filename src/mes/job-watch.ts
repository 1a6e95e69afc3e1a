// WatchJobOrders: the changes of the mirror as one bounded, numbered stream with heartbeats.
import Long from 'long';
import type { celda } from '../../proto/generated/celda.js';
import type { Outcome } from '../../proto/generated/services.js';
import { fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import type { JobMirror, MirrorChange } from './job-mirror.ts';
import { toWireProgress } from './job-wire.ts';
import { WatchQueue } from './watch-queue.ts';
import { toTimestamp } from './wire-values.ts';

/** Silence after which a heartbeat is sent. */
export const HEARTBEAT_MS = 15_000;

type WatchResponse = celda.job.v1.WatchJobOrdersResponse.$Properties;
type WatchEvent = Omit<WatchResponse, 'sequence' | 'sendTime'>;

export interface JobWatchOptions {
  readonly mirror: JobMirror;
  readonly clock: Clock;
  readonly toWire: (record: JobRecord) => celda.job.v1.JobOrderAndState.$Properties;
  /** Only these; empty: all. */
  readonly jobOrderIds: ReadonlySet<string>;
  readonly includeInitialState: boolean;
  /** Aborts when the caller is gone or the server closes. */
  readonly signal: AbortSignal;
}

/** Ends when `signal` aborts; a watcher that is too slow is refused with fault 6012 and may watch again. */
export async function* watchJobs(options: JobWatchOptions): AsyncGenerator<Outcome<WatchResponse, ServiceRefusal>> {
  const queue = new WatchQueue<WatchEvent>();
  const stop = feed(queue, options);
  try {
    let sequence = 0;
    for (let next = await queue.next(); next !== 'ended'; next = await queue.next()) {
      if (next === 'overflow') {
        yield { ok: false, error: refuse(fault(6012)) };
        return;
      }
      sequence += 1;
      const sendTime = toTimestamp(options.clock.wall());
      yield { ok: true, value: { sequence: Long.fromNumber(sequence, true), sendTime, ...next.item } };
    }
  } finally {
    stop();
  }
}

/** Fills the queue from this turn on, so that no change between the initial states and the rest is missed. */
function feed(queue: WatchQueue<WatchEvent>, options: JobWatchOptions): () => void {
  const { mirror, clock, signal } = options;
  let cancelHeartbeat = (): void => undefined;
  const rearm = (): void => {
    cancelHeartbeat();
    cancelHeartbeat = clock.schedule(monotonicMs(clock.now() + HEARTBEAT_MS), () => push(heartbeat(mirror)));
  };
  const push = (event: WatchEvent): void => {
    queue.push(event);
    rearm();
  };
  for (const event of initialEvents(options)) queue.preload(event);
  rearm();
  const unlisten = mirror.listen((change) => {
    if (isWanted(change, options.jobOrderIds)) push(toEvent(change, options));
  });
  const end = (): void => queue.end();
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  return () => {
    signal.removeEventListener('abort', end);
    cancelHeartbeat();
    unlisten();
  };
}

/** Without initial states the first message is a heartbeat: the caller knows then that nothing will be missed from here. */
function initialEvents(options: JobWatchOptions): readonly WatchEvent[] {
  const { mirror, jobOrderIds } = options;
  if (!options.includeInitialState) return [heartbeat(mirror)];
  const states = mirror
    .records()
    .filter((record) => isWanted({ kind: 'record', record }, jobOrderIds))
    .map((record) => ({ initialState: options.toWire(record) }));
  const { progress } = mirror;
  const isRunning = progress !== undefined && isWanted({ kind: 'progress', progress }, jobOrderIds);
  return [...states, ...(isRunning ? [{ progress: toWireProgress(progress) }] : []), { synced: {} }];
}

function heartbeat(mirror: JobMirror): WatchEvent {
  return { heartbeat: { controlConnected: mirror.connected } };
}

function isWanted(change: MirrorChange, jobOrderIds: ReadonlySet<string>): boolean {
  if (jobOrderIds.size === 0 || change.kind === 'connection') return true;
  return jobOrderIds.has(change.kind === 'progress' ? change.progress.jobOrderId : change.record.order.jobOrderId);
}

function toEvent(change: MirrorChange, options: JobWatchOptions): WatchEvent {
  switch (change.kind) {
    case 'record':
      return { stateChange: options.toWire(change.record) };
    case 'removed':
      return { removed: options.toWire(change.record) };
    case 'progress':
      return { progress: toWireProgress(change.progress) };
    case 'connection':
      return heartbeat(options.mirror);
    default:
      return change satisfies never;
  }
}
