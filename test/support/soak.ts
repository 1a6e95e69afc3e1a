// A cell that works for very long in virtual time: control with its board, and the gateway with its server, its journal and a client, all in
// one process. What it holds is looked at again and again, after garbage has been collected.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { JobOrderReceiverServiceDefinition as JOBS } from '../../proto/generated/services.js';
import { SimBoard } from '../../sim/board/sim-board.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { startControl } from '../../src/app/compose-control.ts';
import { createMemoryChannel } from '../../src/app/memory-channel.ts';
import { GrpcClient } from '../../src/client/grpc-client.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { startGatewayServer } from '../../src/mes/gateway-server.ts';
import { smallModel } from './small-cell.ts';

const CYCLE_MS = 10;
/** Between two looks whether the order has ended, cycles. */
const LOOK_CYCLES = 5;
const ORDER_CYCLES_MAX = 20_000;
/** An order is answered within these, unless a thread or the system is slow. */
const ANSWER_CYCLES = 500;
const PUSH_MS = 200;
/** Full after a few hundred orders: what grows after that grows for ever. */
const RETENTION = { endedOrdersMax: 100, eventsMax: 2_000, requestsMax: 100, youngRequestsMax: 100 };
/** Of a file system in memory: the disk is no part of this. */
const MEMORY = '/dev/shm';

export interface SoakSample {
  readonly cycles: number;
  readonly orders: number;
  /** Objects and buffers of this process, the journal's thread not among them, bytes. */
  readonly heapBytes: number;
  /** Of the whole process, bytes. */
  readonly residentBytes: number;
  /** What keeps Node alive: sockets, timers, threads. */
  readonly handles: number;
  readonly files: number;
}

export interface SoakReport {
  readonly samples: readonly SoakSample[];
  /** Growth in the second half: the mean of its second half less that of its first. */
  readonly heapGrowthBytes: number;
  readonly residentGrowthBytes: number;
  readonly handleGrowth: number;
  readonly fileGrowth: number;
}

export interface SoakOptions {
  readonly cycles: number;
  readonly orders: number;
  /** Looks, 8 or more. */
  readonly samples: number;
  readonly onSample?: (sample: SoakSample) => void;
}

/** @throws Error when an order is refused or does not end */
export async function soak({ cycles, orders, samples, onSample }: SoakOptions): Promise<SoakReport> {
  const cell = await SoakCell.start();
  const taken: SoakSample[] = [];
  try {
    for (let order = 1; order <= orders; order += 1) {
      await cell.work(order);
      await cell.idleUntil(Math.floor((cycles * order) / orders));
      if (order < (orders * (taken.length + 1)) / samples) continue;
      const sample = cell.sample(order);
      taken.push(sample);
      onSample?.(sample);
    }
  } finally {
    await cell.stop();
  }
  return reportOf(taken);
}

function reportOf(samples: readonly SoakSample[]): SoakReport {
  const quarter = Math.floor(samples.length / 4);
  const growth = (of: (sample: SoakSample) => number): number =>
    mean(samples.slice(-quarter).map(of)) - mean(samples.slice(2 * quarter, 3 * quarter).map(of));
  return {
    samples,
    heapGrowthBytes: growth(({ heapBytes }) => heapBytes),
    residentGrowthBytes: growth(({ residentBytes }) => residentBytes),
    handleGrowth: growth(({ handles }) => handles),
    fileGrowth: growth(({ files }) => files),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One joint that goes there and back. */
function soakModel() {
  const move = (to: object): object => ({ move: { to, speedPercent: 100, timeoutMs: 60_000 } });
  const steps = [move({ base: 6 }), { produce: { quantity: 1, good: true } }, move({ base: 0 })];
  const fast = { velocityMaxDegPerS: 300, accelerationMaxDegPerS2: 4_000 };
  const base = { kind: 'servo', board: 'uno-1', pin: 'D3', minDeg: -90, maxDeg: 90, safe: 'off', ...fast };
  return smallModel({
    'cell.cyclePeriodMs': CYCLE_MS,
    'devices.base': base,
    workMasters: { soak: { version: '1.0.0', steps } },
    programs: undefined,
  });
}

async function startParts(folder: string) {
  const cell = soakModel();
  const clock = new VirtualClock();
  const random = createRandom('1');
  const world = new SimWorld(cell, random, clock.now());
  const line = createLoopback({ clock: clock.quiet, baud: 115_200 });
  const board = new SimBoard({ cell, board: 'uno-1', world, clock: clock.quiet, line: line.board, random });
  const channel = createMemoryChannel({ epoch: 'soak', clock });
  const run = startControl({
    cell,
    epoch: 'soak',
    clock: clock.quiet,
    random: random.stream('control'),
    transports: new Map([['uno-1', line.host]]),
    programs: [],
    server: channel.server,
    onMessage: () => undefined,
    log: () => undefined,
  });
  const journal = await openJournal({ path: join(folder, 'soak.db'), retention: RETENTION });
  if (!journal.ok) throw new Error(`the journal does not open: ${journal.error.code}`);
  const options = { cell, control: channel.client, clock, journal: journal.value, log: () => undefined };
  const gateway = await startGatewayServer({ ...options, port: 0 });
  if (!gateway.ok) throw new Error(gateway.error.message.en);
  const client = new GrpcClient(`127.0.0.1:${gateway.value.port}`);
  return { clock, world, board, run, journal: journal.value, gateway: gateway.value, client };
}

class SoakCell {
  readonly #folder: string;
  readonly #parts: Awaited<ReturnType<typeof startParts>>;
  readonly #collect = collector();

  private constructor(folder: string, parts: Awaited<ReturnType<typeof startParts>>) {
    this.#folder = folder;
    this.#parts = parts;
  }

  /** The unit is Idle. */
  static async start(): Promise<SoakCell> {
    const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'celda-soak-'));
    const cell = new SoakCell(folder, await startParts(folder));
    const { clock, world } = cell.#parts;
    await clock.advance(10_000);
    world.press('reset');
    await clock.advance(PUSH_MS);
    world.release('reset');
    await clock.advance(PUSH_MS);
    return cell;
  }

  get #cycles(): number {
    return Math.floor(this.#parts.clock.now() / CYCLE_MS);
  }

  /** An order from its request to its end. */
  async work(count: number): Promise<void> {
    const { client, gateway } = this.#parts;
    const jobOrderId = `order-${count}`;
    const asked = client.call(
      JOBS.storeAndStartJobOrder,
      { requestId: `request-${count}`, jobOrder: { jobOrderId, workMasterId: 'soak' } },
      { timeoutMs: 60_000 },
    );
    const answered = new AbortController();
    const answer = asked.finally(() => answered.abort());
    await this.#passUntil(() => answered.signal.aborted, ANSWER_CYCLES);
    const stored = await answer;
    if (!stored.ok) throw new Error(`${jobOrderId} was refused: ${stored.error.status} ${stored.error.message}`);
    await this.#passUntil(() => gateway.mirror.get(jobOrderId)?.state === 'Ended');
  }

  /** Nothing is ordered. */
  async idleUntil(cycles: number): Promise<void> {
    const left = cycles - this.#cycles;
    if (left > 0) await this.#parts.clock.advance(left * CYCLE_MS);
  }

  sample(orders: number): SoakSample {
    this.#collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    return {
      cycles: this.#cycles,
      orders,
      heapBytes: heapUsed + external,
      residentBytes: rss,
      handles: process.getActiveResourcesInfo().length,
      files: readdirSync('/proc/self/fd').length,
    };
  }

  async stop(): Promise<void> {
    const { client, gateway, journal, run, board } = this.#parts;
    client.close();
    run.stopBoards();
    board.stop();
    await gateway.stop();
    await journal.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * Sockets and the journal's thread have their turn between the cycles. On a busy machine they take so many of them that a call would be
   * given up: after `hurriedCycles` time goes no faster than the machine's own.
   */
  async #passUntil(isDone: () => boolean, hurriedCycles = Number.POSITIVE_INFINITY): Promise<void> {
    const from = this.#cycles;
    while (!isDone()) {
      if (this.#cycles > from + ORDER_CYCLES_MAX) throw new Error('the cell does not get on with the order');
      await this.#parts.clock.advance(LOOK_CYCLES * CYCLE_MS);
      if (this.#cycles < from + hurriedCycles) await new Promise((resolve) => setImmediate(resolve));
      else await new Promise((resolve) => setTimeout(resolve, LOOK_CYCLES * CYCLE_MS));
    }
  }
}

/** @returns what collects all garbage, that which is held weakly and the code that was not run lately too */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how: object) => void;
  return () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
