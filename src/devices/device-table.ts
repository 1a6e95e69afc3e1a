// Where each device of a cell lives: board and slot. Made once at start; every cycle reads and writes through it.
import { type BoardPlan, planBoards } from '../core/board-plan.ts';
import type {
  AnalogInputModel,
  BuzzerModel,
  CellModel,
  ConveyorModel,
  DigitalInputModel,
  DigitalOutputModel,
  JointModel,
  StackLightModel,
  ThermometerModel,
  VacuumGripperModel,
} from '../core/cell-model.ts';

/** Index of a board in the cell, and of a slot in its plan. */
export interface Place {
  readonly board: number;
  readonly slot: number;
}

export interface Placed<M> extends Place {
  readonly model: M;
}

export interface DeviceTable {
  readonly plans: readonly BoardPlan[];
  /** In the order of the cell: the joint index everywhere. */
  readonly joints: readonly Placed<JointModel>[];
  readonly digitalInputs: ReadonlyMap<string, Placed<DigitalInputModel>>;
  readonly analogInputs: ReadonlyMap<string, Placed<AnalogInputModel>>;
  readonly digitalOutputs: ReadonlyMap<string, Placed<DigitalOutputModel>>;
  readonly grippers: ReadonlyMap<string, VacuumGripperModel>;
  readonly conveyors: ReadonlyMap<string, ConveyorModel>;
  readonly stackLights: readonly StackLightModel[];
  readonly thermometers: readonly ThermometerModel[];
  readonly buzzers: readonly BuzzerModel[];
}

function placesByDevice(plans: readonly BoardPlan[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  plans.forEach((plan, board) => {
    for (const slots of [plan.inputs, plan.outputs]) {
      // An axis has two slots, of which the first is its place.
      for (const [slot, { device }] of slots.entries()) if (!places.has(device)) places.set(device, { board, slot });
    }
  });
  return places;
}

/** Pure; the cell model must have passed its checks. */
export function buildDeviceTable(cell: CellModel): DeviceTable {
  const plans = planBoards(cell);
  const places = placesByDevice(plans);
  const placed = <M extends { readonly name: string }>(model: M): Placed<M> => {
    const place = places.get(model.name);
    if (place === undefined) throw new Error(`device ${model.name} has no slot: the cell model was not checked`);
    return { ...place, model };
  };
  const table = {
    plans,
    joints: [] as Placed<JointModel>[],
    digitalInputs: new Map<string, Placed<DigitalInputModel>>(),
    analogInputs: new Map<string, Placed<AnalogInputModel>>(),
    digitalOutputs: new Map<string, Placed<DigitalOutputModel>>(),
    grippers: new Map<string, VacuumGripperModel>(),
    conveyors: new Map<string, ConveyorModel>(),
    stackLights: [] as StackLightModel[],
    thermometers: [] as ThermometerModel[],
    buzzers: [] as BuzzerModel[],
  };
  for (const device of cell.devices) {
    switch (device.kind) {
      case 'servo':
      case 'stepper-axis':
        table.joints.push(placed(device));
        break;
      case 'digital-input':
        table.digitalInputs.set(device.name, placed(device));
        break;
      case 'analog-input':
        table.analogInputs.set(device.name, placed(device));
        break;
      case 'digital-output':
        table.digitalOutputs.set(device.name, placed(device));
        break;
      case 'vacuum-gripper':
        table.grippers.set(device.name, device);
        break;
      case 'conveyor':
        table.conveyors.set(device.name, device);
        break;
      case 'stack-light':
        table.stackLights.push(device);
        break;
      case 'thermometer':
        table.thermometers.push(device);
        break;
      case 'buzzer':
        table.buzzers.push(device);
        break;
      default:
        device satisfies never;
    }
  }
  return table;
}
