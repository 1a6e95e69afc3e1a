// WatchJobOrders over a real connection: order, completeness, heartbeats in virtual time, and slow watchers.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import {
  HealthDefinition,
  JobOrderReceiverServiceDefinition as METHODS,
  type Received,
} from '../../proto/generated/services.js';
import { fault } from '../../src/core/faults.ts';
import { err } from '../../src/core/result.ts';
import { DOOR_LIMITS } from '../../src/mes/door-limits.ts';
import { bytesOfMessage } from '../../src/mes/encoded-message.ts';
import { createHealthService, HEALTH_QUEUE_MAX, Health } from '../../src/mes/health-service.ts';
import { JobMirror, MIRROR_ORDERS_MAX } from '../../src/mes/job-mirror.ts';
import { HEARTBEAT_MS, watchJobs } from '../../src/mes/job-watch.ts';
import { MissedPages } from '../../src/mes/missed-pages.ts';
import { WATCH_LOG_BYTES_MAX, WATCH_LOG_MAX, WatchLog } from '../../src/mes/watch-log.ts';
import { at } from '../support/at.ts';
import { jobEvent, jobRecord } from '../support/channel-samples.ts';
import { type MesBench, pickCell, startMesBench, type Watched } from '../support/mes-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

type Message = Received<celda.job.v1.WatchJobOrdersResponse>;

let bench: MesBench;

beforeEach(async () => {
  bench = await startMesBench();
});

afterEach(() => bench.stop());

function watch(request: celda.job.v1.WatchJobOrdersRequest.$Properties = {}): Watched<Message> {
  return bench.watch(METHODS.watchJobOrders, request);
}

/** One word per message: its kind, and what it is about. */
function gist(message: Message): string {
  const record = message.initialState ?? message.stateChange;
  const kind = message.event ?? 'nothing';
  if (record !== null) return `${kind} ${record.jobOrder?.jobOrderId} ${record.states[0]?.text}`;
  if (message.progress !== null) return `${kind} ${message.progress.label} ${message.progress.producedQuantity}`;
  return message.heartbeat === null ? kind : `${kind} ${message.heartbeat.controlConnected}`;
}

async function take(watched: Watched<Message>, count: number): Promise<string[]> {
  const gists: string[] = [];
  for (let index = 0; index < count; index += 1) gists.push(gist(await watched.next()));
  return gists;
}

describe('watching job orders', () => {
  it('sends the initial states, then synced, then every change, numbered without gaps', async () => {
    bench.control.hello([jobRecord('J-1'), jobRecord('J-2')]);
    const watched = watch({ includeInitialState: true });
    expect(await take(watched, 3)).toEqual([
      'initialState J-1 AllowedToStart',
      'initialState J-2 AllowedToStart',
      'synced',
    ]);
    bench.control.changed(jobRecord('J-1', { state: 'Running', substate: undefined, revision: 2 }));
    bench.control.changed(jobRecord('J-1', { state: 'Ended', substate: 'Completed', revision: 3 }));
    const first = await watched.next();
    const second = await watched.next();
    expect([gist(first), gist(second)]).toEqual(['stateChange J-1 Running', 'stateChange J-1 Ended']);
    expect([first.sequence.toNumber(), second.sequence.toNumber()]).toEqual([4, 5]);
    watched.call.cancel();
  });

  it('starts with a heartbeat when no initial state is asked for, so that the caller knows that it watches', async () => {
    bench.control.hello([jobRecord('J-1')]);
    const watched = watch();
    expect(await take(watched, 1)).toEqual(['heartbeat true']);
    bench.control.changed(jobRecord('J-1', { revision: 2, state: 'Running' }));
    expect(await take(watched, 1)).toEqual(['stateChange J-1 Running']);
    watched.call.cancel();
  });

  it('sends only the orders asked for, also those that come later', async () => {
    bench.control.hello([jobRecord('J-1'), jobRecord('J-2')]);
    const watched = watch({ jobOrderIds: ['J-2', 'J-3'], includeInitialState: true });
    expect(await take(watched, 2)).toEqual(['initialState J-2 AllowedToStart', 'synced']);
    bench.control.changed(jobRecord('J-1', { revision: 2, state: 'Running' }));
    bench.control.changed(jobRecord('J-3'));
    expect(await take(watched, 1)).toEqual(['stateChange J-3 AllowedToStart']);
    watched.call.cancel();
  });

  it('shows progress, and what happens to the running order when control is lost and back', async () => {
    const runningRecord = jobRecord('J-1', { state: 'Running', substate: undefined, revision: 2 });
    bench.control.hello([runningRecord]);
    const watched = watch({ includeInitialState: true });
    expect(await take(watched, 2)).toEqual(['initialState J-1 Running', 'synced']);
    const job = {
      ...{ jobOrderId: 'J-1', workMasterId: 'pick', step: 'steps[0]', label: 'move' },
      ...{ producedQuantity: 1, goodQuantity: 1, lastPartMs: 0 },
    };
    bench.control.showSnapshot({ job });
    bench.control.lose();
    bench.control.hello([], 'e2');
    expect(await take(watched, 5)).toEqual([
      'progress move 1',
      'stateChange J-1 Interrupted',
      'heartbeat false',
      'stateChange J-1 Interrupted',
      'heartbeat true',
    ]);
    watched.call.cancel();
  });

  it('sends a heartbeat after 15 s of silence, and again, but none sooner', async () => {
    bench.control.hello();
    const watched = watch({ includeInitialState: true });
    expect(await take(watched, 1)).toEqual(['synced']);
    bench.clock.advance(HEARTBEAT_MS - 1);
    bench.control.changed(jobRecord('J-1'));
    bench.clock.advance(HEARTBEAT_MS - 1);
    bench.control.changed(jobRecord('J-2'));
    expect(await take(watched, 2)).toEqual(['stateChange J-1 AllowedToStart', 'stateChange J-2 AllowedToStart']);
    bench.clock.advance(HEARTBEAT_MS);
    expect(await take(watched, 1)).toEqual(['heartbeat true']);
    bench.clock.advance(HEARTBEAT_MS);
    expect(await take(watched, 1)).toEqual(['heartbeat true']);
    watched.call.cancel();
  });

  it('[G1] is known to control, from the first watcher to the last, and to another control process', async () => {
    bench.control.hello();
    const [first, second] = [watch(), watch()];
    await Promise.all([first.next(), second.next()]);
    first.call.cancel();
    bench.control.lose();
    bench.control.hello([], 'e2');
    expect(bench.control.watches).toEqual([false, true, true]);
    second.call.cancel();
    await expect.poll(() => bench.control.watches).toEqual([false, true, true, false]);
  });

  it('leaves nothing behind when the caller goes away', async () => {
    bench.control.hello();
    const watched = watch();
    await watched.next();
    expect(bench.clock.pending).toBe(1);
    watched.call.cancel();
    await watched.ending();
    await expect.poll(() => bench.clock.pending).toBe(0);
  });

  it('refuses more ids than it takes, and ids that are none', async () => {
    bench.control.hello();
    const tooMany = await watch({ jobOrderIds: Array.from({ length: 201 }, (_, index) => `J-${index}`) }).ending();
    expect(tooMany).toMatchObject({ code: 'INVALID_ARGUMENT', details: { violations: [{ field: 'job_order_ids' }] } });
    const wrong = await watch({ jobOrderIds: ['J-1', 'J 2'] }).ending();
    expect(wrong).toMatchObject({ code: 'INVALID_ARGUMENT', details: { violations: [{ field: 'job_order_ids[1]' }] } });
  });

  it('ends well when the server stops', async () => {
    bench.control.hello();
    const watched = watch();
    await watched.next();
    await bench.server.stop();
    expect(await watched.ending()).toBeUndefined();
  });
});

function decoded(message: object): object {
  const { WatchJobOrdersResponse } = celda.job.v1;
  return WatchJobOrdersResponse.decode(bytesOfMessage(message) ?? WatchJobOrdersResponse.encode(message).finish());
}

describe('a watcher that does not keep up', () => {
  function slowWatch(mirror: JobMirror, log = new WatchLog({ mirror, toWire: () => ({}) })) {
    return watchJobs({
      mirror,
      log,
      clock: new VirtualClock(),
      readMissed: () => Promise.resolve(err(fault(6508))),
      pages: new MissedPages(),
      jobOrderIds: new Set(),
      start: { kind: 'present', includeInitialState: true },
      signal: new AbortController().signal,
    });
  }

  function flood(mirror: JobMirror, count: number): void {
    for (let revision = 2; revision < count + 2; revision += 1) {
      mirror.apply({
        kind: 'event',
        event: jobEvent(revision, jobRecord('J-0', { revision, producedQuantity: revision })),
      });
    }
  }

  async function outcomes(stream: ReturnType<typeof slowWatch>, count: number) {
    const taken: unknown[] = [];
    for await (const outcome of stream) {
      taken.push(outcome.ok ? { ok: true, value: decoded(outcome.value) } : outcome);
      if (taken.length === count) break;
    }
    return taken;
  }

  it('[G7] is refused with WATCHER_TOO_SLOW after a thousand changes that it did not take', async () => {
    const mirror = new JobMirror();
    const stream = slowWatch(mirror);
    await stream.next();
    flood(mirror, WATCH_LOG_MAX + 1);
    expect(await outcomes(stream, 10)).toMatchObject([{ ok: false, error: { fault: { code: 6012 } } }]);
  });

  it('[G7] is refused with a token to go on with as soon as large orders would take too much memory', async () => {
    const mirror = new JobMirror();
    const journal = { id: 'journal', position: 0 };
    const log = new WatchLog({ mirror, toWire: () => ({}), journal });
    const stream = slowWatch(mirror, log);
    await stream.next();
    const comment = 'x'.repeat(100_000);
    for (let revision = 2; revision < 500; revision += 1) {
      log.reached(revision);
      mirror.apply({ kind: 'event', event: jobEvent(revision, jobRecord('J-0', { revision, comment })) });
      expect(log.heldBytes).toBeLessThanOrEqual(WATCH_LOG_BYTES_MAX);
    }
    const resumeToken = log.tokenAt(0);
    expect(await outcomes(stream, 10)).toMatchObject([
      { ok: false, error: { fault: { code: 6012, detail: { resumeToken } } } },
    ]);
    expect([log.after(0), log.after(498)]).toEqual([undefined, log.end - 1]);
  });

  it('gets every change when it takes them just in time', async () => {
    const mirror = new JobMirror();
    const stream = slowWatch(mirror);
    await stream.next();
    flood(mirror, WATCH_LOG_MAX);
    const taken = await outcomes(stream, WATCH_LOG_MAX);
    expect(taken.filter((outcome) => !(outcome as { ok: boolean }).ok)).toEqual([]);
    expect(taken).toHaveLength(WATCH_LOG_MAX);
  });

  it('gets all initial states, however many there are, and has room for as many changes as ever', async () => {
    const mirror = new JobMirror();
    const records = Array.from({ length: MIRROR_ORDERS_MAX }, (_, index) => jobRecord(`J-${index}`));
    mirror.apply({ kind: 'hello', epoch: 'e1', records });
    const stream = slowWatch(mirror);
    const first = await stream.next();
    flood(mirror, WATCH_LOG_MAX);
    const rest = await outcomes(stream, MIRROR_ORDERS_MAX + WATCH_LOG_MAX);
    expect(first).toMatchObject({ value: { ok: true } });
    expect(rest[MIRROR_ORDERS_MAX - 1]).toMatchObject({ ok: true, value: { synced: {} } });
    expect(rest.at(-1)).toMatchObject({ ok: true, value: { stateChange: {} } });
  });
});

describe('the number of watchers', () => {
  it('is bounded, and a place that becomes free can be taken', async () => {
    await bench.stop();
    bench = await startMesBench(pickCell(), { ...DOOR_LIMITS, watchersMax: 20 });
    bench.control.hello();
    const watchers = Array.from({ length: 20 }, () => watch());
    await Promise.all(watchers.map((each) => each.next()));
    const refused = await watch().ending();
    expect(refused).toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { reason: 'WATCHERS_TOO_MANY' } });
    expect((await bench.call(METHODS.listJobOrders, {})).ok).toBe(true);
    at(watchers, 0).call.cancel();
    await expect.poll(() => bench.clock.pending).toBe(19);
    const next = watch();
    expect(await take(next, 1)).toEqual(['heartbeat true']);
    for (const each of [...watchers, next]) each.call.cancel();
  });
});

describe('watching health', () => {
  it('tells every change', async () => {
    const watched = bench.watch(HealthDefinition.watch, { service: '' });
    const statuses = [(await watched.next()).status];
    bench.control.hello();
    statuses.push((await watched.next()).status);
    bench.control.lose();
    statuses.push((await watched.next()).status);
    expect(statuses).toEqual([2, 1, 2]);
    watched.call.cancel();
  });

  it('keeps the stream of an unknown service open', async () => {
    const watched = bench.watch(HealthDefinition.watch, { service: 'nope' });
    expect((await watched.next()).status).toBe(3);
    watched.call.cancel();
  });

  it('[G7] is refused with WATCHER_TOO_SLOW, and never ended as if all were told, where changes were not taken', async () => {
    const health = new Health([]);
    const { signal } = new AbortController();
    const stream = createHealthService(health).watch({ service: '' }, signal, undefined);
    const told = stream[Symbol.asyncIterator]();
    expect((await told.next()).value).toMatchObject({ ok: true });
    for (let change = 0; change <= HEALTH_QUEUE_MAX; change += 1) health.set('', change % 2 === 0);
    expect((await told.next()).value).toMatchObject({ ok: false, error: { fault: { code: 6012 } } });
    expect((await told.next()).done).toBe(true);
  });
});
