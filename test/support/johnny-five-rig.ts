// A Johnny-Five board on an in-memory Firmata board, both in virtual time.
import {
  type Five,
  type FiveBoard,
  type Log,
  type LogLevel,
  openBoard,
} from '../../firmware-bridge/johnny-five/index.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { FirmataBoard } from './firmata-board.ts';

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

export interface Rig {
  readonly clock: VirtualClock;
  readonly firmata: FirmataBoard;
  readonly log: LogLine[];
  /** What the newest session gave. */
  five(): Five;
  board(): FiveBoard;
  /** Sessions that became ready, and that ended after that. */
  readonly sessions: { ready: number; lost: number };
  close(): void;
}

/** Longer than a handshake takes here (about 30 ms). */
export const HANDSHAKE_MS = 100;

/** @param isConnected false: the test connects the board itself */
export function createRig({ isConnected = true } = {}): Rig {
  const clock = new VirtualClock();
  const firmata = new FirmataBoard(clock);
  const log: LogLine[] = [];
  const sessions = { ready: 0, lost: 0 };
  let newest: { readonly five: Five; readonly board: FiveBoard } | undefined;
  const note: Log = (level, text) => log.push({ level, text });
  const close = openBoard(
    { stream: firmata, clock, log: note },
    {
      ready: (five, board) => {
        newest = { five, board };
        sessions.ready += 1;
      },
      lost: () => {
        sessions.lost += 1;
      },
    },
  );
  const current = () => {
    if (newest === undefined) throw new Error('no board is ready');
    return newest;
  };
  if (isConnected) {
    firmata.connect();
    clock.advanceSync(HANDSHAKE_MS);
  }
  return { clock, firmata, log, sessions, close, five: () => current().five, board: () => current().board };
}
