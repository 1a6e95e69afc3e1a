// Reads a serial port in the turn of the event loop in which the operating system says that bytes are there.
import { readSync } from 'node:fs';
import type { SerialPort } from 'serialport';

/** Bytes taken per turn; what is left makes the port readable again at once. */
const CHUNK_BYTES = 4096;
/** What the library's poller is asked to watch for. */
const READABLE = 1;

/** The part of the library's binding for Unix that is used here: it says when the descriptor is readable. */
interface Poller {
  on(event: 'readable', hear: (error: Error | null) => void): unknown;
  off(event: 'readable', hear: (error: Error | null) => void): unknown;
  poll(events: number): void;
}

/** Hears of one port. */
export interface DirectReaderListener {
  /** The array is the listener's to keep. */
  data(bytes: Uint8Array): void;
  /** The port gives no more bytes: hung up or unplugged. To be answered by closing the port. */
  lost(reason: string): void;
}

/**
 * Reads `port` without the library's thread pool: with it each frame waits for a thread to be woken, to read, and to wake
 * this one again. The library still opens, locks, sets up and closes the port.
 * @param port open, and nobody reads it
 * @returns what ends the reading, to be called before the port is closed; undefined where the library has no poller with a
 * descriptor (not Unix): then its own events must be used
 */
export function readDirectly(port: SerialPort, listener: DirectReaderListener): (() => void) | undefined {
  const poller = pollerOf(port);
  if (poller === undefined || descriptorOf(port) === undefined) return undefined;
  const chunk = new Uint8Array(CHUNK_BYTES);
  // One question at a time is the poller's way: while the library waits to write nothing is read, at most for the write
  // deadline; then the poller comes back to this one by itself.
  const arm = (): void => poller.poll(READABLE);
  const read = (error: Error | null): void => {
    const descriptor = descriptorOf(port);
    if (descriptor === undefined) return;
    const taken = take(descriptor, chunk);
    if (typeof taken === 'string') listener.lost(taken);
    // The poller does not watch a port with an error any more.
    else if (error !== null) listener.lost(error.message);
    else {
      arm();
      if (taken > 0) listener.data(chunk.slice(0, taken));
    }
  };
  poller.on('readable', read);
  arm();
  return () => poller.off('readable', read);
}

/** @returns bytes read, 0 when there are none now, or why there will be none */
function take(descriptor: number, chunk: Uint8Array): number | string {
  try {
    const length = readSync(descriptor, chunk);
    // A terminal that waits for at least one byte gives none only when it has hung up.
    return length === 0 ? 'closed' : length;
  } catch (error) {
    if (isTransient(error)) return 0;
    return error instanceof Error ? error.message : 'read failed';
  }
}

/** The descriptor of an open port, non-blocking; undefined where the library has none. */
export function descriptorOf(port: SerialPort): number | undefined {
  const binding: unknown = port.port;
  if (typeof binding !== 'object' || binding === null || !('fd' in binding)) return undefined;
  return typeof binding.fd === 'number' ? binding.fd : undefined;
}

/** Nothing there, or interrupted: to be tried again when the port says so. */
export function isTransient(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EINTR');
}

function pollerOf(port: SerialPort): Poller | undefined {
  const binding: unknown = port.port;
  if (typeof binding !== 'object' || binding === null || !('poller' in binding)) return undefined;
  const { poller } = binding;
  if (typeof poller !== 'object' || poller === null || !('off' in poller) || !('poll' in poller)) return undefined;
  return poller as Poller;
}
