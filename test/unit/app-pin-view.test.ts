// Raw values of a board's image in the words of the cell.
import { expect, it } from 'vitest';
import { viewPins } from '../../src/app/pin-view.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardImage } from '../../src/ports/board-port.ts';
import { simCell } from '../support/sim-cell.ts';

const cell = simCell();
const plan = planBoards(cell).find(({ board }) => board.name === 'main');
if (plan === undefined) throw new Error('the cell has a board');

/** An image in which these devices have these raw values, and all others 0. */
function image(raw: Readonly<Record<string, number>>): BoardImage {
  const valueFor = ({ device }: { readonly device: string }): number => raw[device] ?? 0;
  const [inputs, outputs] = [plan?.inputs.map(valueFor) ?? [], plan?.outputs.map(valueFor) ?? []];
  return { receivedAt: monotonicMs(0), boardTimeUs: 0, receiptCycle: 0, inputs, outputs, armed: false };
}

function view(raw: Readonly<Record<string, number>> | undefined, pin: string) {
  return viewPins(cell, plan ?? fail(), raw && image(raw)).find((each) => each.pin === pin);
}

function fail(): never {
  throw new Error('the cell has a board');
}

it.each([
  ['D2', { 'estop-a': 0 }, { device: 'estop-a', level: 0, isClosed: true }],
  ['D2', { 'estop-a': 1 }, { device: 'estop-a', level: 1, isClosed: false }],
  ['A4', { 'in-cup': 1 }, { device: 'in-cup', level: 1, isClosed: true }],
  ['A0', { vacuum: 920 }, { device: 'vacuum', counts: 920, unit: 'kPa', value: 0 }],
  ['A0', { vacuum: 0 }, { counts: 0, value: undefined }],
  ['D8', { valve: 1 }, { device: 'valve', level: 1, isOn: true, hazardous: true }],
  ['D12', { 'belt-motor': 0 }, { device: 'belt-motor', level: 0, isOn: true }],
  ['D9', { base: 1500 }, { device: 'base', role: 'servo', lastPulseUs: 1500 }],
  ['A1', {}, { device: 'ambient', role: 'catalogue' }],
  ['D13', {}, { device: undefined, role: 'unused' }],
])('%s with %o', (pin, raw, expected) => expect(view(raw, pin)).toMatchObject(expected));

it('says nothing of pins while the board says nothing', () => {
  expect(view(undefined, 'D2')).toMatchObject({ device: 'estop-a', level: undefined, isClosed: undefined });
  expect(view(undefined, 'A0')).toMatchObject({ counts: undefined, value: undefined });
});

it('shows every pin of the board once', () => {
  const names = viewPins(cell, plan, undefined).map(({ pin }) => pin);
  expect([names.length, new Set(names).size]).toEqual([18, 18]);
});
