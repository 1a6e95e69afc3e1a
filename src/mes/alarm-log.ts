// What watchers of alarms are told, once for all of them: the newest changes in their order. A watcher has its own place in here and no
// queue, so that a slow one costs nothing.
import { celda } from '../../proto/generated/celda.js';
import type { CellChange, CellMirror } from './cell-mirror.ts';
import { toWireAlarm } from './cell-wire.ts';

/** Changes kept; a watcher that is further behind is closed. */
export const ALARM_CHANGES_MAX = 1_000;

export type AlarmEvent = Omit<celda.cell.v1.WatchAlarmsResponse.$Properties, 'sequence' | 'sendTime'>;

/** @returns a message without its number and time */
export function alarmEventBytes(event: AlarmEvent): Uint8Array {
  return celda.cell.v1.WatchAlarmsResponse.encode(event).finish();
}

/** Hears the mirror for as long as that is there. */
export class AlarmLog {
  readonly #listeners = new Set<() => void>();
  readonly #mirror: CellMirror;
  #items: Uint8Array[] = [];
  /** Index of the first item. */
  #first = 0;

  constructor(mirror: CellMirror) {
    this.#mirror = mirror;
    mirror.listen((change) => {
      const event = this.#eventOf(change);
      if (event !== undefined) this.#append(alarmEventBytes(event));
    });
  }

  /** Index of the next item; the newest has one less. */
  get end(): number {
    return this.#first + this.#items.length;
  }

  /** `gone`: it is not kept any more. Undefined: it is not there yet. */
  read(index: number): Uint8Array | 'gone' | undefined {
    const oldest = Math.max(this.#first, this.end - ALARM_CHANGES_MAX);
    return index < oldest ? 'gone' : this.#items[index - this.#first];
  }

  /** Told of every item in the turn in which it is put in. @returns a function that ends it */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  heartbeat(): AlarmEvent {
    return { heartbeat: { controlConnected: this.#mirror.connected } };
  }

  #eventOf(change: CellChange): AlarmEvent | undefined {
    switch (change.kind) {
      case 'state':
        return undefined;
      case 'connection':
        return this.heartbeat();
      case 'alarm':
        return { alarmChange: toWireAlarm(change.alarm) };
      case 'alarm-end':
        return { alarmEnd: toWireAlarm(change.alarm) };
      default:
        return change satisfies never;
    }
  }

  #append(item: Uint8Array): void {
    this.#items.push(item);
    // In portions: to take them out one by one would move all of them each time.
    if (this.#items.length >= 2 * ALARM_CHANGES_MAX) {
      this.#items.splice(0, ALARM_CHANGES_MAX);
      this.#first += ALARM_CHANGES_MAX;
    }
    for (const listener of [...this.#listeners]) listener();
  }
}
