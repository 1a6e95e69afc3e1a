// Goal: whatever celda/client is doing when it is closed ends at once, and so does what is begun later, as cancelled. Method: a gateway
// that takes calls and never answers, one whose line is cut, and pauses that are longer than the test may take.
import { afterEach, describe, expect, it } from 'vitest';
import { JobOrderReceiverServiceDefinition as JOBS } from '../../proto/generated/services.js';
import { JobClient } from '../../src/app/job-client.ts';
import { PatientClient } from '../../src/app/patient-client.ts';
import { GrpcClient } from '../../src/client/grpc-client.ts';
import { type CellConnection, connectCell } from '../../src/client/index.ts';
import type { RetryOptions } from '../../src/client/retry.ts';
import { BreakingGateway } from '../support/breaking-gateway.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { CutLine } from '../support/cut-line.ts';
import { startMesBench } from '../support/mes-bench.ts';

const TEST_MS_MAX = 10_000;
const LONG_MS = 600_000;
const SLOW = { repeatMsMax: 10 * LONG_MS, delayMsMin: LONG_MS, delayMsMax: LONG_MS };
const NOBODY = '127.0.0.1:1';
const ORDER = { jobOrderId: 'J-1', workMasterId: 'pick' };
const CANCELLED = { name: 'CallError', kind: 'cancelled', status: 'CANCELLED', reason: '' };

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function connect(address: string, retries: RetryOptions = SLOW): CellConnection {
  const cell = connectCell({ address, retries });
  cleanups.push(() => cell.close());
  return cell;
}

/** Takes calls and never answers. */
async function silentGateway() {
  let take: () => void = () => undefined;
  const taken = new Promise<void>((resolve) => {
    take = resolve;
  });
  const gateway = await BreakingGateway.open([take, take], Buffer.alloc(0));
  cleanups.push(() => gateway.close());
  return { gateway, taken };
}

/** A line to a gateway with one order. */
async function lineToCell(): Promise<CutLine> {
  const bench = await startMesBench();
  cleanups.push(() => bench.stop());
  bench.control.hello([jobRecord('J-1')]);
  const line = await CutLine.open(bench.server.port);
  cleanups.push(() => line.close());
  return line;
}

type Watch = AsyncGenerator<{ readonly kind: string }, void>;

async function takeUntil(watch: Watch, kind: string): Promise<void> {
  for (;;) {
    const { done, value } = await watch.next();
    if (done === true) throw new Error(`ended without ${kind}`);
    if (value.kind === kind) return;
  }
}

const WATCHES: readonly (readonly [string, string, (cell: CellConnection, signal?: AbortSignal) => Watch])[] = [
  ['job orders', 'synced', (cell, signal) => cell.watchJobOrders(signal && { signal })],
  ['alarms', 'synced', (cell, signal) => cell.watchAlarms(signal && { signal })],
  ['the state of the cell', 'state', (cell, signal) => cell.watchCellState(0, signal && { signal })],
];

describe('a call of a connection that is closed', { timeout: TEST_MS_MAX }, () => {
  it('ends although its answer is waited for, and may have been done', async () => {
    const { gateway, taken } = await silentGateway();
    const cell = connect(gateway.address);
    const call = cell.jobs.storeJobOrder({ requestId: 'mine', jobOrder: ORDER }, { timeoutMs: LONG_MS });
    const ended = expect(call).rejects.toMatchObject({ ...CANCELLED, requestId: 'mine', mayBeDone: true });
    await taken;
    cell.close();
    await ended;
    expect(gateway.requests).toHaveLength(1);
  });

  it('ends between two attempts', async () => {
    let repeat: () => void = () => undefined;
    const repeated = new Promise<void>((resolve) => {
      repeat = resolve;
    });
    const cell = connect(NOBODY, { ...SLOW, onRepeat: repeat });
    const ended = expect(cell.jobs.getJobOrder({ jobOrderId: 'J-1' })).rejects.toMatchObject(CANCELLED);
    await repeated;
    cell.close();
    await ended;
  });

  it('ends between two attempts of a command', async () => {
    let wait: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      wait = resolve;
    });
    const client = new PatientClient(NOBODY, undefined, wait);
    const call = client.call(JOBS.getJobOrder, { jobOrderId: 'J-1' });
    await waiting;
    client.close();
    expect(await call).toMatchObject({ ok: false, error: { kind: 'cancelled', status: 'CANCELLED' } });
  });

  it('is not sent when it comes later', async () => {
    const { gateway } = await silentGateway();
    const cell = connect(gateway.address);
    cell.close();
    await expect(cell.jobs.storeJobOrder({ jobOrder: ORDER })).rejects.toMatchObject({
      ...CANCELLED,
      mayBeDone: false,
    });
    expect(gateway.requests).toHaveLength(0);
  });
});

describe('a watch of a connection that is closed', { timeout: TEST_MS_MAX }, () => {
  it.each(WATCHES)('over %s ends while it is told, and another one does not begin', async (_what, listed, open) => {
    const line = await lineToCell();
    const cell = connect(line.address);
    const watch = open(cell);
    await takeUntil(watch, listed);
    const next = watch.next();
    cell.close();
    await expect(next).rejects.toMatchObject(CANCELLED);
    await expect(open(cell).next()).rejects.toMatchObject(CANCELLED);
    expect(line.connections).toBe(1);
  });

  it.each(WATCHES)('over %s ends between two of its streams', async (_what, listed, open) => {
    const line = await lineToCell();
    const cell = connect(line.address);
    const watch = open(cell);
    await takeUntil(watch, listed);
    line.refuse();
    await takeUntil(watch, 'interrupted');
    const next = watch.next();
    cell.close();
    await expect(next).rejects.toMatchObject(CANCELLED);
  });

  it.each(WATCHES)('over %s ends without an error when its signal was first', async (_what, listed, open) => {
    const line = await lineToCell();
    const cell = connect(line.address);
    const end = new AbortController();
    const watch = open(cell, end.signal);
    await takeUntil(watch, listed);
    const next = watch.next();
    end.abort();
    cell.close();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('for the end of an order ends', async () => {
    const line = await lineToCell();
    const cell = connect(line.address);
    let sync: () => void = () => undefined;
    const synced = new Promise<void>((resolve) => {
      sync = resolve;
    });
    const wait = cell.waitForEnd('J-1', { onEvent: ({ kind }) => kind === 'synced' && sync() });
    const ended = expect(wait).rejects.toMatchObject(CANCELLED);
    await synced;
    cell.close();
    await ended;
  });
});

describe('a watch of a command that is closed', { timeout: TEST_MS_MAX }, () => {
  it('ends with the failure, and does not go on', async () => {
    const line = await lineToCell();
    const jobs = new JobClient(line.address);
    const watch = jobs.watch([]);
    expect((await watch.next()).value).toMatchObject({ ok: true, value: { kind: 'job' } });
    const next = watch.next();
    jobs.close();
    expect((await next).value).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });
});

describe('a stream of a client that is closed', () => {
  it('has nothing but the failure', async () => {
    const client = new GrpcClient(NOBODY);
    client.close();
    const stream = client.stream(JOBS.watchJobOrders, {}, undefined);
    expect((await stream.next()).value).toMatchObject({ ok: false, error: { kind: 'cancelled', status: 'CANCELLED' } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
