import { describe, expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import type { RequestOrigin } from '../../src/core/job-request.ts';
import { err, ok, type Result } from '../../src/core/result.ts';
import { RequestLedger } from '../../src/mes/request-ledger.ts';
import { refuse } from '../../src/ports/service-refusal.ts';

const METHOD = 'celda.job.v1.JobOrderReceiverService';

/** A memory into which an earlier process has put the answer only after it was asked for the first time. */
function lateMemory(content: 'same' | 'other') {
  let asked: RequestOrigin | undefined;
  let times = 0;
  return {
    heard: (origin: RequestOrigin | undefined) => {
      asked = origin;
    },
    find: () => {
      times += 1;
      if (times === 1 || asked === undefined) return Promise.resolve(ok(undefined));
      return Promise.resolve(ok({ digest: content === 'same' ? asked.digest : 'another', answer: 'the first answer' }));
    },
  };
}

async function askedAgain(content: 'same' | 'other') {
  const memory = lateMemory(content);
  const ledger = new RequestLedger<string>(METHOD, memory);
  return ledger.answer({
    identity: 'mes',
    requestId: 'R-1',
    content: 'store J-1',
    run: (origin) => {
      memory.heard(origin);
      return Promise.resolve(err(refuse(fault(6003, { jobOrderId: 'J-1' }))));
    },
    doneBefore: () => undefined,
  });
}

it('[G1] answers a repeated request by what an earlier process had done, although its answer was remembered only meanwhile', async () => {
  expect(await askedAgain('same')).toEqual(ok({ record: 'the first answer', replayed: true }));
});

it('leaves a refusal a refusal where the remembered answer is that of another request', async () => {
  expect(await askedAgain('other')).toMatchObject({ ok: false, error: { fault: { code: 6003 } } });
});

describe('what the ledger holds in memory', () => {
  const LARGE = 'x'.repeat(100_000);
  const request = (requestId: string, run: () => Promise<Result<string, never>>) => ({
    ...{ identity: 'mes', requestId, content: `store ${requestId}`, run, doneBefore: () => undefined },
  });

  it('is bounded by bytes, and an answer that it has let go of is that of the journal: nothing is done again', async () => {
    const kept = new Map<string, { readonly digest: string; readonly answer: string }>();
    const find = ({ requestId }: Pick<RequestOrigin, 'requestId'>) => Promise.resolve(ok(kept.get(requestId)));
    const ledger = new RequestLedger<string>(METHOD, { find });
    let runs = 0;
    const asks = (requestId: string, content = `store ${requestId}`) =>
      ledger.answer({
        ...{ identity: 'mes', requestId, content, doneBefore: () => undefined },
        run: (origin) => {
          runs += 1;
          const answer = `${requestId} ${LARGE}`;
          kept.set(requestId, { digest: origin?.digest ?? '', answer });
          return Promise.resolve(ok(answer));
        },
      });
    for (let number = 0; number < 200; number += 1) await asks(`R-${number}`);
    expect(ledger.answerBytes).toBeLessThan(9_000_000);
    expect(await asks('R-0')).toEqual(ok({ record: `R-0 ${LARGE}`, replayed: true }));
    expect(await asks('R-0', 'store another')).toMatchObject({ ok: false, error: { fault: { code: 6011 } } });
    expect(runs).toBe(200);
  });

  it('has every request that is under way, however many come after it', async () => {
    const ledger = new RequestLedger<string>(METHOD);
    let runs = 0;
    let finish = (): void => undefined;
    const slow = request('R-slow', () => {
      runs += 1;
      return new Promise((resolve) => {
        finish = () => resolve(ok('done'));
      });
    });
    const first = ledger.answer(slow);
    for (let number = 0; number < 10_050; number += 1) {
      await ledger.answer(request(`R-${number}`, () => Promise.resolve(ok('other'))));
    }
    const again = ledger.answer(slow);
    finish();
    expect([await first, await again, runs]).toEqual([
      ok({ record: 'done', replayed: false }),
      ok({ record: 'done', replayed: true }),
      1,
    ]);
  });
});
