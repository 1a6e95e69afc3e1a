// Job responses that a receiver has not taken yet, each with what became of the attempts.
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { JsonValue, PendingResponse, ResponseDraft } from '../ports/journal.ts';
import { openBody, sealBody } from './row-body.ts';

const ERROR_CHARS_MAX = 1_000;

export class ResponseTable {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Inside a transaction. */
  queue(draft: Omit<ResponseDraft, 'sequence'>): void {
    const { lastInsertRowid } = this.#db.prepare('INSERT INTO responses (body) VALUES (?)').run(Buffer.alloc(0));
    this.#write(Number(lastInsertRowid), { ...draft, attempts: 0, notBefore: 0, lastError: '' });
  }

  #write(id: number, value: JsonValue): void {
    this.#db.prepare('UPDATE responses SET body = ? WHERE id = ?').run(sealBody(['responses', id], value), id);
  }

  /** The oldest first. */
  pending(after: number, limit: number): readonly PendingResponse[] {
    const rows = this.#db.prepare('SELECT id, body FROM responses WHERE id > ? ORDER BY id LIMIT ?').all(after, limit);
    return rows.map((row) => ({ ...responseOf(row), id: Number(row['id']) }));
  }

  attempted(id: number, outcome: { readonly notBefore: number; readonly error: string }): void {
    const row = this.#db.prepare('SELECT id, body FROM responses WHERE id = ?').get(id);
    if (row === undefined) return;
    const before = responseOf(row);
    const lastError = outcome.error.slice(0, ERROR_CHARS_MAX);
    this.#write(id, { ...before, attempts: before.attempts + 1, notBefore: outcome.notBefore, lastError });
  }

  acknowledge(id: number): void {
    this.#db.prepare('DELETE FROM responses WHERE id = ?').run(id);
  }
}

function responseOf(row: Readonly<Record<string, SQLOutputValue>>): Omit<PendingResponse, 'id'> {
  const body = openBody(['responses', Number(row['id'])], row['body']);
  // An older Celda wrote no end time.
  return { endTime: null, ...(body as unknown as Omit<PendingResponse, 'id' | 'endTime'>) };
}
