// Checks of drafts in their own process: whoever is served meanwhile does not wait, and what takes too much ends with that alone.
import type { ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorkMasterServiceDefinition as Masters } from '../../proto/generated/services.js';
import { createDraftCheck, readCheckedFile } from '../../src/app/draft-check.ts';
import { DraftProcess } from '../../src/app/draft-process.ts';
import type { DraftVerdict } from '../../src/ports/work-master-check.ts';
import { RecordingJournal } from '../support/recording-journal.ts';
import { TlsBench } from '../support/tls-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** Every process that was begun. */
const begun: ChildProcess[] = [];
/** What becomes of the next attempts to begin one; without any, a process. */
const instead: (() => ChildProcess)[] = [];
vi.mock('node:child_process', async (original) => {
  const real = await original<{ fork: typeof fork }>();
  const remembered = (...args: Parameters<typeof fork>): ChildProcess => {
    const child = (instead.shift() ?? (() => real.fork(...args)))();
    begun.push(child);
    return child;
  };
  return { ...real, fork: remembered };
});

const EXAMPLE = new URL('../../cells/pick-and-place/cell.yaml', import.meta.url).pathname;
const FITS = 'version: 9.0.0\ndescription: waits\nsteps:\n  - wait: { durationMs: 5 }\n';
/** Some 60 KB, with a mistake in each line. */
const LONG = Array.from({ length: 6_000 }, (_, index) => `key${index}:\n`).join('');
const TOO_MANY = { ok: false, error: { code: 6603, detail: {} } };
const NOT_CHECKED = { ok: false, error: { code: 6034, detail: {} } };
const TOO_MUCH = { ok: false, error: [{ path: '', allowed: 'what is checked within 10 s and 96 MiB of memory' }] };
const BREAKS_CHECK = { ok: false, error: [{ path: '', allowed: 'what can be checked' }] };

/** A process that is there only as far as `part` says. */
function playedChild(part: Partial<ChildProcess>): ChildProcess {
  return Object.assign(new EventEmitter(), { unref: () => undefined, ...part }) as unknown as ChildProcess;
}

/** As where memory has run out. */
function forkFails(): never {
  throw new Error('spawn ENOMEM');
}

/** As where file descriptors have run out: Node gives back what never began, and tells so later. */
function forkBeginsNothing(): ChildProcess {
  const kill = (): never => {
    throw new Error('what never began is not to be signalled');
  };
  const child = playedChild({ kill });
  process.nextTick(() => child.emit('error', new Error('spawn EMFILE')));
  return child;
}

/** Ends so when it is given a draft, which comes after the file. */
function endsAtDraft(code: number | null, signal: NodeJS.Signals | null): () => ChildProcess {
  return () => {
    let told = 0;
    const send = (): boolean => {
      told += 1;
      if (told === 2) process.nextTick(() => child.emit('exit', code, signal));
      return true;
    };
    const child = playedChild({ pid: 1, send, kill: () => false });
    return child;
  };
}

describe('drafts', () => {
  let clock: VirtualClock;
  let drafts: DraftProcess;
  beforeEach(() => {
    clock = new VirtualClock();
    drafts = new DraftProcess(readCheckedFile(EXAMPLE), clock);
    instead.length = 0;
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
    expect(await drafts.check('pause', FITS)).toEqual(TOO_MANY);
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

  it.each([
    ['memory', forkFails],
    ['file descriptors', forkBeginsNothing],
  ])(
    'for which there is no process for want of %s are answered, and the next is checked all the same',
    async (_what, begin) => {
      instead.push(begin);
      const verdicts = [drafts.check('pause', FITS), drafts.check('pause', FITS)];
      expect(await Promise.all(verdicts)).toMatchObject([NOT_CHECKED, { ok: true }]);
    },
  );

  it.each([
    ['memory', forkFails],
    ['file descriptors', forkBeginsNothing],
  ])(
    'that wait when their process is given up, and there is no other for want of %s, are answered',
    async (_what, begin) => {
      const verdicts = [LONG, FITS, FITS, FITS].map((text) => drafts.check('pause', text));
      instead.push(begin, begin);
      clock.advance(10_000);
      expect(await Promise.all(verdicts)).toMatchObject([TOO_MUCH, NOT_CHECKED, NOT_CHECKED, { ok: true }]);
    },
  );

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'are not told to be too large when %s ends their process',
    async (signal) => {
      const verdicts = [drafts.check('pause', LONG), drafts.check('pause', FITS)];
      begun.at(-1)?.kill(signal);
      expect(await Promise.all(verdicts)).toMatchObject([NOT_CHECKED, { ok: true }]);
      // Nor is that held against the text.
      const again = drafts.check('pause', LONG);
      begun.at(-1)?.kill(signal);
      expect(await again).toEqual(NOT_CHECKED);
    },
  );

  it('are told to be too large when the kernel takes their process for its memory', async () => {
    const verdict = drafts.check('pause', LONG);
    begun.at(-1)?.kill('SIGKILL');
    expect(await verdict).toMatchObject(TOO_MUCH);
  });

  it.each([
    [1, null],
    [null, 'SIGSEGV'],
  ] as const)(
    'at which the check breaks off (exit %s, signal %s) are refused for good the second time',
    async (code, signal) => {
      const breaks = endsAtDraft(code, signal);
      instead.push(breaks, breaks);
      expect(await drafts.check('pause', FITS)).toEqual(NOT_CHECKED);
      expect(await drafts.check('pause', LONG)).toEqual(NOT_CHECKED);
      expect(await drafts.check('wait', LONG)).toMatchObject({ ok: false, error: { length: 1_000 } });
      instead.push(breaks, breaks);
      drafts.close();
      expect(await drafts.check('pause', LONG)).toMatchObject(BREAKS_CHECK);
      expect(await drafts.check('pause', LONG)).toMatchObject(BREAKS_CHECK);
    },
  );

  it('at which the check broke off once are as any other when it is done', async () => {
    const breaks = endsAtDraft(1, null);
    instead.push(breaks);
    expect(await drafts.check('pause', FITS)).toEqual(NOT_CHECKED);
    expect(await drafts.check('pause', FITS)).toMatchObject({ ok: true });
    clock.advance(10_000);
    instead.push(breaks);
    expect(await drafts.check('pause', FITS)).toEqual(NOT_CHECKED);
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

describe('the audit trail of drafts', () => {
  let journal: RecordingJournal;
  let bench: TlsBench;
  let drafts: DraftProcess;
  beforeEach(async () => {
    journal = new RecordingJournal();
    bench = new TlsBench({ 'urn:test:eva': ['Engineer'] });
    drafts = new DraftProcess(readCheckedFile(EXAMPLE), bench.clock);
    await bench.start(undefined, journal, { checkDraft: (id, definition) => drafts.check(id, definition) });
  });
  afterEach(async () => {
    await bench.stop();
    drafts.close();
  });
  const check = () => {
    const client = bench.connect(bench.authority.client('eva'));
    return bench.call(client, Masters.checkWorkMaster, { id: 'pause', definition: FITS });
  };
  const recorded = {
    category: 'REQUEST_ERROR',
    type: 'work-master.check',
    object: { kind: 'work-master', id: 'pause' },
  };

  it('says of one that was not checked that the request failed, and not that its engineer was denied something', async () => {
    instead.push(forkFails);
    expect(await check()).toMatchObject({
      code: 'UNAVAILABLE',
      details: { reason: 'DRAFT_NOT_CHECKED', retryAfterMs: 1_000 },
    });
    expect(journal.recorded('auth.')).toEqual([]);
    expect(journal.recorded('work-master.')).toMatchObject([
      {
        ...recorded,
        actor: { identity: 'urn:test:eva' },
        after: '{"code":6034,"grpc":"UNAVAILABLE"}',
        result: 'FAILED',
        resultCode: 'DRAFT_NOT_CHECKED',
      },
    ]);
  });

  it('says of one at which the check broke off again that the request was wrong', async () => {
    const breaks = endsAtDraft(1, null);
    instead.push(breaks, breaks);
    expect(await check()).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await check()).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { violations: [{ field: 'definition' }] },
    });
    expect(journal.recorded('work-master.').at(-1)).toMatchObject({
      ...recorded,
      after: '{"code":6010,"fields":["definition"],"grpc":"INVALID_ARGUMENT","isa95ReturnStatus":4294967296}',
      resultCode: 'REQUEST_INVALID',
    });
  });
});
