// For those who want Johnny-Five itself: all its classes and a ready board over a stream, contained.
import { type Five, type FiveBoard, loadFive } from './five.ts';
import { connectIo, type IoOptions } from './io.ts';
import { withTones } from './piezo.ts';

export type { Five, FiveBoard } from './five.ts';
export type { IoOptions } from './io.ts';
export type { Log, LogLevel } from './log.ts';

/** Hears when a board can be used and when it no longer can. May throw: it is logged, and nothing else ends. */
export interface OpenBoardListener {
  /**
   * A board is ready: once per session of the link. Everything made of the board and of `five` in an earlier session is
   * dead by then. Pass `board` to every component; what is thrown here or in a component's listener is logged.
   */
  ready(five: Five, board: FiveBoard): void;
  /** The session is over. */
  lost?(): void;
}

/**
 * Opens a Johnny-Five board with all classes of its catalogue. Timers of components follow `options.clock`.
 * @returns a function that closes the board and ends its components
 * @example
 * const close = openBoard({ stream, clock, log }, {
 *   ready: (five, board) => new five.Led({ board, pin: 7 }).on(),
 * });
 */
export function openBoard(options: IoOptions, listener: OpenBoardListener): () => void {
  return connectIo(options, {
    ready: ({ scope, io, board }) => listener.ready(withTones(loadFive(scope), io), board),
    lost: () => listener.lost?.(),
  });
}
