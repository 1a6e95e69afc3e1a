// What a session is made of, and what it is to those who use it.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { BoardPort } from '../../src/ports/board-port.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { RandomSource } from '../../src/ports/random-source.ts';
import type { StreamPort } from '../../src/ports/stream-port.ts';
import type { TransportFactory } from '../../src/ports/transport.ts';
import type { LinkStats } from './link-stats.ts';

/** What a session is made of; it makes no time, no chance and no port itself. */
export interface SessionOptions {
  readonly plan: BoardPlan;
  readonly factory: TransportFactory;
  readonly clock: Clock;
  /** Nonces and session ids. */
  readonly random: RandomSource;
  /**
   * False only where nothing will ever be armed: the link is `stopped` without a proof of the lease.
   * @defaultValue true
   */
  readonly provesLease?: boolean;
  /** One line for people per session: what the events do not tell. @defaultValue none */
  readonly log?: (line: string) => void;
  /** Knows other ports where the board may be. @defaultValue the board is on the port of `factory`, or nowhere */
  readonly seek?: PortSeek;
  /** Told the UID of each board that the plan accepts, once per handshake and before it is configured. @defaultValue nobody asks */
  readonly met?: (uid: string) => void;
}

/** Looks for a board on more than one port; the factory then opens whichever is to be tried next. */
export interface PortSeek {
  /**
   * Told who answers on the present port.
   * @param uid undefined: nobody who speaks the wire
   * @returns true when the board is to be looked for on another port: this one is closed, and the factory asked again
   */
  isElsewhere(uid: string | undefined): boolean;
}

/** One board, over all its connections: the process data as a port, the stream lane as another. */
export interface BoardSession {
  readonly port: BoardPort;
  readonly stream: StreamPort;
  stats(): LinkStats;
}
