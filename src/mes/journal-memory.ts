// What the gateway takes out of the journal at its start, and answers from it later.

import { describeFault, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { err, ok } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalPort, JsonValue } from '../ports/journal.ts';
import type { LineLog } from '../ports/line-log.ts';
import { heldBytes } from './bounded-memory.ts';
import { FINAL_BYTES_MAX, type JobMirror, MIRROR_ORDERS_MAX } from './job-mirror.ts';
import type { ReadMissed } from './job-watch.ts';
import type { JournaledControl } from './journaled-control.ts';
import type { LedgerMemory } from './request-ledger.ts';
import { WatchLog, type WatchLogOptions } from './watch-log.ts';

const PAGE_ORDERS = 200;
/** Events of one page: what one reading takes is short beside a commit. */
const PAGE_EVENTS = 200;
/** Events at the end of the journal that watchers find without a look into it. */
const EVENTS_REMEMBERED = 4_000;
/** Readings under way at a time. */
const READERS_MAX = 2;
/** Ended orders that are shown without a look into the journal. */
const ENDED_SHOWN_MAX = MIRROR_ORDERS_MAX - PAGE_ORDERS;

/** Shows the open orders, and the newest of the others. A journal that cannot be read is told, and nothing is shown of it. */
export async function loadMirror(mirror: JobMirror, journal: JournalPort, log: LineLog): Promise<void> {
  const open = await journal.orders.open();
  if (!open.ok) {
    log(`the orders in the journal cannot be read: ${describeFault(open.error)}`);
    return;
  }
  mirror.load((await newestEnded(journal)).toReversed(), []);
  mirror.load(
    open.value.map(({ event }) => event.record),
    open.value.flatMap(({ event }) => event.checkpoint ?? []),
  );
}

async function newestEnded(journal: JournalPort): Promise<readonly JobRecord[]> {
  const records: JobRecord[] = [];
  let bytes = 0;
  let after: number | undefined;
  do {
    const page = await journal.orders.list({
      states: ['Ended', 'Aborted'],
      direction: 'newest-first',
      limit: PAGE_ORDERS,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) break;
    records.push(...page.value.orders.map(({ event }) => event.record));
    bytes += heldBytes(page.value.orders);
    after = page.value.next;
  } while (after !== undefined && records.length < ENDED_SHOWN_MAX && bytes < FINAL_BYTES_MAX);
  return records;
}

/**
 * What watchers are told, from what is on disk. Undefined: the journal cannot be read, and what control says is told as it is said.
 */
export async function beginWatchLog(
  options: Omit<WatchLogOptions, 'journal'>,
  journal: JournalPort,
): Promise<WatchLog | undefined> {
  const head = await journal.events.head();
  if (!head.ok) return undefined;
  const log = new WatchLog({ ...options, journal: { id: journal.id, position: head.value } });
  // Whoever watched an earlier gateway comes back in a moment, and all at once.
  const from = Math.max(0, head.value - EVENTS_REMEMBERED);
  log.begin(from);
  for (let position = from; position < head.value; ) {
    const page = await journal.events.since({ position, limit: PAGE_EVENTS, ofOrders: [] });
    if (!page.ok) {
      // Nothing that is in there may be taken for all there is.
      log.begin(head.value);
      break;
    }
    log.add(page.value.events);
    ({ position } = page.value);
  }
  return log;
}

/** Reads what watchers missed, a few at a time: whoever waits for a commit waits no longer for it. */
export function missedIn(journal: JournalPort): ReadMissed {
  const waiting: (() => void)[] = [];
  let free = READERS_MAX;
  return async (position, ofOrders) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    const page = await journal.events.since({ position, limit: PAGE_EVENTS, ofOrders });
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
    return page;
  };
}

/** Requests that were answered in an earlier run of the gateway. @param read what this gateway kept there as an answer */
export function answersIn<T>(journal: JournalPort, read: (answer: JsonValue) => T): LedgerMemory<T> {
  return {
    find: async (request) => {
      const found = await journal.findAnswer(request);
      if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
      const { digest, answer } = found.value;
      return ok({ digest, answer: read(answer) });
    },
  };
}

/** The same, and before it what control has answered that is not on disk yet: a journal that takes nothing makes nothing undone. */
export function answersOrWaiting<T>(
  memory: LedgerMemory<T>,
  waiting: Pick<JournaledControl, 'answerWaiting'>,
  read: (answer: JsonValue) => T,
): LedgerMemory<T> {
  return {
    find: (request) => {
      const found = waiting.answerWaiting(request);
      if (found === undefined) return memory.find(request);
      return Promise.resolve(ok({ digest: found.digest, answer: read(found.answer) }));
    },
  };
}

/** The same, when what control has done for the request is on disk, or cannot be. */
export function answersOnDisk<T>(
  memory: LedgerMemory<T>,
  waiting: Pick<JournaledControl, 'answerWaiting' | 'settled'>,
): LedgerMemory<T> {
  return {
    find: async (request) => {
      if (waiting.answerWaiting(request) !== undefined) await waiting.settled();
      return memory.find(request);
    },
  };
}

/** What is looked up longer than this is not known to be answered, ms: whoever wants the unit to stop does not wait for a disk. */
const LOOKUP_MS_MAX = 250;

/** The same within a bounded time. */
export function answersInTime<T>(memory: LedgerMemory<T>, clock: Clock): LedgerMemory<T> {
  return {
    find: (request) =>
      new Promise((resolve) => {
        const cancel = clock.schedule(monotonicMs(clock.now() + LOOKUP_MS_MAX), () => resolve(err(fault(6504))));
        void memory.find(request).then((found) => {
          cancel();
          resolve(found);
        });
      }),
  };
}
