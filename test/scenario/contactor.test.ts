// Goal: a contactor that does not follow its output stops the cell, and cannot be switched on again before it is mended.
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { alarmCodes, eventsOf, jobOf, setMoving } from '../support/scenario.ts';

const GUARDED = 'cells/guarded-cell/cell.yaml';
const POWER_PIN = 22;
const CONTACTOR = 'actuator-power';

async function guardedCell(): Promise<SimulatedCell> {
  const cell = await simulateCell(GUARDED);
  await cell.advance(100);
  return cell;
}

function isDriven(cell: SimulatedCell): boolean {
  return cell.board().pin(POWER_PIN).level === 1;
}

function told(cell: SimulatedCell): readonly unknown[] {
  return eventsOf(cell, 'alarm').flatMap(({ fault, active }) =>
    fault.code === 4201 && active ? [fault.detail['diagCode']] : [],
  );
}

function diagCodeOf(cell: SimulatedCell): string | undefined {
  return cell.snapshot?.safety.find(({ name }) => name === 'power-monitoring')?.diagCode;
}

describe('a contactor with feedback', () => {
  it('that is sound lets the cell work, stop and start again', async () => {
    using cell = await guardedCell();
    await cell.reset();
    expect([cell.unit, isDriven(cell)]).toEqual(['Idle', true]);
    await setMoving(cell);
    cell.press('estop');
    await cell.advance(2000);
    expect(isDriven(cell)).toBe(false);
    cell.release('estop');
    await cell.advance(200);
    await cell.reset();
    await cell.resume('job-1');
    await cell.until(() => jobOf(cell, 'job-1').state === 'Ended', 90_000);
    expect(told(cell)).toEqual([]);
  });

  it('[A1] that is welded is found as it should drop out, and is not switched on again until it has', async () => {
    using cell = await guardedCell();
    await cell.reset();
    await setMoving(cell);
    cell.inject(CONTACTOR, 'welded');
    cell.press('estop');
    await cell.advance(2000);
    expect([cell.unit, told(cell)]).toEqual(['Aborted', ['C060']]);
    cell.release('estop');
    await cell.advance(200);
    for (let turn = 0; turn < 3; turn += 1) {
      await cell.reset();
      expect([cell.unit, isDriven(cell)]).toEqual(['Aborted', false]);
    }
    // The one that the cell was started by.
    expect(eventsOf(cell, 'reset')).toHaveLength(1);
    cell.clearFault(CONTACTOR);
    await cell.advance(200);
    expect([cell.unit, isDriven(cell)]).toEqual(['Aborted', false]);
    await cell.reset();
    expect([cell.unit, isDriven(cell), alarmCodes(cell)]).toEqual(['Idle', true, []]);
  });

  it('[A1] that is welded before the cell is started is not switched on', async () => {
    using cell = await guardedCell();
    cell.inject(CONTACTOR, 'welded');
    await cell.advance(100);
    let wasDriven = false;
    cell.onPinChange(({ pin, state }) => {
      if (pin === POWER_PIN && state.level === 1) wasDriven = true;
    });
    await cell.reset();
    await cell.advance(1000);
    expect([cell.unit, wasDriven, told(cell).length]).toEqual(['Aborted', false, 1]);
  });

  it('that does not pull in stops the cell within its monitoring time', async () => {
    using cell = await guardedCell();
    cell.inject(CONTACTOR, 'does-not-pull-in');
    await cell.reset();
    await cell.advance(300);
    expect([cell.unit, isDriven(cell), told(cell)]).toEqual(['Aborted', false, ['C090']]);
  });

  it('that has not dropped out yet when reset is pressed is not switched on, and is told as it was found: open when switching on', async () => {
    using cell = await guardedCell();
    await cell.reset();
    // A contactor that takes its time: its mirror contact is still open.
    cell.override('power-off-a', 0);
    cell.press('estop');
    await cell.advance(60);
    cell.release('estop');
    await cell.advance(40);
    let wasDriven = false;
    cell.onPinChange(({ pin, state }) => {
      if (pin === POWER_PIN && state.level === 1) wasDriven = true;
    });
    cell.press('reset');
    await cell.until(() => told(cell).length > 0, 150);
    expect([told(cell), wasDriven]).toEqual([['C030'], false]);
    await cell.advance(200);
    expect([told(cell), wasDriven, cell.unit]).toEqual([['C030'], false, 'Aborted']);
    cell.release('reset');
    cell.override('power-off-a', undefined);
    await cell.advance(200);
    await cell.reset();
    expect([cell.unit, isDriven(cell), alarmCodes(cell)]).toEqual(['Idle', true, []]);
  });

  it('that drops out by itself while the arm moves stops the cell', async () => {
    using cell = await guardedCell();
    await cell.reset();
    await setMoving(cell);
    cell.inject(CONTACTOR, 'does-not-pull-in');
    await cell.advance(300);
    expect([isDriven(cell), told(cell)]).toEqual([false, ['C090']]);
  });

  it('is not blamed for a board that is away, and needs one reset when it is back', async () => {
    using cell = await guardedCell();
    await cell.reset();
    cell.press('estop');
    await cell.advance(2_000);
    cell.line().unplug();
    await cell.advance(100);
    cell.line().restore();
    await cell.advance(2_000);
    expect([told(cell), diagCodeOf(cell)]).toEqual([[], 'C060']);
    cell.release('estop');
    await cell.advance(2_000);
    await cell.reset();
    expect([cell.unit, isDriven(cell), diagCodeOf(cell)]).toEqual(['Idle', true, '8000']);
  });

  it('[A1] that is welded while its board is away is told when it can be read again', async () => {
    using cell = await guardedCell();
    await cell.reset();
    cell.press('estop');
    await cell.advance(2_000);
    cell.line().unplug();
    await cell.advance(1_000);
    cell.inject(CONTACTOR, 'welded');
    await cell.advance(1_000);
    expect(told(cell)).toEqual([]);
    cell.line().restore();
    await cell.advance(2_000);
    expect(told(cell)).toEqual(['C060']);
  });
});
