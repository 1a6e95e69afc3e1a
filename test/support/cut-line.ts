// A line between a client and a gateway that a test can cut, stop in one direction, or let stand without a byte.
import { connect, createServer, type Server, type Socket } from 'node:net';

export class CutLine {
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #isClosed = false;
  #deafText = '';
  readonly #forgotten = new Set<readonly [Socket, Socket]>();
  #gate: number;
  #mode: 'through' | 'deaf' | 'refused' = 'through';
  /** Connections that a client has made. */
  connections = 0;

  private constructor(gate: number) {
    this.#gate = gate;
    this.#server = createServer((near) => this.#join(near));
  }

  /** @param gate port of the gateway */
  static async open(gate: number): Promise<CutLine> {
    const line = new CutLine(gate);
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get address(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  }

  /** Another gateway from now on. */
  lead(gate: number): void {
    this.#gate = gate;
  }

  /** Ends what is connected, as a cable does that is pulled and put back. */
  cut(): void {
    for (const [near, far] of this.#pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** From now on requests arrive, answers do not. */
  deafen(): void {
    this.#mode = 'deaf';
  }

  /** The same from the moment when a request has this text in it. */
  deafenAfter(text: string): void {
    this.#deafText = text;
  }

  /** What is connected stays so, and no byte goes either way any more: as through a router that has forgotten it. Others can connect. */
  forget(): void {
    for (const pair of this.#pairs) this.#forgotten.add(pair);
  }

  /** Nobody can connect, and what is connected is cut. */
  refuse(): void {
    this.#mode = 'refused';
    this.cut();
  }

  mend(): void {
    this.#mode = 'through';
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket): void {
    this.connections += 1;
    if (this.#mode === 'refused') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.#gate, '127.0.0.1');
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    const end = (): void => {
      // Nor does either end hear that the other has gone, before the line itself is closed.
      if (this.#forgotten.has(pair) && !this.#isClosed) return;
      this.#pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    near.on('data', (bytes) => {
      if (this.#deafText !== '' && bytes.includes(this.#deafText)) {
        this.#deafText = '';
        this.deafen();
      }
      if (!this.#forgotten.has(pair)) far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (this.#mode === 'through' && !this.#forgotten.has(pair)) near.write(bytes);
    });
  }
}
