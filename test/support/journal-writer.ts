// A process that writes a journal for a test: submits orders by many clients, and notes in a file each that was acknowledged. At its end it closes the
// journal, or is killed.
import { appendFileSync } from 'node:fs';
import { openJournal } from '../../src/journal/journal.ts';
import { EventSource, jobEvent, recordOf, submission } from './journal-samples.ts';
import type { WriterSettings } from './power-cut.ts';

async function main(settings: WriterSettings): Promise<void> {
  const { path, checkpointPages } = settings;
  const journal = await openJournal({ path, checkpointPages, soonMs: 5 });
  if (!journal.ok) throw new Error(JSON.stringify(journal.error));
  const source = new EventSource(settings.epoch);
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < settings.orders) {
      next += 1;
      const id = `${settings.epoch}-${next}`;
      const answer = await journal.value.append(submission(source, id), 'now');
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      appendFileSync(settings.acks, `${id}\n`);
      const done = recordOf(id, { state: 'Ended', substate: 'Completed', producedQuantity: 10, revision: 2 });
      void journal.value.append(source.batch([{ kind: 'reset' }, jobEvent(done)]), 'soon');
    }
  };
  await Promise.all(Array.from({ length: settings.clients }, client));
  if (settings.isKilled) process.kill(process.pid, 'SIGKILL');
  await journal.value.close();
}

await main(JSON.parse(process.argv[2] ?? '') as WriterSettings);
