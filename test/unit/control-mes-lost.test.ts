// Goal: a cell does what its file says when nobody watches its orders any more, and no other cell does anything. Method: the pure cycle, told
// what the gateway says.
import { describe, expect, it } from 'vitest';
import type { MesLostModel } from '../../src/core/cell-model.ts';
import { type EventStorage, STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

/** Shorter than a file may say, and than the arm waits for its first part. */
const AFTER_MS = 500;
/** What the second step waits for: it ends when there is a part. */
const PART = 'part-at-pick';
const GONE: EventStorage = { ...STORED_AT_ONCE, watched: false };
const AWAY: EventStorage = { ...STORED_AT_ONCE, reachable: false, watched: true };
const THERE: EventStorage = { ...STORED_AT_ONCE, watched: true };

/** An order runs, stands where it waits for its first part, and somebody watches it. */
function running(reaction: MesLostModel['reaction'] | undefined): CycleRig {
  const cell = exampleCell();
  const rig = new CycleRig(reaction === undefined ? cell : { ...cell, mesLost: { afterMs: AFTER_MS, reaction } });
  rig.makeReady();
  rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('a', { parameters: { count: 20 } }) });
  runWith(rig, THERE, 2_500);
  expect(rig.state.unit).toBe('Execute');
  return rig;
}

function runWith(rig: CycleRig, storage: EventStorage, ms: number): void {
  for (let from = rig.now; rig.now - from < ms; ) rig.step({ storage });
}

/** Paths of the steps that began, or ended, one after the other. */
const steps = (rig: CycleRig, phase: 'started' | 'ended'): readonly string[] =>
  rig.events.flatMap((event) => (event.kind === 'step' && event.phase === phase ? event.path : []));

describe.each([
  ['nobody watches any more', GONE],
  ['the gateway is away', AWAY],
] as const)('[G1] when %s', (_how, lost) => {
  it('an order goes on where the file of the cell says nothing of it', () => {
    const rig = running(undefined);
    runWith(rig, lost, 5 * AFTER_MS);
    expect([rig.state.unit, rig.state.alarms]).toEqual(['Execute', []]);
  });

  it('the step is ended and the unit held, not before its time', () => {
    const rig = running('hold');
    runWith(rig, lost, AFTER_MS);
    expect([rig.state.unit, rig.state.jobs.records[0]?.state]).toEqual(['Execute', 'Running']);
    const begun = steps(rig, 'started');
    runWith(rig, lost, AFTER_MS);
    expect(rig.state.unit).toBe('Execute');
    rig.closed.add(PART);
    runWith(rig, lost, 1_000);
    expect(rig.state.unit).toBe('Held');
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted', reason: { code: 6030 } });
    expect(rig.state.alarms).toMatchObject([{ code: 6030, detail: { afterMs: AFTER_MS } }]);
    // What ran was ended, and nothing else was begun.
    expect(steps(rig, 'started')).toEqual(begun);
    expect(steps(rig, 'ended').at(-1)).toBe(begun.at(-1));
  });

  it('the unit stops, until a reset at the cell', () => {
    const rig = running('stop');
    runWith(rig, lost, AFTER_MS);
    expect(rig.state.unit).toBe('Execute');
    runWith(rig, lost, 3_000);
    expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
    expect(rig.state.alarms).toMatchObject([{ code: 6031 }]);
    runWith(rig, THERE, 1_000);
    expect([rig.state.unit, rig.state.alarms.length]).toEqual(['Stopped', 1]);
  });
});

describe('[G1] a held order', () => {
  it('is resumed by nobody while the MES is away, and goes on when a person resumes it, not by itself', () => {
    const rig = running('hold');
    rig.closed.add(PART);
    runWith(rig, GONE, AFTER_MS + 2_000);
    const resume = { kind: 'resume', requestId: 'r', jobOrderId: 'a' } as const;
    const refused = rig.step({ storage: GONE, requests: [resume] });
    expect(refused.replies).toMatchObject([{ ok: false, fault: { code: 6030 } }]);
    runWith(rig, THERE, 1_000);
    expect(rig.state.unit).toBe('Held');
    const taken = rig.step({ storage: THERE, requests: [resume] });
    expect(taken.replies).toMatchObject([{ ok: true }]);
    runWith(rig, THERE, 500);
    expect([rig.state.unit, rig.state.alarms]).toEqual(['Execute', []]);
  });

  it('is not what a short cut makes of it', () => {
    const rig = running('hold');
    for (let cut = 0; cut < 5; cut += 1) {
      runWith(rig, GONE, AFTER_MS - 100);
      runWith(rig, THERE, 20);
    }
    expect([rig.state.unit, rig.state.alarms]).toEqual(['Execute', []]);
  });
});

it('[G1] no order begins while nobody watches, and a unit that rests is not stopped', () => {
  const cell = exampleCell();
  const rig = new CycleRig({ ...cell, mesLost: { afterMs: AFTER_MS, reaction: 'stop' } });
  rig.makeReady();
  runWith(rig, GONE, 2 * AFTER_MS);
  rig.step({ storage: GONE, requests: [{ kind: 'store-and-start', requestId: 'r', order: jobOrder('a') }] });
  runWith(rig, GONE, 1_000);
  expect([rig.state.unit, rig.state.jobs.records[0]?.state]).toEqual(['Idle', 'AllowedToStart']);
  runWith(rig, THERE, 500);
  expect(rig.state.unit).toBe('Execute');
});
