// A server of gRPC that takes a call and breaks off in one of the ways of HTTP/2 before its answer, as the test wants; later calls it answers.
import { createServer, type Http2Server, type Http2Session, type ServerHttp2Stream } from 'node:http2';

/** Ends a call whose request has arrived. */
export type BreakOff = (stream: ServerHttp2Stream) => void;

export class BreakingGateway {
  /** Messages that arrived, without their prefix. */
  readonly requests: Buffer[] = [];
  readonly #server: Http2Server;
  readonly #sessions = new Set<Http2Session>();

  private constructor(breakOffs: readonly BreakOff[], answer: Uint8Array) {
    const message = Buffer.concat([Buffer.from([0, 0, 0, 0, answer.length]), answer]);
    this.#server = createServer();
    this.#server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('error', () => undefined);
    });
    this.#server.on('stream', (stream) => {
      const parts: Buffer[] = [];
      stream.on('error', () => undefined);
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const breakOff = breakOffs[this.requests.length];
        this.requests.push(Buffer.concat(parts).subarray(5));
        if (breakOff === undefined) respond(stream, message);
        else breakOff(stream);
      });
    });
  }

  /** @param answer to the calls after those that are broken off; at most 255 bytes */
  static async open(breakOffs: readonly BreakOff[], answer: Uint8Array): Promise<BreakingGateway> {
    const gateway = new BreakingGateway(breakOffs, answer);
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get address(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) session.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function respond(stream: ServerHttp2Stream, message: Buffer): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(message);
}
