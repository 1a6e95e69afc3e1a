// The control process as services see it where there is a journal: an answer comes when what it tells is on disk, and a control
// process that has started anew is given its orders back before anybody may ask it for anything.

import { canonicalJson } from '../core/canonical-json.ts';
import type { CellEvent, CellReply, CellRequest, CellSnapshot } from '../core/cell-event.ts';
import { isDurable } from '../core/event-storage.ts';
import { describeFault, type Fault, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { isOpen } from '../core/job-transitions.ts';
import { ONCE_COMMANDS } from '../core/unit-command.ts';
import { monotonicMs } from '../core/units.ts';
import type { ConnectionLost, ControlClient, FromControl } from '../ports/cell-channel.ts';
import type { LedgerEntry, StoredOrder } from '../ports/journal.ts';
import type { AuditDesk } from './audit-desk.ts';
import { type AskedRequest, JournalFeed, type JournalFeedOptions } from './journal-feed.ts';
import { asAnswer } from './ledger-answer.ts';
import { restoreOrders } from './restore-orders.ts';

type Message = FromControl | ConnectionLost;
type Done = Extract<CellReply, { readonly ok: true }>;

/** The answer to what no disk may hold up waits so long for it at most, ms. */
const ANSWER_WAITS_MS = 1_000;

/** A connection to control that is not yet shown to anybody. */
interface Greeting {
  readonly epoch: string;
  readonly messages: Message[];
  /** All that control kept for this connection was heard. */
  isComplete: boolean;
}

export interface JournaledControlOptions extends JournalFeedOptions {
  /** Records what no event of control tells. */
  readonly audit: AuditDesk;
}

export class JournaledControl implements ControlClient {
  readonly #options: JournaledControlOptions;
  readonly #feed: JournalFeed;
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #unlisten: () => void;
  #greeting: Greeting | undefined;
  #shown: { readonly epoch: string } | undefined;
  #restores = 0;
  /** What control was told last of the journal. */
  #toldRefused: Fault | undefined;
  /** Why the orders in the journal could not be read when they were asked for last; empty: they could. */
  #unread = '';

  constructor(options: JournaledControlOptions) {
    this.#options = options;
    this.#feed = new JournalFeed(options);
    this.#feed.onRefusal(() => this.#tellStorage());
    const unlisten = [
      options.journal.listen(() => this.#tellStorage()),
      options.control.listen((message) => this.#hear(message)),
    ];
    this.#unlisten = () => {
      for (const end of unlisten) end();
    };
  }

  get connected(): boolean {
    return this.#shown !== undefined;
  }

  /** Told whenever something new is on disk. One listener. */
  onStored(listener: () => void): void {
    this.#feed.onStored(listener);
  }

  get snapshot(): CellSnapshot | undefined {
    return this.connected ? this.#options.control.snapshot : undefined;
  }

  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** How control has answered what it was asked, where that is not on disk yet. */
  answerWaiting(request: AskedRequest): LedgerEntry | undefined {
    return this.#feed.answerWaiting(request);
  }

  /** Resolves when all that was heard so far is on disk, or the journal has refused it. */
  settled(): Promise<void> {
    return this.#feed.settled();
  }

  /** Nothing to do: this says itself what is on disk. */
  stored(): void {
    // The feed has told control.
  }

  /** Nothing to do: this says itself whether the journal is written. */
  storing(): void {
    // Control has been told.
  }

  watched(isWatched: boolean): void {
    this.#options.control.watched(isWatched);
  }

  /** Refused with the fault of the journal while that takes nothing, and with 6007 while control is being given its orders. */
  async request(request: CellRequest): Promise<CellReply> {
    const { requestId } = request;
    const { control } = this.#options;
    // The unit can be told to stop although nobody can say which orders it has.
    const { epoch } = this.#shown ?? (isAboutOrders(request) ? undefined : this.#greeting) ?? {};
    if (epoch === undefined) {
      return { requestId, ok: false, fault: fault(6007, { cause: 'the control process cannot be reached' }) };
    }
    const origin = 'origin' in request ? request.origin : undefined;
    const isTaken = origin !== undefined && this.#feed.answerWaiting(origin) !== undefined;
    const refused = this.#refused;
    if (isAboutOrders(request) && refused !== undefined) {
      return { requestId, ok: false, fault: isTaken ? pending(refused) : refused };
    }
    // What an earlier gateway has asked for is not asked for again, unless it brings the unit to rest.
    if (!isAboutOrders(request) && !bringsToRest(request) && origin !== undefined) {
      const mayBeTaken = isTaken || this.#greeting?.isComplete === false;
      if (mayBeTaken) return { requestId, ok: false, fault: fault(6007, { cause: 'it may have been done already' }) };
    }
    if (request.kind === 'store' || request.kind === 'store-and-start') {
      const taken = await this.#idTaken(request.order.jobOrderId);
      if (taken !== undefined) return { requestId, ok: false, fault: taken };
    }
    const reply = await control.request(request);
    if (!reply.ok) return reply;
    this.#note(request, reply);
    if (!isAboutOrders(request)) await this.#withinReason(this.#remembered(epoch, request, reply));
    else if (reply.sequence !== undefined) {
      const failed = await this.#feed.stored(epoch, reply.sequence);
      if (failed !== undefined) return { requestId, ok: false, fault: pending(failed) };
    }
    return reply;
  }

  /** Why nothing that would have to be on disk is taken now. */
  get #refused(): Fault | undefined {
    const { state } = this.#options.journal;
    return state.kind === 'refusing' ? state.fault : this.#feed.refusedWith;
  }

  #tellStorage(isFirst = false): void {
    const refused = this.#refused;
    if (!isFirst && refused?.code === this.#toldRefused?.code) return;
    this.#toldRefused = refused;
    this.#options.control.storing(refused);
  }

  /** Resolves when the answer to a request outlives this process, or cannot; at once where it has no id. */
  async #remembered(epoch: string, request: CellRequest, reply: Done): Promise<void> {
    const origin = 'origin' in request ? request.origin : undefined;
    if (origin === undefined) return;
    const { alarm, sequence, unchanged, unit } = reply;
    if (request.kind !== 'set-mode' && unchanged !== true && sequence !== undefined) {
      await this.#feed.stored(epoch, sequence);
      return;
    }
    const { clock, journal } = this.#options;
    const answer = alarm === undefined ? unit : { epoch, alarm };
    if (answer === undefined) return;
    const ledger = [{ ...origin, answer: asAnswer(answer), time: clock.wall() }];
    await journal.append({ epoch: '', events: [], ledger }, 'now');
  }

  /** What is done already is answered, whatever the disk does. */
  #withinReason(kept: Promise<void>): Promise<void> {
    const { clock } = this.#options;
    return new Promise((resolve) => {
      const cancel = clock.schedule(monotonicMs(clock.now() + ANSWER_WAITS_MS), resolve);
      void kept.then(() => {
        cancel();
        resolve();
      });
    });
  }

  /** What was done although no event of control tells of it by itself. */
  #note(request: CellRequest, reply: Done): void {
    if (!('askedBy' in request) || request.askedBy === undefined) return;
    const { requestId, traceId, ...by } = request.askedBy;
    const told = { ...by, correlation: { requestId, jobOrderId: '', traceId } };
    const unit = { kind: 'unit', id: '', revision: 0 };
    const { audit } = this.#options;
    if (request.kind === 'set-mode') {
      audit.changedNothing({ ...told, object: unit, after: canonicalJson({ mode: request.mode, unchanged: true }) });
    } else if (reply.unchanged === true && 'alarmId' in request) {
      const object = { kind: 'alarm', id: String(request.alarmId), revision: 0 };
      audit.changedNothing({ ...told, object, after: canonicalJson({ unchanged: true }) });
    }
  }

  /** Control forgets orders that have ended; their ids are taken for as long as the journal keeps them. */
  async #idTaken(jobOrderId: string): Promise<Fault | undefined> {
    const kept = await this.#options.journal.orders.get(jobOrderId);
    if (!kept.ok) return kept.error;
    const state = kept.value?.event.record.state;
    return state === undefined || isOpen(state) ? undefined : fault(6003, { jobOrderId, state });
  }

  /** Stops listening; what was heard is given to the journal. */
  async close(): Promise<void> {
    this.#unlisten();
    await this.#feed.close();
  }

  #hear(message: Message): void {
    if (message.kind === 'hello') {
      this.#greet({ epoch: message.epoch, messages: [message], isComplete: false });
      this.#feed.begin(message.epoch, message.records);
      this.#tellStorage(true);
      return;
    }
    if (message.kind === 'lost') {
      this.#feed.end();
      this.#greeting = undefined;
      const wasShown = this.#shown !== undefined;
      this.#shown = undefined;
      if (wasShown) this.#options.audit.system('control.lost', '');
      if (wasShown) this.#tell(message);
      return;
    }
    if (message.kind === 'event' && isDurable(message.event.body)) this.#feed.put(message.event);
    if (this.#greeting === undefined) {
      this.#tell(message);
      return;
    }
    this.#greeting.messages.push(message);
    // Snapshots come after everything that was kept for this connection.
    if (message.kind !== 'snapshot') return;
    this.#greeting.isComplete = true;
    void this.#giveBack(this.#greeting);
  }

  #greet(greeting: Greeting): void {
    this.#shown = undefined;
    this.#greeting = greeting;
  }

  /** Once per connection: with the first snapshot after the greeting. */
  async #giveBack(greeting: Greeting): Promise<void> {
    if (greeting.messages.filter(({ kind }) => kind === 'snapshot').length > 1) return;
    const { journal, log } = this.#options;
    // What the control process before has told last belongs to what is given back.
    await this.#feed.settled();
    const open = await journal.orders.open();
    const unread = open.ok ? '' : describeFault(open.error);
    // Asked again with every snapshot: the log is told once.
    if (unread !== this.#unread && unread !== '') log(`the orders in the journal cannot be read: ${unread}`);
    this.#unread = unread;
    const missing = missingIn(greeting.messages, open.ok ? open.value : []);
    const isDone = await restoreOrders(
      missing.map(({ event }) => event),
      { ...this.#options, nextRequestId: () => this.#nextRestore() },
    );
    // A request that an earlier gateway did not live to answer is answered by what control kept of it.
    await this.#feed.settled();
    if (this.#greeting !== greeting) return;
    // Whoever listens later would not hear of the connection.
    const isHeard = this.#listeners.size > 0;
    if (!isDone || !open.ok || !isHeard) {
      // Control must not take an order twice: nobody may ask before it has its orders. The next snapshot tries again.
      greeting.messages.splice(1, greeting.messages.length, ...greeting.messages.slice(1).filter(isKept));
      return;
    }
    this.#greeting = undefined;
    this.#shown = { epoch: greeting.epoch };
    this.#options.audit.system('control.connected', greeting.epoch);
    const committed = new Map(open.value.map(({ event: { record } }) => [record.order.jobOrderId, record]));
    for (const message of greeting.messages) this.#tell(this.#asCommitted(message, committed));
  }

  /**
   * An order that has begun to be something else is shown so once that is on disk. One that the journal does not have at all, as
   * after another was put in its place, is shown as control has it.
   */
  #asCommitted(message: Message, committed: ReadonlyMap<string, JobRecord>): Message {
    if (message.kind !== 'hello' || this.#options.committed === undefined) return message;
    const isRefusing = this.#feed.refusedWith !== undefined;
    const records = message.records.flatMap((record) => {
      const onDisk = committed.get(record.order.jobOrderId);
      return onDisk ?? (isRefusing ? [] : record);
    });
    return { ...message, records };
  }

  #nextRestore(): string {
    this.#restores += 1;
    return `restore-${this.#restores}`;
  }

  /** What becomes of orders is told by what is on disk. */
  #tell(message: Message): void {
    if (this.#options.committed !== undefined && isOfOrders(message)) return;
    for (const listener of [...this.#listeners]) listener(message);
  }
}

function isOfOrders(message: Message): boolean {
  if (message.kind === 'reply') return true;
  return message.kind === 'event' && (message.event.body.kind === 'job' || message.event.body.kind === 'job-removed');
}

function isKept({ kind }: Message): boolean {
  return kind !== 'snapshot';
}

/** Control has taken the request already: it is done once it is on disk, and whoever was refused must know that it is not undone. */
function pending({ code, detail }: Fault): Fault {
  return fault(code, { ...detail, pending: 'done as soon as it is on disk' });
}

function isAboutOrders({ kind }: CellRequest): boolean {
  return !(
    // A stop must not wait for a disk.
    kind === 'unit-command' ||
    kind === 'set-mode' ||
    kind === 'jog' ||
    kind === 'bypass' ||
    kind === 'clear-bypass' ||
    kind === 'restore' ||
    kind === 'acknowledge-alarm' ||
    kind === 'shelve-alarm' ||
    kind === 'unshelve-alarm'
  );
}

function bringsToRest(request: CellRequest): boolean {
  return request.kind === 'unit-command' && !ONCE_COMMANDS.has(request.command);
}

/** Open orders of the journal that control neither has nor has just removed. */
function missingIn(messages: readonly Message[], open: readonly StoredOrder[]): readonly StoredOrder[] {
  const known = new Set<string>();
  for (const message of messages) {
    if (message.kind === 'hello') for (const { order } of message.records) known.add(order.jobOrderId);
    if (message.kind === 'event') for (const id of ordersIn(message.event)) known.add(id);
  }
  return open.filter(({ event }) => !known.has(event.record.order.jobOrderId));
}

function ordersIn({ body }: CellEvent): readonly string[] {
  return body.kind === 'job' || body.kind === 'job-removed' ? [body.record.order.jobOrderId] : [];
}
