// Goal: how long a command takes to the board and back, and a question of an MES to the gateway and back.
// Method: real ports and real processes, each exchange in turn with a bare one of the same number of bytes.
import { Client, credentials } from '@grpc/grpc-js';
import { JobOrderReceiverServiceDefinition } from '../../proto/generated/services.js';
import { processDataBytes } from '../../src/core/process-data.ts';
import { samplePlan } from '../support/wire-samples.ts';
import { Helper } from './child.ts';
import { comparedFigure, type Figure, type Measurement } from './figure.ts';
import { ECHO_PATH } from './grpc-echo-host.ts';
import { MovingCell } from './moving-cell.ts';
import { openTerminal, PtyBoard } from './pty-board.ts';
import type { RoundTripSettings } from './round-trip-host.ts';
import { median, percentile } from './statistics.ts';

const FULL = { rounds: 10, exchanges: 200 } as const;
const QUICK = { rounds: 3, exchanges: 50 } as const;
const BLOCK_MS_MAX = 120_000;
const CALL_MS_MAX = 10_000;

type Volume = typeof FULL | typeof QUICK;

/** By round: times of each exchange, ms. */
interface Pairs {
  readonly celda: number[][];
  readonly reference: number[][];
}

export const measureRoundTrip: Measurement = async ({ quick, progress }) => {
  const volume = quick ? QUICK : FULL;
  progress('round trip: commands to a board over a pseudo-terminal');
  const board = await measureBoard(volume);
  progress('round trip: gRPC Get over the loopback interface');
  const calls = await measureCalls(volume);
  return [
    ...figuresOf('process data: command -> receipt', 'bytes written and answered', board),
    ...figuresOf('gRPC GetJobOrder', 'bare grpc-js echo of the same bytes', calls),
  ];
};

function figuresOf(name: string, what: string, { celda, reference }: Pairs): readonly Figure[] {
  const count = celda.flat().length;
  const figure = (title: string, measured: readonly number[], runs: readonly number[], note: string): Figure =>
    comparedFigure({
      name: `${name}, ${title}`,
      requirement: '-',
      unit: 'ms',
      measured,
      reference: { what, runs },
      ratioMax: undefined,
      note,
    });
  const tail = (rounds: readonly (readonly number[])[]): number[] => [percentile(rounds.flat(), 99)];
  return [
    figure('p50', celda.map(median), reference.map(median), `${count} of each in ${celda.length} runs`),
    figure('p99', tail(celda), tail(reference), ''),
  ];
}

async function measureBoard({ rounds, exchanges }: Volume): Promise<Pairs> {
  const { process: requestBytes, image: replyBytes } = processDataBytes(samplePlan());
  const board = new PtyBoard();
  const terminal = openTerminal();
  let received = 0;
  terminal.onData((bytes) => {
    received += bytes.length;
    if (received < requestBytes) return;
    received -= requestBytes;
    terminal.write(new Uint8Array(replyBytes).fill(0x55));
  });
  const settings: RoundTripSettings = { boardPath: board.path, echoPath: terminal.path, requestBytes, replyBytes };
  const pairs: Pairs = { celda: [], reference: [] };
  try {
    const host = await Helper.start('./round-trip-host.ts', settings);
    try {
      for (let round = 0; round <= rounds; round += 1) {
        host.send({ count: exchanges });
        const { sessionMs, echoMs } = await host.next('measured', BLOCK_MS_MAX);
        if (round > 0) pairs.celda.push(sessionMs as number[]);
        if (round > 0) pairs.reference.push(echoMs as number[]);
      }
    } finally {
      await host.stop();
    }
  } finally {
    terminal.close();
    board.close();
  }
  return pairs;
}

async function measureCalls({ rounds, exchanges }: Volume): Promise<Pairs> {
  const { path, requestSerialize } = JobOrderReceiverServiceDefinition.getJobOrder;
  const cell = await MovingCell.start();
  const pairs: Pairs = { celda: [], reference: [] };
  try {
    await cell.setMoving();
    const request = requestSerialize({ jobOrderId: cell.jobOrderId });
    const celda = new BareClient(cell.address, path, request);
    const { length: replyBytes } = await celda.call();
    const server = await Helper.start('./grpc-echo-host.ts', { replyBytes });
    try {
      const asked = server.next('port', CALL_MS_MAX);
      server.send({ kind: 'port' });
      const { port } = await asked;
      const echo = new BareClient(`127.0.0.1:${String(port)}`, ECHO_PATH, request);
      for (let round = 0; round <= rounds; round += 1) {
        const times = { celda: [] as number[], reference: [] as number[] };
        for (let done = 0; done < exchanges; done += 1) {
          times.celda.push(await celda.timedCall());
          times.reference.push(await echo.timedCall());
        }
        if (round > 0) pairs.celda.push(times.celda);
        if (round > 0) pairs.reference.push(times.reference);
      }
      echo.close();
    } finally {
      celda.close();
      await server.stop();
    }
  } finally {
    await cell.stop();
  }
  return pairs;
}

/** The same few bytes again and again: what is timed is the other side. */
class BareClient {
  readonly #client: Client;
  readonly #path: string;
  readonly #request: Buffer;

  constructor(address: string, path: string, request: Buffer) {
    this.#client = new Client(address, credentials.createInsecure());
    this.#path = path;
    this.#request = request;
  }

  call(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        this.#path,
        bytes,
        bytes,
        this.#request,
        { deadline: Date.now() + CALL_MS_MAX },
        (error, reply) => {
          if (error === null && reply !== undefined) resolve(reply);
          else reject(error ?? new Error('an empty answer'));
        },
      );
    });
  }

  async timedCall(): Promise<number> {
    const startedAt = performance.now();
    await this.call();
    return performance.now() - startedAt;
  }

  close(): void {
    this.#client.close();
  }
}

function bytes(value: Buffer): Buffer {
  return value;
}
