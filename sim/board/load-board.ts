// The board of a level; the emulator is loaded only when it is asked for.
import type { BoardLevel, LoadBoard } from './board-engine.ts';
import { WasmBoard } from './wasm-board.ts';

export async function boardOfLevel(level: BoardLevel): Promise<LoadBoard> {
  switch (level) {
    case 1:
      return (options) => WasmBoard.load(options);
    case 3:
      return loadEmulator();
    default:
      return level satisfies never;
  }
}

async function loadEmulator(): Promise<LoadBoard> {
  const { AvrBoard } = await import('./avr-board.ts');
  return (options) => AvrBoard.load(options);
}
