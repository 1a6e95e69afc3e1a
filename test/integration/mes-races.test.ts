// Goal: of many who change one thing at the same time, one does, and everybody is told what is so. Method: calls that are under way
// together over several connections, against the pure control cycle and a journal on disk.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, type ServiceError, status } from '@grpc/grpc-js';
import Long from 'long';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  CellServiceDefinition as CELL,
  JobOrderReceiverServiceDefinition as JOBS,
  WorkMasterServiceDefinition as MASTERS,
} from '../../proto/generated/services.js';
import { checkWorkMasterDraft } from '../../src/config/draft-check.ts';
import { parseCell } from '../../src/config/load.ts';
import { err, ok } from '../../src/core/result.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';
import { type Ending, type GatewayBench, startGatewayBench } from '../support/mes-bench.ts';
import { RigControl } from '../support/rig-control.ts';
import { TlsBench } from '../support/tls-bench.ts';

const MANY = 16;
const EXAMPLE = 'cells/linear-axis/cell.yaml';
const FILE = readFileSync(EXAMPLE, 'utf8');
const WAIT = 'version: 2.1.0\ndescription: waits\nsteps:\n  - wait: { durationMs: 5 }\n';

let folder: string;
let journal: JournalPort;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celda-races-'));
  const opened = await openJournal({ path: join(folder, 'j.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
});

afterEach(async () => {
  await journal.close();
  rmSync(folder, { recursive: true });
});

/** How often each outcome came: `OK`, or the reason of a refusal. */
function tally(outcomes: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function together<T>(call: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: MANY }, (_, index) => call(index)));
}

describe('of many who at the same time', () => {
  const cell = exampleCell();
  let bench: GatewayBench;

  beforeEach(async () => {
    const control = new RigControl(new CycleRig(cell));
    bench = await startGatewayBench(control, cell, undefined, journal);
    control.hello();
    await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
    control.rig.makeReady();
    control.run(1);
  });

  afterEach(() => bench.stop());

  const order = (count = 2) => ({
    jobOrderId: 'J-1',
    workMasterId: 'pick-and-place',
    parameters: [{ id: 'count', value: { int64Value: Long.fromNumber(count) } }],
  });
  const outcome = (ending: Ending<unknown>): string => (ending.ok ? 'OK' : (ending.details?.reason ?? ending.code));

  it('store an order under one id, one has stored it', async () => {
    const endings = await together((index) =>
      bench.call(JOBS.storeJobOrder, { requestId: `r-${index}`, jobOrder: order() }),
    );
    expect(tally(endings.map(outcome))).toEqual({ OK: 1, JOB_ORDER_EXISTS: MANY - 1 });
  });

  it('change it by one etag, one has changed it, and its change is there', async () => {
    const stored = await bench.call(JOBS.storeJobOrder, { jobOrder: order() });
    const etag = (stored.ok && stored.value.jobOrder?.etag) || '';
    const endings = await together((index) =>
      bench.call(JOBS.updateJobOrder, { requestId: `r-${index}`, jobOrder: order(1 + (index % 3)), etag }),
    );
    expect(tally(endings.map(outcome))).toEqual({ OK: 1, ETAG_MISMATCH: MANY - 1 });
    const winner = endings.findIndex(({ ok: isOk }) => isOk);
    const there = await bench.call(JOBS.getJobOrder, { jobOrderId: 'J-1' });
    const count = there.ok ? there.value.jobOrder?.jobOrder?.parameters.find(({ id }) => id === 'count') : undefined;
    expect(count?.value).toMatchObject({ int64Value: Long.fromNumber(1 + (winner % 3)) });
  });

  it('start, change and cancel it by one etag, one has done so', async () => {
    const stored = await bench.call(JOBS.storeJobOrder, { jobOrder: order() });
    const etag = (stored.ok && stored.value.jobOrder?.etag) || '';
    const endings = await together((index) => {
      const request = { requestId: `r-${index}`, jobOrderId: 'J-1', etag };
      if (index % 3 === 0) return bench.call(JOBS.startJobOrder, request);
      if (index % 3 === 1) return bench.call(JOBS.cancelJobOrder, request);
      return bench.call(JOBS.updateJobOrder, { requestId: request.requestId, jobOrder: order(3), etag });
    });
    const { OK, ...refused } = tally(endings.map(outcome));
    expect(OK).toBe(1);
    expect(Object.keys(refused).filter((each) => each !== 'ETAG_MISMATCH' && each !== 'JOB_ORDER_UNKNOWN')).toEqual([]);
  });
});

describe('with certificates', () => {
  let bench: TlsBench;

  beforeEach(async () => {
    const roles = ['Engineer', 'MesService'] as const;
    bench = new TlsBench({ 'urn:test:ana': roles, 'urn:test:eva': roles });
    bench.control.tellsEvents = true;
    const parsed = parseCell(FILE, EXAMPLE);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    await bench.start(undefined, journal, {
      cell: parsed.value,
      checkDraft: (name, definition) => {
        const checked = checkWorkMasterDraft(FILE, EXAMPLE, name, definition);
        const workMaster = checked.ok && checked.value.workMasters.find(({ id }) => id === name);
        if (!checked.ok || !workMaster) return checked.ok ? err([]) : checked;
        return ok({ workMaster, configHash: checked.value.configHash });
      },
    });
  });

  afterEach(() => bench.stop());

  /** A connection of its own for each, also of one identity. */
  const people = () => ['ana', 'ana', 'eva', 'eva'].map((name) => bench.connect(bench.authority.client(name)));
  const outcome = ({ code, details }: Awaited<ReturnType<TlsBench['call']>>): string =>
    code === 'OK' ? 'OK' : (details?.reason ?? code);

  it('one request id is of each identity for itself, and over two connections of one it is one request', async () => {
    const clients = people();
    const endings = await together((index) => {
      const client = clients[index % 4] ?? clients[0];
      if (client === undefined) throw new Error('nobody');
      const request = { requestId: 'mine', id: index % 4 < 2 ? 'of-ana' : 'of-eva', definition: WAIT };
      return bench.call(client, MASTERS.submitWorkMasterDraft, request);
    });
    expect(tally(endings.map(outcome))).toEqual({ OK: MANY });
    expect(endings.filter(({ value }) => value?.replayed === false)).toHaveLength(2);
    const authors = endings.map(({ value }) => value?.workMaster?.author);
    expect(new Set(authors).size).toBe(2);
  });

  it('one identity that watches alarms and forgets it leaves room for others', async () => {
    const { path, requestSerialize, responseDeserialize } = CELL.watchAlarms;
    const watch = (client: Client) =>
      new Promise<string>((resolve) => {
        const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {});
        call.once('data', () => resolve('OK'));
        call.on('error', ({ code }: ServiceError) => resolve(status[code]));
      });
    const [ana, , eva] = people();
    if (ana === undefined || eva === undefined) throw new Error('nobody');
    const outcomes = await Promise.all(Array.from({ length: 52 }, () => watch(ana)));
    expect(tally(outcomes)).toEqual({ OK: 50, RESOURCE_EXHAUSTED: 2 });
    expect(await watch(eva)).toBe('OK');
  });

  it('a draft is approved, replaced or discarded by one, and never approved by its author', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = `race-${round}`;
      const [ana, anaToo, eva, evaToo] = people();
      if (ana === undefined || anaToo === undefined || eva === undefined || evaToo === undefined)
        throw new Error('nobody');
      const submitted = await bench.call(ana, MASTERS.submitWorkMasterDraft, { id, definition: WAIT });
      const etag = submitted.value?.workMaster?.etag ?? '';
      const ref = { id, version: '2.1.0', etag };
      const changes = [
        () => bench.call(anaToo, MASTERS.approveWorkMaster, ref),
        () => bench.call(eva, MASTERS.approveWorkMaster, ref),
        () => bench.call(evaToo, MASTERS.discardWorkMasterDraft, ref),
        () => bench.call(eva, MASTERS.submitWorkMasterDraft, { id, definition: WAIT.replace('5 }', '6 }'), etag }),
        () => bench.call(ana, MASTERS.approveWorkMaster, ref),
      ];
      const from = round % changes.length;
      const endings = await Promise.all([...changes.slice(from), ...changes.slice(0, from)].map((change) => change()));
      const states = endings.map(outcome);
      expect(states.filter((each) => each === 'OK').length).toBeGreaterThanOrEqual(1);
      const { value } = await bench.call(eva, MASTERS.listWorkMasters, {});
      const left = value?.workMasters.filter(({ workMaster }) => workMaster?.id === id) ?? [];
      for (const { approvedBy } of left) expect(['', 'urn:test:eva']).toContain(approvedBy);
      expect([round, left.length <= 1]).toEqual([round, true]);
    }
  });
});
