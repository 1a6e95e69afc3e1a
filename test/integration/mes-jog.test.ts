// Jogging over a real connection: what is asked, what is answered, and that whatever ends a stream asks for rest.
import type * as grpc from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { JogServiceDefinition as JOG } from '../../proto/generated/services.js';
import { JogClient } from '../../src/app/jog-client.ts';
import { decodeStatus, STATUS_DETAILS_KEY } from '../../src/client/status-details.ts';
import type { CellRequest } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import { JOG_STREAMS_MAX } from '../../src/mes/jog-service.ts';
import { manualCell, REACH_MM } from '../support/manual-cell.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

type JogRequest = Extract<CellRequest, { readonly kind: 'jog' }>;
const { JogWait } = celda.cell.v1;

let bench: MesBench;
const clients: JogClient[] = [];

beforeEach(async () => {
  bench = await startMesBench(manualCell());
  bench.control.hello();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await bench.stop();
});

function jogger(owner = 'ana'): JogClient {
  const client = new JogClient(`127.0.0.1:${bench.server.port}`, owner);
  clients.push(client);
  return client;
}

function asked(): readonly JogRequest[] {
  return bench.control.requests.filter((request) => request.kind === 'jog');
}

/** Waits until control was asked so often, and gives the newest. */
async function newest(count: number): Promise<JogRequest | undefined> {
  await expect.poll(() => asked().length).toBe(count);
  return asked().at(-1);
}

function openStream() {
  const call = bench.client.makeBidiStreamRequest(JOG.jog.path, JOG.jog.requestSerialize, JOG.jog.responseDeserialize);
  const failed = new Promise<grpc.ServiceError>((resolve) => call.on('error', resolve));
  return { call, failed };
}

function violationsOf(error: grpc.ServiceError): readonly string[] {
  const [bytes] = error.metadata.get(STATUS_DETAILS_KEY);
  return typeof bytes === 'object' ? (decodeStatus(bytes)?.violations.map(({ field }) => field) ?? []) : [];
}

describe('a stream of requests to jog', () => {
  it('hands a token over with each response, and takes it back with the next request of the same holder', async () => {
    const client = jogger();
    expect(await client.ask({})).toEqual({ ok: true, value: 'none' });
    expect(await client.ask({ base: 20, elbow: -5 })).toMatchObject({ ok: true });
    const [first, second] = asked();
    expect([first?.token, first?.speeds]).toEqual(['', {}]);
    expect([second?.token, second?.speeds]).toEqual(['e1/1', { base: 20, elbow: -5 }]);
    expect(second?.holder).toBe(first?.holder);
    expect(first?.holder).toMatch(/^ana\//);
  });

  it.each(['enabling', 'rest'] as const)('says that it waits for %s', async (waitsFor) => {
    bench.control.jogWaitsFor = waitsFor;
    expect(await jogger().ask({})).toEqual({ ok: true, value: waitsFor });
  });

  it('says how long a token counts', async () => {
    const { call } = openStream();
    const answered = new Promise<unknown>((resolve) => call.on('data', resolve));
    call.write({ owner: 'ana' });
    expect(await answered).toMatchObject({ leaseMs: 150, waitsFor: JogWait.JOG_WAIT_NONE });
    call.cancel();
  });

  it('[X4] is another holder than every other stream, also of the same person', async () => {
    await jogger().ask({});
    await jogger().ask({});
    expect(new Set(asked().map(({ holder }) => holder)).size).toBe(2);
  });

  it('asks for rest with its last token when it ends in good order', async () => {
    const { call } = openStream();
    call.on('data', () => undefined);
    call.write({ owner: 'ana' });
    await newest(1);
    call.write({ token: 'e1/1', speeds: [{ joint: 'base', speedPercent: 20 }] });
    await newest(2);
    call.end();
    expect(await newest(3)).toMatchObject({ holder: asked()[0]?.holder, token: 'e1/1', speeds: {} });
  });

  it('[G1] asks for rest when the client is gone', async () => {
    const client = jogger();
    await client.ask({});
    await client.ask({ base: 20 });
    client.close();
    expect(await newest(3)).toMatchObject({ speeds: {} });
  });

  it('asks for rest when the gateway ends', async () => {
    const own = await startMesBench(manualCell());
    own.control.hello();
    const client = new JogClient(`127.0.0.1:${own.server.port}`, 'ana');
    await client.ask({ base: 20 });
    await own.stop();
    expect(own.control.requests.at(-1)).toMatchObject({ kind: 'jog', speeds: {} });
    client.close();
  });

  it('asks for rest when control refuses it, and a later call begins anew with another holder', async () => {
    const client = jogger();
    await client.ask({});
    bench.control.refuseWith = fault(4303, { mode: 'Production', unit: 'Idle' });
    expect(await client.ask({ base: 20 })).toMatchObject({
      ok: false,
      error: { status: 'FAILED_PRECONDITION', reason: 'JOG_NOT_ALLOWED', metadata: { mode: 'Production' } },
    });
    expect(await newest(3)).toMatchObject({ speeds: {} });
    bench.control.refuseWith = undefined;
    expect(await client.ask({})).toMatchObject({ ok: true });
    expect(asked().at(-1)?.token).toBe('');
    expect(asked().at(-1)?.holder).not.toBe(asked()[0]?.holder);
  });

  it.each([
    [fault(4304, { holder: 'eva/mes-1' }), 'FAILED_PRECONDITION', 'JOG_HELD'],
    [fault(4305, { joint: 'base', missing: 'reachMm' }), 'INVALID_ARGUMENT', 'JOG_INVALID'],
  ] as const)('is refused by control with fault $code', async (refuseWith, status, reason) => {
    bench.control.refuseWith = refuseWith;
    expect(await jogger().ask({})).toMatchObject({ ok: false, error: { status, reason } });
  });
});

describe('a request that cannot be meant', () => {
  it('is refused with everything that is wrong with it, and control does not hear of it', async () => {
    const { call, failed } = openStream();
    call.write({
      owner: '',
      token: 'x'.repeat(500),
      speeds: [
        { joint: 'elbo', speedPercent: 10 },
        { joint: 'base', speedPercent: 101 },
        { joint: 'base', speedPercent: Number.NaN },
        { joint: 'wrist', speedPercent: Number.POSITIVE_INFINITY },
      ],
    });
    const error = await failed;
    expect(violationsOf(error)).toEqual([
      'owner',
      'token',
      'speeds[0].joint',
      'speeds[1].speed_percent',
      'speeds[2].joint',
      'speeds[2].speed_percent',
      'speeds[3].speed_percent',
    ]);
    expect(asked()).toEqual([]);
  });

  it('names at most 64 joints', async () => {
    const { call, failed } = openStream();
    call.write({ owner: 'ana', speeds: Array.from({ length: 65 }, () => ({ joint: 'base', speedPercent: 0 })) });
    expect(violationsOf(await failed)).toContain('speeds');
  });

  it('names no joint whose reach nobody knows', async () => {
    const cell = manualCell();
    const devices = cell.devices.map((device) =>
      device.name === 'base' && device.kind === 'servo' ? { ...device, reachMm: undefined } : device,
    );
    const own = await startMesBench({ ...cell, devices } as typeof cell);
    own.control.hello();
    const client = new JogClient(`127.0.0.1:${own.server.port}`, 'ana');
    const answer = await client.ask({ base: 10 });
    expect(answer).toMatchObject({ ok: false, error: { status: 'INVALID_ARGUMENT' } });
    const known = Object.keys(REACH_MM).filter((joint) => joint !== 'base');
    expect(answer.ok ? '' : answer.error.violations[0]?.description).toContain(known.join(', '));
    client.close();
    await own.stop();
  });

  it('is refused when its bytes are no message, and what moved is asked to rest', async () => {
    const raw = bench.client.makeBidiStreamRequest(
      JOG.jog.path,
      (bytes: Buffer) => bytes,
      (bytes) => bytes,
    );
    const failed = new Promise<grpc.ServiceError>((resolve) => raw.on('error', resolve));
    raw.on('data', () => undefined);
    raw.write(Buffer.from(JOG.jog.requestSerialize({ owner: 'ana', speeds: [{ joint: 'base', speedPercent: 20 }] })));
    await newest(1);
    raw.write(Buffer.from([0xff, 0xff, 0xff]));
    expect((await failed).code).toBe(3);
    expect(await newest(2)).toMatchObject({ speeds: {} });
    expect(bench.log).toEqual([]);
  });
});

describe('too much at once', () => {
  it('is no more than a few streams', async () => {
    for (let count = 0; count < JOG_STREAMS_MAX; count += 1) await jogger().ask({});
    expect(await jogger().ask({})).toMatchObject({ ok: false, error: { status: 'RESOURCE_EXHAUSTED' } });
    clients[0]?.close();
    await newest(JOG_STREAMS_MAX + 1);
    expect(await jogger().ask({})).toMatchObject({ ok: true });
  });

  it('is bounded by what control answers: a flood waits for its turn, with the token that it had', async () => {
    const { call } = openStream();
    call.on('data', () => undefined);
    const flood = 2_000;
    for (let count = 0; count < flood; count += 1) call.write({ owner: 'ana', token: 'old' });
    await expect.poll(() => asked().length, { timeout: 20_000 }).toBe(flood);
    expect(new Set(asked().map(({ token }) => token))).toEqual(new Set(['old']));
    call.cancel();
  });
});
