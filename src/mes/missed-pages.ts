// Pages of the journal that watchers are being told: a watcher that does not read lets go of its page, and reads it again when it goes on.
import { heldBytes } from './bounded-memory.ts';
import type { MissedPage } from './job-watch.ts';

/** What all pages take in memory; the newest is held whatever it takes. */
const PAGES_BYTES_MAX = 12 * 1024 * 1024;

/** A page that may have been let go of. */
export interface HeldPage {
  /** Undefined once it was let go of. */
  look(): MissedPage | undefined;
  /** It is of no use any more. */
  drop(): void;
}

export class MissedPages {
  /** Those that were looked at last come last. */
  readonly #pages = new Map<HeldPage, { readonly page: MissedPage; readonly bytes: number }>();
  #bytes = 0;

  hold(page: MissedPage): HeldPage {
    const held: HeldPage = {
      look: () => this.#look(held),
      drop: () => this.#drop(held),
    };
    const bytes = heldBytes(page.events);
    this.#pages.set(held, { page, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#pages.keys()) {
      if (oldest === held || this.#bytes <= PAGES_BYTES_MAX) break;
      this.#drop(oldest);
    }
    return held;
  }

  #look(held: HeldPage): MissedPage | undefined {
    const standing = this.#pages.get(held);
    if (standing === undefined) return undefined;
    this.#pages.delete(held);
    this.#pages.set(held, standing);
    return standing.page;
  }

  #drop(held: HeldPage): void {
    this.#bytes -= this.#pages.get(held)?.bytes ?? 0;
    this.#pages.delete(held);
  }
}
