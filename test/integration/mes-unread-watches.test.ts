// Goal: watchers that never read cost the gateway little, however large the orders are that they do not read of. Method: streams of
// HTTP/2 whose windows stay shut, over a real gateway; what is held is measured after everything else was let go of.
import { type ClientHttp2Session, connect } from 'node:http2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { JobOrderReceiverServiceDefinition as JOBS } from '../../proto/generated/services.js';
import { DOOR_LIMITS } from '../../src/mes/door-limits.ts';
import { STALLED_MS_MAX } from '../../src/mes/stream-outlet.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { heldMemory } from '../support/held-memory.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

const WATCHERS = 40;
const CHANGES = 40;
const COMMENT = 32 * 1024;

let bench: MesBench;
let session: ClientHttp2Session;
let revision: number;

beforeEach(async () => {
  bench = await startMesBench();
  bench.control.hello();
  session = connect(`http://127.0.0.1:${bench.server.port}`);
  revision = 1;
});

afterEach(async () => {
  session.destroy();
  await bench.stop();
});

/** Begins a watch, and reads nothing of it. */
async function watchUnread(): Promise<void> {
  const message = celda.job.v1.WatchJobOrdersRequest.encode({}).finish();
  const stream = session.request({
    ':method': 'POST',
    ':path': JOBS.watchJobOrders.path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => undefined);
  stream.end(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]));
  await new Promise((resolve) => stream.once('response', resolve));
}

async function change(): Promise<void> {
  for (let count = 0; count < CHANGES; count += 1) {
    revision += 1;
    bench.control.changed(jobRecord('J-1', { revision, comment: `${revision}${'x'.repeat(COMMENT)}` }));
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  }
}

it('a watcher that does not read leaves one message of 32 KiB unsent, and not sixteen', async () => {
  for (let count = 0; count < WATCHERS; count += 1) await watchUnread();
  const log = heldMemory();
  await change();
  const growth = heldMemory() - log;
  // What is kept of the changes themselves for all watchers, twice, and a message for each of these.
  expect(growth).toBeLessThan(2 * CHANGES * COMMENT * 1.5 + WATCHERS * COMMENT * 2.5);
}, 60_000);

it('[G7] a watcher that never reads gives its place to another after a minute', async () => {
  session.destroy();
  await bench.stop();
  bench = await startMesBench(undefined, { ...DOOR_LIMITS, watchersMax: 1 });
  bench.control.hello();
  session = connect(`http://127.0.0.1:${bench.server.port}`, { settings: { initialWindowSize: 0 } });
  await watchUnread();
  const refused = await bench.watch(JOBS.watchJobOrders, {}).ending();
  expect(refused).toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { reason: 'WATCHERS_TOO_MANY' } });
  await change();
  bench.clock.advance(STALLED_MS_MAX);
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  const next = bench.watch(JOBS.watchJobOrders, {});
  expect((await next.next()).heartbeat).not.toBe(null);
  next.call.cancel();
}, 60_000);
