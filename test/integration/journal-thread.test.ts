// Goal: the thread of the journal may die at any time: nothing is acknowledged that is not on disk, and another takes over by itself.
// Method: threads that are ended from outside, in the middle of what they do.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { DEATHS_MAX } from '../../src/journal/kept-thread.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { EventSource, ledgerEntry, submission } from '../support/journal-samples.ts';

let folder: string;
let journal: JournalPort;
let threads: Worker[];
const hearThread = (worker: Worker): void => {
  threads.push(worker);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'celda-journal-'));
  threads = [];
  process.on('worker', hearThread);
  const opened = await openJournal({ path: join(folder, 'cell.journal.db'), reopenMs: 1 });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
});
afterEach(async () => {
  process.off('worker', hearThread);
  await journal.close();
  rmSync(folder, { recursive: true });
});

const kill = () => threads.at(-1)?.terminate();
const isState = (kind: string) => vi.waitFor(() => expect(journal.state.kind).toBe(kind), { timeout: 20_000 });
const code = async (answer: ReturnType<JournalPort['append']>) => {
  const result = await answer;
  return result.ok ? 0 : result.error.code;
};

describe('the thread of a journal that dies', () => {
  it('is started again: meanwhile all is refused, and what was acknowledged is there', async () => {
    const source = new EventSource();
    expect(await code(journal.append(submission(source, 'before'), 'now'))).toBe(0);
    const caught = submission(source, 'caught');
    const waiting = journal.append(caught, 'soon');
    await kill();
    expect(await code(waiting)).toBe(6510);
    expect(journal.state).toMatchObject({ kind: 'refusing', fault: { code: 6510, detail: { deaths: 1 } } });
    expect(await code(journal.append(caught, 'now'))).toBe(6510);
    expect(await journal.orders.open()).toMatchObject({ ok: false, error: { code: 6510 } });
    await isState('ready');
    expect(await code(journal.append(caught, 'now'))).toBe(0);
    const orders = await journal.orders.open();
    expect(orders.ok && orders.value.map(({ event }) => event.record.order.jobOrderId)).toEqual(['before', 'caught']);
    expect(await journal.findAnswer(ledgerEntry('before'))).toMatchObject({ ok: true, value: ledgerEntry('before') });
  });

  it('loses nothing that it acknowledged while many wait for it', async () => {
    const source = new EventSource();
    const batches = Array.from({ length: 300 }, (_, at) => submission(source, `o-${at}`));
    const answers = batches.map((batch) => code(journal.append(batch, 'now')));
    await answers[0];
    await kill();
    const acknowledged = (await Promise.all(answers)).flatMap((answer, at) => (answer === 0 ? [`o-${at}`] : []));
    await isState('ready');
    for (const id of acknowledged)
      expect(await journal.orders.get(id)).toMatchObject({ ok: true, value: { place: Number(id.slice(2)) + 1 } });
    const again = await Promise.all(batches.map((batch) => code(journal.append(batch, 'now'))));
    expect(again).toEqual(batches.map(() => 0));
    expect(await journal.events.storedThrough('run-1')).toEqual({ ok: true, value: 300 });
    expect(await journal.orders.list({ direction: 'oldest-first', limit: 1 })).toMatchObject({ value: { total: 300 } });
  });

  it('again and again stays dead, and says how often it died', async () => {
    for (let deaths = 1; deaths < DEATHS_MAX; deaths += 1) {
      await kill();
      await isState('ready');
    }
    await kill();
    expect(threads).toHaveLength(DEATHS_MAX);
    await new Promise((resolve) => setImmediate(resolve));
    expect(journal.state).toMatchObject({ kind: 'refusing', fault: { code: 6510, detail: { deaths: DEATHS_MAX } } });
    await journal.close();
    expect(threads).toHaveLength(DEATHS_MAX);
  });
});
