// Goal: whoever looks into a damaged journal is told of the damage, and never of the disk or of what JavaScript makes of it.
// Method: a small journal is damaged at random from a fixed seed, by runs of bytes and by empty pages, and everything that reads it is asked.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/core/faults.ts';
import type { Result } from '../../src/core/result.ts';
import { backUpJournal } from '../../src/journal/copy.ts';
import { auditTrail, journalInfo, verifyAudit, verifyJournal } from '../../src/journal/look.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { sealBody } from '../../src/journal/row-body.ts';
import { PAGE_BYTES } from '../../src/journal/schema.ts';
import { openDatabase } from '../../src/journal/sqlite.ts';
import type { JsonValue } from '../../src/ports/journal.ts';
import { seededRandom } from '../support/disk-record.ts';
import { EventSource, jobEvent, recordOf, submission } from '../support/journal-samples.ts';

const boot = () => ({ sinceBootMs: 0, bootId: '' });
const TRIALS = 200;
const ORDERS = 40;
const RUN_BYTES_MAX = 3_000;

let folder: string;
let path: string;
let whole: Buffer;

beforeAll(() => {
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'celda-damaged-'));
  path = join(folder, 'damaged.db');
  const written = join(folder, 'written.db');
  const source = new EventSource();
  // When it is opened again, what was written before goes from its tail to its tables; what follows stays in the tail.
  for (const half of [0, 1]) {
    const opened = openStore({ path: written, boot });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    for (let at = (half * ORDERS) / 2; at < ((half + 1) * ORDERS) / 2; at += 1) {
      opened.value.commit([submission(source, `o-${at}`)]);
      const ended = recordOf(`o-${at}`, { state: at % 2 === 0 ? 'Ended' : 'Aborted', revision: 2 });
      if (at % 3 !== 0) opened.value.commit([source.batch([jobEvent(ended)])]);
    }
    opened.value.close();
  }
  const copy = join(folder, 'copy.db');
  expect(backUpJournal(written, copy).ok).toBe(true);
  whole = readFileSync(copy);
});
afterAll(() => rmSync(folder, { recursive: true }));

const READERS: Readonly<Record<string, (path: string) => Result<unknown, Fault>>> = {
  info: journalInfo,
  verify: verifyJournal,
  trail: verifyAudit,
  show: (at) => auditTrail(at, { limit: 1_000, who: 'mes' }),
  backup: (at) => {
    const to = join(folder, 'again.db');
    const made = backUpJournal(at, to);
    rmSync(to, { force: true });
    return made;
  },
};

/** What each of them says of the journal at `path`. */
function said(): readonly (readonly [reader: string, code: number, text: string])[] {
  return Object.entries(READERS).map(([reader, read]) => {
    const result = read(path);
    const text = JSON.stringify(result.ok ? result.value : result.error.detail);
    return [reader, result.ok ? 0 : result.error.code, text];
  });
}

function damaged(random: () => number, from: number): Buffer {
  const bytes = Buffer.from(whole);
  const below = (bound: number): number => Math.floor(random() * bound);
  for (let runs = 1 + below(3); runs > 0; runs -= 1) {
    const at = from + below(bytes.length - from);
    if (below(3) === 0) {
      const page = Math.max(from, at - (at % PAGE_BYTES));
      bytes.fill(0, page, page + PAGE_BYTES);
    } else {
      const length = 1 + below(RUN_BYTES_MAX) ** (below(2) + 1) / RUN_BYTES_MAX;
      for (let byte = at; byte < Math.min(at + length, bytes.length); byte += 1) bytes[byte] = below(256);
    }
  }
  return bytes;
}

const OF_JAVASCRIPT = /argument|undefined|not a function|Unexpected|JSON|JavaScript|is not iterable/;

describe('a damaged journal', () => {
  it.each([
    ['anywhere', 0, [0, 6505, 6506]],
    // What the file says of itself is whole: it is a journal of this version, whatever is in it.
    ['behind its header', 100, [0, 6505]],
  ])('%s is told as damaged, or read', (_, from, codes) => {
    const random = seededRandom(20_261_124 + from);
    const seen = new Set<number>();
    for (let trial = 0; trial < TRIALS; trial += 1) {
      writeFileSync(path, damaged(random, from));
      for (const [reader, code, text] of said()) {
        seen.add(code);
        expect(codes, `trial ${trial}, ${reader}: ${code} ${text}`).toContain(code);
        if (code !== 0 || reader === 'verify') expect(text, `trial ${trial}, ${reader}`).not.toMatch(OF_JAVASCRIPT);
      }
    }
    expect([...seen]).toEqual(expect.arrayContaining([0, 6505]));
  });

  it.each(['{"a":1}', '[{"seq":1,"hash":"","prevHash":""}]', '[null]'])(
    'whose trail has %s where records should be is not shown, whatever seals it',
    (content) => {
      writeFileSync(path, whole);
      const db = openDatabase(path);
      const seq = Number(db.prepare('SELECT max(seq) AS seq FROM audit').get()?.['seq']);
      const body = sealBody(['audit', seq], JSON.parse(content) as JsonValue);
      db.prepare('UPDATE audit SET body = ? WHERE seq = ?').run(body, seq);
      db.close();
      expect(auditTrail(path, { limit: 1_000 })).toMatchObject({ ok: false, error: { code: 6505 } });
    },
  );

  it('has no trail where a record has a number that JavaScript cannot hold', () => {
    writeFileSync(path, whole);
    const db = openDatabase(path);
    db.exec('UPDATE audit SET seq = 9007199254740993 WHERE seq = (SELECT max(seq) FROM audit)');
    db.close();
    for (const [reader, code, text] of said()) {
      if (reader !== 'verify') expect([reader, code]).toEqual([reader, 6505]);
      expect(text, reader).not.toMatch(OF_JAVASCRIPT);
    }
  });
});
