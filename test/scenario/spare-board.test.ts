// Goal: a cell with a second board that has stock Firmata on it, in its whole: what it carries works, and what its loss
// stops is what needs it and nothing else.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import type { Fault } from '../../src/core/faults.ts';

const CELL = fileURLToPath(new URL('../../cells/spare-board/cell.yaml', import.meta.url));
const LAMP = 3;
const RED = 8;

let cell: SimulatedCell;

async function start(): Promise<SimulatedCell> {
  cell = await simulateCell(CELL);
  return cell;
}

async function ready(): Promise<SimulatedCell> {
  await start();
  await cell.reset();
  expect(cell.unit).toBe('Idle');
  return cell;
}

function alarms(): readonly Fault[] {
  return cell.snapshot?.alarms ?? [];
}

function deviceOf(name: string) {
  return cell.snapshot?.devices.find((device) => device.name === name);
}

function linkOf(board: string) {
  return cell.snapshot?.boards.find(({ name }) => name === board)?.link;
}

function jobOf(jobOrderId: string) {
  return cell.jobs.get(jobOrderId);
}

afterEach(() => {
  cell[Symbol.dispose]();
});

describe('a cell with a stock Firmata board', () => {
  it('shows its inputs and its stack light before any reset', async () => {
    await start();
    await cell.advance(1500);
    expect(linkOf('spare')).toBe('stopped');
    expect(deviceOf('tray-full')).toMatchObject({ value: 0, valid: true });
    expect(deviceOf('supply-pressure')?.value).toBeCloseTo(5, 1);
    expect(deviceOf('temperature')).toMatchObject({ value: 22, valid: true });
    expect(cell.board('spare').pin(RED)).toMatchObject({ mode: 'output', level: 1 });
  });

  it('lets steps wait for its inputs and programs switch its outputs', async () => {
    await ready();
    cell.press('tray-full');
    await cell.order('pick-and-place', { count: 1 }, 'j1');
    await cell.advance(8000);
    expect(cell.board('spare').pin(LAMP).level).toBe(1);
    expect(jobOf('j1')).toMatchObject({ state: 'Running', producedQuantity: 0 });
    cell.release('tray-full');
    await cell.until(() => jobOf('j1')?.state === 'Ended', 60_000);
    expect(jobOf('j1')).toMatchObject({ producedQuantity: 1 });
    expect(cell.board('spare').pin(LAMP).level).toBe(0);
    expect(alarms()).toEqual([]);
  });

  it('goes on with a job while the board is lost and no step needs it, with an alarm that goes when it is back', async () => {
    await ready();
    await cell.order('park', {}, 'p1');
    await cell.advance(200);
    cell.line('spare').unplug();
    await cell.advance(300);
    expect(alarms()).toMatchObject([{ code: 1008, detail: { board: 'spare', reason: 'unplugged' } }]);
    expect(deviceOf('tray-full')).toMatchObject({ valid: false });
    await cell.until(() => jobOf('p1')?.state === 'Ended', 20_000);
    expect(cell.unit).toBe('Idle');
    cell.line('spare').restore();
    await cell.until(() => linkOf('spare') === 'armed', 5000);
    expect(alarms()).toEqual([]);
    expect(deviceOf('tray-full')).toMatchObject({ valid: true });
  });

  it('holds the job whose step reads an input of the lost board, and says why', async () => {
    await ready();
    cell.press('tray-full');
    await cell.order('pick-and-place', { count: 1 }, 'j1');
    await cell.advance(8000);
    cell.line('spare').unplug();
    await cell.until(() => cell.unit === 'Held', 2000);
    expect(jobOf('j1')).toMatchObject({
      state: 'Interrupted',
      reason: { code: 3005, detail: { device: 'tray-full', board: 'spare', link: 'down' } },
    });
    await cell.advance(300);
    cell.line('spare').restore();
    cell.release('tray-full');
    await cell.until(() => linkOf('spare') === 'armed', 5000);
    await cell.resume('j1');
    await cell.until(() => jobOf('j1')?.state === 'Ended', 60_000);
  });

  it('can be reset and run without the board', async () => {
    await start();
    cell.line('spare').unplug();
    await cell.advance(500);
    await cell.reset();
    expect(linkOf('spare')).toBe('down');
    expect(cell.unit).toBe('Idle');
  });

  it('notices within a second that the board has fallen silent, though no port was closed', async () => {
    await ready();
    cell.inject('spare', 'cut');
    await cell.advance(700);
    expect(alarms()).toMatchObject([{ code: 1008, detail: { board: 'spare', reason: 'silent' } }]);
    expect(cell.unit).toBe('Idle');
    cell.clearFault('spare', 'cut');
    await cell.until(() => linkOf('spare') === 'armed', 10_000);
  });

  it('[S19] notices within a second that the board was reset, and sets it up anew', async () => {
    await ready();
    cell.press('tray-full');
    await cell.advance(300);
    expect(cell.board('spare').pin(LAMP).level).toBe(1);
    cell.inject('spare', 'power-loss');
    await cell.advance(20);
    cell.clearFault('spare', 'power-loss');
    await cell.advance(1000);
    expect(cell.events.map(({ body }) => body)).toContainEqual(
      expect.objectContaining({
        kind: 'alarm',
        active: true,
        fault: { code: 1008, detail: { board: 'spare', reason: 'restarted' } },
      }),
    );
    await cell.until(() => linkOf('spare') === 'armed', 5000);
    expect(cell.board('spare').pin(LAMP).level).toBe(1);
  });

  it('switches its outputs off at a stop, and does not stop for them', async () => {
    await ready();
    cell.press('tray-full');
    await cell.advance(300);
    cell.press('estop');
    await cell.advance(1000);
    expect(cell.unit).toBe('Aborted');
    expect(cell.board('spare').pin(RED).mode).toBe('output');
    expect(linkOf('spare')).toBe('stopped');
    expect(cell.board('spare').pin(LAMP).level).toBe(0);
  });

  it('has no stop time, since it gives no receipts; the board beside it has', async () => {
    await ready();
    await cell.advance(500);
    cell.press('estop');
    await cell.advance(1000);
    const boards = cell.snapshot?.boards ?? [];
    const timed = boards.map(({ name, stopTime: { samples, stops } }) => [name, samples > 0, stops]);
    expect(timed).toEqual([
      ['uno-1', true, 1],
      ['spare', false, 0],
    ]);
    const told = cell.events.flatMap(({ body }) => (body.kind === 'stop-time' ? [body.board] : []));
    expect(told).toEqual(['uno-1']);
  });

  it('leaves its outputs as they are when the controller is gone: why nothing on it may hurt', async () => {
    await ready();
    cell.press('tray-full');
    await cell.advance(300);
    cell.crashControl();
    await cell.advance(60_000);
    expect(cell.board('spare').pin(LAMP)).toMatchObject({ mode: 'output', level: 1 });
    // The board with the Celda firmware has let go of everything meanwhile.
    expect(cell.board('uno-1').pin(12)).toMatchObject({ level: 0 });
  });

  it('gives the same run for the same seed', async () => {
    const run = async (): Promise<string> => {
      await ready();
      cell.press('tray-full');
      await cell.advance(500);
      cell.release('tray-full');
      await cell.order('pick-and-place', { count: 1 }, 'j1');
      await cell.until(() => jobOf('j1')?.state === 'Ended', 60_000);
      return cell.traceHash;
    };
    const first = await run();
    cell[Symbol.dispose]();
    expect(await run()).toBe(first);
  });
});
