// Goal: a program that watches with celda/client hears of every change once, in order, however many gateways die while changes are under
// way. Method: gateways that come and go on one journal, behind a line that leads to whichever is there; control keeps what no gateway has
// on disk, and tells the next one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectCell } from '../../src/client/index.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { jobEvent, jobRecord } from '../support/channel-samples.ts';
import { CutLine } from '../support/cut-line.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

const GATEWAYS = 5;
const CHANGES = 8;

let folder: string;
let journal: JournalPort;
let bench: MesBench;
let line: CutLine;
let events: ReturnType<typeof jobEvent>[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celda-watch-'));
  events = [];
  await start();
  line = await CutLine.open(bench.server.port);
});

afterEach(async () => {
  await line.close();
  await bench.stop();
  await journal.close();
  rmSync(folder, { recursive: true });
});

function storedThrough(): number {
  return bench.control.storedThrough.at(-1)?.[1] ?? 0;
}

/** The next gateway, which hears of control as it is, and what none before it had on disk. */
async function start(through = 0): Promise<void> {
  const opened = await openJournal({ path: join(folder, 'j.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  bench = await startMesBench(undefined, undefined, journal);
  const newest = events.at(-1)?.body;
  bench.control.greet(newest?.kind === 'job' ? [newest.record] : []);
  for (const event of events) if (event.sequence > through) bench.control.say({ kind: 'event', event });
  bench.control.showSnapshot();
  await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
}

function change(overrides: Partial<JobRecord> = {}): void {
  const revision = events.length + 1;
  const event = jobEvent(revision, jobRecord('J-1', { revision, ...overrides }));
  events.push(event);
  bench.control.say({ kind: 'event', event });
}

async function die(): Promise<void> {
  line.cut();
  const through = storedThrough();
  await bench.stop();
  await journal.close();
  await start(through);
  line.lead(bench.server.port);
}

it('a watch over gateways that die tells every change once and in order, and what waits for the end has it', async () => {
  change();
  const cell = connectCell({ address: line.address, retries: { delayMsMin: 1, delayMsMax: 20 } });
  const told: number[] = [];
  let isSynced = false;
  const watched = (async () => {
    for await (const event of cell.watchJobOrders()) {
      if (event.kind === 'synced') isSynced = true;
      if (event.kind !== 'initial' && event.kind !== 'changed') continue;
      told.push(Number(event.job.revision));
      if (event.job.states[0]?.text === 'Ended') return;
    }
  })();
  const waited = cell.waitForEnd('J-1');
  // Cut off before that it has no token to go on with, and would begin anew.
  await vi.waitFor(() => expect([told, isSynced]).toEqual([[1], true]));
  for (let gateway = 0; gateway < GATEWAYS; gateway += 1) {
    for (let count = 0; count < CHANGES; count += 1) {
      change();
      if (count % 3 === gateway % 3) await new Promise(setImmediate);
    }
    await die();
  }
  change({ state: 'Ended', substate: 'Completed' });
  await watched;
  expect((await waited).states.map(({ text }) => text)).toEqual(['Ended', 'Completed']);
  expect(told).toEqual(Array.from({ length: events.length }, (_, index) => index + 1));
  cell.close();
});
