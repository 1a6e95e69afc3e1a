// What was committed lately, in few pages. Every commit fills the next slots, whose rows are mostly there already, so that nothing of the
// tree around them changes; when they are full, all of it goes to the tables in long rows, and the slots are filled anew.

import type { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AuditRecord } from '../core/audit.ts';
import type { LedgerEntry } from '../ports/journal.ts';
import type { LogRow } from './log-row.ts';
import { checkBody, sealOf } from './row-body.ts';
import { DICTIONARY_1 } from './row-dictionary.ts';
import { setMeta } from './schema.ts';
import { DamageError, prepared } from './sqlite.ts';

/** A row of the log before it is in the table. */
export interface PlacedRow {
  /** Of its last event. */
  readonly position: number;
  readonly row: LogRow;
}

/** What one commit added. */
export interface TailEntry {
  readonly log: readonly PlacedRow[];
  readonly ledger: readonly LedgerEntry[];
  readonly audit: readonly AuditRecord[];
}

const SLOTS = 256;
/** Coding, generation, number of the entry, bytes of it from here on; at the end the CRC-32 as in other rows. */
const HEADER_BYTES = 13;
const CRC_BYTES = 4;
/** A row of it fills one page of 512 bytes and no more. */
const SLOT_BYTES = 470;
const CONTENT_BYTES = SLOT_BYTES - HEADER_BYTES - CRC_BYTES;
/** A longer entry (JSON) is of many who wait, and goes to the tables at once. */
const ENTRY_CHARS_MAX = 32_768;
/** What came before is the dictionary of what comes next: the last bytes, and the last entry that answered somebody. */
const RECENT_BYTES = 24_576;
const ANSWER_BYTES_MAX = 4_096;
const INFLATED_BYTES_MAX = 1_048_576;

const NOTHING = Buffer.alloc(0);

export class Tail {
  readonly #db: DatabaseSync;
  readonly #entries: TailEntry[] = [];
  #generation: number;
  #slot = 0;
  #recent: Buffer = NOTHING;
  #answer: Buffer = NOTHING;

  /** @throws DamageError */
  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#generation = Number(db.prepare(`SELECT value FROM meta WHERE name = 'settled'`).get()?.['value'] ?? 0) + 1;
    for (const deflated of this.#read()) {
      const { entry, json } = unpacked(deflated, this.#dictionary());
      this.#remember(entry, json);
    }
  }

  /** What is not in the tables yet, the oldest first. */
  get entries(): readonly TailEntry[] {
    return this.#entries;
  }

  /** Adds what a commit changes. Inside a transaction. @returns false: there is no room, and nothing was added */
  add(entry: TailEntry): boolean {
    const text = JSON.stringify(entry);
    if (text.length > ENTRY_CHARS_MAX) return false;
    const json = Buffer.from(text);
    const content = deflateRawSync(json, { level: 9, dictionary: this.#dictionary() });
    if (this.#slot + Math.ceil(content.length / CONTENT_BYTES) > SLOTS) return false;
    for (let at = 0; at < content.length; at += CONTENT_BYTES) this.#write(content.subarray(at));
    this.#remember(entry, json);
    return true;
  }

  #write(rest: Buffer): void {
    const body = Buffer.alloc(SLOT_BYTES);
    body.writeUInt32LE(this.#generation, 1);
    body.writeUInt32LE(this.#entries.length, 5);
    body.writeUInt32LE(rest.length, 9);
    rest.copy(body, HEADER_BYTES, 0, CONTENT_BYTES);
    body.writeUInt32LE(sealOf(['tail', this.#slot], body.subarray(0, -CRC_BYTES)), SLOT_BYTES - CRC_BYTES);
    const put = 'INSERT INTO tail (slot, body) VALUES (?, ?) ON CONFLICT (slot) DO UPDATE SET body = excluded.body';
    prepared(this.#db, put).run(this.#slot, body);
    this.#slot += 1;
  }

  /** All of it is in the tables. Inside the transaction that puts it there. */
  clear(): void {
    if (this.#entries.length === 0) return;
    setMeta(this.#db, 'settled', String(this.#generation));
    this.#generation += 1;
    this.#slot = 0;
    this.#recent = NOTHING;
    this.#answer = NOTHING;
    this.#entries.length = 0;
  }

  /** Deflated entries of this generation. */
  *#read(): Generator<Buffer> {
    let parts: Buffer[] = [];
    let entry = 0;
    for (const row of this.#db.prepare('SELECT slot, body FROM tail ORDER BY slot').iterate()) {
      const content = row['body'];
      checkBody(['tail', Number(row['slot'])], content);
      const body = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
      if (body.length < SLOT_BYTES) throw new DamageError(`tail ${this.#slot}`, 'too short');
      if (body.readUInt32LE(1) !== this.#generation) break;
      if (body.readUInt32LE(5) !== entry) throw new DamageError(`tail ${this.#slot}`, `is not of entry ${entry}`);
      const rest = body.readUInt32LE(9);
      parts.push(body.subarray(HEADER_BYTES, HEADER_BYTES + Math.min(rest, CONTENT_BYTES)));
      this.#slot += 1;
      if (rest > CONTENT_BYTES) continue;
      yield Buffer.concat(parts);
      parts = [];
      entry += 1;
    }
    if (parts.length > 0) throw new DamageError(`tail ${this.#slot}`, 'its rest is missing');
  }

  #remember(entry: TailEntry, json: Buffer): void {
    this.#entries.push(entry);
    this.#recent = Buffer.concat([this.#recent, json]).subarray(-RECENT_BYTES);
    if (entry.audit.length > 0 && json.length <= ANSWER_BYTES_MAX) this.#answer = json;
  }

  #dictionary(): Buffer {
    return Buffer.concat([DICTIONARY_1, this.#answer, this.#recent]);
  }
}

function unpacked(content: Buffer, dictionary: Buffer): { readonly entry: TailEntry; readonly json: Buffer } {
  try {
    const json = inflateRawSync(content, { dictionary, maxOutputLength: INFLATED_BYTES_MAX });
    return { entry: JSON.parse(json.toString()) as TailEntry, json };
  } catch {
    throw new DamageError('tail', 'its content cannot be read');
  }
}
