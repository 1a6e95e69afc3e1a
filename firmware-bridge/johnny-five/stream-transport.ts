// What firmata-io takes for a serial port: an emitter of `open`, `data` and `close` with a `write`, for one session.
import { EventEmitter } from 'node:events';
import type { StreamPort } from '../../src/ports/stream-port.ts';
import type { ScopeTime } from './scope-time.ts';

/** The port that firmata-io talks to. Never blocks; bytes written while no session is open are dropped. */
export class StreamTransport extends EventEmitter {
  readonly #stream: StreamPort;
  readonly #time: ScopeTime;
  /** Bytes whose time has not come, oldest first. */
  readonly #held: Uint8Array[] = [];
  #open = false;

  constructor(stream: StreamPort, time: ScopeTime) {
    super();
    this.#stream = stream;
    this.#time = time;
  }

  /** The session is open: bytes flow from now on. */
  begin(): void {
    this.#open = true;
    this.emit('open');
  }

  receive(bytes: Uint8Array): void {
    if (this.#open) this.emit('data', Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  /** The session is over: held bytes are dropped, listeners told and let go. */
  end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#held.length = 0;
    this.emit('close');
    this.removeAllListeners();
  }

  /**
   * Hands bytes to the stream in order. After a busy wait of a device they leave when it would have ended: the wait
   * must not hold up the control cycle, but the part behind the board (a display) does need it.
   * @param done called at once, since the stream is reliable and nobody waits for its end
   */
  write(bytes: Uint8Array, done?: () => void): void {
    if (this.#open) this.#writeInOrder(bytes);
    done?.();
  }

  #writeInOrder(bytes: Uint8Array): void {
    const aheadMs = this.#time.busyAheadMs();
    if (this.#held.length === 0 && aheadMs === 0) {
      this.#stream.write(bytes);
      return;
    }
    this.#held.push(bytes);
    this.#time.runAfter(aheadMs, () => {
      const next = this.#held.shift();
      if (next !== undefined) this.#stream.write(next);
    });
  }
}
