// The bounded channel between the control process and the gateway: a Unix socket, or memory in one process.
import type { CellEvent, CellReply, CellRequest, CellSnapshot } from '../core/cell-event.ts';
import type { EventStorage } from '../core/event-storage.ts';
import type { Fault } from '../core/faults.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';

/** From control to gateway. */
export type FromControl =
  /** First message on every connection: who is there and which orders it has. */
  | {
      readonly kind: 'hello';
      readonly epoch: string;
      readonly records: readonly JobRecord[];
      /** Of the orders that have begun and not ended. */
      readonly checkpoints?: readonly JobCheckpoint[];
    }
  | { readonly kind: 'event'; readonly event: CellEvent }
  | { readonly kind: 'snapshot'; readonly snapshot: CellSnapshot }
  | { readonly kind: 'reply'; readonly reply: CellReply };

/** The gateway's end. */
export interface ControlClient {
  /**
   * Sends a request; the reply comes within `timeoutMs` or the result is fault 6007 (CELL_NOT_READY).
   * Rejects never.
   */
  request(request: CellRequest): Promise<CellReply>;
  /**
   * Tells control that all durable events of the run `epoch`, up to and including `sequence`, are on disk: it keeps them until
   * then, and lets no order move before. Nobody connected: no effect.
   */
  stored(epoch: string, sequence: number): void;
  /**
   * Tells control why the journal takes nothing now, or that it does again (undefined); to be said anew after each `hello`. Nobody
   * connected: no effect.
   */
  storing(refused: Fault | undefined): void;
  /** Tells control whether anybody watches the job orders; to be said anew after each `hello`. Nobody connected: no effect. */
  watched(isWatched: boolean): void;
  /** Newest snapshot, undefined while no control process is connected. */
  readonly snapshot: CellSnapshot | undefined;
  /** True between hello and the end of the connection. */
  readonly connected: boolean;
  /**
   * Hears every message in order, and `lost` when a connection ends. `hello` follows at once (next turn) when connected
   * already: it then carries the orders as they are now. @returns a function that ends it.
   */
  listen(listener: (message: FromControl | ConnectionLost) => void): () => void;
}

/** The connection ended; a `hello` follows when the control process can be reached again. */
export interface ConnectionLost {
  readonly kind: 'lost';
}

/** The control process's end. */
export interface ControlServer {
  /** Hears the requests of whoever is connected. @returns a function that ends it. */
  listen(listener: (request: CellRequest) => void): () => void;
  /** How far the events that were published are on disk; asked in every cycle. */
  storage(): EventStorage;
  /**
   * Hands a message over; never blocks and never throws. Snapshots: the newest wins. Events and replies: a connection
   * that falls 10,000 behind is dropped, and starts again with a `hello` and all durable events that are not on disk.
   */
  publish(message: Exclude<FromControl, { readonly kind: 'hello' }>): void;
  close(): void;
}
