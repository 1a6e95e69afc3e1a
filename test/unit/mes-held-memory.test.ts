// Goal: what the gateway holds does not grow with what it has done. Method: much of one kind, and what is still held when all is
// collected that can be.
import { describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { ServerReflectionDefinition } from '../../proto/generated/services.js';
import type { JobRecord } from '../../src/core/job-order.ts';
import { ok } from '../../src/core/result.ts';
import { bytesOfMessage } from '../../src/mes/encoded-message.ts';
import { JobMirror } from '../../src/mes/job-mirror.ts';
import { type JobWatchOptions, type MissedPage, watchJobs } from '../../src/mes/job-watch.ts';
import { toWireRecord } from '../../src/mes/job-wire.ts';
import { JournalFeed } from '../../src/mes/journal-feed.ts';
import { MissedPages } from '../../src/mes/missed-pages.ts';
import { WatchLog } from '../../src/mes/watch-log.ts';
import { jobEvent, jobRecord } from '../support/channel-samples.ts';
import { ControlFake } from '../support/control-fake.ts';
import { heldMemory } from '../support/held-memory.ts';
import { startMesBench } from '../support/mes-bench.ts';
import { RecordingJournal } from '../support/recording-journal.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const MIB = 1024 * 1024;
const ORDERS = 400;
const REQUESTS = 200;

/** Takes everything and keeps nothing. */
class ForgetfulJournal extends RecordingJournal {
  override append: RecordingJournal['append'] = ({ events }) =>
    Promise.resolve(ok({ before: 0, position: events.length }));
}

describe('what has ended', () => {
  it('leaves nothing of an order in memory once it is on disk', async () => {
    const control = new ControlFake();
    const [journal, clock] = [new ForgetfulJournal(), new VirtualClock()];
    const feed = new JournalFeed({ control, journal, clock, log: () => undefined });
    feed.begin('run', []);
    const before = heldMemory();
    for (let index = 1; index <= ORDERS; index += 1) {
      const comment = Buffer.alloc(30_000, `${index} `).toString();
      feed.put(jobEvent(2 * index - 1, jobRecord(`order-${index}`, { comment })));
      feed.put(jobEvent(2 * index, jobRecord(`order-${index}`, { comment, state: 'Ended', revision: 2 })));
      await feed.settled();
    }
    expect(heldMemory() - before).toBeLessThan(3 * MIB);
    await feed.close();
  });
});

describe('a stream that stays open', () => {
  it('leaves nothing of a request in memory once that is answered', async () => {
    const bench = await startMesBench();
    const { path, requestSerialize, responseDeserialize } = ServerReflectionDefinition.serverReflectionInfo;
    const stream = bench.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    const asked = async (count: number): Promise<number> => {
      for (let left = count; left > 0; left -= 1) {
        stream.write({ fileContainingSymbol: Buffer.alloc(50_000, `${left} `).toString() });
        await new Promise((resolve) => stream.once('data', resolve));
      }
      return heldMemory();
    };
    const before = await asked(50);
    expect((await asked(REQUESTS)) - before).toBeLessThan(3 * MIB);
    stream.on('error', () => undefined);
    stream.cancel();
    await bench.stop();
  });
});

const { WatchJobOrdersResponse } = celda.job.v1;
const END = { done: true, value: undefined } as const;

/** What a message tells: kind, order and revision. */
function gist(told: Awaited<ReturnType<ReturnType<typeof watchJobs>['next']>>): string {
  if (told.done === true) return 'end';
  if (!told.value.ok) return `${told.value.error.fault.code}`;
  const bytes = bytesOfMessage(told.value.value) ?? Buffer.alloc(0);
  const { event, stateChange, initialState } = WatchJobOrdersResponse.decode(bytes);
  const job = stateChange ?? initialState;
  return job == null ? `${event}` : `${event} ${job.jobOrder.jobOrderId} r${job.revision.toString()}`;
}

function longRecord(id: string, revision: number): JobRecord {
  return jobRecord(id, { comment: Buffer.alloc(30_000, `${id} ${revision} `).toString(), revision });
}

describe('watchers that do not read', () => {
  const pages = new MissedPages();
  const mirror = new JobMirror();
  const toWire = (record: JobRecord) => toWireRecord(record, undefined, '');

  function watch(log: WatchLog, options: Pick<JobWatchOptions, 'start' | 'readMissed'>) {
    const { signal } = new AbortController();
    return watchJobs({ ...options, mirror, log, pages, jobOrderIds: new Set(), signal, clock: new VirtualClock() });
  }

  it('share what is held of what they missed, and are told all of it once when they go on', async () => {
    const events = 100;
    const journal = { id: 'a'.repeat(32), position: events };
    const log = new WatchLog({ mirror: new JobMirror(), toWire, journal });
    const readMissed = (after: number) => {
      const positions = Array.from({ length: Math.min(40, events - after) }, (_, index) => after + 1 + index);
      const page: MissedPage = {
        events: positions.map((position) => ({
          position,
          epoch: 'run',
          event: jobEvent(position, longRecord('J-1', position)),
        })),
        position: positions.at(-1) ?? events,
      };
      return Promise.resolve(ok(page));
    };
    const before = heldMemory();
    const watchers = Array.from({ length: 50 }, () =>
      watch(log, { start: { kind: 'after', position: 0 }, readMissed }),
    );
    for (const watcher of watchers) expect(gist(await watcher.next())).toBe('stateChange J-1 r1');
    expect(heldMemory() - before).toBeLessThan(20 * MIB);
    const [first] = watchers;
    const told: string[] = [];
    while (told.at(-1) !== 'heartbeat') told.push(gist((await first?.next()) ?? END));
    expect(told.slice(0, -1)).toEqual(
      Array.from({ length: events - 1 }, (_, index) => `stateChange J-1 r${index + 2}`),
    );
    for (const watcher of watchers) await watcher.return(undefined);
  });

  it('hold nothing of how orders stood, and are told how they stand when they go on', async () => {
    const log = new WatchLog({ mirror, toWire });
    const readMissed = () => Promise.resolve(ok({ events: [], position: 0 }));
    const ids = Array.from({ length: 50 }, (_, index) => `J-${String(index).padStart(3, '0')}`);
    const change = (revision: number): void => {
      for (const id of ids) mirror.apply({ kind: 'event', event: jobEvent(1, longRecord(id, revision)) });
    };
    change(1);
    const before = heldMemory();
    const watchers = [];
    for (let revision = 2; revision < 32; revision += 1) {
      const watcher = watch(log, { start: { kind: 'present', includeInitialState: true }, readMissed });
      watchers.push(watcher);
      expect(gist(await watcher.next())).toBe(`initialState J-000 r${revision - 1}`);
      change(revision);
    }
    // The log of changes holds some, whoever watches.
    expect(heldMemory() - before).toBeLessThan(25 * MIB);
    const last = watchers.at(-1);
    const told: string[] = [];
    while (told.length < ids.length + 1) told.push(gist((await last?.next()) ?? END));
    const initial = ids.slice(1).map((id) => `initialState ${id} r31`);
    expect(told).toEqual([...initial, 'synced', 'stateChange J-000 r31']);
    mirror.apply({ kind: 'event', event: jobEvent(1, longRecord('J-001', 32)) });
    expect(gist((await last?.next()) ?? END)).toBe('stateChange J-001 r32');
    for (const watcher of watchers) await watcher.return(undefined);
  });
});
