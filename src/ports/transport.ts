// Moves bytes to and from one board, and nothing else: serial port, TCP, or a loopback in the simulator.
import type { Fault } from '../core/faults.ts';

/** Hears of one transport, in the turn of the event loop in which it happens. Must not throw. */
export interface TransportListener {
  opened(): void;
  /** Bytes as they arrive; any chunking. The array is the listener's to keep. */
  data(bytes: Uint8Array): void;
  /**
   * After this nothing more comes; `cause` is undefined when `close` was called, and then the port can be opened anew. Follows a failed
   * open too.
   */
  closed(cause: Fault | undefined): void;
}

/** One connection: opened once, closed once, then thrown away. Nothing throws and nothing blocks. */
export interface Transport {
  /** Opens once; the outcome comes to the listener, never synchronously. */
  open(listener: TransportListener): void;
  /** Hands bytes over in this turn of the event loop. Ignored when not open. */
  write(bytes: Uint8Array): void;
  /** Bytes handed over that the operating system has not accepted yet. */
  readonly pendingBytes: number;
  /**
   * Changes the speed of the line; absent where there is none, as over TCP. Nothing may be under way.
   * @param baud bits per second
   * @param done hears in a later turn whether the port took it
   */
  setBaud?(baud: number, done: (taken: boolean) => void): void;
  close(): void;
}

/** Makes a fresh transport for each attempt to connect. */
export type TransportFactory = () => Transport;
