// Goal: a request under an id is done once and has one answer, also over the death of a gateway, whatever it asks for. Method: real gRPC
// over a loopback socket and a real journal on disk; only the control process is played, and gateways come and go on the same journal.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import {
  CellServiceDefinition as CELL,
  JobOrderReceiverServiceDefinition as JOBS,
} from '../../proto/generated/services.js';
import { NO_ALARMS, raiseAlarm } from '../../src/core/alarm-list.ts';
import { fault } from '../../src/core/faults.ts';
import { err } from '../../src/core/result.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';

const { UnitCommand, UnitMode } = celda.cell.v1;
const STOP = { requestId: 'r-1', command: UnitCommand.UNIT_COMMAND_STOP };
const UNHOLD = { requestId: 'r-2', command: UnitCommand.UNIT_COMMAND_UNHOLD };
const MODE = { requestId: 'r-3', mode: UnitMode.UNIT_MODE_PRODUCTION };
const SEEN = { requestId: 'r-4', alarmNumber: 1, owner: 'ana' };
const { alarms: ALARMS } = raiseAlarm(NO_ALARMS, fault(3001, {}), { now: monotonicMs(1), wall: epochMs(1) });

let directory: string;
let journal: JournalPort;
let bench: MesBench;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  return start();
});

afterEach(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

/**
 * A gateway, and control connected to it.
 * @param change what the journal does otherwise than a whole one
 * @param greet how control connects, when not with all that it has
 */
async function start(change: Partial<JournalPort> = {}, greet?: () => void): Promise<void> {
  const opened = await openJournal({ path: join(directory, 'j.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  const { id, orders, events, responses, audit, notes, state } = journal;
  const whole: JournalPort = {
    ...{ id, orders, events, responses, audit, notes, state },
    append: (batch, urgency) => journal.append(batch, urgency),
    findAnswer: (request) => journal.findAnswer(request),
    listen: () => () => undefined,
    close: () => journal.close(),
  };
  bench = await startMesBench(pickCell(), undefined, { ...whole, ...change });
  bench.control.tellsEvents = true;
  if (greet !== undefined) {
    greet();
    return;
  }
  bench.control.hello();
  await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true));
  bench.control.showSnapshot({ epoch: 'e1', alarmList: ALARMS });
}

async function stop(): Promise<void> {
  await bench.stop();
  await journal.close();
}

async function restart(change: Partial<JournalPort> = {}): Promise<void> {
  await stop();
  await start(change);
}

/** A disk that takes nothing before it is released. */
function heldDisk() {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const append: JournalPort['append'] = async (batch, urgency) => {
    await held;
    return journal.append(batch, urgency);
  };
  return { append, release: () => release() };
}

const reused = { ok: false, code: 'INVALID_ARGUMENT', details: { reason: 'REQUEST_ID_REUSED' } };

describe('a request that was answered', () => {
  it('to command the unit has the same answer from the next gateway, and is not done again', async () => {
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject({ ok: true, value: { replayed: false } });
    await restart();
    bench.control.refuseWith = fault(6021, { unit: 'Stopped', command: 'Stop' });
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject({
      value: { targetState: 'Stopping', targetStateNumber: 7, replayed: true },
    });
    expect(await bench.call(CELL.sendUnitCommand, { ...UNHOLD, requestId: 'r-1' })).toMatchObject(reused);
    const comments = [{ locale: 'en', text: 'fire drill' }];
    expect(await bench.call(CELL.sendUnitCommand, { ...STOP, comments })).toMatchObject(reused);
    expect(bench.control.requests).toEqual([]);
  });

  it('to acknowledge an alarm has the same answer, whether or not that changed anything', async () => {
    const again = { ...SEEN, requestId: 'r-5', owner: 'eva' };
    await bench.call(CELL.acknowledgeAlarm, SEEN);
    bench.control.showSnapshot({
      epoch: 'e1',
      alarmList: ALARMS.map((alarm) => ({ ...alarm, isAcknowledged: true, acknowledgedBy: 'ana' })),
    });
    await bench.call(CELL.acknowledgeAlarm, again);
    await restart();
    bench.control.showSnapshot({ epoch: 'e2' });
    const answer = { value: { alarm: { epoch: 'e1', alarmNumber: 1, acknowledgedBy: 'ana' }, replayed: true } };
    expect(await bench.call(CELL.acknowledgeAlarm, SEEN)).toMatchObject(answer);
    expect(await bench.call(CELL.acknowledgeAlarm, again)).toMatchObject(answer);
    expect(await bench.call(CELL.unshelveAlarm, SEEN)).toMatchObject(reused);
    expect(bench.control.requests).toEqual([]);
  });

  it('for a mode has the same answer, although it changed nothing', async () => {
    expect(await bench.call(CELL.setUnitMode, MODE)).toMatchObject({ value: { replayed: false } });
    await restart();
    bench.control.refuseWith = fault(4308, { mode: 'Manual', requested: 'Production', unit: 'Idle' });
    expect(await bench.call(CELL.setUnitMode, MODE)).toMatchObject({ value: { mode: MODE.mode, replayed: true } });
    expect(await bench.call(CELL.setUnitMode, { ...MODE, mode: UnitMode.UNIT_MODE_MANUAL })).toMatchObject(reused);
  });

  it('is in the audit trail with what it did, once', async () => {
    await bench.call(CELL.sendUnitCommand, STOP);
    await restart();
    await bench.call(CELL.sendUnitCommand, STOP);
    const records = await journal.audit.since(0, 100);
    expect(records.ok && records.value.filter(({ type }) => type === 'unit.command')).toMatchObject([
      { correlation: { requestId: 'r-1' }, after: '{"command":"Stop","target":"Stopping"}', result: 'SUCCESS' },
    ]);
  });
});

describe('a command that control has taken, and whose gateway died before it was on disk', () => {
  it('is answered by the next gateway, which hears of it from control', async () => {
    await restart({ append: () => Promise.resolve(err(fault(6503))) });
    await bench.call(CELL.sendUnitCommand, STOP);
    const [taken] = bench.control.requests;
    const origin = taken !== undefined && 'origin' in taken ? taken.origin : undefined;
    expect(origin).toMatchObject({ requestId: 'r-1' });
    await restart();
    expect(await journal.findAnswer(origin ?? { identity: '', method: '', requestId: '' })).toMatchObject({
      value: undefined,
    });
    bench.control.commanded({ command: 'Stop', by: 'local', ...(origin && { origin }) });
    expect(await bench.call(CELL.sendUnitCommand, UNHOLD)).toMatchObject({ ok: true });
    await restart();
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject({ value: { replayed: true } });
    expect(bench.control.requests).toEqual([]);
  });
});

describe('a command that control has taken, and that the disk does not take', () => {
  const refusing = { append: () => Promise.resolve(err(fault(6503))) };

  /** A gateway that knows of it by control alone. */
  async function taken(command: 'Unhold' | 'Complete', requestId: string): Promise<void> {
    const sent = { requestId, command: UnitCommand[`UNIT_COMMAND_${command === 'Unhold' ? 'UNHOLD' : 'COMPLETE'}`] };
    await restart(refusing);
    await bench.call(CELL.sendUnitCommand, sent);
    const [first] = bench.control.requests;
    const origin = first !== undefined && 'origin' in first ? first.origin : undefined;
    await restart(refusing);
    bench.control.commanded({ command, by: 'local', ...(origin && { origin }) });
  }

  it('is answered and not done again, however the unit stands by then', async () => {
    await taken('Unhold', 'r-2');
    expect(await bench.call(CELL.sendUnitCommand, UNHOLD)).toMatchObject({ ok: true, value: { replayed: true } });
    expect(await bench.call(CELL.sendUnitCommand, { ...STOP, requestId: 'r-2' })).toMatchObject(reused);
    await taken('Complete', 'r-7');
    const complete = { requestId: 'r-7', command: UnitCommand.UNIT_COMMAND_COMPLETE };
    expect(await bench.call(CELL.sendUnitCommand, complete)).toMatchObject({ ok: true, value: { replayed: true } });
    expect(bench.control.requests).toEqual([]);
  });

  it('is asked for by nobody before control has told what it took; a stop is', async () => {
    await stop();
    await start(refusing, () => bench.control.greet());
    const waits = { code: 'UNAVAILABLE', details: { reason: 'CELL_NOT_READY' } };
    expect(await bench.call(CELL.sendUnitCommand, UNHOLD)).toMatchObject(waits);
    expect(await bench.call(CELL.acknowledgeAlarm, SEEN)).toMatchObject(waits);
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject({ ok: true });
    expect(bench.control.requests.map(({ kind }) => kind)).toEqual(['unit-command']);
    bench.control.showSnapshot({ epoch: 'e1', alarmList: ALARMS });
    expect(await bench.call(CELL.sendUnitCommand, UNHOLD)).toMatchObject({ ok: true, value: { replayed: true } });
  });
});

describe('while nobody can tell from the journal what was answered', () => {
  const asked = () => bench.control.requests.map((request) => ('command' in request ? request.command : request.kind));

  it('the unit is stopped and alarms are acknowledged, and what sets it going under an id is refused', async () => {
    const lost = {
      findAnswer: () => Promise.resolve(err(fault(6502))),
      append: () => Promise.resolve(err(fault(6502))),
    };
    await restart(lost);
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject({ ok: true });
    expect(await bench.call(CELL.acknowledgeAlarm, SEEN)).toMatchObject({ ok: true });
    expect(await bench.call(CELL.setUnitMode, MODE)).toMatchObject({ ok: true });
    const refused = { code: 'UNAVAILABLE', details: { reason: 'JOURNAL_UNWRITABLE' } };
    expect(await bench.call(CELL.sendUnitCommand, UNHOLD)).toMatchObject(refused);
    expect(await bench.call(CELL.sendUnitCommand, { ...UNHOLD, requestId: '' })).toMatchObject({ ok: true });
    expect(asked()).toEqual(['Stop', 'acknowledge-alarm', 'set-mode', 'Unhold']);
  });

  it('a stop waits neither for the lookup nor for the disk', async () => {
    const disk = heldDisk();
    await restart({ findAnswer: () => new Promise(() => undefined), append: disk.append });
    let answered: unknown;
    void bench.call(CELL.sendUnitCommand, STOP).then((answer) => {
      answered = answer;
    });
    await vi.waitFor(() => {
      bench.clock.advance(1_000);
      expect(answered).toMatchObject({ ok: true, value: { replayed: false } });
    });
    expect(asked()).toEqual(['Stop']);
    disk.release();
  });
});

describe('an order that two ask for under ids of their own', () => {
  it('is of the one whose request was done: the other is refused, though its first attempt may have been done', async () => {
    const parameters = [{ id: 'count', value: { doubleValue: 2 } }];
    const jobOrder = { jobOrderId: 'J-1', workMasterId: 'pick', parameters };
    const [mine, theirs] = ['r-8', 'r-9'].map((requestId) => ({ requestId, jobOrder }));
    bench.control.refuseWith = fault(6007, { cause: 'no reply' });
    expect(await bench.call(JOBS.storeJobOrder, mine ?? {})).toMatchObject({ code: 'UNAVAILABLE' });
    bench.control.refuseWith = undefined;
    expect(await bench.call(JOBS.storeJobOrder, theirs ?? {})).toMatchObject({ value: { replayed: false } });
    bench.control.refuseWith = fault(6003, { jobOrderId: 'J-1' });
    const refused = { code: 'ALREADY_EXISTS', details: { reason: 'JOB_ORDER_EXISTS' } };
    expect(await bench.call(JOBS.storeJobOrder, mine ?? {})).toMatchObject(refused);
    expect(await bench.call(JOBS.storeJobOrder, theirs ?? {})).toMatchObject({ value: { replayed: true } });
  });

  it('is of the one whose answer control had given and nobody heard, as soon as that is on disk', async () => {
    const disk = heldDisk();
    await restart({ append: disk.append });
    const parameters = [{ id: 'count', value: { doubleValue: 2 } }];
    const request = { requestId: 'r-8', jobOrder: { jobOrderId: 'J-1', workMasterId: 'pick', parameters } };
    bench.control.losesAnswers = true;
    const first = bench.call(JOBS.storeJobOrder, request);
    await vi.waitFor(() => expect(bench.control.requests).toHaveLength(1));
    const again = bench.call(JOBS.storeJobOrder, request);
    disk.release();
    for (const answer of [await first, await again]) expect(answer).toMatchObject({ value: { replayed: true } });
    expect(bench.control.requests).toHaveLength(1);
  });
});

describe('an order whose client did not wait for the disk', () => {
  it('is there all the same, and the repeated request has its answer', async () => {
    const disk = heldDisk();
    await restart({ append: disk.append });
    const parameters = [{ id: 'count', value: { doubleValue: 2 } }];
    const request = { requestId: 'r-6', jobOrder: { jobOrderId: 'J-1', workMasterId: 'pick', parameters } };
    expect(await bench.callWithin(100, JOBS.storeAndStartJobOrder, request)).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    disk.release();
    expect(await bench.call(JOBS.storeAndStartJobOrder, request)).toMatchObject({ value: { replayed: true } });
    expect(bench.control.requests.filter(({ kind }) => kind === 'store-and-start')).toHaveLength(1);
  });
});
