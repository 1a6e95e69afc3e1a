// The board of a level; the emulator is loaded only when it is asked for.
import type { BoardLevel, LoadBoard } from './board-engine.ts';
import { WasmBoard } from './wasm-board.ts';

/**
 * @param firmataImage Intel HEX of a stock Firmata for the Uno, for boards that have such: level 3 only. Without it, and for
 *   other kinds of board, they are played by the Firmata of Celda's own core, which is not StandardFirmata itself
 */
export async function boardOfLevel(level: BoardLevel, firmataImage?: string): Promise<LoadBoard> {
  switch (level) {
    case 1:
      return (options) => WasmBoard.load(options);
    case 3:
      return loadEmulator(firmataImage);
    default:
      return level satisfies never;
  }
}

async function loadEmulator(firmataImage: string | undefined): Promise<LoadBoard> {
  const { AvrBoard } = await import('./avr-board.ts');
  return (options) => {
    if (options.firmware !== 'firmata') return AvrBoard.load(options);
    const hasImage = firmataImage !== undefined && options.kind !== 'mega';
    return hasImage ? AvrBoard.load({ ...options, image: firmataImage }) : WasmBoard.load(options);
  };
}
