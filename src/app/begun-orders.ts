// What a control process has told of the orders that have begun, kept where it is started: its own memory dies with it, and a gateway that is
// away at that moment has not heard of it.
import type { CellEventBody, CellRequest } from '../core/cell-event.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { ControlServer } from '../ports/cell-channel.ts';

/** An order without what its client has sent, which can be long. */
type OrderProgress = Omit<JobRecord, 'order'>;

/** How far an order has come. Plain JSON data. */
export interface BegunOrder {
  readonly jobOrderId: string;
  /** Undefined: as it was told last. */
  readonly progress: OrderProgress | undefined;
  /** Undefined: as it was told last, or the order can no longer go on. */
  readonly checkpoint: JobCheckpoint | undefined;
}

/** One that has just ended may not be on disk when the next one begins; that one moves only when all before it is. */
const ORDERS_MAX = 2;
/** What is handed to a process when it is started is 128 KiB at most in Linux (MAX_ARG_STRLEN, execve(2)), settings included. */
const BYTES_MAX = 32_768;

/** @returns what an event tells of an order that has begun; undefined: nothing, or it answers a request, which has to be on disk for that */
export function begunIn(body: CellEventBody): BegunOrder | undefined {
  if (body.kind === 'checkpoint') {
    const { checkpoint } = body;
    return { jobOrderId: checkpoint.jobOrderId, progress: undefined, checkpoint };
  }
  if (body.kind !== 'job' || body.record.startTime === undefined || body.origin !== undefined) return undefined;
  const { order, ...progress } = body.record;
  return { jobOrderId: order.jobOrderId, progress, checkpoint: body.checkpoint };
}

/** The orders that were told of last. */
export class BegunOrders {
  /** By job order id, the one that was told of last at the end. */
  readonly #orders = new Map<string, BegunOrder>();

  note(told: BegunOrder): void {
    const { jobOrderId } = told;
    const before = this.#orders.get(jobOrderId);
    const isSame = told.progress === undefined || told.progress.startTime === before?.progress?.startTime;
    const hasEnded = told.progress?.endTime !== undefined;
    const progress = told.progress ?? before?.progress;
    const checkpoint = told.checkpoint ?? (isSame && !hasEnded ? before?.checkpoint : undefined);
    this.#orders.delete(jobOrderId);
    this.#orders.set(jobOrderId, { jobOrderId, progress, checkpoint });
    for (const oldest of this.#orders.keys()) if (this.#orders.size > ORDERS_MAX) this.#orders.delete(oldest);
  }

  /** The newest last; without those that are too long to be handed to a process. */
  list(): readonly BegunOrder[] {
    return [...this.#orders.values()].filter((order) => Buffer.byteLength(JSON.stringify(order)) <= BYTES_MAX);
  }
}

/** Orders that are given back stand where the control process before has told last, unless the journal knows more. */
export function recalling(server: ControlServer, begun: readonly BegunOrder[]): ControlServer {
  return {
    publish: (message) => server.publish(message),
    storage: () => server.storage(),
    close: () => server.close(),
    listen: (listener) =>
      server.listen((request) => listener(request.kind === 'restore' ? recalled(request, begun) : request)),
  };
}

type Restore = Extract<CellRequest, { readonly kind: 'restore' }>;

function recalled(request: Restore, begun: readonly BegunOrder[]): Restore {
  const checkpoints = new Map(request.checkpoints?.map((checkpoint) => [checkpoint.jobOrderId, checkpoint]));
  const records = request.records.map((record) => {
    const { jobOrderId } = record.order;
    const found = begun.find((order) => order.jobOrderId === jobOrderId);
    // An id may have been used again: an order begins once.
    if (found?.progress === undefined || found.progress.startTime !== record.startTime) return record;
    if (found.progress.revision < record.revision) return record;
    checkpoints.delete(jobOrderId);
    if (found.checkpoint !== undefined) checkpoints.set(jobOrderId, found.checkpoint);
    // Nothing of the older record: what is undefined is not there any more after two processes have handed it on.
    return { order: record.order, ...found.progress };
  });
  return { ...request, records, checkpoints: [...checkpoints.values()] };
}
