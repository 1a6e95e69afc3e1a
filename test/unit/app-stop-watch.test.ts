// How a stop is timed at a board by its images.
import { expect, it } from 'vitest';
import { StopWatch } from '../../src/app/commission/stop-watch.ts';
import { demandsOf } from '../../src/commissioning/demands.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardImage } from '../../src/ports/board-port.ts';
import { smallModel } from '../support/small-cell.ts';

const cell = smallModel();
const stop = cell.safety.stopFunctions.find(({ name }) => name === 'guard-stop');
const [plan] = planBoards(cell);
if (stop === undefined || plan === undefined) throw new Error('the small cell has a guard stop on one board');
const [demand] = demandsOf(cell, stop);
if (demand === undefined) throw new Error('the guard stop has a demand');

/** The cell enabled with belt and power on, but for what is said. The door is closed at level 0, the valve is safe at 1. */
function image(boardMs: number, raw: Readonly<Record<string, number>> = {}, armed = true): BoardImage {
  const levels: Readonly<Record<string, number>> = { valve: 0, motor: 1, power: 1, ...raw };
  return {
    receivedAt: monotonicMs(boardMs + 3),
    boardTimeUs: boardMs * 1000,
    receiptCycle: 1,
    inputs: plan?.inputs.map(({ device }) => levels[device] ?? 0) ?? [],
    outputs: plan?.outputs.map(({ device }) => levels[device] ?? 1500) ?? [],
    armed,
  };
}

const SAFE = { valve: 1, motor: 0, power: 0 };

function watching(...images: readonly BoardImage[]): StopWatch {
  if (stop === undefined || demand === undefined) throw new Error('checked above');
  const watch = new StopWatch(cell, stop, demand);
  for (const each of images) watch.see('uno-1', each);
  return watch;
}

it('counts from the image in which the door is open to the one in which every output reads back safe', () => {
  const watch = watching(
    image(0),
    image(10, { door: 1 }),
    image(30, { door: 1, ...SAFE, power: 1 }),
    image(70, { door: 1, ...SAFE }, false),
    image(90, { door: 1, ...SAFE }, false),
  );
  expect([watch.safeAfterMs, watch.unsafe, watch.demandedAt]).toEqual([60, [], 13]);
  expect(watch.energised).toContain('motor');
});

it('has no time while an output is not safe, and none before the door is open', () => {
  expect(watching(image(0, SAFE, false)).safeAfterMs).toBeUndefined();
  const watch = watching(image(0), image(10, { door: 1 }), image(500, { door: 1, ...SAFE, motor: 1 }, false));
  expect([watch.safeAfterMs, watch.unsafe]).toEqual([undefined, ['motor']]);
});

it('says which outputs show nothing by their pins: servos on a board that stays armed', () => {
  const watch = watching(image(0), image(10, { door: 1, ...SAFE }));
  expect(watch.unread).toEqual(['base', 'shoulder', 'elbow', 'wrist']);
});

it('names nothing as energised that was safe already, and knows when the door is closed again', () => {
  const watch = watching(image(0, SAFE, false), image(10, { door: 1, ...SAFE }, false));
  expect([watch.energised, watch.isReleased]).toEqual([[], false]);
  watch.see('uno-1', image(20, SAFE, false));
  expect([watch.isReleased, watch.safeAfterMs]).toEqual([true, 0]);
});
