// How a gateway gets its journal: one that cannot be opened refuses what it is asked, and says why.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeFault, FAULTS, type Fault, type FaultCode } from '../core/faults.ts';
import { err } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import { openJournal } from '../journal/journal.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalPort } from '../ports/journal.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';

/**
 * Opens the journal, or makes it with its directory.
 *
 * @throws OperatorError (occupied) when another process writes it
 */
export async function openGatewayJournal(path: string, log: (line: string) => void): Promise<JournalPort> {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    // Opening it says what is wrong.
  }
  const opened = await openJournal({ path });
  if (opened.ok) return opened.value;
  const { code } = opened.error;
  if (code === 6507) {
    const told = { en: describeFault(opened.error), es: describeFault(opened.error, 'es') };
    const { response: en, responseEs: es, reason } = FAULTS[code];
    throw new OperatorError(told, { en, es }, EXIT_CODES.occupied, reason);
  }
  log(`no job order is taken: ${describeFault(opened.error)}; ${FAULTS[code].response}`);
  return refusing(opened.error);
}

/** What may pass without anybody mending the journal itself: no room, a disk that is away or read-only, one that confirms nothing, files that are elsewhere. */
const MAY_PASS: ReadonlySet<FaultCode> = new Set([6501, 6502, 6503, 6510, 6514]);
/** Pause between attempts, doubled up to the longest, ms. */
const AGAIN_MS = { first: 1_000, longest: 30_000 };

export interface OpenAgainOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Ends the attempts. @defaultValue never */
  readonly signal?: AbortSignal;
  /** @defaultValue `openJournal` */
  readonly open?: typeof openJournal;
}

/** Resolves when a journal that was refused with `refused` can be opened, and is not open; never where a person has to mend it, or once `signal` aborts. */
export async function whenOpenable(
  refused: Fault,
  { path, clock, signal, open = openJournal }: OpenAgainOptions,
): Promise<void> {
  let last = refused;
  for (let pauseMs = AGAIN_MS.first; ; pauseMs = Math.min(AGAIN_MS.longest, pauseMs * 2)) {
    if (!MAY_PASS.has(last.code) || signal?.aborted === true) return new Promise(() => undefined);
    await new Promise<void>((resolve) => {
      const cancel = clock.schedule(monotonicMs(clock.now() + pauseMs), resolve);
      signal?.addEventListener('abort', cancel, { once: true });
    });
    const opened = await open({ path });
    if (opened.ok) return opened.value.close();
    last = opened.error;
  }
}

/** The unit can be told to stop and its alarms acknowledged; whatever would have to be on disk is refused. */
function refusing(fault: Fault): JournalPort {
  const refuse = () => Promise.resolve(err(fault));
  return {
    id: '',
    append: refuse,
    orders: { open: refuse, get: refuse, getAll: refuse, list: refuse, listed: refuse },
    events: { head: refuse, since: refuse, storedThrough: refuse },
    responses: { pending: refuse, attempted: refuse, acknowledge: refuse },
    audit: { since: refuse, head: refuse },
    notes: { list: refuse },
    findAnswer: refuse,
    state: { kind: 'refusing', fault },
    listen: () => () => undefined,
    close: () => Promise.resolve(),
  };
}
