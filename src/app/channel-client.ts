// The gateway's end of the cell channel, over any connection: asks, listens, and connects again by itself.
import type { CellReply, CellRequest, CellSnapshot } from '../core/cell-event.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { monotonicMs } from '../core/units.ts';
import type { ConnectionLost, ControlClient, FromControl } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import { asDownMessage, type DownMessage, HEARTBEAT, type UpMessage } from './channel-message.ts';
import type { Connection } from './connection.ts';
import { createFrameDecoder, encodeFrame } from './frame-codec.ts';
import { startHeartbeats } from './heartbeat.ts';
import { createOrderBook, type OrderBook } from './order-book.ts';

/** Requests that wait for a reply; more are refused, so that a stalled control process fills no memory. */
const REQUESTS_PENDING_MAX = 1_000;

/** A longer request is refused: parsing it would hold up the control cycle. Orders are restored while nothing moves. */
const REQUEST_BYTES_MAX = 1024 * 1024;

const BACKOFF_MS = 50;
const BACKOFF_MS_MAX = 1_000;

type ClientListener = (message: FromControl | ConnectionLost) => void;

export interface ChannelClientOptions {
  readonly clock: Clock;
  /** Tries once to connect; calls back exactly one of the two, never synchronously. */
  readonly connect: (outcome: { opened(connection: Connection): void; failed(): void }) => void;
  /** How long a request may take, ms. @defaultValue 2,000 */
  readonly timeoutMs?: number;
  /**
   * Connects only once somebody listens: what control has kept is sent once for each connection, and must not be missed.
   * @defaultValue false
   */
  readonly whenHeard?: boolean;
}

export interface ChannelClient extends ControlClient {
  close(): void;
}

interface Pending {
  settle(reply: CellReply): void;
}

/** Connects at once or when it is heard, and again after every loss, 50 ms to 1 s later, until closed. */
export function createChannelClient(options: ChannelClientOptions): ChannelClient {
  return new ReconnectingClient(options);
}

class ReconnectingClient implements ChannelClient {
  readonly #options: ChannelClientOptions;
  readonly #listeners = new Set<ClientListener>();
  readonly #pending = new Map<string, Pending>();
  #link: Link | undefined;
  #hello: { readonly epoch: string; readonly orders: OrderBook } | undefined;
  #snapshot: CellSnapshot | undefined;
  #backoffMs = BACKOFF_MS;
  #cancelRetry: () => void = () => undefined;
  #isClosed = false;
  /** Nobody has listened so far. */
  #isSilent = true;

  constructor(options: ChannelClientOptions) {
    this.#options = options;
    if (options.whenHeard !== true) this.#connect();
  }

  get connected(): boolean {
    return this.#hello !== undefined;
  }

  get snapshot(): CellSnapshot | undefined {
    return this.#snapshot;
  }

  listen(listener: ClientListener): () => void {
    const { clock } = this.#options;
    const cancel = clock.schedule(clock.now(), () => {
      const isFirst = this.#isSilent;
      this.#isSilent = false;
      this.#listeners.add(listener);
      if (isFirst && this.#options.whenHeard === true) this.#connect();
      if (this.#hello !== undefined) listener(helloOf(this.#hello));
    });
    return () => {
      cancel();
      this.#listeners.delete(listener);
    };
  }

  request(request: CellRequest): Promise<CellReply> {
    const refusal = this.#refusal(request);
    if (refusal !== undefined) return Promise.resolve({ requestId: request.requestId, ok: false, fault: refusal });
    const frame = encodeFrame({ kind: 'request', request } satisfies UpMessage);
    if (frame === undefined || (request.kind !== 'restore' && frame.length > REQUEST_BYTES_MAX)) {
      return Promise.resolve(tooLong(request));
    }
    return new Promise((resolve) => {
      const { clock, timeoutMs = 2_000 } = this.#options;
      const cancel = clock.schedule(monotonicMs(clock.now() + timeoutMs), () => {
        this.#settle(unanswered(request.requestId, `no reply within ${timeoutMs} ms`));
      });
      const settle = (reply: CellReply): void => {
        cancel();
        resolve(reply);
      };
      this.#pending.set(request.requestId, { settle });
      this.#link?.send(frame);
    });
  }

  stored(epoch: string, sequence: number): void {
    if (this.#hello?.epoch !== epoch) return;
    const frame = encodeFrame({ kind: 'stored', epoch, sequence } satisfies UpMessage);
    if (frame !== undefined) this.#link?.send(frame);
  }

  storing(refused: Fault | undefined): void {
    const frame = encodeFrame({ kind: 'storing', refused } satisfies UpMessage);
    if (frame !== undefined && this.connected) this.#link?.send(frame);
  }

  watched(isWatched: boolean): void {
    const frame = encodeFrame({ kind: 'watched', isWatched } satisfies UpMessage);
    if (frame !== undefined && this.connected) this.#link?.send(frame);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry();
    this.#link?.close();
    this.#listeners.clear();
  }

  #refusal(request: CellRequest): Fault | undefined {
    if (!this.connected) return fault(6007, { cause: 'the control process cannot be reached' });
    if (this.#pending.size >= REQUESTS_PENDING_MAX) return fault(6007, { cause: 'too many requests wait already' });
    if (this.#pending.has(request.requestId)) return fault(6010, { field: 'requestId', cause: 'already in use' });
    return undefined;
  }

  #settle(reply: CellReply): void {
    const pending = this.#pending.get(reply.requestId);
    this.#pending.delete(reply.requestId);
    pending?.settle(reply);
  }

  #connect(): void {
    this.#options.connect({
      opened: (connection) => {
        if (this.#isClosed) connection.close();
        else this.#link = openLink(connection, this.#options.clock, this.#linkActions());
      },
      failed: () => this.#retry(),
    });
  }

  #retry(): void {
    if (this.#isClosed) return;
    const { clock } = this.#options;
    this.#cancelRetry = clock.schedule(monotonicMs(clock.now() + this.#backoffMs), () => this.#connect());
    this.#backoffMs = Math.min(this.#backoffMs * 2, BACKOFF_MS_MAX);
  }

  #linkActions(): LinkActions {
    const records: JobRecord[] = [];
    return {
      message: (message) => {
        if (message.kind === 'hello-part') this.#onHelloPart(records, message);
        else this.#onMessage(message);
      },
      lost: () => this.#onLost(),
    };
  }

  #onHelloPart(records: JobRecord[], part: Extract<DownMessage, { kind: 'hello-part' }>): void {
    records.push(...part.records);
    if (!part.last) return;
    const orders = createOrderBook();
    for (const record of records) orders.put(record);
    for (const checkpoint of part.checkpoints) orders.reached(checkpoint);
    this.#hello = { epoch: part.epoch, orders };
    this.#backoffMs = BACKOFF_MS;
    this.#tell(helloOf(this.#hello));
  }

  #onMessage(message: Exclude<DownMessage, { kind: 'hello-part' }>): void {
    if (message.kind === 'heartbeat') return;
    if (message.kind === 'snapshot') this.#snapshot = message.snapshot;
    if (message.kind === 'event') this.#hello?.orders.hear(message.event.body);
    if (message.kind === 'reply') this.#settle(message.reply);
    this.#tell(message);
  }

  #onLost(): void {
    const wasConnected = this.connected;
    this.#link = undefined;
    this.#hello = undefined;
    this.#snapshot = undefined;
    for (const requestId of [...this.#pending.keys()]) {
      this.#settle(
        unanswered(requestId, 'the connection to the control process was lost; whether it was done is unknown'),
      );
    }
    if (wasConnected) this.#tell({ kind: 'lost' });
    this.#retry();
  }

  #tell(message: FromControl | ConnectionLost): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}

function helloOf(hello: { readonly epoch: string; readonly orders: OrderBook }): FromControl {
  const { epoch, orders } = hello;
  return { kind: 'hello', epoch, records: orders.list(), checkpoints: orders.checkpoints() };
}

function unanswered(requestId: string, cause: string): CellReply {
  return { requestId, ok: false, fault: fault(6007, { cause }) };
}

function tooLong(request: CellRequest): CellReply {
  return {
    requestId: request.requestId,
    ok: false,
    fault: fault(6010, { cause: 'too long', bytesMax: REQUEST_BYTES_MAX }),
  };
}

interface LinkActions {
  message(message: DownMessage): void;
  lost(): void;
}

interface Link {
  send(frame: Uint8Array): void;
  close(): void;
}

/** One connection: frames in, heartbeats out, and one `lost` at its end. */
function openLink(connection: Connection, clock: Clock, actions: LinkActions): Link {
  const decoder = createFrameDecoder();
  let isOpen = true;
  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    beats.stop();
    connection.close();
    actions.lost();
  };
  const read = (): void => {
    for (let decoded = decoder.next(); decoded !== undefined && isOpen; decoded = decoder.next()) {
      const message = decoded.kind === 'message' ? asDownMessage(decoded.value) : undefined;
      if (message === undefined) end();
      else actions.message(message);
    }
  };
  const send = (frame: Uint8Array | undefined): void => {
    if (isOpen && frame !== undefined) connection.send(frame);
  };
  const beats = startHeartbeats(clock, { send: () => send(encodeFrame(HEARTBEAT)), silent: end });
  connection.listen({
    data: (bytes) => {
      beats.heard();
      decoder.push(bytes);
      read();
    },
    drained: () => undefined,
    closed: end,
  });
  return { send, close: end };
}
