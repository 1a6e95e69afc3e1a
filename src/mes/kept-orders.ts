// All orders that the journal keeps, for whoever gets or lists them: open ones as they are mirrored, all others as they are on disk.
import type { Fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { ok, type Result } from '../core/result.ts';
import type { JobOrderPage, JobOrderQuery, JobOrderSource } from '../ports/job-order-source.ts';
import type { JournalPort, ListedPage } from '../ports/journal.ts';
import { isFinal, type JobMirror } from './job-mirror.ts';
import { OrderIndex } from './order-index.ts';

/** Orders of one reading, while the index is filled: some milliseconds, and whoever waits for a commit waits no longer for it. */
const FILL_ORDERS = 1_000;
/** After so many orders have ended it is asked which of the oldest are not kept any more; of so many at a time. */
const FORGET_ORDERS = 200;

export class KeptOrders implements JobOrderSource {
  readonly #mirror: JobMirror;
  readonly #journal: JournalPort;
  readonly #index = new OrderIndex();
  #filling: Promise<Fault | undefined>;
  /** Orders told of while the index was filled: before them stand older ones that were read later. */
  #early: Set<string> | undefined = new Set();
  #endedSince = 0;

  /** @param mirror shows what is on disk, from before control is listened to */
  constructor(mirror: JobMirror, journal: JournalPort) {
    this.#mirror = mirror;
    this.#journal = journal;
    for (const record of mirror.records()) this.#index.set(record);
    mirror.listen((change) => {
      if (change.kind === 'record') this.#set(change.record);
      if (change.kind === 'removed') this.#index.delete(change.record.order.jobOrderId);
    });
    this.#filling = this.#fill();
  }

  async get(jobOrderId: string): Promise<Result<JobRecord | undefined, Fault>> {
    const shown = this.#mirror.get(jobOrderId);
    if (shown !== undefined) return ok(shown);
    const kept = await this.#journal.orders.get(jobOrderId);
    return kept.ok ? ok(kept.value?.event.record) : kept;
  }

  /** Waits until all orders are known, which takes about a second after a start with very many. */
  async page(query: JobOrderQuery): Promise<Result<JobOrderPage, Fault>> {
    const failed = await this.#filled();
    if (failed !== undefined) return { ok: false, error: failed };
    for (;;) {
      const { jobOrderIds, hasMore, total } = this.#index.page(query);
      const shown = new Map(jobOrderIds.flatMap((id) => this.#mirror.get(id) ?? []).map(named));
      const kept = await this.#kept(jobOrderIds.filter((id) => !shown.has(id)));
      if (!kept.ok) return kept;
      const records: JobRecord[] = [];
      for (const id of jobOrderIds) {
        const record = shown.get(id) ?? kept.value.get(id);
        // The journal keeps so many orders, and has let go of this one.
        if (record === undefined) this.#index.delete(id);
        else records.push(record);
      }
      if (records.length === jobOrderIds.length) return ok({ records, hasMore, total });
    }
  }

  async #kept(ids: readonly string[]): Promise<Result<ReadonlyMap<string, JobRecord>, Fault>> {
    if (ids.length === 0) return ok(new Map());
    const read = await this.#journal.orders.getAll(ids);
    if (!read.ok) return read;
    return ok(new Map(read.value.flatMap((order) => (order === undefined ? [] : [named(order.event.record)]))));
  }

  /** What failed is tried again when somebody asks. */
  async #filled(): Promise<Fault | undefined> {
    const filling = this.#filling;
    const failed = await filling;
    if (failed === undefined) return undefined;
    if (this.#filling === filling) this.#filling = this.#fill();
    return this.#filling;
  }

  #set(record: JobRecord): void {
    this.#index.set(record);
    this.#early?.add(record.order.jobOrderId);
    if (!isFinal(record)) return;
    this.#endedSince += 1;
    if (this.#endedSince < FORGET_ORDERS) return;
    this.#endedSince = 0;
    void this.#forget();
  }

  /** The journal keeps so many ended orders: what is known of those that it has let go of is of no use, and would grow for ever. */
  async #forget(): Promise<void> {
    for (;;) {
      const ids = this.#index.oldest(FORGET_ORDERS);
      const kept = await this.#journal.orders.getAll(ids);
      if (!kept.ok) return;
      const gone = ids.filter((id, at) => kept.value[at] === undefined && this.#mirror.get(id) === undefined);
      for (const id of gone) this.#index.delete(id);
      if (gone.length < FORGET_ORDERS) return;
    }
  }

  async #fill(): Promise<Fault | undefined> {
    let after: number | undefined = 0;
    do {
      const page: Result<ListedPage, Fault> = await this.#journal.orders.listed({ after, limit: FILL_ORDERS });
      if (!page.ok) return page.error;
      for (const listed of page.value.orders) this.#index.add(listed);
      after = page.value.next;
    } while (after !== undefined);
    for (const id of this.#early ?? []) this.#index.renew(id);
    this.#early = undefined;
    return undefined;
  }
}

function named(record: JobRecord): readonly [jobOrderId: string, JobRecord] {
  return [record.order.jobOrderId, record];
}
