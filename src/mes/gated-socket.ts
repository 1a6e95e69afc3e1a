// A socket with a gate in it: what comes in is judged before the HTTP/2 library gets it, which takes any stream as its socket.
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

export interface SocketGate {
  /** @returns false when the connection has to be cut; the bytes do not pass then */
  received(bytes: Uint8Array): boolean;
  sent(bytes: Uint8Array): void;
}

export class GatedSocket extends Duplex {
  readonly #socket: Socket;
  readonly #gate: SocketGate;

  constructor(socket: Socket, gate: SocketGate) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#gate = gate;
    socket.on('data', (bytes) => this.#onData(bytes));
    socket.on('end', () => this.push(null));
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.destroy());
    this.once('close', () => this.#forget());
    // Whoever cuts a connection expects no answer, and what the library says of it is no defect.
    this.on('error', () => undefined);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(bytes: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    this.#gate.sent(bytes);
    this.#socket.write(bytes, done);
  }

  override _writev(chunks: readonly { readonly chunk: Uint8Array }[], done: (error?: Error | null) => void): void {
    this.#socket.cork();
    for (const [index, { chunk }] of chunks.entries()) {
      this.#gate.sent(chunk);
      this.#socket.write(chunk, index === chunks.length - 1 ? done : undefined);
    }
    this.#socket.uncork();
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(null);
  }

  /**
   * The library's session is held by what its settings call back when they are acknowledged, which never comes now. Through the listeners
   * here that leads to the error that the session ended with, whose stack holds the native session: together nobody would ever free them.
   */
  #forget(): void {
    this.removeAllListeners();
    this.on('error', () => undefined);
  }

  #onData(bytes: Uint8Array): void {
    if (this.destroyed) return;
    if (!this.#gate.received(bytes)) {
      this.destroy();
      return;
    }
    if (!this.push(bytes)) this.#socket.pause();
  }
}
