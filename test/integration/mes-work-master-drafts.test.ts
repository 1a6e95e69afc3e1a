// Goal: what two people have agreed on is kept for ever and runs only through the cell's file; what took orders stays what it was.
// Method: TLS on the loopback interface, the journal on disk, the gateway started again over it with the cell that its file would give.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import {
  JobOrderReceiverServiceDefinition as Jobs,
  WorkMasterServiceDefinition as Masters,
  type MethodDefinition,
} from '../../proto/generated/services.js';
import { adoptWorkMaster } from '../../src/config/adopt-work-master.ts';
import { checkWorkMasterDraft } from '../../src/config/draft-check.ts';
import { parseCell } from '../../src/config/load.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { fault } from '../../src/core/faults.ts';
import { err, ok } from '../../src/core/result.ts';
import { epochMs } from '../../src/core/units.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { VERSION_LIMITS, WorkMasterVersions } from '../../src/mes/work-master-versions.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { TlsBench, type TlsEnding } from '../support/tls-bench.ts';

const State = celda.cell.v1.WorkMasterState;
const EXAMPLE = 'cells/linear-axis/cell.yaml';
const FILE = readFileSync(EXAMPLE, 'utf8');
// The control process that is played knows no other version.
const WAIT = 'version: 2.1.0\ndescription: waits\nsteps:\n  - wait: { durationMs: 5 } # a moment\n';
const LONGER = WAIT.replace('5 }', '6 }');

/** Of the work master that the test is about. */
let id = '';
let tests = 0;
const ref = () => ({ id, version: '2.1.0' });
const order = (jobOrderId = `J-${id}`) => ({ jobOrder: { jobOrderId, workMasterId: id } });

let folder: string;
let served = '';
let journal: JournalPort;
let bench: TlsBench;
const clients = new Map<string, Client>();

function cellOf(text: string): CellModel {
  const parsed = parseCell(text, EXAMPLE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

function fileWith(definition: string): string {
  const adopted = adoptWorkMaster(FILE, EXAMPLE, { id, definition });
  if (!adopted.ok) throw new Error(JSON.stringify(adopted.error));
  return adopted.value.text;
}

async function start(file = FILE): Promise<void> {
  clients.clear();
  served = file;
  const opened = await openJournal({ path: join(folder, 'cell.journal.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  await bench.start(undefined, journal, {
    cell: cellOf(file),
    checkDraft: (name, definition) => {
      const checked = checkWorkMasterDraft(file, EXAMPLE, name, definition);
      if (!checked.ok) return checked;
      const workMaster = checked.value.workMasters.find((each) => each.id === name);
      return workMaster === undefined ? err([]) : ok({ workMaster, configHash: checked.value.configHash });
    },
  });
}

async function restart(file = FILE): Promise<void> {
  await bench.stop();
  await journal.close();
  await start(file);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celda-drafts-'));
  bench = new TlsBench({
    'urn:test:ana': ['Engineer'],
    'urn:test:eva': ['Engineer'],
    'urn:test:oli': ['Supervisor', 'MesService'],
  });
  bench.control.tellsEvents = true;
  await start();
});
beforeEach(async () => {
  tests += 1;
  id = `pause-${tests}`;
  if (served !== FILE) await restart();
});
afterAll(async () => {
  await bench.stop();
  await journal.close();
  rmSync(folder, { recursive: true });
});

function as<Request, Response>(
  name: 'ana' | 'eva' | 'oli',
  method: MethodDefinition<Request, unknown, never, Response, false, false>,
  request: Request,
): Promise<TlsEnding<Response>> {
  const client = clients.get(name) ?? bench.connect(bench.authority.client(name));
  clients.set(name, client);
  return bench.call(client, method, request);
}

async function submitted(definition = WAIT): Promise<string> {
  const { value } = await as('ana', Masters.submitWorkMasterDraft, { id, definition });
  return value?.workMaster?.etag ?? '';
}

async function approved(definition = WAIT): Promise<void> {
  const etag = await submitted(definition);
  expect(await as('eva', Masters.approveWorkMaster, { ...ref(), etag })).toMatchObject({ code: 'OK' });
}

async function listed(): Promise<readonly (readonly [string, number])[]> {
  const { value } = await as('oli', Masters.listWorkMasters, {});
  const entries = value?.workMasters ?? [];
  return entries.flatMap(({ state, workMaster }) => (workMaster?.id === id ? [[workMaster.version, state]] : []));
}

const refusedWith = (reason: string, code = 'FAILED_PRECONDITION') => ({ code, details: { reason } });

describe('a draft of a work master', () => {
  it('that does not fit is refused with all its problems at once, and nothing of it is kept', async () => {
    const definition =
      'version: 2.1.0\nsteps:\n  - move: { to: no, timeoutMs: 9 }\n  - grip: { gripper: no, timeoutMs: 9 }\n';
    const request = { requestId: 'x'.repeat(65), id, definition, etag: 'e'.repeat(65) };
    const refused = await as('ana', Masters.submitWorkMasterDraft, request);
    expect(refused.code).toBe('INVALID_ARGUMENT');
    expect(refused.details?.violations.map(({ field }) => field)).toEqual([
      'request_id',
      'etag',
      'definition.steps[0].move.to',
      'definition.steps[1].grip.gripper',
    ]);
    expect(await journal.notes.list(`work-master-version/${id}`)).toEqual(ok([]));
  });

  it.each([
    ['version: 1.0.0\nsteps: [{ wait: { ms: 5 }\n\n', [':4:1'], undefined, /^allowed: YAML 1.2; line 4, column 1: \S/],
    [
      'version: 1.0.0\nversion: 2.0.0\nsteps: []\nsteps: []\n',
      [':2:1', ':4:1'],
      'version: 2.0.0',
      /; line 2, column 1: /,
    ],
  ])('that is no YAML is refused with each line and column: %j', async (definition, places, given, told) => {
    const refused = await as('ana', Masters.submitWorkMasterDraft, { requestId: 'yaml', id, definition });
    const [violation] = refused.details?.violations ?? [];
    expect(refused.code).toBe('INVALID_ARGUMENT');
    expect(refused.details?.violations.map(({ field }) => field)).toEqual(places.map((at) => `definition${at}`));
    expect(violation?.description).toMatch(told);
    expect(violation?.description.startsWith('given')).toBe(given !== undefined);
  });

  it('is kept with who wrote it, when and why, over a restart, and takes no orders', async () => {
    const comments = [{ locale: 'en', text: 'for the new tray' }];
    const draft = await as('ana', Masters.submitWorkMasterDraft, { id, definition: WAIT, comments });
    expect(draft.value?.configHash).toMatch(/^[0-9a-f]{64}$/);
    await restart();
    const { value } = await as('oli', Masters.getWorkMaster, ref());
    expect(value).toMatchObject({
      definition: WAIT,
      workMaster: {
        ...{ workMaster: ref(), state: State.WORK_MASTER_STATE_DRAFT, stepCount: 1, comment: 'for the new tray' },
        ...{ author: 'urn:test:ana', changedBy: 'urn:test:ana', approvedBy: '', keptDefinitionHash: '' },
      },
    });
    expect(value?.workMaster?.etag).toBe(draft.value?.workMaster?.etag);
    expect(await as('oli', Jobs.storeJobOrder, order())).toMatchObject(refusedWith('WORK_MASTER_UNKNOWN'));
    expect(await as('oli', Masters.retireWorkMaster, ref())).toMatchObject(
      refusedWith('ROLE_MISSING', 'PERMISSION_DENIED'),
    );
    expect(await as('eva', Masters.retireWorkMaster, ref())).toMatchObject(refusedWith('WORK_MASTER_STATE_INVALID'));
  });

  it('is replaced or discarded only by whoever has seen what it is, and is gone then, also after a restart', async () => {
    const etag = await submitted();
    const longer = { id, definition: LONGER };
    const stale = refusedWith('ETAG_MISMATCH', 'ABORTED');
    expect(await as('eva', Masters.submitWorkMasterDraft, longer)).toMatchObject(stale);
    const replaced = await as('eva', Masters.submitWorkMasterDraft, { ...longer, etag });
    expect(replaced).toMatchObject({ code: 'OK', value: { workMaster: { author: 'urn:test:eva' } } });
    expect(await as('eva', Masters.submitWorkMasterDraft, { ...longer, etag })).toMatchObject(stale);
    expect(await as('ana', Masters.approveWorkMaster, { ...ref(), etag })).toMatchObject(stale);
    expect(await as('ana', Masters.discardWorkMasterDraft, { ...ref(), etag })).toMatchObject(stale);
    expect(await as('ana', Masters.discardWorkMasterDraft, ref())).toMatchObject({ code: 'OK' });
    await restart();
    expect(await listed()).toEqual([]);
    expect(await as('ana', Masters.discardWorkMasterDraft, ref())).toMatchObject(
      refusedWith('NAME_UNKNOWN', 'NOT_FOUND'),
    );
    expect(await as('ana', Masters.submitWorkMasterDraft, { ...longer, etag })).toMatchObject(stale);
  });

  it('is submitted and approved once for each request id, over a restart; an id is not used for two things', async () => {
    const request = { requestId: 'r-1', id, definition: WAIT };
    const first = await as('ana', Masters.submitWorkMasterDraft, request);
    const approval = { ...ref(), requestId: 'r-2', etag: first.value?.workMaster?.etag ?? '' };
    expect(await as('eva', Masters.approveWorkMaster, approval)).toMatchObject({ value: { replayed: false } });
    await restart();
    expect(await as('ana', Masters.submitWorkMasterDraft, request)).toMatchObject({
      value: { ...first.value, replayed: true },
    });
    expect(await as('eva', Masters.approveWorkMaster, approval)).toMatchObject({ value: { replayed: true } });
    const reused = refusedWith('REQUEST_ID_REUSED', 'INVALID_ARGUMENT');
    expect(await as('ana', Masters.discardWorkMasterDraft, { ...ref(), requestId: 'r-1' })).toMatchObject(reused);
    // What was said with it is kept with it: with other words it is another request.
    const comments = [{ locale: 'en', text: 'for the new tray' }];
    expect(await as('ana', Masters.submitWorkMasterDraft, { ...request, comments })).toMatchObject(reused);
    expect(await as('eva', Masters.approveWorkMaster, { ...approval, comments })).toMatchObject(reused);
  });

  it('has the answer to its submission, also when the cell has changed and it does not fit any more', async () => {
    const definition = WAIT.replace('wait: { durationMs: 5 }', 'move: { to: load, timeoutMs: 40000 }');
    const request = { requestId: `${id}-once`, id, definition };
    const first = await as('ana', Masters.submitWorkMasterDraft, request);
    await restart(FILE.replace('load: {', 'place: {').replaceAll('to: load', 'to: place'));
    expect(await as('ana', Masters.submitWorkMasterDraft, request)).toMatchObject({
      value: { ...first.value, replayed: true },
    });
    expect(await as('ana', Masters.submitWorkMasterDraft, { ...request, requestId: '' })).toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });

  it('and a retirement under one request id: the first is done, the other refused, though both come at once', async () => {
    const requestId = 'both';
    const [submission, retirement] = await Promise.all([
      as('eva', Masters.submitWorkMasterDraft, { requestId, id, definition: WAIT }),
      as('eva', Masters.retireWorkMaster, { requestId, id: 'shuttle', version: '1.0.0' }),
    ]);
    const reasons = [submission, retirement].map(({ details }) => details?.reason);
    expect(reasons.toSorted()).toEqual(['REQUEST_ID_REUSED', undefined]);
  });
});

describe('an approval', () => {
  it('is not given by the author, nor without the role, nor without saying of what', async () => {
    const etag = await submitted();
    expect(await as('ana', Masters.approveWorkMaster, { ...ref(), etag })).toMatchObject({
      ...{ code: 'FAILED_PRECONDITION' },
      details: { reason: 'APPROVER_IS_AUTHOR', metadata: { author: 'urn:test:ana' } },
    });
    expect(await as('oli', Masters.approveWorkMaster, { ...ref(), etag })).toMatchObject({ code: 'PERMISSION_DENIED' });
    expect(await as('eva', Masters.approveWorkMaster, ref())).toMatchObject({
      ...{ code: 'INVALID_ARGUMENT', details: { violations: [{ field: 'etag' }] } },
    });
    expect(await listed()).toEqual([['2.1.0', State.WORK_MASTER_STATE_DRAFT]]);
  });

  it('is for ever: nothing else gets this version, and it is not discarded, also after a restart', async () => {
    await approved();
    await restart();
    expect(await listed()).toEqual([['2.1.0', State.WORK_MASTER_STATE_APPROVED]]);
    expect(await as('eva', Masters.submitWorkMasterDraft, { id, definition: LONGER })).toMatchObject(
      refusedWith('WORK_MASTER_CHANGED'),
    );
    expect(await as('eva', Masters.submitWorkMasterDraft, { id, definition: WAIT })).toMatchObject(
      refusedWith('WORK_MASTER_STATE_INVALID'),
    );
    expect(await as('ana', Masters.discardWorkMasterDraft, ref())).toMatchObject(
      refusedWith('WORK_MASTER_STATE_INVALID'),
    );
  });

  it('is not given to what does not fit the cell any more, nor to what its file has as something else', async () => {
    const definition = WAIT.replace('wait: { durationMs: 5 }', 'move: { to: load, timeoutMs: 40000 }');
    const etag = await submitted(definition);
    await restart(FILE.replace('load: {', 'place: {').replaceAll('to: load', 'to: place'));
    expect(await as('eva', Masters.approveWorkMaster, { ...ref(), etag })).toMatchObject({
      ...{ code: 'FAILED_PRECONDITION' },
      details: {
        reason: 'WORK_MASTER_DOES_NOT_FIT',
        metadata: { problems: expect.stringMatching(/move\.to/) as string },
      },
    });
    await restart(fileWith(LONGER));
    expect(await as('eva', Masters.approveWorkMaster, { ...ref(), etag })).toMatchObject(
      refusedWith('WORK_MASTER_CHANGED'),
    );
  });

  it('makes it take orders once the file of the cell has it, and only as what was approved', async () => {
    await approved();
    await restart(fileWith(LONGER));
    expect(await listed()).toEqual([['2.1.0', State.WORK_MASTER_STATE_CHANGED]]);
    expect(await as('oli', Jobs.storeAndStartJobOrder, order())).toMatchObject({
      ...{ code: 'FAILED_PRECONDITION' },
      details: { reason: 'WORK_MASTER_CHANGED', preconditions: [{ type: 'WORK_MASTER', subject: id }] },
    });
    const capabilities = await as('oli', Jobs.getReceiverCapabilities, {});
    expect(capabilities.value?.workMasters.map(({ id }) => id)).not.toContain(id);
    expect(bench.log.at(-1)).toMatch(/pause-\d+ version 2\.1\.0 takes no orders.*6024.*new version/);
    await restart(fileWith(WAIT));
    expect(await as('oli', Masters.getWorkMaster, { id })).toMatchObject({
      value: {
        definition: WAIT,
        workMaster: { state: State.WORK_MASTER_STATE_ACTIVE, author: 'urn:test:ana', approvedBy: 'urn:test:eva' },
      },
    });
    expect(await listed()).toEqual([['2.1.0', State.WORK_MASTER_STATE_ACTIVE]]);
    expect(await as('oli', Jobs.storeAndStartJobOrder, order())).toMatchObject({ code: 'OK' });
  });

  it('is in the audit trail with everything before it, in the transaction that it was made in', async () => {
    const etag = await submitted();
    await as('ana', Masters.approveWorkMaster, { ...ref(), etag });
    await as('eva', Masters.approveWorkMaster, { ...ref(), etag, comments: [{ locale: '', text: 'tried' }] });
    await submitted(WAIT.replace('2.1.0', '2.1.1'));
    await as('eva', Masters.discardWorkMasterDraft, { id, version: '2.1.1' });
    await bench.stop();
    const records = await journal.audit.since(0, 1_000);
    const told = (records.ok ? records.value : [])
      .filter(({ type }) => type.startsWith('work-master.'))
      .filter(({ object }) => object.id === id);
    expect(told.map(({ type, actor, result, reason }) => [type, actor.identity, result, reason])).toEqual([
      ['work-master.draft', 'urn:test:ana', 'SUCCESS', ''],
      ['work-master.approve', 'urn:test:ana', 'FAILED', ''],
      ['work-master.approve', 'urn:test:eva', 'SUCCESS', 'tried'],
      ['work-master.draft', 'urn:test:ana', 'SUCCESS', ''],
      ['work-master.discard', 'urn:test:eva', 'SUCCESS', ''],
    ]);
    expect(JSON.parse(told[2]?.after ?? '{}')).toMatchObject({ author: 'urn:test:ana', version: '2.1.0' });
  });
});

describe('a version of a work master that took orders', () => {
  it('takes none any more when the file has it as something else, until it has a version of its own', async () => {
    await restart(fileWith(WAIT));
    bench.control.refuseWith = fault(6008, {});
    expect(await as('oli', Jobs.storeJobOrder, order())).toMatchObject(refusedWith('UNIT_NOT_READY'));
    bench.control.refuseWith = undefined;
    // What was refused is no order: the steps may still be mended.
    await restart(fileWith(WAIT.replace('5 }', '4 }')));
    expect(await as('oli', Jobs.storeJobOrder, order())).toMatchObject({ code: 'OK' });
    await restart(fileWith(LONGER));
    const second = order(`K-${id}`);
    expect(await as('oli', Jobs.storeJobOrder, second)).toMatchObject(refusedWith('WORK_MASTER_CHANGED'));
    expect(await listed()).toEqual([['2.1.0', State.WORK_MASTER_STATE_CHANGED]]);
    await restart(fileWith(LONGER.replace('2.1.0', '2.1.1')));
    expect(await as('oli', Jobs.storeJobOrder, second)).toMatchObject({ code: 'OK' });
  });

  it('may be moved to other poses: where they are is the cell, and what is written of the work master is the same', () => {
    const moving = WAIT.replace('wait: { durationMs: 5 }', 'move: { to: load, timeoutMs: 40000 }');
    const cell = cellOf(fileWith(moving));
    const moved = cellOf(fileWith(moving).replace('load: { slide: 5 }', 'load: { slide: 6 }'));
    const of = (each: CellModel) => each.workMasters.find((one) => one.id === id);
    expect(of(moved)?.steps).not.toEqual(of(cell)?.steps);
    expect(of(moved)?.definitionHash).toBe(of(cell)?.definitionHash);
  });

  it('counts as such also when a program of the cell gave the order', async () => {
    await restart(fileWith(WAIT));
    const record = jobRecord('P-1');
    const order = { ...record.order, workMasterId: id };
    bench.control.changed({ ...record, order, workMasterVersion: '2.1.0' });
    await expect.poll(() => journal.notes.list(`work-master-first/${id}`)).toMatchObject({ value: [{}] });
  });
});

describe('what is kept of work masters', () => {
  const deed = { by: 'ana', time: epochMs(0), comment: '' };
  const version = (index: number, isApproved = false) => ({
    ...{ id: 'pause', version: `1.0.${index}`, description: '', parameters: [], definition: WAIT, definitionHash: '' },
    ...{ stepCount: 1, submission: deed, approval: isApproved ? deed : undefined },
  });

  it('is bounded: drafts, versions and the length of their definitions, and what is there can be replaced', async () => {
    const versions = new WorkMasterVersions(undefined);
    await versions.load();
    for (let index = 0; index < VERSION_LIMITS.drafts; index += 1) await versions.keep(version(index), {});
    expect(versions.full(version(VERSION_LIMITS.drafts))).toMatchObject({ code: 6025, detail: { draftsMax: 50 } });
    expect(versions.full(version(0))).toBeUndefined();
    for (let index = 0; index < VERSION_LIMITS.versions; index += 1) await versions.keep(version(index, true), {});
    expect(versions.full(version(VERSION_LIMITS.versions))).toMatchObject({
      code: 6025,
      detail: { versionsMax: 1_000 },
    });
    const long = { ...version(0), definition: 'x'.repeat(VERSION_LIMITS.chars) };
    expect(versions.full(long)).toMatchObject({ code: 6025, detail: { charsMax: VERSION_LIMITS.chars } });
  });
});
