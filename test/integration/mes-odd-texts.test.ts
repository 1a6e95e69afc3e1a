// What a refusal says of a text that is cut: over a real connection, with what a caller may send as an id.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobOrderReceiverServiceDefinition as Jobs } from '../../proto/generated/services.js';
import { Violations } from '../../src/mes/request-checks.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

describe('an id that is refused', () => {
  let bench: MesBench;
  beforeEach(async () => {
    bench = await startMesBench();
    bench.control.hello();
  });
  afterEach(() => bench.stop());

  it.each([
    ['a character of two units where it is cut', `${'x'.repeat(62)}${'😀'.repeat(20)}`],
    ['the same, one before', `${'x'.repeat(61)}${'😀'.repeat(20)}`],
    ['the same, two before', `${'x'.repeat(60)}${'😀'.repeat(20)}`],
  ])('with %s is told in whole characters', async (_what, jobOrderId) => {
    const answer = await bench.call(Jobs.getJobOrder, { jobOrderId });
    expect(answer).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT', details: { reason: 'REQUEST_INVALID' } });
    const [violation] = (!answer.ok && answer.details?.violations) || [];
    expect(violation?.description).toMatch(/^given "x{60,62}\.\.\. \(\d+ characters\)/);
    expect(violation?.description).not.toContain('\ufffd');
  });
});

describe('a request with more mistakes than can be told', () => {
  let bench: MesBench;
  beforeEach(async () => {
    bench = await startMesBench();
    bench.control.hello();
  });
  afterEach(() => bench.stop());

  it('is refused at once, whatever it names how often', async () => {
    const many = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each);
    const parameters = many(40, { id: 'OrderNumbers', subparameters: many(50, { subparameters: many(50, {}) }) });
    const jobOrder = { jobOrderId: 'J-1', workMasterOptions: many(10, { id: 'pick' }), parameters };
    const answer = await bench.call(Jobs.storeJobOrder, { jobOrder });
    expect(answer).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(answer).toMatchObject({ message: expect.stringMatching(/and 9\d\d more; /) });
    const [first] = (!answer.ok && answer.details?.violations) || [];
    expect(first).toMatchObject({ field: 'job_order' });
  });

  it('is refused with the first of them: states of orders, at most 20', async () => {
    const answer = await bench.call(Jobs.listJobOrders, { states: Array.from({ length: 200_000 }, () => 99) });
    const violations = (!answer.ok && answer.details?.violations) || [];
    expect(violations.map(({ field }) => field)).toEqual([
      'states',
      ...Array.from({ length: 20 }, (_, index) => `states[${index}]`),
    ]);
  });

  it('has 1,000 of them kept at most', () => {
    const violations = new Violations();
    for (let index = 0; index < 100_000; index += 1) violations.add(`f[${index}]`, { allowed: 'nothing' });
    const all = new Violations();
    all.add('f', { allowed: 'nothing' });
    all.join(violations);
    expect([violations.found.length, all.found.length]).toEqual([1_000, 1_000]);
  });
});
