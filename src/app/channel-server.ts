// The control process's end of the cell channel, over any connection. One gateway at a time: the newest wins.
import type { CellEvent, CellRequest, CellSnapshot } from '../core/cell-event.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { ControlServer } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import { asUpMessage, type DownMessage, HEARTBEAT } from './channel-message.ts';
import type { Connection } from './connection.ts';
import { createFrameDecoder, encodeFrame } from './frame-codec.ts';
import { startHeartbeats } from './heartbeat.ts';
import { createOrderBook } from './order-book.ts';
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
}

/** Records of stops that a gateway gets again when it connects: it may have been restarted since. */
const STOPS_KEPT = 20;

export function createChannelServer(options: ChannelServerOptions): ChannelServer {
  const orders = createOrderBook();
  const listeners = new Set<(request: CellRequest) => void>();
  let stops: readonly CellEvent[] = [];
  let snapshot: CellSnapshot | undefined;
  let peer: Peer | undefined;
  let isClosed = false;

  return {
    accept: (connection) => {
      if (isClosed) {
        connection.close();
        return;
      }
      peer?.close();
      const accepted = createPeer(connection, options, (request) => {
        for (const listener of listeners) listener(request);
      });
      peer = accepted;
      for (const part of helloParts(options.epoch, orders.list())) accepted.push(part);
      for (const event of stops) accepted.push({ kind: 'event', event });
      if (snapshot !== undefined) accepted.push({ kind: 'snapshot', snapshot });
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish: (message) => {
      if (message.kind === 'event') orders.hear(message.event.body);
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

function helloParts(epoch: string, records: readonly JobRecord[]): readonly DownMessage[] {
  const parts: DownMessage[] = [];
  let from = 0;
  do {
    const to = from + RECORDS_PER_PART;
    parts.push({ kind: 'hello-part', epoch, records: records.slice(from, to), last: to >= records.length });
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

function createPeer(
  connection: Connection,
  options: ChannelServerOptions,
  onRequest: (request: CellRequest) => void,
): Peer {
  const { clock } = options;
  const outbox = createOutbox(options.outboxMessagesMax);
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
      if (message.kind === 'request') onRequest(message.request);
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
  return { push, finish, close };
}
