// The thermometer MCP9808 on I2C. Source: Microchip data sheet DS25095, chapter 5.
import type { I2cDevice } from './i2c-bus.ts';

/** With its address pins at ground, as boards with it come. */
export const MCP9808_ADDRESS = 0x18;
const AMBIENT = 0x05;
const RESOLUTION = 0x08;
/** Configuration, three limits, manufacturer and device with revision; the resolution has eight bits. */
const AT_POWER_UP: readonly (readonly [number, number])[] = [
  [0x01, 0],
  [0x02, 0],
  [0x03, 0],
  [0x04, 0],
  [0x06, 0x0054],
  [0x07, 0x0400],
  [RESOLUTION, 0x03],
];
const WRITABLE: ReadonlySet<number> = new Set([0x01, 0x02, 0x03, 0x04, RESOLUTION]);

export interface Mcp9808Options {
  /** Degree Celsius, -40..125 at the part. */
  readonly celsius: () => number;
  /** @defaultValue 0x18 */
  readonly address?: number;
  readonly isThere?: () => boolean;
}

/** @returns a part that has just been powered */
export function createMcp9808({ celsius, address = MCP9808_ADDRESS, isThere = () => true }: Mcp9808Options): I2cDevice {
  const registers = new Map(AT_POWER_UP);
  let pointer = 0;
  let at = 0;

  /** Sixteenths of a degree in thirteen bits, two's complement; the three bits above compare it with the limits. */
  const ambient = (): number => Math.round(celsius() * 16) & 0x1fff;

  function byteOf(register: number, index: number): number {
    if (register === RESOLUTION) return index === 0 ? (registers.get(register) ?? 0) : 0xff;
    const value = register === AMBIENT ? ambient() : (registers.get(register) ?? 0);
    return index > 1 ? 0xff : (value >> (8 * (1 - index))) & 0xff;
  }

  return {
    address,
    isThere,
    begin: (isRead) => {
      at = isRead ? 0 : -1;
    },
    write: (byte) => {
      if (at < 0) pointer = byte & 0x0f;
      else if (WRITABLE.has(pointer)) registers.set(pointer, (((registers.get(pointer) ?? 0) << 8) | byte) & 0xffff);
      at += 1;
      return true;
    },
    read: () => {
      at += 1;
      return byteOf(pointer, at - 1);
    },
  };
}
