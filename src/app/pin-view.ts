// What every pin of a board is and says, in the words of the cell. Pure.
import { analogState } from '../core/analog-scale.ts';
import { BOARD_PINS } from '../core/board-pins.ts';
import type { BoardPlan } from '../core/board-plan.ts';
import type { AnalogInputModel, CellModel, DeviceModel, PinName } from '../core/cell-model.ts';
import { pinsOfDevice } from '../core/device-pins.ts';
import { scaleCounts } from '../devices/analog.ts';
import type { BoardImage } from '../ports/board-port.ts';

interface PinBase {
  readonly pin: PinName;
  /** Undefined for a pin that the cell does not use. */
  readonly device: string | undefined;
}

/** Values are undefined while the board says nothing. */
export type PinView =
  | (PinBase & {
      readonly role: 'digital-input';
      readonly level: number | undefined;
      readonly isClosed: boolean | undefined;
    })
  | (PinBase & {
      readonly role: 'analog-input';
      readonly counts: number | undefined;
      readonly unit: string;
      /** Undefined too outside the plausible range: a broken sensor or wire. */
      readonly value: number | undefined;
    })
  | (PinBase & {
      readonly role: 'digital-output';
      readonly hazardous: boolean;
      /** Read back from the pin. */
      readonly level: number | undefined;
      readonly isOn: boolean | undefined;
    })
  | (PinBase & {
      readonly role: 'servo';
      /** Width of the last pulses, µs; 0 when there were none since the board started. */
      readonly lastPulseUs: number | undefined;
    })
  /** Step or direction pin. */
  | (PinBase & {
      readonly role: 'axis';
      /** Pulses given since the board's boot, forward less backward; at the step pin only. */
      readonly steps: number | undefined;
    })
  /** Johnny-Five has it, when a cell runs. */
  | (PinBase & { readonly role: 'catalogue' })
  | (PinBase & { readonly role: 'unused' });

/** @returns every pin of the board, in the order of its headers */
export function viewPins(cell: CellModel, plan: BoardPlan, image: BoardImage | undefined): readonly PinView[] {
  const own = cell.devices.filter((device) => 'board' in device && device.board === plan.board.name);
  return BOARD_PINS[plan.board.kind].map(({ name, number }) => {
    const device = own.find((each) => pinsOfDevice(each).includes(name));
    if (device === undefined) return { pin: name, device: undefined, role: 'unused' };
    const raw =
      image?.inputs[plan.inputs.findIndex(({ pin }) => pin === number)] ??
      image?.outputs[plan.outputs.findIndex(({ pin }) => pin === number)];
    return viewDevice(name, device, raw);
  });
}

function viewDevice(pin: PinName, device: DeviceModel, raw: number | undefined): PinView {
  const base = { pin, device: device.name };
  switch (device.kind) {
    case 'digital-input': {
      const isClosed = raw === undefined ? undefined : (raw === 1) === (device.closedWhen === 'high');
      return { ...base, role: 'digital-input', level: raw, isClosed };
    }
    case 'analog-input':
      return { ...base, role: 'analog-input', unit: device.unit, ...analogView(device, raw) };
    case 'digital-output': {
      const isOn = raw === undefined ? undefined : (raw === 1) === device.activeHigh;
      return { ...base, role: 'digital-output', hazardous: device.hazardous, level: raw, isOn };
    }
    case 'servo':
      return { ...base, role: 'servo', lastPulseUs: raw };
    case 'stepper-axis':
      return { ...base, role: 'axis', steps: pin === device.stepPin ? raw : undefined };
    default:
      return { ...base, role: 'catalogue' };
  }
}

function analogView(device: AnalogInputModel, word: number | undefined) {
  if (word === undefined) return { counts: undefined, value: undefined };
  return { counts: analogState(word).counts, value: scaleCounts(device, word) };
}
