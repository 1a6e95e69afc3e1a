// Goal: a sensor that cannot be believed holds or stops the cell as its file says, and the alarm names it.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { alarmCodes, eventsOf, jobOf, setMoving } from '../support/scenario.ts';

const GUARDED = 'cells/guarded-cell/cell.yaml';

/** The guarded cell with the sensor of the belt and the vacuum reacting as a test wants. */
function cellWith(changes: readonly (readonly [from: string, to: string])[]): string {
  let text = readFileSync(GUARDED, 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the guarded cell does not say: ${from}`);
    text = text.replace(from, to);
  }
  const path = join(mkdtempSync(join(tmpdir(), 'celda-sensor-')), 'cell.yaml');
  writeFileSync(path, text);
  return path;
}

async function moving(path = GUARDED): Promise<SimulatedCell> {
  const cell = await simulateCell(path);
  await cell.advance(100);
  await cell.reset();
  await setMoving(cell);
  return cell;
}

function lastAlarm(cell: SimulatedCell) {
  return eventsOf(cell, 'alarm').findLast(({ active }) => active)?.fault;
}

describe('a sensor that holds', () => {
  it('[N5] holds the order while it is out of range, and lets it go on when it is mended', async () => {
    using cell = await moving();
    cell.inject('vacuum-pressure', 'broken-wire');
    await cell.until(() => cell.unit === 'Held', 2000);
    expect(lastAlarm(cell)).toEqual({ code: 4101, detail: { device: 'vacuum-pressure' } });
    expect(jobOf(cell, 'job-1').state).toBe('Interrupted');
    await cell.resume('job-1');
    await cell.until(() => cell.unit === 'Held', 500);
    cell.clearFault('vacuum-pressure');
    await cell.advance(100);
    await cell.resume('job-1');
    await cell.until(() => jobOf(cell, 'job-1').state === 'Ended', 90_000);
    expect(alarmCodes(cell)).toEqual([]);
  });

  // Images come every 10 ms: one of the two is between two of them, where only the board can see it.
  it.each([2, 7])('[N5] holds the order when its wire was broken for 5 ms, %i ms into a cycle', async (phaseMs) => {
    using cell = await moving();
    await cell.advance(phaseMs);
    cell.inject('vacuum-pressure', 'broken-wire');
    await cell.advance(5);
    cell.clearFault('vacuum-pressure');
    await cell.until(() => cell.unit === 'Held', 500);
    expect(lastAlarm(cell)).toEqual({ code: 4101, detail: { device: 'vacuum-pressure' } });
  });

  it('[N6] holds the order when it is frozen', async () => {
    using cell = await moving(cellWith([['changesWithinMs: 40000', 'changesWithinMs: 2000']]));
    cell.inject('vacuum-pressure', 'frozen');
    await cell.until(() => cell.unit === 'Held', 4000);
    expect(lastAlarm(cell)).toEqual({ code: 4102, detail: { device: 'vacuum-pressure' } });
  });

  it('[N8] holds the order when it jumps', async () => {
    using cell = await moving(cellWith([['changesWithinMs: 40000', 'rateMaxPerS: 900']]));
    cell.inject('vacuum-pressure', 'noise', 400);
    await cell.until(() => cell.unit === 'Held', 2000);
    expect(lastAlarm(cell)?.code).toBeOneOf([4101, 4103]);
  });
});

describe('a sensor that serves safety', () => {
  it.each([
    ['[N5] has a broken wire', 'broken-wire', undefined],
    ['[N8] jumps', 'noise', 300],
  ])('stops the cell when it %s, and refuses the reset for so long', async (_title, kind, amount) => {
    using cell = await moving();
    cell.inject('shoulder-angle', kind, amount);
    await cell.until(() => alarmCodes(cell).includes(4110), 1000);
    await cell.advance(2000);
    expect(cell.unit).toBe('Stopped');
    expect(cell.snapshot?.alarms[0]?.detail).toMatchObject({ device: 'shoulder-angle' });
    await cell.reset();
    expect(cell.unit).toBe('Stopped');
    expect(lastAlarm(cell)).toMatchObject({ code: 4013, detail: { sensors: 'shoulder-angle' } });
    cell.clearFault('shoulder-angle');
    await cell.advance(500);
    await cell.reset();
    expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  });

  it('stops the cell when a second sensor of the same thing says something else', async () => {
    const path = cellWith([
      [
        '    rateMaxPerS: 400',
        '    agreesWith: { input: shoulder-angle, within: 200, forMs: 100 }\n    rateMaxPerS: 400',
      ],
    ]);
    using cell = await moving(path);
    expect(alarmCodes(cell)).toEqual([]);
    cell.inject('shoulder-angle', 'broken-wire');
    await cell.until(() => eventsOf(cell, 'alarm').some(({ fault }) => fault.detail['check'] === 'disagrees'), 1000);
    const told = eventsOf(cell, 'alarm').find(({ fault }) => fault.detail['check'] === 'disagrees')?.fault;
    expect(told).toEqual({ code: 4110, detail: { device: 'base-angle', check: 'disagrees' } });
  });

  it('[N6] that is stuck and read by a safety block counts as its demand', async () => {
    const path = cellWith([
      ['    description: Cover of the belt\n', '    description: Cover of the belt\n    changesWithinMs: 1500\n'],
    ]);
    using cell = await moving(path);
    await cell.until(() => cell.unit !== 'Execute', 5000);
    await cell.advance(300);
    expect(lastAlarm(cell)).toMatchObject({ code: 4002, detail: { stopFunction: 'cover-stop' } });
  });
});
