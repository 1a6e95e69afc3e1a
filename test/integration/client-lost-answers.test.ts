// Goal: whatever takes the answer to a call away, celda/client repeats the call under the same id until it has one, and says of no call
// that it was refused when nobody said so. Method: a server that breaks off in the ways of HTTP/2, and a real gateway that is stopped.
import { constants } from 'node:http2';
import { createServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { HealthDefinition, SimulationServiceDefinition } from '../../proto/generated/services.js';
import { GrpcClient } from '../../src/client/grpc-client.ts';
import { connectCell, isCallError } from '../../src/client/index.ts';
import { type RetryOptions, retryPolicy } from '../../src/client/retry.ts';
import { methodsOf } from '../../src/client/service-methods.ts';
import { DOOR_LIMITS } from '../../src/mes/door-limits.ts';
import { BreakingGateway, type BreakOff } from '../support/breaking-gateway.ts';
import { CutLine } from '../support/cut-line.ts';
import { startMesBench } from '../support/mes-bench.ts';
import { TestAuthority, TlsBench } from '../support/tls-bench.ts';

const QUICK = { attemptsMax: 40, delayMsMin: 1, delayMsMax: 20 };
const ONCE = { attemptsMax: 1 };
const ORDER = { jobOrderId: 'J-1', workMasterId: 'pick' };
const { StoreJobOrderRequest, StoreJobOrderResponse } = celda.job.v1;
const ANSWER = StoreJobOrderResponse.encode({ jobOrder: { jobOrder: ORDER } }).finish();

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function breaking(...breakOffs: readonly BreakOff[]): Promise<BreakingGateway> {
  const gateway = await BreakingGateway.open(breakOffs, ANSWER);
  cleanups.push(() => gateway.close());
  return gateway;
}

function connect(address: string, retries: RetryOptions = QUICK) {
  const cell = connectCell({ address, retries });
  cleanups.push(() => cell.close());
  return cell;
}

const reset =
  (code: number): BreakOff =>
  (stream) =>
    stream.close(code);

const BREAK_OFFS: readonly (readonly [string, BreakOff])[] = [
  ['RST_STREAM with CANCEL', reset(constants.NGHTTP2_CANCEL)],
  ['RST_STREAM with INTERNAL_ERROR', reset(constants.NGHTTP2_INTERNAL_ERROR)],
  ['RST_STREAM with PROTOCOL_ERROR', reset(constants.NGHTTP2_PROTOCOL_ERROR)],
  ['RST_STREAM with REFUSED_STREAM', reset(constants.NGHTTP2_REFUSED_STREAM)],
  ['RST_STREAM with NO_ERROR', reset(constants.NGHTTP2_NO_ERROR)],
  ['GOAWAY with NO_ERROR and the end of the connection', (stream) => stream.session?.destroy()],
  ['GOAWAY with CANCEL', (stream) => stream.session?.destroy(undefined, constants.NGHTTP2_CANCEL)],
  ['GOAWAY with INTERNAL_ERROR', (stream) => stream.session?.destroy(undefined, constants.NGHTTP2_INTERNAL_ERROR)],
  [
    'an end without a status',
    (stream) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
      stream.end();
    },
  ],
];

describe('a call whose answer is taken away', () => {
  it.each(BREAK_OFFS)('by %s is repeated under the same id until it is answered', async (_how, breakOff) => {
    const gateway = await breaking(breakOff, breakOff);
    const answer = await connect(gateway.address).jobs.storeJobOrder({ jobOrder: ORDER });
    expect(answer.jobOrder?.jobOrder?.jobOrderId).toBe('J-1');
    const ids = gateway.requests.map((bytes) => StoreJobOrderRequest.decode(bytes).requestId);
    expect(ids.length).toBeGreaterThanOrEqual(3);
    expect([new Set(ids).size, ids[0] !== '']).toEqual([1, true]);
  });

  it.each(BREAK_OFFS)('by %s and is not repeated may have been done, which the error says', async (_how, breakOff) => {
    const gateway = await breaking(...Array.from({ length: 5 }, () => breakOff));
    const call = connect(gateway.address, ONCE).jobs.storeJobOrder({ requestId: 'mine', jobOrder: ORDER });
    await expect(call).rejects.toMatchObject({ kind: 'unreachable', mayBeDone: true, reason: '', requestId: 'mine' });
  });

  it('and changes something without an id is not repeated', async () => {
    const gateway = await breaking(reset(constants.NGHTTP2_CANCEL));
    const grpc = new GrpcClient(gateway.address);
    cleanups.push(() => grpc.close());
    const { injectFault } = methodsOf(SimulationServiceDefinition, grpc, retryPolicy(QUICK));
    await expect(injectFault({ component: 'belt', kind: 'stuck' })).rejects.toMatchObject({ status: 'CANCELLED' });
    expect(gateway.requests).toHaveLength(1);
  });

  it.each([
    ['is not repeated', ONCE, { kind: 'unreachable', failure: { door: undefined } }],
    ['is repeated at a door that stays shut', QUICK, { kind: 'refused', failure: { door: 'tls-expected' } }],
  ] as const)('and %s may have been done, whatever the door says later', async (_how, retries, told) => {
    const tls = new TlsBench({});
    await tls.start();
    cleanups.push(() => tls.stop());
    const gateway = await breaking((stream) => {
      line.lead(tls.port);
      stream.session?.destroy();
    });
    const line = await CutLine.open(Number(gateway.address.split(':')[1]));
    cleanups.push(() => line.close());
    const call = connect(line.address, retries).jobs.storeJobOrder({ requestId: 'mine', jobOrder: ORDER });
    await expect(call).rejects.toMatchObject({ ...told, mayBeDone: true, requestId: 'mine' });
    expect(gateway.requests).toHaveLength(1);
  });

  it('by the signal of its caller is cancelled, and not repeated', async () => {
    const end = new AbortController();
    const gateway = await breaking(() => end.abort());
    const call = connect(gateway.address).jobs.storeJobOrder({ jobOrder: ORDER }, { signal: end.signal });
    await expect(call).rejects.toMatchObject({ kind: 'cancelled', status: 'CANCELLED' });
    expect(gateway.requests).toHaveLength(1);
  });

  it('by a gateway that is stopped and does not answer within its grace is answered by the next one', async () => {
    const [first, second] = [await startMesBench(), await startMesBench()];
    cleanups.push(() => second.stop());
    for (const bench of [first, second]) bench.control.hello();
    const taken = new Promise<void>((resolve) => {
      first.control.request = () => {
        resolve();
        return new Promise(() => undefined);
      };
    });
    const line = await CutLine.open(first.server.port);
    cleanups.push(() => line.close());
    const order = { ...ORDER, parameters: [{ id: 'count', value: { doubleValue: 2 } }] };
    const call = connect(line.address).jobs.storeJobOrder({ jobOrder: order });
    await taken;
    line.lead(second.server.port);
    await first.stop();
    expect((await call).jobOrder?.jobOrder?.jobOrderId).toBe('J-1');
    expect(second.control.requests).toHaveLength(1);
  });
});

describe('a gateway that is stopped', () => {
  it('answers what it has begun, and takes nothing new meanwhile', async () => {
    const bench = await startMesBench();
    bench.control.hello();
    const answers: (() => void)[] = [];
    const obey = bench.control.request.bind(bench.control);
    const taken = new Promise<void>((resolve) => {
      bench.control.request = async (asked) => {
        await new Promise<void>((answer) => {
          answers.push(answer);
          resolve();
        });
        return obey(asked);
      };
    });
    const line = await CutLine.open(bench.server.port);
    cleanups.push(() => line.close());
    const order = { ...ORDER, parameters: [{ id: 'count', value: { doubleValue: 2 } }] };
    const call = connect(line.address, ONCE).jobs.storeJobOrder({ jobOrder: order });
    await taken;
    let isStopped = false;
    const stopped = bench.server.stop().then(() => {
      isStopped = true;
    });
    const late = connect(`127.0.0.1:${bench.server.port}`, ONCE).jobs.storeJobOrder({ jobOrder: order });
    await expect(late).rejects.toMatchObject({ status: 'UNAVAILABLE' });
    expect(isStopped).toBe(false);
    for (const answer of answers) answer();
    expect((await call).jobOrder?.jobOrder?.jobOrderId).toBe('J-1');
    await stopped;
    expect(bench.clock.now()).toBe(0);
  });
});

describe('a connection that the gateway does not take', () => {
  it('because it dies in the handshake is not one whose certificate is refused', async () => {
    const authority = new TestAuthority(Date.now());
    const { certificate: cert, key } = authority.server();
    const dying = createServer({ cert, key, ca: authority.certificate, requestCert: true, ALPNProtocols: ['h2'] });
    let connections = 0;
    // The library connects, and what looks after it connects once more.
    dying.on('secureConnection', (socket) => {
      socket.on('error', () => undefined);
      connections += 1;
      if (connections === 2) dying.close();
      socket.destroy();
    });
    dying.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve));
    const address = dying.address();
    const shown = authority.client('mes');
    const tls = { ca: authority.certificate, certificate: shown.certificate, key: shown.key };
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const cell = connectCell({ address: `127.0.0.1:${port}`, tls, retries: ONCE });
    cleanups.push(() => cell.close());
    await expect(cell.jobs.getReceiverCapabilities({})).rejects.toMatchObject({
      status: 'UNAVAILABLE',
      kind: 'unreachable',
    });
  });

  it('because its identity has too many is told so, and comes in when there is room', async () => {
    const bench = new TlsBench({ 'urn:test:mes': ['Observer'] });
    await bench.start({ ...DOOR_LIMITS, connectionsPerIdentityMax: 1 });
    cleanups.push(() => bench.stop());
    const shown = bench.authority.client('mes');
    const other = bench.connect(shown);
    await bench.call(other, HealthDefinition.check, { service: '' });
    const tls = { ca: bench.authority.certificate, certificate: shown.certificate, key: shown.key };
    const open = (retries: RetryOptions) => {
      const cell = connectCell({ address: `127.0.0.1:${bench.port}`, tls, retries });
      cleanups.push(() => cell.close());
      return cell.jobs.getReceiverCapabilities({});
    };
    const refused = await open(ONCE).catch((error: unknown) => error);
    expect(isCallError(refused) && [refused.status, refused.kind]).toEqual(['UNAVAILABLE', 'unreachable']);
    expect(bench.log.some((line) => line.includes('has 1 connections already'))).toBe(true);
    const later = open({ ...QUICK, delayMsMin: 20, delayMsMax: 50, attemptsMax: 400 });
    other.close();
    expect((await later).cellName).not.toBe('');
  });
});
