// A board behind a serial device server or an emulator: the same bytes over TCP.
import { connect, type Socket } from 'node:net';
import { type Fault, fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transport, TransportListener } from '../../src/ports/transport.ts';
import { ListenerGuard } from './listener-guard.ts';
import { WriteDeadline } from './write-deadline.ts';

/** A connection must stand within this time, ms. */
const CONNECT_DEADLINE_MS = 2000;

/** An other end that has not ended its side by then is left, ms: each of its sockets would be one more that stays open. */
const RELEASE_MS = 1_000;

/** What a TCP connection needs; its address is in `tcp://host:port`. */
export interface TcpOptions {
  readonly clock: Clock;
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** @returns host and port of `tcp://host:port`, or undefined when `spec` is not of that form with a port of 1..65535. */
export function parseTcpSpec(spec: string): Address | undefined {
  if (!URL.canParse(spec)) return undefined;
  const url = new URL(spec);
  const port = Number(url.port);
  if (url.protocol !== 'tcp:' || url.hostname === '' || port < 1 || (url.pathname !== '' && url.pathname !== '/')) {
    return undefined;
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

/** One TCP connection; faults as those of a serial port, with the spec as `path`. */
export class TcpTransport implements Transport {
  readonly #spec: string;
  readonly #clock: Clock;
  readonly #deadline: WriteDeadline;
  #guard: ListenerGuard | undefined = undefined;
  #socket: Socket | undefined = undefined;
  #cancelConnectDeadline: (() => void) | undefined = undefined;

  constructor(spec: string, options: TcpOptions) {
    this.#spec = spec;
    this.#clock = options.clock;
    this.#deadline = new WriteDeadline(options.clock, () => this.#end(this.#lost('write deadline missed')));
  }

  get pendingBytes(): number {
    return this.#socket?.writableLength ?? 0;
  }

  open(listener: TransportListener): void {
    if (this.#guard !== undefined) return;
    const guard = new ListenerGuard(listener);
    this.#guard = guard;
    const address = parseTcpSpec(this.#spec);
    if (address === undefined) {
      queueMicrotask(() => this.#end(this.#unavailable('not of the form tcp://host:port')));
      return;
    }
    const socket = connect({ ...address, noDelay: true });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#stopConnectDeadline();
      guard.opened();
    });
    socket.on('data', (bytes) => guard.data(bytes));
    socket.on('error', (error) =>
      this.#end(guard.isOpen ? this.#lost(error.message) : this.#unavailable(reasonOf(error))),
    );
    socket.on('close', () => this.#end(this.#lost('closed by the other end')));
    this.#cancelConnectDeadline = this.#clock.schedule(monotonicMs(this.#clock.now() + CONNECT_DEADLINE_MS), () =>
      this.#end(this.#unavailable('no answer')),
    );
  }

  write(bytes: Uint8Array): void {
    const socket = this.#socket;
    if (this.#guard?.isOpen !== true || socket === undefined) return;
    socket.write(bytes, () => {
      if (this.#guard?.isOpen === true) this.#deadline.progress(socket.writableLength);
    });
    if (socket.writableLength > 0) this.#deadline.waiting();
  }

  close(): void {
    this.#end(undefined);
  }

  #stopConnectDeadline(): void {
    this.#cancelConnectDeadline?.();
    this.#cancelConnectDeadline = undefined;
  }

  #lost(reason: string): Fault {
    return fault(1001, { path: this.#spec, reason });
  }

  #unavailable(reason: string): Fault {
    return fault(1006, { path: this.#spec, reason, remedy: 'check address and port, and that the server runs' });
  }

  #end(cause: Fault | undefined): void {
    const guard = this.#guard;
    if (guard === undefined || guard.isEnded) return;
    this.#stopConnectDeadline();
    this.#deadline.stop();
    if (cause === undefined) {
      // The last frame, CLOSE, must still go out: end, do not destroy.
      if (this.#socket !== undefined) this.#release(this.#socket);
      guard.end();
    } else {
      this.#socket?.destroy();
      guard.closed(cause);
    }
  }

  #release(socket: Socket): void {
    const giveUpAt = monotonicMs(this.#clock.now() + RELEASE_MS);
    socket.once(
      'close',
      this.#clock.schedule(giveUpAt, () => socket.destroy()),
    );
    socket.end();
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ECONNREFUSED') return 'refused';
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return 'host not found';
  return error.message;
}
