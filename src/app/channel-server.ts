// The control process's end of the cell channel, over any connection. One gateway at a time: the newest wins.
import type { CellEvent, CellRequest, CellSnapshot } from '../core/cell-event.ts';
import type { Fault } from '../core/faults.ts';
import type { ControlServer } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import { asUpMessage, type DownMessage, HEARTBEAT } from './channel-message.ts';
import type { Connection } from './connection.ts';
import { createFrameDecoder, encodeFrame } from './frame-codec.ts';
import { startHeartbeats } from './heartbeat.ts';
import { createKeptEvents } from './kept-events.ts';
import { createOrderBook, type OrderBook } from './order-book.ts';
import { createOutbox } from './outbox.ts';

/** Frames written or read in one turn of the event loop: a gateway under load must not hold up the control cycle. */
const FRAMES_PER_TURN = 8;

/** Orders in one part of a `hello`. */
const RECORDS_PER_PART = 20;

export interface ChannelServer extends ControlServer {
  /** Serves a gateway; the one before is dropped. */
  accept(connection: Connection): void;
}

export interface ChannelServerOptions {
  /** Identifies this run of the control process. */
  readonly epoch: string;
  readonly clock: Clock;
  /** @defaultValue 10,000 */
  readonly outboxMessagesMax?: number;
  /** Whoever connects stores what happens: durable events are kept until then. @defaultValue true */
  readonly keepsEvents?: boolean;
}

/** Records of stops that a gateway gets again when it connects: it may have been restarted since. */
const STOPS_KEPT = 20;

export function createChannelServer(options: ChannelServerOptions): ChannelServer {
  const orders = createOrderBook();
  const kept = createKeptEvents();
  const listeners = new Set<(request: CellRequest) => void>();
  let stops: readonly CellEvent[] = [];
  let snapshot: CellSnapshot | undefined;
  /** Of the gateway that said so last: while there is none, nobody has mended it. */
  let refused: Fault | undefined;
  let isWatched = false;
  let peer: Peer | undefined;
  let isClosed = false;

  return {
    accept: (connection) => {
      if (isClosed) {
        connection.close();
        return;
      }
      peer?.close();
      const first = [
        ...helloParts(options.epoch, orders),
        ...stops.filter(({ sequence }) => sequence < (kept.list()[0]?.sequence ?? Infinity)).map(asMessage),
        ...kept.list().map(asMessage),
      ];
      const accepted = createPeer(connection, first, options, {
        request: (request) => {
          for (const listener of listeners) listener(request);
        },
        stored: (epoch, sequence) => {
          if (epoch === options.epoch) kept.stored(sequence);
        },
        storing: (fault) => {
          refused = fault;
        },
        watched: (isSo) => {
          isWatched = isSo;
        },
        closed: () => {
          if (peer !== accepted) return;
          peer = undefined;
          isWatched = false;
        },
      });
      peer = accepted;
      if (snapshot !== undefined) accepted.push({ kind: 'snapshot', snapshot });
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    storage: () => ({
      through: kept.through,
      waiting: kept.size,
      reachable: peer !== undefined,
      refused,
      watched: isWatched,
    }),
    publish: (message) => {
      if (message.kind === 'event') {
        orders.hear(message.event.body);
        if (options.keepsEvents !== false) kept.put(message.event);
      }
      if (message.kind === 'event' && message.event.body.kind === 'stop-record') {
        stops = [...stops, message.event].slice(-STOPS_KEPT);
      }
      if (message.kind === 'snapshot') snapshot = message.snapshot;
      peer?.push(message);
    },
    close: () => {
      isClosed = true;
      peer?.finish();
      listeners.clear();
    },
  };
}

function asMessage(event: CellEvent): DownMessage {
  return { kind: 'event', event };
}

function helloParts(epoch: string, orders: OrderBook): readonly DownMessage[] {
  const records = orders.list();
  const parts: DownMessage[] = [];
  let from = 0;
  do {
    const to = from + RECORDS_PER_PART;
    const last = to >= records.length;
    const checkpoints = last ? orders.checkpoints() : [];
    parts.push({ kind: 'hello-part', epoch, records: records.slice(from, to), checkpoints, last });
    from = to;
  } while (from < records.length);
  return parts;
}

interface Peer {
  push(message: DownMessage): void;
  /** Sends what waits, whatever the turn, then closes. */
  finish(): void;
  close(): void;
}

interface PeerActions {
  request(request: CellRequest): void;
  stored(epoch: string, sequence: number): void;
  storing(refused: Fault | undefined): void;
  watched(isWatched: boolean): void;
  closed(): void;
}

/** @param first what the gateway has to know before anything else, however much it is */
function createPeer(
  connection: Connection,
  first: readonly DownMessage[],
  options: ChannelServerOptions,
  actions: PeerActions,
): Peer {
  const { clock } = options;
  const outbox = createOutbox(options.outboxMessagesMax, first);
  const decoder = createFrameDecoder();
  let isOpen = true;
  let isAccepting = true;
  let isWriteDue = false;
  let isReadDue = false;

  const nextTurn = (task: () => void): void => {
    clock.schedule(clock.now(), () => {
      if (isOpen) task();
    });
  };
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    beats.stop();
    connection.close();
    actions.closed();
  };
  const write = (): void => {
    isWriteDue = false;
    for (let frames = 0; frames < FRAMES_PER_TURN && isAccepting && !outbox.isEmpty; frames += 1) {
      const frame = encodeFrame(outbox.take());
      // A message that fits no frame is our defect; the gateway must not believe that it has seen everything.
      if (frame === undefined) {
        close();
        return;
      }
      isAccepting = connection.send(frame);
    }
    if (isAccepting && !outbox.isEmpty) writeSoon();
  };
  const finish = (): void => {
    for (let message = outbox.take(); message !== undefined && isOpen; message = outbox.take()) {
      const frame = encodeFrame(message);
      if (frame !== undefined) connection.send(frame);
    }
    close();
  };
  const writeSoon = (): void => {
    if (isWriteDue) return;
    isWriteDue = true;
    nextTurn(write);
  };
  const push = (message: DownMessage): void => {
    if (!isOpen) return;
    if (!outbox.push(message)) close();
    else if (isAccepting) writeSoon();
  };
  const read = (): void => {
    isReadDue = false;
    for (let frames = 0; frames < FRAMES_PER_TURN; frames += 1) {
      const decoded = decoder.next();
      if (decoded === undefined) {
        connection.resume();
        return;
      }
      const message = decoded.kind === 'message' ? asUpMessage(decoded.value) : undefined;
      if (message === undefined) {
        close();
        return;
      }
      if (message.kind === 'request') actions.request(message.request);
      else if (message.kind === 'stored') actions.stored(message.epoch, message.sequence);
      else if (message.kind === 'storing') actions.storing(message.refused);
      else if (message.kind === 'watched') actions.watched(message.isWatched);
      if (!isOpen) return;
    }
    connection.pause();
    isReadDue = true;
    nextTurn(read);
  };

  const beats = startHeartbeats(clock, { send: () => push(HEARTBEAT), silent: close });
  connection.listen({
    data: (bytes) => {
      beats.heard();
      decoder.push(bytes);
      if (!isReadDue) read();
    },
    drained: () => {
      isAccepting = true;
      if (!outbox.isEmpty) writeSoon();
    },
    closed: close,
  });
  writeSoon();
  return { push, finish, close };
}
