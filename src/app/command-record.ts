// Records what a command does beside the cell: in the audit trail of the cell's journal at once, or, while a process writes that, in a
// file beside it, which the gateway takes up.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '../config/problem.ts';
import type { AuditDraft } from '../core/audit.ts';
import { epochMs } from '../core/units.ts';
import { appendRecord } from '../journal/append-record.ts';
import { operatorAccount } from './operator-account.ts';
import { replaceFile } from './replace-file.ts';

/** What a command can tell; who gave it, and when, is known here. */
export type CommandRecord = Pick<AuditDraft, 'type' | 'category' | 'object' | 'result'> &
  Partial<Pick<AuditDraft, 'before' | 'after' | 'reason' | 'resultCode'>>;

/** Whom to tell what could not be recorded: what the command did counts all the same. */
export interface Telling {
  readonly locale: Locale;
  readonly note: (line: string) => void;
}

/**
 * Records it. A cell without a journal has no trail, and nothing is kept.
 * @param journal path of the journal
 */
export function recordCommand(journal: string, told: CommandRecord, { locale, note }: Telling): void {
  if (!existsSync(journal)) return;
  const draft = draftOf(told);
  if (appendRecord(journal, draft).ok) return;
  try {
    leaveRecord(journal, draft);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    note(locale === 'es' ? `no quedó en el registro de auditoría: ${reason}` : `not in the audit trail: ${reason}`);
  }
}

/** Where records wait for the process that writes the journal. */
export function leftRecords(journal: string): string {
  return `${journal}.records`;
}

/** On disk when it returns, and whole whenever it is seen. */
function leaveRecord(journal: string, draft: AuditDraft): void {
  const folder = leftRecords(journal);
  mkdirSync(folder, { recursive: true });
  const name = `${String(draft.time).padStart(15, '0')}-${randomBytes(4).toString('hex')}.json`;
  replaceFile(join(folder, name), `${JSON.stringify(draft)}\n`);
}

function draftOf(told: CommandRecord): AuditDraft {
  return {
    time: epochMs(Date.now()),
    // Nobody was asked whether a time server keeps the date.
    clockQuality: 'UNSYNCED',
    source: 'cli',
    actor: operatorAccount(),
    before: '',
    after: '',
    reason: '',
    resultCode: '',
    correlation: { requestId: '', jobOrderId: '', traceId: '' },
    ...told,
  };
}
