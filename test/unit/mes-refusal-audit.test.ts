// Whoever is refused a thousand times a second leaves a trail that can be read, and no full disk.
import { describe, expect, it } from 'vitest';
import { RefusalAudit, type RefusalDraft } from '../../src/mes/refusal-audit.ts';

function refusal(identity: string, changes: Partial<RefusalDraft> = {}): RefusalDraft {
  return {
    source: 'grpc',
    category: 'REQUEST_ERROR',
    type: 'job.store',
    actor: { identity, role: 'MesService', certFingerprint: '', peer: '10.0.0.7:40000' },
    object: { kind: 'job-order', id: 'J-1', revision: 0 },
    before: '',
    after: '{"code":6010}',
    reason: '',
    result: 'FAILED',
    resultCode: 'REQUEST_INVALID',
    correlation: { requestId: 'r-1', jobOrderId: 'J-1', traceId: '' },
    ...changes,
  };
}

/** Calls that a record stands for. */
function callsIn({ after }: RefusalDraft): number {
  const { again, count } = JSON.parse(after) as { again?: number; count?: number };
  return again ?? count ?? 1;
}

const callsInAll = (records: readonly RefusalDraft[]): number =>
  records.reduce((sum, record) => sum + callsIn(record), 0);

describe('refused calls', () => {
  it('are recorded the first time, and their number when a minute is over', () => {
    const audit = new RefusalAudit(0);
    const recorded: RefusalDraft[] = [];
    for (let ms = 0; ms < 60_000; ms += 1) recorded.push(...audit.add(refusal('mes'), ms));
    expect(recorded).toEqual([refusal('mes')]);
    expect(audit.due(60_000)).toMatchObject([
      { type: 'job.store', object: { id: '' }, after: '{"again":59999}', correlation: { requestId: '' } },
    ]);
    expect(audit.due(120_000)).toEqual([]);
    expect(audit.add(refusal('mes'), 120_001)).toEqual([refusal('mes')]);
  });

  it.each<[string, RefusalDraft]>([
    ['another identity', refusal('eva')],
    ['another machine', refusal('mes', { actor: { ...refusal('mes').actor, peer: '10.0.0.8:40000' } })],
    ['another method', refusal('mes', { type: 'job.start' })],
    ['another cause', refusal('mes', { resultCode: 'JOB_ORDER_UNKNOWN' })],
  ])('of %s are told apart; another port of the same machine is the same', (_, other) => {
    const audit = new RefusalAudit(0);
    audit.add(refusal('mes'), 0);
    expect(audit.add(other, 1)).toEqual([other]);
    const again = refusal('mes', { actor: { ...refusal('mes').actor, peer: '10.0.0.7:40001' } });
    expect(audit.add(again, 2)).toEqual([]);
  });

  it('of a thousand kinds a second, for a day, make at most 100 records and 60 an hour, and every call is counted', () => {
    const audit = new RefusalAudit(0);
    const recorded: RefusalDraft[] = [];
    const seconds = 24 * 3_600;
    for (let second = 0; second < seconds; second += 1) {
      for (let call = 0; call < 4; call += 1) {
        recorded.push(...audit.add(refusal(`id-${(second * 4 + call) % 1_000}`), second * 1_000 + call));
      }
    }
    expect(recorded.length).toBeLessThanOrEqual(100 + 24 * 60 + 24);
    recorded.push(...audit.end());
    expect(callsInAll(recorded)).toBe(seconds * 4);
    expect(recorded.filter(({ type }) => type === 'calls.refused').length).toBeGreaterThan(20);
  });

  it('that wait to be counted are recorded at the end', () => {
    const audit = new RefusalAudit(0);
    audit.add(refusal('mes'), 0);
    expect(audit.end()).toEqual([]);
    audit.add(refusal('mes'), 0);
    audit.add(refusal('mes'), 1);
    expect(audit.isWaiting).toBe(true);
    expect(audit.end()).toMatchObject([{ after: '{"again":1}' }]);
    expect(audit.isWaiting).toBe(false);
  });
});
