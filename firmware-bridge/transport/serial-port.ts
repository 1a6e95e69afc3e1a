// A board on a serial port of the operating system: USB, on-board UART or pseudo-terminal.
import { writeSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { type Fault, fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transport, TransportListener } from '../../src/ports/transport.ts';
import { descriptorOf, isTransient, readDirectly } from './direct-reader.ts';
import { ListenerGuard } from './listener-guard.ts';
import { openFault, stuckFault } from './open-fault.ts';
import { closingBegins, OPEN_MS_MAX, openInTurn, stuckSince } from './port-calls.ts';
import { WriteDeadline } from './write-deadline.ts';

/** A port that the system has not let go of by then is called closed all the same, ms. */
const RELEASE_MS = 1_000;

/** How a serial port is opened; always 8 data bits, no parity, one stop bit. */
export interface SerialOptions {
  readonly clock: Clock;
  /** Bits per second, 57,600 to 1,000,000. A pseudo-terminal ignores it. */
  readonly baud: number;
  /** What opens ports. @defaultValue the library's for this system */
  readonly binding?: SerialBinding;
}

/** The part of the library that calls the system. */
export type SerialBinding = typeof SerialPort.binding;

/**
 * One connection over a serial port. Nothing throws: a port that cannot be opened is fault 1006 with `path`, `reason`
 * and `remedy`; one that is lost, or does not take bytes for 50 ms, is fault 1001. A port that has not opened after 5 s is
 * fault 1006 too, with `since`, and is not opened again before the system has come back from that call.
 */
export class SerialTransport implements Transport {
  readonly #path: string;
  readonly #options: SerialOptions;
  readonly #deadline: WriteDeadline;
  #guard: ListenerGuard | undefined = undefined;
  #port: SerialPort | undefined = undefined;
  #stopReading: (() => void) | undefined = undefined;
  #cancelGiveUp: () => void = () => undefined;
  #queuedBytes = 0;

  constructor(path: string, options: SerialOptions) {
    this.#path = path;
    this.#options = options;
    this.#deadline = new WriteDeadline(options.clock, () => this.#end(this.#lost('write deadline missed')));
  }

  get pendingBytes(): number {
    return this.#queuedBytes;
  }

  open(listener: TransportListener): void {
    if (this.#guard !== undefined) return;
    const guard = new ListenerGuard(listener);
    this.#guard = guard;
    if (this.#path === '') {
      queueMicrotask(() => this.#end(openFault(this.#path, 'no such file')));
      return;
    }
    const { clock } = this.#options;
    const since = stuckSince(this.#path, clock);
    if (since !== undefined) {
      queueMicrotask(() => this.#end(stuckFault(this.#path, since)));
      return;
    }
    const from = clock.wall();
    const giveUp = (): void => this.#end(stuckFault(this.#path, stuckSince(this.#path, clock) ?? from));
    this.#cancelGiveUp = clock.schedule(monotonicMs(clock.now() + OPEN_MS_MAX), giveUp);
    openInTurn(this.#path, clock, (returned) => {
      if (guard.isEnded) returned();
      else this.#openNow(guard, returned);
    });
  }

  write(bytes: Uint8Array): void {
    if (this.#guard?.isOpen !== true || this.#port === undefined) return;
    try {
      const taken = this.#queuedBytes === 0 ? writeNow(this.#port, bytes) : 0;
      if (taken < bytes.length) this.#queue(this.#port, bytes.subarray(taken));
    } catch (error) {
      this.#end(this.#lost(error instanceof Error ? error.message : 'write failed'));
    }
  }

  setBaud(baud: number, done: (taken: boolean) => void): void {
    const port = this.#port;
    if (this.#guard?.isOpen !== true || port === undefined) queueMicrotask(() => done(false));
    else port.update({ baudRate: baud }, (error) => done(!error));
  }

  close(): void {
    this.#end(undefined);
  }

  #openNow(guard: ListenerGuard, returned: () => void): void {
    const { baud, binding } = this.#options;
    // The library takes the binding, too, although its type does not say so.
    const how = { path: this.#path, baudRate: baud, autoOpen: false, ...(binding !== undefined && { binding }) };
    const port = new SerialPort(how);
    this.#port = port;
    port.on('error', (error) => this.#end(this.#lost(error.message)));
    port.on('close', (error: Error | null | undefined) => this.#end(this.#lost(error?.message ?? 'closed')));
    port.open((error) => {
      if (!error && guard.isEnded) {
        close(port, returned);
        return;
      }
      returned();
      if (error) this.#end(openFault(this.#path, error.message));
      else {
        this.#cancelGiveUp();
        this.#read(port, guard);
        guard.opened();
      }
    });
  }

  #read(port: SerialPort, guard: ListenerGuard): void {
    this.#stopReading = readDirectly(port, {
      data: (bytes) => guard.data(bytes),
      lost: (reason) => this.#end(this.#lost(reason)),
    });
    if (this.#stopReading === undefined) port.on('data', (bytes: Uint8Array) => guard.data(bytes));
  }

  /** The library writes what the operating system did not take at once, in order, when it can. */
  #queue(port: SerialPort, rest: Uint8Array): void {
    this.#queuedBytes += rest.length;
    this.#deadline.waiting();
    port.write(Buffer.from(rest), () => {
      this.#queuedBytes -= rest.length;
      if (this.#guard?.isOpen === true) this.#deadline.progress(this.#queuedBytes);
    });
  }

  #lost(reason: string): Fault {
    return fault(1001, { path: this.#path, reason });
  }

  #end(cause: Fault | undefined): void {
    const guard = this.#guard;
    if (guard === undefined || guard.isEnded) return;
    this.#deadline.stop();
    this.#cancelGiveUp();
    // The library tells those who wait for bytes of the closing as of a loss.
    this.#stopReading?.();
    const port = this.#port;
    if (cause === undefined) {
      guard.end((done) => this.#release(port, done));
      return;
    }
    if (port !== undefined) close(port);
    guard.closed(cause);
  }

  /** The library closes in its thread pool: whoever is told sooner finds the port held, by this very process. */
  #release(port: SerialPort | undefined, done: () => void): void {
    if (port?.isOpen !== true) {
      queueMicrotask(done);
      return;
    }
    const { clock } = this.#options;
    const giveUp = clock.schedule(monotonicMs(clock.now() + RELEASE_MS), done);
    close(port, () => {
      giveUp();
      done();
    });
  }
}

/** Hands bytes to the operating system in this turn, without the library's thread pool. Returns how many it took. */
function writeNow(port: SerialPort, bytes: Uint8Array): number {
  const descriptor = descriptorOf(port);
  if (descriptor === undefined) return 0;
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    if (isTransient(error)) return 0;
    throw error;
  }
}

/** @param done called once, in this turn when the port is not open */
function close(port: SerialPort, done: () => void = () => undefined): void {
  if (!port.isOpen) {
    done();
    return;
  }
  const returned = closingBegins();
  port.close(() => {
    returned();
    done();
  });
}
