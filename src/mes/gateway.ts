// What a gateway is without its port: mirror, services and outbox over control and journal, fed once it is started.

import {
  CellServiceDefinition,
  JobOrderReceiverServiceDefinition,
  type JobOrderReceiverServiceHandlers,
  JobResponseProviderServiceDefinition,
  JogServiceDefinition,
  WorkMasterServiceDefinition,
} from '../../proto/generated/services.js';
import { canonicalJson } from '../core/canonical-json.ts';
import type { CellModel } from '../core/cell-model.ts';
import { isDurable } from '../core/event-storage.ts';
import { describeFault, FAULTS, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { WorkMaster } from '../core/work-master.ts';
import type { Caller } from '../ports/caller.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import type { CellStanding } from '../ports/cell-standing.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalPort, JournalState, JsonValue } from '../ports/journal.ts';
import type { LineLog } from '../ports/line-log.ts';
import type { RandomSource } from '../ports/random-source.ts';
import type { ServiceRefusal } from '../ports/service-refusal.ts';
import type { CheckDraft } from '../ports/work-master-check.ts';
import type { Access } from './access.ts';
import { AuditDesk } from './audit-desk.ts';
import { bindService, type ServiceBinding } from './bind-service.ts';
import { CellMirror } from './cell-mirror.ts';
import { type CellServiceOptions, createCellService } from './cell-service.ts';
import { CommittedEvents } from './committed-events.ts';
import { DOOR_LIMITS, type DoorLimits } from './door-limits.ts';
import { fromDraftAnswer } from './draft-desk.ts';
import { JobDesk, toWireIn } from './job-desk.ts';
import { JobMirror } from './job-mirror.ts';
import { createJobService } from './job-service.ts';
import { createJogService } from './jog-service.ts';
import {
  answersIn,
  answersInTime,
  answersOnDisk,
  answersOrWaiting,
  beginWatchLog,
  loadMirror,
  missedIn,
} from './journal-memory.ts';
import { JournaledControl } from './journaled-control.ts';
import { KeptOrders } from './kept-orders.ts';
import { fromAlarmAnswer, fromLedgerAnswer, fromUnitAnswer } from './ledger-answer.ts';
import { mirrorOrders } from './mirror-pages.ts';
import type { PushedState } from './pushed-states.ts';
import { ResponseOutbox, type ResponseReceiver } from './response-outbox.ts';
import { createResponseService } from './response-service.ts';
import { restoreOrders } from './restore-orders.ts';
import { WatchLog } from './watch-log.ts';
import { tellWatchers, type WatchersTold } from './watchers-told.ts';
import { definitionHash, WorkMasterBook } from './work-master-book.ts';
import { createWorkMasterService, fromChangeAnswer } from './work-master-service.ts';

export interface GatewayOptions {
  readonly cell: CellModel;
  readonly control: ControlClient;
  readonly clock: Clock;
  /** Remembers orders and answers across restarts; closed by whoever opened it. @defaultValue none: nothing is acknowledged as durable */
  readonly journal?: JournalPort | undefined;
  /** What the audit trail says of this start besides the hash of the configuration, e.g. versions. @defaultValue nothing */
  readonly about?: Readonly<Record<string, string>>;
  /** Whether the machine's date is kept by a time server now. @defaultValue nobody knows: it is not */
  readonly isClockSynced?: () => boolean;
  /** Certificates and roles; without them it is plain text, and only for this machine. */
  readonly access?: Access | undefined;
  /** Pushes job responses to an MES; needs a journal. @defaultValue they are only fetched */
  readonly push?: GatewayPush | undefined;
  /** Checks drafts of work masters. @defaultValue they cannot be checked here */
  readonly checkDraft?: CheckDraft | undefined;
  /** What is known of the cell besides its configuration. @defaultValue nobody knows */
  readonly standing?: (() => CellStanding) | undefined;
  /** @defaultValue those of docs/reference/network.md */
  readonly limits?: DoorLimits | undefined;
  /** Told one line of what went wrong inside; never of what a caller asked wrongly. */
  readonly log: LineLog;
}

export interface GatewayPush {
  /** Closed with the server. */
  readonly receiver: ResponseReceiver;
  readonly states: readonly PushedState[];
  /** Spreads what is tried again over time. */
  readonly random: RandomSource;
}

export interface Gateway {
  /** Health and job orders as the gateway sees them. */
  readonly mirror: JobMirror;
  readonly jobs: JobOrderReceiverServiceHandlers<ServiceRefusal, Caller>;
  readonly services: readonly ServiceBinding[];
  /** The trail of who did what; undefined: there is no journal. */
  readonly audit: AuditDesk | undefined;
  /** Begins to hear control. @param show told whether a service can do its work; the empty name is the whole */
  start(show: (service: string, isServing: boolean) => void): void;
  /** Hears control no more and pushes nothing more. */
  quiet(): Promise<void>;
  /** After `quiet`, when nobody is served any more: what was heard is given to the journal, and the trail ends. */
  close(): Promise<void>;
}

/** Nothing is heard of control, and nobody is told anything, before `start`. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { cell: model, journal } = options;
  const journalId = (): string => journal?.id ?? '';
  const mirror = new JobMirror();
  const remembered = journal && (await remember(mirror, journal, options));
  const log = remembered ?? new WatchLog({ mirror, toWire: toWireIn({ cell: model, journalId }) });
  const audit = journal && openAudit(options, journal);
  const book = new WorkMasterBook(options.cell.workMasters, journal);
  const joined = journal && audit && { ...options, journal, audit: audit.desk, book };
  const journaled = joined && joinJournal(joined, mirror, remembered);
  const view = new CellMirror();
  // How the cell stands is shown although nobody can say which orders it has.
  const unview = journaled && options.control.listen((message) => view.apply(message));
  const control = journaled ?? options.control;
  const nextRequestId = requestIds();
  // Of a journal that cannot be read it says that, and not that there is no such order.
  const orders = journal ? new KeptOrders(mirror, journal) : mirrorOrders(mirror);
  const answers = journal && journaled && answersOnDisk(answersIn(journal, fromLedgerAnswer), journaled);
  await book.load();
  for (const each of book.changed) tellChanged(each, options.log, audit?.desk);
  const unlistenJournal = journal?.listen(({ kind }) => {
    if (kind === 'ready') void book.load();
  });
  const desk = new JobDesk({ ...options, journalId, control, mirror, orders, nextRequestId, answers });
  const outbox = outboxOf(options, mirror, desk, audit?.desk);
  const { watchersMax } = options.limits ?? DOOR_LIMITS;
  const watches = { log, journalId: remembered && journal.id, readMissed: journal && missedIn(journal), watchersMax };
  const watchers = tellWatchers(options.control);
  const jobs = createJobService({
    ...{ ...options, ...watches, mirror, desk, orders, book },
    delivery: () => outbox?.state,
    onWatchers: watchers.are,
  });
  const responses = createResponseService({ ...options, journalId, desk, orders });
  const cell = createCellService({
    ...options,
    control,
    mirror: view,
    nextRequestId,
    answers: journal && journaled && answersOfCell(journal, journaled, options.clock),
  });
  const jog = createJogService({ ...options, audit: audit?.desk, control, nextRequestId });
  const workMasters = createWorkMasterService({
    ...options,
    audit: audit?.desk,
    answers: journal && answersIn(journal, fromChangeAnswer),
    draftAnswers: journal && answersIn(journal, fromDraftAnswer),
    book,
  });
  let unlisten = (): void => undefined;
  return {
    mirror,
    jobs,
    audit: audit?.desk,
    services: [
      bindService(JobOrderReceiverServiceDefinition, jobs),
      bindService(JobResponseProviderServiceDefinition, responses),
      bindService(CellServiceDefinition, cell),
      bindService(JogServiceDefinition, jog),
      bindService(WorkMasterServiceDefinition, workMasters),
    ],
    start: (show) => {
      unlisten = follow({ mirror, view, watchers }, { ...options, control }, nextRequestId, show);
      journaled?.onStored(() => outbox?.wake());
      outbox?.wake();
    },
    quiet: async () => {
      unlisten();
      unview?.();
      unlistenJournal?.();
      await outbox?.close();
    },
    close: async () => {
      await journaled?.close();
      await audit?.close();
    },
  };
}

function answersOfCell(
  journal: JournalPort,
  waiting: JournaledControl,
  clock: Clock,
): NonNullable<CellServiceOptions['answers']> {
  const inTime = <T>(read: (answer: JsonValue) => T) =>
    answersOrWaiting(answersInTime(answersIn(journal, read), clock), waiting, read);
  return { alarms: inTime(fromAlarmAnswer), unit: inTime(fromUnitAnswer) };
}

/** Before control is listened to: what is read here must not overtake what comes to the disk. */
async function remember(
  mirror: JobMirror,
  journal: JournalPort,
  { cell, log }: GatewayOptions,
): Promise<WatchLog | undefined> {
  await loadMirror(mirror, journal, log);
  return beginWatchLog({ mirror, toWire: toWireIn({ cell, journalId: () => journal.id }) }, journal);
}

/** @param log what has come to the disk is told there, and only that; undefined: the journal can be neither read nor written */
function joinJournal(
  options: GatewayOptions & {
    readonly journal: JournalPort;
    readonly audit: AuditDesk;
    readonly book: WorkMasterBook;
  },
  mirror: JobMirror,
  log: WatchLog | undefined,
): JournaledControl {
  const { book, journal, push } = options;
  const committed =
    log &&
    new CommittedEvents(journal, log.position, (events, position) => {
      for (const { position: at, event } of events) {
        log.reached(at);
        const { body } = event;
        if (body.kind === 'job' || body.kind === 'job-removed') mirror.apply({ kind: 'event', event });
        if (body.kind === 'job') book.took(body.record);
      }
      log.reached(position);
    });
  const notesOf = (records: readonly JobRecord[]) => book.firstOrders(records);
  const storedRevision = committed && ((jobOrderId: string) => mirror.get(jobOrderId)?.revision);
  return new JournaledControl({ ...options, committed, storedRevision, notesOf, pushedStates: push?.states });
}

/** Somebody has changed the cell's file and left the version as it was. */
function tellChanged(workMaster: WorkMaster, log: LineLog, audit: AuditDesk | undefined): void {
  const { id, version } = workMaster;
  const changed = fault(6024, { workMasterId: id, version });
  const { reason, response } = FAULTS[changed.code];
  log(`work master ${id} version ${version} takes no orders: ${describeFault(changed)}; ${response}`);
  const after = canonicalJson({ definitionHash: definitionHash(workMaster), version });
  const failed = { category: 'CONFIG_CHANGE', result: 'FAILED', resultCode: reason } as const;
  audit?.system('work-master.changed', id, { ...failed, object: { kind: 'work-master', id, revision: 0 }, after });
}

interface OpenAudit {
  readonly desk: AuditDesk;
  /** Records the end, and nothing after it. */
  close(): Promise<void>;
}

/** The trail of who did what begins with what the cell is, and with which journal it goes on. */
function openAudit(options: GatewayOptions, journal: JournalPort): OpenAudit {
  const { access, cell } = options;
  const desk = new AuditDesk({ ...options, journal });
  const { configHash, name } = cell;
  const door = access === undefined ? 'plain text, this machine only' : 'TLS with client certificates';
  const after = canonicalJson({ ...options.about, configHash, door, journal: journal.id });
  desk.system('gateway.start', name, { category: 'CONFIG_CHANGE', after });
  const unlisten = [
    access?.listen(() => desk.system('access.change', '', { category: 'CONFIG_CHANGE', after: rolesOf(access) })),
    journal.listen((state) => tellState(desk, journal.id, state)),
    options.control.listen((message) => {
      if (message.kind === 'event' && message.event.body.kind === 'bypass-refused')
        desk.bypassRefused(message.event.body);
    }),
  ];
  return {
    desk,
    close: () => {
      for (const end of unlisten) end?.();
      return desk.close(name);
    },
  };
}

function tellState(desk: AuditDesk, journalId: string, state: JournalState): void {
  const category = 'AUDIT_LOG';
  if (state.kind === 'ready') desk.system('journal.reopen', journalId, { category });
  else {
    const resultCode = FAULTS[state.fault.code].reason;
    desk.system('journal.refuse', journalId, { category, result: 'FAILED', resultCode });
  }
}

function rolesOf({ rules }: Access): string {
  return canonicalJson({ revoked: rules.revokedSerials.size, roles: Object.fromEntries(rules.roles) });
}

function outboxOf(
  options: GatewayOptions,
  mirror: JobMirror,
  desk: JobDesk,
  audit: AuditDesk | undefined,
): ResponseOutbox | undefined {
  const { cell, clock, journal, log, push } = options;
  if (push === undefined || journal === undefined) return undefined;
  return new ResponseOutbox({ ...push, cell, clock, journal, log, mirror, desk, audit });
}

function requestIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `mes-${count}`;
  };
}

interface Followers {
  readonly mirror: JobMirror;
  readonly view: CellMirror;
  readonly watchers: WatchersTold;
}

/** Feeds the mirror from control, gives control its orders back after a restart, and keeps health true. */
function follow(
  { mirror, view, watchers }: Followers,
  options: GatewayOptions,
  nextRequestId: () => string,
  show: (service: string, isServing: boolean) => void,
): () => void {
  const showHealth = (): void => {
    for (const name of [
      '',
      'celda.job.v1.JobOrderReceiverService',
      'celda.job.v1.JobResponseProviderService',
      'celda.cell.v1.CellService',
      'celda.cell.v1.JogService',
      'celda.cell.v1.WorkMasterService',
    ])
      show(name, mirror.ready);
  };
  let epoch = '';
  return options.control.listen((message) => {
    if (message.kind === 'hello') {
      ({ epoch } = message);
      watchers.anew();
    }
    // Without a journal there is nothing to wait for.
    if (options.journal === undefined && message.kind === 'event' && isDurable(message.event.body)) {
      options.control.stored(epoch, message.event.sequence);
    }
    if (options.journal === undefined) view.apply(message);
    const records = mirror.apply(message);
    showHealth();
    // With a journal control has its orders before anybody hears of it.
    if (options.journal === undefined && records.length > 0) {
      const orders = records.map((record) => ({ record, checkpoint: mirror.checkpoint(record.order.jobOrderId) }));
      void restoreOrders(orders, { ...options, nextRequestId });
    }
  });
}
