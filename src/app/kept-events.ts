// The durable events of the control process that the gateway has not said to be on disk. Bounded, and no order is forgotten in it.
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import { EVENTS_KEPT_LIMITS, isDurable } from '../core/event-storage.ts';

export interface KeptEvents {
  /**
   * Keeps an event that is durable; any other is not looked at. Of an order that has only changed within its state, the newest
   * record says it all: a hundred orders that wait for the unit would else fill this with each of its stops.
   */
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
  /** By sequence, in their order. */
  const events = new Map<number, CellEvent>();
  /** By job order id: the newest that tells of it. */
  const newest = new Map<string, CellEvent>();
  let through = 0;

  const forget = (event: CellEvent): void => {
    events.delete(event.sequence);
    const id = orderOf(event.body);
    if (id !== undefined && newest.get(id) === event) newest.delete(id);
  };
  return {
    put: (event) => {
      const { body } = event;
      if (!isDurable(body)) return;
      const id = orderOf(body);
      const before = id === undefined ? undefined : newest.get(id);
      if (before !== undefined && saysItAll(body, before.body)) forget(before);
      if (id !== undefined) newest.set(id, event);
      events.set(event.sequence, event);
      if (events.size > eventsMax) forget(oldestOf(events.values()) ?? event);
    },
    stored: (sequence) => {
      if (!(sequence > through)) return;
      through = sequence;
      for (const event of events.values()) {
        if (event.sequence > sequence) return;
        forget(event);
      }
    },
    list: () => [...events.values()],
    get through() {
      return through;
    },
    get size() {
      return events.size;
    },
  };
}

function orderOf(body: CellEventBody): string | undefined {
  return body.kind === 'job' || body.kind === 'job-removed' ? body.record.order.jobOrderId : undefined;
}

/** The oldest that tells of no order, or the oldest of all. */
function oldestOf(events: Iterable<CellEvent>): CellEvent | undefined {
  let first: CellEvent | undefined;
  for (const event of events) {
    if (orderOf(event.body) === undefined) return event;
    first ??= event;
  }
  return first;
}

/** Nothing is lost without the event before: no state that the order was in, no answer to a request, nothing that somebody asked for, no checkpoint. */
function saysItAll(body: CellEventBody, before: CellEventBody): boolean {
  if (body.kind !== 'job' || before.kind !== 'job' || before.origin !== undefined) return false;
  if (before.askedBy !== undefined) return false;
  const isSameState = body.record.state === before.record.state;
  return isSameState && (body.checkpoint !== undefined || before.checkpoint === undefined);
}
