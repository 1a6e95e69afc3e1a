// Goal: clients that knew a cell before an older backup of its journal was put in place are told so, and nothing that they know is taken
// for what the cell has now. Method: real gRPC over a loopback socket and a real journal on disk; the control process is played.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  JobOrderReceiverServiceDefinition as JOBS,
  JobResponseProviderServiceDefinition as RESPONSES,
} from '../../proto/generated/services.js';
import { epochMs } from '../../src/core/units.ts';
import { backUpJournal, restoreJournal } from '../../src/journal/copy.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';

const RESTORING = {
  stamp: '1',
  time: epochMs(1_790_000_000_000),
  actor: { identity: 'eva', role: 'local', certFingerprint: '', peer: 'this machine' },
};

let directory: string;
let journal: JournalPort;
let bench: MesBench;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  await start('e1');
});

afterEach(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

const fileOf = (name: string): string => join(directory, name);

async function start(epoch: string): Promise<void> {
  const opened = await openJournal({ path: fileOf('j.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  bench = await startMesBench(pickCell(), undefined, journal);
  bench.control.tellsEvents = true;
  bench.control.hello([], epoch);
  await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
}

async function stop(): Promise<void> {
  await bench.stop();
  await journal.close();
}

/** The cell is stopped, the backup put in place, and the cell started. */
async function restore(): Promise<void> {
  await stop();
  expect(restoreJournal(fileOf('backup.db'), fileOf('j.db'), RESTORING)).toMatchObject({ ok: true });
  await start('e2');
}

function store(jobOrderId: string, requestId: string) {
  const parameters = [{ id: 'count', value: { doubleValue: 3 } }];
  const jobOrder = { jobOrderId, workMasterId: 'pick', parameters };
  return bench.call(JOBS.storeAndStartJobOrder, { requestId, jobOrder });
}

async function etagOf(jobOrderId: string): Promise<string> {
  const answer = await bench.call(JOBS.getJobOrder, { jobOrderId });
  return answer.ok ? (answer.value.jobOrder?.etag ?? '') : answer.code;
}

/** Control tells what has become of an order, and everybody can see it. */
async function become(changes: Parameters<typeof jobRecord>[1]): Promise<void> {
  const record = jobRecord('J-1', changes);
  bench.control.changed(record);
  await vi.waitFor(() => expect(bench.server.mirror.get('J-1')).toMatchObject({ comment: record.comment }));
}

const requests = (kind: string) => bench.control.requests.filter((request) => request.kind === kind);

describe('after an older backup was put in place', () => {
  it('an etag of a change that was undone fits no other change that has the same number', async () => {
    await store('J-1', 'r-1');
    expect(backUpJournal(fileOf('j.db'), fileOf('backup.db'))).toMatchObject({ ok: true });
    await become({ revision: 2, comment: 'for the order of yesterday', state: 'NotAllowedToStart' });
    const undone = await etagOf('J-1');
    await restore();
    await become({ revision: 2, comment: 'urgent', state: 'AllowedToStart' });
    const refused = { ok: false, code: 'ABORTED', details: { reason: 'ETAG_MISMATCH' } };
    expect(await bench.call(JOBS.abortJobOrder, { jobOrderId: 'J-1', etag: undone })).toMatchObject(refused);
    expect(requests('abort')).toEqual([]);
    await bench.call(JOBS.abortJobOrder, { jobOrderId: 'J-1', etag: await etagOf('J-1') });
    expect(requests('abort')).toMatchObject([{ revision: 2 }]);
  });

  it('an etag of a response is of that response alone', async () => {
    await store('J-1', 'r-1');
    expect(backUpJournal(fileOf('j.db'), fileOf('backup.db'))).toMatchObject({ ok: true });
    const ended = { revision: 3, state: 'Ended', substate: 'Completed' } as const;
    await become({ ...ended, comment: 'with ten parts', goodQuantity: 10 });
    const known = await bench.call(RESPONSES.getJobResponse, { jobOrderId: 'J-1' });
    const etag = known.ok ? (known.value.jobResponse?.etag ?? '') : '';
    await restore();
    await become({ ...ended, comment: 'with none' });
    expect(await bench.call(RESPONSES.acknowledgeJobResponse, { jobOrderId: 'J-1', etag })).toMatchObject({
      ok: false,
      details: { reason: 'ETAG_MISMATCH' },
    });
  });

  it('a request of before the backup has its answer, and one that was answered after it is done', async () => {
    await store('J-1', 'r-1');
    expect(backUpJournal(fileOf('j.db'), fileOf('backup.db'))).toMatchObject({ ok: true });
    await store('J-2', 'r-2');
    await restore();
    expect(requests('restore')).toMatchObject([{ records: [{ order: { jobOrderId: 'J-1' } }] }]);
    expect(await store('J-1', 'r-1')).toMatchObject({ ok: true, value: { replayed: true } });
    expect(await store('J-2', 'r-2')).toMatchObject({ ok: true, value: { replayed: false } });
    expect(requests('store-and-start')).toMatchObject([{ order: { jobOrderId: 'J-2' } }]);
  });
});
