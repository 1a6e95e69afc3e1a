// All orders that the journal keeps, for whoever gets or lists them: open ones as they are mirrored, all others as they are on disk.
import type { Fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { ok, type Result } from '../core/result.ts';
import type { JobOrderPage, JobOrderQuery, JobOrderSource } from '../ports/job-order-source.ts';
import type { JournalPort, ListedPage } from '../ports/journal.ts';
import type { JobMirror } from './job-mirror.ts';
import { OrderIndex } from './order-index.ts';

/** Orders of one reading, while the index is filled: some milliseconds, and whoever waits for a commit waits no longer for it. */
const FILL_ORDERS = 1_000;

export class KeptOrders implements JobOrderSource {
  readonly #mirror: JobMirror;
  readonly #journal: JournalPort;
  readonly #index = new OrderIndex();
  #filling: Promise<Fault | undefined>;

  /** @param mirror shows what is on disk, from before control is listened to */
  constructor(mirror: JobMirror, journal: JournalPort) {
    this.#mirror = mirror;
    this.#journal = journal;
    for (const record of mirror.records()) this.#index.set(record);
    mirror.listen((change) => {
      if (change.kind === 'record') this.#index.set(change.record);
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

  async #fill(): Promise<Fault | undefined> {
    let after: number | undefined = 0;
    do {
      const page: Result<ListedPage, Fault> = await this.#journal.orders.listed({ after, limit: FILL_ORDERS });
      if (!page.ok) return page.error;
      for (const listed of page.value.orders) this.#index.add(listed);
      after = page.value.next;
    } while (after !== undefined);
    return undefined;
  }
}

function named(record: JobRecord): readonly [jobOrderId: string, JobRecord] {
  return [record.order.jobOrderId, record];
}
