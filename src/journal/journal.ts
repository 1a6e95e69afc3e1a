// The journal as the gateway holds it: a thread does the work, and the event loop of the gateway never waits for the disk.
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type {
  JournalBatch,
  JournalPort,
  JournalState,
  ListedPage,
  ListedQuery,
  Stored,
  Urgency,
} from '../ports/journal.ts';
import { type BatchPieces, writeBatch } from './batch-text.ts';
import { KeptThread } from './kept-thread.ts';
import { readListed } from './listed-order.ts';
import type { FromWorker, Queries, Query, QueryKind, WorkerSettings } from './messages.ts';
import { writeTurn } from './pack.ts';
import { CHECKPOINT_PAGES } from './schema.ts';
import type { Retention } from './store.ts';
import { WaitingList } from './waiting-list.ts';

export interface JournalOptions {
  /** The file; what else belongs to it lies beside it: `-wal`, `-shm`, `.lock`, `.owner`, `.mark`. Made when it is not there. */
  readonly path: string;
  readonly retention?: Partial<Retention>;
  /** How long what is appended as `soon` may wait for company, ms, 0 to 60,000. @defaultValue 10,000 */
  readonly soonMs?: number;
  /** Pages of the write-ahead log after which they are written back; for tests. @defaultValue 32,768 */
  readonly checkpointPages?: number;
  /** First pause before a journal that failed is opened again, ms, >= 1; doubled up to 30 s. @defaultValue 1,000 */
  readonly reopenMs?: number;
}

const SOON_MS = 10_000;
const REOPEN_MS = 1_000;
/** Text of one batch, characters. */
const BATCH_CHARS_MAX = 1_048_576;
/** So many are handed over at once: the thread works on the first while the others are still being written down. */
const HANDED_MAX = 32;
/** What may wait for the disk at once. */
const WAITING_MAX = { requests: 20_000, chars: 33_554_432 };

interface Waiting {
  readonly chars: number;
  readonly settle: (answer: Result<unknown, Fault>) => void;
}

/**
 * Opens the journal, or makes it.
 * @returns 6501, 6502, 6503 (disk), 6505 (damaged: it is not touched), 6506 (newer schema), 6507 (another process writes it),
 *   6514 (gone, or another, by the mark that an earlier process left)
 */
export function openJournal(options: JournalOptions): Promise<Result<JournalPort, Fault>> {
  const settings: WorkerSettings = {
    path: options.path,
    retention: options.retention ?? {},
    soonMs: options.soonMs ?? SOON_MS,
    checkpointPages: options.checkpointPages ?? CHECKPOINT_PAGES,
    reopenMs: options.reopenMs ?? REOPEN_MS,
  };
  return openOver(new KeptThread(settings));
}

/** What a journal needs of its thread. */
export type ThreadOfJournal = Pick<KeptThread, 'start' | 'tell' | 'isThere' | 'post' | 'close'>;

/** Opens the journal of a thread. @returns as `openJournal` */
export async function openOver(thread: ThreadOfJournal): Promise<Result<JournalPort, Fault>> {
  const opened = await thread.start();
  return opened.ok ? ok(new Journal(thread, opened.value)) : opened;
}

/** What is appended in this turn of the event loop. */
interface Gathered {
  readonly ids: number[];
  readonly urgent: boolean[];
  readonly batches: BatchPieces[];
}

function emptyTurn(): Gathered {
  return { ids: [], urgent: [], batches: [] };
}

class Journal implements JournalPort {
  readonly #thread: ThreadOfJournal;
  readonly #waiting = new WaitingList<Waiting>();
  readonly #listeners = new Set<(state: JournalState) => void>();
  readonly id: string;
  #state: JournalState = { kind: 'ready' };
  #chars = 0;
  #turn = emptyTurn();
  #closing: Promise<void> | undefined;

  readonly orders: JournalPort['orders'] = {
    open: () => this.#query('open', undefined),
    get: (jobOrderId) => this.#query('get', jobOrderId),
    getAll: (jobOrderIds) => this.#query('getAll', jobOrderIds),
    list: (query) => this.#query('list', query),
    listed: (query) => this.#listed(query),
  };
  readonly events: JournalPort['events'] = {
    head: () => this.#query('head', undefined),
    since: (query) => this.#query('since', query),
    storedThrough: (epoch) => this.#query('storedThrough', epoch),
  };
  readonly responses: JournalPort['responses'] = {
    pending: (after, limit) => this.#query('pending', { after, limit }),
    attempted: (id, outcome) => this.#query('attempted', { id, ...outcome }),
    acknowledge: (id) => this.#query('acknowledge', id),
  };
  readonly notes: JournalPort['notes'] = {
    list: (prefix) => this.#query('notes', prefix),
  };
  readonly audit: JournalPort['audit'] = {
    since: (seq, limit) => this.#query('auditSince', { seq, limit }),
    head: () => this.#query('auditHead', undefined),
  };

  constructor(thread: ThreadOfJournal, id: string) {
    this.#thread = thread;
    this.id = id;
    thread.tell({
      heard: (message) => this.#hear(message),
      gone: (cause) => this.#lose(cause),
      returned: () => this.#become({ kind: 'ready' }),
    });
  }

  get state(): JournalState {
    return this.#state;
  }

  listen(listener: (state: JournalState) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  append(batch: JournalBatch, urgency: Urgency): Promise<Result<Stored, Fault>> {
    if (this.#state.kind === 'refusing') return Promise.resolve(err(this.#state.fault));
    const pieces = writeBatch(batch);
    if (pieces.chars > BATCH_CHARS_MAX) {
      return Promise.resolve(err(fault(6511, { chars: pieces.chars, charsMax: BATCH_CHARS_MAX })));
    }
    return this.#ask<Stored>(pieces.chars, (id) => this.#gather(id, pieces, urgency));
  }

  /** One message for all that is appended in this turn: crossing to the thread costs more than what crosses. */
  #gather(id: number, batch: BatchPieces, urgency: Urgency): void {
    const { ids, urgent, batches } = this.#turn;
    ids.push(id);
    urgent.push(urgency === 'now');
    batches.push(batch);
    if (ids.length === 1) setImmediate(() => this.#postTurn());
    if (ids.length === HANDED_MAX) this.#postTurn();
  }

  #postTurn(): void {
    if (this.#turn.ids.length === 0) return;
    const { ids, urgent, batches } = this.#turn;
    this.#thread.post({ kind: 'append', ids, urgent, ...writeTurn(batches) });
    this.#turn = emptyTurn();
  }

  findAnswer: JournalPort['findAnswer'] = ({ identity, method, requestId }) =>
    this.#query('findAnswer', { identity, method, requestId });

  async #listed(query: ListedQuery): Promise<Result<ListedPage, Fault>> {
    const found = await this.#query('listed', query);
    return found.ok ? ok({ orders: readListed(found.value), next: found.value.next }) : found;
  }

  #query<Kind extends QueryKind>(
    kind: Kind,
    asked: Queries[Kind]['asked'],
  ): Promise<Result<Queries[Kind]['answer'], Fault>> {
    const query = { kind, asked } as Query;
    return this.#ask<Queries[Kind]['answer']>(0, (id) => {
      this.#postTurn();
      this.#thread.post({ kind: 'query', id, query });
    });
  }

  #ask<T>(chars: number, post: (id: number) => void): Promise<Result<T, Fault>> {
    if (this.#closing !== undefined) return Promise.resolve(err(fault(6510)));
    if (!this.#thread.isThere)
      return Promise.resolve(err(this.#state.kind === 'refusing' ? this.#state.fault : fault(6510)));
    if (this.#waiting.size >= WAITING_MAX.requests || this.#chars + chars > WAITING_MAX.chars) {
      return Promise.resolve(err(fault(6504, { waiting: this.#waiting.size })));
    }
    this.#chars += chars;
    return new Promise((resolve) => {
      post(this.#waiting.add({ chars, settle: (answer) => resolve(answer as Result<T, Fault>) }));
    });
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'appended':
        for (const [index, id] of message.ids.entries()) {
          const before = message.positions[index - 1] ?? message.before;
          this.#settle(id, ok({ position: message.positions[index] ?? 0, before } satisfies Stored));
        }
        return;
      case 'not-appended':
        for (const id of message.ids) this.#settle(id, err(message.fault));
        return;
      case 'answer':
        this.#settle(message.id, message.answer);
        return;
      case 'state':
        this.#become(message.state);
        return;
      case 'opened':
      case 'not-opened':
      case 'closed':
        return;
      default:
        message satisfies never;
    }
  }

  #settle(id: number, answer: Result<unknown, Fault>): void {
    const waiting = this.#waiting.take(id);
    if (waiting === undefined) return;
    this.#chars -= waiting.chars;
    waiting.settle(answer);
  }

  #become(state: JournalState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  /** The thread is gone: whoever waits is told that nothing is certain, and nothing is accepted until another is there. */
  #lose(cause: Fault): void {
    this.#turn = emptyTurn();
    this.#chars = 0;
    for (const { settle } of this.#waiting.takeAll()) settle(err(cause));
    this.#become({ kind: 'refusing', fault: cause });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#postTurn();
    await this.#thread.close();
    this.#lose(fault(6510));
  }
}
