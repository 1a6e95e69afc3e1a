// The way of a work master into the cell's file: submitted as a draft, approved by another person, or discarded.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import { canonicalJson } from '../core/canonical-json.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { RequestOrigin } from '../core/job-request.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Caller } from '../ports/caller.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalBatch, JsonValue } from '../ports/journal.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { type CheckDraft, type CheckedDraft, isUnchecked } from '../ports/work-master-check.ts';
import { askedBy } from './asked-by.ts';
import type { AuditDesk } from './audit-desk.ts';
import { ID_CHARS_MAX, readDraft } from './draft-fit.ts';
import { Violations } from './request-checks.ts';
import { type LedgerMemory, type RequestIds, RequestLedger } from './request-ledger.ts';
import { definitionHash, type WorkMasterBook } from './work-master-book.ts';
import { entryOfKept, etagOf, type ShownVersion, shown, stepsIn } from './work-master-entry.ts';
import type { KeptVersion } from './work-master-versions.ts';

/** The journal keeps 16 KiB of an answer. */
const ANSWER_CHARS_MAX = 15_000;
/** Problems told of a draft that does not fit any more. */
const PROBLEMS_MAX = 5;

type V1 = typeof celda.cell.v1;
type Request<Name extends keyof V1> = V1[Name] extends new (
  ...args: never
) => infer Message
  ? Received<Message>
  : never;
type Submission = Request<'SubmitWorkMasterDraftRequest'>;
type Approval = Request<'ApproveWorkMasterRequest'>;
type Discarding = Request<'DiscardWorkMasterDraftRequest'>;

/** What was answered: the version as it was then. */
export interface DraftAnswer {
  readonly version: ShownVersion;
  /** As it was then; empty: it could still become anything. */
  readonly keptHash: string;
  /** Of the cell with it; of a submission. */
  readonly configHash: string;
}

interface DraftDeskOptions {
  readonly book: WorkMasterBook;
  readonly clock: Clock;
  /** @defaultValue who changes something is recorded nowhere */
  readonly audit?: Pick<AuditDesk, 'draft'> | undefined;
  /** Answers that outlive this process. @defaultValue none do */
  readonly draftAnswers?: LedgerMemory<DraftAnswer> | undefined;
  /** @defaultValue drafts cannot be checked here */
  readonly checkDraft?: CheckDraft | undefined;
}

/** One request that changes something, and how it is told. */
interface Asked {
  readonly type: 'work-master.draft' | 'work-master.approve' | 'work-master.discard';
  readonly caller: Caller;
  readonly requestId: string;
  readonly comment: string;
  readonly origin: RequestOrigin | undefined;
}

type Answer = Result<DraftAnswer, ServiceRefusal>;

/** What the journal has kept was written by this desk, and is sealed against damage. */
export function fromDraftAnswer(answer: JsonValue): DraftAnswer {
  return answer as unknown as DraftAnswer;
}

export class DraftDesk {
  readonly #options: DraftDeskOptions;
  readonly #ledger: RequestLedger<DraftAnswer>;
  /** Changes come one after the other: each sees what the one before has left. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param service within which a request id is used once by one identity, and `ids` those that it knows */
  constructor(service: string, ids: RequestIds, options: DraftDeskOptions) {
    this.#options = options;
    this.#ledger = new RequestLedger(service, options.draftAnswers, ids);
  }

  async submit(request: Submission, caller: Caller) {
    const { requestId, id, definition, etag } = request;
    const violations = new Violations();
    const comment = readCommon(request, violations);
    violations.textWithin('etag', etag, ID_CHARS_MAX);
    const isAskedRightly = violations.found.length === 0;
    const fits = await this.#fits(request, violations);
    if (!fits.ok && !isAskedRightly) return fits;
    const asked = { type: 'work-master.draft', caller, requestId, comment } as const;
    const content = JSON.stringify([asked.type, id, definition, etag, request.comments]);
    // What fits the cell now does not matter to a request that was done before.
    const answer = await this.#answer(asked, content, async (whole) =>
      fits.ok ? this.#submit(request, fits.value, whole) : fits,
    );
    if (!answer.ok) return answer;
    const { record, replayed } = answer.value;
    return ok({ workMaster: toWire(record), configHash: record.configHash, replayed });
  }

  approve(request: Approval, caller: Caller) {
    const violations = new Violations();
    // What the cell's file has is no draft and has no etag, and that is what its refusal says.
    const isInFile = this.#options.book.inFile(request) !== undefined;
    if (isInFile) violations.textWithin('etag', request.etag, ID_CHARS_MAX);
    else violations.text('etag', request.etag, ID_CHARS_MAX);
    return this.#onKept('work-master.approve', request, violations, caller, (asked) => this.#approve(request, asked));
  }

  discard(request: Discarding, caller: Caller) {
    const violations = new Violations();
    violations.textWithin('etag', request.etag, ID_CHARS_MAX);
    return this.#onKept('work-master.discard', request, violations, caller, (asked) => this.#discard(request, asked));
  }

  async #fits(request: Submission, violations: Violations): Promise<Result<CheckedDraft, ServiceRefusal>> {
    const fits = await readDraft(request, violations, this.#options.checkDraft);
    if (!fits.ok || fits.value.workMaster.version.length <= ID_CHARS_MAX) return fits;
    violations.add('definition.version', { allowed: `at most ${ID_CHARS_MAX} characters` });
    return err(refuse(fault(6010), violations.found));
  }

  async #onKept(
    type: Asked['type'],
    request: Approval | Discarding,
    violations: Violations,
    caller: Caller,
    run: (asked: Asked) => Promise<Answer>,
  ) {
    const { requestId, id, version, etag } = request;
    const comment = readCommon(request, violations);
    violations.text('id', id, ID_CHARS_MAX);
    violations.text('version', version, ID_CHARS_MAX);
    if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
    const content = JSON.stringify([type, id, version, etag, request.comments]);
    const answer = await this.#answer({ type, caller, requestId, comment }, content, run);
    if (!answer.ok) return answer;
    return ok({ workMaster: toWire(answer.value.record), replayed: answer.value.replayed });
  }

  #answer(asked: Omit<Asked, 'origin'>, content: string, run: (asked: Asked) => Promise<Answer>) {
    return this.#ledger.answer({
      identity: asked.caller.identity,
      requestId: asked.requestId,
      content,
      run: (origin) => this.#inTurn(() => run({ ...asked, origin })),
      // Its answer is on disk together with what was done.
      doneBefore: () => undefined,
    });
  }

  #inTurn(run: () => Promise<Answer>): Promise<Answer> {
    const { book } = this.#options;
    const turn = this.#last.then(async () => {
      const unread = await book.versions.loaded;
      return unread === undefined ? run() : err(refuse(unread));
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #submit({ definition, etag }: Submission, fits: CheckedDraft, asked: Asked): Promise<Answer> {
    const { book, clock } = this.#options;
    const { workMaster, configHash } = fits;
    const { id, version, description, parameters } = workMaster;
    const hash = definitionHash(workMaster);
    const there = book.versions.find(workMaster);
    const taken = this.#taken(workMaster, hash) ?? (there && isApproved(there)) ?? book.inFile(workMaster);
    if (taken !== undefined) return err(refuse(taken));
    if (etag !== (there === undefined ? '' : etagOf(there))) return err(refuse(overtaken(workMaster, there)));
    const draft: KeptVersion = {
      ...{ id, version, description, parameters, definition, definitionHash: hash },
      stepCount: stepsIn(workMaster.steps),
      submission: { by: asked.caller.identity, time: clock.wall(), comment: asked.comment },
      approval: undefined,
    };
    const full = book.versions.full(draft);
    if (full !== undefined) return err(refuse(full));
    return this.#kept({ version: shown(draft), keptHash: '', configHash }, asked, (told) =>
      book.versions.keep(draft, told),
    );
  }

  async #approve({ etag, ...ref }: Approval, asked: Asked): Promise<Answer> {
    const { book, clock } = this.#options;
    const found = this.#find(ref);
    if (!found.ok) return found;
    const draft = found.value;
    if (etag !== etagOf(draft)) return err(refuse(overtaken(draft, draft)));
    const keptHash = draft.definitionHash;
    // What is so already stays as it was: who did it first is to be seen.
    if (draft.approval !== undefined) {
      return this.#kept({ version: shown(draft), keptHash, configHash: '' }, asked, (told) =>
        book.versions.answer(told),
      );
    }
    const refused = this.#notBy(asked.caller, draft) ?? this.#taken(draft, keptHash) ?? (await this.#unfit(draft));
    if (refused !== undefined) return err(refuse(refused));
    const approval = { by: asked.caller.identity, time: clock.wall(), comment: asked.comment };
    const approved = { ...draft, approval };
    return this.#kept({ version: shown(approved), keptHash, configHash: '' }, asked, (told) =>
      book.versions.keep(approved, told),
    );
  }

  async #discard({ etag, ...ref }: Discarding, asked: Asked): Promise<Answer> {
    const { book } = this.#options;
    const found = this.#find(ref);
    if (!found.ok) return found;
    const draft = found.value;
    const refused = isApproved(draft) ?? (etag === '' || etag === etagOf(draft) ? undefined : overtaken(draft, draft));
    if (refused !== undefined) return err(refuse(refused));
    const keptHash = book.versions.hashOf(draft) ?? '';
    return this.#kept({ version: shown(draft), keptHash, configHash: '' }, asked, (told) =>
      book.versions.forget(draft, told),
    );
  }

  #find(ref: { readonly id: string; readonly version: string }): Result<KeptVersion, ServiceRefusal> {
    const { book } = this.#options;
    const found = book.versions.find(ref);
    if (found !== undefined) return ok(found);
    return err(refuse(book.inFile(ref) ?? book.unknown(ref)));
  }

  /** Four eyes. Where there are no certificates, nobody at the machine can be told from anybody else. */
  #notBy({ identity, isLocal }: Caller, { id, version, submission }: KeptVersion): Fault | undefined {
    if (isLocal || identity !== submission.by) return undefined;
    return fault(6026, { workMasterId: id, version, author: submission.by });
  }

  /** The version was approved, took orders, or is in the cell's file, as something else. */
  #taken(ref: { readonly id: string; readonly version: string }, hash: string): Fault | undefined {
    const { book } = this.#options;
    const present = book.find(ref.id, ref.version);
    const other = book.versions.hashOf(ref) ?? (present && definitionHash(present));
    if (other === undefined || other === hash) return undefined;
    return fault(6024, { workMasterId: ref.id, version: ref.version, definitionHash: hash, keptDefinitionHash: other });
  }

  /** Another file of the cell may have come since it was submitted. */
  async #unfit({ id, version, definition }: KeptVersion): Promise<Fault | undefined> {
    const checked = await this.#options.checkDraft?.(id, definition);
    if (checked === undefined) return fault(6014, { name: 'the file of the cell' });
    if (checked.ok) return undefined;
    if (isUnchecked(checked.error)) return checked.error;
    const places = checked.error.slice(0, PROBLEMS_MAX).map(({ path, allowed }) => `${path}: ${allowed}`);
    const problems = places.join('; ');
    return fault(6028, { workMasterId: id, version, count: checked.error.length, problems });
  }

  async #kept(
    answer: DraftAnswer,
    asked: Asked,
    keep: (told: Pick<JournalBatch, 'audit' | 'ledger'>) => Promise<Result<void, Fault>>,
  ): Promise<Answer> {
    const { audit, clock } = this.#options;
    const { origin } = asked;
    const ledger = origin === undefined ? [] : [{ ...origin, answer: toJson(answer), time: clock.wall() }];
    const done = await keep({ ledger, ...(audit && { audit: [audit.draft(recordOf(answer, asked))] }) });
    return done.ok ? ok(answer) : err(refuse(done.error));
  }
}

/** @returns the comment that is kept */
function readCommon({ requestId, comments }: Pick<Submission, 'requestId' | 'comments'>, violations: Violations) {
  violations.requestId(requestId);
  return violations.firstText('comments', comments);
}

function isApproved({ id, version, approval }: KeptVersion): Fault | undefined {
  return approval && fault(6027, { workMasterId: id, version, state: 'APPROVED' });
}

function overtaken(
  { id, version }: { readonly id: string; readonly version: string },
  there: KeptVersion | undefined,
): Fault {
  const now = there === undefined ? 'no draft is there' : `submitted by ${there.submission.by}`;
  return fault(6016, { workMasterId: id, version, now });
}

function recordOf({ version: kept }: DraftAnswer, { type, caller, requestId, comment }: Asked) {
  const { source, actor, reason, traceId } = askedBy(caller, type, { requestId, reason: comment });
  const { id, version, definitionHash: hash, submission } = kept;
  return {
    ...{ source, type, actor, reason },
    category: 'CONFIG_CHANGE',
    object: { kind: 'work-master', id, revision: 0 },
    after: canonicalJson({ author: submission.by, definitionHash: hash, version }),
    correlation: { requestId, jobOrderId: '', traceId },
  } as const;
}

/** Without parameters where they are too many: those are to be had from the work master itself. */
function toJson(answer: DraftAnswer): JsonValue {
  const isLong = JSON.stringify(answer).length > ANSWER_CHARS_MAX;
  const kept = isLong ? { ...answer, version: { ...answer.version, parameters: [] } } : answer;
  return JSON.parse(JSON.stringify(kept)) as JsonValue;
}

function toWire({ version, keptHash }: DraftAnswer) {
  return entryOfKept(version, keptHash, true);
}
