// The gateway's view of the cell: the newest snapshot, what has changed in its alarms, and its last stops.
import type { Alarm } from '../core/alarm-list.ts';
import type { CellSnapshot } from '../core/cell-event.ts';
import type { StopRecord } from '../core/stop-record.ts';
import type { ConnectionLost, FromControl } from '../ports/cell-channel.ts';

/** Stops kept, of all runs of the control process; the oldest go first. */
export const STOPS_MAX = 50;

/** An alarm with the run of the control process that numbered it. */
export interface EpochAlarm {
  readonly epoch: string;
  readonly alarm: Alarm;
}

export type CellChange =
  | { readonly kind: 'state' }
  | { readonly kind: 'connection' }
  | { readonly kind: 'alarm'; readonly alarm: EpochAlarm }
  | { readonly kind: 'alarm-end'; readonly alarm: EpochAlarm };

/** Holds what was heard last, and tells its listeners every change, in order and in the same turn. */
export class CellMirror {
  readonly #listeners = new Set<(change: CellChange) => void>();
  #snapshot: CellSnapshot | undefined;
  #connected = false;
  #stops: readonly StopRecord[] = [];
  /** JSON of each alarm that was told, by epoch and number. */
  #told = new Map<string, { readonly json: string; readonly alarm: EpochAlarm }>();

  apply(message: FromControl | ConnectionLost): void {
    switch (message.kind) {
      case 'hello':
        this.#connect(true);
        return;
      case 'lost':
        this.#connect(false);
        return;
      case 'snapshot':
        this.#show(message.snapshot);
        return;
      case 'event':
        if (message.event.body.kind === 'stop-record') this.#keep(message.event.body.record);
        return;
      case 'reply':
        return;
      default:
        message satisfies never;
    }
  }

  /** Hears all changes from now on. @returns a function that ends it */
  listen(listener: (change: CellChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** The newest that was heard, also after control has gone. */
  get snapshot(): CellSnapshot | undefined {
    return this.#snapshot;
  }

  /** In the order of their coming. */
  get alarms(): readonly EpochAlarm[] {
    const { epoch, alarmList } = this.#snapshot ?? { epoch: '', alarmList: [] };
    return alarmList.map((alarm) => ({ epoch, alarm }));
  }

  /** The newest first. */
  get stops(): readonly StopRecord[] {
    return this.#stops;
  }

  #connect(connected: boolean): void {
    this.#connected = connected;
    this.#tell({ kind: 'connection' });
  }

  #show(snapshot: CellSnapshot): void {
    this.#snapshot = snapshot;
    this.#tell({ kind: 'state' });
    const told = new Map<string, { readonly json: string; readonly alarm: EpochAlarm }>();
    for (const alarm of this.alarms) {
      const key = `${alarm.epoch} ${alarm.alarm.id}`;
      const json = JSON.stringify(alarm.alarm);
      told.set(key, { json, alarm });
      if (this.#told.get(key)?.json !== json) this.#tell({ kind: 'alarm', alarm });
    }
    for (const [key, { alarm }] of this.#told) if (!told.has(key)) this.#tell({ kind: 'alarm-end', alarm });
    this.#told = told;
  }

  /** Control tells its last stops again on every connection. */
  #keep(record: StopRecord): void {
    if (this.#stops.some(({ epoch, id }) => epoch === record.epoch && id === record.id)) return;
    this.#stops = [record, ...this.#stops].slice(0, STOPS_MAX);
  }

  #tell(change: CellChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
