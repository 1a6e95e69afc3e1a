// Both carriers of the cell channel, memory and a Unix socket, keep the same promises.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectSocket, serveSocket } from '../../src/app/cell-socket.ts';
import type { ChannelClient } from '../../src/app/channel-client.ts';
import type { ChannelServer } from '../../src/app/channel-server.ts';
import { createMemoryChannel } from '../../src/app/memory-channel.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import type { CellRequest } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { abortRequest, cellSnapshot, jobEvent, jobRecord, record, resetEvent } from '../support/channel-samples.ts';

interface Opened {
  readonly server: ChannelServer;
  readonly client: ChannelClient;
}

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function openMemory(): Promise<Opened> {
  const channel = createMemoryChannel({ epoch: 'e1', clock: createRealClock() });
  closing.push(
    () => channel.server.close(),
    () => channel.client.close(),
  );
  return Promise.resolve(channel);
}

async function openSocket(): Promise<Opened> {
  const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  const clock = createRealClock();
  const path = join(directory, 's');
  const server = await serveSocket({ path, epoch: 'e1', clock });
  const client = connectSocket({ path, clock });
  closing.push(
    () => rmSync(directory, { recursive: true }),
    () => server.ended(),
    () => server.close(),
    () => client.close(),
  );
  return { server, client };
}

describe.each([
  ['memory', openMemory],
  ['socket', openSocket],
])('cell channel over %s', (_name, open) => {
  it('greets with the epoch and the orders that were published before', async () => {
    const { server, client } = await open();
    server.publish({ kind: 'event', event: jobEvent(1, jobRecord('J-1')) });
    server.publish({ kind: 'event', event: jobEvent(2, jobRecord('J-1', { state: 'Running', revision: 2 })) });
    const hello = await record(client).until((message) => message.kind === 'hello');
    expect(hello).toMatchObject({ epoch: 'e1', records: [{ state: 'Running', revision: 2 }] });
    expect(client.connected).toBe(true);
  });

  it('greets with more orders than one part carries, once and complete', async () => {
    const { server, client } = await open();
    for (let index = 0; index < 105; index += 1) {
      server.publish({ kind: 'event', event: jobEvent(index, jobRecord(`J-${index}`)) });
    }
    const recorded = record(client);
    const hello = await recorded.until((message) => message.kind === 'hello');
    expect(hello.kind === 'hello' && hello.records.map(({ order }) => order.jobOrderId)).toEqual(
      Array.from({ length: 105 }, (_, index) => `J-${index}`),
    );
    expect(recorded.heard.filter(({ kind }) => kind === 'hello')).toHaveLength(1);
  });

  it('keeps durable events until the gateway says that they are on disk, and then says how far they are', async () => {
    const { server, client } = await open();
    const recorded = record(client);
    await recorded.until((message) => message.kind === 'hello');
    for (const sequence of [1, 2, 3]) server.publish({ kind: 'event', event: resetEvent(sequence) });
    expect(server.storage()).toEqual({ through: 0, waiting: 3, reachable: true, watched: false });
    await recorded.until((message) => message.kind === 'event' && message.event.sequence === 3);
    client.stored('another', 3);
    client.stored('e1', 2);
    await vi.waitFor(() =>
      expect(server.storage()).toEqual({ through: 2, waiting: 1, reachable: true, watched: false }),
    );
    client.close();
    await vi.waitFor(() =>
      expect(server.storage()).toEqual({ through: 2, waiting: 1, reachable: false, watched: false }),
    );
  });

  it('hands over why the journal takes nothing, and keeps it until a gateway says that it does again', async () => {
    const { server, client } = await open();
    await record(client).until((message) => message.kind === 'hello');
    expect(server.storage().refused).toBeUndefined();
    client.storing(fault(6501, { path: 'j.db' }));
    await vi.waitFor(() => expect(server.storage().refused).toEqual(fault(6501, { path: 'j.db' })));
    client.storing(undefined);
    await vi.waitFor(() => expect(server.storage().refused).toBeUndefined());
    client.storing(fault(6502));
    await vi.waitFor(() => expect(server.storage().refused).toEqual(fault(6502)));
    client.close();
    await vi.waitFor(() => expect(server.storage().reachable).toBe(false));
    expect(server.storage().refused).toEqual(fault(6502));
  });

  it('hands over whether anybody watches, which nobody does when the gateway is gone', async () => {
    const { server, client } = await open();
    await record(client).until((message) => message.kind === 'hello');
    expect(server.storage().watched).toBe(false);
    client.watched(true);
    await vi.waitFor(() => expect(server.storage().watched).toBe(true));
    client.close();
    await vi.waitFor(() => expect(server.storage().watched).toBe(false));
  });

  it('greets with where each order stands that has begun', async () => {
    const { server, client } = await open();
    const running = jobRecord('J-1', { state: 'Running' });
    const checkpoint = { jobOrderId: 'J-1', frames: [{ index: 0, rounds: 1 }], holding: [], homed: [], positions: {} };
    server.publish({
      kind: 'event',
      event: { ...jobEvent(1, running), body: { kind: 'job', record: running, checkpoint } },
    });
    const next = { ...checkpoint, frames: [{ index: 1, rounds: 1 }] };
    server.publish({ kind: 'event', event: { ...resetEvent(2), body: { kind: 'checkpoint', checkpoint: next } } });
    const hello = await record(client).until((message) => message.kind === 'hello');
    expect(hello).toMatchObject({ checkpoints: [next] });
  });

  it('delivers events in order and the newest snapshot', async () => {
    const { server, client } = await open();
    const recorded = record(client);
    await recorded.until((message) => message.kind === 'hello');
    for (let sequence = 1; sequence <= 100; sequence += 1) {
      server.publish({ kind: 'event', event: resetEvent(sequence) });
      server.publish({ kind: 'snapshot', snapshot: cellSnapshot(sequence) });
    }
    await recorded.until((message) => message.kind === 'snapshot' && message.snapshot.cycle === 100);
    const sequences = recorded.heard.flatMap((message) => (message.kind === 'event' ? [message.event.sequence] : []));
    expect(sequences).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(client.snapshot?.cycle).toBe(100);
  });

  it('carries a request to the control process and its reply back', async () => {
    const { server, client } = await open();
    await record(client).until((message) => message.kind === 'hello');
    server.listen((request) => {
      server.publish({
        kind: 'reply',
        reply: { requestId: request.requestId, ok: false, fault: { code: 6004, detail: { jobOrderId: 'J-1' } } },
      });
    });
    const reply = await client.request(abortRequest('r1'));
    expect(reply).toEqual({ requestId: 'r1', ok: false, fault: { code: 6004, detail: { jobOrderId: 'J-1' } } });
  });

  it('carries many requests at once, each once and in order', async () => {
    const { server, client } = await open();
    await record(client).until((message) => message.kind === 'hello');
    const requests: CellRequest[] = [];
    server.listen((request) => {
      requests.push(request);
      server.publish({ kind: 'reply', reply: { requestId: request.requestId, ok: true, record: undefined } });
    });
    const ids = Array.from({ length: 1_000 }, (_, index) => `r${index}`);
    const replies = await Promise.all(ids.map((id) => client.request(abortRequest(id))));
    expect(replies.every(({ ok }) => ok)).toBe(true);
    expect(requests.map(({ requestId }) => requestId)).toEqual(ids);
  });

  it('refuses a request that is too long, and one while too many wait', async () => {
    const { client } = await open();
    await record(client).until((message) => message.kind === 'hello');
    const long: CellRequest = { kind: 'abort', requestId: 'long', jobOrderId: 'J-1', comment: 'x'.repeat(1024 * 1024) };
    expect(await client.request(long)).toMatchObject({ ok: false, fault: { code: 6010 } });
    const waiting = Array.from({ length: 1_000 }, (_, index) => client.request(abortRequest(`w${index}`)));
    expect(await client.request(abortRequest('w0'))).toMatchObject({ ok: false, fault: { code: 6007 } });
    client.close();
    const answers = await Promise.all(waiting);
    expect(answers.every((reply) => !reply.ok && reply.fault.code === 6007)).toBe(true);
  });

  it('tells of a lost connection and answers what waits', async () => {
    const { server, client } = await open();
    const recorded = record(client);
    await recorded.until((message) => message.kind === 'hello');
    server.publish({ kind: 'snapshot', snapshot: cellSnapshot(7) });
    await recorded.until((message) => message.kind === 'snapshot');
    const waiting = client.request(abortRequest('r1'));
    server.listen(() => server.close());
    expect(await waiting).toMatchObject({ ok: false, fault: { code: 6007 } });
    await recorded.until((message) => message.kind === 'lost');
    expect(client.snapshot).toBeUndefined();
    expect(await client.request(abortRequest('r2'))).toMatchObject({ ok: false, fault: { code: 6007 } });
  });

  it('drops a gateway that falls 10,000 events behind, which starts again with a greeting', async () => {
    const { server, client } = await open();
    const recorded = record(client);
    await recorded.until((message) => message.kind === 'hello');
    server.publish({ kind: 'event', event: jobEvent(1, jobRecord('J-1')) });
    for (let sequence = 2; sequence <= 10_002; sequence += 1) {
      server.publish({ kind: 'event', event: resetEvent(sequence) });
    }
    await recorded.until((message) => message.kind === 'lost');
    await recorded.until((message) => message.kind === 'hello' && message.records.length === 1);
    expect(recorded.heard.map(({ kind }) => kind).filter((kind) => kind !== 'event')).toEqual([
      'hello',
      'lost',
      'hello',
    ]);
  });

  it('delivers what was published before it was closed', async () => {
    const { server, client } = await open();
    const recorded = record(client);
    await recorded.until((message) => message.kind === 'hello');
    for (let sequence = 1; sequence <= 100; sequence += 1) {
      server.publish({ kind: 'event', event: resetEvent(sequence) });
    }
    server.close();
    await recorded.until((message) => message.kind === 'lost');
    expect(recorded.heard.filter(({ kind }) => kind === 'event')).toHaveLength(100);
  });

  it('serves nobody after it was closed', async () => {
    const { server, client } = await open();
    const recorded = record(client);
    await recorded.until((message) => message.kind === 'hello');
    server.close();
    await recorded.until((message) => message.kind === 'lost');
    await new Promise((resolve) => {
      createRealClock().schedule(monotonicMs(performance.now() + 120), () => resolve(undefined));
    });
    expect(client.connected).toBe(false);
  });

  it('greets a late listener with the orders as they are now', async () => {
    const { server, client } = await open();
    const first = record(client);
    await first.until((message) => message.kind === 'hello');
    server.publish({ kind: 'event', event: jobEvent(1, jobRecord('J-9')) });
    await first.until((message) => message.kind === 'event');
    const hello = await record(client).until((message) => message.kind === 'hello');
    expect(hello).toMatchObject({ records: [{ order: { jobOrderId: 'J-9' } }] });
  });

  it('keeps 1,000 orders for late listeners, however many end while it is connected', async () => {
    const { server, client } = await open();
    const first = record(client);
    await first.until((message) => message.kind === 'hello');
    for (let sequence = 1; sequence <= 1_002; sequence += 1) {
      server.publish({ kind: 'event', event: jobEvent(sequence, jobRecord(`J-${sequence}`, { state: 'Ended' })) });
    }
    await first.until((message) => message.kind === 'event' && message.event.sequence === 1_002);
    const hello = await record(client).until((message) => message.kind === 'hello');
    const ids = hello.kind === 'hello' ? hello.records.map(({ order }) => order.jobOrderId) : [];
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([1_000, 'J-3', 'J-1002']);
  });
});
