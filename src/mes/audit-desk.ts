// Records what happens at the gateway itself: calls that were refused, its start and end, who came and went. What the cell does is
// recorded with its events (audit-events.ts).
import type { AuditDraft } from '../core/audit.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { FAULTS, type FaultCode } from '../core/faults.ts';
import { monotonicMs } from '../core/units.ts';
import type { Caller } from '../ports/caller.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalPort, Urgency } from '../ports/journal.ts';
import type { ServiceRefusal } from '../ports/service-refusal.ts';
import { actorOf, SYSTEM } from './asked-by.ts';
import { bypassRefusal, draftOf, type Told } from './audit-events.ts';
import { auditType, namedIn, plain } from './audited-methods.ts';
import { ClockWatch } from './clock-watch.ts';
import { REFUSAL_WINDOW_MS, RefusalAudit, type RefusalDraft } from './refusal-audit.ts';
import { refusalRow } from './refusal-table.ts';

/** Before what the journal did not take is given to it again, ms. */
const AGAIN_MS = 10_000;
/** Records that wait for the journal; of more than that only the number is known. */
const WAITING_MAX = 1_000;
const FIELDS_MAX = 8;

/** A call that was refused. */
interface RefusedCall {
  /** e.g. `/celda.job.v1.JobOrderReceiverService/StoreJobOrder`. */
  readonly path: string;
  /** Undefined: nobody who could be named. */
  readonly caller: Caller | undefined;
  /** `address:port` of the other end. */
  readonly peer: string;
  /** Undefined where it was not even read. */
  readonly request: unknown;
  readonly refusal: ServiceRefusal;
}

/** Told of what is refused at the door and behind it. */
export interface CallAudit {
  refused(call: RefusedCall): void;
  /** A connection was not let in. @param cause in a few words */
  turnedAway(peer: string, cause: string): void;
}

interface AuditDeskOptions {
  readonly journal: JournalPort;
  readonly clock: Clock;
  readonly isClockSynced?: (() => boolean) | undefined;
}

export class AuditDesk implements CallAudit {
  readonly #options: AuditDeskOptions;
  readonly #clockWatch: ClockWatch;
  readonly #refusals: RefusalAudit;
  #waiting: AuditDraft[] = [];
  #leftOut = 0;
  #cancel: (() => void) | undefined;
  #cancelRefusals: (() => void) | undefined;
  #isClosed = false;

  constructor(options: AuditDeskOptions) {
    this.#options = options;
    this.#clockWatch = new ClockWatch(options.isClockSynced ?? (() => false));
    this.#refusals = new RefusalAudit(options.clock.now());
  }

  /** Something that the gateway knows of itself, or that a request did of which no event tells. @param urgency `now`: no kill takes it with it */
  note(told: Told, urgency: Urgency = 'soon'): void {
    this.#put(told);
    void this.#write(urgency);
  }

  /** The same, for whoever gives it to the journal together with what it tells of. */
  draft(told: Told): AuditDraft {
    const { clock } = this.#options;
    const time = clock.wall();
    return draftOf(told, { time, clockQuality: this.#clockWatch.quality(clock.now(), time) });
  }

  /** The cell itself did something. */
  system(type: string, id: string, rest: Partial<AuditDraft> = {}): void {
    this.note(ofGateway(type, id, rest));
  }

  /** A call was taken and changed nothing: counted like those that are refused, since there is no end to how often it can come. */
  changedNothing(told: Omit<Told, 'time' | 'clockQuality'>): void {
    this.#refuse({ ...EMPTY, category: 'CONTROL_EVENT', result: 'SUCCESS', resultCode: '', ...told });
  }

  /** Somebody at the machine was refused a bypass, or the end of one. */
  bypassRefused(told: Parameters<typeof bypassRefusal>[0]): void {
    this.#refuse(bypassRefusal(told));
  }

  refused(call: RefusedCall): void {
    const draft = refusedDraft(call);
    if (draft !== undefined) this.#refuse(draft);
  }

  turnedAway(peer: string, cause: string): void {
    this.#refuse({
      ...EMPTY,
      category: 'ACCESS_CONTROL',
      type: 'auth.failed',
      actor: { ...SYSTEM, identity: '', peer },
      object: { kind: 'connection', id: '', revision: 0 },
      result: 'DENIED',
      resultCode: 'CERT_INVALID',
      reason: plain(cause),
    });
  }

  /** All that was counted and waits is given to the journal once more, and the end of the gateway of this name. */
  async close(name: string): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    this.#cancelRefusals?.();
    for (const draft of this.#refusals.end()) this.#put(draft);
    this.#put(ofGateway('gateway.stop', name, {}));
    await this.#write('now');
  }

  #refuse(draft: RefusalDraft): void {
    if (this.#isClosed) return;
    const { clock } = this.#options;
    this.#record(this.#refusals.add(draft, clock.now()));
  }

  #record(drafts: readonly RefusalDraft[]): void {
    const { clock } = this.#options;
    for (const draft of drafts) this.#put(draft);
    if (drafts.length > 0) void this.#write();
    if (this.#cancelRefusals !== undefined || !this.#refusals.isWaiting) return;
    this.#cancelRefusals = clock.schedule(monotonicMs(clock.now() + REFUSAL_WINDOW_MS), () => {
      this.#cancelRefusals = undefined;
      this.#record(this.#refusals.due(clock.now()));
    });
  }

  #put(told: Told): void {
    if (this.#waiting.length < WAITING_MAX) this.#waiting.push(this.draft(told));
    else this.#leftOut += 1;
  }

  /** @param urgency mostly nobody waits for it, and it rides with the next commit */
  async #write(urgency: Urgency = 'soon'): Promise<void> {
    const audit = this.#waiting;
    if (audit.length === 0) return;
    this.#waiting = [];
    const appended = await this.#options.journal.append({ epoch: '', events: [], audit }, urgency);
    if (appended.ok) {
      this.#tellLeftOut();
      return;
    }
    const all = [...audit, ...this.#waiting];
    this.#waiting = all.slice(0, WAITING_MAX);
    this.#leftOut += all.length - this.#waiting.length;
    this.#later();
  }

  #later(): void {
    const { clock } = this.#options;
    if (this.#isClosed || this.#cancel !== undefined) return;
    this.#cancel = clock.schedule(monotonicMs(clock.now() + AGAIN_MS), () => {
      this.#cancel = undefined;
      void this.#write();
    });
  }

  #tellLeftOut(): void {
    if (this.#leftOut === 0) return;
    const after = canonicalJson({ count: this.#leftOut });
    this.#leftOut = 0;
    const reason = 'the journal took nothing, and more happened than could be remembered';
    this.system('records.lost', '', { category: 'AUDIT_LOG', result: 'FAILED', after, reason });
  }
}

function ofGateway(type: string, id: string, rest: Partial<AuditDraft>): Told {
  return { source: 'gateway', type, actor: SYSTEM, object: { kind: 'gateway', id, revision: 0 }, ...rest };
}

const EMPTY = {
  source: 'grpc',
  before: '',
  after: '',
  reason: '',
  correlation: { requestId: '', jobOrderId: '', traceId: '' },
} as const;

/** Turned away before anybody looked at what was asked: who may not come in, may not do it, or comes too often. */
const DENIALS: Partial<Record<FaultCode, string>> = { 6601: 'auth.failed', 6602: 'auth.denied', 6603: 'auth.limited' };

/** @returns undefined for a call that would only have read */
function refusedDraft({ path, caller, peer, request, refusal }: RefusedCall): RefusalDraft | undefined {
  const { code } = refusal.fault;
  const actor = caller === undefined ? { ...SYSTEM, identity: '', peer } : actorOf(caller);
  const denial = DENIALS[code];
  const resultCode = FAULTS[code].reason;
  if (denial !== undefined) {
    const object = { kind: 'method', id: plain(path), revision: 0 };
    return { ...EMPTY, category: 'ACCESS_CONTROL', type: denial, actor, object, result: 'DENIED', resultCode };
  }
  const type = auditType(path);
  if (type === undefined) return undefined;
  const { object, requestId, jobOrderId } = namedIn(type, request);
  const correlation = { requestId, jobOrderId, traceId: caller?.traceId ?? '' };
  const after = afterOf(refusal);
  return { ...EMPTY, category: 'REQUEST_ERROR', type, actor, object, after, result: 'FAILED', resultCode, correlation };
}

/** What was answered; of wrong fields their names, and never what was in them. */
function afterOf({ fault, violations }: ServiceRefusal): string {
  const { code, returnStatus } = refusalRow(fault.code);
  const fields = violations.slice(0, FIELDS_MAX).map(({ field }) => plain(field));
  return canonicalJson({
    code: fault.code,
    grpc: code,
    ...(returnStatus === 0n ? {} : { isa95ReturnStatus: Number(returnStatus) }),
    ...(fields.length === 0 ? {} : { fields }),
  });
}
