// A cell of so many Arduino Unos with the same parts each: four digital inputs, two analog, two outputs and three servos.
// The first board's digital inputs are those of the safety functions.
import type { CellModel, DeviceModel } from '../../src/core/cell-model.ts';
import { boardModel } from '../support/wire-samples.ts';
import { dancingCell, SAFETY_INPUTS } from './dancing-cell.ts';

export const CYCLE_MS = 10;
const SERVO_PINS = ['D9', 'D10', 'D11'] as const;
const INPUT_PINS = ['D2', 'D4', 'D7', 'D8'] as const;
const ANALOG_PINS = ['A0', 'A1'] as const;
const OUTPUT_PINS = ['D12', 'D13'] as const;

/** What must be low for the cell to move, and what is pulled low to enable it; pins of the first board. */
export const SAFETY_PINS = { closed: [2, 4, 7], reset: 8 } as const;

function boardName(index: number): string {
  return `board-${index}`;
}

export function boardUid(index: number): string {
  return `53494d00000000${index.toString(16).padStart(2, '0')}`;
}

function devicesOf(index: number): readonly DeviceModel[] {
  const board = boardName(index);
  const description = '';
  const inputs = INPUT_PINS.map((pin, at): DeviceModel => {
    const name = index === 0 ? (SAFETY_INPUTS[at] ?? '') : `input-${index}-${at}`;
    return {
      name,
      description,
      board,
      pin,
      kind: 'digital-input',
      closedWhen: 'low',
      closeFilterMs: 2,
      openFilterMs: 0,
    };
  });
  const scale = [
    { counts: 0, value: 0 },
    { counts: 1023, value: 10 },
  ] as const;
  const analogs = ANALOG_PINS.map((pin, at): DeviceModel => {
    const name = `level-${index}-${at}`;
    return {
      name,
      description,
      board,
      pin,
      kind: 'analog-input',
      unit: 'bar',
      scale,
      plausibleMin: 0,
      plausibleMax: 10,
    };
  });
  const outputs = OUTPUT_PINS.map((pin, at): DeviceModel => {
    const onWhileEnabled = at === 0;
    const name = onWhileEnabled ? `power-${index}` : `valve-${index}`;
    return {
      name,
      description,
      board,
      pin,
      kind: 'digital-output',
      activeHigh: true,
      hazardous: true,
      safe: 'off',
      onWhileEnabled,
    };
  });
  const servos = SERVO_PINS.map(
    (pin, at): DeviceModel => ({
      name: axisName(index, at),
      description,
      board,
      pin,
      kind: 'servo',
      minDeg: -90,
      maxDeg: 90,
      velocityMaxDegPerS: 120,
      accelerationMaxDegPerS2: 600,
      pulseAtMinUs: 600,
      pulseAtMaxUs: 2400,
      parkDeg: 0,
      safe: 'off',
    }),
  );
  return [...inputs, ...analogs, ...outputs, ...servos];
}

function axisName(board: number, axis: number): string {
  return `axis-${board}-${axis}`;
}

/** Not checked by the configuration: the boards are the judges of their pins. */
export function manyBoardsCell(boards: number): CellModel {
  const indices = Array.from({ length: boards }, (_, index) => index);
  return dancingCell({
    name: `boards-${boards}`,
    cyclePeriodMs: CYCLE_MS,
    boards: indices.map((index) =>
      boardModel({
        name: boardName(index),
        uid: boardUid(index),
        baud: 500_000,
        leaseMs: 500,
        validityMs: 250,
      }),
    ),
    devices: indices.flatMap(devicesOf),
  });
}
