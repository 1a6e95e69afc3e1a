// Goal: an order that a loss of the control process interrupted goes on where it was, but only as far as the sensors agree.
// Method: one pure cycle runs it and is thrown away; another gets its newest record and checkpoint, and is asked to resume.
import { describe, expect, it } from 'vitest';
import type { JobCheckpoint } from '../../src/core/job-checkpoint.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';

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
  readonly checkpoint: JobCheckpoint;
  /** Where the joints were left. */
  readonly drivenDeg: readonly number[];
}

/** Runs an order until it is at a step of its round, for some cycles of it, and loses the control process. */
function lostAt(step: number, cycles = 3): Lost {
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
  const records = rig.events.flatMap((event) => (event.kind === 'job' ? [event.record] : []));
  const checkpoints = rig.events.flatMap((event) => {
    if (event.kind === 'checkpoint') return [event.checkpoint];
    return event.kind === 'job' && event.checkpoint !== undefined ? [event.checkpoint] : [];
  });
  const [record, checkpoint] = [records.at(-1), checkpoints.at(-1)];
  if (record === undefined || checkpoint === undefined) throw new Error('nothing was told');
  return { record, checkpoint, drivenDeg: rig.state.drivenDeg };
}

/** A new control process that was given what is on disk. Its joints are where they were left. */
function restarted({ record, checkpoint, drivenDeg }: Lost, hasPart: boolean): CycleRig {
  const rig = new CycleRig();
  setPart(rig, hasPart);
  rig.state = { ...rig.state, drivenDeg };
  rig.request({
    kind: 'restore',
    requestId: 'r',
    records: [record],
    checkpoints: [JSON.parse(JSON.stringify(checkpoint)) as JobCheckpoint],
  });
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

describe('an order interrupted by a loss of the control process', () => {
  it('goes on with the step it was in, with the part it holds, and counts every part once', () => {
    const lost = lostAt(6);
    expect(lost.checkpoint).toMatchObject({
      frames: [
        { index: 1, rounds: 1 },
        { index: 6, rounds: 2 },
      ],
      holding: ['gripper'],
    });
    const rig = restarted(lost, true);
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted', reason: { code: 4005 } });
    expect(resume(rig)?.ok).toBe(true);
    expect([...rig.state.grippersOn]).toEqual(['gripper']);
    expect(rig.state.sequences.get('a')?.current?.path).toBe(`${ROUND}[6]`);
    expect(finish(rig)).toMatchObject({ state: 'Ended', producedQuantity: 2, goodQuantity: 2 });
  });

  it('does not go on as something else that the file has under the version of its work master', () => {
    const lost = lostAt(6);
    const rig = restarted({ ...lost, record: { ...lost.record, workMasterHash: 'f'.repeat(16) } }, true);
    expect(resume(rig)).toMatchObject({ ok: false, fault: { code: 6024 } });
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Interrupted' });
  });

  it('of which a part was counted does not count it again', () => {
    const lost = lostAt(11);
    expect([lost.record.producedQuantity, lost.record.measurements.length]).toEqual([1, 1]);
    const rig = restarted(lost, false);
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
    const lost = lostAt(6);
    const rig = restarted({ ...lost, drivenDeg: lost.drivenDeg.map((deg, joint) => (joint === 0 ? -80 : deg)) }, true);
    const { differences, acknowledge } = refusal(rig);
    expect(differences).toMatch(/^base: expected between -?\d+ and -?\d+, seen at -80$/);
    expect(resume(rig, acknowledge)?.ok).toBe(true);
  });

  it('is not resumed at a place that its work master does not have', () => {
    const lost = lostAt(6);
    const rig = restarted(
      {
        ...lost,
        checkpoint: {
          ...lost.checkpoint,
          frames: [
            { index: 0, rounds: 1 },
            { index: 7, rounds: 1 },
          ],
        },
      },
      true,
    );
    expect(resume(rig)).toMatchObject({ ok: false, fault: { code: 6005 } });
  });

  it('keeps its checkpoint through a refusal, and loses it with an abort', () => {
    const rig = restarted(lostAt(6), false);
    refusal(rig);
    expect(rig.state.checkpoints.has('a')).toBe(true);
    rig.request({ kind: 'abort', requestId: 'r', jobOrderId: 'a', comment: '' });
    expect(rig.state.checkpoints.size).toBe(0);
  });
});
