// Cells that are broken on purpose, each in one of the ways in which orders could be lost, done twice or moved by nobody: what the campaign
// of kills is there to find. See `test/scenario/kills-virtual.test.ts`.

import type { CellRequest } from '../../src/core/cell-event.ts';
import { ok } from '../../src/core/result.ts';
import type { ControlClient, ControlServer } from '../../src/ports/cell-channel.ts';
import type { JobEventBody, JournalPort } from '../../src/ports/journal.ts';

export interface Broken {
  /** What each gateway takes for its journal. */
  readonly journal?: (journal: JournalPort) => JournalPort;
  /** What each gateway takes for control. */
  readonly client?: (control: ControlClient) => ControlClient;
  /** What each control takes for its gateway. */
  readonly server?: (gateway: ControlServer) => ControlServer;
  /** What one control process has told of its orders is not given to the next one. */
  readonly forgetsBegun?: boolean;
  /** The reset closes by itself after each start of control. */
  readonly sticksReset?: boolean;
}

/** The ways, by name; each is made anew for each run. */
export const BREAKAGES = {
  'acknowledged before the commit': () => ({ journal: early }),
  'answers forgotten': () => ({
    journal: (journal) => ({ ...bound(journal), findAnswer: () => Promise.resolve(ok(undefined)) }),
  }),
  'begun before that is on disk': () => ({ server: believing }),
  'where it stood forgotten with a stop': () => ({ journal: forgettingPlaces, forgetsBegun: true }),
  'resumed by nobody': () => ({ client: resumingByItself }),
  'a retry taken for another order': takingRetriesForNew,
  'enabled by a reset that nobody pressed': () => ({ sticksReset: true }),
} as const satisfies Readonly<Record<string, () => Broken>>;

export type BreakageName = keyof typeof BREAKAGES;

/** Says at once that it is on disk, and puts it there some turns later. */
function early(journal: JournalPort): JournalPort {
  return {
    ...bound(journal),
    append: (batch, urgency) => {
      void journal.append(batch, urgency);
      return Promise.resolve(ok({ before: 0, position: 0 }));
    },
  };
}

/** Where an order stood is not given back once it was interrupted by more than the loss of control. */
function forgettingPlaces(journal: JournalPort): JournalPort {
  const { orders } = journal;
  return {
    ...bound(journal),
    orders: {
      get: (jobOrderId) => orders.get(jobOrderId),
      getAll: (jobOrderIds) => orders.getAll(jobOrderIds),
      list: (query) => orders.list(query),
      listed: (query) => orders.listed(query),
      open: async () => {
        const open = await orders.open();
        if (!open.ok) return open;
        return ok(open.value.map((order) => ({ ...order, event: withoutPlace(order.event) })));
      },
    },
  };
}

function withoutPlace(event: JobEventBody): JobEventBody {
  const { kind, record } = event;
  return record.state === 'Interrupted' && record.reason?.code !== 4005 ? { kind, record } : event;
}

/** Control lets an order begin, and move, whether or not the gateway has said that this is on disk. */
function believing(gateway: ControlServer): ControlServer {
  const storage = () => ({ ...gateway.storage(), through: Number.POSITIVE_INFINITY });
  return { ...boundServer(gateway), storage };
}

/** The gateway resumes what was interrupted as soon as the cell lets it, and nobody has asked it to. */
function resumingByItself(control: ControlClient): ControlClient {
  const waiting = new Set<string>();
  let requests = 0;
  const resume = async (jobOrderId: string): Promise<void> => {
    waiting.delete(jobOrderId);
    requests += 1;
    const { ok: isResumed } = await control.request({ kind: 'resume', requestId: `nobody-${requests}`, jobOrderId });
    if (!isResumed) waiting.add(jobOrderId);
  };
  return {
    request: (request) => {
      for (const id of begunIn(request)) waiting.add(id);
      return control.request(request);
    },
    stored: (epoch, sequence) => control.stored(epoch, sequence),
    storing: (refused) => control.storing(refused),
    watched: (isWatched) => control.watched(isWatched),
    get snapshot() {
      return control.snapshot;
    },
    get connected() {
      return control.connected;
    },
    listen: (listener) =>
      control.listen((message) => {
        listener(message);
        if (message.kind === 'snapshot') for (const id of [...waiting]) void resume(id);
      }),
  };
}

function begunIn(request: CellRequest): readonly string[] {
  if (request.kind !== 'restore') return [];
  const begun = request.records.filter(({ state }) => state === 'Running' || state === 'Interrupted');
  return begun.map(({ order }) => order.jobOrderId);
}

/** Control takes an order that it is asked for again for another one, and executes that too. */
function takingRetriesForNew(): Broken {
  const heard = new Set<string>();
  const server = (gateway: ControlServer): ControlServer => ({
    ...boundServer(gateway),
    listen: (listener) =>
      gateway.listen((request) => {
        listener(request);
        if (request.kind !== 'store-and-start') return;
        const { kind, order } = request;
        const another = { ...order, jobOrderId: `${order.jobOrderId}-again` };
        if (heard.has(order.jobOrderId)) listener({ kind, requestId: `${request.requestId}-again`, order: another });
        heard.add(order.jobOrderId);
      }),
  });
  return { server };
}

/** The methods of a journal as plain properties. */
function bound(journal: JournalPort): JournalPort {
  return {
    id: journal.id,
    append: (batch, urgency) => journal.append(batch, urgency),
    orders: journal.orders,
    events: journal.events,
    responses: journal.responses,
    notes: journal.notes,
    audit: journal.audit,
    findAnswer: (request) => journal.findAnswer(request),
    get state() {
      return journal.state;
    },
    listen: (listener) => journal.listen(listener),
    close: () => journal.close(),
  };
}

function boundServer(gateway: ControlServer): ControlServer {
  return {
    listen: (listener) => gateway.listen(listener),
    storage: () => gateway.storage(),
    publish: (message) => gateway.publish(message),
    close: () => gateway.close(),
  };
}
