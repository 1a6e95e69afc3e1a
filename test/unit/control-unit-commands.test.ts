// Goal: commands to the unit from afar do what PackML says, stop at once, and never reset, start anew or select a mode. Method: whole
// cycles of the example cell.
import { describe, expect, it } from 'vitest';
import type { CellReply, CellRequest } from '../../src/core/cell-event.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { UNIT_MODES, type UnitMode } from '../../src/core/packml.ts';
import { REMOTE_COMMANDS, type RemoteCommand, TAKEN_COMMANDS_MAX } from '../../src/core/unit-command.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';
import { ModeRig } from '../support/mode-rig.ts';

const CELL = exampleCell();
/** Makes nine parts, one in 200 ms. */
const COUNTING: CellModel = {
  ...CELL,
  cyclePeriodMs: 20,
  workMasters: [
    {
      id: 'count',
      version: '1.0.0',
      description: '',
      parameters: [],
      steps: [
        {
          kind: 'repeat',
          path: 'steps[0]',
          label: '',
          times: 9,
          steps: [
            { kind: 'wait', path: 'steps[0].repeat.steps[0]', label: '', for: { durationMs: 200 }, timeoutMs: 1000 },
            { kind: 'produce', path: 'steps[0].repeat.steps[1]', label: '', quantity: 1, good: true },
          ],
        },
      ],
    },
  ],
};
const MODES = Object.keys(UNIT_MODES) as readonly UnitMode[];

const start = (id: string): CellRequest => ({ kind: 'store-and-start', requestId: id, order: jobOrder(id) });

function count(id: string): CellRequest {
  return { kind: 'store-and-start', requestId: id, order: jobOrder(id, { workMasterId: 'count' }) };
}

function ask(command: RemoteCommand, comment = ''): CellRequest {
  return { kind: 'unit-command', requestId: command, command, by: 'mes', comment };
}

function refusal(reply: CellReply | undefined): unknown {
  return reply?.ok === false ? reply.fault : 'done';
}

function runningRig(cell = CELL): CycleRig {
  const rig = new CycleRig(cell);
  rig.makeReady();
  rig.request(start('a'));
  rig.run(20);
  expect(rig.state.unit).toBe('Execute');
  return rig;
}

function job(rig: CycleRig): unknown[] {
  const [record] = rig.state.jobs.records;
  return [record?.state, record?.substate];
}

describe('a command to the unit', () => {
  it('that is taken is told with who asked, under which id and where it leads; one that is refused is not', () => {
    const rig = runningRig();
    const actor = { identity: 'mes', role: '', certFingerprint: '', peer: '' };
    const askedBy = { source: 'grpc', type: 'unit.command', actor, reason: '', requestId: 'r-1', traceId: '' };
    const origin = { identity: 'mes', method: 'm', requestId: 'r-1', digest: 'd' };
    const { events, replies } = rig.step({ requests: [{ ...ask('Hold'), askedBy, origin } as CellRequest] });
    const unit = { target: 'Holding', mode: 'Production' };
    const told = events.findIndex(({ kind }) => kind === 'unit-command');
    expect(events[told]).toEqual({ kind: 'unit-command', command: 'Hold', by: 'mes', unit, askedBy, origin });
    expect(replies).toMatchObject([{ ok: true, unit }]);
    const again = rig.step({ requests: [{ ...ask('Hold'), askedBy, origin } as CellRequest] });
    expect(again.events.filter(({ kind }) => kind === 'unit-command')).toEqual([]);
  });

  it('Stop stops the unit as an alarm does: latched, with who asked, and only the reset at the cell ends it', () => {
    const rig = runningRig();
    expect(rig.request(ask('Stop', 'shift over'))).toMatchObject({ ok: true, unit: { target: 'Stopping' } });
    rig.run(60);
    expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
    expect(rig.state.alarms).toEqual([{ code: 4306, detail: { by: 'mes', comment: 'shift over' } }]);
    expect(job(rig)).toEqual(['Interrupted', 'Held']);
    expect(refusal(rig.request({ kind: 'resume', requestId: 'r', jobOrderId: 'a' }))).toMatchObject({ code: 6008 });
    rig.makeReady();
    expect([rig.state.unit, rig.state.alarms, job(rig)]).toEqual(['Idle', [], ['Interrupted', 'Held']]);
  });

  it('Stop in Idle begins none of the orders that wait', () => {
    const rig = new CycleRig(CELL);
    rig.makeReady();
    rig.step({ requests: [start('a'), ask('Stop')] });
    rig.run(60);
    expect([rig.state.unit, job(rig)]).toEqual(['Stopped', ['AllowedToStart', 'Waiting']]);
  });

  it('Abort ends in Aborted, also from Stopped', () => {
    const rig = runningRig();
    rig.request(ask('Abort'));
    rig.run(60);
    expect([rig.state.unit, rig.state.enabled]).toEqual(['Aborted', false]);
    const stopped = new CycleRig(CELL);
    stopped.run(5);
    stopped.request(ask('Abort'));
    stopped.run(5);
    expect(stopped.state.unit).toBe('Aborted');
  });

  it('Hold suspends the order, and Unhold goes on with it', () => {
    const rig = runningRig();
    expect(rig.request(ask('Hold'))).toMatchObject({ ok: true, unit: { target: 'Holding' } });
    rig.run(60);
    expect([rig.state.unit, job(rig)]).toEqual(['Held', ['Interrupted', 'Suspended']]);
    expect(rig.request(ask('Unhold'))).toMatchObject({ ok: true, unit: { target: 'Unholding' } });
    rig.run(5);
    expect([rig.state.unit, job(rig)]).toEqual(['Execute', ['Running', undefined]]);
  });

  it('Suspend lets the order run on without motion until Unsuspend', () => {
    const rig = runningRig();
    rig.request(ask('Suspend'));
    rig.run(60);
    expect([rig.state.unit, job(rig)]).toEqual(['Suspended', ['Running', undefined]]);
    const { positionDeg } = rig.state.motion;
    rig.run(60);
    expect(rig.state.motion.positionDeg).toEqual(positionDeg);
    expect(rig.request(ask('Unsuspend'))).toMatchObject({ ok: true, unit: { target: 'Unsuspending' } });
    rig.run(60);
    expect(rig.state.unit).toBe('Execute');
    expect(rig.state.motion.positionDeg).not.toEqual(positionDeg);
  });

  it('an order that is paused while the unit is suspended is held, and a safety stop ends all of it', () => {
    const rig = runningRig();
    rig.request(ask('Suspend'));
    rig.run(60);
    rig.request({ kind: 'pause', requestId: 'p', jobOrderId: 'a' });
    rig.run(5);
    expect([rig.state.unit, job(rig)]).toEqual(['Held', ['Interrupted', 'Suspended']]);
    rig.closed.delete('estop-a');
    rig.closed.delete('estop-b');
    rig.run(60);
    expect(refusal(rig.request(ask('Unhold')))).toMatchObject({ code: 6021, detail: { unit: 'Aborted' } });
  });

  it('a safety stop of a suspended unit cannot be taken back by Unsuspend', () => {
    const rig = runningRig();
    rig.request(ask('Suspend'));
    rig.run(60);
    rig.closed.delete('estop-a');
    rig.closed.delete('estop-b');
    rig.run(60);
    expect(refusal(rig.request(ask('Unsuspend')))).toMatchObject({ code: 6021 });
    expect([rig.state.unit, rig.state.enabled, job(rig)]).toEqual(['Aborted', false, ['Interrupted', 'Held']]);
  });

  it('Complete ends the order with the part in work, and the next order begins', () => {
    const rig = new CycleRig(COUNTING);
    rig.makeReady();
    rig.step({ requests: [count('a'), count('b')] });
    const made = (): number => rig.state.jobs.records[0]?.goodQuantity ?? 0;
    while (made() < 3) rig.step();
    expect(rig.request(ask('Complete'))).toMatchObject({ ok: true, unit: { target: 'Completing' } });
    rig.run(2);
    expect(rig.state.unit).toBe('Execute');
    rig.run(12);
    const [first] = rig.state.jobs.records;
    expect([first?.state, first?.goodQuantity, first?.reason?.code]).toEqual(['Ended', 4, 6019]);
    rig.run(12);
    expect([rig.state.unit, rig.state.jobs.records[1]?.state]).toEqual(['Execute', 'Running']);
    rig.run(60);
    expect(rig.state.jobs.records[1]?.goodQuantity).toBeGreaterThan(2);
  });

  it('[G2] is done once under one request id, whoever repeats it, and another command under that id is refused', () => {
    const rig = runningRig();
    const origin = { identity: 'mes', method: 'unit', requestId: 'r-1', digest: 'd' };
    const hold: CellRequest = { kind: 'unit-command', requestId: '1', command: 'Hold', by: 'mes', comment: '', origin };
    expect(rig.request(hold)).toMatchObject({ ok: true, unit: { target: 'Holding' } });
    rig.run(60);
    rig.request(ask('Unhold'));
    rig.run(60);
    expect(rig.state.unit).toBe('Execute');
    const { lastDurable } = rig.state;
    expect(rig.request({ ...hold, requestId: '2' })).toMatchObject({
      ...{ requestId: '2', ok: true, repeated: true, unit: { target: 'Holding' }, sequence: lastDurable },
    });
    const reused = rig.request({ ...hold, command: 'Stop', origin: { ...origin, digest: 'another' } });
    expect(refusal(reused)).toEqual({ code: 6011, detail: { requestId: 'r-1' } });
    rig.run(20);
    expect([rig.state.unit, rig.state.alarms]).toEqual(['Execute', []]);
    expect(rig.request({ ...hold, origin: { ...origin, identity: 'another' } })).toMatchObject({ ok: true });
    rig.run(1);
    expect(rig.state.unit).not.toBe('Execute');
  });

  it('under request ids is remembered for the newest of them', () => {
    const rig = new CycleRig(CELL);
    rig.run(5);
    const stopped = rig.state;
    const abort = (id: number): CellRequest => ({
      ...{ kind: 'unit-command', requestId: `${id}`, command: 'Abort', by: 'mes', comment: '' },
      origin: { identity: 'mes', method: 'unit', requestId: `r-${id}`, digest: 'd' },
    });
    for (let id = 1; id <= TAKEN_COMMANDS_MAX + 1; id += 1) {
      rig.state = { ...stopped, takenCommands: rig.state.takenCommands };
      expect(rig.request(abort(id))).toMatchObject({ ok: true, unit: { target: 'Aborting' } });
    }
    expect(rig.state.takenCommands).toHaveLength(TAKEN_COMMANDS_MAX);
    expect(rig.request(abort(2))).toMatchObject({ repeated: true });
  });

  it('Complete is for one order: another one is not cut short by it', () => {
    const rig = new CycleRig(COUNTING);
    rig.makeReady();
    rig.request(count('a'));
    rig.run(40);
    rig.state = { ...rig.state, completing: { jobOrderId: 'another', isPartMade: true } };
    rig.run(200);
    expect(rig.state.jobs.records[0]).toMatchObject({ state: 'Ended', goodQuantity: 9, reason: undefined });
  });

  it('is refused with the state where PackML does not take it', () => {
    const rig = new CycleRig(CELL);
    rig.run(5);
    for (const command of REMOTE_COMMANDS.filter((each) => each !== 'Abort')) {
      expect(refusal(rig.request(ask(command)))).toEqual({
        code: 6021,
        detail: { command, unit: 'Stopped', mode: 'Production' },
      });
    }
  });

  it('[O10] of whatever kind, in whatever order, leaves a stopped cell stopped and without power', () => {
    const rig = new CycleRig(CELL);
    for (const input of ['estop-a', 'estop-b', 'guard-door']) rig.closed.add(input);
    rig.request(start('a'));
    for (let round = 0; round < 40; round += 1) {
      for (const command of REMOTE_COMMANDS) rig.request(ask(command));
      for (const mode of MODES) rig.request({ kind: 'set-mode', requestId: 'm', mode });
      expect([rig.state.enabled, rig.state.productionEnabled, rig.state.mode]).toEqual([false, false, 'Production']);
    }
    expect(['Stopped', 'Aborting', 'Aborted']).toContain(rig.state.unit);
  });
});

describe('a wish for a mode', () => {
  it('[O7] is granted for the mode that there is, and refused for every other: the selector at the cell decides', () => {
    const rig = new ModeRig();
    rig.ready('automatic');
    for (const mode of MODES) {
      const reply = rig.request({ kind: 'set-mode', requestId: mode, mode });
      if (mode === 'Production') expect(reply).toMatchObject({ ok: true, unit: { mode: 'Production' } });
      else expect(refusal(reply)).toMatchObject({ code: 4308, detail: { mode: 'Production', requested: mode } });
      expect([rig.state.unit, rig.state.mode, rig.state.modeRequested]).toEqual(['Idle', 'Production', 'Production']);
    }
  });
});
