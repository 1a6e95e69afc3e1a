// Goal: how soon a pressed emergency stop is carried out through the controller, and that power that returns starts nothing, seen at
// the pins of a whole simulated cell. Method: presses in many phases of the cycle, and starts with every combination of held inputs.
import { describe, expect, it } from 'vitest';
import { simulateCell } from '../../sim/testing.ts';
import { drivenOutputs, EXAMPLE, eventsOf, jobOf, readyCell, setMoving } from '../support/scenario.ts';

const PRESSES = 60;
/** From the edge at the board to what the controller made of it, carried out: two frames at 115,200 baud and a tick of 1 ms. */
const STOP_MS_MAX = 10;

/** What a person or a part may hold while power returns, each closed or open. */
const HELD = ['estop-a', 'estop-b', 'guard-door', 'reset-button', 'part-at-pick', 'part-present'] as const;
const COMBINATIONS = 2 ** HELD.length;

it('[O1] an emergency stop that the controller has to hear of first is carried out within 10 ms, in every phase of the cycle', async () => {
  using cell = await readyCell();
  const { order } = await setMoving(cell);
  for (let press = 0; press < PRESSES; press += 1) {
    // Not a divisor of the cycle: each press comes in another phase.
    await cell.advance(203.7);
    cell.press('estop');
    await cell.advance(700);
    cell.release('estop');
    await cell.advance(100);
    await cell.reset();
    await cell.resume(order.jobOrderId);
  }
  const timesMs = eventsOf(cell, 'stop-time').map(({ stopMs }) => stopMs);
  expect(timesMs).toHaveLength(PRESSES);
  expect(Math.max(...timesMs)).toBeLessThanOrEqual(STOP_MS_MAX);
  expect(Math.max(...timesMs) - Math.min(...timesMs)).toBeGreaterThan(1);
  expect(jobOf(cell, order.jobOrderId).state).toBe('Running');
});

describe('power that returns', () => {
  it(`[O11] starts nothing, whatever is held: ${COMBINATIONS} combinations`, async () => {
    using cell = await simulateCell(EXAMPLE);
    const driven: string[] = [];
    cell.onPinChange(() => driven.push(...drivenOutputs(cell)));
    for (let combination = 0; combination < COMBINATIONS; combination += 1) {
      cell.crashControl();
      cell.inject('uno-1', 'power-loss');
      await cell.advance(300);
      for (const [bit, input] of HELD.entries()) cell.override(input, (combination >> bit) & 1);
      cell.clearFault();
      await cell.startControl();
      await cell.advance(500);
      expect([cell.unit, driven, combination]).toEqual(['Stopped', [], combination]);
    }
    for (const input of HELD) cell.override(input, undefined);
    await cell.advance(500);
    await cell.reset();
    await cell.advance(500);
    expect([cell.unit, driven.length > 0]).toEqual(['Idle', true]);
  });
});
