// What a session tells those who listen: link states, each once, images and proofs.
import type { Subscriber } from 'rxjs';
import type { LinkState } from '../../src/core/cell-event.ts';
import type { Fault } from '../../src/core/faults.ts';
import type { BoardEvent } from '../../src/ports/board-port.ts';
import { isSameFault } from './link-state.ts';

export class LinkEvents {
  #subscriber: Subscriber<BoardEvent> | undefined = undefined;
  #state: LinkState = 'down';
  #cause: Fault | undefined = undefined;

  get state(): LinkState {
    return this.#state;
  }

  /** Why the link is as it is, where that is a fault. */
  get cause(): Fault | undefined {
    return this.#cause;
  }

  get isHeard(): boolean {
    return this.#subscriber !== undefined;
  }

  begin(subscriber: Subscriber<BoardEvent>): void {
    this.#subscriber = subscriber;
  }

  /** Nobody listens any more, and there is no link. */
  end(): void {
    this.#subscriber = undefined;
    this.#state = 'down';
    this.#cause = undefined;
  }

  /** Tells of a state or a cause that people would be told otherwise than the last one. */
  set(state: LinkState, cause: Fault | undefined): void {
    if (state === this.#state && isSameFault(cause, this.#cause)) return;
    this.#state = state;
    this.#cause = cause;
    this.tell({ kind: 'link', state, cause });
  }

  tell(event: BoardEvent): void {
    this.#subscriber?.next(event);
  }
}
