// Takes up what commands have done beside a cell that runs: the gateway alone writes its journal, so they leave a file.
import { hash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AuditCategory, AuditDraft, AuditResult } from '../core/audit.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { epochMs, monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalPort, LedgerEntry } from '../ports/journal.ts';
import { leftRecords } from './command-record.ts';

/** Between two looks, ms. */
const LOOK_MS = 5_000;
/** Of one look; the others wait for the next. */
const FILES_MAX = 100;
const FILE_BYTES_MAX = 32_768;

const TEXT_CHARS_MAX = 4_096;
/** The end of what a date can be, ms. */
const TIME_MAX = 8_640_000_000_000_000;
const CATEGORIES: readonly AuditCategory[] = ['BACKUP_RESTORE', 'CONFIG_CHANGE', 'CONTROL_EVENT'];
const RESULTS: readonly AuditResult[] = ['SUCCESS', 'DENIED', 'FAILED'];

/** Hands records over until it is ended. */
export interface LeftRecords {
  /** Looks once more. Afterwards nothing is taken. */
  end(): Promise<void>;
}

/**
 * Looks at once, and then every few seconds. A file goes when its record is on disk; one that is none stays, and is told of once.
 * @param path of the journal
 */
export function takeLeftRecords(
  path: string,
  {
    journal,
    clock,
    log,
  }: { readonly journal: JournalPort; readonly clock: Clock; readonly log: (line: string) => void },
): LeftRecords {
  const folder = leftRecords(path);
  const bad = new Set<string>();
  let isEnded = false;
  let cancel = (): void => undefined;
  const tellBad = (file: string, why: string): void => {
    if (!bad.has(file)) log(`${file} is no record for the audit trail: ${why}`);
    bad.add(file);
  };
  /** Once: an earlier process may have recorded it, and not lived to remove its file. @returns whether it is on disk */
  const recorded = async (request: RecordRequest, draft: AuditDraft): Promise<boolean> => {
    const known = await journal.findAnswer(request);
    if (!known.ok || known.value !== undefined) return known.ok;
    const ledger = [{ ...request, digest: '', answer: null, time: clock.wall() }];
    const stored = await journal.append({ epoch: '', events: [], audit: [draft], ledger }, 'now');
    return stored.ok;
  };
  const look = async (): Promise<void> => {
    for (const file of filesIn(folder, bad)) {
      const read = readRecord(file);
      if (typeof read === 'string') {
        tellBad(file, read);
        continue;
      }
      if (!(await recorded(requestOf(file, read), read))) return;
      remove(file, (why) => tellBad(file, why));
    }
  };
  const again = async (): Promise<void> => {
    await look();
    if (!isEnded) cancel = clock.schedule(monotonicMs(clock.now() + LOOK_MS), next);
  };
  let looking = again();
  function next(): void {
    looking = again();
  }
  return {
    end: async () => {
      isEnded = true;
      cancel();
      await looking;
      await look();
    },
  };
}

/** Remembered with the record as a request is with its answer. */
type RecordRequest = Pick<LedgerEntry, 'identity' | 'method' | 'requestId'>;

function requestOf(file: string, draft: AuditDraft): RecordRequest {
  const requestId = hash('sha256', `${basename(file)} ${canonicalJson(draft)}`, 'hex');
  return { identity: '', method: 'left-records', requestId };
}

/** The oldest first, as they are named. */
function filesIn(folder: string, bad: ReadonlySet<string>): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const files = names.sort().map((name) => join(folder, name));
    return files.filter((file) => !bad.has(file)).slice(0, FILES_MAX);
  } catch {
    // Nothing was left.
    return [];
  }
}

/** @returns what is wrong with the file, as text */
function readRecord(file: string): AuditDraft | string {
  try {
    const found = lstatSync(file);
    if (!found.isFile()) return 'it is no file';
    const { size } = found;
    if (size > FILE_BYTES_MAX) return `it has ${size} bytes`;
    return draftOf(JSON.parse(readFileSync(file, 'utf8'))) ?? 'its fields are none of a command';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a command can tell, and no more: it names itself as the source, whatever the file says. */
function draftOf(value: unknown): AuditDraft | undefined {
  const { time, type, category, result, ...rest } = membersOf(value);
  const [actor, object] = [membersOf(rest['actor']), membersOf(rest['object'])];
  const texts = textsOf({
    ...{ identity: actor['identity'], peer: actor['peer'], kind: object['kind'], id: object['id'] },
    ...{ type, before: rest['before'], after: rest['after'], reason: rest['reason'], resultCode: rest['resultCode'] },
  });
  const told = {
    category: CATEGORIES.find((each) => each === category),
    result: RESULTS.find((each) => each === result),
  };
  if (texts === undefined || told.category === undefined || told.result === undefined) return undefined;
  if (!Number.isSafeInteger(time) || Number(time) < 0 || Number(time) > TIME_MAX) return undefined;
  const { identity, peer, kind, id, ...others } = texts;
  if (!/^[a-z-]+(\.[a-z-]+)+$/.test(others.type)) return undefined;
  return {
    ...others,
    category: told.category,
    result: told.result,
    time: epochMs(Number(time)),
    clockQuality: 'UNSYNCED',
    source: 'cli',
    actor: { identity, peer, role: 'local', certFingerprint: '' },
    object: { kind, id, revision: 0 },
    correlation: { requestId: '', jobOrderId: '', traceId: '' },
  };
}

function membersOf(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** @returns undefined when one of them is no text, or too long */
function textsOf<Name extends string>(values: Readonly<Record<Name, unknown>>): Record<Name, string> | undefined {
  const are = Object.values(values).every((each) => typeof each === 'string' && each.length <= TEXT_CHARS_MAX);
  return are ? (values as Record<Name, string>) : undefined;
}

function remove(file: string, failed: (why: string) => void): void {
  try {
    rmSync(file);
  } catch (error) {
    // Or it would be recorded again and again.
    failed(error instanceof Error ? error.message : String(error));
  }
}
