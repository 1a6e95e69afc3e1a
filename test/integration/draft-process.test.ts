// Checks of drafts in their own process: whoever is served meanwhile does not wait, and what takes too much ends with that alone.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDraftCheck, readCheckedFile } from '../../src/app/draft-check.ts';
import { DraftProcess } from '../../src/app/draft-process.ts';
import type { DraftVerdict } from '../../src/ports/work-master-check.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const EXAMPLE = new URL('../../cells/pick-and-place/cell.yaml', import.meta.url).pathname;
const FITS = 'version: 9.0.0\ndescription: waits\nsteps:\n  - wait: { durationMs: 5 }\n';
/** Some 60 KB, with a mistake in each line. */
const LONG = Array.from({ length: 6_000 }, (_, index) => `key${index}:\n`).join('');
const TOO_MUCH = { ok: false, error: [{ path: '', allowed: 'what is checked within 10 s and 96 MiB of memory' }] };

describe('drafts', () => {
  let clock: VirtualClock;
  let drafts: DraftProcess;
  beforeEach(() => {
    clock = new VirtualClock();
    drafts = new DraftProcess(readCheckedFile(EXAMPLE), clock);
  });
  afterEach(() => drafts.close());

  it('are answered as in the process that asks, in the order in which they came', async () => {
    const order: number[] = [];
    const texts = [FITS, 'steps: [', LONG];
    const verdicts = await Promise.all(
      texts.map((text, index) => drafts.check('pause', text).finally(() => order.push(index))),
    );
    const check = createDraftCheck(EXAMPLE);
    expect(verdicts).toEqual(texts.map((text) => check('pause', text)));
    expect(verdicts.map((verdict) => (verdict.ok ? 0 : Object.keys(verdict.error).length))).toEqual([0, 1, 1_000]);
    expect(order).toEqual([0, 1, 2]);
  });

  it('do not hold up whoever is served meanwhile', async () => {
    let verdict: DraftVerdict | undefined;
    const checked = drafts.check('pause', LONG).then((answer) => {
      verdict = answer;
    });
    let turns = 0;
    while (verdict === undefined) {
      await new Promise(setImmediate);
      turns += 1;
    }
    await checked;
    expect(turns).toBeGreaterThan(100);
  });

  it('that take too long are given up, and the next is checked', async () => {
    const long = drafts.check('pause', LONG);
    const next = drafts.check('pause', FITS);
    clock.advance(9_999);
    clock.advance(1);
    expect(await long).toMatchObject(TOO_MUCH);
    expect(await next).toMatchObject({ ok: true });
  });

  it('beyond 16 that wait are refused at once', async () => {
    const waiting = Array.from({ length: 16 }, () => drafts.check('pause', FITS));
    expect(await drafts.check('pause', FITS)).toEqual({ ok: false, error: { code: 6603, detail: {} } });
    expect(await Promise.all(waiting)).toMatchObject(waiting.map(() => ({ ok: true })));
    expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
  });

  it('are checked again after the process was idle for ten seconds', async () => {
    expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
    clock.advance(10_000);
    expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
  });
});

describe('a draft that takes more memory than its process has', () => {
  it('is refused, and the next is checked', async () => {
    const clock = new VirtualClock();
    const drafts = new DraftProcess(readCheckedFile(EXAMPLE), clock);
    // Seven times as long as the gateway takes one.
    const greedy = `version: 1.0.0\ndescription: d\nsteps: [${'{x},'.repeat(120_000)}]\n`;
    expect(await drafts.check('pause', greedy)).toMatchObject(TOO_MUCH);
    expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
    drafts.close();
  });
});
