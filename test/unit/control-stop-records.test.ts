// Every stop of the unit leaves a record: cause, block and code, and the inputs of that cycle and of the second before it.
import { describe, expect, it } from 'vitest';
import { blockTexts } from '../../src/core/block-texts.ts';
import { describeFault, fault } from '../../src/core/faults.ts';
import { blockInterface } from '../../src/core/safety-blocks.ts';
import type { StopRecord } from '../../src/core/stop-record.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

function running(cell = exampleCell()): CycleRig {
  const rig = new CycleRig(cell);
  rig.makeReady();
  rig.closed.add('part-at-pick');
  rig.request({ kind: 'store-and-start', requestId: '1', order: jobOrder('a') });
  rig.run(40);
  return rig;
}

function records(rig: CycleRig): readonly StopRecord[] {
  return rig.events.flatMap((event) => (event.kind === 'stop-record' ? [event.record] : []));
}

describe('the record of a stop', () => {
  it('names cause, function block and diagnostic code, what the unit was doing, and every input', () => {
    const rig = running();
    rig.closed.delete('estop-a');
    rig.step();
    const [record, ...more] = records(rig);
    expect(more).toEqual([]);
    expect(record).toMatchObject({ id: 1, epoch: 'test', unit: 'Execute', mode: 'Production', category: 1 });
    expect(record).toMatchObject({ jobOrderId: 'a', cycle: rig.state.cycle });
    expect(record?.cause).toMatchObject({ code: 4001, detail: { stopFunction: 'emergency-stop' } });
    expect(record?.blocks.find(({ name }) => name === record.cause.detail['block'])?.diagCode).toBe(
      record?.cause.detail['diagCode'],
    );
    const slots = rig.context.table.plans.flatMap((plan) => plan.inputs.map(({ device }) => device));
    expect(record?.inputs.map(({ device }) => device)).toEqual(slots);
    expect(record?.inputs.find(({ device }) => device === 'estop-a')).toMatchObject({ value: 0, isSafety: true });
    expect(record?.inputs.find(({ device }) => device === 'estop-b')).toMatchObject({ value: 1 });
    expect(record?.inputs.find(({ kind }) => kind === 'analog-input')?.unit).toBe('kPa');
  });

  it('holds the changes of the second before, the oldest first, and no older one', () => {
    const rig = running();
    rig.run(120);
    rig.closed.delete('part-at-pick');
    rig.run(30);
    rig.closed.add('part-at-pick');
    rig.run(15);
    rig.closed.delete('guard-door');
    rig.step();
    const [record] = records(rig);
    expect(record?.cause.code).toBe(4002);
    expect(record?.changes.map(({ device, from, to, beforeMs }) => [device, from, to, beforeMs])).toEqual([
      ['part-at-pick', 1, 0, 900],
      ['part-at-pick', 0, 1, 300],
      ['guard-door', 1, 0, 0],
    ]);
    expect(record?.traceMs).toBe(1000);
  });

  it('keeps an opening that only the fast path has seen', () => {
    const rig = running();
    rig.closed.delete('estop-a');
    rig.closed.delete('estop-b');
    rig.now += 3;
    expect(rig.edge()).toBe(1);
    rig.closed.add('estop-a').add('estop-b');
    rig.step();
    const [record] = records(rig);
    expect(record?.cause.code).toBe(4001);
    expect(record?.changes.filter(({ device }) => device === 'estop-a').map(({ to }) => to)).toEqual([0, 1]);
  });

  it('says of inputs that could not be read that they could not', () => {
    const rig = running();
    rig.imageAgeMs = 80;
    rig.step();
    const [record] = records(rig);
    expect(record?.cause.code).toBe(1007);
    expect(record?.inputs.every(({ value }) => value === undefined)).toBe(true);
  });

  it('is made once for each stop, with what else stood', () => {
    const rig = running();
    rig.step({ faults: [fault(9001, { cause: 'test' })] });
    rig.closed.delete('guard-door');
    rig.run(60);
    expect(records(rig).map(({ id, cause, category }) => [id, cause.code, category])).toEqual([[1, 9001, 0]]);
  });
});

describe('alarms in the cycle', () => {
  it('show a stop as active, latched when its cause has gone, and over but unseen after the reset', () => {
    const rig = running();
    rig.closed.delete('guard-door');
    rig.run(60);
    expect(rig.outputs?.snapshot?.alarmList).toMatchObject([{ state: 'unacknowledged', isFirstUp: true }]);
    rig.closed.add('guard-door');
    rig.run(2);
    expect(rig.outputs?.snapshot?.alarmList).toMatchObject([{ state: 'latched-unacknowledged' }]);
    rig.makeReady();
    expect(rig.outputs?.snapshot?.alarmList).toMatchObject([{ state: 'returned-unacknowledged' }]);
    expect(rig.state.alarms).toEqual([]);
  });

  it('that are acknowledged go on to stop: nothing is reset by it', () => {
    const rig = running();
    rig.closed.delete('guard-door');
    rig.run(60);
    rig.closed.add('guard-door');
    const answer = rig.request({ kind: 'acknowledge-alarm', requestId: '9', alarmId: 1, by: 'ana' });
    expect(answer).toMatchObject({ ok: true, alarm: { acknowledgedBy: 'ana' } });
    rig.run(50);
    expect([rig.state.unit, rig.state.enabled, rig.state.alarms.map(({ code }) => code)]).toEqual([
      'Stopped',
      false,
      [4002],
    ]);
    expect(rig.events).toContainEqual(
      expect.objectContaining({ kind: 'alarm-handled', how: 'acknowledged', by: 'ana' }),
    );
  });

  it('that stop are never shelved; warnings are, and come back by themselves', () => {
    const rig = running();
    rig.step({ faults: [fault(7002, { program: 'p' })] });
    rig.closed.delete('guard-door');
    rig.run(60);
    const ids = rig.state.alarmList.alarms.map(({ id }) => id);
    const ask = (alarmId: number): unknown =>
      rig.request({ kind: 'shelve-alarm', requestId: '9', alarmId, by: 'ana', reason: 'known', forMs: 500 });
    expect(ids.map(ask)).toMatchObject([{ ok: true }, { ok: false, fault: { code: 6015 } }]);
    rig.run(60);
    expect(rig.state.alarmList.alarms[0]?.state).toBe('latched-unacknowledged');
    expect(rig.events).toContainEqual(expect.objectContaining({ kind: 'alarm-handled', how: 'unshelved', by: 'ana' }));
  });
});

describe('what a code means', () => {
  it('is told with the cause, in both languages', () => {
    const rig = running();
    rig.closed.delete('guard-door');
    rig.step();
    const cause = records(rig)[0]?.cause;
    if (cause === undefined) throw new Error('no record');
    const { diagCode } = cause.detail;
    const text = blockInterface('SF_Guard').states[String(diagCode)];
    expect(cause.detail).toMatchObject({ block: 'door', blockType: 'SF_Guard' });
    expect(describeFault(cause)).toMatch(new RegExp(`; ${diagCode}: ${text?.en}$`));
    expect(describeFault(cause, 'es')).toMatch(new RegExp(`; ${diagCode}: ${text?.es}$`));
  });

  it('is told of each of several blocks, and of none that there is not', () => {
    const detail = { blocks: 'pair SF_Equivalent C010, door SF_Guard 8804, odd SF_Odd C001, other SF_Guard FFFF' };
    expect(blockTexts(detail, 'en')).toEqual([
      `pair C010: ${blockInterface('SF_Equivalent').states['C010']?.en}`,
      `door 8804: ${blockInterface('SF_Guard').states['8804']?.en}`,
    ]);
    expect(blockTexts({ blockType: 'toString', diagCode: 'C001' }, 'en')).toEqual([]);
    expect(blockTexts({ blockType: 'SF_Guard', diagCode: 'toString' }, 'en')).toEqual([]);
  });

  it('is kept with the value of every output', () => {
    const rig = running();
    rig.closed.delete('guard-door');
    rig.step();
    const block = records(rig)[0]?.blocks.find(({ name }) => name === 'door');
    const outputs = Object.keys(blockInterface('SF_Guard').outputs);
    expect(Object.keys(block?.outputs ?? {})).toEqual(outputs);
    expect(block?.outputs[outputs[0] ?? '']).toBe(false);
  });
});

describe('the category in a record', () => {
  const withCategory = (category: 0 | 1 | 2) => {
    const cell = exampleCell();
    const stopFunctions = cell.safety.stopFunctions.map((stop) =>
      stop.role === 'protective-stop' ? { ...stop, category, timeLimitMs: 500 } : stop,
    );
    return { ...cell, safety: { ...cell.safety, stopFunctions } };
  };

  it.each([0, 1, 2] as const)('is %i when that is the category of the stop function', (category) => {
    const rig = running(withCategory(category));
    rig.closed.delete('guard-door');
    rig.step();
    expect(records(rig).map((record) => [record.cause.code, record.category])).toEqual([[4002, category]]);
  });

  it('is the strictest when several causes come together', () => {
    const rig = running(withCategory(2));
    rig.closed.delete('guard-door');
    rig.step({ faults: [fault(9001)] });
    expect(records(rig).map(({ category }) => category)).toEqual([0]);
  });
});

describe('a cause that comes while the unit is stopped already', () => {
  it('is an alarm with block and code, and leaves no record: nothing stopped', () => {
    const rig = running();
    rig.closed.delete('estop-a');
    rig.run(100);
    rig.closed.delete('guard-door');
    rig.run(2);
    expect(records(rig).map(({ cause }) => cause.code)).toEqual([4001]);
    const guard = rig.state.alarms.find(({ code }) => code === 4002);
    expect(guard?.detail).toMatchObject({ block: 'door', blockType: 'SF_Guard' });
  });

  it('leaves a record when it takes the unit from Stopped to Aborted', () => {
    const rig = running();
    rig.closed.delete('guard-door');
    rig.run(100);
    rig.closed.delete('estop-a');
    rig.closed.delete('estop-b');
    rig.run(2);
    expect(records(rig).map(({ cause, unit }) => [cause.code, unit])).toEqual([
      [4002, 'Execute'],
      [4002, 'Stopped'],
    ]);
  });
});
