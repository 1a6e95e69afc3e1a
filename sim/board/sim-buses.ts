// The buses of a simulated board, with the parts of the cell that are on them.
import { pinNumber } from '../../src/core/board-pins.ts';
import type {
  AnalogThermometerModel,
  BoardModel,
  CellModel,
  DeviceModel,
  I2cThermometerModel,
  OneWireThermometerModel,
  ThermometerModel,
} from '../../src/core/cell-model.ts';
import type { BoardWorld } from './board-pins.ts';
import { Ds18b20 } from './ds18b20.ts';
import { I2cBus, type I2cDevice } from './i2c-bus.ts';
import { createMcp9808 } from './mcp9808.ts';
import { OneWireBus } from './one-wire-bus.ts';
import type { SimWorld } from './sim-world.ts';

/** Whether a thermometer gives a voltage, not messages on a bus. */
export function isAnalog(device: ThermometerModel): device is AnalogThermometerModel {
  return device.controller !== 'DS18B20' && device.controller !== 'MCP9808';
}

/** What a part measures, and whether it answers at all. */
function sensorOf(world: SimWorld, device: ThermometerModel) {
  const measured = world.celsiusOf(device.name);
  return { celsius: () => measured() ?? 0, isThere: () => measured() !== undefined };
}

function i2cPart(world: SimWorld, device: I2cThermometerModel): I2cDevice {
  return createMcp9808({ ...sensorOf(world, device), address: device.address });
}

/** @param serial tells it from the others of the cell */
function oneWirePart(world: SimWorld, device: OneWireThermometerModel, serial: number): OneWireBus {
  return new OneWireBus([new Ds18b20({ ...sensorOf(world, device), serial, nowMs: () => world.nowMs })]);
}

/** @throws Error when a device is on a pin that the board does not have (a defect: unchecked cell) */
export function createBuses(
  cell: CellModel,
  board: BoardModel,
  world: SimWorld,
): Required<Pick<BoardWorld, 'i2c' | 'oneWire'>> {
  const parts: I2cDevice[] = [];
  const buses = new Map<number, OneWireBus>();
  cell.devices.forEach((device: DeviceModel, index) => {
    if (device.kind !== 'thermometer' || device.board !== board.name || isAnalog(device)) return;
    if (device.controller === 'MCP9808') {
      parts.push(i2cPart(world, device));
      return;
    }
    const pin = pinNumber(board.kind, device.pin);
    if (pin === undefined) throw new Error(`board ${board.name} has no pin ${device.pin}`);
    buses.set(pin, oneWirePart(world, device, index + 1));
  });
  return { i2c: parts.length === 0 ? undefined : new I2cBus(parts), oneWire: (pin) => buses.get(pin) };
}
