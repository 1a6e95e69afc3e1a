// All orders that the journal keeps, for whoever gets or lists them: open ones as they are mirrored, all others as they are on disk.
import type { Fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { ok, type Result } from '../core/result.ts';
import type { JobOrderPage, JobOrderQuery, JobOrderSource } from '../ports/job-order-source.ts';
import type { JournalPort } from '../ports/journal.ts';
import type { JobMirror } from './job-mirror.ts';
import { OrderIndex } from './order-index.ts';

/** Orders of one reading, while the index is filled: whoever waits for a commit waits no longer for it. */
const FILL_ORDERS = 50;

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

  /** Waits until all orders are known, which takes some seconds after a start with very many. */
  async page(query: JobOrderQuery): Promise<Result<JobOrderPage, Fault>> {
    const failed = await this.#filled();
    if (failed !== undefined) return { ok: false, error: failed };
    for (;;) {
      const { jobOrderIds, hasMore, total } = this.#index.page(query);
      const read = await Promise.all(jobOrderIds.map((id) => this.get(id)));
      const records: JobRecord[] = [];
      for (const [index, record] of read.entries()) {
        if (!record.ok) return record;
        // The journal keeps so many orders, and has let go of this one.
        if (record.value === undefined) this.#index.delete(jobOrderIds[index] ?? '');
        else records.push(record.value);
      }
      if (records.length === jobOrderIds.length) return ok({ records, hasMore, total });
    }
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
    let after: number | undefined;
    do {
      const page = await this.#journal.orders.list({
        direction: 'newest-first',
        limit: FILL_ORDERS,
        ...(after === undefined ? {} : { after }),
      });
      if (!page.ok) return page.error;
      for (const { event } of page.value.orders) this.#index.add(event.record);
      after = page.value.next;
    } while (after !== undefined);
    return undefined;
  }
}
