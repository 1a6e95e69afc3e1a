// Refused calls for the audit trail: the first of each kind at once, the rest counted, and never so many that somebody who is refused
// a thousand times a second fills the disk. Pure: time comes in.
import type { AuditDraft } from '../core/audit.ts';
import { type RateLimit, TokenBucket } from './token-bucket.ts';

/** Refusals of one kind that follow each other: whoever it is, what, and why. */
export type RefusalDraft = Omit<AuditDraft, 'time' | 'clockQuality'>;

/** Records of refusals: so many at once, and some 60 an hour from then on. */
const REFUSAL_RECORDS: RateLimit = { burst: 100, perSecond: 60 / 3_600 };
/** Refusals of one kind within this after the first are one record with their number, ms. */
export const REFUSAL_WINDOW_MS = 60_000;
/** What was too much to be told apart is told in one record, so often at the most, ms. */
const REFUSALS_SUMMED_MS = 3_600_000;
/** Kinds that are told apart at the same time. */
const KINDS_MAX = 64;

interface Window {
  readonly draft: RefusalDraft;
  readonly untilMs: number;
  /** Refused since the first, which is recorded. */
  count: number;
}

/** What is to be recorded now. */
type Recorded = readonly RefusalDraft[];

export class RefusalAudit {
  readonly #bucket: TokenBucket;
  readonly #windows = new Map<string, Window>();
  #summed = 0;
  #summedAtMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs monotonic, ms */
  constructor(nowMs: number) {
    this.#bucket = new TokenBucket(REFUSAL_RECORDS, nowMs);
  }

  /** One call was refused. @returns what is to be recorded at once */
  add(draft: RefusalDraft, nowMs: number): Recorded {
    const due = this.due(nowMs);
    const key = keyOf(draft);
    const window = this.#windows.get(key);
    if (window !== undefined) {
      window.count += 1;
      return due;
    }
    if (this.#windows.size >= KINDS_MAX || !this.#bucket.take(nowMs)) {
      this.#summed += 1;
      return due;
    }
    this.#windows.set(key, { draft, untilMs: nowMs + REFUSAL_WINDOW_MS, count: 0 });
    return [...due, draft];
  }

  /** @returns what is to be recorded because its time is over */
  due(nowMs: number): Recorded {
    const found: RefusalDraft[] = [];
    for (const [key, window] of this.#windows) {
      if (nowMs < window.untilMs) continue;
      this.#windows.delete(key);
      if (window.count === 0) continue;
      if (this.#bucket.take(nowMs)) found.push(repeated(window));
      else this.#summed += window.count;
    }
    if (this.#summed > 0 && nowMs - this.#summedAtMs >= REFUSALS_SUMMED_MS) {
      this.#summedAtMs = nowMs;
      found.push(this.#sum());
    }
    return found;
  }

  /** @returns what has been counted and not recorded: nothing more is added */
  end(): Recorded {
    const found = [...this.#windows.values()].filter(({ count }) => count > 0).map(repeated);
    this.#windows.clear();
    return this.#summed > 0 ? [...found, this.#sum()] : found;
  }

  /** Something is counted that waits for its time. */
  get isWaiting(): boolean {
    return this.#windows.size > 0 || this.#summed > 0;
  }

  #sum(): RefusalDraft {
    const after = JSON.stringify({ count: this.#summed });
    this.#summed = 0;
    return {
      source: 'grpc',
      category: 'AUDIT_LOG',
      type: 'calls.refused',
      actor: { identity: '', role: '', certFingerprint: '', peer: '' },
      object: { kind: 'gateway', id: '', revision: 0 },
      before: '',
      after,
      reason: 'too many refused calls to record each kind',
      result: 'DENIED',
      resultCode: '',
      correlation: { requestId: '', jobOrderId: '', traceId: '' },
    };
  }
}

/** The port of the other end changes with every connection: it tells nobody apart. */
function keyOf({ actor, type, object, result, resultCode }: RefusalDraft): string {
  const host = actor.peer.slice(0, actor.peer.lastIndexOf(':'));
  return JSON.stringify([actor.identity, host, type, object.kind === 'method' ? object.id : '', result, resultCode]);
}

/** Which request it was the first time says nothing of the others. */
function repeated({ draft, count }: Window): RefusalDraft {
  return {
    ...draft,
    object: draft.object.kind === 'method' ? draft.object : { kind: draft.object.kind, id: '', revision: 0 },
    after: JSON.stringify({ again: count }),
    correlation: { requestId: '', jobOrderId: '', traceId: '' },
  };
}
