// How a gateway gets its journal: one that cannot be opened refuses what it is asked, and says why.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeFault, FAULTS, type Fault } from '../core/faults.ts';
import { err } from '../core/result.ts';
import { openJournal } from '../journal/journal.ts';
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
  if (code === 6507) throw new OperatorError(describeFault(opened.error), FAULTS[code].response, EXIT_CODES.occupied);
  log(`no job order is taken: ${describeFault(opened.error)}; ${FAULTS[code].response}`);
  return refusing(opened.error);
}

/** The cell can be watched and its alarms acknowledged; whatever would have to be on disk is refused. */
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
