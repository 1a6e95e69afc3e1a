import { describe, expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { epochMs } from '../../src/core/units.ts';
import { JobMirror, MIRROR_ORDERS_MAX, type MirrorChange } from '../../src/mes/job-mirror.ts';
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

function mirrorAfter(...messages: (FromControl | ConnectionLost)[]): JobMirror {
  const mirror = new JobMirror();
  for (const message of messages) mirror.apply(message);
  return mirror;
}

/** What the listeners of a mirror are told by one message. */
function changesBy(mirror: JobMirror, message: FromControl | ConnectionLost): readonly MirrorChange[] {
  const changes: MirrorChange[] = [];
  const end = mirror.listen((change) => changes.push(change));
  mirror.apply(message);
  end();
  return changes;
}

const HELD = { state: 'Interrupted', substate: 'Held' } as const;

describe('the mirror of the job orders', () => {
  it('shows what control told in its hello and in events', () => {
    const mirror = mirrorAfter(hello('e1', jobRecord('J-1')), changed(running('J-1')), changed(jobRecord('J-2')));
    expect(mirror.get('J-1')?.state).toBe('Running');
    expect(mirror.get('J-2')?.state).toBe('AllowedToStart');
  });

  it('ignores a record that is older than what it heard, or the same', () => {
    const mirror = mirrorAfter(hello('e1', running('J-1', 5)));
    expect(changesBy(mirror, changed(jobRecord('J-1', { revision: 4 })))).toEqual([]);
    expect(changesBy(mirror, changed(running('J-1', 5)))).toEqual([]);
    expect(mirror.get('J-1')?.state).toBe('Running');
  });

  it('takes an order that was stored anew under the id of another, however young its revision', () => {
    const mirror = mirrorAfter(hello('e1', running('J-1', 5)));
    const anew = jobRecord('J-1', { revision: 1, storedAt: epochMs(9_000_000) });
    mirror.apply(hello('e2', anew));
    expect(mirror.get('J-1')).toEqual(anew);
  });

  it('shows a running order as Interrupted/Held with CONTROL_DOWN at once when control is lost, under the same revision', () => {
    const mirror = mirrorAfter(hello('e1', running('J-1'), jobRecord('J-2')));
    const changes = changesBy(mirror, LOST);
    expect(mirror.get('J-1')).toMatchObject({ ...HELD, reason: { code: 4006 }, revision: 2 });
    expect(mirror.get('J-2')).toMatchObject({ state: 'AllowedToStart', revision: 1 });
    expect(changes.map(({ kind }) => kind)).toEqual(['record', 'connection']);
  });

  it('believes control when the same run comes back: the order runs, and never did anything else', () => {
    const mirror = mirrorAfter(hello('e1', running('J-1')), LOST);
    const missing = mirror.apply(hello('e1', running('J-1')));
    expect(missing).toEqual([]);
    expect(mirror.get('J-1')).toMatchObject({ state: 'Running', reason: undefined, revision: 2 });
    mirror.apply(changed(jobRecord('J-1', { state: 'Ended', revision: 3 })));
    expect(mirror.get('J-1')).toMatchObject({ state: 'Ended', revision: 3 });
  });

  it('shows what it heard before the greeting as soon as control has greeted, although the greeting is older', () => {
    const mirror = new JobMirror();
    mirror.load([running('J-1', 2)], []);
    expect(changesBy(mirror, changed(running('J-1', 4)))).toEqual([{ kind: 'record', record: running('J-1', 4) }]);
    expect(mirror.get('J-1')).toMatchObject({ ...HELD, revision: 4 });
    expect(changesBy(mirror, hello('e1', running('J-1', 2)))).toContainEqual({
      kind: 'record',
      record: running('J-1', 4),
    });
  });

  it('gives a new run every order that it does not know, and shows running ones interrupted by CONTROL_RESTARTED', () => {
    const mirror = mirrorAfter(hello('e1', running('J-1'), jobRecord('J-2'), jobRecord('J-3')), LOST);
    const missing = mirror.apply(hello('e2', jobRecord('J-3', { revision: 1 })));
    expect(missing).toEqual([running('J-1'), jobRecord('J-2')]);
    expect(mirror.get('J-1')).toMatchObject({ ...HELD, reason: { code: 4005 } });
    expect(mirror.get('J-2')).toMatchObject({ state: 'AllowedToStart', reason: undefined });
  });

  it('keeps the reason of an order that was interrupted before control went away', () => {
    const held = jobRecord('J-1', { ...HELD, reason: fault(4001) });
    const mirror = mirrorAfter(hello('e1', held), LOST);
    expect(mirror.apply(hello('e2'))[0]?.reason).toEqual(fault(4001));
    expect(mirror.get('J-1')?.reason).toEqual(fault(4001));
  });

  it('asks for nothing when the first control process of all says hello', () => {
    expect(new JobMirror().apply(hello('e1'))).toEqual([]);
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

describe('what the mirror holds in memory', () => {
  const large = (id: string, state: 'AllowedToStart' | 'Ended'): JobRecord =>
    jobRecord(id, { state, substate: state === 'Ended' ? 'Completed' : 'Ready', comment: 'x'.repeat(100_000) });
  const ids = Array.from({ length: 100 }, (_, index) => `J-${index}`);

  it('is bounded in bytes by letting go of the oldest that have ended; those that are open all stay', () => {
    const mirror = mirrorAfter(hello('e1', ...ids.map((id) => large(`open-${id}`, 'AllowedToStart'))));
    for (const id of ids) mirror.apply(changed(large(id, 'Ended')));
    const kept = mirror.records().map(({ order }) => order.jobOrderId);
    expect(kept.filter((id) => id.startsWith('open-'))).toHaveLength(100);
    expect(kept.filter((id) => !id.startsWith('open-'))).toEqual(expect.arrayContaining(ids.slice(-50)));
    expect(mirror.get('J-0')).toBeUndefined();
  });

  it('is bounded in bytes for orders that were taken out too', () => {
    const mirror = mirrorAfter(hello('e1'));
    for (const id of ids) {
      const record = large(id, 'AllowedToStart');
      mirror.apply(changed(record));
      mirror.apply({ kind: 'event', event: { ...jobEvent(2, record), body: { kind: 'job-removed', record } } });
    }
    expect([mirror.removed('J-0'), mirror.removed('J-99')?.order.jobOrderId]).toEqual([undefined, 'J-99']);
  });
});
