// What the gateway takes out of the journal at its start, and answers from it later.
import { describeFault } from '../core/faults.ts';
import { ok } from '../core/result.ts';
import type { JobOrderSource } from '../ports/job-order-source.ts';
import type { JournalPort } from '../ports/journal.ts';
import { type JobMirror, MIRROR_ORDERS_MAX } from './job-mirror.ts';
import { fromLedgerAnswer } from './ledger-answer.ts';
import { mirrorOrders } from './mirror-pages.ts';
import type { LedgerMemory } from './request-ledger.ts';

const PAGE_ORDERS = 200;
/** Ended orders that are shown without a look into the journal. */
const ENDED_SHOWN_MAX = MIRROR_ORDERS_MAX - PAGE_ORDERS;

/** Shows the open orders, and the newest of the others. A journal that cannot be read is told, and nothing is shown of it. */
export async function loadMirror(mirror: JobMirror, journal: JournalPort, log: (line: string) => void): Promise<void> {
  const open = await journal.orders.open();
  if (!open.ok) {
    log(`the orders in the journal cannot be read: ${describeFault(open.error)}`);
    return;
  }
  let after: number | undefined;
  for (let shown = 0; shown < ENDED_SHOWN_MAX; shown += PAGE_ORDERS) {
    const page = await journal.orders.list({
      states: ['Ended', 'Aborted'],
      direction: 'newest-first',
      limit: PAGE_ORDERS,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) break;
    mirror.load(page.value.orders.map(({ event }) => event.record).toReversed(), []);
    after = page.value.next;
    if (after === undefined) break;
  }
  mirror.load(
    open.value.map(({ event }) => event.record),
    open.value.flatMap(({ event }) => event.checkpoint ?? []),
  );
}

/**
 * Open orders as they are mirrored, all others as they are on disk.
 * Lists show what is mirrored: all that is open, and the newest of the rest.
 */
export function journalOrders(mirror: JobMirror, journal: JournalPort): JobOrderSource {
  return {
    ...mirrorOrders(mirror),
    get: async (jobOrderId) => {
      const shown = mirror.get(jobOrderId);
      if (shown !== undefined) return ok(shown);
      const kept = await journal.orders.get(jobOrderId);
      return kept.ok ? ok(kept.value?.event.record) : kept;
    },
  };
}

/** Requests that were answered in an earlier run of the gateway. */
export function answersIn(journal: JournalPort): LedgerMemory {
  return {
    find: async (request) => {
      const found = await journal.findAnswer(request);
      if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
      const { digest, answer } = found.value;
      return ok({ digest, answer: fromLedgerAnswer(answer) });
    },
  };
}
