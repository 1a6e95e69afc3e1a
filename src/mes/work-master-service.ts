// The methods of WorkMasterService: what the cell's file has and what is kept beside it, which of it takes orders, and a check of drafts.
import { celda } from '../../proto/generated/celda.js';
import type { Received, WorkMasterServiceHandlers } from '../../proto/generated/services.js';
import { canonicalJson } from '../core/canonical-json.ts';
import { fault } from '../core/faults.ts';
import type { RequestOrigin } from '../core/job-request.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { WorkMaster } from '../core/work-master.ts';
import type { Caller } from '../ports/caller.ts';
import type { Clock } from '../ports/clock.ts';
import type { JsonValue } from '../ports/journal.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import type { CheckDraft } from '../ports/work-master-check.ts';
import { askedBy } from './asked-by.ts';
import type { AuditDesk } from './audit-desk.ts';
import type { Told } from './audit-events.ts';
import { toWireWorkMaster } from './capabilities-wire.ts';
import { type DraftAnswer, DraftDesk } from './draft-desk.ts';
import { ID_CHARS_MAX, readDraft } from './draft-fit.ts';
import { Violations } from './request-checks.ts';
import { type LedgerMemory, type RequestIds, RequestLedger } from './request-ledger.ts';
import { definitionHash, type Standing, type ToldOfChange, type WorkMasterBook } from './work-master-book.ts';
import { entryOfFile, entryOfKept, shown } from './work-master-entry.ts';
import type { KeptVersion } from './work-master-versions.ts';

const { WorkMasterEntry, WorkMasterState } = celda.cell.v1;

const SERVICE = 'celda.cell.v1.WorkMasterService';
/** The journal keeps 16 KiB of an answer; the parameters of a work master go first. */
const ANSWER_CHARS_MAX = 15_000;

export interface WorkMasterServiceOptions {
  readonly book: WorkMasterBook;
  readonly clock: Clock;
  /** @defaultValue who changes something is recorded nowhere */
  readonly audit?: Pick<AuditDesk, 'draft'> | undefined;
  /** Answers that outlive this process. @defaultValue none do */
  readonly answers?: LedgerMemory<Changed> | undefined;
  readonly draftAnswers?: LedgerMemory<DraftAnswer> | undefined;
  /** @defaultValue drafts cannot be checked here */
  readonly checkDraft?: CheckDraft | undefined;
}

/** How a work master stood after a change: the answer to it. */
interface Changed extends Pick<WorkMaster, 'id' | 'version'> {
  readonly standing: Standing;
  /** The entry that was answered, as base64 of its bytes: the cell's file may have another by now, or none. Absent in answers of earlier editions. */
  readonly entry?: string;
}

interface AskedChange {
  readonly caller: Caller;
  readonly requestId: string;
  readonly comment: string;
  readonly isRetired: boolean;
  readonly origin: RequestOrigin | undefined;
}

function recordOf(workMaster: WorkMaster, { caller, requestId, comment, isRetired }: AskedChange): Told {
  const type = isRetired ? 'work-master.retire' : 'work-master.reinstate';
  const { traceId, ...by } = askedBy(caller, type, { requestId, reason: comment });
  return {
    source: by.source,
    type,
    actor: by.actor,
    reason: by.reason,
    category: 'CONFIG_CHANGE',
    object: { kind: 'work-master', id: workMaster.id, revision: 0 },
    after: canonicalJson({ definitionHash: definitionHash(workMaster), isRetired, version: workMaster.version }),
    correlation: { requestId, jobOrderId: '', traceId },
  };
}

function toBase64(entry: celda.cell.v1.WorkMasterEntry.$Properties): string {
  return Buffer.from(WorkMasterEntry.encode(entry).finish()).toString('base64');
}

/** What the journal has kept was written by this service, and is sealed against damage. */
export function fromChangeAnswer(answer: JsonValue): Changed {
  return answer as unknown as Changed;
}

interface ChangeRequest {
  readonly requestId: string;
  readonly id: string;
  readonly version: string;
  readonly comments: readonly { readonly locale: string; readonly text: string }[];
}

export function createWorkMasterService(
  options: WorkMasterServiceOptions,
): WorkMasterServiceHandlers<ServiceRefusal, Caller> {
  return new WorkMasterService(options);
}

class WorkMasterService implements WorkMasterServiceHandlers<ServiceRefusal, Caller> {
  readonly #options: WorkMasterServiceOptions;
  readonly #ledger: RequestLedger<Changed>;
  readonly #drafts: DraftDesk;

  constructor(options: WorkMasterServiceOptions) {
    this.#options = options;
    const ids: RequestIds = new Map();
    this.#ledger = new RequestLedger(SERVICE, options.answers, ids);
    this.#drafts = new DraftDesk(SERVICE, ids, options);
  }

  listWorkMasters({ states }: Received<celda.cell.v1.ListWorkMastersRequest>) {
    const violations = new Violations();
    violations.enumerators('states', states, [
      WorkMasterState.WORK_MASTER_STATE_ACTIVE,
      WorkMasterState.WORK_MASTER_STATE_RETIRED,
      WorkMasterState.WORK_MASTER_STATE_DRAFT,
      WorkMasterState.WORK_MASTER_STATE_APPROVED,
      WorkMasterState.WORK_MASTER_STATE_CHANGED,
    ]);
    if (violations.found.length > 0) return Promise.resolve(err(refuse(fault(6010), violations.found)));
    const { book } = this.#options;
    const wanted = new Set<number>(states);
    const beside = book.versions.all.filter((each) => each.approval === undefined || !this.#isInFile(each));
    const entries = [
      ...book.all.map((each) => this.#toWire(each)),
      ...beside.map((each) => this.#toWireKept(each, false)),
    ];
    return Promise.resolve(
      ok({ workMasters: entries.filter(({ state }) => wanted.size === 0 || wanted.has(state ?? 0)) }),
    );
  }

  getWorkMaster({ id, version }: Received<celda.cell.v1.GetWorkMasterRequest>) {
    const violations = new Violations();
    violations.text('id', id, ID_CHARS_MAX);
    violations.textWithin('version', version, ID_CHARS_MAX);
    if (violations.found.length > 0) return Promise.resolve(err(refuse(fault(6010), violations.found)));
    const { book } = this.#options;
    const inFile = book.find(id, version);
    const kept = book.versions.find(inFile ?? { id, version });
    const definition = kept?.definition ?? '';
    if (inFile !== undefined) return Promise.resolve(ok({ workMaster: this.#toWire(inFile), definition }));
    if (kept !== undefined) return Promise.resolve(ok({ workMaster: this.#toWireKept(kept, true), definition }));
    return Promise.resolve(err(refuse(book.unread ?? book.unknown({ id, version }))));
  }

  checkWorkMaster(request: Received<celda.cell.v1.CheckWorkMasterRequest>) {
    return this.#check(request);
  }

  submitWorkMasterDraft(
    request: Received<celda.cell.v1.SubmitWorkMasterDraftRequest>,
    _signal: AbortSignal,
    caller: Caller,
  ) {
    return this.#drafts.submit(request, caller);
  }

  approveWorkMaster(request: Received<celda.cell.v1.ApproveWorkMasterRequest>, _signal: AbortSignal, caller: Caller) {
    return this.#drafts.approve(request, caller);
  }

  discardWorkMasterDraft(
    request: Received<celda.cell.v1.DiscardWorkMasterDraftRequest>,
    _signal: AbortSignal,
    caller: Caller,
  ) {
    return this.#drafts.discard(request, caller);
  }

  retireWorkMaster(request: Received<celda.cell.v1.RetireWorkMasterRequest>, _signal: AbortSignal, caller: Caller) {
    return this.#change(request, caller, true);
  }

  reinstateWorkMaster(
    request: Received<celda.cell.v1.ReinstateWorkMasterRequest>,
    _signal: AbortSignal,
    caller: Caller,
  ) {
    return this.#change(request, caller, false);
  }

  /** Only what the cell's file has can be retired. */
  #find(id: string, version: string): Result<WorkMaster, ServiceRefusal> {
    const { book } = this.#options;
    const found = book.find(id, version);
    if (found !== undefined) return ok(found);
    const kept = book.versions.find({ id, version });
    if (kept === undefined) return err(refuse(book.unknown({ id, version })));
    const state = kept.approval === undefined ? 'DRAFT' : 'APPROVED';
    return err(refuse(fault(6027, { workMasterId: id, version, state })));
  }

  #isInFile({ id, version }: Pick<WorkMaster, 'id' | 'version'>): boolean {
    return this.#options.book.find(id, version) !== undefined;
  }

  async #check({
    id,
    definition,
  }: Received<celda.cell.v1.CheckWorkMasterRequest>): Promise<
    Result<celda.cell.v1.CheckWorkMasterResponse.$Properties, ServiceRefusal>
  > {
    const checked = await readDraft({ id, definition }, new Violations(), this.#options.checkDraft);
    if (!checked.ok) return checked;
    const { workMaster, configHash } = checked.value;
    return ok({
      workMaster: toWireWorkMaster(workMaster),
      definitionHash: definitionHash(workMaster),
      configHash,
    });
  }

  async #change(request: ChangeRequest, caller: Caller, isRetired: boolean) {
    const { identity } = caller;
    const { requestId, id, version } = request;
    const violations = new Violations();
    violations.requestId(requestId);
    violations.text('id', id, ID_CHARS_MAX);
    violations.text('version', version, ID_CHARS_MAX);
    const comment = violations.firstText('comments', request.comments);
    if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
    const answer = await this.#ledger.answer({
      identity,
      requestId,
      content: JSON.stringify([isRetired, id, version, request.comments]),
      // What the file has now does not matter to a request that was done before.
      run: async (origin) => {
        const found = this.#find(id, version);
        return found.ok ? this.#set(found.value, { caller, requestId, comment, isRetired, origin }) : found;
      },
      // It can be repeated without harm.
      doneBefore: () => undefined,
    });
    if (!answer.ok) return answer;
    const { record, replayed } = answer.value;
    return ok({ workMaster: this.#answered(record), replayed });
  }

  #answered({ entry, id, version, standing }: Changed): celda.cell.v1.WorkMasterEntry.$Properties {
    if (entry !== undefined) return WorkMasterEntry.decode(Buffer.from(entry, 'base64'));
    const inFile = this.#options.book.find(id, version);
    return this.#toWire(inFile ?? { id, version, description: '', parameters: [], steps: [] }, standing);
  }

  #asKept(workMaster: WorkMaster, standing: Standing): string {
    const entry = this.#toWire(workMaster, standing);
    const encoded = toBase64(entry);
    if (encoded.length <= ANSWER_CHARS_MAX) return encoded;
    return toBase64({ ...entry, workMaster: { ...entry.workMaster, parameters: [] } });
  }

  async #set(workMaster: WorkMaster, asked: AskedChange): Promise<Result<Changed, ServiceRefusal>> {
    const { book, clock } = this.#options;
    const { id, version } = workMaster;
    const before = book.standing(workMaster);
    // What is so already stays as it was: who did it first is to be seen.
    const isChange = before.isRetired !== asked.isRetired;
    const change = { by: asked.caller.identity, time: clock.wall(), comment: asked.comment };
    const standing = isChange ? { isRetired: asked.isRetired, change } : before;
    const changed = { id, version, standing, entry: this.#asKept(workMaster, standing) };
    const told = this.#told(workMaster, asked, changed);
    const done = await (isChange ? book.change(workMaster, changed.standing, told) : book.unchanged(told));
    return done.ok ? ok(changed) : err(refuse(done.error));
  }

  #told(workMaster: WorkMaster, asked: AskedChange, changed: Changed): ToldOfChange {
    const { audit, clock } = this.#options;
    const { origin } = asked;
    const answer = JSON.parse(JSON.stringify(changed)) as JsonValue;
    const ledger = origin === undefined ? [] : [{ ...origin, answer, time: clock.wall() }];
    return audit === undefined ? { ledger } : { ledger, audit: [audit.draft(recordOf(workMaster, asked))] };
  }

  #toWire(
    workMaster: WorkMaster,
    standing: Standing = this.#options.book.standing(workMaster),
  ): celda.cell.v1.WorkMasterEntry.$Properties {
    return entryOfFile(this.#options.book, workMaster, standing);
  }

  #toWireKept(version: KeptVersion, isWhole: boolean): celda.cell.v1.WorkMasterEntry.$Properties {
    return entryOfKept(shown(version), this.#options.book.versions.hashOf(version) ?? '', isWhole);
  }
}
