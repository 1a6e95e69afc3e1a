import { describe, expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { EMPTY_MIRROR, JobMirror, MIRROR_ORDERS_MAX, type MirrorState, stepMirror } from '../../src/mes/job-mirror.ts';
import type { ConnectionLost, FromControl } from '../../src/ports/cell-channel.ts';
import { cellSnapshot, jobEvent, jobRecord } from '../support/channel-samples.ts';

const LOST: ConnectionLost = { kind: 'lost' };

function running(id: string, revision = 2): JobRecord {
  return jobRecord(id, { state: 'Running', substate: undefined, revision });
}

function hello(epoch: string, ...records: JobRecord[]): FromControl {
  return { kind: 'hello', epoch, records };
}

function changed(record: JobRecord): FromControl {
  return { kind: 'event', event: jobEvent(1, record) };
}

function mirrorAfter(...messages: (FromControl | ConnectionLost)[]): MirrorState {
  return messages.reduce((state, message) => stepMirror(state, message).state, EMPTY_MIRROR);
}

function shown(state: MirrorState, id: string): JobRecord | undefined {
  return state.entries.get(id)?.shown;
}

describe('the mirror of the job orders', () => {
  it('shows what control told in its hello and in events', () => {
    const state = mirrorAfter(hello('e1', jobRecord('J-1')), changed(running('J-1')), changed(jobRecord('J-2')));
    expect(shown(state, 'J-1')?.state).toBe('Running');
    expect(shown(state, 'J-2')?.state).toBe('AllowedToStart');
  });

  it('ignores a record that is older than what it heard in the same run', () => {
    const state = mirrorAfter(hello('e1', running('J-1', 5)));
    const step = stepMirror(state, changed(jobRecord('J-1', { revision: 4 })));
    expect(step.changes).toEqual([]);
    expect(shown(step.state, 'J-1')?.state).toBe('Running');
  });

  it('shows a running order as Interrupted/Held with CONTROL_DOWN at once when control is lost', () => {
    const step = stepMirror(mirrorAfter(hello('e1', running('J-1'), jobRecord('J-2'))), LOST);
    expect(shown(step.state, 'J-1')).toMatchObject({
      state: 'Interrupted',
      substate: 'Held',
      reason: { code: 4006 },
      revision: 3,
    });
    expect(shown(step.state, 'J-2')).toMatchObject({ state: 'AllowedToStart', revision: 1 });
    expect(step.changes.filter((change) => change.kind === 'record')).toHaveLength(1);
  });

  it('believes control when the same run comes back, and never lets a revision go back', () => {
    const back = stepMirror(mirrorAfter(hello('e1', running('J-1')), LOST), hello('e1', running('J-1')));
    expect(back.restore).toEqual([]);
    expect(shown(back.state, 'J-1')).toMatchObject({ state: 'Running', reason: undefined, revision: 4 });
    const next = stepMirror(back.state, changed(running('J-1', 3)));
    expect(next.changes).toEqual([]);
    const ended = stepMirror(back.state, changed(jobRecord('J-1', { state: 'Ended', revision: 3 })));
    expect(shown(ended.state, 'J-1')).toMatchObject({ state: 'Ended', revision: 5 });
  });

  it('gives a new run every order that it does not know, running ones interrupted by CONTROL_RESTARTED', () => {
    const before = mirrorAfter(hello('e1', running('J-1'), jobRecord('J-2'), jobRecord('J-3')), LOST);
    const step = stepMirror(before, hello('e2', jobRecord('J-3', { revision: 1 })));
    expect(step.restore.map((record) => record.order.jobOrderId)).toEqual(['J-1', 'J-2']);
    expect(step.restore[0]).toMatchObject({ state: 'Interrupted', substate: 'Held', reason: { code: 4005 } });
    expect(step.restore[1]).toMatchObject({ state: 'AllowedToStart', reason: undefined });
    expect(shown(step.state, 'J-1')).toEqual(step.restore[0]);
  });

  it('keeps the reason of an order that was interrupted before control went away', () => {
    const held = jobRecord('J-1', { state: 'Interrupted', substate: 'Held', reason: fault(4001) });
    const step = stepMirror(mirrorAfter(hello('e1', held), LOST), hello('e2'));
    expect(step.restore[0]?.reason).toEqual(fault(4001));
  });

  it('asks for nothing when the first control process of all says hello', () => {
    expect(stepMirror(EMPTY_MIRROR, hello('e1')).restore).toEqual([]);
  });

  it('is ready between the first snapshot of a connection and its end', () => {
    const mirror = new JobMirror();
    const ready: boolean[] = [];
    for (const message of [hello('e1'), { kind: 'snapshot', snapshot: cellSnapshot(1) }, LOST, hello('e1')] as const) {
      mirror.apply(message);
      ready.push(mirror.ready);
    }
    expect(ready).toEqual([false, true, false, false]);
  });

  it('tells progress once per step and count, not once per snapshot', () => {
    const job = {
      ...{ jobOrderId: 'J-1', workMasterId: 'pick', step: 'steps[0]', label: 'move' },
      ...{ producedQuantity: 0, goodQuantity: 0, lastPartMs: 0 },
    };
    const snapshot = (overrides: object): FromControl => ({
      kind: 'snapshot',
      snapshot: { ...cellSnapshot(1), job: { ...job, ...overrides } },
    });
    const mirror = new JobMirror();
    const labels: string[] = [];
    mirror.listen((change) => {
      if (change.kind === 'progress') labels.push(`${change.progress.label} ${change.progress.producedQuantity}`);
    });
    for (const message of [hello('e1'), snapshot({}), snapshot({}), snapshot({ producedQuantity: 1 })]) {
      mirror.apply(message);
    }
    expect(labels).toEqual(['move 0', 'move 1']);
  });

  it('forgets the oldest final orders beyond its bound, and never one that is not final', () => {
    const mirror = new JobMirror();
    mirror.apply(hello('e1', jobRecord('open')));
    for (let index = 0; index < MIRROR_ORDERS_MAX + 5; index += 1) {
      mirror.apply(changed(jobRecord(`J-${index}`, { state: 'Ended' })));
    }
    expect(mirror.records()).toHaveLength(MIRROR_ORDERS_MAX);
    expect(mirror.get('open')).toBeDefined();
    expect(mirror.get('J-0')).toBeUndefined();
    expect(mirror.get(`J-${MIRROR_ORDERS_MAX + 4}`)).toBeDefined();
  });
});
