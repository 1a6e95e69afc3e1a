// What the thread of the journal does: opens it, commits what comes in groups, answers questions, and opens it again after a failure.
import { existsSync } from 'node:fs';
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { EventQuery, JournalState } from '../ports/journal.ts';
import { bootTime } from './boot-time.ts';
import { type Clockwork, GroupCommit, type Waiting } from './group-commit.ts';
import { expectedBy, readMark, writeMark } from './mark.ts';
import type { FromWorker, Query, ToWorker, WorkerSettings } from './messages.ts';
import { type ExpectedJournal, openStore } from './open-store.ts';
import { DisplacedError } from './own-files.ts';
import { faultOf } from './sqlite.ts';
import type { JournalStore } from './store.ts';
import { takeWriteLock, type WriteLock } from './write-lock.ts';

const REOPEN_MS_MAX = 30_000;
/** How old the mark beside the journal may be while something happens, ms. */
const MARK_MS = 3_600_000;

/** The way back to the holder of the journal. */
export interface ThreadPort {
  post(message: FromWorker): void;
  /** Nothing follows. */
  close(): void;
}

export class JournalThread {
  readonly #port: ThreadPort;
  readonly #settings: WorkerSettings;
  readonly #clock: Clockwork;
  readonly #groups: GroupCommit;
  #store: Result<JournalStore, Fault> = err(fault(6510));
  #lock: WriteLock | undefined;
  /** What was confirmed to whoever asked. */
  #expected: ExpectedJournal | undefined;
  #reopenMs: number;
  #cancelReopening: (() => void) | undefined;
  /** Position that the mark says, and when it was written. */
  #marked = { position: -1, at: 0 };

  constructor(port: ThreadPort, settings: WorkerSettings, clock: Clockwork) {
    this.#port = port;
    this.#settings = settings;
    this.#clock = clock;
    this.#expected = settings.expected;
    this.#reopenMs = settings.reopenMs;
    this.#groups = new GroupCommit((group) => this.#commit(group), clock, settings.soonMs);
  }

  /** The first opening decides: a journal that cannot be opened is for people to look at. */
  start(): void {
    // What an earlier process has left is no less than what was confirmed.
    const mark = this.#expected === undefined ? readMark(this.#settings.path) : undefined;
    if (mark !== undefined) this.#expected = expectedBy(mark);
    this.#store = this.#open();
    if (this.#store.ok) this.#tell({ kind: 'opened', journalId: this.#store.value.id });
    else this.#refuseToStart(this.#store.error);
  }

  #refuseToStart(refused: Fault): void {
    this.#lock?.release();
    this.#tell({ kind: 'not-opened', fault: refused });
    this.#port.close();
  }

  #open(): Result<JournalStore, Fault> {
    const { path, retention, checkpointPages } = this.#settings;
    // Nothing is made where it was: whoever moved it away may be about to move it back.
    if (this.#expected !== undefined && !existsSync(path)) return err(fault(6514, { file: path, cause: 'it is gone' }));
    if (this.#lock?.isOurs !== true) {
      this.#lock?.release();
      const lock = takeWriteLock(path);
      this.#lock = lock.ok ? lock.value : undefined;
      if (!lock.ok) return lock;
    }
    const opened = openStore({ path, retention, checkpointPages, boot: bootTime, expected: this.#expected });
    if (opened.ok) {
      this.#note(opened.value);
      this.#mark(opened.value);
    }
    return opened;
  }

  #note({ auditHead, id, inode, position }: JournalStore): void {
    this.#expected = { journalId: id, inode, position, auditSeq: auditHead.seq };
  }

  #mark({ auditHead, id, position }: JournalStore): void {
    writeMark(this.#settings.path, { journalId: id, position, trail: auditHead });
    this.#marked = { position, at: this.#clock.now() };
  }

  /** From time to time: what is wrong with the files is found while what is in them can still be had. */
  look(): void {
    if (!this.#store.ok) return;
    const looked = this.#attempt((store) => store.look());
    if (!looked.ok) this.#refuse(looked.error);
    else if (this.#store.value.position > this.#marked.position && this.#clock.now() - this.#marked.at >= MARK_MS)
      this.#mark(this.#store.value);
  }

  hear(message: ToWorker): void {
    switch (message.kind) {
      case 'append':
        for (const [index, text] of message.texts.entries())
          this.#groups.add(
            { id: message.ids[index] ?? 0, batch: { text, pack: message.pack } },
            message.urgent[index] ?? true,
          );
        return;
      case 'query':
        this.#tell({ kind: 'answer', id: message.id, answer: this.#answer(message.query) });
        return;
      case 'close':
        this.#close();
        return;
      default:
        message satisfies never;
    }
  }

  /** @returns how long the disk took, ms */
  #commit(group: readonly Waiting[]): number {
    const answers = this.#attempt((store) => {
      const stored = store.commitWritten(group.map(({ batch }) => batch));
      this.#note(store);
      return stored;
    });
    const ids = group.map(({ id }) => id);
    if (answers.ok) {
      const [first] = answers.value;
      const positions = answers.value.map(({ position }) => position);
      this.#tell({ kind: 'appended', ids, before: first?.before ?? 0, positions });
      return this.#store.ok ? this.#store.value.diskMs : 0;
    }
    this.#tell({ kind: 'not-appended', ids, fault: answers.error });
    this.#refuse(answers.error);
    return 0;
  }

  #answer(query: Query): Result<unknown, Fault> {
    if (query.kind === 'since') return this.#since(query.asked);
    const answer = this.#attempt((store) => read(store, query));
    const isWrite = query.kind === 'attempted' || query.kind === 'acknowledge';
    if (!answer.ok && (isWrite || answer.error.code === 6505)) this.#refuse(answer.error);
    return answer;
  }

  #since(query: EventQuery): Result<unknown, Fault> {
    const page = this.#attempt((store) => ({ page: store.since(query) }));
    if (!page.ok) return page;
    return page.value.page === undefined ? err(fault(6508, { position: query.position })) : ok(page.value.page);
  }

  #attempt<T>(action: (store: JournalStore) => T): Result<T, Fault> {
    if (!this.#store.ok) return this.#store;
    try {
      if (this.#lock?.isOurs === false) throw new DisplacedError('its lock was removed or moved');
      return ok(action(this.#store.value));
    } catch (error) {
      return err(faultOf(error, this.#settings.path));
    }
  }

  /** What failed once is not tried again on the same connection: it is closed, and opened and checked as if it were new. */
  #refuse(refused: Fault): void {
    if (this.#store.ok) this.#abandon(this.#store.value);
    this.#store = err(refused);
    this.#tellState({ kind: 'refusing', fault: refused });
    this.#cancelReopening ??= this.#clock.after(this.#reopenMs, () => this.#reopen());
  }

  #abandon(store: JournalStore): void {
    try {
      store.abandon();
    } catch {
      // A connection that cannot even be closed is of no use, and nothing depends on it.
    }
  }

  #reopen(): void {
    this.#cancelReopening = undefined;
    this.#store = this.#open();
    if (this.#store.ok) {
      this.#reopenMs = this.#settings.reopenMs;
      this.#tellState({ kind: 'ready' });
      return;
    }
    this.#reopenMs = Math.min(REOPEN_MS_MAX, this.#reopenMs * 2);
    this.#refuse(this.#store.error);
  }

  #close(): void {
    this.#groups.flush();
    this.#cancelReopening?.();
    if (this.#store.ok) this.#end(this.#store.value);
    this.#lock?.release();
    this.#tell({ kind: 'closed' });
    this.#port.close();
  }

  #end(store: JournalStore): void {
    try {
      store.look();
      this.#mark(store);
      store.close();
    } catch {
      this.#abandon(store);
    }
  }

  #tellState(state: JournalState): void {
    this.#tell({ kind: 'state', state });
  }

  #tell(message: FromWorker): void {
    this.#port.post(message);
  }
}

function read(store: JournalStore, query: Exclude<Query, { readonly kind: 'since' }>): unknown {
  switch (query.kind) {
    case 'open':
      return store.orders.open();
    case 'get':
      return store.get(query.asked);
    case 'getAll':
      return query.asked.map((id) => store.get(id));
    case 'listed':
      return store.orders.listed(query.asked);
    case 'list':
      return store.list(query.asked);
    case 'head':
      return store.position;
    case 'storedThrough':
      return store.storedThrough(query.asked);
    case 'findAnswer':
      return store.findAnswer(query.asked);
    case 'pending':
      return store.pendingResponses(query.asked.after, query.asked.limit);
    case 'attempted':
      store.attempted(query.asked.id, query.asked);
      return undefined;
    case 'acknowledge':
      store.acknowledge(query.asked);
      return undefined;
    case 'notes':
      return store.notes(query.asked);
    case 'auditSince':
      return store.auditSince(query.asked.seq, query.asked.limit);
    case 'auditHead':
      return store.auditHead;
    default:
      return query satisfies never;
  }
}
