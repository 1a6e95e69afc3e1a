// Goal: a protective stop is suspended only in maintenance, by a person with a name and a reason, after a reset at the cell, visibly, and
// never for long; whatever ends a bypass while power is on stops the cell. Method: whole cycles of a cell with modes.
import { describe, expect, it } from 'vitest';
import { acknowledge, shelve } from '../../src/core/alarm-list.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { BYPASS_MS_MAX, BYPASS_PENDING_MS_MAX } from '../../src/core/bypass.ts';
import type { CellReply } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import type { OperatingMode } from '../../src/core/operating-mode.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { CycleRig } from '../support/cycle-rig.ts';
import { manualCell, SELECTOR } from '../support/manual-cell.ts';

/** The cover counts in every mode, so that only a bypass lets anything be enabled while it is open. */
const COVERED = {
  'devices.cover-contact': { kind: 'digital-input', board: 'uno-1', closedWhen: 'low', pin: 'D36' },
  'safety.blocks.cover': {
    type: 'SF_Guard',
    switch1: 'cover-contact',
    switch2: 'cover-contact',
    discrepancyTimeMs: 500,
    reset: 'reset',
  },
  'safety.stopFunctions.cover-stop': {
    permission: 'cover',
    category: 1,
    timeLimitMs: 500,
    role: 'protective-stop',
    outputs: ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'],
  },
  // An emergency stop, whatever role its stop function has.
  'safety.stopFunctions.far-stop': { permission: 'estop', category: 0, role: 'protective-stop', outputs: ['motor'] },
};

class BypassRig extends CycleRig {
  constructor(mode: OperatingMode = 'maintenance') {
    super(manualCell(COVERED));
    for (const name of ['estop-a', 'estop-b', 'mode-key', 'enable-2']) this.closed.add(name);
    this.select(mode);
    this.run(5);
    this.pressReset();
  }

  select(mode: OperatingMode): void {
    for (const contact of Object.values(SELECTOR)) this.closed.delete(contact);
    this.closed.add(SELECTOR[mode]);
  }

  pressReset(): void {
    this.closed.add('reset');
    this.run(2);
    this.closed.delete('reset');
    this.run(8);
  }

  ask(
    changes: Partial<{ stopFunction: string; by: string; reason: string; forMs: number }> = {},
  ): CellReply | undefined {
    const asked = { stopFunction: 'cover-stop', by: 'ana', reason: 'align', forMs: 60_000, ...changes };
    return this.request({ kind: 'bypass', requestId: 'b', ...asked });
  }

  /** Bypassed, and the unit enabled with the cover open. */
  enabledRig(): this {
    this.ask();
    this.pressReset();
    this.pressReset();
    expect([this.state.unit, this.state.enabled, this.codes]).toEqual(['Idle', true, [4401]]);
    return this;
  }

  runMs(timeMs: number): void {
    this.run(Math.ceil(timeMs / this.context.cell.cyclePeriodMs));
  }

  get codes(): readonly number[] {
    return this.state.alarms.map(({ code }) => code);
  }

  get hows(): readonly string[] {
    return this.events.flatMap((event) => (event.kind === 'bypass' ? [event.how] : []));
  }

  isPermitted(name = 'cover-stop'): boolean {
    return this.state.safety.stops.find((stop) => stop.name === name)?.phase === 'permitted';
  }
}

/** Bypassed, and nothing enabled yet. */
function bypassedRig(): BypassRig {
  const rig = new BypassRig();
  rig.ask();
  rig.pressReset();
  return rig;
}

function causeOf(reply: CellReply | undefined): unknown {
  return reply?.ok === false ? [reply.fault.code, reply.fault.detail['cause']] : reply;
}

describe('a bypass is refused', () => {
  it.each([
    ['of a stop function that does not exist', { stopFunction: 'nothing' }, 'unknown'],
    ['of the emergency stop', { stopFunction: 'estop-stop' }, 'role'],
    ['of a protective stop that an emergency stop feeds', { stopFunction: 'far-stop' }, 'role'],
    ['of an enabling device', { stopFunction: 'service-enabling' }, 'role'],
    ['without an owner', { by: ' ' }, 'by'],
    ['without a reason', { reason: '' }, 'reason'],
    ['for no time', { forMs: 0 }, 'time'],
    ['for a time that is no number', { forMs: Number.NaN }, 'time'],
    ['for more than eight hours', { forMs: BYPASS_MS_MAX + 1 }, 'time'],
  ])('%s', (_title, changes, cause) => {
    const rig = new BypassRig();
    const name = rig.context.cell.safety.stopFunctions.find(({ role }) => role === 'emergency-stop')?.name;
    const isEstop = 'stopFunction' in changes && changes.stopFunction === 'estop-stop';
    expect(causeOf(rig.ask(isEstop ? { stopFunction: name ?? '' } : changes))).toEqual([4403, cause]);
    expect(rig.events.filter(({ kind }) => kind === 'bypass-refused')).toMatchObject([
      { cause: { detail: { cause } } },
    ]);
    rig.pressReset();
    expect([rig.state.bypasses, rig.codes.includes(4401)]).toEqual([[], false]);
  });

  it.each(['automatic', 'manualReducedSpeed'] as const)('in %s', (mode) => {
    const rig = new BypassRig(mode);
    expect(causeOf(rig.ask())).toEqual([4403, 'mode']);
  });

  it('while the cell is enabled, and of what is bypassed already', () => {
    const rig = new BypassRig();
    rig.ask();
    expect(causeOf(rig.ask())).toEqual([4403, 'already-asked-for']);
    rig.pressReset();
    rig.pressReset();
    expect(causeOf(rig.ask({ stopFunction: 'guard-stop' }))).toEqual([4403, 'enabled']);
  });
});

describe('a bypass that was asked for', () => {
  it('is allowed for eight hours', () => {
    expect(new BypassRig().ask({ forMs: BYPASS_MS_MAX })).toMatchObject({ ok: true, bypass: { isActive: false } });
  });

  it('suspends nothing before a reset at the cell follows it', () => {
    const rig = new BypassRig();
    rig.closed.add('reset');
    rig.run(3);
    rig.ask();
    rig.run(20);
    expect([rig.isPermitted(), rig.codes.includes(4401), rig.state.bypasses[0]?.isActive]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('counts from the press on, which enables nothing by itself', () => {
    const rig = new BypassRig();
    rig.ask();
    rig.pressReset();
    expect([rig.isPermitted(), rig.state.unit, rig.state.enabled]).toEqual([true, 'Stopped', false]);
    expect(rig.events.filter(({ kind }) => kind === 'reset')).toEqual([]);
    expect(
      rig.events.filter((event) => event.kind === 'alarm' && event.active && event.fault.code === 4013),
    ).toHaveLength(1);
    expect(rig.hows).toEqual(['asked-for', 'began']);
    expect(rig.state.alarms.find(({ code }) => code === 4401)?.detail).toMatchObject({
      stopFunction: 'cover-stop',
      by: 'ana',
      reason: 'align',
    });
  });

  it('lets the cell be enabled with its safeguard open by one more press, and no other stop less', () => {
    const rig = new BypassRig().enabledRig();
    rig.closed.delete('estop-a');
    rig.run(3);
    expect(rig.state.enabled && rig.state.unit === 'Idle').toBe(false);
  });

  it('is forgotten when no reset follows within a minute', () => {
    const rig = new BypassRig();
    rig.ask({ forMs: BYPASS_MS_MAX });
    rig.step({}, BYPASS_PENDING_MS_MAX);
    rig.pressReset();
    expect([rig.state.bypasses, rig.isPermitted(), rig.hows]).toEqual([[], false, ['asked-for', 'not-confirmed']]);
  });
});

describe('a bypass and a reset that cross', () => {
  it('never suspend anything while the cell is enabled, and its end is no stop then', () => {
    const rig = new BypassRig();
    rig.closed.add('cover-contact');
    rig.run(5);
    rig.closed.add('reset');
    expect([rig.ask()?.ok, rig.state.enabled]).toEqual([true, false]);
    rig.closed.delete('reset');
    rig.run(8);
    expect(rig.state.enabled).toBe(true);
    rig.pressReset();
    expect([rig.state.bypasses[0]?.isActive, rig.codes]).toEqual([false, []]);
    rig.runMs(61_000);
    expect([rig.state.bypasses, rig.state.enabled, rig.codes]).toEqual([[], true, []]);
  });

  it('enable nothing before the boards watch again what was bypassed', () => {
    const rig = new BypassRig();
    rig.ask();
    rig.pressReset();
    rig.closed.add('cover-contact');
    rig.run(5);
    rig.request({ kind: 'clear-bypass', requestId: 'c', stopFunction: 'cover-stop', by: 'ben' });
    rig.pressReset();
    expect([rig.state.enabled, rig.state.watched.bypassed]).toEqual([false, []]);
    rig.pressReset();
    expect([rig.state.enabled, rig.state.watched.bypassed]).toEqual([true, []]);
  });
});

describe('a bypass ends, and an enabled cell stops,', () => {
  function expectStopped(rig: BypassRig, how: string): void {
    expect([rig.state.bypasses, rig.codes.includes(4401), rig.hows.at(-1)]).toEqual([[], false, how]);
    expect(rig.codes).toContain(4402);
    expect([rig.state.unit === 'Idle', rig.isPermitted()]).toEqual([false, false]);
    rig.runMs(1500);
    expect([rig.state.unit, rig.state.enabled]).toEqual(['Stopped', false]);
    rig.pressReset();
    expect(rig.state.enabled).toBe(false);
  }

  it('with its time', () => {
    const rig = new BypassRig().enabledRig();
    rig.runMs(61_000);
    expectStopped(rig, 'expired');
  });

  it('with the mode, in the very cycle in which the selector leaves maintenance', () => {
    const rig = new BypassRig().enabledRig();
    rig.closed.delete(SELECTOR.maintenance);
    rig.step();
    expect([rig.state.bypasses, rig.isPermitted()]).toEqual([[], false]);
    rig.run(2);
    expectStopped(rig, 'mode');
  });

  it('when somebody clears it', () => {
    const rig = new BypassRig().enabledRig();
    rig.request({ kind: 'clear-bypass', requestId: 'c', stopFunction: 'cover-stop', by: 'ben' });
    rig.run(2);
    expectStopped(rig, 'cleared');
    expect(rig.events.find((event) => event.kind === 'bypass' && event.how === 'cleared')).toMatchObject({ by: 'ben' });
  });

  it('and nothing is there to be cleared twice', () => {
    const clear = { kind: 'clear-bypass', requestId: 'c', stopFunction: 'cover-stop', by: 'ben' } as const;
    expect(causeOf(new BypassRig().request(clear))).toEqual([4403, 'not-bypassed']);
  });

  it('with the control process: a new run knows of none', () => {
    expect(new CycleRig(manualCell(COVERED)).state.bypasses).toEqual([]);
  });
});

describe('a bypass is seen', () => {
  it('in every snapshot, with owner, reason and end', () => {
    const rig = new BypassRig().enabledRig();
    expect(rig.step().snapshot?.bypasses).toMatchObject([
      { stopFunction: 'cover-stop', by: 'ana', reason: 'align', isActive: true },
    ]);
  });

  it('as an alarm that nobody can shelve, that acknowledging leaves, and that no flood of warnings drives out', () => {
    const rig = new BypassRig().enabledRig();
    const stamp = { now: monotonicMs(rig.now), wall: epochMs(0) };
    const id = rig.state.alarmList.alarms.find((alarm) => alarm.fault.code === 4401)?.id ?? -1;
    expect(shelve(rig.state.alarmList, { id, owner: 'ana', reason: 'r', forMs: 1000 }, stamp)).toMatchObject({
      ok: false,
      error: { code: 6015 },
    });
    expect(acknowledge(rig.state.alarmList, id, 'ana', stamp)).toMatchObject({
      ok: true,
      value: { alarm: { stands: true } },
    });
    const warnings = Array.from({ length: 300 }, (_, place) => fault(1008, { board: `b${place}` }));
    rig.step({ faults: warnings });
    expect(rig.codes).toContain(4401);
  });
});

describe('boards and a bypass', () => {
  it('a board that cannot be proven names what it watches in this mode, and not what it watched before', () => {
    const rig = new BypassRig();
    const told = (): unknown => rig.events.findLast((event) => event.kind === 'link' && event.state === 'unproven');
    rig.link = 'unproven';
    rig.step();
    expect(told()).toMatchObject({ openInputs: ['enable-1', 'cover-contact'] });
    rig.link = 'stopped';
    rig.ask();
    rig.pressReset();
    rig.link = 'unproven';
    rig.step();
    expect(told()).toMatchObject({ openInputs: ['enable-1'] });
  });

  it('outlasts that its board is told anew, and cannot be read meanwhile: that is no turn of the selector', () => {
    const rig = new BypassRig();
    rig.ask();
    rig.pressReset();
    const unread = rig.boards().map((board) => ({ ...board, link: 'connecting' as const, image: undefined }));
    for (let cycle = 0; cycle < 20; cycle += 1) rig.step({ boards: unread });
    expect([rig.hows, rig.isPermitted()]).toEqual([['asked-for', 'began'], false]);
    rig.run(5);
    expect([rig.state.bypasses.length, rig.isPermitted(), rig.state.enabled]).toEqual([1, true, false]);
    rig.select('automatic');
    rig.run(2);
    expect([rig.hows.at(-1), rig.isPermitted()]).toEqual(['mode', false]);
  });

  it('ends when a board is lost, whether the cell is enabled or not', () => {
    for (const rig of [new BypassRig().enabledRig(), bypassedRig()]) {
      const cause = fault(1001, { board: 'uno-1', reason: 'silent' });
      rig.step({ boards: rig.boards().map((board) => ({ ...board, link: 'down' as const, cause, image: undefined })) });
      expect([rig.hows.at(-1), rig.isPermitted()]).toEqual(['mode', false]);
    }
  });

  it('do not watch what is bypassed, and watch it again after', () => {
    const rig = new BypassRig();
    const isWatched = (watch = rig.state.watched): boolean =>
      planBoards(rig.context.cell, watch).some(({ inputs, outputs }) =>
        outputs.some(({ permits }) => permits.some((slot) => inputs[slot]?.device === 'cover-contact')),
      );
    expect(isWatched()).toBe(true);
    rig.enabledRig();
    expect(isWatched()).toBe(false);
    rig.request({ kind: 'clear-bypass', requestId: 'c', stopFunction: 'cover-stop', by: 'ben' });
    rig.runMs(1500);
    expect(isWatched()).toBe(true);
  });

  it('are told only while they drive nothing, because it takes their power away', () => {
    const rig = new BypassRig().enabledRig();
    rig.closed.add('enable-1');
    // Longer than the rest of an enabling device.
    rig.run(20);
    expect(rig.link).toBe('armed');
    rig.request({ kind: 'clear-bypass', requestId: 'c', stopFunction: 'cover-stop', by: 'ben' });
    let told = 0;
    for (let cycle = 0; cycle < 100; cycle += 1) {
      const before = rig.link;
      if (rig.step().watch === undefined) continue;
      told += 1;
      expect([before, rig.state.enabled]).toEqual(['stopped', false]);
    }
    expect(told).toBe(1);
  });
});
