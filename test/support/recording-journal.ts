// A journal without a disk: takes everything, keeps what was to be recorded, and knows no order.
import type { Fault } from '../../src/core/faults.ts';
import { err, ok } from '../../src/core/result.ts';
import type { AuditEntry, JournalBatch, JournalPort, JournalState } from '../../src/ports/journal.ts';

export class RecordingJournal implements JournalPort {
  readonly id = 'recording';
  readonly batches: JournalBatch[] = [];
  /** What the next batches are refused with; undefined: they are taken. */
  refuseWith: Fault | undefined;
  state: JournalState = { kind: 'ready' };
  #position = 0;
  readonly #listeners = new Set<(state: JournalState) => void>();

  get records(): readonly AuditEntry[] {
    return this.batches.flatMap(({ audit }) => audit ?? []);
  }

  /** Records of these types, e.g. `job.`, in order. */
  recorded(prefix: string): readonly AuditEntry[] {
    return this.records.filter(({ type }) => type.startsWith(prefix));
  }

  become(state: JournalState): void {
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }

  append: JournalPort['append'] = (batch) => {
    if (this.refuseWith !== undefined) return Promise.resolve(err(this.refuseWith));
    this.batches.push(batch);
    const before = this.#position;
    this.#position += batch.events.length;
    return Promise.resolve(ok({ position: this.#position, before }));
  };
  readonly orders: JournalPort['orders'] = {
    open: () => Promise.resolve(ok([])),
    get: () => Promise.resolve(ok(undefined)),
    getAll: (ids) => Promise.resolve(ok(ids.map(() => undefined))),
    list: () => Promise.resolve(ok({ orders: [], next: undefined, total: 0 })),
    listed: () => Promise.resolve(ok({ orders: [], next: undefined })),
  };
  readonly events: JournalPort['events'] = {
    head: () => Promise.resolve(ok(this.#position)),
    since: () => Promise.resolve(ok({ events: [], position: this.#position, more: false })),
    storedThrough: () => Promise.resolve(ok(0)),
  };
  readonly responses: JournalPort['responses'] = {
    pending: () => Promise.resolve(ok([])),
    attempted: () => Promise.resolve(ok(undefined)),
    acknowledge: () => Promise.resolve(ok(undefined)),
  };
  readonly audit: JournalPort['audit'] = {
    since: () => Promise.resolve(ok([])),
    head: () => Promise.resolve(ok({ seq: 0, hash: '' })),
  };
  readonly notes: JournalPort['notes'] = {
    list: () => Promise.resolve(ok([])),
  };
  findAnswer: JournalPort['findAnswer'] = () => Promise.resolve(ok(undefined));
  listen: JournalPort['listen'] = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  close = (): Promise<void> => Promise.resolve();
}
