// Goal: whoever stands at the cell learns that its journal takes nothing, and the cell does no less for it. Method: the pure cycle, told
// what the gateway says.
import { describe, expect, it } from 'vitest';
import { priorityOf } from '../../src/core/alarm-class.ts';
import { type EventStorage, STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';

const FULL = fault(6501, { path: '/var/lib/celda/cell.journal.db' });

function refusing(refused: Fault | undefined): { readonly storage: EventStorage } {
  return { storage: { ...STORED_AT_ONCE, refused } };
}

function ready(): CycleRig {
  const rig = new CycleRig();
  rig.makeReady();
  return rig;
}

const codes = (rig: CycleRig): number[] => rig.state.alarms.map(({ code }) => code);
const changes = (rig: CycleRig): string[] =>
  rig.events.flatMap((event) => (event.kind === 'alarm' ? `${event.fault.code} ${event.active}` : []));

describe('a journal that takes nothing', () => {
  it.each([
    ['[D4]', 6501],
    ['[D5]', 6502],
    ['[D6]', 6503],
    ['[D3]', 6505],
    ['[D8]', 6506],
  ] as const)('%s (%d) is one alarm for as long as it does, and holds nothing up', (_row, code) => {
    const rig = ready();
    rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('a') });
    rig.run(10);
    for (let cycle = 0; cycle < 50; cycle += 1) rig.step(refusing(fault(code, { attempt: cycle })));
    expect(codes(rig)).toEqual([code]);
    expect(rig.state.alarmList.alarms).toMatchObject([{ state: 'unacknowledged', fault: { detail: { attempt: 0 } } }]);
    expect([rig.state.unit, rig.state.jobs.records[0]?.state]).toEqual(['Execute', 'Running']);
    rig.run(1);
    expect([codes(rig), changes(rig)]).toEqual([[], [`${code} true`, `${code} false`]]);
    expect(priorityOf(code)).toBe('medium');
  });

  it('[D4] lets orders be begun as before: what must be on disk first is known without it', () => {
    const rig = ready();
    rig.step({
      ...refusing(FULL),
      requests: [{ kind: 'store-and-start', requestId: 'r', order: jobOrder('a') }],
    });
    for (let cycle = 0; cycle < 10; cycle += 1) rig.step(refusing(FULL));
    expect(rig.state.unit).toBe('Execute');
  });

  it('[D4] is an alarm before the first reset, through it, and no reason to refuse it', () => {
    const rig = new CycleRig();
    rig.step(refusing(FULL));
    expect(codes(rig)).toEqual([6501]);
    const step = rig.step.bind(rig);
    rig.step = (given, afterMs) => step({ ...refusing(FULL), ...given }, afterMs);
    rig.makeReady();
    expect([rig.state.unit, codes(rig), changes(rig)]).toEqual(['Idle', [6501], ['6501 true']]);
  });

  it('is another alarm when it becomes another trouble', () => {
    const rig = ready();
    rig.step(refusing(FULL));
    rig.step(refusing(fault(6502)));
    expect([codes(rig), changes(rig)]).toEqual([[6502], ['6501 true', '6501 false', '6502 true']]);
  });

  it('is the only thing that can be raised so: no gateway stops the cell by what it says', () => {
    const rig = ready();
    for (const code of [4001, 4002, 4003, 6512, 9001] as const) rig.step(refusing(fault(code)));
    expect([rig.state.unit, codes(rig)]).toEqual(['Idle', []]);
  });
});
