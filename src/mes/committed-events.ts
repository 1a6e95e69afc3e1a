// Tells the events of the journal in their order and without a gap, as soon as they are on disk.
import type { CellEvent } from '../core/cell-event.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { JournalEvent, JournalPort, JournalPosition, Stored } from '../ports/journal.ts';

const PAGE_EVENTS = 500;

/** Told of events that are on disk, the oldest first; `position`: the journal is so far now. */
export type CommittedListener = (events: readonly JournalEvent[], position: JournalPosition) => void;

export class CommittedEvents {
  readonly #journal: JournalPort;
  readonly #listener: CommittedListener;
  #position: JournalPosition;

  /** @param position after which the listener wants to hear */
  constructor(journal: JournalPort, position: JournalPosition, listener: CommittedListener) {
    this.#journal = journal;
    this.#position = position;
    this.#listener = listener;
  }

  /**
   * A group is on disk; one at a time. Whatever came to the disk before it without anybody being told, as after a commit that was
   * taken for a failure, is read first. @returns why it cannot be read, and nothing was told: to be tried again
   */
  async take(epoch: string, group: readonly CellEvent[], { before, position }: Stored): Promise<Fault | undefined> {
    const missed = await this.#catchUp(before);
    if (missed !== undefined) return missed;
    const added = group.slice(Math.max(0, group.length - (position - before)));
    this.#tell(
      added.map((event, index) => ({ position: position - added.length + 1 + index, epoch, event })),
      position,
    );
    return undefined;
  }

  async #catchUp(to: JournalPosition): Promise<Fault | undefined> {
    while (this.#position < to) {
      const page = await this.#journal.events.since({ position: this.#position, limit: PAGE_EVENTS });
      if (!page.ok) return page.error;
      if (page.value.position <= this.#position) return fault(6508, { position: this.#position });
      this.#tell(page.value.events, page.value.position);
    }
    return undefined;
  }

  #tell(events: readonly JournalEvent[], position: JournalPosition): void {
    const news = events.filter((event) => event.position > this.#position);
    this.#position = Math.max(this.#position, position);
    this.#listener(news, this.#position);
  }
}
