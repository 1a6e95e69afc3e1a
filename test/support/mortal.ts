// A process that can be killed between any two of its steps, in one that goes on: its time, its lines and its channel end with it.
import type { Clock } from '../../src/ports/clock.ts';
import type { Transport, TransportFactory, TransportListener } from '../../src/ports/transport.ts';

/** One life of a process. */
export class Life {
  readonly #onStep: () => void;
  readonly #ends: (() => void)[] = [];
  #isAlive = true;

  /** @param onStep told before and after everything that it does; may kill it */
  constructor(onStep: () => void) {
    this.#onStep = onStep;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** What was true before a task, or a pause, may not be any more. */
  hasEnded(): boolean {
    return !this.#isAlive;
  }

  /** What the operating system does when the process is gone. */
  atEnd(task: () => void): void {
    this.#ends.push(task);
  }

  kill(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    for (const end of this.#ends) end();
  }

  /** Does something as this process, unless it is dead before or dies of it. */
  run(task: () => void): void {
    if (this.hasEnded()) return;
    this.#onStep();
    if (this.hasEnded()) return;
    task();
    if (!this.hasEnded()) this.#onStep();
  }

  /** Its time, which ends with it. */
  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      wall: () => clock.wall(),
      schedule: (at, task) => clock.schedule(at, () => this.run(task)),
    };
  }

  /** What it has written is on its way; the port is free again when it is dead. */
  transports(factory: TransportFactory): TransportFactory {
    return () => {
      const transport = factory();
      this.atEnd(() => transport.close());
      return this.#transport(transport);
    };
  }

  #transport(transport: Transport): Transport {
    return {
      open: (listener) => transport.open(this.#listener(listener)),
      write: (bytes) => {
        if (this.#isAlive) transport.write(bytes);
      },
      get pendingBytes() {
        return transport.pendingBytes;
      },
      ...(transport.setBaud === undefined
        ? {}
        : {
            setBaud: (baud: number, done: (taken: boolean) => void) =>
              transport.setBaud?.(baud, (taken) => this.run(() => done(taken))),
          }),
      close: () => transport.close(),
    };
  }

  #listener(listener: TransportListener): TransportListener {
    return {
      opened: () => this.run(() => listener.opened()),
      data: (bytes) => this.run(() => listener.data(bytes)),
      closed: (cause) => this.run(() => listener.closed(cause)),
    };
  }
}
