// Keeps the promises of TransportListener: opened at most once, closed exactly once, nothing afterwards.
import type { Fault } from '../../src/core/faults.ts';
import type { TransportListener } from '../../src/ports/transport.ts';

/** Stands between a port of the operating system, which may call in any order, and a listener, which may not be. */
export class ListenerGuard {
  readonly #listener: TransportListener;
  #state: 'opening' | 'open' | 'ending' | 'closed' = 'opening';

  constructor(listener: TransportListener) {
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** True once the end is decided, whether or not the listener has heard of it. */
  get isEnded(): boolean {
    return this.#state === 'ending' || this.#state === 'closed';
  }

  opened(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.#listener.opened();
  }

  data(bytes: Uint8Array): void {
    if (this.#state === 'open') this.#listener.data(bytes);
  }

  /**
   * `close` was called: nothing more comes but `closed`, in a turn of its own, since the caller may be the listener.
   * @param whenClosed calls back in a later turn, once or more
   */
  end(whenClosed: (done: () => void) => void = queueMicrotask): void {
    if (this.isEnded) return;
    this.#state = 'ending';
    whenClosed(() => this.closed(undefined));
  }

  closed(cause: Fault | undefined): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#listener.closed(cause);
  }
}
