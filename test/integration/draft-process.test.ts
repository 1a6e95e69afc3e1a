// Checks of drafts in their own process: whoever is served meanwhile does not wait, and what takes too much ends with that alone.
import type { ChildProcess, fork } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDraftCheck, readCheckedFile } from '../../src/app/draft-check.ts';
import { DraftProcess } from '../../src/app/draft-process.ts';
import type { DraftVerdict } from '../../src/ports/work-master-check.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** Every process that was begun. */
const begun: ChildProcess[] = [];
vi.mock('node:child_process', async (original) => {
  const real = await original<{ fork: typeof fork }>();
  const remembered = (...args: Parameters<typeof fork>): ChildProcess => {
    const child = real.fork(...args);
    begun.push(child);
    return child;
  };
  return { ...real, fork: remembered };
});

const EXAMPLE = new URL('../../cells/pick-and-place/cell.yaml', import.meta.url).pathname;
const FITS = 'version: 9.0.0\ndescription: waits\nsteps:\n  - wait: { durationMs: 5 }\n';
/** Some 60 KB, with a mistake in each line. */
const LONG = Array.from({ length: 6_000 }, (_, index) => `key${index}:\n`).join('');
const NOT_CHECKED = { ok: false, error: { code: 6603, detail: {} } };
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
    expect(await drafts.check('pause', FITS)).toEqual(NOT_CHECKED);
    expect(await Promise.all(waiting)).toMatchObject(waiting.map(() => ({ ok: true })));
    expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
  });

  it('that wait when the gateway ends are not told to be wrong', async () => {
    const waiting = [drafts.check('pause', FITS), drafts.check('pause', FITS)];
    drafts.close();
    expect(await Promise.all(waiting)).toEqual([NOT_CHECKED, NOT_CHECKED]);
  });

  it('for which no process can be had are not told to be wrong either, and the next is checked when there is one', async () => {
    const { execPath } = process;
    process.execPath = '/nowhere/node';
    const unchecked = drafts.check('pause', FITS).finally(() => {
      process.execPath = execPath;
    });
    expect(await unchecked).toEqual(NOT_CHECKED);
    expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
  });

  it('have one process as long as they come, which ends after ten seconds without any; the next has another', async () => {
    begun.length = 0;
    for (let at = 0; at < 2; at += 1) expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
    clock.advance(9_999);
    expect(begun.map(({ killed }) => killed)).toEqual([false]);
    clock.advance(1);
    expect(begun.map(({ killed }) => killed)).toEqual([true]);
    expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
    expect(begun.map(({ killed }) => killed)).toEqual([true, false]);
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
