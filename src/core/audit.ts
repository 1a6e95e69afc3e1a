// Who did what, from where, with which result: one record of the audit trail (IEC 62443-4-2 CR 2.8 to 2.12).
import type { EpochMs } from './units.ts';

/** Kinds of auditable events (IEC 62443-4-2, CR 2.8). */
export type AuditCategory =
  | 'ACCESS_CONTROL'
  | 'REQUEST_ERROR'
  | 'CONTROL_EVENT'
  | 'BACKUP_RESTORE'
  | 'CONFIG_CHANGE'
  | 'AUDIT_LOG';

/** How it ended. `DENIED`: not allowed; `FAILED`: allowed, and not done. */
export type AuditResult = 'SUCCESS' | 'DENIED' | 'FAILED';

/** Who did it. Texts are empty where nothing is known. */
export interface AuditActor {
  readonly identity: string;
  readonly role: string;
  /** SHA-256 of the certificate, hex. */
  readonly certFingerprint: string;
  /** Address that it came from. */
  readonly peer: string;
}

/** What it was done to. */
export interface AuditObject {
  /** e.g. `job-order`, `cell`, `alarm`. */
  readonly kind: string;
  readonly id: string;
  /** 0: it has none. */
  readonly revision: number;
}

/** What is to be recorded. Every text at most 4,096 characters; longer ones are cut. Numbers are whole. */
export interface AuditDraft {
  readonly time: EpochMs;
  readonly clockQuality: 'SYNCED' | 'UNSYNCED' | 'STEPPED';
  /** Component, e.g. `grpc`, `hmi`, `scheduler`, `device:uno-1`. */
  readonly source: string;
  readonly category: AuditCategory;
  /** e.g. `job.store`, `auth.failed`. */
  readonly type: string;
  readonly actor: AuditActor;
  readonly object: AuditObject;
  /** Values before and after, as text (canonical JSON, or a digest where long); empty: none. */
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  readonly result: AuditResult;
  /** Why not, as the reason of a fault; empty with `SUCCESS`. */
  readonly resultCode: string;
  readonly correlation: { readonly requestId: string; readonly jobOrderId: string; readonly traceId: string };
}

/**
 * Whose request led to something. It goes with the request through the control process and comes back with the event that tells
 * what became of it, so that both are recorded together, also by another gateway than the one that was asked.
 */
export interface AskedBy {
  readonly source: string;
  /** What was asked, e.g. `job.store`. */
  readonly type: string;
  readonly actor: AuditActor;
  /** What was said to it; empty: nothing. */
  readonly reason: string;
  readonly requestId: string;
  /** Of the caller's trace (W3C Trace Context), 32 hex digits; empty: none. */
  readonly traceId: string;
}

/** One record of the trail. Each holds the hash of the one before, so that none can be changed, removed, added or moved unseen. */
export interface AuditRecord extends AuditDraft {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Whole milliseconds since the machine started, and which start that was (Linux boot id; empty where there is none). */
  readonly sinceBootMs: number;
  readonly bootId: string;
  /** SHA-256, hex; of the first record 64 zeros. */
  readonly prevHash: string;
  /** SHA-256 over the canonical JSON (RFC 8785) of all other members, hex. */
  readonly hash: string;
}

/** The newest record. `seq` 0 and 64 zeros: none yet. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}
