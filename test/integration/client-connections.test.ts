// Goal: no other side can make a client keep a connection that it has given up. Method: servers that never close their end, and the
// sockets that the client has opened to them.

import { once } from 'node:events';
import http2 from 'node:http2';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { JobResponseReceiverServiceDefinition as RECEIVER } from '../../proto/generated/services.js';
import type { ClientTls } from '../../src/client/client-tls.ts';
import { GrpcClient } from '../../src/client/grpc-client.ts';
import { TestAuthority } from '../support/tls-bench.ts';

const LINGER_MS = 5_000;
/** `isa95_return_status: 1` in a frame of gRPC. */
const SUCCESS = Buffer.from([0, 0, 0, 0, 2, 8, 1]);

const opened: Socket[] = [];
const atServer: Socket[] = [];
let server: Server;

async function serve(made: Server): Promise<string> {
  server = made;
  server.on('connection', (socket: Socket) => atServer.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function tls(): ClientTls {
  const authority = new TestAuthority(Date.now());
  return { ca: authority.certificate, ...authority.client('mes') };
}

beforeEach(() => {
  const connect = net.connect.bind(net);
  vi.spyOn(net, 'connect').mockImplementation((...named: unknown[]) => {
    const socket = Reflect.apply(connect, net, named) as Socket;
    opened.push(socket);
    return socket;
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const socket of [...opened.splice(0), ...atServer.splice(0)]) socket.destroy();
  server.close();
});

it.each(['plain text', 'TLS'])(
  'a server that takes connections of %s and never says a word keeps none of a client that is closed',
  async (kind) => {
    const address = await serve(net.createServer({ allowHalfOpen: true }, (socket) => socket.resume()));
    const client = new GrpcClient(address, kind === 'TLS' ? tls() : undefined);
    const giveUp = new AbortController();
    const call = client.call(RECEIVER.receiveJobResponse, {}, { signal: giveUp.signal });
    await vi.waitFor(() => expect(atServer).toHaveLength(1));
    giveUp.abort();
    expect(await call).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    client.close();
    vi.advanceTimersByTime(LINGER_MS);
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
  },
);

it('a server that says goodbye with each answer and does not close its end keeps no connection', async () => {
  const made = http2.createServer();
  made.on('stream', (stream) => {
    stream.session?.goaway();
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(SUCCESS);
  });
  const client = new GrpcClient(await serve(made));
  expect(await client.call(RECEIVER.receiveJobResponse, {})).toMatchObject({ ok: true });
  const [socket] = opened;
  if (socket === undefined) throw new Error('nothing was connected');
  if (!socket.writableFinished) await once(socket, 'finish');
  vi.advanceTimersByTime(LINGER_MS);
  expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
  client.close();
});
