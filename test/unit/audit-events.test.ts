// Goal: what control does at somebody's request comes back with who asked, and what is recorded of each event of the cell is who, what
// and with which result. Method: whole cycles of the example cell, and the pure mapping.
import { describe, expect, it } from 'vitest';
import type { AskedBy } from '../../src/core/audit.ts';
import type { CellEvent, CellEventBody, CellRequest } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { auditOf } from '../../src/mes/audit-events.ts';
import { ClockWatch } from '../../src/mes/clock-watch.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';

const TIME = epochMs(1_790_000_000_000);
const ASKED: AskedBy = {
  source: 'grpc',
  type: 'job.abort',
  actor: { identity: 'eva', role: 'Supervisor', certFingerprint: 'f', peer: '10.0.0.7:4000' },
  reason: 'wrong part',
  requestId: 'r-1',
  traceId: 't',
};

const recorded = (body: CellEventBody) =>
  auditOf({ sequence: 1, at: monotonicMs(1), time: TIME, body } satisfies CellEvent, 'SYNCED');

/** With the emergency stop pressed, and its alarm. */
function stoppedRig(): CycleRig {
  const rig = new CycleRig();
  rig.makeReady();
  rig.closed.delete('estop-a');
  rig.closed.delete('estop-b');
  rig.run(3);
  return rig;
}

describe('a request to the control process', () => {
  it('comes back with the order that it changed, and with what that was', () => {
    const rig = new CycleRig();
    rig.makeReady();
    const asked = (type: string): AskedBy => ({ ...ASKED, type });
    const requests: CellRequest[] = [
      { kind: 'store', requestId: '1', order: jobOrder('a'), askedBy: asked('job.store') },
      { kind: 'update', requestId: '2', order: jobOrder('a'), askedBy: asked('job.update') },
      { kind: 'cancel', requestId: '3', jobOrderId: 'a', askedBy: asked('job.cancel') },
    ];
    const told = requests.flatMap((request) => {
      const { events } = rig.step({ requests: [request] });
      return events.filter(({ kind }) => kind === 'job' || kind === 'job-removed');
    });
    expect(told).toMatchObject([
      { kind: 'job', askedBy: { type: 'job.store' } },
      { kind: 'job', askedBy: { type: 'job.update' }, was: { state: 'NotAllowedToStart', revision: 1 } },
      { kind: 'job-removed', askedBy: { type: 'job.cancel' } },
    ]);
    expect(told[0]).not.toHaveProperty('was');
  });

  it('that changes nothing says so', () => {
    const rig = stoppedRig();
    const [alarm] = rig.state.alarmList.alarms;
    const request: CellRequest = {
      kind: 'acknowledge-alarm',
      requestId: '1',
      alarmId: alarm?.id ?? 0,
      by: 'eva',
      askedBy: { ...ASKED, type: 'alarm.acknowledge' },
      origin: { identity: 'eva', method: 'm', requestId: 'r-1', digest: 'd' },
    };
    const first = rig.step({ requests: [request] });
    expect(first.events.filter(({ kind }) => kind === 'alarm-handled')).toMatchObject([
      { how: 'acknowledged', askedBy: { requestId: 'r-1' }, origin: { requestId: 'r-1', digest: 'd' } },
    ]);
    const again = rig.step({ requests: [request] });
    expect(again.events.filter(({ kind }) => kind === 'alarm-handled')).toEqual([]);
    expect(again.replies).toMatchObject([{ ok: true, unchanged: true }]);
  });
});

describe('what is recorded', () => {
  it('of an order that somebody changed is who, what it was and what it is', () => {
    const was = jobRecord('J-1', { state: 'Running', substate: undefined, revision: 4 });
    const record = jobRecord('J-1', { state: 'Aborted', substate: undefined, revision: 5 });
    expect(recorded({ kind: 'job', record, was, askedBy: ASKED })).toEqual({
      time: TIME,
      clockQuality: 'SYNCED',
      source: 'grpc',
      category: 'CONTROL_EVENT',
      type: 'job.abort',
      actor: ASKED.actor,
      object: { kind: 'job-order', id: 'J-1', revision: 5 },
      before: '{"state":"Running"}',
      after: '{"state":"Aborted"}',
      reason: 'wrong part',
      result: 'SUCCESS',
      resultCode: '',
      correlation: { requestId: 'r-1', jobOrderId: 'J-1', traceId: 't' },
    });
    expect(recorded({ kind: 'job-removed', record, askedBy: ASKED })).toMatchObject({
      before: '{"state":"Aborted"}',
      after: '',
    });
  });

  it('of an order that was updated is its content before and after, or a digest of what is too long', () => {
    const askedBy = { ...ASKED, type: 'job.update' };
    const was = jobRecord('J-1');
    const longer = { ...was.order, descriptions: [{ locale: 'en', text: 'x'.repeat(2_000) }] };
    const short = recorded({ kind: 'job', record: { ...was, order: { ...was.order, priority: 3 } }, was, askedBy });
    expect(
      [short?.before, short?.after].map((text) => (JSON.parse(text ?? '') as { order: unknown }).order),
    ).toMatchObject([{ priority: 0 }, { priority: 3 }]);
    const long = recorded({ kind: 'job', record: { ...was, order: longer }, was, askedBy });
    expect(JSON.parse(long?.after ?? '')).toMatchObject({
      orderSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });

  it('of a shelved alarm is until when and why; of one whose shelf has ended that nobody did it', () => {
    const rig = stoppedRig();
    const [standing] = rig.state.alarmList.alarms;
    if (standing === undefined) throw new Error('a stop has an alarm');
    const shelf = { owner: 'eva', reason: 'known', until: monotonicMs(9), untilTime: TIME };
    const askedBy = { ...ASKED, type: 'alarm.shelve' };
    const shelved = recorded({
      kind: 'alarm-handled',
      how: 'shelved',
      by: 'eva',
      alarm: { ...standing, shelf },
      askedBy,
    });
    expect(shelved).toMatchObject({ type: 'alarm.shelve', actor: { identity: 'eva' }, reason: 'known' });
    expect(JSON.parse(shelved?.after ?? '')).toMatchObject({ by: 'eva', until: '2026-09-21T14:13:20.000Z' });
    const ended = recorded({ kind: 'alarm-handled', how: 'unshelved', by: 'eva', alarm: standing });
    expect(ended).toMatchObject({ type: 'alarm.unshelve', source: 'control', actor: { identity: 'system' } });
  });

  it.each([
    ['asked-for', 'eva', 'machine', 'bypass.ask', 'eva', 'machine socket'],
    ['began', 'eva', 'panel', 'bypass.begin', 'panel', 'panel'],
    ['cleared', 'ana', 'machine', 'bypass.end', 'ana', 'machine socket'],
    ['expired', '', 'control', 'bypass.end', 'system', ''],
  ] as const)(
    'of a bypass that is %s is owner, reason, end and who did it',
    (how, by, source, type, identity, peer) => {
      const bypass = {
        stopFunction: 'guard',
        by: 'eva',
        reason: 'sensor broken',
        until: monotonicMs(1),
        untilTime: TIME,
        isActive: true,
        pendingUntil: monotonicMs(1),
      };
      expect(recorded({ kind: 'bypass', how, by, bypass })).toMatchObject({
        category: 'ACCESS_CONTROL',
        source,
        type,
        actor: { identity, peer },
        object: { kind: 'stop-function', id: 'guard' },
        after: `{"owner":"eva","state":"${how}","until":"2026-09-21T14:13:20.000Z"}`,
        reason: 'sensor broken',
      });
    },
  );

  it('of a reset, of a mode and of a stop is where it came from', () => {
    expect(recorded({ kind: 'reset' })).toMatchObject({ source: 'panel', type: 'unit.reset' });
    expect(recorded({ kind: 'mode', from: 'Production', to: 'Manual' })).toMatchObject({
      source: 'panel',
      type: 'unit.mode',
      before: 'Production',
      after: 'Manual',
    });
    const rig = stoppedRig();
    const stop = rig.events.find((event) => event.kind === 'stop-record');
    expect(stop && recorded(stop)).toMatchObject({
      source: 'control',
      type: 'unit.stop',
      actor: { identity: 'system' },
      reason: 'EMERGENCY_STOP',
    });
  });

  it('is nothing for the course of a job, for alarms and for what nobody did', () => {
    expect(recorded({ kind: 'job', record: jobRecord('J-1') })).toBeUndefined();
    expect(recorded({ kind: 'unit', from: 'Idle', to: 'Starting' })).toBeUndefined();
    expect(recorded({ kind: 'alarm', fault: fault(3001, {}), active: true })).toBeUndefined();
  });
});

describe('a time of day', () => {
  it('says whether the clock is kept, and whether it was just set', () => {
    let synced = false;
    const watch = new ClockWatch(() => synced);
    expect(watch.quality(0, 1_000_000)).toBe('UNSYNCED');
    synced = true;
    expect(watch.quality(10_000, 1_010_900)).toBe('SYNCED');
    expect(watch.quality(20_000, 5_000_000)).toBe('STEPPED');
    expect(watch.quality(30_000, 5_010_000)).toBe('SYNCED');
    watch.restart();
    expect(watch.quality(0, 6_000_000)).toBe('SYNCED');
  });
});
