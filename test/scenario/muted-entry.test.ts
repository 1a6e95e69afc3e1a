// Goods pass a light curtain that they mute, a person does not; and a door lets nobody in before the car stands, and nothing move before
// it is locked again.
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { alarmCodes, eventsOf, jobOf } from '../support/scenario.ts';

const MUTED = 'cells/muted-entry/cell.yaml';
const UNLOCK_PIN = 22;

async function readyCell(): Promise<SimulatedCell> {
  const cell = await simulateCell(MUTED);
  await cell.advance(100);
  // The first press starts the muting block, which looks anew in the step after: the unit takes the second.
  await cell.reset();
  await cell.reset();
  expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  return cell;
}

const carMm = (cell: SimulatedCell): number => cell.plant.axes[0]?.positionMm ?? Number.NaN;

async function bringing(): Promise<SimulatedCell> {
  const cell = await readyCell();
  await cell.order('bring', { count: 1 }, 'bring');
  await cell.until(() => carMm(cell) < 25, 20_000);
  return cell;
}

async function stopsAt(cell: SimulatedCell): Promise<number> {
  await cell.until(() => cell.unit === 'Stopped', 15_000);
  return carMm(cell);
}

describe('a light curtain that goods mute', () => {
  it('lets them pass, there and back, and stops nothing', async () => {
    using cell = await readyCell();
    await cell.order('bring', { count: 2 }, 'bring');
    const entry = (): string | undefined => cell.snapshot?.safety.find(({ name }) => name === 'entry')?.diagCode;
    await cell.until(() => entry() === '8012', 20_000);
    await cell.until(() => entry() === '8021', 20_000);
    await cell.until(() => jobOf(cell, 'bring').state === 'Ended', 60_000);
    expect(jobOf(cell, 'bring')).toMatchObject({ producedQuantity: 2 });
    expect([eventsOf(cell, 'stop'), alarmCodes(cell)]).toEqual([[], []]);
  });

  it('stops the car for a person in it, who is not on all the sensors', async () => {
    using cell = await bringing();
    cell.override('curtain', 0);
    const stood = await stopsAt(cell);
    await cell.advance(2_000);
    expect(carMm(cell)).toBe(stood);
    expect(eventsOf(cell, 'stop')[0]).toMatchObject({
      stopFunction: 'entry-stop',
      cause: { code: 4002, detail: { block: 'entry', diagCode: '8802' } },
    });
  });

  it('stops the car when the muting lamp does not work, goods or not', async () => {
    using cell = await bringing();
    await cell.until(() => carMm(cell) > 120, 10_000);
    cell.set('lamp-works', false);
    await stopsAt(cell);
    expect(eventsOf(cell, 'stop')[0]).toMatchObject({ cause: { detail: { block: 'entry', diagCode: 'C003' } } });
  });

  it('does not take an empty car for goods', async () => {
    using cell = await bringing();
    cell.set('goods-on-car', false);
    await stopsAt(cell);
    expect(eventsOf(cell, 'stop')[0]).toMatchObject({ cause: { detail: { block: 'entry' } } });
    expect(carMm(cell)).toBeLessThan(110);
  });
});

describe('a door with a lock', () => {
  it('is let go at standstill alone, and nothing moves before it is closed, locked and reset', async () => {
    using cell = await bringing();
    const isUnlocked = (): boolean => cell.board().pin(UNLOCK_PIN).level === 1;
    cell.set('unlock-button', true);
    await cell.until(() => isUnlocked() || jobOf(cell, 'bring').state === 'Ended', 20_000);
    const stood = carMm(cell);
    await cell.advance(200);
    expect([isUnlocked(), carMm(cell), eventsOf(cell, 'stop')[0]?.stopFunction]).toEqual([true, stood, 'door-stop']);
    cell.press('guard');
    await cell.advance(1_000);
    await cell.reset();
    expect(cell.unit).toBe('Stopped');
    cell.set('unlock-button', false);
    cell.release('guard');
    await cell.advance(500);
    expect([isUnlocked(), carMm(cell), cell.unit]).toEqual([false, stood, 'Stopped']);
    await cell.reset();
    await cell.reset();
    expect([cell.unit, carMm(cell)]).toEqual(['Idle', stood]);
  });
});
