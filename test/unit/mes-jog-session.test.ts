// Goal: that somebody moved joints by hand is in the audit trail at once, whatever becomes of the gateway then. Method: one stream of
// requests, told as the service tells it, and a journal that keeps what it was given and how urgently.
import { expect, it } from 'vitest';
import { AuditDesk } from '../../src/mes/audit-desk.ts';
import { JogSession } from '../../src/mes/jog-session.ts';
import type { Caller } from '../../src/ports/caller.ts';
import type { Urgency } from '../../src/ports/journal.ts';
import { RecordingJournal } from '../support/recording-journal.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const CALLER: Caller = {
  identity: 'eva',
  roles: ['Engineer'],
  isLocal: false,
  address: '127.0.0.1:4',
  certFingerprint: '',
  traceId: '',
};

it('a jog is recorded when it begins and when it ends, at once; one that moves nothing is not', () => {
  const clock = new VirtualClock();
  const journal = new RecordingJournal();
  const urgencies: (Urgency | undefined)[] = [];
  const keep = journal.append;
  journal.append = (batch, urgency) => {
    urgencies.push(urgency);
    return keep(batch, urgency);
  };
  const session = new JogSession({ clock, audit: new AuditDesk({ journal, clock }) }, CALLER);
  session.moves('jog-1', [{ joint: 'base', speedPercent: 0 }]);
  expect(journal.records).toEqual([]);
  session.moves('jog-1', [{ joint: 'base', speedPercent: -20 }]);
  session.moves('jog-1', [{ joint: 'base', speedPercent: 5 }]);
  clock.advance(700);
  session.end();
  expect(journal.records.map(({ type, actor, after }) => [type, actor.identity, JSON.parse(after) as unknown])).toEqual(
    [
      ['jog.begin', 'eva', { owner: 'jog-1', percentMax: { base: 20 } }],
      ['jog.end', 'eva', { owner: 'jog-1', percentMax: { base: 20 }, forMs: 700 }],
    ],
  );
  expect(urgencies).toEqual(['now', 'now']);
});
