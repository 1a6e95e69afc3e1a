// The durable events of the control process that the gateway has not said to be on disk. Bounded, and no order is forgotten in it.
import type { CellEvent } from '../core/cell-event.ts';
import { EVENTS_KEPT_LIMITS, isDurable } from '../core/event-storage.ts';

export interface KeptEvents {
  /** Keeps an event that is durable; any other is not looked at. */
  put(event: CellEvent): void;
  /** All durable events up to `sequence` are on disk. Less than before: no effect. */
  stored(sequence: number): void;
  /** The oldest first. */
  list(): readonly CellEvent[];
  readonly through: number;
  readonly size: number;
}

/** @param eventsMax one more, and the oldest that tells of no order is forgotten; the gateway gets all orders as they are with `hello` */
export function createKeptEvents(eventsMax: number = EVENTS_KEPT_LIMITS.kept): KeptEvents {
  let events: CellEvent[] = [];
  let through = 0;
  return {
    put: (event) => {
      if (!isDurable(event.body)) return;
      events.push(event);
      if (events.length <= eventsMax) return;
      const index = events.findIndex(({ body }) => body.kind !== 'job' && body.kind !== 'job-removed');
      events.splice(Math.max(0, index), 1);
    },
    stored: (sequence) => {
      if (!(sequence > through)) return;
      through = sequence;
      const left = events.findIndex((event) => event.sequence > sequence);
      events = left < 0 ? [] : events.slice(left);
    },
    list: () => events,
    get through() {
      return through;
    },
    get size() {
      return events.length;
    },
  };
}
