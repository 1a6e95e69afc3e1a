// Who gets in over TLS, over real sockets of the loopback interface: certificates, roles, and how both change while streams go on.
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as services from '../../proto/generated/services.js';
import {
  CellServiceDefinition,
  HealthDefinition,
  JobOrderReceiverServiceDefinition as Jobs,
} from '../../proto/generated/services.js';
import { TestAuthority, TlsBench } from '../support/tls-bench.ts';

let bench: TlsBench;
afterEach(() => bench.stop());

const ORDER = {
  jobOrder: { jobOrderId: 'order-1', workMasterId: 'pick', parameters: [{ id: 'count', value: { doubleValue: 3 } }] },
};

async function started(
  roles: ConstructorParameters<typeof TlsBench>[0] = { 'urn:test:ana': ['Observer'] },
): Promise<TlsBench> {
  bench = new TlsBench(roles);
  return bench.start();
}

/** What a server shows to whoever begins a handshake. */
function serialShown(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
    socket.on('error', reject);
    socket.on('secureConnect', () => {
      const serial = socket.getPeerX509Certificate()?.serialNumber ?? '';
      socket.destroy();
      resolve(serial);
    });
  });
}

describe('a gateway with TLS', () => {
  it('lets nobody without a certificate call any method [X1]', async () => {
    await started();
    const client = bench.connect(undefined);
    const methods = Object.values(services as unknown as Record<string, Record<string, { path: string }>>).flatMap(
      (each) => Object.values(each),
    );
    expect(methods.length).toBeGreaterThan(25);
    for (const { path } of methods) {
      const ending = await new Promise<number | undefined>((resolve) => {
        const serialize = (): Buffer => Buffer.alloc(0);
        client.makeUnaryRequest(
          path,
          serialize,
          (bytes) => bytes,
          {},
          (error) => resolve(error?.code),
        );
      });
      expect(ending, path).toBe(14);
    }
    expect(bench.control.requests).toEqual([]);
    expect(bench.log.join('\n')).toContain('turned away at the handshake');
  });

  it('tells once and with the address who went away in the middle of the handshake [X1]', async () => {
    await started();
    for (const leave of ['end', 'resetAndDestroy'] as const) {
      const socket = connectPlain(bench.port, '127.0.0.1');
      await once(socket, 'connect');
      const here = `127.0.0.1:${socket.localPort ?? 0}`;
      socket[leave]();
      await vi.waitFor(() => expect(bench.log.join('\n')).toContain(here));
      expect(bench.log.splice(0)).toEqual([`${here} was turned away at the handshake: ECONNRESET`]);
    }
  });

  it('lets nobody in who speaks plain text [X1]', async () => {
    await started();
    const client = bench.connectPlain();
    expect(await bench.call(client, HealthDefinition.check, { service: '' })).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([
    ['has expired', { notAfter: new Date(Date.now() - 60_000) }],
    ['is not valid yet', { notBefore: new Date(Date.now() + 3_600_000) }],
    ['is made for servers', { usage: 'server' as const }],
  ])('refuses a certificate that %s [X3]', async (_why, over) => {
    await started();
    const client = bench.connect(bench.authority.client('ana', over));
    expect(await bench.call(client, HealthDefinition.check, { service: '' })).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('refuses a certificate of another authority, even one of the same name [X3]', async () => {
    await started();
    const client = bench.connect(new TestAuthority(Date.now()).client('ana'));
    expect(await bench.call(client, HealthDefinition.check, { service: '' })).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('refuses a revoked certificate, and cuts off whoever is there with it [X3]', async () => {
    await started({ 'urn:test:ana': ['Observer'], 'urn:test:eva': ['Observer'] });
    const [ana, eva] = [bench.authority.client('ana'), bench.authority.client('eva')];
    const there = await bench.watch(bench.connect(ana));
    const other = bench.connect(eva);
    await bench.watch(other);
    bench.revoke(ana);
    expect(await there.ended).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await bench.call(bench.connect(ana), HealthDefinition.check, { service: '' })).toMatchObject({
      code: 'UNAVAILABLE',
    });
    expect(await bench.call(other, HealthDefinition.check, { service: '' })).toMatchObject({ code: 'OK' });
  });

  it('cuts off whoever an authority has signed that is not trusted any more, and nobody when one more is trusted [X3]', async () => {
    await started({ 'urn:test:ana': ['Observer'], 'urn:test:eva': ['Observer'] });
    const client = bench.connect(bench.authority.client('ana'));
    const there = await bench.watch(client);
    const next = new TestAuthority(Date.now());
    bench.change({ clientCa: `${bench.authority.certificate}${next.certificate}` });
    expect(
      await Promise.race([there.ended, bench.call(client, HealthDefinition.check, { service: '' })]),
    ).toMatchObject({ code: 'OK' });
    bench.change({ clientCa: next.certificate });
    expect(await there.ended).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await bench.call(client, HealthDefinition.check, { service: '' })).toMatchObject({ code: 'UNAVAILABLE' });
    const again = bench.connect(next.client('eva'));
    expect(await bench.call(again, HealthDefinition.check, { service: '' })).toMatchObject({ code: 'OK' });
  });

  it('cuts off whoever is there when the certificate runs out, within a minute [X3]', async () => {
    await started();
    const other = bench.connect(bench.authority.client('ana'));
    const there = await bench.watch(other);
    // Certificates of the bench last for a day, by whole seconds.
    bench.clock.advance(24 * 3_600_000 - 2_000);
    expect(await Promise.race([there.ended, bench.call(other, HealthDefinition.check, { service: '' })])).toMatchObject(
      {
        code: 'OK',
      },
    );
    bench.clock.advance(62_000);
    expect(await there.ended).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('says UNAUTHENTICATED with CERT_INVALID when the certificate names nobody', async () => {
    await started();
    const client = bench.connect(bench.authority.client('local', { uri: 'local' }));
    const ending = await bench.call(client, HealthDefinition.check, { service: '' });
    expect(ending).toMatchObject({ code: 'UNAUTHENTICATED', details: { reason: 'CERT_INVALID' } });
  });

  it('lets an observer read, and refuses orders, alarms and jogs with ROLE_MISSING and nothing more [X2]', async () => {
    await started();
    const client = bench.connect(bench.authority.client('ana'));
    expect(await bench.call(client, Jobs.listJobOrders, {})).toMatchObject({ code: 'OK' });
    for (const [method, request] of [
      [Jobs.storeAndStartJobOrder, ORDER],
      [Jobs.abortJobOrder, { jobOrderId: 'order-1' }],
      [CellServiceDefinition.acknowledgeAlarm, { alarmNumber: 1 }],
    ] as const) {
      const ending = await bench.call(client, method as typeof Jobs.storeAndStartJobOrder, request as typeof ORDER);
      expect(ending).toMatchObject({
        code: 'PERMISSION_DENIED',
        details: {
          reason: 'ROLE_MISSING',
          metadata: {
            fault_code: '6602',
            roles: expect.stringMatching(/^(Operator \/ )?Supervisor \/ Engineer/) as string,
          },
        },
      });
    }
    expect(bench.control.requests).toEqual([]);
  });

  it('refuses everything to an identity that has no role [X2]', async () => {
    await started();
    const client = bench.connect(bench.authority.client('stranger'));
    expect(await bench.call(client, HealthDefinition.check, { service: '' })).toMatchObject({
      code: 'PERMISSION_DENIED',
    });
  });

  it('lets the account of an MES give orders', async () => {
    await started({ 'urn:test:mes': ['MesService'] });
    const client = bench.connect(bench.authority.client('mes'));
    expect(await bench.call(client, Jobs.storeAndStartJobOrder, ORDER)).toMatchObject({ code: 'OK' });
    expect(bench.control.requests).toMatchObject([{ kind: 'store-and-start' }]);
  });

  it('keeps apart what two clients ask under the same request id, and hands on who asked', async () => {
    await started({ 'urn:test:mes': ['MesService'], 'urn:test:eva': ['Supervisor'] });
    const [mes, eva] = ['mes', 'eva'].map((name) => bench.connect(bench.authority.client(name)));
    if (mes === undefined || eva === undefined) throw new Error('there are two');
    const start = { requestId: 'r-1', ...ORDER };
    const other = { requestId: 'r-1', jobOrder: { ...ORDER.jobOrder, jobOrderId: 'order-2' } };
    expect(await bench.call(mes, Jobs.storeAndStartJobOrder, start)).toMatchObject({ code: 'OK' });
    expect(await bench.call(mes, Jobs.storeAndStartJobOrder, start)).toMatchObject({ code: 'OK' });
    expect(await bench.call(mes, Jobs.storeAndStartJobOrder, other)).toMatchObject({
      details: { reason: 'REQUEST_ID_REUSED' },
    });
    expect(await bench.call(eva, Jobs.storeAndStartJobOrder, other)).toMatchObject({ code: 'OK' });
    expect(bench.control.requests).toMatchObject([
      { order: { jobOrderId: 'order-1' }, origin: { identity: 'urn:test:mes', requestId: 'r-1' } },
      { order: { jobOrderId: 'order-2' }, origin: { identity: 'urn:test:eva', requestId: 'r-1' } },
    ]);
  });

  it('takes a new file of roles for the next call, on connections that are there', async () => {
    await started();
    const client = bench.connect(bench.authority.client('ana'));
    await bench.watch(client);
    expect(await bench.call(client, Jobs.abortJobOrder, { jobOrderId: 'order-1' })).toMatchObject({
      code: 'PERMISSION_DENIED',
    });
    bench.change({ roles: new Map([['urn:test:ana', ['Operator']]]) });
    await bench.call(client, Jobs.abortJobOrder, { jobOrderId: 'order-1' });
    expect(bench.control.requests).toMatchObject([{ kind: 'abort' }]);
  });

  it('shows a new certificate without a restart, and streams that are there go on', async () => {
    await started();
    const client = bench.connect(bench.authority.client('ana'));
    const there = await bench.watch(client);
    const before = await serialShown(bench.port);
    const renewed = bench.authority.server();
    bench.change(renewed);
    const after = await serialShown(bench.port);
    expect([before, after]).toEqual([expect.any(String), new X509Certificate(renewed.certificate).serialNumber]);
    expect(before).not.toBe(after);
    expect(
      await Promise.race([there.ended, bench.call(client, HealthDefinition.check, { service: '' })]),
    ).toMatchObject({ code: 'OK' });
  });
});
