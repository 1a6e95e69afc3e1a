// Boards that would let go too late, and stops that would come too late: neither gets as far as a moving arm.
import { describe, expect, it } from 'vitest';
import { simulateCell } from '../../sim/testing.ts';
import { describeLinks } from '../../src/app/link-lines.ts';
import {
  alarmCodes,
  changedExample,
  drivenOutputs,
  EXAMPLE,
  eventsOf,
  readyCell,
  setMoving,
} from '../support/scenario.ts';

const LEASE_MS = 100;

function withBudget(ms: number): string {
  return changedExample('cyclePeriodMs: 20', `stopTimeBudgetMs: ${ms}\n  cyclePeriodMs: 20`);
}

describe('a board', () => {
  it('has proven its lease before the cell can be reset, and everybody can read how', async () => {
    const cell = await simulateCell(EXAMPLE);
    const [told] = eventsOf(cell, 'lease-proof');
    expect(told).toMatchObject({ board: 'uno-1', proof: { leaseMs: LEASE_MS, energised: [] } });
    expect(told?.proof.safeByMs).toBeLessThanOrEqual(LEASE_MS + 1);
    expect(cell.snapshot?.boards[0]?.leaseProof).toEqual(told?.proof);
  });

  it.each([10, 50, 1900])('that lets go %i ms too late is refused, and drives nothing', async (lateMs) => {
    const cell = await readyCell();
    cell.inject('uno-1', 'power-loss');
    cell.inject('uno-1', 'late-lease', lateMs);
    await cell.advance(500);
    cell.clearFault('uno-1', 'power-loss');
    await cell.advance(6000);
    expect(cell.snapshot?.boards[0]).toMatchObject({ link: 'down', cause: { code: 1011, detail: { found: 'late' } } });
    await cell.reset();
    expect([cell.unit === 'Idle', drivenOutputs(cell)]).toEqual([false, []]);
    // Right firmware, flashed: the board starts anew.
    cell.clearFault();
    cell.inject('uno-1', 'power-loss');
    await cell.advance(100);
    cell.clearFault();
    await cell.until(() => cell.snapshot?.boards[0]?.link === 'stopped', 10_000);
    await cell.advance(200);
    await cell.reset();
    expect(cell.unit).toBe('Idle');
  });
});

describe('the link of a running cell', () => {
  it('is measured and published with the board, and told at the end', async () => {
    const cell = await readyCell();
    await cell.advance(2000);
    const [board] = cell.snapshot?.boards ?? [];
    const { baud, lineUse, roundTrip } = board?.linkFigures ?? {};
    expect(baud).toBe(115_200);
    expect(lineUse?.toBoard).toBeGreaterThan(0.05);
    expect(lineUse?.toHost).toBeGreaterThan(0.05);
    expect(roundTrip?.p50Ms).toBe(board?.roundTripMs);
    expect(describeLinks(cell.snapshot?.boards ?? [])).toEqual([
      expect.stringMatching(
        /^board uno-1: line of 115200 baud, \d+ % to the board, \d+ % back; round trip p50 [4-9]\.\d ms/,
      ),
    ]);
  });
});

describe('the stop time', () => {
  it('of a running cell is known without a stop, and a real stop is among the times', async () => {
    const cell = await readyCell();
    await setMoving(cell);
    await cell.advance(3000);
    const before = cell.snapshot?.boards[0]?.stopTime;
    expect(before?.samples).toBeGreaterThan(150);
    expect(before?.stops).toBe(0);
    // Two frames at 115,200 baud take 5 to 6 ms; the board has a tick of 1 ms.
    expect(before?.p50Ms).toBeGreaterThan(4);
    expect(before?.maxMs).toBeLessThan(15);
    cell.press('estop');
    await cell.advance(300);
    const after = cell.snapshot?.boards[0]?.stopTime;
    expect(after?.stops).toBeGreaterThan(0);
    const told = eventsOf(cell, 'stop-time');
    expect(told.at(-1)?.stopMs).toBe(after?.lastStopMs);
    expect(after?.stopMaxMs).toBeGreaterThan(3);
    expect(after?.stopMaxMs).toBeLessThan(15);
  });

  it('within its budget lets the cell run', async () => {
    const cell = await simulateCell(withBudget(20));
    await cell.advance(2000);
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  });

  it('beyond its budget on a slow line stops the cell, which cannot be reset until the line is fast again', async () => {
    const cell = await simulateCell(withBudget(20));
    await cell.advance(2000);
    await cell.reset();
    await setMoving(cell);
    cell.inject('uno-1', 'delay', 10);
    await cell.advance(4000);
    expect(alarmCodes(cell)).toContain(4011);
    expect(drivenOutputs(cell)).toEqual([]);
    await cell.reset();
    expect(cell.unit).not.toBe('Idle');
    cell.clearFault();
    await cell.advance(12_000);
    await cell.reset();
    expect(cell.unit).toBe('Idle');
  });

  it('that is not known yet lets nobody reset, and says so', async () => {
    const cell = await simulateCell(withBudget(20));
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Stopped', [4012]]);
  });
});
