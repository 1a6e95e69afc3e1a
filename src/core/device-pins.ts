// Which pins of a board the devices of a cell take, and which are left.
import { BOARD_PINS } from './board-pins.ts';
import type { BoardModel, CellModel, DeviceModel, PinName } from './cell-model.ts';
import { LAMP_COLOURS } from './stack-light.ts';

/** Pins of a device on its own board. */
export function pinsOfDevice(device: DeviceModel): readonly PinName[] {
  if (device.kind === 'stack-light') return LAMP_COLOURS.flatMap((colour) => device[colour] ?? []);
  if (device.kind === 'stepper-axis') return [device.stepPin, device.directionPin];
  return 'pin' in device ? [device.pin] : [];
}

/** Where parts on I2C are, whether a device names these pins or not. Source: Arduino Uno R3 and Mega 2560 R3 pinouts. */
const I2C_PINS: ReadonlySet<PinName> = new Set(['A4', 'A5', 'D20', 'D21']);

/** @returns the number of a pin of the board that no device uses, undefined when there is none */
export function sparePin(cell: CellModel, board: BoardModel): number | undefined {
  const own = cell.devices.filter((device) => 'board' in device && device.board === board.name);
  const used = new Set(own.flatMap(pinsOfDevice));
  return BOARD_PINS[board.kind].find(({ name, digital }) => digital && !used.has(name) && !I2C_PINS.has(name))?.number;
}
