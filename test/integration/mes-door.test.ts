// What the door of the gateway does with those who stall, flood, and send what no client would: over real sockets of the loopback
// interface, in virtual time.
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  CellServiceDefinition,
  HealthDefinition,
  JobOrderReceiverServiceDefinition as Jobs,
} from '../../proto/generated/services.js';
import { fault } from '../../src/core/faults.ts';
import { DOOR_LIMITS, type DoorLimits } from '../../src/mes/door-limits.ts';
import { PREFACE } from '../../src/mes/frame-reader.ts';
import { startServiceHost } from '../../src/mes/service-host.ts';
import { jobRecord } from '../support/channel-samples.ts';
import {
  END_HEADERS,
  END_STREAM,
  FRAME,
  frame,
  GRPC_HEADERS,
  HostileClient,
  headerBlock,
  headersFrame,
  messagePrefix,
  resetFrame,
} from '../support/hostile-client.ts';
import { type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';
import { sendMutated } from '../support/mutated-messages.ts';
import { TlsBench } from '../support/tls-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const ORDER = {
  jobOrder: { jobOrderId: 'order-1', workMasterId: 'pick', parameters: [{ id: 'count', value: { doubleValue: 3 } }] },
};

let bench: MesBench;
const clients: HostileClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  await bench.stop();
});

async function started(limits: Partial<DoorLimits> = {}): Promise<MesBench> {
  bench = await startMesBench(pickCell(), { ...DOOR_LIMITS, ...limits });
  bench.control.hello();
  return bench;
}

function hostile(port = bench.server.port): HostileClient {
  const client = new HostileClient(port);
  clients.push(client);
  return client;
}

const PING = frame(FRAME.ping, 0, 0, Buffer.alloc(8));

/** Resolves once the gateway has read all that the client has written. */
async function pinged(client: HostileClient): Promise<void> {
  const answers = (): number => client.heard.filter(({ type }) => type === FRAME.ping).length;
  const before = answers();
  await client.write(PING);
  while (answers() === before && !client.isClosed) await turn();
}

/** The gateway answers others as if nothing had happened. */
async function expectService(): Promise<void> {
  expect(await bench.call(HealthDefinition.check, { service: '' })).toMatchObject({ ok: true });
}

/** Waits until the server has seen what was sent before: it has answered a ping. */
async function settled(client: HostileClient): Promise<void> {
  const before = client.heard.filter(({ type }) => type === FRAME.ping).length;
  await client.write(frame(FRAME.ping, 0, 0, Buffer.alloc(8)));
  while (!client.isClosed && client.heard.filter(({ type }) => type === FRAME.ping).length === before) await turn();
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('the door', () => {
  it.each([
    ['nothing', ''],
    ['half a preface', PREFACE.slice(0, 10)],
    ['a preface and no frame', PREFACE],
  ])('cuts whoever says %s within 5 s [G13]', async (_what, bytes) => {
    await started();
    const client = await hostile().open();
    await client.write(Buffer.from(bytes, 'latin1'));
    await expectService();
    bench.clock.advance(4_999);
    await expectService();
    expect(client.isClosed).toBe(false);
    bench.clock.advance(1);
    await client.closed;
    await expectService();
  });

  it('cuts a handshake of TLS that stalls within 5 s [G13]', async () => {
    await started();
    const tls = await new TlsBench({}).start();
    const client = await hostile(tls.port).open();
    await client.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00]));
    while (tls.clock.pending < 2) await turn();
    tls.clock.advance(5_000);
    await client.closed;
    await tls.stop();
  });

  it('lets a client in beside 1,000 that are silent [G13]', async () => {
    await started();
    const silent = await Promise.all(Array.from({ length: 1_000 }, () => hostile().open()));
    await expectService();
    // They hear of it a moment after they were cut.
    while (silent.filter(({ isClosed }) => !isClosed).length > DOOR_LIMITS.connectionsMax) await turn();
    await expectService();
  });

  it('lets in who speaks at the rate of its address, and turns away whom too many wait before', async () => {
    await started({ arrivals: { rate: { burst: 1, perSecond: 1 }, waitingMax: 1 } });
    const [first, second, third] = [hostile(), hostile(), hostile()];
    await settled(await first.greet());
    await second.greet();
    while (bench.clock.pending < 2) await turn();
    await (await third.greet()).closed;
    expect([first.isClosed, second.isClosed, second.heard]).toEqual([false, false, []]);
    bench.clock.advance(1_000);
    await settled(second);
    expect([second.isClosed, second.heard.some(({ type }) => type === FRAME.settings)]).toEqual([false, true]);
    expect(bench.log.filter((line) => line.includes('too many connections come from there'))).toHaveLength(1);
  });

  it('turns away who has not spoken yet when too many of its address wait [G13]', async () => {
    await started({ arrivals: { rate: { burst: 1, perSecond: 1 }, waitingMax: 1 } });
    await settled(await hostile().greet());
    const [second, third] = [await hostile().greet(), await hostile().greet()];
    await Promise.race([second.closed, third.closed]);
    await hostile().closed;
    expect(bench.log.filter((line) => line.includes('too many connections come from there'))).toHaveLength(2);
  });

  it('lets an address in that others come for the first time beside, who were gone before they were accepted [G13]', async () => {
    await started({ arrivals: { rate: { burst: 4, perSecond: 1 }, waitingMax: 1 } });
    // While another process connects, speaks and resets, nothing is accepted here.
    const resets = `for (let i = 0; i < 20; i += 1) {
      const to = { host: '127.0.0.1', port: ${bench.server.port}, localAddress: '127.0.0.2' };
      const socket = require('node:net').connect(to, () => socket.write('PRI', () => socket.resetAndDestroy()));
    }`;
    expect(spawnSync(process.execPath, ['-e', resets]).status).toBe(0);
    await vi.waitFor(() => expect(bench.log).not.toEqual([]));
    await expectService();
    expect(bench.log.filter((line) => line.includes('too many connections come from there'))).toEqual([]);
  });

  it('holds 64 connections that have greeted, and refuses the next [G8]', async () => {
    await started();
    await expectService();
    const greeted = await Promise.all(Array.from({ length: 63 }, () => hostile().greet()));
    for (const client of greeted) await settled(client);
    await hostile().closed;
    expect(greeted.some(({ isClosed }) => isClosed)).toBe(false);
    await expectService();
  });

  it('refuses the 129th call of a connection at a time, and goes on with the others [G8]', async () => {
    await started();
    const client = await hostile().greet();
    for (let call = 0; call < 129; call += 1) await client.write(headersFrame(2 * call + 1));
    await settled(client);
    expect(client.heard.filter(({ type }) => type === FRAME.resetStream)).toMatchObject([{ streamId: 257 }]);
    await expectService();
  });

  it('refuses a message of 1 GiB at its first bytes [G9]', async () => {
    await started();
    const client = await hostile().greet();
    await client.write(Buffer.concat([headersFrame(1), frame(FRAME.data, 0, 1, messagePrefix(2 ** 30))]));
    while (!client.heard.some(({ type, streamId }) => type === FRAME.headers && streamId === 1)) await turn();
    await expectService();
  });

  it('cuts a client that goes on with a message that was refused, after 2 MiB of it [G9]', async () => {
    await started();
    const client = await hostile().greet();
    await client.write(Buffer.concat([headersFrame(1), frame(FRAME.data, 0, 1, messagePrefix(2 ** 30))]));
    while (!client.heard.some(({ type, streamId }) => type === FRAME.headers && streamId === 1)) await turn();
    const part = frame(FRAME.data, 0, 1, Buffer.alloc(16_384));
    // What the system takes on its way comes on top, and is thrown away with the connection.
    for (let sent = 0; sent < 1_000 && !client.isClosed; sent += 1) {
      await client.write(part);
      await turn();
    }
    await client.closed;
    expect(bench.log.join()).toContain('ended-calls-go-on');
    await expectService();
  });

  it('stops unpacking a message at 256 KiB, however small it came [G9]', async () => {
    await started();
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const client = await hostile().greet();
    const fields = { ...GRPC_HEADERS, 'grpc-encoding': 'gzip' };
    await client.write(headersFrame(1, fields));
    await client.write(frame(FRAME.data, 0, 1, messagePrefix(bomb.length, true)));
    for (let at = 0; at < bomb.length; at += 16_384) {
      const isLast = at + 16_384 >= bomb.length;
      await client.write(frame(FRAME.data, isLast ? END_STREAM : 0, 1, bomb.subarray(at, at + 16_384)));
    }
    while (!client.heard.some(({ type }) => type === FRAME.headers)) await turn();
    await expectService();
  });

  it('cuts a client that takes back its calls, after 500 of them [G12]', async () => {
    await started();
    const client = await hostile().greet();
    for (let call = 0; call < 2_000 && !client.isClosed; call += 1) {
      await client.write(Buffer.concat([headersFrame(2 * call + 1), resetFrame(2 * call + 1)]));
    }
    await client.closed;
    expect(bench.log.join()).toContain('resets-too-many');
    await expectService();
  });

  it('cuts a client with more than 16 requests that it does not end, 10 s after they began [G8] [G13]', async () => {
    await started();
    const client = await hostile().greet();
    const begin = (first: number, count: number): Buffer =>
      Buffer.concat(Array.from({ length: count }, (_, call) => headersFrame(2 * (first + call) + 1)));
    await client.write(begin(0, 16));
    await pinged(client);
    bench.clock.advance(10_001);
    await pinged(client);
    await client.write(begin(16, 1));
    await pinged(client);
    bench.clock.advance(10_000);
    await pinged(client);
    bench.clock.advance(1);
    await client.write(PING);
    await client.closed;
    expect(bench.log.join()).toContain('requests-not-ended');
    await expectService();
  });

  it('keeps so many requests that have not ended, over all connections, and cuts who begins one more [G8]', async () => {
    await started({ openRequestsMax: 3 });
    const [first, second] = [await hostile().greet(), await hostile().greet()];
    await first.write(Buffer.concat([headersFrame(1), headersFrame(3), headersFrame(5)]));
    await pinged(first);
    await second.write(headersFrame(1));
    await second.closed;
    expect(bench.log.join()).toContain('requests-too-many');
    await first.write(resetFrame(1));
    await pinged(first);
    await expectService();
  });

  it('cuts a client that sends its message byte by byte [G9]', async () => {
    await started();
    const client = await hostile().greet();
    await client.write(Buffer.concat([headersFrame(1), frame(FRAME.data, 0, 1, messagePrefix(200_000))]));
    const one = frame(FRAME.data, 0, 1, Buffer.from([0]));
    const many = Buffer.concat(Array.from({ length: 100 }, () => one));
    for (let part = 0; part < 100 && !client.isClosed; part += 1) await client.write(many);
    await client.closed;
    expect(bench.log.join()).toContain('small-frames-too-many');
    await expectService();
  });

  it('cuts a client that holds more unfinished requests than 4 MiB [G9]', async () => {
    await started();
    const client = await hostile().greet();
    const window = frame(FRAME.windowUpdate, 0, 0, Buffer.from([0x7f, 0, 0, 0]));
    await client.write(window);
    const part = frame(FRAME.data, 0, 1, Buffer.alloc(16_000));
    for (let call = 0; call < 40 && !client.isClosed; call += 1) {
      const id = 2 * call + 1;
      await client.write(Buffer.concat([headersFrame(id), frame(FRAME.data, 0, id, messagePrefix(200_000))]));
      for (let piece = 0; piece < 12; piece += 1) {
        part.writeUInt32BE(id, 5);
        await client.write(part);
        // Flow control is for clients that care: this one sends what it likes, and the library ends it for that, if not the gate.
      }
    }
    await client.closed;
    await expectService();
  });

  it.each([
    ['an unfinished block of headers', [frame(FRAME.headers, 0, 1, headerBlock(GRPC_HEADERS))]],
    [
      'headers in endless continuations',
      [
        frame(FRAME.headers, 0, 1, headerBlock(GRPC_HEADERS)),
        ...Array.from({ length: 20 }, () => frame(FRAME.continuation, 0, 1, Buffer.alloc(1_000))),
      ],
    ],
    ['bytes that are no headers', [frame(FRAME.headers, END_HEADERS, 1, Buffer.alloc(200, 0xff))]],
    ['no path', [headersFrame(1, { ':method': 'POST', ':scheme': 'http', 'content-type': 'application/grpc' })]],
    ['no content type', [headersFrame(1, { ':method': 'POST', ':scheme': 'http', ':path': '/x' })]],
    ['names in capitals', [headersFrame(1, { ...GRPC_HEADERS, 'X-Y': 'z' })]],
    ['a deadline that is none', [headersFrame(1, { ...GRPC_HEADERS, 'grpc-timeout': 'soon' })]],
    ['an unknown encoding', [headersFrame(1, { ...GRPC_HEADERS, 'grpc-encoding': '../../etc' })]],
    ['broken binary metadata', [headersFrame(1, { ...GRPC_HEADERS, 'x-bin': '!!!' })]],
    ['a method that does not exist', [headersFrame(1, { ...GRPC_HEADERS, ':path': '/a/b/c//..' })]],
    ['data for a call that never began', [frame(FRAME.data, 0, 5, Buffer.alloc(10))]],
    ['a call with an even number', [headersFrame(2)]],
    ['a frame of 1 MiB', [frame(FRAME.data, 0, 1, Buffer.alloc(2 ** 20))]],
    ['unknown frames', Array.from({ length: 20 }, (_, type) => frame(0x20 + type, 0xff, 1, Buffer.alloc(20)))],
    ['a greeting of HTTP/1', [Buffer.from('GET / HTTP/1.1\r\nHost: cell\r\n\r\n')]],
  ])('stays up when it gets %s [G11]', async (_what, frames) => {
    await started();
    const client = await hostile().greet();
    await client.write(Buffer.concat(frames));
    await settled(client);
    await expectService();
    client.end();
    await client.closed;
    await expectService();
  });

  it('cuts a client that asks and does not read, the one that has left most unread, and serves the others', async () => {
    const records = [1, 2, 3, 4].map((index) => jobRecord(`J-${index}`, { comment: 'x'.repeat(40_000) }));
    await started({ unsent: { perConnectionMax: 1_000_000, totalMax: 1_500_000 } });
    bench.control.hello(records, 'e2');
    const list = headersFrame(0, { ...GRPC_HEADERS, ':path': Jobs.listJobOrders.path });
    const asks = (count: number): Buffer =>
      Buffer.concat(
        Array.from({ length: count }, (_, index) => {
          const headers = Buffer.from(list);
          headers.writeUInt32BE(2 * index + 1, 5);
          return Buffer.concat([headers, frame(FRAME.data, END_STREAM, 2 * index + 1, messagePrefix(0))]);
        }),
      );
    const [few, some, many] = [await hostile().greet(), await hostile().greet(), await hostile().greet()];
    await many.write(asks(20));
    await many.closed;
    await few.write(asks(3));
    await some.write(asks(6));
    await expectService();
    expect([few.isClosed, some.isClosed]).toEqual([false, false]);
    await few.write(asks(4).subarray(asks(3).length));
    await some.closed;
    await settled(few);
    expect(few.isClosed).toBe(false);
    await expectService();
  });

  it('serves so many streams at a time over all connections, and any other call beside them', async () => {
    await started({ streamsMax: 2 });
    const watch = () => bench.watch(HealthDefinition.watch, { service: '' });
    const [first, second] = [watch(), watch()];
    await Promise.all([first.next(), second.next()]);
    expect(await watch().ending()).toMatchObject({
      code: 'RESOURCE_EXHAUSTED',
      details: { reason: 'WATCHERS_TOO_MANY' },
    });
    await expectService();
    first.call.cancel();
    await vi.waitFor(() => watch().next(), { timeout: 15_000, interval: 5 });
  });

  it('cuts a client that does nothing but ping [G12]', async () => {
    await started();
    const client = await hostile().greet();
    const ping = Buffer.concat(Array.from({ length: 100 }, () => frame(FRAME.ping, 0, 0, Buffer.alloc(8))));
    for (let part = 0; part < 50 && !client.isClosed; part += 1) await client.write(ping);
    await client.closed;
    expect(bench.log.join()).toContain('control-frames-too-many');
    await expectService();
  });

  it('cuts a connection whose other end has gone without a word, and its watch gives its place to another [G6]', async () => {
    await started({ keepaliveMs: 50, keepaliveTimeoutMs: 50, streamsMax: 1 });
    expect([DOOR_LIMITS.keepaliveMs, DOOR_LIMITS.keepaliveTimeoutMs]).toEqual([10_000, 5_000]);
    // It never answers the ping of the server: as after a cable was pulled.
    const client = await hostile().greet();
    const fields = { ...GRPC_HEADERS, ':path': HealthDefinition.watch.path };
    await client.write(Buffer.concat([headersFrame(1, fields), frame(FRAME.data, END_STREAM, 1, messagePrefix(0))]));
    await client.closed;
    expect(client.heard).toContainEqual(expect.objectContaining({ type: FRAME.ping }));
    expect(client.heard).toContainEqual(expect.objectContaining({ type: FRAME.data, streamId: 1 }));
    const next = bench.watch(HealthDefinition.watch, { service: '' });
    expect((await next.next()).status).toBe(1);
    next.call.cancel();
  });

  it('refuses calls beyond the rate with CALLS_TOO_MANY, and takes them again later', async () => {
    await started({ localCalls: { burst: 3, perSecond: 1 } });
    for (let call = 0; call < 3; call += 1) await expectService();
    expect(await bench.call(HealthDefinition.check, { service: '' })).toMatchObject({
      code: 'RESOURCE_EXHAUSTED',
      details: { reason: 'CALLS_TOO_MANY' },
    });
    bench.clock.advance(1_000);
    await expectService();
  });

  it.each([
    ['none', undefined],
    ['a year from now', 365 * 86_400_000],
  ])(
    'ends a call that is not answered after 30 s of its own clock, with a deadline of the client of %s [G14]',
    async (_what, deadlineMs) => {
      await started();
      const reached = new Promise<void>((resolve) => {
        bench.control.request = () => {
          resolve();
          return new Promise(() => undefined);
        };
      });
      const request = { epoch: 'e1', alarmNumber: 1, owner: 'ana' };
      const { acknowledgeAlarm } = CellServiceDefinition;
      let hasEnded = false;
      const asked =
        deadlineMs === undefined
          ? bench.call(acknowledgeAlarm, request)
          : bench.callWithin(deadlineMs, acknowledgeAlarm, request);
      void asked.then(() => {
        hasEnded = true;
      });
      await reached;
      bench.clock.advance(29_999);
      await expectService();
      expect(hasEnded).toBe(false);
      bench.clock.advance(1);
      expect(await asked).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    },
  );

  it('knows what was done when the deadline of the client passed before the answer [G5]', async () => {
    await started();
    const { control } = bench;
    const ask = control.request.bind(control);
    control.request = async (request) => {
      await ask(request);
      return new Promise(() => undefined);
    };
    const { path, requestSerialize, responseDeserialize } = Jobs.storeAndStartJobOrder;
    const ended = await new Promise<number | undefined>((resolve) => {
      const options = { deadline: Date.now() + 200 };
      bench.client.makeUnaryRequest(path, requestSerialize, responseDeserialize, ORDER, options, (error) => {
        resolve(error?.code);
      });
    });
    expect(ended).toBe(4);
    expect(await bench.call(Jobs.getJobOrder, { jobOrderId: 'order-1' })).toMatchObject({ ok: true });
  });

  it('refuses what is not legal in the present state, in whatever order it comes [G4]', async () => {
    await started();
    bench.control.changed(jobRecord('order-1'));
    bench.control.refuseWith = fault(6005);
    for (const method of [Jobs.resumeJobOrder, Jobs.abortJobOrder] as const) {
      const ending = await bench.call(method, { jobOrderId: 'order-1' });
      expect(ending).toMatchObject({ code: 'FAILED_PRECONDITION', details: { reason: 'JOB_ORDER_STATE_INVALID' } });
    }
  });

  it('answers 2,000 mutated messages without an end or a defect [G10]', { timeout: 60_000 }, async () => {
    await started();
    expect(await sendMutated(bench.client, { seed: 1, times: 2_000 })).toEqual([]);
    expect(bench.log).toEqual([]);
    await expectService();
  });

  it('tells of a flood in a few lines, however long it is [X7]', async () => {
    await started();
    for (let attack = 0; attack < 60; attack += 1) {
      const client = await hostile().open();
      await client.write(Buffer.from('GET / HTTP/1.1\r\n'));
      await client.closed;
    }
    expect(bench.log.length).toBeLessThan(25);
    bench.clock.advance(60_000);
    const last = await hostile().open();
    await last.write(Buffer.from('GET / HTTP/1.1\r\n'));
    await last.closed;
    expect(bench.log.at(-1)).toMatch(/and \d+ lines like it were left out/);
    expect(new Set(bench.levels)).toEqual(new Set(['warn']));
  });

  it.each([
    ['TLS to the port of plain text', Buffer.from('16030100050100000100', 'hex'), 'tls-to-plain-text'],
    ['HTTP/1', Buffer.from('GET / HTTP/1.1\r\n'), 'not-http2'],
  ])('tells of %s what it was', async (_what, bytes, told) => {
    await started();
    const client = await hostile().open();
    await client.write(bytes);
    await client.closed;
    expect(bench.log.map((line) => line.split(': ').at(-1))).toEqual([told]);
  });

  it('listens on 127.0.0.1 alone when nobody says where [X8]', async () => {
    await started();
    const answers = (host: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect({ host, port: bench.server.port });
        socket.once('connect', () => {
          socket.destroy();
          resolve('open');
        });
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      });
    expect([await answers('127.0.0.1'), await answers('127.0.0.2')]).toEqual(['open', 'ECONNREFUSED']);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'cell.example'])('does not listen in plain text on %s [X8]', async (host) => {
    await started();
    const services = {
      services: [],
      port: 0,
      clock: new VirtualClock(),
      report: () => undefined,
      log: () => undefined,
    };
    expect(await startServiceHost({ ...services, host })).toMatchObject({ ok: false, error: { code: 'PLAIN_TEXT' } });
  });
});
