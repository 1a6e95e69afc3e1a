// The hash chain of the audit trail: each record holds the hash of the one before it.
import { hash } from 'node:crypto';
import type { AuditDraft, AuditHead, AuditRecord } from '../core/audit.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import type { EpochMs } from '../core/units.ts';

/** What stands before the first record. */
export const CHAIN_START: AuditHead = { seq: 0, hash: '0'.repeat(64) };

const TEXT_CHARS_MAX = 4_096;

/** When something is recorded, by the machine's own count. */
export interface BootTime {
  readonly sinceBootMs: number;
  readonly bootId: string;
}

/**
 * A draft as the pieces of its record's canonical JSON (RFC 8785): between them stand, in this order, `bootId`; the place of `hash`, which
 * is not hashed; `prevHash`; `seq` and `sinceBootMs`. Texts that are too long are cut and end in `...`. None of the pieces has a tab or
 * the end of a line in it.
 */
export function writeDraft(draft: AuditDraft): readonly string[] {
  const pieces = piecesOf(draft);
  const isShort = pieces.every(({ length }) => length <= TEXT_CHARS_MAX);
  const isWhole = Number.isInteger(draft.time) && Number.isInteger(draft.object.revision);
  return isShort && isWhole ? pieces : piecesOf(cut(draft));
}

function piecesOf(draft: AuditDraft): readonly string[] {
  const { actor, object, correlation, after, before, category, clockQuality, reason, result, resultCode } = draft;
  const { certFingerprint, identity, peer, role } = actor;
  const { jobOrderId, requestId, traceId } = correlation;
  const { id, kind, revision } = object;
  const { source, time, type } = draft;
  return [
    `${opened({ actor: { certFingerprint, identity, peer, role }, after, before })},"bootId":`,
    `,${inner({ category, clockQuality, correlation: { jobOrderId, requestId, traceId } })}`,
    `,${inner({ object: { id, kind, revision } })},"prevHash":"`,
    `",${inner({ reason, result, resultCode })},"seq":`,
    `,${inner({ source, time, type })}}`,
  ];
}

function opened(members: object): string {
  return JSON.stringify(members).slice(0, -1);
}

function inner(members: object): string {
  return JSON.stringify(members).slice(1, -1);
}

/** A record as text. */
export interface ChainedRecord extends AuditHead {
  /** JSON, whole. */
  readonly whole: string;
  /** JSON, with an empty `prevHash`: it stands behind the record before it, which has it. */
  readonly following: string;
}

/** The next record of the chain. @param pieces see `writeDraft` */
export function chain(head: AuditHead, pieces: readonly string[], { bootId, sinceBootMs }: BootTime): ChainedRecord {
  const [first = '', second = '', third = '', fourth = '', last = ''] = pieces;
  const seq = head.seq + 1;
  const front = `${first}${JSON.stringify(bootId)}${second}`;
  const back = `${fourth}${seq},"sinceBootMs":${sinceBootMs}${last}`;
  const hashed = hash('sha256', `${front}${third}${head.hash}${back}`, 'hex');
  const withHash = `${front},"hash":"${hashed}"${third}`;
  return { seq, hash: hashed, whole: `${withHash}${head.hash}${back}`, following: `${withHash}${back}` };
}

/** SHA-256 over the canonical JSON of everything but `hash`, hex. */
export function hashOf(record: Omit<AuditRecord, 'hash'> & { readonly hash?: string }): string {
  return hash('sha256', canonicalJson({ ...record, hash: undefined }), 'hex');
}

function cut<T>(value: T): T {
  if (typeof value === 'number') return Math.round(value) as T;
  if (typeof value === 'string' && value.length > TEXT_CHARS_MAX)
    return `${value.slice(0, TEXT_CHARS_MAX - 3)}...` as T;
  if (typeof value !== 'object' || value === null) return value;
  let shorter: T | undefined;
  for (const name of Object.keys(value) as (keyof T)[]) {
    const member = cut(value[name]);
    if (member === value[name]) continue;
    shorter ??= { ...value };
    shorter[name] = member;
  }
  return shorter ?? value;
}

/** One thing that is wrong with the trail. `seq`: the record at which it is seen. */
export interface ChainBreak {
  readonly seq: number;
  readonly kind: 'changed' | 'missing' | 'not-following' | 'cut-off' | 'misplaced';
  readonly text: string;
  /** A restore that accounts for it: it is a break all the same, since whoever changes a trail can write such a record. */
  readonly restored?: RestoreNote;
}

/** A record of the trail that says that a backup took the place of the journal. */
export interface RestoreNote {
  readonly seq: number;
  readonly time: EpochMs;
  /** Identity, as it was recorded. */
  readonly by: string;
}

const RESTORED = 'the journal was restored from a backup';

/** Checks a trail record by record, the oldest first. */
export class ChainCheck {
  #head: AuditHead;
  readonly breaks: ChainBreak[] = [];

  /** @param from what the first record must follow */
  constructor(from: AuditHead) {
    this.#head = from;
  }

  get head(): AuditHead {
    return this.#head;
  }

  add(record: AuditRecord): void {
    const { seq, prevHash, hash } = record;
    const expected = this.#head.seq + 1;
    if (seq > expected) this.#note(seq, 'missing', `records ${expected} to ${seq - 1} are missing`);
    else if (hashOf(record) !== hash)
      this.#note(seq, 'changed', `record ${seq} is not what was recorded: its hash does not fit`);
    else if (prevHash !== this.#head.hash)
      this.#note(
        seq,
        'not-following',
        `record ${seq} does not follow record ${seq - 1}: one of them was put in its place`,
      );
    this.#head = { seq, hash };
  }

  /** The newest record must be the one that is known from elsewhere. @param restored what may have taken it away */
  compare(known: AuditHead, restored?: RestoreNote): void {
    if (this.#head.hash === known.hash) return;
    const why = restored === undefined ? 'the trail was made anew' : RESTORED;
    this.#note(known.seq, 'not-following', `record ${known.seq} is not the one that was known: ${why}`, restored);
  }

  /** @param known a record that is known to have been there. @param restored what may have taken it away */
  end(known: number, restored?: RestoreNote): void {
    if (this.#head.seq >= known) return;
    const why = restored === undefined ? '' : `: ${RESTORED}`;
    const { seq } = this.#head;
    this.#note(seq, 'cut-off', `records after ${seq} are cut off: there were ${known}${why}`, restored);
  }

  /** @param row what the place of a row says its last record is. @param last which one it is */
  misplaced(row: number, last: number): void {
    this.#note(row, 'misplaced', `the records up to ${row} end with ${last}: they are not where they were put`);
  }

  #note(seq: number, kind: ChainBreak['kind'], text: string, restored?: RestoreNote): void {
    this.breaks.push({ seq, kind, text, ...(restored && { restored }) });
  }
}
