// The alarms of a cell by ISA-18.2: every state and how it is left; what acknowledging and shelving can never do; bounds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayBeShelved, priorityOf, stopsUnit } from '../../src/core/alarm-class.ts';
import {
  type Alarm,
  type AlarmList,
  acknowledge,
  endAlarms,
  FLOOD_ALARMS,
  FLOOD_ENDS_BELOW,
  FLOOD_WINDOW_MS,
  NO_ALARMS,
  noteCauses,
  passTime,
  RETURNED_MAX,
  raiseAlarm,
  SHELVE_MS_MAX,
  SHELVES_MAX,
  type Stamp,
  shelve,
  standing,
  unshelve,
  WARNINGS_MAX,
  warningInTheWay,
} from '../../src/core/alarm-list.ts';
import { FAULTS, type Fault, type FaultCode, fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';

const at = (ms: number): Stamp => ({ now: monotonicMs(ms), wall: epochMs(1_000_000 + ms) });
const ESTOP = fault(4001, { stopFunction: 'estop', block: 'estop', diagCode: 'C001' });
const GUARD = fault(4002, { stopFunction: 'guard', block: 'guard', diagCode: 'C001' });
const WARNING = fault(7003, { program: 'sort', intent: 'move', reason: 'unit Idle' });
const TEXT = fault(7004, { program: 'sort', text: 'lid missing' });
const HOLD = fault(3003, { step: '1', device: 'part' });
const all = (): boolean => true;

function raised(...faults: readonly Fault[]): AlarmList {
  return faults.reduce((list, each, place) => raiseAlarm(list, each, at(place)), NO_ALARMS);
}
function only(list: AlarmList): Alarm {
  const [alarm] = list.alarms;
  if (alarm === undefined || list.alarms.length !== 1) throw new Error(`${list.alarms.length} alarms`);
  return alarm;
}
function seen(list: AlarmList, id = list.alarms[0]?.id ?? 0): AlarmList {
  const done = acknowledge(list, id, 'ana', at(50));
  if (!done.ok) throw new Error('refused');
  return done.value.list;
}
function shelved(list: AlarmList, forMs = 1000, id = list.alarms[0]?.id ?? 0): AlarmList {
  const done = shelve(list, { id, owner: 'ana', reason: 'known', forMs }, at(60));
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value.list;
}
const states = (list: AlarmList): readonly string[] => list.alarms.map(({ state }) => state);

describe('an alarm that does not latch', () => {
  it('is unacknowledged, then acknowledged, and normal when its cause ends', () => {
    const list = raised(WARNING);
    expect(states(list)).toEqual(['unacknowledged']);
    expect(states(seen(list))).toEqual(['acknowledged']);
    expect(endAlarms(seen(list), all, at(90)).alarms).toEqual([]);
  });

  it('waits for somebody to see it when its cause ends first', () => {
    const over = endAlarms(raised(WARNING), all, at(90));
    expect([states(over), standing(over)]).toEqual([['returned-unacknowledged'], []]);
    expect(only(over).returnedTime).toBe(epochMs(1_000_090));
    expect(seen(over).alarms).toEqual([]);
  });

  it('comes anew under a new number when it comes again unseen, and is there once', () => {
    const again = raiseAlarm(endAlarms(raised(WARNING), all, at(90)), WARNING, at(95));
    expect([states(again), only(again).id]).toEqual([['unacknowledged'], 2]);
  });
});

describe('an alarm that latches', () => {
  it.each([
    ['unseen', (list: AlarmList) => list, 'latched-unacknowledged'],
    ['seen', seen, 'latched-acknowledged'],
  ])('stays after its cause, %s, until the reset at the cell', (_name, see, state) => {
    const gone = noteCauses(see(raised(ESTOP)), () => false, at(70));
    expect([states(gone), standing(gone)]).toEqual([[state], [ESTOP]]);
  });

  it('that is over is neither active nor first any more', () => {
    const over = only(endAlarms(raised(GUARD), all, at(9)));
    expect(over).toMatchObject({ stands: false, isActive: false, isFirstUp: false, returnedTime: 1_000_009 });
  });

  it('has returned while its cause is away, and not when it is back', () => {
    const list = raised(GUARD);
    const away = noteCauses(list, () => false, at(5));
    expect(only(away)).toMatchObject({ stands: true, isActive: false, returnedTime: 1_000_005 });
    expect(only(noteCauses(away, () => true, at(6)))).toMatchObject({ isActive: true, returnedTime: undefined });
  });

  it('among others is the one that is acknowledged, by who came first', () => {
    const list = raised(GUARD, WARNING);
    const first = acknowledge(list, 2, 'ana', at(5));
    if (!first.ok) throw new Error('refused');
    expect(first.value.alarm).toMatchObject({ id: 2, acknowledgedBy: 'ana' });
    const second = acknowledge(first.value.list, 2, 'ben', at(6));
    expect(second).toMatchObject({ ok: true, value: { alarm: { acknowledgedBy: 'ana' } } });
    expect(second.ok && second.value.list).toBe(first.value.list);
  });

  it('with nothing to end stays the very same list as time passes', () => {
    const list = raised(WARNING);
    expect(passTime(list, at(20_000))).toBe(list);
  });

  it('is there once, however often it is raised while it stands, and nothing changes then', () => {
    const list = raised(GUARD);
    expect(raiseAlarm(list, GUARD, at(9))).toBe(list);
    expect(endAlarms(list, ({ code }) => code === 4001, at(9))).toBe(list);
  });

  it('has to be seen anew when its cause comes back', () => {
    const gone = noteCauses(seen(raised(ESTOP)), () => false, at(70));
    expect(states(noteCauses(gone, () => true, at(80)))).toEqual(['unacknowledged']);
  });

  it('stands whatever is acknowledged or shelved: only its end takes it away', () => {
    const list = seen(raised(ESTOP));
    expect(shelve(list, { id: 1, owner: 'ana', reason: 'x', forMs: 1000 }, at(60)).ok).toBe(false);
    expect(standing(list)).toEqual([ESTOP]);
    expect(standing(endAlarms(list, all, at(90)))).toEqual([]);
  });
});

describe('first-up', () => {
  it('marks the alarm that stopped the unit first, and no other, until the reset', () => {
    const list = raised(WARNING, HOLD, GUARD, ESTOP);
    expect(list.alarms.map(({ isFirstUp }) => isFirstUp)).toEqual([false, false, true, false]);
    const reset = endAlarms(list, all, at(90));
    expect(reset.alarms.some(({ isFirstUp }) => isFirstUp)).toBe(false);
    expect(raiseAlarm(reset, ESTOP, at(99)).alarms.at(-1)?.isFirstUp).toBe(true);
  });
});

describe('shelving', () => {
  it('is for what neither stops nor holds the unit and is no bypass, whatever the fault', () => {
    for (const code of Object.keys(FAULTS).map(Number) as FaultCode[]) {
      const done = shelve(raised(fault(code)), { id: 1, owner: 'ana', reason: 'x', forMs: 1000 }, at(60));
      expect([code, done.ok]).toEqual([code, FAULTS[code].reaction === 'warn' && code !== 4401]);
      if (stopsUnit(code)) expect([code, mayBeShelved(code)]).toEqual([code, false]);
    }
  });

  it('names owner and end, covers the same alarm when it comes again, and ends by itself unacknowledged', () => {
    const list = shelved(raised(WARNING));
    expect(only(list)).toMatchObject({
      state: 'shelved',
      shelf: { owner: 'ana', reason: 'known', untilTime: 1_001_060 },
    });
    const again = raiseAlarm(endAlarms(list, all, at(70)), WARNING, at(80));
    expect(states(again)).toEqual(['shelved']);
    expect(states(passTime(again, at(1059)))).toEqual(['shelved']);
    expect(states(passTime(again, at(1060)))).toEqual(['unacknowledged']);
  });

  it('is of one fault, and of no other in the same place', () => {
    const program = { program: 'sort', reason: 'unit Idle' };
    const list = raised(fault(7003, program), fault(7004, program));
    expect(states(shelved(list))).toEqual(['shelved', 'unacknowledged']);
  });

  it('is taken off one alarm, and stays on the others, also when they come again', () => {
    const list = shelved(shelved(raised(WARNING, TEXT)), 1000, 2);
    const back = unshelve(list, 2);
    if (!back.ok) throw new Error('refused');
    expect(back.value.alarm).toMatchObject({ id: 2, state: 'unacknowledged' });
    expect(states(back.value.list)).toEqual(['shelved', 'unacknowledged']);
    const again = raiseAlarm(endAlarms(back.value.list, all, at(70)), WARNING, at(80));
    expect(again.alarms.at(-1)?.state).toBe('shelved');
  });

  it('lasts a millisecond at least, and is refused with the reason', () => {
    const ask = (raisedFault: Fault, forMs: number) =>
      shelve(raised(raisedFault), { id: 1, owner: 'ana', reason: 'r', forMs }, at(1));
    expect(ask(WARNING, 1).ok).toBe(true);
    const reasons = [ask(WARNING, 0), ask(GUARD, 1), ask(fault(4401, { stopFunction: 'guard' }), 1)];
    expect(reasons.map((answer) => (answer.ok ? '' : answer.error.detail['reason']))).toEqual([
      'not within 1 ms to 8 h',
      'it stops or holds the unit',
      'it stays in sight while it stands',
    ]);
  });

  it('ends by request, and then only', () => {
    const list = shelved(raised(WARNING));
    const back = unshelve(list, 1);
    expect(back.ok && states(back.value.list)).toEqual(['unacknowledged']);
    expect(back.ok && unshelve(back.value.list, 1)).toMatchObject({ ok: false, error: { code: 6015 } });
  });

  it('lasts a shift at most, and is refused for too many', () => {
    const code = (forMs: number): unknown => {
      const done = shelve(raised(WARNING), { id: 1, owner: 'ana', reason: 'x', forMs }, at(60));
      return done.ok || done.error.code;
    };
    expect([SHELVE_MS_MAX, SHELVE_MS_MAX + 1, 0, Number.NaN].map(code)).toEqual([true, 6015, 6015, 6015]);
    let list = NO_ALARMS;
    for (let place = 0; place < SHELVES_MAX; place += 1) {
      list = raiseAlarm(list, fault(7004, { program: 'p', text: `${place}` }), at(place));
      list = shelved(list, 10_000, place + 1);
    }
    const one = raiseAlarm(list, WARNING, at(99));
    expect(shelve(one, { id: SHELVES_MAX + 1, owner: 'a', reason: 'x', forMs: 1 }, at(99))).toMatchObject({
      ok: false,
    });
  });

  it('of an alarm that is not there says so', () => {
    const request = { id: 7, owner: 'a', reason: 'x', forMs: 1 };
    const answers = [acknowledge(NO_ALARMS, 7, 'a', at(0)), shelve(NO_ALARMS, request, at(0)), unshelve(NO_ALARMS, 7)];
    expect(answers.map((answer) => !answer.ok && answer.error.code)).toEqual([6014, 6014, 6014]);
  });
});

describe('suppressed by design', () => {
  it('is an alarm of a board that is gone anyway; it stands all the same, and shows when the other ends', () => {
    const gone = fault(1001, { board: 'arm', reason: 'silent' });
    const stale = fault(1007, { board: 'arm', ageMs: 60 });
    const list = raised(gone, stale, fault(1007, { board: 'belt', ageMs: 60 }));
    expect(states(list)).toEqual(['unacknowledged', 'suppressed-by-design', 'unacknowledged']);
    expect(standing(list)).toHaveLength(3);
    expect(states(endAlarms(list, ({ code }) => code === 1001, at(9)))[1]).toBe('unacknowledged');
    // Nobody was shown it: nobody has to say that it was seen.
    const over = endAlarms(list, ({ code, detail }) => code === 1007 && detail['board'] === 'arm', at(9));
    expect(over.alarms.map((alarm) => alarm.fault.detail['board'])).toEqual(['arm', 'belt']);
  });
});

describe('a flood', () => {
  const text = (place: number): Fault => fault(7004, { program: 'p', text: `${place}` });

  it('begins with more than ten alarms within ten seconds, and is over when they become few', () => {
    let list = NO_ALARMS;
    for (let place = 0; place <= FLOOD_ALARMS; place += 1) {
      expect(list.flood).toBeUndefined();
      list = raiseAlarm(list, text(place), at(place * 900));
    }
    expect(list.flood).toMatchObject({ number: 1, count: 11 });
    expect(list.alarms.map(({ flood }) => flood)).toEqual([...Array<number>(10).fill(0), 1]);
    list = raiseAlarm(list, text(99), at(9_900));
    expect(list.flood?.count).toBe(12);
    expect(passTime(list, at(15_000)).flood?.number).toBe(1);
    expect(passTime(list, at(19_000)).flood).toBeUndefined();
  });

  it('goes on while five came within ten seconds, and no longer', () => {
    let list = NO_ALARMS;
    for (let place = 0; place <= FLOOD_ALARMS; place += 1) list = raiseAlarm(list, text(place), at(place * 900));
    expect(passTime(list, at(14_500)).flood?.number).toBe(1);
    expect(passTime(list, at(15_400)).flood).toBeUndefined();
    expect(passTime(raised(WARNING), at(20_000))).toMatchObject({ flood: undefined, floods: 0 });
  });

  it('is none when alarms come slowly', () => {
    let list = NO_ALARMS;
    for (let place = 0; place < 40; place += 1) list = raiseAlarm(list, text(place), at(place * 1000));
    expect([list.flood, list.floods]).toEqual([undefined, 0]);
  });

  it('needs no more memory than the bounds say: warnings give way, stops never do', () => {
    let list = raised(ESTOP);
    for (let place = 0; place < 1000; place += 1) {
      const oldest = warningInTheWay(list);
      if (oldest !== undefined) list = endAlarms(list, (known) => known === oldest, at(place));
      list = raiseAlarm(list, text(place), at(place));
      expect(list.alarms.length).toBeLessThanOrEqual(1 + WARNINGS_MAX + RETURNED_MAX);
    }
    expect(list.alarms.filter(({ stands }) => stands)).toHaveLength(1 + WARNINGS_MAX);
    expect(list.alarms).toHaveLength(1 + WARNINGS_MAX + RETURNED_MAX);
    expect(list.recent.length).toBeLessThanOrEqual(FLOOD_ALARMS + 1);
    expect(standing(list)[0]).toBe(ESTOP);
    expect(warningInTheWay(list)).toEqual(text(1000 - WARNINGS_MAX));
  });
});

it('the bounds are those that people read', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/reference/alarms.md'), 'utf8');
  expect(page).toContain(`${WARNINGS_MAX} warnings and ${RETURNED_MAX} alarms that are over`);
  expect(page).toContain(`At most ${SHELVES_MAX} alarms are shelved`);
  expect(page).toContain(`an end within ${SHELVE_MS_MAX / 3_600_000} h`);
  expect([FLOOD_ALARMS, FLOOD_WINDOW_MS, FLOOD_ENDS_BELOW]).toEqual([10, 10_000, 5]);
  expect(page).toMatch(/more than ten alarms within ten seconds[\s\S]* fewer than five came within\s+ten seconds/);
});

it('an emergency stop and whatever takes the power away come first', () => {
  expect([4001, 9001, 1001, 4002, 3003, 7004].map((code) => priorityOf(code as FaultCode))).toEqual([
    'urgent',
    'urgent',
    'urgent',
    'high',
    'medium',
    'low',
  ]);
});
