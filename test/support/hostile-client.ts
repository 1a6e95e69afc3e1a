// A client that speaks HTTP/2 byte by byte, so that it can send what no library would: for attacks on the door.
import { connect, type Socket } from 'node:net';
import { END_HEADERS, END_STREAM, FRAME, type FrameHeader, FrameReader, PREFACE } from '../../src/mes/frame-reader.ts';

export const GRPC_HEADERS = {
  ':method': 'POST',
  ':scheme': 'http',
  ':path': '/grpc.health.v1.Health/Check',
  ':authority': 'cell',
  'content-type': 'application/grpc',
  te: 'trailers',
} as const;

export class HostileClient {
  readonly closed: Promise<void>;
  /** Frames that the server has sent. */
  readonly heard: FrameHeader[] = [];
  readonly #socket: Socket;
  readonly #opened: Promise<void>;
  #isClosed = false;

  constructor(port: number) {
    this.#socket = connect({ host: '127.0.0.1', port });
    this.#opened = new Promise((resolve) => this.#socket.once('connect', resolve));
    this.closed = new Promise((resolve) => {
      this.#socket.once('close', () => {
        this.#isClosed = true;
        resolve();
      });
    });
    const reader = new FrameReader('server');
    this.#socket.on('error', () => undefined);
    this.#socket.on('data', (bytes) => reader.read(bytes, (frame) => this.heard.push(frame)));
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  async open(): Promise<this> {
    await this.#opened;
    return this;
  }

  /** Preface and settings: what a well-behaved client begins with. */
  async greet(): Promise<this> {
    await this.#opened;
    await this.write(Buffer.concat([Buffer.from(PREFACE, 'latin1'), frame(FRAME.settings, 0, 0)]));
    return this;
  }

  /** Resolves when the system has taken the bytes, or the connection is gone. */
  write(bytes: Uint8Array): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off('close', done);
        resolve();
      };
      this.#socket.once('close', done);
      this.#socket.write(bytes, done);
    });
  }

  /** Hears nothing more, and takes what it is sent only by `sip`. */
  stall(): void {
    this.#socket.removeAllListeners('data');
    this.#socket.pause();
  }

  /** Takes one byte, if there is any. */
  sip(): void {
    this.#socket.read(1);
  }

  end(): void {
    this.#socket.destroy();
  }
}

export function frame(type: number, flags: number, streamId: number, payload: Uint8Array = new Uint8Array()): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(streamId, 5);
  return Buffer.concat([header, payload]);
}

/** Literal fields that are not indexed (RFC 7541, 6.2.2); names and values below 127 bytes. */
export function headerBlock(fields: Readonly<Record<string, string>>): Buffer {
  const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value, 'latin1')]);
  return Buffer.concat(
    Object.entries(fields).map(([name, value]) => Buffer.concat([Buffer.from([0]), text(name), text(value)])),
  );
}

export function headersFrame(
  streamId: number,
  fields: Readonly<Record<string, string>> = GRPC_HEADERS,
  flags = END_HEADERS,
): Buffer {
  return frame(FRAME.headers, flags, streamId, headerBlock(fields));
}

export function resetFrame(streamId: number): Buffer {
  return frame(FRAME.resetStream, 0, streamId, Buffer.from([0, 0, 0, 8]));
}

/** Of a message that is `bytes` long, with or without its bytes. */
export function messagePrefix(bytes: number, isCompressed = false): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(isCompressed ? 1 : 0, 0);
  prefix.writeUInt32BE(bytes, 1);
  return prefix;
}

export { END_HEADERS, END_STREAM, FRAME };
