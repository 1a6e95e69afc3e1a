// The simulated boards of the example cell behind pseudo-terminals, in real time, in this process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { parseUid } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { runSimBoards } from '../../sim/board/run-sim-board.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { loadCheckedCell } from '../../src/app/load-checked-cell.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import type { CellModel } from '../../src/core/cell-model.ts';

export const EXAMPLE_CELL = join(import.meta.dirname, '../../cells/pick-and-place/cell.yaml');

export interface RealTimeBoard {
  readonly cell: CellModel;
  /** What a host opens. */
  readonly path: string;
  /** Number of the newest command that the board executed in its newest session; 0 for none. */
  readonly executed: () => number;
  /** Times that an output pin of the board changed its level. */
  readonly pinChanges: () => number;
  stop(): void;
}

/** Runs the only board of the example cell. */
export function startBoard(): RealTimeBoard {
  const cell = loadCheckedCell(EXAMPLE_CELL);
  const directory = mkdtempSync(join(tmpdir(), 'celda-board-'));
  const opened = openPseudoTerminal({ link: join(directory, 'board') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const terminal = opened.value;
  let changes = 0;
  let executed = 0;
  const decoder = new FrameDecoder((frame) => {
    const message = decodeBoardMessage(frame);
    if (message?.kind === 'ident') decoder.uid = parseUid(message.uid);
    if (message?.kind === 'image' || message?.kind === 'edge') executed = message.receiptCycle;
  });
  const running = runSimBoards({
    cell,
    lines: new Map([['uno-1', terminal]]),
    clock: createRealClock(),
    random: createRandom('1'),
    onTransmit: (_board, bytes) => decoder.push(bytes),
    onPinChange: () => {
      changes += 1;
    },
  });
  return {
    cell,
    path: terminal.path,
    executed: () => executed,
    pinChanges: () => changes,
    stop() {
      running.stop();
      terminal.close();
      rmSync(directory, { recursive: true });
    },
  };
}
