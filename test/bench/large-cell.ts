// A cell of any size as a plain model, spread over as many boards as its pins need: larger than a file would describe.
import { BOARD_PINS } from '../../src/core/board-pins.ts';
import type { CellModel, DeviceModel, PinName } from '../../src/core/cell-model.ts';
import { boardModel } from '../support/wire-samples.ts';
import { dancingCell, SAFETY_INPUTS } from './dancing-cell.ts';

const ESTOP_AND_GUARD = SAFETY_INPUTS.slice(0, 3);

interface LargeCellOptions {
  /** Inputs and switched outputs, >= 8: half inputs, a quarter of those analog, half outputs. */
  readonly signals: number;
  readonly axes: number;
  readonly cyclePeriodMs: number;
}

function servo(index: number): Omit<Extract<DeviceModel, { kind: 'servo' }>, 'board' | 'pin'> {
  return {
    name: `axis-${index}`,
    description: '',
    kind: 'servo',
    minDeg: -90,
    maxDeg: 90,
    velocityMaxDegPerS: 120,
    accelerationMaxDegPerS2: 600,
    pulseAtMinUs: 600,
    pulseAtMaxUs: 2400,
    parkDeg: 0,
    safe: 'off',
  };
}

type Unplaced<Device> = Device extends DeviceModel ? Omit<Device, 'board' | 'pin'> : never;

function signal(index: number, signals: number): Unplaced<DeviceModel> {
  const safety = SAFETY_INPUTS[index];
  const description = '';
  if (safety !== undefined || index < signals / 2) {
    const isAnalog = safety === undefined && index % 4 === 3;
    const name = safety ?? `input-${index}`;
    if (!isAnalog)
      return { name, description, kind: 'digital-input', closedWhen: 'low', closeFilterMs: 0, openFilterMs: 0 };
    const scale = [
      { counts: 0, value: 0 },
      { counts: 1023, value: 10 },
    ] as const;
    return { name, description, kind: 'analog-input', unit: 'bar', scale, plausibleMin: 0, plausibleMax: 10 };
  }
  const output = { description, activeHigh: true, hazardous: true, safe: 'off' as const };
  const name = index === signals - 1 ? 'power' : `output-${index}`;
  return { ...output, name, kind: 'digital-output', onWhileEnabled: name === 'power' };
}

/** A cell whose arm never rests. Not checked by the configuration: `planBoards` is the judge of its pins. */
export function largeCell({ signals, axes, cyclePeriodMs }: LargeCellOptions): CellModel {
  const pins: readonly PinName[] = BOARD_PINS.uno.map(({ name }) => name);
  const unplaced = [
    ...Array.from({ length: signals }, (_, index) => signal(index, signals)),
    ...Array.from({ length: axes }, (_, index) => servo(index)),
  ];
  const boards = Array.from({ length: Math.ceil(unplaced.length / pins.length) }, (_, index) =>
    boardModel({ name: `board-${index}`, baud: 500_000, validityMs: 50 }),
  );
  const devices = unplaced.map((device, index): DeviceModel => {
    const board = `board-${Math.floor(index / pins.length)}`;
    return { ...device, board, pin: pins[index % pins.length] ?? '' } as DeviceModel;
  });
  return dancingCell({ name: `large-${signals}`, cyclePeriodMs, boards, devices });
}

/** Devices that must be closed for the cell to move. */
export const CLOSED_IN_MOTION: readonly string[] = ESTOP_AND_GUARD;
