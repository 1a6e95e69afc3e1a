// A gateway on a free port of the loopback interface, a control process that obeys the test, and raw gRPC calls to it.
import * as grpc from '@grpc/grpc-js';
import type { MethodDefinition } from '../../proto/generated/services.js';
import { type DecodedStatus, decodeStatus, STATUS_DETAILS_KEY } from '../../src/client/status-details.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import type { WorkMaster } from '../../src/core/work-master.ts';
import type { DoorLimits } from '../../src/mes/door-limits.ts';
import type { GatewayPush } from '../../src/mes/gateway.ts';
import { type GatewayServer, startGatewayServer } from '../../src/mes/gateway-server.ts';
import type { ControlClient } from '../../src/ports/cell-channel.ts';
import type { CellStanding } from '../../src/ports/cell-standing.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import type { LineLevel } from '../../src/ports/line-log.ts';
import type { CheckDraft } from '../../src/ports/work-master-check.ts';
import { ControlFake } from './control-fake.ts';
import { smallModel } from './small-cell.ts';
import { VirtualClock } from './virtual-clock.ts';

const PICK: WorkMaster = {
  id: 'pick',
  version: '2.1.0',
  description: 'picks parts',
  parameters: [
    { id: 'count', type: 'integer', description: 'parts', unit: '1', min: 1, max: 10 },
    { id: 'speed', type: 'number', description: 'speed', unit: '%', min: 50, max: 100, defaultValue: 80 },
    { id: 'note', type: 'string', description: 'note', options: ['a', 'b'], defaultValue: 'a' },
    { id: 'fast', type: 'boolean', description: 'fast', defaultValue: true },
  ],
  steps: [],
};

export function pickCell(): CellModel {
  return { ...smallModel(), workMasters: [PICK] };
}

/** How a call ended. `details` is undefined where the server gave no google.rpc.Status. */
export type Ending<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly details: DecodedStatus | undefined;
    };

/** A gateway and raw calls to it, whoever plays the control process. */
export interface GatewayBench {
  readonly clock: VirtualClock;
  readonly server: GatewayServer;
  readonly client: grpc.Client;
  /** Lines that the server logged: what went wrong inside. */
  readonly log: readonly string[];
  /** Of each line of `log`. */
  readonly levels: readonly LineLevel[];
  call<Request, Response>(
    method: MethodDefinition<Request, unknown, never, Response, false, false>,
    request: Request,
  ): Promise<Ending<Response>>;
  /** The same with a deadline, ms. */
  callWithin<Request, Response>(
    ms: number,
    method: MethodDefinition<Request, unknown, never, Response, false, false>,
    request: Request,
  ): Promise<Ending<Response>>;
  /** Sends bytes that no encoder made. */
  callRaw(path: string, bytes: Uint8Array): Promise<Ending<Buffer>>;
  /** The same for a stream: ok once it has begun. */
  watchRaw(path: string, bytes: Uint8Array): Promise<Ending<Buffer>>;
  watch<Request, Response>(
    method: MethodDefinition<Request, unknown, never, Response, false, true>,
    request: Request,
  ): Watched<Response>;
  stop(): Promise<void>;
}

export interface Watched<Response> {
  /** The next message; rejects with an ending when the stream failed. */
  next(): Promise<Response>;
  /** Resolves when the stream ended: undefined when it ended well. */
  ending(): Promise<Ending<never> | undefined>;
  readonly call: grpc.ClientReadableStream<Response>;
}

/** With a control process that obeys the test. */
export interface MesBench extends GatewayBench {
  readonly control: ControlFake;
}

/** @param journal what the gateway remembers orders in; the test closes it */
export async function startMesBench(
  cell: CellModel = pickCell(),
  limits?: DoorLimits,
  journal?: JournalPort,
  standing?: CellStanding,
  checkDraft?: CheckDraft,
): Promise<MesBench> {
  const control = new ControlFake();
  return { ...(await startGatewayBench(control, cell, limits, journal, undefined, standing, checkDraft)), control };
}

export async function startGatewayBench(
  control: ControlClient,
  cell: CellModel,
  limits?: DoorLimits,
  journal?: JournalPort,
  push?: GatewayPush,
  standing?: CellStanding,
  checkDraft?: CheckDraft,
): Promise<GatewayBench> {
  const clock = new VirtualClock();
  const log: string[] = [];
  const levels: LineLevel[] = [];
  const server = await startGatewayServer({
    cell,
    control,
    clock,
    limits,
    journal,
    push,
    standing: standing && (() => standing),
    checkDraft,
    port: 0,
    log: (line, level = 'error') => {
      log.push(line);
      levels.push(level);
    },
  });
  if (!server.ok) throw new Error(server.error.message.en);
  const client = new grpc.Client(`127.0.0.1:${server.value.port}`, grpc.credentials.createInsecure());
  return {
    clock,
    server: server.value,
    client,
    log,
    levels,
    call: (method, request) => unary(client, method.path, method.requestSerialize, method.responseDeserialize, request),
    callWithin: (ms, method, request) =>
      unary(client, method.path, method.requestSerialize, method.responseDeserialize, request, Date.now() + ms),
    callRaw: (path, bytes) => unary(client, path, toBuffer, (answer) => answer, bytes),
    watchRaw: async (path, bytes) => {
      const watch = watched(client.makeServerStreamRequest(path, toBuffer, (answer) => answer, bytes));
      const begun = { ok: true, value: Buffer.alloc(0) } as const;
      const first = watch.next().then(() => begun);
      const ended = watch.ending().then((ending) => ending ?? begun);
      const ending = await Promise.race([first.catch(() => ended), ended]);
      watch.call.cancel();
      return ending;
    },
    watch: (method, request) => {
      const call = client.makeServerStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        request,
      );
      return watched(call);
    },
    stop: async () => {
      client.close();
      await stopIn(clock, server.value);
    },
  };
}

/** The grace of whoever is still connected passes at once. */
export async function stopIn(clock: VirtualClock, server: Pick<GatewayServer, 'stop'>): Promise<void> {
  const done = new AbortController();
  const stopped = server.stop().finally(() => done.abort());
  for (let turn = 1; !done.signal.aborted; turn += 1) {
    await new Promise(setImmediate);
    if (turn % 100 === 0) clock.advance(500);
  }
  await stopped;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes);
}

function unary<Request, Response>(
  client: grpc.Client,
  path: string,
  serialize: (value: Request) => Buffer,
  deserialize: (bytes: Buffer) => Response,
  request: Request,
  deadline?: number,
): Promise<Ending<Response>> {
  const options = deadline === undefined ? {} : { deadline };
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, serialize, deserialize, request, options, (error, value) => {
      if (error !== null) resolve(endingOf(error));
      else resolve({ ok: true, value: value as Response });
    });
  });
}

function endingOf(error: grpc.ServiceError): Ending<never> {
  const [bytes] = error.metadata.get(STATUS_DETAILS_KEY);
  const details = typeof bytes === 'object' ? decodeStatus(bytes) : undefined;
  return { ok: false, code: grpc.status[error.code], message: error.details, details };
}

function watched<Response>(call: grpc.ClientReadableStream<Response>): Watched<Response> {
  const ended = new Promise<Ending<never> | undefined>((resolve) => {
    call.on('error', (error: grpc.ServiceError) => resolve(endingOf(error)));
    call.on('end', () => resolve(undefined));
  });
  const messages: Response[] = [];
  const waiting: ((message: Response) => void)[] = [];
  call.on('data', (message: Response) => {
    const taker = waiting.shift();
    if (taker === undefined) messages.push(message);
    else taker(message);
  });
  return {
    call,
    ending: () => ended,
    next: () => {
      const message = messages.shift();
      if (message !== undefined) return Promise.resolve(message);
      const failed = ended.then((ending) => Promise.reject(new Error(`the stream ended: ${JSON.stringify(ending)}`)));
      const arrived = new Promise<Response>((resolve) => waiting.push(resolve));
      return Promise.race([arrived, failed]);
    },
  };
}
