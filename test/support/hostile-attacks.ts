// Attacks on a gateway, each by its name and in any size. What they prove is measured outside: in the gateway and in the cycle.
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import * as grpc from '@grpc/grpc-js';
import type { celda } from '../../proto/generated/celda.js';
import {
  CellServiceDefinition as Cell,
  JobOrderReceiverServiceDefinition as Jobs,
  type Received,
} from '../../proto/generated/services.js';
import {
  END_STREAM,
  FRAME,
  frame,
  GRPC_HEADERS,
  HostileClient,
  headersFrame,
  messagePrefix,
  resetFrame,
} from './hostile-client.ts';
import { sendMutated } from './mutated-messages.ts';

const GIB = 2 ** 30;
const FRAME_BYTES = 16_384;
const WINDOW_BYTES = Buffer.from([0x7f, 0, 0, 0]);
const WINDOW = frame(FRAME.windowUpdate, 0, 0, WINDOW_BYTES);
/** What slow readers ask for, each over one connection. */
const WATCHED = [Jobs.watchJobOrders.path, Cell.watchCellState.path] as const;
/** How long they read, a byte a second. */
const SLOW_SECONDS = 6;

/** Watches job orders beside an attack, and takes what it is sent. */
class HonestWatcher {
  /** Resolves when it was sent something, or cut. */
  readonly begun: Promise<unknown>;
  readonly #client: grpc.Client;
  readonly #call: grpc.ClientReadableStream<unknown>;
  readonly #wrong: string[] = [];
  #taken = 0;
  #isEnding = false;

  constructor(port: number) {
    this.#client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const { path, requestSerialize, responseDeserialize } = Jobs.watchJobOrders;
    const call = this.#client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {});
    call.on('data', ({ sequence }: Received<celda.job.v1.WatchJobOrdersResponse>) => {
      this.#taken += 1;
      if (sequence.toNumber() !== this.#taken) this.#wrong.push(`message ${String(sequence)} came as ${this.#taken}`);
    });
    call.on('error', ({ message }) => {
      if (!this.#isEnding) this.#wrong.push(`the honest watcher was cut: ${message}`);
    });
    this.begun = new Promise((resolve) => call.once('data', resolve).once('error', resolve));
    this.#call = call;
  }

  /** @returns what it was not given as it should have been */
  end(): readonly string[] {
    this.#isEnding = true;
    this.#call.cancel();
    this.#client.close();
    return this.#taken === 0 ? ['the honest watcher was sent nothing'] : this.#wrong;
  }
}

/** Ten times the same work master, and parameters without a name: 1,276 in each group. */
function orderOfMistakes(groups: number): Buffer {
  const group = { id: 'OrderNumbers', subparameters: many(25, { subparameters: many(50, {}) }) };
  const workMasterOptions = many(10, { id: 'pick-and-place' });
  const jobOrder = { jobOrderId: 'J-1', workMasterOptions, parameters: many(groups, group) };
  return Buffer.from(Jobs.storeJobOrder.requestSerialize({ requestId: 'mistakes', jobOrder }));
}

/** With as many bytes as the door lets in, and with as many fields. */
const ORDERS_OF_MISTAKES = [orderOfMistakes(22), orderOfMistakes(3)] as const;
const SENDERS = 8;
const READY_MS = 30_000;
const TURNED_AWAY: readonly grpc.status[] = [grpc.status.INVALID_ARGUMENT, grpc.status.RESOURCE_EXHAUSTED];

function many<T>(count: number, each: T): T[] {
  return Array.from({ length: count }, () => each);
}

function statusOf(client: grpc.Client, bytes: Buffer): Promise<grpc.status> {
  return new Promise((resolve) => {
    const same = (buffer: Buffer): Buffer => buffer;
    client.makeUnaryRequest(Jobs.storeJobOrder.path, same, same, bytes, (error) =>
      resolve(error?.code ?? grpc.status.OK),
    );
  });
}

/** One attack; `times` is its size, by the number that its name speaks of. @returns what was answered as it may not be */
type Attack = (port: number, times: number) => Promise<readonly string[]>;

export const ATTACKS = {
  'bytes of one message': async (port, times) => {
    const part = frame(FRAME.data, 0, 1, Buffer.alloc(FRAME_BYTES));
    const begin = frame(FRAME.data, 0, 1, messagePrefix(Math.min(times, GIB)));
    for (let sent = 0; sent < times; ) {
      const client = await new HostileClient(port).greet();
      await client.write(Buffer.concat([WINDOW, headersFrame(1), begin]));
      for (; sent < times && !client.isClosed; sent += FRAME_BYTES) await client.write(part);
      client.end();
    }
    return [];
  },
  'compression bombs': async (port, times) => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const fields = { ...GRPC_HEADERS, 'grpc-encoding': 'gzip' };
    for (let count = 0; count < times; count += 1) {
      const client = await new HostileClient(port).greet();
      const message = Buffer.concat([messagePrefix(bomb.length, true), bomb]);
      await client.write(Buffer.concat([WINDOW, headersFrame(1, fields)]));
      for (let at = 0; at < message.length && !client.isClosed; at += FRAME_BYTES) {
        const isLast = at + FRAME_BYTES >= message.length;
        await client.write(frame(FRAME.data, isLast ? END_STREAM : 0, 1, message.subarray(at, at + FRAME_BYTES)));
      }
      client.end();
    }
    return [];
  },
  'rapid resets': async (port, times) => {
    for (let sent = 0; sent < times; ) {
      const client = await new HostileClient(port).greet();
      for (let call = 0; sent < times && !client.isClosed; call += 1) {
        await client.write(Buffer.concat([headersFrame(2 * call + 1), resetFrame(2 * call + 1)]));
        sent += 1;
      }
      client.end();
    }
    return [];
  },
  'frames of one byte': async (port, times) => {
    const one = frame(FRAME.data, 0, 1, Buffer.from([0]));
    const many = Buffer.concat(Array.from({ length: 100 }, () => one));
    for (let sent = 0; sent < times; ) {
      const client = await new HostileClient(port).greet();
      await client.write(Buffer.concat([headersFrame(1), frame(FRAME.data, 0, 1, messagePrefix(250_000))]));
      while (sent < times && !client.isClosed) {
        await client.write(many);
        sent += 100;
      }
      client.end();
    }
    return [];
  },
  'stalled handshakes': async (port, times) => {
    const silent = await Promise.all(Array.from({ length: times }, () => new HostileClient(port).open()));
    for (const client of silent) await client.write(Buffer.from('PRI * HT'));
    for (const client of silent) client.end();
    return [];
  },
  'malformed headers': async (port, times) => {
    for (let count = 0; count < times; count += 1) {
      const client = await new HostileClient(port).greet();
      const length = 1 + (count % 300);
      const bytes = Buffer.from(Array.from({ length }, (_, at) => (count * 31 + at * 17 + at * at * count) % 256));
      await client.write(frame(FRAME.headers, count % 8, 1, bytes));
      await client.write(frame(FRAME.continuation, count % 5, 1, bytes));
      client.end();
    }
    return [];
  },
  'slow readers': async (port, times) => {
    const honest = new HonestWatcher(port);
    // All come from one address here: it is no part of this attack that they wait for each other.
    await honest.begun;
    const readers = await Promise.all(Array.from({ length: times }, () => new HostileClient(port).greet()));
    for (const reader of readers) {
      const watches = WATCHED.map((path, index) => {
        const id = 2 * index + 1;
        const window = frame(FRAME.windowUpdate, 0, id, WINDOW_BYTES);
        const asked = frame(FRAME.data, END_STREAM, id, messagePrefix(0));
        return Buffer.concat([headersFrame(id, { ...GRPC_HEADERS, ':path': path }), asked, window]);
      });
      reader.stall();
      await reader.write(Buffer.concat([WINDOW, ...watches]));
    }
    for (let second = 0; second < SLOW_SECONDS; second += 1) {
      await setTimeout(1_000);
      for (const reader of readers) reader.sip();
    }
    for (const reader of readers) reader.end();
    return honest.end();
  },
  'orders full of mistakes': async (port, times) => {
    const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    // An attack before it may have left no room for new connections of this address.
    await new Promise((resolve) => client.waitForReady(Date.now() + READY_MS, resolve));
    let left = times;
    const wrong: string[] = [];
    const send = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const status = await statusOf(client, ORDERS_OF_MISTAKES[left % 2 === 0 ? 0 : 1]);
        if (!TURNED_AWAY.includes(status))
          wrong.push(`an order full of mistakes is answered with ${grpc.status[status]}`);
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, send));
    client.close();
    return wrong;
  },
  'mutated messages': async (port, times) => {
    const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const wrong = await sendMutated(client, { seed: 1, times });
    client.close();
    return wrong;
  },
} as const satisfies Readonly<Record<string, Attack>>;

export type AttackName = keyof typeof ATTACKS;
export const ATTACK_NAMES = Object.keys(ATTACKS) as readonly AttackName[];
