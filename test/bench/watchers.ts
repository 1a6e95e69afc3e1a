// A thousand watchers of job orders: whether each is told every change or can go on where it was cut, and what it costs the gateway.
import * as grpc from '@grpc/grpc-js';
import type { celda } from '../../proto/generated/celda.js';
import { JobOrderReceiverServiceDefinition as METHODS, type Received } from '../../proto/generated/services.js';
import { EXEC_ARGV } from '../../src/app/fork-child.ts';
import { Helper } from './child.ts';
import { boundedFigure, type Measurement } from './figure.ts';

type Message = Received<celda.job.v1.WatchJobOrdersResponse>;

const WATCHERS = 1_000;
/** A connection takes so many calls at a time, and more. */
const PER_CONNECTION = 100;
const PER_SECOND = 20;
const SECONDS = 30;
const QUICK = { watchers: 50, seconds: 2 };
const MEMORY_MIB_MAX = 256;
/** How long the last change may be under way. */
const LATE_MS = 120_000;

export const measureWatchers: Measurement = async ({ quick, progress }) => {
  const { watchers, seconds } = quick ? QUICK : { watchers: WATCHERS, seconds: SECONDS };
  const changes = seconds * PER_SECOND;
  const host = await Helper.start('./watchers-host.ts', {}, EXEC_ARGV['gateway-process']);
  const clients: grpc.Client[] = [];
  try {
    const answer = host.next('port', LATE_MS);
    host.send({ kind: 'port' });
    const address = `127.0.0.1:${Number((await answer)['port'])}`;
    for (let first = 0; first < watchers; first += PER_CONNECTION) {
      const alone = { 'grpc.use_local_subchannel_pool': 1 };
      clients.push(new grpc.Client(address, grpc.credentials.createInsecure(), alone));
    }
    const readers = Array.from(
      { length: watchers },
      (_, index) => new Reader(clients[index % clients.length], changes),
    );
    await Promise.all(readers.map((reader) => reader.begun));
    progress(`watchers: ${watchers} watch, ${changes} changes begin`);
    const changed = host.next('changed', LATE_MS + seconds * 1_000);
    host.send({ kind: 'change', changes, perSecond: PER_SECOND });
    const memoryMiB = Number((await changed)['memoryMiB']);
    await Promise.all(readers.map((reader) => reader.done));
    const wrong = readers.filter((reader) => !reader.isWhole).length;
    const cuts = readers.reduce((sum, reader) => sum + reader.cuts, 0);
    return [
      boundedFigure({
        name: `${watchers} watchers, ${PER_SECOND} changes/s: not told every change once`,
        requirement: 'none',
        unit: 'watchers',
        values: [wrong],
        judged: 'max',
        limit: { what: 'the budget', value: 0, kind: 'at most' },
        note: `${changes} changes to each; ${cuts} streams were cut and resumed`,
      }),
      boundedFigure({
        name: `${watchers} watchers: memory of the gateway`,
        requirement: 'at most 256 MiB',
        unit: 'MiB',
        values: [memoryMiB],
        judged: 'max',
        limit: { what: 'the budget', value: MEMORY_MIB_MAX, kind: 'at most' },
        note: 'largest resident set of the process',
      }),
    ];
  } finally {
    for (const client of clients) client.close();
    await host.stop();
  }
};

/** Watches until it has been told all changes; goes on with its token when it is cut. */
class Reader {
  readonly #client: grpc.Client;
  readonly #changes: number;
  readonly #told: string[] = [];
  readonly begun: Promise<void>;
  readonly done: Promise<void>;
  #begin = (): void => undefined;
  #end = (): void => undefined;
  #token = '';
  cuts = 0;

  constructor(client: grpc.Client | undefined, changes: number) {
    if (client === undefined) throw new Error('no client');
    this.#client = client;
    this.#changes = changes;
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
    this.done = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#watch();
  }

  /** Each change once, and every order's in their order. */
  get isWhole(): boolean {
    return this.#told.length === this.#changes && new Set(this.#told).size === this.#changes;
  }

  #watch(): void {
    const { path, requestSerialize, responseDeserialize } = METHODS.watchJobOrders;
    const call = this.#client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {
      resumeToken: this.#token,
    });
    call.on('data', (message: Message) => {
      this.#begin();
      this.#token = message.resumeToken;
      const { stateChange } = message;
      if (stateChange !== null)
        this.#told.push(`${stateChange.jobOrder?.jobOrderId} ${stateChange.revision.toString()}`);
      if (this.#told.length < this.#changes) return;
      call.cancel();
      this.#end();
    });
    call.on('error', () => {
      if (this.#told.length >= this.#changes) return;
      this.cuts += 1;
      this.#watch();
    });
  }
}
