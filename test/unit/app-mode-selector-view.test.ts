// Where the mode selector stands, by the pins that `celda io` shows.
import { expect, it } from 'vitest';
import { viewSelector } from '../../src/app/mode-selector-view.ts';
import { type PinView, viewPins } from '../../src/app/pin-view.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { OPERATING_MODES, type OperatingMode } from '../../src/core/operating-mode.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { manualCell, SELECTOR } from '../support/manual-cell.ts';
import { smallModel } from '../support/small-cell.ts';

const cell = manualCell();

/** Pins of the board while these contacts are closed: the contacts close to ground. */
function pinsWith(closed: readonly string[]): readonly PinView[] {
  const [plan] = planBoards(cell);
  if (plan === undefined) throw new Error('the cell has a board');
  const inputs = plan.inputs.map(({ device }) => (closed.includes(device) ? 0 : 1));
  const outputs = plan.outputs.map(() => 0);
  const image = { receivedAt: monotonicMs(0), boardTimeUs: 0, receiptCycle: 0, inputs, outputs, armed: false };
  return viewPins(cell, plan, image);
}

it.each(OPERATING_MODES)('the contact of %s alone is closed: that is its position', (mode: OperatingMode) => {
  expect(viewSelector(cell, pinsWith([SELECTOR[mode]]))).toEqual({ position: mode });
});

it('has no position between two, nor with two contacts closed', () => {
  expect(viewSelector(cell, pinsWith([]))).toEqual({ position: undefined });
  expect(viewSelector(cell, pinsWith([SELECTOR.automatic, SELECTOR.maintenance]))).toEqual({ position: undefined });
});

it('says nothing for a cell without modes, for a silent board, and for one that lacks a contact of it', () => {
  const pins = pinsWith([SELECTOR.automatic]);
  expect(viewSelector(smallModel(), pins)).toBeUndefined();
  const [plan] = planBoards(cell);
  if (plan === undefined) throw new Error('the cell has a board');
  expect(viewSelector(cell, viewPins(cell, plan, undefined))).toBeUndefined();
  const others = pins.filter(({ device }) => device !== SELECTOR.maintenance);
  expect(viewSelector(cell, others)).toBeUndefined();
});
