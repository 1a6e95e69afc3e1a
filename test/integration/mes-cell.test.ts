// The cell service over a real connection: state, alarms and stops as an HMI or an MES sees them, and what it can do: little.
import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { CellServiceDefinition as CELL } from '../../proto/generated/services.js';
import { cellStanding } from '../../src/app/cell-standing.ts';
import { type AlarmList, acknowledge, endAlarms, NO_ALARMS, raiseAlarm } from '../../src/core/alarm-list.ts';
import type { Fault } from '../../src/core/faults.ts';
import { fault } from '../../src/core/faults.ts';
import { lightOf } from '../../src/core/stack-light.ts';
import type { StopRecord } from '../../src/core/stop-record.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { CellMirror } from '../../src/mes/cell-mirror.ts';
import { watchState } from '../../src/mes/cell-watch.ts';
import { signalNames } from '../../src/mes/signal-watch.ts';
import type { CellStanding } from '../../src/ports/cell-standing.ts';
import { cellSnapshot } from '../support/channel-samples.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';
import { manualCell } from '../support/manual-cell.ts';
import { type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const STAMP = { now: monotonicMs(0), wall: epochMs(1_767_225_600_000) };
const GUARD = fault(4002, { stopFunction: 'guard', block: 'guard', diagCode: 'C001' });
const WARNING = fault(7004, { program: 'sort', text: 'bin full' });
const { AlarmState, AlarmPriority, LampMode, ProofState, UnitCommand, UnitMode } = celda.cell.v1;

function raised(...faults: readonly Fault[]): AlarmList {
  return faults.reduce((list, each) => raiseAlarm(list, each, STAMP), NO_ALARMS);
}

function stop(id: number, epoch = 'e1'): StopRecord {
  return {
    id,
    epoch,
    cycle: 100 + id,
    at: STAMP.now,
    time: STAMP.wall,
    cause: GUARD,
    category: 1,
    others: [WARNING],
    unit: 'Execute',
    mode: 'Production',
    jobOrderId: 'a',
    step: '2',
    blocks: [{ name: 'guard', type: 'SF_Guard', diagCode: 'C001', output: false, outputs: { guardMonitoring: false } }],
    inputs: [
      { device: 'door', kind: 'digital-input', value: 0, unit: '', isSafety: true },
      { device: 'pressure', kind: 'analog-input', value: undefined, unit: 'kPa', isSafety: false },
    ],
    traceMs: 1000,
    changes: [{ beforeMs: 12, device: 'door', from: 1, to: 0 }],
  };
}

const STANDING: CellStanding = { softwareVersion: '0.1.0', verification: 'proved', commissioning: 'complete' };

let bench: MesBench;

function showAlarms(list: AlarmList): void {
  const alarms = list.alarms.filter(({ stands }) => stands).map((alarm) => alarm.fault);
  bench.control.showSnapshot({ alarmList: list.alarms, alarms, unit: 'Stopped', flood: list.flood });
}

let told = 0;
function tellStop(record: StopRecord): void {
  told += 1;
  const body = { kind: 'stop-record', record } as const;
  bench.control.say({ kind: 'event', event: { sequence: told, at: STAMP.now, time: STAMP.wall, body } });
}

beforeEach(async () => {
  bench = await startMesBench();
});
afterEach(() => bench.stop());

/** What the published descriptors say, without the code that was generated from them. */
function publishedTypes(): protobuf.Root {
  const bytes = readFileSync(new URL('../../proto/generated/descriptors.bin', import.meta.url));
  const root = (protobuf.Root as unknown as { fromDescriptor(set: unknown): protobuf.Root }).fromDescriptor(
    descriptor.FileDescriptorSet.decode(bytes),
  );
  root.resolveAll();
  return root;
}

describe('the state of the cell', () => {
  it('is told before any control process was heard, and says so', async () => {
    const answer = await bench.call(CELL.getCellState, {});
    expect(answer).toMatchObject({ ok: true, value: { state: { epoch: '', controlConnected: false } } });
  });

  it('has unit, mode, light and alarms in the words and numbers of PackML', async () => {
    bench.control.hello();
    bench.control.showSnapshot({
      unit: 'Held',
      lights: lightOf('Held'),
      alarms: [GUARD],
      alarmList: raised(GUARD).alarms,
    });
    const answer = await bench.call(CELL.getCellState, {});
    expect(answer).toMatchObject({
      value: {
        state: {
          controlConnected: true,
          unitState: 'Held',
          unitStateNumber: 11,
          unitMode: 'Production',
          unitModeNumber: 1,
          standingAlarmCount: 1,
          unacknowledgedAlarmCount: 1,
          stackLight: { blue: LampMode.LAMP_MODE_ON, amber: LampMode.LAMP_MODE_OFF, bits: 0b1_0000, horn: false },
        },
      },
    });
  });

  it('comes when it changes, no more often than asked for, and only if it has', async () => {
    bench.control.hello();
    const watched = bench.watch(CELL.watchCellState, { intervalMsMin: 500 });
    expect((await watched.next()).state?.unitState).toBe('Stopped');
    bench.control.showSnapshot({ cycle: 2 });
    bench.control.showSnapshot({ cycle: 3, unit: 'Resetting' });
    bench.control.showSnapshot({ cycle: 4, unit: 'Idle' });
    bench.clock.advance(500);
    const next = await watched.next();
    expect([next.sequence.toNumber(), next.state?.unitState]).toEqual([2, 'Idle']);
    watched.call.cancel();
  });

  it('is the newest for a slow reader, however many there were meanwhile, and the same again after 15 s', async () => {
    const mirror = new CellMirror();
    const clock = new VirtualClock();
    const stream = watchState({ mirror, clock, intervalMs: 100, signal: new AbortController().signal });
    const units = ['Stopped', ...Array.from({ length: 2_000 }, () => 'Resetting' as const), 'Idle'] as const;
    mirror.apply({ kind: 'snapshot', snapshot: cellSnapshot(1) });
    await stream.next();
    for (const [cycle, unit] of units.entries()) {
      mirror.apply({ kind: 'snapshot', snapshot: { ...cellSnapshot(1), cycle, unit } });
      clock.advance(100);
    }
    expect(await stream.next()).toMatchObject({ value: { ok: true, value: { state: { unitState: 'Idle' } } } });
    let isTold = false;
    const again = stream.next().finally(() => {
      isTold = true;
    });
    clock.advance(14_999);
    await new Promise(setImmediate);
    expect(isTold).toBe(false);
    clock.advance(1);
    expect(await again).toMatchObject({ value: { ok: true, value: { state: { unitState: 'Idle' } } } });
    await stream.return(undefined);
  });

  it('refuses an interval that is out of range', async () => {
    const ending = await bench.watch(CELL.watchCellState, { intervalMsMin: -1 }).ending();
    expect(ending).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('is named to a client that knows the published descriptors alone: every field, and nothing besides', async () => {
    // With modes and what it requires, so that no field is empty.
    const manual = manualCell();
    const safety = { ...manual.safety, requireVerified: true, requireCommissioned: true };
    const cell = { ...manual, description: 'picks parts', safety };
    await bench.stop();
    bench = await startMesBench(cell, undefined, undefined, STANDING);
    const answer = await bench.callRaw('/celda.cell.v1.CellService/GetCell', new Uint8Array());
    if (!answer.ok) throw new Error(answer.message);
    const type = publishedTypes().lookupType('celda.cell.v1.GetCellResponse');
    const message = type.decode(answer.value);
    // A field that the descriptors do not have would be lost on the way.
    expect(Buffer.from(type.encode(message).finish())).toEqual(answer.value);
    expect(type.verify(message)).toBeNull();
    const { name, description, configHash } = cell;
    const named = type.toObject(message);
    expect(Object.keys(named).toSorted()).toEqual(type.fieldsArray.map((field) => field.name).toSorted());
    expect(named).toMatchObject({ cellName: name, description, configHash, packmlVersion: 'TR88.00.02-2015' });
    expect(configHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('names the cell, its configuration and the edition of PackML', async () => {
    const answer = await bench.call(CELL.getCell, {});
    expect(answer).toMatchObject({ value: { packmlVersion: 'TR88.00.02-2015' } });
    expect(answer.ok && answer.value.limitsOfUse.map(({ locale }) => locale)).toEqual(['en', 'es']);
  });
});

describe('alarms over gRPC', () => {
  it('have fault, state and priority, first-up marked, in both languages, and can be filtered by state', async () => {
    bench.control.hello();
    showAlarms(endAlarms(raised(WARNING, GUARD), ({ code }) => code === 7004, STAMP));
    const all = await bench.call(CELL.listAlarms, {});
    expect(all.ok && all.value.alarms).toMatchObject([
      { alarmNumber: 1, state: AlarmState.ALARM_STATE_RETURNED_UNACKNOWLEDGED, shelvable: true, stands: false },
      {
        alarmNumber: 2,
        epoch: 'e1',
        state: AlarmState.ALARM_STATE_UNACKNOWLEDGED,
        priority: AlarmPriority.ALARM_PRIORITY_HIGH,
        firstUp: true,
        shelvable: false,
        fault: { code: 4002, reason: 'PROTECTIVE_STOP', detail: { block: 'guard', diagCode: 'C001' } },
      },
    ]);
    const some = await bench.call(CELL.listAlarms, { states: [AlarmState.ALARM_STATE_UNACKNOWLEDGED] });
    expect(some.ok && some.value.alarms.map(({ alarmNumber }) => alarmNumber)).toEqual([2]);
  });

  it('are watched from their present state through every change to their end', async () => {
    bench.control.hello();
    const list = raised(WARNING);
    showAlarms(list);
    const watched = bench.watch(CELL.watchAlarms, { includeInitialState: true });
    expect((await watched.next()).initialState?.alarmNumber).toBe(1);
    expect((await watched.next()).synced).not.toBeNull();
    const seen = acknowledge(list, 1, 'ana', STAMP);
    if (!seen.ok) throw new Error('refused');
    showAlarms(seen.value.list);
    showAlarms(seen.value.list);
    showAlarms(NO_ALARMS);
    const change = await watched.next();
    expect(change.alarmChange).toMatchObject({ state: AlarmState.ALARM_STATE_ACKNOWLEDGED, acknowledgedBy: 'ana' });
    expect((await watched.next()).alarmEnd?.alarmNumber).toBe(1);
    bench.clock.advance(15_000);
    expect((await watched.next()).heartbeat).toMatchObject({ controlConnected: true });
    watched.call.cancel();
  });

  it('are acknowledged once, however often the same request comes', async () => {
    bench.control.hello();
    showAlarms(raised(GUARD));
    const request = { requestId: 'r1', alarmNumber: 1, owner: 'ana' };
    const first = await bench.call(CELL.acknowledgeAlarm, request);
    const again = await bench.call(CELL.acknowledgeAlarm, request);
    expect(first).toMatchObject({ value: { replayed: false, alarm: { alarmNumber: 1, acknowledgedBy: 'ana' } } });
    expect(again).toMatchObject({ value: { replayed: true } });
    expect(bench.control.requests.map(({ kind }) => kind)).toEqual(['acknowledge-alarm']);
    const other = await bench.call(CELL.acknowledgeAlarm, { ...request, owner: 'eva' });
    expect(other).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
  });

  it('are shelved with owner, reason and end; all that is wrong is said at once', async () => {
    bench.control.hello();
    showAlarms(raised(WARNING));
    const good = { alarmNumber: 1, owner: 'ana', reason: 'bin is on its way', shelveSeconds: 600 };
    expect(await bench.call(CELL.shelveAlarm, good)).toMatchObject({ ok: true });
    expect(bench.control.requests.at(-1)).toMatchObject({ kind: 'shelve-alarm', forMs: 600_000, by: 'ana' });
    const bad = await bench.call(CELL.shelveAlarm, { shelveSeconds: 28_801 });
    if (bad.ok) throw new Error('taken');
    expect(bad.code).toBe('INVALID_ARGUMENT');
    expect(bad.details?.violations.map(({ field }) => field).toSorted()).toEqual([
      'alarm_number',
      'owner',
      'reason',
      'shelve_seconds',
    ]);
  });

  it('of another run of the control process are not touched', async () => {
    bench.control.hello();
    showAlarms(raised(GUARD));
    const answer = await bench.call(CELL.acknowledgeAlarm, { alarmNumber: 1, owner: 'ana', epoch: 'e0' });
    expect(answer).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(bench.control.requests).toEqual([]);
  });

  it('that the cell does not shelve are refused with the reason', async () => {
    bench.control.hello();
    bench.control.refuseWith = fault(6015, { alarmId: 1, code: 4002, reason: 'it stops or holds the unit' });
    const request = { alarmNumber: 1, owner: 'ana', reason: 'x', shelveSeconds: 60 };
    const answer = await bench.call(CELL.shelveAlarm, request);
    expect(answer).toMatchObject({ ok: false, code: 'FAILED_PRECONDITION' });
  });
});

describe('stops over gRPC', () => {
  it('are kept with cause, block, code and inputs, the newest first, each once', async () => {
    bench.control.hello();
    for (const record of [stop(1), stop(2), stop(2), stop(1, 'e2')]) tellStop(record);
    const list = await bench.call(CELL.listStops, {});
    expect(list.ok && list.value.stops.map(({ epoch, stopNumber }) => [epoch, stopNumber])).toEqual([
      ['e2', 1],
      ['e1', 2],
      ['e1', 1],
    ]);
    const one = await bench.call(CELL.getStop, { epoch: 'e1', stopNumber: 2 });
    expect(one).toMatchObject({
      value: {
        stop: {
          cause: { code: 4002, detail: { block: 'guard', diagCode: 'C001' } },
          stopCategory: 1,
          unitState: 'Execute',
          otherCauses: [{ code: 7004 }],
          inputs: [
            { device: 'door', value: 0, safety: true },
            { device: 'pressure', value: null },
          ],
          changes: [{ beforeMs: 12, device: 'door', fromValue: 1, toValue: 0 }],
        },
      },
    });
    expect(await bench.call(CELL.getStop, {})).toMatchObject({ value: { stop: { epoch: 'e2' } } });
  });

  it('that never were are not found', async () => {
    expect(await bench.call(CELL.getStop, { stopNumber: 9 })).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });
});

describe('the identity of the cell', () => {
  it('names what it is, what was proved of it, and what its unit uses of PackML', async () => {
    const served = await startMesBench(manualCell());
    const { name, configHash } = manualCell();
    expect(await served.call(CELL.getCell, {})).toMatchObject({
      value: {
        cellName: name,
        configHash,
        packmlVersion: 'TR88.00.02-2015',
        verification: ProofState.PROOF_STATE_UNSPECIFIED,
        verificationRequired: false,
        unitProfile: {
          completeMask: 0x40,
          modes: [
            { mode: UnitMode.UNIT_MODE_PRODUCTION, disabledStatesMask: 0, modeChangeMask: 0x214 },
            { mode: UnitMode.UNIT_MODE_MANUAL },
            { mode: UnitMode.UNIT_MODE_MAINTENANCE },
          ],
        },
      },
    });
    await served.stop();
  });

  it('has what the files beside its file say now', () => {
    const cellPath = 'cells/pick-and-place/cell.yaml';
    const cell = exampleCell(cellPath);
    expect(cellStanding(cell, '/nowhere/cell.yaml')).toEqual({
      softwareVersion: /"version": "([^"]+)"/.exec(readFileSync('package.json', 'utf8'))?.[1],
      verification: 'none',
      commissioning: 'none',
    });
  });
});

describe('a command to the unit', () => {
  const STOP = {
    requestId: 'r1',
    command: UnitCommand.UNIT_COMMAND_STOP,
    comments: [{ locale: 'en', text: 'fire drill' }],
  };

  it('goes to control with who asks and why, and says where it leads', async () => {
    bench.control.hello();
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject({
      value: { targetState: 'Stopping', targetStateNumber: 7, replayed: false },
    });
    expect(bench.control.requests).toMatchObject([
      { kind: 'unit-command', command: 'Stop', by: 'local', comment: 'fire drill' },
    ]);
  });

  it('is done once for one request id, also when the first answer was lost', async () => {
    bench.control.hello();
    bench.control.losesAnswers = true;
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject({ code: 'UNAVAILABLE' });
    bench.control.losesAnswers = false;
    bench.control.showSnapshot({ unit: 'Stopped' });
    bench.control.refuseWith = fault(6021, { command: 'Stop', unit: 'Stopped', mode: 'Production' });
    const again = { value: { targetState: 'Stopped', replayed: true } };
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject(again);
    expect(await bench.call(CELL.sendUnitCommand, STOP)).toMatchObject(again);
    expect(bench.control.requests).toHaveLength(2);
    expect(await bench.call(CELL.sendUnitCommand, { ...STOP, command: UnitCommand.UNIT_COMMAND_ABORT })).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { reason: 'REQUEST_ID_REUSED' },
    });
  });

  it('that the unit does not take is refused with its state', async () => {
    bench.control.hello();
    bench.control.refuseWith = fault(6021, { command: 'Hold', unit: 'Stopped', mode: 'Production' });
    expect(await bench.call(CELL.sendUnitCommand, { command: UnitCommand.UNIT_COMMAND_HOLD })).toMatchObject({
      code: 'FAILED_PRECONDITION',
      details: {
        reason: 'UNIT_COMMAND_ILLEGAL',
        metadata: { command: 'Hold', unit: 'Stopped' },
        preconditions: [{ type: 'UNIT_STATE', subject: 'Stopped' }],
      },
    });
  });

  it('for a mode is refused with the reason, and an unknown mode with what there is', async () => {
    bench.control.hello();
    bench.control.refuseWith = fault(4308, { mode: 'Production', requested: 'Manual', unit: 'Idle' });
    expect(await bench.call(CELL.setUnitMode, { mode: UnitMode.UNIT_MODE_MANUAL })).toMatchObject({
      code: 'FAILED_PRECONDITION',
      details: { reason: 'MODE_SELECTED_AT_CELL', preconditions: [{ type: 'OPERATING_MODE', subject: 'Manual' }] },
    });
    expect(await bench.call(CELL.setUnitMode, { requestId: 'x'.repeat(65) })).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { violations: [{ field: 'request_id' }, { field: 'mode' }] },
    });
  });
});

describe('the signals', () => {
  const show = (values: Readonly<Record<string, number | undefined>>): void =>
    bench.control.showSnapshot({
      devices: Object.entries(values).map(([name, value]) => {
        return { name, kind: 'digital-input', unit: '', value: value ?? 0, valid: value !== undefined };
      }),
    });
  const [FIRST = '', SECOND = ''] = signalNames(pickCell());

  it('of every example cell can all be watched', () => {
    for (const path of ['pick-and-place', 'guarded-cell', 'linear-axis', 'spare-board']) {
      const cell = exampleCell(`cells/${path}/cell.yaml`);
      const shown = new CycleRig(cell).step().snapshot?.devices.map(({ name }) => name) ?? [];
      expect(shown.length).toBeGreaterThan(3);
      expect(signalNames(cell).toSorted()).toEqual(shown.toSorted());
    }
  });

  it('are sent at first, then when they leave the deadband or cannot be read, and never sooner than asked for', async () => {
    bench.control.hello();
    show({ [FIRST]: 1, [SECOND]: 5 });
    const stream = bench.watch(CELL.watchSignals, {
      signals: [{ name: FIRST, deadband: 2 }, { name: SECOND }],
      intervalMsMin: 500,
    });
    const values = async (): Promise<unknown> =>
      (await stream.next()).values.map(({ name, value, valid }) => [name, valid ? value : undefined]);
    expect(await values()).toEqual([
      [FIRST, 1],
      [SECOND, 5],
    ]);
    show({ [FIRST]: 3, [SECOND]: 6 });
    show({ [FIRST]: 2, [SECOND]: 7 });
    bench.clock.advance(500);
    expect(await values()).toEqual([[SECOND, 7]]);
    show({ [FIRST]: 3.5, [SECOND]: undefined });
    bench.clock.advance(500);
    expect(await values()).toEqual([
      [FIRST, 3.5],
      [SECOND, undefined],
    ]);
    bench.clock.advance(15_000);
    expect(await stream.next()).toMatchObject({ controlConnected: true, values: [] });
    bench.control.lose();
    expect(await stream.next()).toMatchObject({ controlConnected: false, values: [] });
    stream.call.cancel();
  });

  it('that are unknown, named twice or have no sensible deadband are refused all at once', async () => {
    const stream = bench.watch(CELL.watchSignals, {
      signals: [{ name: 'nothing' }, { name: FIRST, deadband: -1 }, { name: FIRST, deadband: Number.NaN }],
      intervalMsMin: 60_001,
    });
    expect(await stream.ending()).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: {
        violations: [
          { field: 'interval_ms_min' },
          { field: 'signals[0].name' },
          { field: 'signals[1].deadband' },
          { field: 'signals[2].name' },
          { field: 'signals[2].deadband' },
        ],
      },
    });
  });
});

/**
 * Every method that a cell serves, and what it can do. A method that is not here fails the test: look at it first. Jogging moves
 * nothing by itself: the mode selector, a reset and the enabling device, all at the cell, come first and end it at any time.
 */
const METHODS: Readonly<
  Record<
    string,
    | 'reads'
    | 'handles job orders'
    | 'handles alarms'
    | 'commands the unit, and never resets it'
    | 'lets work masters take orders or not'
    | 'keeps drafts that nothing runs'
    | 'is refused unless nothing changes'
    | 'moves behind the enabling device at the cell'
  >
> = {
  'celda.cell.v1.CellService.GetCell': 'reads',
  'celda.cell.v1.CellService.GetCellState': 'reads',
  'celda.cell.v1.CellService.WatchCellState': 'reads',
  'celda.cell.v1.CellService.ListAlarms': 'reads',
  'celda.cell.v1.CellService.WatchAlarms': 'reads',
  'celda.cell.v1.CellService.AcknowledgeAlarm': 'handles alarms',
  'celda.cell.v1.CellService.ShelveAlarm': 'handles alarms',
  'celda.cell.v1.CellService.UnshelveAlarm': 'handles alarms',
  'celda.cell.v1.CellService.GetStop': 'reads',
  'celda.cell.v1.CellService.ListStops': 'reads',
  'celda.cell.v1.CellService.SendUnitCommand': 'commands the unit, and never resets it',
  'celda.cell.v1.CellService.SetUnitMode': 'is refused unless nothing changes',
  'celda.cell.v1.CellService.WatchSignals': 'reads',
  'celda.cell.v1.WorkMasterService.ListWorkMasters': 'reads',
  'celda.cell.v1.WorkMasterService.GetWorkMaster': 'reads',
  'celda.cell.v1.WorkMasterService.CheckWorkMaster': 'reads',
  'celda.cell.v1.WorkMasterService.SubmitWorkMasterDraft': 'keeps drafts that nothing runs',
  'celda.cell.v1.WorkMasterService.ApproveWorkMaster': 'keeps drafts that nothing runs',
  'celda.cell.v1.WorkMasterService.DiscardWorkMasterDraft': 'keeps drafts that nothing runs',
  'celda.cell.v1.WorkMasterService.RetireWorkMaster': 'lets work masters take orders or not',
  'celda.cell.v1.WorkMasterService.ReinstateWorkMaster': 'lets work masters take orders or not',
  'celda.cell.v1.JogService.Jog': 'moves behind the enabling device at the cell',
  'celda.job.v1.JobOrderReceiverService.StoreAndStartJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.GetJobOrder': 'reads',
  'celda.job.v1.JobOrderReceiverService.ListJobOrders': 'reads',
  'celda.job.v1.JobOrderReceiverService.WatchJobOrders': 'reads',
  'celda.job.v1.JobOrderReceiverService.AbortJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.ResumeJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.GetReceiverCapabilities': 'reads',
  'celda.job.v1.JobOrderReceiverService.StoreJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.StartJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.RevokeStartJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.UpdateJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.PauseJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.StopJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.CancelJobOrder': 'handles job orders',
  'celda.job.v1.JobOrderReceiverService.ClearJobOrder': 'handles job orders',
  'celda.job.v1.JobResponseProviderService.GetJobResponse': 'reads',
  'celda.job.v1.JobResponseProviderService.ListJobResponses': 'reads',
  'celda.job.v1.JobResponseProviderService.AcknowledgeJobResponse': 'handles job orders',

  'grpc.health.v1.Health.Check': 'reads',
  'grpc.health.v1.Health.List': 'reads',
  'grpc.health.v1.Health.Watch': 'reads',
  'grpc.reflection.v1.ServerReflection.ServerReflectionInfo': 'reads',
};

/** Words of what no remote interface may do. */
const FORBIDDEN =
  /reset|rearm|clear|force|override|bypass|mut(e|ing)|enabl|unlock|safety|permit|interlock|trip|mode|config/i;

describe('no call from afar', () => {
  const root = publishedTypes();
  const services: protobuf.Service[] = [];
  const walk = (namespace: protobuf.NamespaceBase): void => {
    for (const nested of namespace.nestedArray) {
      if (nested instanceof protobuf.Service) services.push(nested);
      else if (nested instanceof protobuf.Namespace) walk(nested);
    }
  };
  walk(root);
  const methods = services.flatMap((service) =>
    service.methodsArray.map((method) => ({
      name: `${service.fullName.slice(1)}.${method.name}`,
      method,
    })),
  );
  /** The simulator's, and what an MES serves and the cell calls, are not the cell's. */
  const isElsewhere = (name: string): boolean =>
    name.startsWith('celda.sim.') || name.startsWith('celda.job.v1.JobResponseReceiverService.');
  const ofCell = methods.filter(({ name }) => !isElsewhere(name));

  it('exists that was not looked at', () => {
    expect(ofCell.map(({ name }) => name).toSorted()).toEqual(Object.keys(METHODS).toSorted());
  });

  it('[O10] resets, forces, enables, bypasses or changes a parameter, by its name or by any field that it takes', () => {
    const taken = (type: protobuf.Type, seen: Set<string>): string[] => {
      if (seen.has(type.fullName)) return [];
      seen.add(type.fullName);
      return type.fieldsArray.flatMap((field) => {
        const inner = field.resolve().resolvedType;
        return [`${type.name}.${field.name}`, ...(inner instanceof protobuf.Type ? taken(inner, seen) : [])];
      });
    };
    const names = ofCell.flatMap(({ name, method }) => {
      const { resolvedRequestType: request } = method;
      return [name.split('.').at(-1) ?? '', ...(request === null ? [] : taken(request, new Set()))];
    });
    expect(names.length).toBeGreaterThan(40);
    // ISA-95 calls it so: it removes the record of an order that is over.
    const isOfRecords = (name: string): boolean => name.startsWith('ClearJobOrder');
    // Refused for every mode but the present one, whatever the unit does: control-unit-commands.test.ts.
    const isRefused = (name: string): boolean => /^SetUnitMode($|Request\.)/.test(name);
    expect(names.filter((name) => FORBIDDEN.test(name) && !isOfRecords(name) && !isRefused(name))).toEqual([]);
  });

  it('[O10] carries a command that resets, clears or starts: they have no value on the wire, and their numbers are refused', async () => {
    const { values } = root.lookupEnum('celda.cell.v1.UnitCommand');
    expect(Object.keys(values).filter((name) => FORBIDDEN.test(name) || name.endsWith('_START'))).toEqual([]);
    bench.control.hello();
    for (const command of [0, 1, 2, 9, 11, -1]) {
      const path = CELL.sendUnitCommand.path;
      // Field 2, varint, of ten bytes when negative.
      const bytes = command < 0 ? [0x10, ...Array<number>(9).fill(0xff), 0x01] : [0x10, command];
      expect(await bench.callRaw(path, Uint8Array.from(bytes))).toMatchObject({
        code: 'INVALID_ARGUMENT',
        details: { violations: [{ field: 'command' }] },
      });
    }
    expect(bench.control.requests).toEqual([]);
  });
});
