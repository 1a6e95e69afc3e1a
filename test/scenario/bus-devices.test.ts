// Goal: thermometers on I2C and on one-wire and a buzzer as devices of a cell, one of them on a board with stock Firmata,
// from the file to what the cell publishes and what the pins do.
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';

const CELL = fileURLToPath(new URL('../../cells/spare-board/cell.yaml', import.meta.url));
const AMBIENT_C = 22;
const BUZZER_PIN = 11;
/** Links, the first conversion, and the reading that tells of it. */
const FIRST_READINGS_MS = 6000;

let cell: SimulatedCell;

async function start(): Promise<SimulatedCell> {
  cell = await simulateCell(CELL);
  return cell;
}

function deviceOf(name: string) {
  return cell.snapshot?.devices.find((device) => device.name === name);
}

/** When the buzzer begins and ends, and at which frequency, ms and Hz. */
function watchBuzzer(): readonly { readonly atMs: number; readonly toneHz: number }[] {
  const changes: { readonly atMs: number; readonly toneHz: number }[] = [];
  cell.onPinChange(({ board, pin, state, boardTimeUs }) => {
    if (board !== 'uno-1' || pin !== BUZZER_PIN || state.toneHz === (changes.at(-1)?.toneHz ?? 0)) return;
    changes.push({ atMs: boardTimeUs / 1000, toneHz: state.toneHz });
  });
  return changes;
}

afterEach(() => {
  cell[Symbol.dispose]();
});

describe('a cell with parts on buses', () => {
  it('publishes the ambient temperature from one-wire and from I2C, the latter over stock Firmata', async () => {
    await start();
    await cell.advance(FIRST_READINGS_MS);
    expect(deviceOf('motor-temperature')).toMatchObject({ value: AMBIENT_C, unit: 'degC', valid: true });
    expect(deviceOf('cabinet-temperature')).toMatchObject({ value: AMBIENT_C, unit: 'degC', valid: true });
  });

  it.each(['motor-temperature', 'cabinet-temperature'])('no longer believes a %s that is cut off', async (name) => {
    await start();
    await cell.advance(FIRST_READINGS_MS);
    cell.inject(name, 'broken-wire');
    await cell.advance(7000);
    expect(deviceOf(name)).toMatchObject({ valid: false });
    cell.clearFault(name);
    await cell.advance(7000);
    expect(deviceOf(name)).toMatchObject({ value: AMBIENT_C, valid: true });
  });

  it('finds a thermometer on one-wire that was not there when the cell started', async () => {
    await start();
    cell.inject('motor-temperature', 'broken-wire');
    cell.line('uno-1').unplug();
    await cell.advance(500);
    cell.line('uno-1').restore();
    await cell.advance(8000);
    expect(deviceOf('motor-temperature')).toMatchObject({ valid: false });
    cell.clearFault('motor-temperature');
    await cell.advance(12_000);
    expect(deviceOf('motor-temperature')).toMatchObject({ value: AMBIENT_C, valid: true });
  });

  it('sounds its buzzer once, for its time, as the unit starts, and at no other change', async () => {
    await start();
    await cell.advance(2000);
    const changes = watchBuzzer();
    await cell.reset();
    expect(cell.unit).toBe('Idle');
    expect(changes).toEqual([]);
    await cell.order('park');
    await cell.advance(1500);
    expect(changes.map(({ toneHz }) => toneHz)).toEqual([2000, 0]);
    const [began, ended] = changes;
    expect((ended?.atMs ?? 0) - (began?.atMs ?? 0)).toBeCloseTo(500, -1);
  });
});
