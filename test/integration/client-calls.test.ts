// celda/client over a real gateway and a line that is cut: what is repeated, under which id, and what is not.
import { Client } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JobOrderReceiverServiceDefinition, SimulationServiceDefinition } from '../../proto/generated/services.js';
import { type CallFailure, GrpcClient, KEEPALIVE, plainFailure } from '../../src/client/grpc-client.ts';
import { CallError, connectCell, isCallError, toParameters } from '../../src/client/index.ts';
import { delayBefore, mayRepeat, retryPolicy } from '../../src/client/retry.ts';
import { methodsOf } from '../../src/client/service-methods.ts';
import { fault } from '../../src/core/faults.ts';
import { err } from '../../src/core/result.ts';
import { jobRecord, record } from '../support/channel-samples.ts';
import { CutLine } from '../support/cut-line.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';
import { TlsBench } from '../support/tls-bench.ts';

const QUICK = { attemptsMax: 40, delayMsMin: 1, delayMsMax: 20 };
const ORDER = {
  jobOrderId: 'J-1',
  workMasterId: 'pick',
  parameters: toParameters({ count: 3, speed: 60.5, fast: true, note: 'b' }),
};

let bench: MesBench;
let line: CutLine;
let cell: ReturnType<typeof connectCell>;

beforeEach(async () => {
  bench = await startMesBench();
  bench.control.hello();
  line = await CutLine.open(bench.server.port);
  cell = connectCell({ address: line.address, retries: QUICK });
});

afterEach(async () => {
  cell.close();
  await line.close();
  await bench.stop();
});

class CountingClient extends GrpcClient {
  attempts = 0;

  override call: GrpcClient['call'] = (...call) => {
    this.attempts += 1;
    return super.call(...call);
  };
}

class ScriptedClient extends GrpcClient {
  readonly #failures: CallFailure[];

  constructor(failures: readonly CallFailure[]) {
    super('127.0.0.1:1');
    this.#failures = [...failures];
  }

  override call: GrpcClient['call'] = () => {
    const next = this.#failures.shift();
    if (next === undefined) throw new Error('called once more');
    return Promise.resolve(err(next));
  };
}

async function errorOf(call: Promise<unknown>): Promise<CallError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CallError) return error;
  throw new Error(`no CallError: ${String(error)}`);
}

describe('a call of celda/client', () => {
  it('stores an order once although the line is cut before its answer', async () => {
    await cell.jobs.getReceiverCapabilities({});
    line.deafen();
    const done = record(bench.control).until(({ kind }) => kind === 'reply');
    const call = cell.jobs.storeAndStartJobOrder({ jobOrder: ORDER });
    await done;
    line.mend();
    line.cut();
    const answer = await call;
    expect([answer.replayed, answer.jobOrder?.jobOrder?.jobOrderId]).toEqual([true, 'J-1']);
    expect(bench.control.requests).toHaveLength(1);
    expect(bench.control.requests[0]).toMatchObject({
      order: { parameters: { count: 3, speed: 60.5, fast: true, note: 'b' } },
    });
  });

  it('is repeated until somebody serves the address again', async () => {
    line.refuse();
    const call = cell.jobs.getReceiverCapabilities({});
    while (line.connections < 2) await new Promise((resolve) => setImmediate(resolve));
    line.mend();
    expect((await call).cellName).not.toBe('');
  });

  it('[G6] goes over another connection when the one that is there has died without a word', async () => {
    const client = new GrpcClient(line.address, undefined, { timeMs: 20, timeoutMs: 100 });
    const { getReceiverCapabilities } = methodsOf(JobOrderReceiverServiceDefinition, client, retryPolicy(QUICK));
    await getReceiverCapabilities({});
    const { connections } = line;
    line.forget();
    const once = await client.call(JobOrderReceiverServiceDefinition.getReceiverCapabilities, {}, { timeoutMs: 3_000 });
    expect(once).toMatchObject({ ok: false, error: { kind: 'unreachable', status: 'UNAVAILABLE' } });
    expect(await getReceiverCapabilities({})).toMatchObject({ maxDownloadableJobOrders: 100 });
    expect(line.connections).toBeGreaterThan(connections);
    expect(KEEPALIVE).toEqual({ timeMs: 10_000, timeoutMs: 4_000 });
    client.close();
  });

  it('is given up after its attempts, with the id under which it may be repeated', async () => {
    const told: string[] = [];
    const onRepeat = ({ status, requestId }: CallError) => void told.push(`${status} ${requestId ?? ''}`);
    const patient = connectCell({ address: line.address, retries: { ...QUICK, attemptsMax: 3, onRepeat } });
    line.refuse();
    const error = await errorOf(patient.jobs.storeJobOrder({ requestId: 'mine', jobOrder: ORDER }));
    expect(error).toMatchObject({ status: 'UNAVAILABLE', kind: 'unreachable', reason: '', requestId: 'mine' });
    expect(error.mayBeDone, 'there was no connection').toBe(false);
    expect(told, 'each repetition, not the first attempt').toEqual(['UNAVAILABLE mine', 'UNAVAILABLE mine']);
    expect(error.message).toMatch(/^UNAVAILABLE: .+/);
    expect(error.message).not.toContain('Resolution note');
    line.mend();
    await expect(cell.jobs.storeJobOrder({ requestId: 'mine', jobOrder: ORDER })).resolves.toMatchObject({
      replayed: false,
    });
    patient.close();
  });

  it('is given up when its next repetition would come after the time for repetitions', async () => {
    const retries = { delayMsMin: 1, delayMsMax: 60_000, repeatMsMax: 60 };
    const brief = connectCell({ address: line.address, retries });
    line.refuse();
    const error = await errorOf(brief.jobs.getJobOrder({ jobOrderId: 'J-1' }));
    expect([error.kind, line.connections > 1]).toEqual(['unreachable', true]);
    expect(retryPolicy()).toMatchObject({
      attemptsMax: Infinity,
      repeatMsMax: 30_000,
      delayMsMin: 100,
      delayMsMax: 5_000,
    });
    brief.close();
  });

  it('is repeated under the same id when the cell is not ready, and has another id for another call', async () => {
    bench.control.refuseWith = fault(6007, { cause: 'busy' });
    const refused = record(bench.control).until(({ kind }) => kind === 'reply');
    const call = cell.jobs.storeJobOrder({ jobOrder: ORDER });
    await refused;
    bench.control.refuseWith = undefined;
    expect(await call).toMatchObject({ jobOrder: { jobOrder: { jobOrderId: 'J-1' } } });
    const second = await cell.jobs.storeJobOrder({ jobOrder: { ...ORDER, jobOrderId: 'J-2' } });
    expect(second.replayed).toBe(false);
  });

  it('is not repeated when it is refused: the error tells reason, fault, return status and every wrong field', async () => {
    const parameters = toParameters({ count: 30, sped: 1 });
    const error = await errorOf(cell.jobs.storeJobOrder({ jobOrder: { ...ORDER, parameters } }));
    expect([error.status, error.kind, error.reason]).toEqual(['INVALID_ARGUMENT', 'refused', 'JOB_PARAMETERS_INVALID']);
    expect(error.mayBeDone).toBe(false);
    expect([error.faultCode, error.returnStatus]).toEqual([6002, 4_294_967_296n]);
    expect(error.violations.map(({ field }) => field)).toEqual([
      'job_order.parameters[0].value',
      'job_order.parameters[1].id',
    ]);
    expect(isCallError(error, 'JOB_PARAMETERS_INVALID')).toBe(true);
    expect(isCallError(error, 'JOB_ORDER_EXISTS')).toBe(false);
    expect(isCallError(new Error('other'))).toBe(false);
  });

  it.each([
    ['6007: control was lost before it answered', fault(6007, { cause: 'lost' }), true],
    ['the disk does not take it, and the cell has begun', fault(6501, { pending: 'true' }), true],
    ['the disk does not take it, and nothing was begun', fault(6501), false],
  ])('that is refused says whether it may have been done: %s', async (_why, refusal, mayBeDone) => {
    const once = connectCell({ address: line.address, retries: { ...QUICK, attemptsMax: 1 } });
    bench.control.refuseWith = refusal;
    const error = await errorOf(once.jobs.storeJobOrder({ jobOrder: ORDER }));
    expect([error.kind, error.mayBeDone]).toEqual(['refused', mayBeDone]);
    once.close();
  });

  it('of which an attempt got no answer is settled by a refusal that knows of its id, and by no other', async () => {
    const grpc = new ScriptedClient([
      ...[plainFailure('UNAVAILABLE', 'unreachable', 'cut'), plainFailure('INVALID_ARGUMENT', 'refused', 'no')],
      ...[plainFailure('UNAVAILABLE', 'unreachable', 'cut'), plainFailure('PERMISSION_DENIED', 'refused', 'no')],
    ]);
    const { storeJobOrder } = methodsOf(JobOrderReceiverServiceDefinition, grpc, retryPolicy(QUICK));
    const settled = await errorOf(storeJobOrder({ jobOrder: ORDER }));
    const open = await errorOf(storeJobOrder({ jobOrder: ORDER }));
    expect([settled, open].map(({ status, mayBeDone }) => [status, mayBeDone])).toEqual([
      ['INVALID_ARGUMENT', false],
      ['PERMISSION_DENIED', true],
    ]);
    grpc.close();
  });

  it('that changes something without a request id is tried once only', async () => {
    const grpc = new CountingClient(line.address);
    const { injectFault, getPlant } = methodsOf(
      SimulationServiceDefinition,
      grpc,
      retryPolicy({ ...QUICK, attemptsMax: 3 }),
    );
    line.refuse();
    const error = await errorOf(injectFault({ component: 'belt', kind: 'stuck' }));
    expect([error.kind, error.requestId, grpc.attempts]).toEqual(['unreachable', undefined, 1]);
    await errorOf(getPlant({}));
    expect(grpc.attempts).toBe(4);
    grpc.close();
  });

  it('ends when its signal aborts, before and between attempts', async () => {
    const early = await errorOf(cell.jobs.getJobOrder({ jobOrderId: 'J-1' }, { signal: AbortSignal.abort() }));
    expect([early.status, early.kind]).toEqual(['CANCELLED', 'cancelled']);
    line.refuse();
    const end = new AbortController();
    const slow = connectCell({
      address: line.address,
      retries: { repeatMsMax: 600_000, delayMsMin: 60_000, delayMsMax: 60_000 },
    });
    const call = errorOf(slow.jobs.getJobOrder({ jobOrderId: 'J-1' }, { signal: end.signal }));
    while (line.connections === 0) await new Promise((resolve) => setImmediate(resolve));
    end.abort();
    expect((await call).status).toMatch(/CANCELLED|UNAVAILABLE/);
    slow.close();
  });
});

describe('the time that a call has', () => {
  it('covers the check of a draft, which takes longer than anything else, unless the caller gives another', async () => {
    const made = vi.spyOn(Client.prototype, 'makeUnaryRequest');
    const before = Date.now();
    const { jobs, workMasters } = cell;
    const draft = { id: 'pick', version: '3.0.0', definition: 'version: 3.0.0', etag: 'x' };
    await Promise.allSettled([
      workMasters.checkWorkMaster(draft),
      workMasters.submitWorkMasterDraft(draft),
      workMasters.approveWorkMaster(draft),
      workMasters.discardWorkMasterDraft(draft),
      workMasters.checkWorkMaster(draft, { timeoutMs: 7_000 }),
      workMasters.retireWorkMaster(draft),
      jobs.getReceiverCapabilities({}),
    ]);
    const deadlines = made.mock.calls.map((call) => (call as unknown as { deadline?: number }[])[5]?.deadline ?? 0);
    made.mockRestore();
    const seconds = deadlines.map((deadline) => Math.floor((deadline - before) / 1_000));
    expect(seconds).toEqual([30, 30, 30, 30, 7, 5, 5]);
  });

  it('ends without harm where there was no connection, and in doubt where there was one', async () => {
    const client = new GrpcClient(line.address);
    const { getReceiverCapabilities } = JobOrderReceiverServiceDefinition;
    const late = { status: 'DEADLINE_EXCEEDED', kind: 'unreachable' };
    line.deafen();
    const never = await client.call(getReceiverCapabilities, {}, { timeoutMs: 50 });
    expect(never).toMatchObject({ ok: false, error: { ...late, mayBeDone: false } });
    client.close();
    line.mend();
    const other = new GrpcClient(line.address);
    expect(await other.call(getReceiverCapabilities, {})).toMatchObject({ ok: true });
    line.deafen();
    const asked = await other.call(getReceiverCapabilities, {}, { timeoutMs: 50 });
    expect(asked).toMatchObject({ ok: false, error: { ...late, mayBeDone: true } });
    other.close();
  });
});

describe('the rule for repetitions', () => {
  const busy = plainFailure('RESOURCE_EXHAUSTED', 'refused', 'busy');

  it('takes what nobody answered, and what names a time to come again; nothing else', () => {
    expect(mayRepeat(plainFailure('UNAVAILABLE', 'unreachable', ''))).toBe(true);
    expect(mayRepeat(plainFailure('DEADLINE_EXCEEDED', 'unreachable', ''))).toBe(true);
    expect([mayRepeat(busy), mayRepeat({ ...busy, retryAfterMs: 0 })]).toEqual([false, true]);
    for (const status of ['FAILED_PRECONDITION', 'INTERNAL', 'ABORTED', 'CANCELLED', 'UNKNOWN', 'DATA_LOSS']) {
      expect(mayRepeat(plainFailure(status, 'refused', ''))).toBe(false);
    }
  });

  it('doubles the delay up to its bound, and waits as long as the cell asks, up to a minute', () => {
    const policy = retryPolicy({ delayMsMin: 100, delayMsMax: 1_000 });
    for (const [attempt, longest] of [
      [1, 100],
      [2, 200],
      [4, 800],
      [5, 1_000],
      [400, 1_000],
    ] as const) {
      const ms = delayBefore(attempt, policy, busy);
      expect(ms).toBeGreaterThanOrEqual(longest / 2);
      expect(ms).toBeLessThanOrEqual(longest);
    }
    expect(delayBefore(1, policy, { ...busy, retryAfterMs: 7_000 })).toBe(7_000);
    expect(delayBefore(1, policy, { ...busy, retryAfterMs: 9_000_000 })).toBe(60_000);
  });
});

describe('a connection with certificates', () => {
  it('is taken with its role, and refused without', async () => {
    const tls = await new TlsBench({ 'urn:test:mes': ['Observer'] }).start();
    tls.control.hello([jobRecord('J-1')]);
    const { certificate, key } = tls.authority.client('mes');
    const shown = { ca: tls.authority.certificate, certificate, key };
    const own = connectCell({ address: `127.0.0.1:${tls.port}`, tls: shown, retries: QUICK });
    expect((await own.jobs.listJobOrders({})).totalSize).toBe(1);
    const error = await errorOf(own.jobs.storeJobOrder({ jobOrder: ORDER }));
    expect([error.status, error.reason]).toEqual(['PERMISSION_DENIED', 'ROLE_MISSING']);
    own.close();
    await tls.stop();
  });
});
