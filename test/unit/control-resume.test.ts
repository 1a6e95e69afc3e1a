// Goal: an order that a loss of the control process interrupted goes on where it was, but only as far as the sensors agree.
// Method: one pure cycle runs it and is thrown away; another gets its newest record and checkpoint, and is asked to resume.
import { describe, expect, it } from 'vitest';
import type { JobCheckpoint } from '../../src/core/job-checkpoint.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

const ROUND = 'steps[1].repeat.steps';
const SEALED = 640;
const OPEN = 165;

/** The cup has a part: both of its sensors say so. */
function setPart(rig: CycleRig, isThere: boolean): void {
  if (isThere) rig.closed.add('part-present');
  else rig.closed.delete('part-present');
  rig.counts.set('vacuum-pressure', isThere ? SEALED : OPEN);
}

/** The plant, as far as steps wait for it: a part comes to the belt's end, and the cup takes what the valve sucks. */
function follow(rig: CycleRig): void {
  const step = rig.state.sequences.get('a')?.current?.path;
  if (step === `${ROUND}[0]`) rig.closed.add('part-at-pick');
  if (step === `${ROUND}[2]`) setPart(rig, true);
  if (step === `${ROUND}[8]`) setPart(rig, false);
}

interface Lost {
  readonly record: JobRecord;
  readonly checkpoint: JobCheckpoint | undefined;
  /** Where the joints were left. */
  readonly drivenDeg: readonly number[];
}

/** Runs an order until it is at a step of its round, for some cycles of it, and loses the control process; before that, what else happens. */
function lostAt(step: number, cycles = 3, before: (rig: CycleRig) => void = () => undefined): Lost {
  const rig = new CycleRig();
  setPart(rig, false);
  rig.makeReady();
  rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('a', { parameters: { count: 2 } }) });
  for (let count = 0; rig.state.sequences.get('a')?.current?.path !== `${ROUND}[${step}]`; count += 1) {
    if (count > 5000) throw new Error(`never came to step ${step}: ${JSON.stringify(rig.state.alarms)}`);
    rig.step();
    follow(rig);
  }
  rig.run(cycles);
  before(rig);
  return lost(rig);
}

/** What is on disk of an order: its newest event, and what the gateway makes of a checkpoint that is told alone. */
function lost(rig: CycleRig): Lost {
  let [record, checkpoint]: [JobRecord | undefined, JobCheckpoint | undefined] = [undefined, undefined];
  for (const event of rig.events) {
    if (event.kind === 'job') ({ record, checkpoint } = { checkpoint: undefined, ...event });
    if (event.kind === 'checkpoint') ({ checkpoint } = event);
  }
  if (record === undefined) throw new Error('nothing was told');
  return { record, checkpoint, drivenDeg: rig.state.drivenDeg };
}

/** A new control process that was given what is on disk; nobody has been at the cell. Its joints are where they were left. */
function given({ record, checkpoint, drivenDeg }: Lost, hasPart: boolean, cell = exampleCell()): CycleRig {
  const rig = new CycleRig(cell);
  setPart(rig, hasPart);
  rig.state = { ...rig.state, drivenDeg };
  const checkpoints = checkpoint === undefined ? [] : [JSON.parse(JSON.stringify(checkpoint)) as JobCheckpoint];
  rig.request({ kind: 'restore', requestId: 'r', records: [record], checkpoints });
  return rig;
}

/** The same, and the reset was pressed. */
function restarted(left: Lost, hasPart: boolean): CycleRig {
  const rig = given(left, hasPart);
  rig.makeReady();
  // Reset, and nobody has asked for anything: nothing moves.
  const at = rig.state.motion.positionDeg;
  rig.run(50);
  expect([rig.state.unit, rig.state.motion.positionDeg]).toEqual(['Idle', at]);
  return rig;
}

function resume(rig: CycleRig, acknowledges?: unknown) {
  const known = typeof acknowledges === 'string' ? { acknowledges } : {};
  return rig.request({ kind: 'resume', requestId: 'r', jobOrderId: 'a', ...known });
}

function refusal(rig: CycleRig, acknowledges?: unknown) {
  const reply = resume(rig, acknowledges);
  if (reply?.ok !== false) throw new Error('it was resumed');
  expect(reply.fault.code).toBe(6513);
  return reply.fault.detail;
}

function finish(rig: CycleRig): JobRecord | undefined {
  for (let count = 0; count < 6000 && rig.state.jobs.records[0]?.state === 'Running'; count += 1) {
    rig.step();
    follow(rig);
  }
  return rig.state.jobs.records[0];
}

const IN_STEP_6 = {
  frames: [
    { index: 1, rounds: 1 },
    { index: 6, rounds: 2 },
  ],
  holding: ['gripper'],
};

/** Somebody presses the emergency stop, and pulls it again when everything stands. */
function stop(rig: CycleRig): void {
  for (const channel of ['estop-a', 'estop-b']) rig.closed.delete(channel);
  rig.run(100);
  for (const channel of ['estop-a', 'estop-b']) rig.closed.add(channel);
  rig.run(3);
}

const INTERRUPTIONS: Readonly<Record<string, { readonly how: (rig: CycleRig) => void; readonly as: object }>> = {
  'an emergency stop': { how: stop, as: { substate: 'Held', reason: { code: 4001 } } },
  'an emergency stop after another, and a resume in between': {
    how: (rig) => {
      stop(rig);
      rig.makeReady();
      expect(resume(rig)?.ok).toBe(true);
      rig.run(3);
      stop(rig);
    },
    as: { substate: 'Held', reason: { code: 4001 } },
  },
  'an operator who paused it': {
    how: (rig) => void rig.request({ kind: 'pause', requestId: 'r', jobOrderId: 'a' }),
    as: { substate: 'Suspended' },
  },
  'a stop, and a person who suspended it then': {
    how: (rig) => {
      stop(rig);
      rig.request({ kind: 'pause', requestId: 'r', jobOrderId: 'a' });
    },
    as: { substate: 'Suspended', reason: { code: 4001 } },
  },
  'a part that fell': {
    how: (rig) => {
      setPart(rig, false);
      rig.run(3);
      setPart(rig, true);
    },
    as: { substate: 'Held', reason: { code: 3002 } },
  },
};

describe('an order that was interrupted before the control process was lost', () => {
  it.each(Object.entries(INTERRUPTIONS))('by %s goes on where it was, with its part', (_, { how, as }) => {
    const left = lostAt(6, 3, how);
    expect(left.record).toMatchObject({ state: 'Interrupted', ...as });
    expect(left.checkpoint).toMatchObject(IN_STEP_6);
    const rig = restarted(left, true);
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted', ...as });
    expect(resume(rig)?.ok).toBe(true);
    expect(rig.state.sequences.get('a')?.current?.path).toBe(`${ROUND}[6]`);
    expect(finish(rig)).toMatchObject({ state: 'Ended', producedQuantity: 2, goodQuantity: 2 });
  });

  it('is compared with the cell like any other', () => {
    const rig = restarted(lostAt(6, 3, stop), false);
    const { differences, acknowledge } = refusal(rig);
    expect(differences).toBe('gripper: expected a part, seen no part');
    expect(resume(rig, acknowledge)?.ok).toBe(true);
    expect(finish(rig)).toMatchObject({ state: 'Ended', producedQuantity: 2 });
  });

  it('goes on after any number of restarts in which nobody resumed it', () => {
    let left = lostAt(6, 3, stop);
    for (let count = 0; count < 3; count += 1) left = lost(given(left, true));
    left = lost(restarted(left, true));
    expect(left.checkpoint).toMatchObject(IN_STEP_6);
    const rig = restarted(left, true);
    expect(resume(rig)?.ok).toBe(true);
    expect(finish(rig)).toMatchObject({ state: 'Ended', producedQuantity: 2 });
  });

  it('goes on after a resume that was refused because the cell had not been reset', () => {
    const paused = lostAt(6, 3, (rig) => void rig.request({ kind: 'pause', requestId: 'r', jobOrderId: 'a' }));
    const unreset = given(paused, true);
    expect(resume(unreset)).toMatchObject({
      ok: true,
      record: { state: 'Interrupted', substate: 'Held', reason: { code: 6008 } },
    });
    const left = lost(unreset);
    expect(left.checkpoint).toMatchObject(IN_STEP_6);
    expect(resume(restarted(left, true))?.ok).toBe(true);
  });

  it('before its first step begins with that', () => {
    const rig = new CycleRig();
    setPart(rig, false);
    rig.makeReady();
    rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('a', { parameters: { count: 2 } }) });
    while (rig.state.jobs.records[0]?.state !== 'Running') rig.step();
    stop(rig);
    expect(rig.events.filter(({ kind }) => kind === 'step')).toEqual([]);
    const after = restarted(lost(rig), false);
    expect(resume(after)?.ok).toBe(true);
    expect(finish(after)).toMatchObject({ state: 'Ended', producedQuantity: 2 });
  });
});

describe('an order that cannot go on after the loss of the control process', () => {
  const nowhere = (): Lost => ({ ...lostAt(6, 3, stop), checkpoint: undefined });

  it('says so in its reason at once, and names what had interrupted it', () => {
    const rig = given(nowhere(), true);
    const reason = { code: 6029, detail: { jobOrderId: 'a', interruptedBy: 4001 } };
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted', substate: 'Held', reason });
    const again = given(lost(rig), true);
    expect(again.state.jobs.records[0]).toMatchObject({ reason });
  });

  it('is refused for that before anybody has gone to the cell to reset it, suspended or not', () => {
    const left = nowhere();
    expect(resume(given(left, true))).toMatchObject({ ok: false, fault: { code: 6029 } });
    const suspended = given({ ...left, record: { ...left.record, substate: 'Suspended' } }, true);
    expect(resume(suspended)).toMatchObject({ ok: false, fault: { code: 6029 } });
    expect(suspended.state.jobs.records[0]).toMatchObject({ substate: 'Suspended', reason: { code: 6029 } });
    expect(resume(restarted(left, true))).toMatchObject({ ok: false, fault: { code: 6029 } });
  });

  it('because its work master is another one says that, and can go on when that is back', () => {
    const left = lostAt(6, 3, stop);
    const { workMasterVersion } = left.record;
    const cell = exampleCell();
    const workMasters = cell.workMasters.map((each) => ({ ...each, version: '9.0.0' }));
    const rig = given(left, true, { ...cell, workMasters });
    expect(rig.state.jobs.records[0]).toMatchObject({
      reason: { code: 6001, detail: { version: workMasterVersion, known: '9.0.0', interruptedBy: 4001 } },
    });
    expect(resume(rig)).toMatchObject({ ok: false, fault: { code: 6001 } });
    const back = restarted(lost(rig), true);
    expect(back.state.jobs.records[0]).toMatchObject({ reason: { code: 4005 } });
    expect(resume(back)?.ok).toBe(true);
    expect(finish(back)).toMatchObject({ state: 'Ended', producedQuantity: 2 });
  });
});

describe('an order interrupted by a loss of the control process', () => {
  it('goes on with the step it was in, with the part it holds, and counts every part once', () => {
    const left = lostAt(6);
    expect(left.checkpoint).toMatchObject(IN_STEP_6);
    const rig = restarted(left, true);
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted', reason: { code: 4005 } });
    expect(resume(rig)?.ok).toBe(true);
    expect([...rig.state.grippersOn]).toEqual(['gripper']);
    expect(rig.state.sequences.get('a')?.current?.path).toBe(`${ROUND}[6]`);
    expect(finish(rig)).toMatchObject({ state: 'Ended', producedQuantity: 2, goodQuantity: 2 });
  });

  it('does not go on as something else that the file has under the version of its work master', () => {
    const left = lostAt(6);
    const rig = restarted({ ...left, record: { ...left.record, workMasterHash: 'f'.repeat(16) } }, true);
    expect(resume(rig)).toMatchObject({ ok: false, fault: { code: 6024 } });
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted' });
  });

  it('of which a part was counted does not count it again', () => {
    const left = lostAt(11);
    expect([left.record.producedQuantity, left.record.measurements.length]).toEqual([1, 1]);
    const rig = restarted(left, false);
    expect(resume(rig)?.ok).toBe(true);
    expect(finish(rig)).toMatchObject({ state: 'Ended', producedQuantity: 2 });
  });

  it('without its part tells so, and with the difference acknowledged begins its round again', () => {
    const rig = restarted(lostAt(6), false);
    const { differences, acknowledge } = refusal(rig);
    expect(differences).toBe('gripper: expected a part, seen no part');
    expect(refusal(rig, 'f00dcafe')).toMatchObject({ acknowledge });
    expect(rig.state.unit).toBe('Idle');
    expect(resume(rig, acknowledge)?.ok).toBe(true);
    expect(rig.state.sequences.get('a')).toMatchObject({ holding: [], current: { path: `${ROUND}[0]` } });
    expect(finish(rig)).toMatchObject({ state: 'Ended', producedQuantity: 2 });
  });

  it('with a part that it does not know is resumed only when the part is out', () => {
    const rig = restarted(lostAt(0), true);
    const detail = refusal(rig);
    expect(detail).toMatchObject({ differences: 'gripper: expected no part, seen a part', mend: 'gripper' });
    expect(detail).not.toHaveProperty('acknowledge');
    setPart(rig, false);
    expect(resume(rig)?.ok).toBe(true);
  });

  it('whose grip had just ended may take the part as gripped', () => {
    const rig = restarted(lostAt(2, 0), true);
    expect(resume(rig, refusal(rig)['acknowledge'])?.ok).toBe(true);
    expect([...rig.state.grippersOn]).toEqual(['gripper']);
    expect(finish(rig)).toMatchObject({ state: 'Ended', producedQuantity: 2 });
  });

  it('is not resumed from another place of the arm before somebody has said that it is known', () => {
    const left = lostAt(6);
    const rig = restarted({ ...left, drivenDeg: left.drivenDeg.map((deg, joint) => (joint === 0 ? -80 : deg)) }, true);
    const { differences, acknowledge } = refusal(rig);
    expect(differences).toMatch(/^base: expected between -?\d+ and -?\d+ deg, seen at -80 deg$/);
    expect(resume(rig, acknowledge)?.ok).toBe(true);
  });

  it('is not resumed at a place that its work master does not have', () => {
    const left = lostAt(6);
    const frames = [0, 7].map((index) => ({ index, rounds: 1 }));
    const rig = restarted({ ...left, checkpoint: left.checkpoint && { ...left.checkpoint, frames } }, true);
    expect(resume(rig)).toMatchObject({ ok: false, fault: { code: 6029 } });
  });

  it('keeps its checkpoint through a refusal, and loses it with an abort', () => {
    const rig = restarted(lostAt(6), false);
    refusal(rig);
    expect(rig.state.checkpoints.has('a')).toBe(true);
    rig.request({ kind: 'abort', requestId: 'r', jobOrderId: 'a', comment: '' });
    expect(rig.state.checkpoints.size).toBe(0);
  });
});
