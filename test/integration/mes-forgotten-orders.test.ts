// Goal: an ended order that the control process has forgotten is closed and cleared for good. Method: real gRPC, a real journal on
// disk, the real control cycle behind it; all of it is started anew on the same journal.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Long from 'long';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  JobOrderReceiverServiceDefinition as JOBS,
  JobResponseProviderServiceDefinition as RESPONSES,
} from '../../proto/generated/services.js';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';
import { type GatewayBench, startGatewayBench } from '../support/mes-bench.ts';
import { RigControl } from '../support/rig-control.ts';

const CELL = exampleCell();

let directory: string;
let journal: JournalPort;
let control: RigControl;
let bench: GatewayBench;
let runs = 0;

async function start(): Promise<void> {
  const opened = await openJournal({ path: join(directory, 'j.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  runs += 1;
  control = new RigControl(new CycleRig(CELL), `run-${runs}`);
  bench = await startGatewayBench(control, CELL, undefined, journal);
  control.hello();
  await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
}

async function stop(): Promise<void> {
  await bench.stop();
  await journal.close();
}

async function startAnew(): Promise<void> {
  await stop();
  await start();
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  await start();
  const parameters = [{ id: 'count', value: { int64Value: Long.fromNumber(2) } }];
  await bench.call(JOBS.storeJobOrder, {
    jobOrder: { jobOrderId: 'J-1', workMasterId: 'pick-and-place', parameters },
  });
});

afterEach(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

const named = { requestId: '', jobOrderId: 'J-1' };
const get = () => bench.call(JOBS.getJobOrder, { jobOrderId: 'J-1' });

async function endAndForget(): Promise<void> {
  control.rig.makeReady();
  control.run(1);
  expect(await bench.call(JOBS.startJobOrder, named)).toMatchObject({ ok: true });
  control.run(5);
  expect(await bench.call(JOBS.stopJobOrder, named)).toMatchObject({ ok: true });
  await startAnew();
  expect(control.rig.state.jobs.records).toEqual([]);
}

describe('an ended order that control has forgotten', () => {
  it('is cleared on disk too: after the next restart nobody knows it', async () => {
    await endAndForget();
    expect(await bench.call(JOBS.clearJobOrder, named)).toMatchObject({
      ok: true,
      value: { jobOrder: { states: [{ text: 'Ended' }, { text: 'Completed' }] } },
    });
    expect(await get()).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    await startAnew();
    expect(await get()).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(await journal.orders.get('J-1')).toEqual({ ok: true, value: undefined });
  });

  it('is closed on disk too when its response is acknowledged, and control does not keep it', async () => {
    await endAndForget();
    expect(await bench.call(RESPONSES.acknowledgeJobResponse, named)).toMatchObject({ ok: true });
    expect(control.rig.state.jobs.records).toEqual([]);
    await startAnew();
    expect(await get()).toMatchObject({
      ok: true,
      value: { jobOrder: { states: [{ text: 'Ended' }, { text: 'Closed' }] } },
    });
  });

  it('is not started, aborted or stopped by anybody', async () => {
    await endAndForget();
    for (const method of [JOBS.abortJobOrder, JOBS.stopJobOrder, JOBS.startJobOrder]) {
      expect(await bench.call(method, named)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    }
    expect(await get()).toMatchObject({ ok: true, value: { jobOrder: { states: [{ text: 'Ended' }, {}] } } });
  });
});
