import { expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import type { RequestOrigin } from '../../src/core/job-request.ts';
import { err, ok } from '../../src/core/result.ts';
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
