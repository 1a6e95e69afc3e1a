// Goal: what was acknowledged outlives everything, and is done once. Method: real gRPC over a loopback socket and a real journal
// on disk; only the control process is played, and gateways come and go on the same journal.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import {
  CellServiceDefinition as CELL,
  JobOrderReceiverServiceDefinition as METHODS,
} from '../../proto/generated/services.js';
import { openGatewayJournal } from '../../src/app/gateway-journal.ts';
import { NO_ALARMS, raiseAlarm } from '../../src/core/alarm-list.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { jobRecord, resetEvent } from '../support/channel-samples.ts';
import { type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';

let directory: string;
let journal: JournalPort;
let bench: MesBench;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

async function start(wrap: (opened: JournalPort) => JournalPort = (opened) => opened): Promise<void> {
  const opened = await openJournal({ path: join(directory, 'j.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  bench = await startMesBench(pickCell(), undefined, wrap(journal));
  bench.control.tellsEvents = true;
}

async function stop(): Promise<void> {
  await bench.stop();
  await journal.close();
}

/** Control greets, and the gateway has given back what is missing. */
async function greet(epoch: string, records: ReturnType<typeof jobRecord>[] = []): Promise<void> {
  bench.control.hello(records, epoch);
  await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
}

const COUNT = [{ id: 'count', value: { doubleValue: 3 } }];

function store(jobOrderId: string, requestId: string, count = 3) {
  const jobOrder = { jobOrderId, workMasterId: 'pick', parameters: [{ id: 'count', value: { doubleValue: count } }] };
  return bench.call(METHODS.storeAndStartJobOrder, { requestId, jobOrder });
}

const asked = (kind: string) => bench.control.requests.filter((request) => request.kind === kind);

describe('an order that was acknowledged', () => {
  it('is on disk, and control is told so', async () => {
    await greet('e1');
    expect((await store('J-1', 'r-1')).ok).toBe(true);
    const kept = await journal.orders.get('J-1');
    expect(kept).toMatchObject({ ok: true, value: { event: { record: { state: 'AllowedToStart' } } } });
    expect(bench.control.storedThrough).toEqual([['e1', 1]]);
  });

  it('is given back to a control process that has started anew, with where it stood, before anybody may ask for anything', async () => {
    await greet('e1');
    await store('J-1', 'r-1');
    const running = jobRecord('J-1', { state: 'Running', revision: 2 });
    bench.control.changed(running);
    const checkpoint = { jobOrderId: 'J-1', frames: [{ index: 2, rounds: 1 }], holding: [], homed: [], positions: {} };
    bench.control.say({ kind: 'event', event: { ...resetEvent(3), body: { kind: 'checkpoint', checkpoint } } });
    await stop();
    await start();
    expect(bench.server.mirror.get('J-1')?.state).toBe('Interrupted');
    bench.control.connected = true;
    bench.control.say({ kind: 'hello', epoch: 'e2', records: [] });
    expect(await store('J-1', 'another')).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
    bench.control.showSnapshot({ epoch: 'e2' });
    await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
    expect(asked('restore')).toMatchObject([
      { records: [{ state: 'Running', order: { jobOrderId: 'J-1' } }], checkpoints: [checkpoint] },
    ]);
  });

  it('is given back with all that the control process told before it died, although nobody waited for that', async () => {
    await greet('e1');
    await store('J-1', 'r-1');
    bench.control.changed(jobRecord('J-1', { state: 'Running', revision: 2 }));
    await vi.waitFor(() =>
      expect(bench.control.storedThrough).toEqual([
        ['e1', 1],
        ['e1', 2],
      ]),
    );
    const record = jobRecord('J-1', { state: 'Running', producedQuantity: 2, revision: 3 });
    const checkpoint = { jobOrderId: 'J-1', frames: [{ index: 4, rounds: 1 }], holding: [], homed: [], positions: {} };
    bench.control.say({ kind: 'event', event: { ...resetEvent(3), body: { kind: 'job', record, checkpoint } } });
    bench.control.lose();
    await greet('e2');
    expect(asked('restore')).toMatchObject([
      { records: [{ state: 'Running', producedQuantity: 2, order: { jobOrderId: 'J-1' } }], checkpoints: [checkpoint] },
    ]);
  });

  it('is answered again, and not done again, when its request is repeated after a restart of everything', async () => {
    await greet('e1');
    const first = await store('J-1', 'r-1');
    await stop();
    await start();
    await greet('e2');
    const again = await store('J-1', 'r-1');
    expect(first).toMatchObject({
      ok: true,
      value: { replayed: false, jobOrder: { jobOrder: { jobOrderId: 'J-1' } } },
    });
    expect(again).toMatchObject({ ok: true, value: { replayed: true, jobOrder: { jobOrder: { jobOrderId: 'J-1' } } } });
    expect(asked('store-and-start')).toEqual([]);
    expect(await store('J-2', 'r-1')).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(await store('J-1', 'r-1')).toMatchObject({ ok: true, value: { replayed: true } });
  });

  it('that ended long ago still has its id', async () => {
    await greet('e1');
    await store('J-1', 'r-1');
    bench.control.changed(jobRecord('J-1', { state: 'Ended', substate: 'Completed', revision: 3 }));
    await stop();
    await start();
    await greet('e2');
    expect(await store('J-1', 'r-2')).toMatchObject({ ok: false, code: 'ALREADY_EXISTS' });
    expect(asked('store-and-start')).toEqual([]);
    expect(await bench.call(METHODS.getJobOrder, { jobOrderId: 'J-1' })).toMatchObject({
      ok: true,
      value: { jobOrder: { states: [{ text: 'Ended' }, { text: 'Completed' }] } },
    });
  });
});

describe('changes of one order that are committed together', () => {
  it('are answered each with the order as it left it, and the same after a restart', async () => {
    await stop();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await start((opened) => ({
      ...opened,
      id: opened.id,
      orders: opened.orders,
      events: opened.events,
      listen: () => () => undefined,
      findAnswer: (request) => opened.findAnswer(request),
      append: async (batch, urgency) => {
        if (batch.events.length > 0) await held;
        return opened.append(batch, urgency);
      },
      state: { kind: 'ready' },
    }));
    await greet('e1');
    const update = (requestId: string, priority: number) =>
      bench.call(METHODS.updateJobOrder, {
        requestId,
        jobOrder: { jobOrderId: 'J-1', workMasterId: 'pick', priority, parameters: COUNT },
      });
    const stored = store('J-1', 'r-1');
    await vi.waitFor(() => expect(asked('store-and-start')).toHaveLength(1));
    const both = Promise.all([update('r-2', 2), update('r-3', 3)]);
    await vi.waitFor(() => expect(asked('update')).toHaveLength(2));
    release();
    await stored;
    const priorities = [2, 3].map((priority) => ({ ok: true, value: { jobOrder: { jobOrder: { priority } } } }));
    expect(await both).toMatchObject(priorities);
    await stop();
    await start();
    await greet('e2');
    expect([await update('r-2', 2), await update('r-3', 3)]).toMatchObject(priorities);
  });
});

describe('an order that control has taken, and whose gateway died before it was on disk', () => {
  it('is answered by the next gateway when its request is repeated', async () => {
    await greet('e1');
    await stop();
    await start();
    const record = jobRecord('J-1');
    bench.control.connected = true;
    bench.control.say({ kind: 'hello', epoch: 'e1', records: [record] });
    // The digest of what is asked below: taken from a request that reaches control.
    const digest = await digestOfStore('J-1', 'r-1');
    const origin = { identity: 'local', method: 'celda.job.v1.JobOrderReceiverService', requestId: 'r-1', digest };
    bench.control.say({ kind: 'event', event: { ...resetEvent(1), body: { kind: 'job', record, origin } } });
    bench.control.showSnapshot({ epoch: 'e1' });
    await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
    expect(await store('J-1', 'r-1')).toMatchObject({ ok: true, value: { replayed: true } });
    expect(asked('store-and-start')).toEqual([]);
  });
});

async function digestOfStore(jobOrderId: string, requestId: string): Promise<string> {
  const other = await startMesBench();
  other.control.hello();
  const jobOrder = { jobOrderId, workMasterId: 'pick', parameters: [{ id: 'count', value: { doubleValue: 3 } }] };
  await other.call(METHODS.storeAndStartJobOrder, { requestId, jobOrder });
  await other.stop();
  const [request] = other.control.requests;
  return request !== undefined && 'origin' in request ? (request.origin?.digest ?? '') : '';
}

describe('an order with a thousand measurements', () => {
  const measurements = Array.from({ length: 1_000 }, (_, index) => ({
    id: 'grip-pressure',
    value: index + 0.25,
    unit: 'kPa',
    timeMs: epochMs(1_763_000_000_000 + index),
  }));
  const report = (count: number): void => {
    for (let revision = 2; revision < 2 + count; revision += 1)
      bench.control.changed(jobRecord('J-1', { state: 'Running', revision, measurements }));
  };

  it('tells more in a moment than the journal takes at once, and all of it comes to the disk', async () => {
    await greet('e1');
    await store('J-1', 'r-1');
    report(60);
    bench.clock.advance(10_000);
    await vi.waitFor(() => expect(bench.control.storedThrough.at(-1)).toEqual(['e1', 61]), { timeout: 15_000 });
    expect(await store('J-2', 'r-2')).toMatchObject({ ok: true });
  });

  it('has all of that on disk too when the gateway ends before the next group', async () => {
    await greet('e1');
    await store('J-1', 'r-1');
    report(60);
    await stop();
    await start();
    expect(await journal.events.storedThrough('e1')).toEqual({ ok: true, value: 61 });
  });
});

describe('while the journal takes nothing', () => {
  it('[D3] and cannot be read either, the unit is told to stop all the same, its alarms are shown, and the log is told once', async () => {
    await stop();
    const path = join(directory, 'damaged.db');
    writeFileSync(path, 'no journal at all '.repeat(100));
    const refusing = await openGatewayJournal(path, () => undefined);
    await start(() => refusing);
    bench.control.hello([], 'e1');
    const stopUnit = () => bench.call(CELL.sendUnitCommand, { command: celda.cell.v1.UnitCommand.UNIT_COMMAND_STOP });
    expect(await stopUnit()).toMatchObject({ ok: true, value: { targetState: 'Stopping' } });
    const { alarms: alarmList } = raiseAlarm(NO_ALARMS, fault(6505), { now: monotonicMs(1), wall: epochMs(1) });
    for (let snapshots = 0; snapshots < 5; snapshots += 1) {
      bench.control.showSnapshot({ alarmList });
      expect(await store('J-1', 'r-1')).toMatchObject({ ok: false });
    }
    expect(asked('store-and-start')).toEqual([]);
    // Nobody can say which orders there are, and nobody says that there is none.
    const unread = { ok: false, code: 'DATA_LOSS', details: { reason: 'JOURNAL_CORRUPT' } };
    expect(await bench.call(METHODS.getJobOrder, { jobOrderId: 'J-1' })).toMatchObject(unread);
    expect(await bench.call(METHODS.listJobOrders, {})).toMatchObject(unread);
    expect(bench.control.refusals).toEqual([6505]);
    expect(bench.log.filter((line) => line.startsWith('the orders in the journal cannot be read'))).toHaveLength(2);
    expect(await bench.call(CELL.listAlarms, {})).toMatchObject({
      ok: true,
      value: { alarms: [{ fault: { code: 6505 } }] },
    });
    bench.control.lose();
    expect(await stopUnit()).toMatchObject({ ok: false, code: 'UNAVAILABLE' });
  });

  it('an order is refused with its fault, and control hears nothing of it', async () => {
    await stop();
    const full = fault(6501);
    await start((opened) => ({
      ...opened,
      id: opened.id,
      orders: opened.orders,
      events: opened.events,
      listen: () => () => undefined,
      findAnswer: (request) => opened.findAnswer(request),
      append: () => Promise.resolve({ ok: false, error: full }),
      state: { kind: 'refusing', fault: full },
    }));
    await greet('e1');
    expect(await store('J-1', 'r-1')).toMatchObject({
      ok: false,
      code: 'RESOURCE_EXHAUSTED',
      details: { reason: 'JOURNAL_FULL' },
    });
    expect(asked('store-and-start')).toEqual([]);
  });

  it('an order that control has taken is not acknowledged, and its request is answered once the disk takes it', async () => {
    await stop();
    let takes = false;
    await start((opened) => ({
      ...opened,
      id: opened.id,
      findAnswer: (request) => opened.findAnswer(request),
      state: { kind: 'ready' },
      listen: () => () => undefined,
      append: (batch, urgency) =>
        takes ? opened.append(batch, urgency) : Promise.resolve({ ok: false, error: fault(6503) }),
    }));
    await greet('e1');
    const pending = { details: { reason: 'JOURNAL_SYNC_FAILED', metadata: { pending: expect.any(String) as string } } };
    expect(await store('J-1', 'r-1')).toMatchObject({ ok: false, ...pending });
    expect(await store('J-1', 'r-1'), 'refused again, and still taken').toMatchObject({ ok: false, ...pending });
    const other = await store('J-2', 'r-2');
    expect(other).toMatchObject({ ok: false, details: { reason: 'JOURNAL_SYNC_FAILED' } });
    expect(other).not.toMatchObject(pending);
    expect(bench.control.storedThrough).toEqual([]);
    expect(bench.control.refusals).toEqual([0, 6503]);
    takes = true;
    bench.clock.advance(1_000);
    await vi.waitFor(() => expect(bench.control.storedThrough).toEqual([['e1', 1]]));
    expect(bench.control.refusals).toEqual([0, 6503, 0]);
    expect(await store('J-1', 'r-1')).toMatchObject({ ok: true, value: { replayed: true } });
    expect(asked('store-and-start')).toHaveLength(1);
  });
});
