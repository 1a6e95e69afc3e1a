// The work masters of a cell over a real connection: what there is, which take orders, and whether a draft would fit.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import {
  JobOrderReceiverServiceDefinition as JOBS,
  WorkMasterServiceDefinition as MASTERS,
} from '../../proto/generated/services.js';
import { createDraftCheck } from '../../src/app/draft-check.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { EXAMPLE, exampleCell } from '../support/cycle-rig.ts';
import { type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';

const { WorkMasterState } = celda.cell.v1;
const ACTIVE = WorkMasterState.WORK_MASTER_STATE_ACTIVE;
const RETIRED = WorkMasterState.WORK_MASTER_STATE_RETIRED;
const PICK = { id: 'pick', version: '2.1.0' };
const ORDER = { jobOrderId: 'a', workMasterId: 'pick', parameters: [{ id: 'count', value: { doubleValue: 2 } }] };

let folder: string;
let journal: JournalPort;
let bench: MesBench;

async function open(cell = pickCell()): Promise<void> {
  const opened = await openJournal({ path: join(folder, 'cell.journal.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  bench = await startMesBench(cell, undefined, journal);
  bench.control.tellsEvents = true;
  bench.control.hello();
  await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
}

async function close(): Promise<void> {
  await bench.stop();
  await journal.close();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celda-masters-'));
  await open();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

describe('a work master', () => {
  it('is shown with its parameters, its steps counted, and a hash of what it does', async () => {
    expect(await bench.call(MASTERS.listWorkMasters, {})).toMatchObject({
      value: { workMasters: [{ workMaster: PICK, state: ACTIVE, stepCount: 0, changedBy: '', changeTime: null }] },
    });
    const shown = await bench.call(MASTERS.getWorkMaster, { id: 'pick' });
    expect(shown).toMatchObject({
      value: { workMaster: { workMaster: PICK, definitionHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
    });
  });

  it('that is not there is not found, and what there is is named', async () => {
    expect(await bench.call(MASTERS.getWorkMaster, { id: 'pik' })).toMatchObject({
      code: 'NOT_FOUND',
      details: { metadata: { known: 'pick version 2.1.0', hint: 'did you mean pick?' } },
    });
    expect(await bench.call(MASTERS.getWorkMaster, { ...PICK, version: '9' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that is retired takes no orders, also after a restart, until it is reinstated', async () => {
    const comments = [{ locale: 'en', text: 'scratches parts' }];
    expect(await bench.call(MASTERS.retireWorkMaster, { ...PICK, comments })).toMatchObject({
      value: { workMaster: { state: RETIRED, changedBy: 'local', comment: 'scratches parts' }, replayed: false },
    });
    await close();
    await open();
    expect(await bench.call(MASTERS.listWorkMasters, { states: [ACTIVE] })).toMatchObject({
      value: { workMasters: [] },
    });
    expect(await bench.call(JOBS.getReceiverCapabilities, {})).toMatchObject({ value: { workMasters: [] } });
    const refused = {
      code: 'FAILED_PRECONDITION',
      details: { reason: 'WORK_MASTER_RETIRED', preconditions: [{ type: 'WORK_MASTER', subject: 'pick' }] },
    };
    expect(await bench.call(JOBS.storeJobOrder, { jobOrder: ORDER })).toMatchObject(refused);
    expect(await bench.call(JOBS.storeAndStartJobOrder, { jobOrder: ORDER })).toMatchObject(refused);
    expect(bench.control.requests.filter((request) => 'order' in request)).toEqual([]);
    expect(await bench.call(MASTERS.reinstateWorkMaster, PICK)).toMatchObject({
      value: { workMaster: { state: ACTIVE } },
    });
    expect(await bench.call(JOBS.storeJobOrder, { jobOrder: ORDER })).toMatchObject({ ok: true });
  });

  it('that is retired meanwhile is no reason to refuse a repeated request, only a new one', async () => {
    const store = { requestId: 'r-1', jobOrder: ORDER, comments: [{ text: 'lot 7' }] };
    const update = { requestId: 'r-2', jobOrder: { ...ORDER, priority: 4 } };
    await bench.call(JOBS.storeJobOrder, store);
    await bench.call(JOBS.updateJobOrder, update);
    await bench.call(MASTERS.retireWorkMaster, PICK);
    await close();
    await open();
    const again = { ok: true, value: { replayed: true, jobOrder: { jobOrder: { jobOrderId: 'a' } } } };
    expect(await bench.call(JOBS.storeJobOrder, store)).toMatchObject(again);
    expect(await bench.call(JOBS.updateJobOrder, update)).toMatchObject(again);
    const other = { ...store, comments: [{ text: 'lot 7' }, { text: 'urgent' }] };
    expect(await bench.call(JOBS.storeJobOrder, other)).toMatchObject({ details: { reason: 'REQUEST_ID_REUSED' } });
    const fresh = { ...store, requestId: 'r-3', jobOrder: { ...ORDER, jobOrderId: 'b' } };
    expect(await bench.call(JOBS.storeJobOrder, fresh)).toMatchObject({ details: { reason: 'WORK_MASTER_RETIRED' } });
  });

  it('that the file of the cell has no more, or otherwise, gives a repeated request its answer, and a new one none', async () => {
    const retire = { ...PICK, requestId: 'r-1' };
    const first = await bench.call(MASTERS.retireWorkMaster, retire);
    expect(first).toMatchObject({ value: { workMaster: { state: RETIRED, workMaster: PICK }, replayed: false } });
    const answered = first.ok ? first.value.workMaster : undefined;
    const cell = pickCell();
    const other = cell.workMasters.map((each) => ({ ...each, description: 'another', parameters: [] }));
    for (const workMasters of [other, []]) {
      await close();
      await open({ ...cell, workMasters });
      const again = await bench.call(MASTERS.retireWorkMaster, retire);
      expect(again).toEqual({ ok: true, value: { workMaster: answered, replayed: true } });
    }
    const fresh = await bench.call(MASTERS.retireWorkMaster, { ...retire, requestId: 'r-2' });
    expect(fresh).toMatchObject({ code: 'NOT_FOUND' });
    const reused = await bench.call(MASTERS.reinstateWorkMaster, retire);
    expect(reused).toMatchObject({ details: { reason: 'REQUEST_ID_REUSED' } });
  });

  it('is retired once for one request id, also after a restart, and whoever did it first stays known', async () => {
    const first = { ...PICK, requestId: 'r', comments: [{ locale: '', text: 'first' }] };
    await bench.call(MASTERS.retireWorkMaster, first);
    expect(await bench.call(MASTERS.retireWorkMaster, first)).toMatchObject({ value: { replayed: true } });
    const second = { ...first, requestId: 's' };
    await bench.call(MASTERS.retireWorkMaster, second);
    await close();
    await open();
    await bench.call(MASTERS.reinstateWorkMaster, PICK);
    const answer = { value: { workMaster: { state: RETIRED, comment: 'first' }, replayed: true } };
    expect(await bench.call(MASTERS.retireWorkMaster, first)).toMatchObject(answer);
    expect(await bench.call(MASTERS.retireWorkMaster, second)).toMatchObject(answer);
    await bench.call(MASTERS.retireWorkMaster, { ...PICK, comments: [{ locale: '', text: 'first' }] });
    expect(await bench.call(MASTERS.retireWorkMaster, PICK)).toMatchObject({
      value: { workMaster: { comment: 'first' } },
    });
    expect(await bench.call(MASTERS.reinstateWorkMaster, first)).toMatchObject({
      details: { reason: 'REQUEST_ID_REUSED' },
    });
    expect(await bench.call(MASTERS.retireWorkMaster, { requestId: 'x'.repeat(65) })).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { violations: [{ field: 'request_id' }, { field: 'id' }, { field: 'version' }] },
    });
    const other = { ...first, comments: [{ locale: '', text: 'other words' }] };
    expect(await bench.call(MASTERS.retireWorkMaster, other)).toMatchObject({
      details: { reason: 'REQUEST_ID_REUSED' },
    });
  });
});

describe('a draft of a work master', () => {
  const check = createDraftCheck(EXAMPLE);
  const fits = 'version: 9.0.0\ndescription: waits\nsteps:\n  - wait: { durationMs: 5 }\n';

  it('that fits the cell is shown as orders would see it, with the configuration that the cell would have', () => {
    const checked = check('pause', fits);
    expect(checked).toMatchObject({ value: { workMaster: { id: 'pause', version: '9.0.0' } } });
    expect(checked.ok && checked.value.configHash).not.toBe(exampleCell().configHash);
    expect(checked.ok && checked.value.configHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has all its problems told at once, each at its place in the draft', () => {
    const draft =
      'version: 9.0.0\nsteps:\n  - move: { to: nowhere, timeoutMs: 1000 }\n  - grip: { gripper: nothing, timeoutMs: 1000 }\n';
    const checked = check('bad', draft);
    expect(checked.ok ? [] : checked.error.map(({ path }) => path)).toEqual([
      'steps[0].move.to',
      'steps[1].grip.gripper',
    ]);
  });

  it.each(['a: [', 'a: 1\na: 2', '', '- 1', '&a [*a]', '!!js/function x'])(
    'such as %j is refused, and nothing throws',
    (text) => {
      expect(check('bad', text)).toMatchObject({ ok: false });
    },
  );

  it('is refused over the wire with a violation for each problem, and where no file is, it says so', async () => {
    expect(await bench.call(MASTERS.checkWorkMaster, { id: '', definition: ' ' })).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { violations: [{ field: 'id' }, { field: 'definition' }] },
    });
    expect(await bench.call(MASTERS.checkWorkMaster, { id: 'a', definition: fits })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
