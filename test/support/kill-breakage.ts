// Cells that are broken on purpose, each in one of the ways in which orders could be lost, done twice or moved by nobody: what the campaign
// of kills is there to find. See `test/scenario/kills-virtual.test.ts`.

import { ok } from '../../src/core/result.ts';
import type { JournalPort } from '../../src/ports/journal.ts';

export interface Broken {
  readonly journal?: (journal: JournalPort) => JournalPort;
  /** The reset closes by itself after each start of control. */
  readonly sticksReset?: boolean;
}

/** The ways, by name. */
export const BREAKAGES = {
  'acknowledged before the commit': { journal: early },
  'answers forgotten': {
    journal: (journal) => ({ ...bound(journal), findAnswer: () => Promise.resolve(ok(undefined)) }),
  },
  'enabled by a reset that nobody pressed': { sticksReset: true },
} as const satisfies Readonly<Record<string, Broken>>;

/** Says at once that it is on disk, and puts it there some turns later. */
function early(journal: JournalPort): JournalPort {
  return {
    ...bound(journal),
    append: (batch, urgency) => {
      void journal.append(batch, urgency);
      return Promise.resolve(ok({ before: 0, position: 0 }));
    },
  };
}

/** The methods of a journal as plain properties. */
function bound(journal: JournalPort): JournalPort {
  return {
    id: journal.id,
    append: (batch, urgency) => journal.append(batch, urgency),
    orders: journal.orders,
    events: journal.events,
    responses: journal.responses,
    notes: journal.notes,
    audit: journal.audit,
    findAnswer: (request) => journal.findAnswer(request),
    get state() {
      return journal.state;
    },
    listen: (listener) => journal.listen(listener),
    close: () => journal.close(),
  };
}
