// Watches over a cell's alarms and state that outlive their connections.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import type { Result } from '../core/result.ts';
import { CallError } from './call-error.ts';
import type { CallFailure } from './grpc-client.ts';
import { delayBefore, pause, type RetryPolicy } from './retry.ts';
import { ended, isAborted, mayGoOn, Silence, silent } from './stream-life.ts';

export type Alarm = Received<celda.cell.v1.Alarm>;
export type CellState = Received<celda.cell.v1.CellState>;
export type AlarmMessage = Received<celda.cell.v1.WatchAlarmsResponse>;

export interface CellWatchOptions {
  /** Ends the watch. */
  readonly signal?: AbortSignal;
  /** Silence after which a connection counts as dead, ms; the cell speaks every 15 s. @defaultValue 40,000 */
  readonly silenceMsMax?: number;
}

/** The connection is gone; the watch goes on by itself, with the present state first. */
export interface WatchInterrupted {
  readonly kind: 'interrupted';
  readonly error: CallError;
}

/** One thing that a watch over alarms tells. */
export type AlarmWatchEvent =
  /** An alarm is there, is new or has changed. */
  | { readonly kind: 'alarm'; readonly alarm: Alarm }
  /** An alarm is over; as it was last, where that happened unseen. */
  | { readonly kind: 'ended'; readonly alarm: Alarm }
  /** Everything that is there has been told: at the beginning, and after each interruption. */
  | { readonly kind: 'synced' }
  | { readonly kind: 'heartbeat'; readonly controlConnected: boolean }
  | WatchInterrupted;

/** The state of a cell, as often as was asked for. */
export type CellStateWatchEvent = { readonly kind: 'state'; readonly state: CellState } | WatchInterrupted;

type Open<Message> = (signal: AbortSignal) => AsyncIterable<Result<Message, CallFailure>>;

/** Messages of as many streams as it takes; each begins anew with the present state. @throws CallError when the cell refuses */
export async function* watchAgain<Message>(
  open: Open<Message>,
  policy: RetryPolicy,
  { signal, silenceMsMax = 40_000 }: CellWatchOptions = {},
): AsyncGenerator<{ readonly kind: 'message'; readonly message: Message } | WatchInterrupted, void> {
  for (let lost = 0; !isAborted(signal); ) {
    const silence = new Silence(silenceMsMax);
    let failure = ended('the cell ended the stream');
    try {
      const either = signal === undefined ? silence.signal : AbortSignal.any([signal, silence.signal]);
      for await (const message of open(either)) {
        if (!message.ok) {
          failure = silence.signal.aborted ? silent(silenceMsMax) : message.error;
          break;
        }
        silence.end();
        lost = 0;
        yield { kind: 'message', message: message.value };
        silence.listen();
      }
    } finally {
      silence.end();
    }
    if (isAborted(signal)) return;
    if (!mayGoOn(failure)) throw new CallError(failure);
    lost += 1;
    if (lost === 1) yield { kind: 'interrupted', error: new CallError(failure) };
    await pause(delayBefore(lost, policy, failure), signal);
  }
}

/** Tells every alarm once for each of its changes, also those that ended while nobody was connected. */
export async function* watchAlarms(
  open: Open<AlarmMessage>,
  policy: RetryPolicy,
  options?: CellWatchOptions,
): AsyncGenerator<AlarmWatchEvent, void> {
  const known = new Map<string, Alarm>();
  let listed = new Set<string>();
  for await (const event of watchAgain(open, policy, options)) {
    if (event.kind === 'interrupted') {
      listed = new Set();
      yield event;
      continue;
    }
    const { initialState, alarmChange, alarmEnd, synced, heartbeat } = event.message;
    const alarm = initialState ?? alarmChange;
    if (alarm !== null) {
      listed.add(keyOf(alarm));
      const isSame = JSON.stringify(known.get(keyOf(alarm))) === JSON.stringify(alarm);
      known.set(keyOf(alarm), alarm);
      if (!isSame) yield { kind: 'alarm', alarm };
    }
    if (alarmEnd !== null && known.delete(keyOf(alarmEnd))) yield { kind: 'ended', alarm: alarmEnd };
    if (synced !== null) {
      const gone = [...known].filter(([key]) => !listed.has(key));
      for (const [key, last] of gone) {
        known.delete(key);
        yield { kind: 'ended', alarm: last };
      }
      yield { kind: 'synced' };
    }
    if (heartbeat !== null) yield { kind: 'heartbeat', controlConnected: heartbeat.controlConnected };
  }
}

function keyOf({ epoch, alarmNumber }: Alarm): string {
  return `${epoch}/${alarmNumber}`;
}
