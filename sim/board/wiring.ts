// Which pin of a board goes to which device: the cables between one board and the simulated world.
import { firstAnalogPinOf, pinNumber } from '../../src/core/board-pins.ts';
import type { BoardModel, CellModel, DeviceModel, PinName } from '../../src/core/cell-model.ts';
import { LAMP_COLOURS } from '../../src/core/stack-light.ts';
import type { BoardWorld, PinState } from './board-pins.ts';
import { createBuses, isAnalog } from './sim-buses.ts';
import type { SimWorld } from './sim-world.ts';

export interface Wiring extends BoardWorld {
  /** To be called whenever what a pin does has changed: drives the plant. */
  pinChanged(pin: number, state: PinState): void;
}

type Sink = (world: SimWorld, state: PinState) => void;

/**
 * Connects a board of the cell to the world.
 * @throws Error when the cell has no such board or a device is on a pin that the board does not have (a defect: unchecked cell)
 */
export function createWiring(cell: CellModel, boardName: string, world: SimWorld): Wiring {
  const board = cell.boards.find((candidate) => candidate.name === boardName);
  if (board === undefined) throw new Error(`cell ${cell.name} has no board ${boardName}`);
  const digitalInputs: ((pullUp: boolean) => 0 | 1)[] = [];
  const analogInputs: (() => number)[] = [];
  const outputs: string[] = [];
  const sinks = new Map<number, Sink>();
  for (const device of cell.devices) {
    if (!('board' in device) || device.board !== boardName) continue;
    if (device.kind === 'digital-input') digitalInputs[numberOf(board, device.pin)] = world.levelOf(device.name);
    if (device.kind === 'digital-output') outputs[numberOf(board, device.pin)] = device.name;
    if (device.kind === 'analog-input' || (device.kind === 'thermometer' && isAnalog(device))) {
      analogInputs[numberOf(board, device.pin) - firstAnalogPinOf(board.kind)] = world.countsOf(device.name);
    }
    for (const [pin, sink] of sinksOf(board, device)) sinks.set(pin, sink);
  }
  return {
    ...createBuses(cell, board, world),
    digitalLevel: (pin, pullUp) => digitalInputs[pin]?.(pullUp) ?? (pullUp ? 1 : 0),
    outputLevel(pin, driven) {
      const output = outputs[pin];
      return (output === undefined ? undefined : world.heldLevel(output)) ?? driven;
    },
    levelsVersion: () => world.levelsVersion,
    analogCounts: (channel) => analogInputs[channel]?.() ?? 0,
    pinChanged(pin, state) {
      sinks.get(pin)?.(world, state);
    },
  };
}

function numberOf(board: BoardModel, name: PinName): number {
  const number = pinNumber(board.kind, name);
  if (number === undefined) throw new Error(`board ${board.name} has no pin ${name}`);
  return number;
}

function sinksOf(board: BoardModel, device: DeviceModel): readonly (readonly [number, Sink])[] {
  switch (device.kind) {
    case 'servo':
      return [[numberOf(board, device.pin), (world, state) => world.driveServo(device.name, state.pulseUs)]];
    case 'stepper-axis': {
      const { invertDirection } = device;
      let isLow = true;
      return [
        [
          numberOf(board, device.stepPin),
          (world, { level }) => {
            if (level === 1) world.stepAxis(device.name, isLow !== invertDirection);
          },
        ],
        [
          numberOf(board, device.directionPin),
          (_world, { level }) => {
            isLow = level === 0;
          },
        ],
      ];
    }
    case 'digital-output':
      return [
        [numberOf(board, device.pin), (world, state) => world.driveOutput(device.name, isOn(state, device.activeHigh))],
      ];
    case 'stack-light':
      return LAMP_COLOURS.flatMap((lamp): readonly (readonly [number, Sink])[] => {
        const pin = device[lamp];
        if (pin === undefined) return [];
        return [[numberOf(board, pin), (world, state) => world.driveLamp(device.name, lamp, isOn(state, true))]];
      });
    case 'buzzer':
      return [[numberOf(board, device.pin), (world, { toneHz }) => world.driveTone(device.name, toneHz > 0)]];
    case 'digital-input':
    case 'analog-input':
    case 'thermometer':
    case 'vacuum-gripper':
    case 'conveyor':
      return [];
    default:
      return device satisfies never;
  }
}

/** A pin that is no output leaves what it feeds off: drivers of actuators have their own resistor towards off. */
function isOn(state: PinState, activeHigh: boolean): boolean {
  if (state.mode === 'pwm') return state.dutyPercent > 0;
  return state.mode === 'output' && (state.level === 1) === activeHigh;
}
