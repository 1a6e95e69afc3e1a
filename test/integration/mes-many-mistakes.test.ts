// What a request with more mistakes than can be told costs: what is kept of it is bounded, and so is how far it is looked at.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobOrderReceiverServiceDefinition as Jobs } from '../../proto/generated/services.js';
import { Violations } from '../../src/mes/request-checks.ts';
import { readParameterTree } from '../../src/mes/value-wire.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

type Wire = Parameters<typeof readParameterTree>[1][number];

describe('a request with more mistakes than can be told', () => {
  let bench: MesBench;
  beforeEach(async () => {
    bench = await startMesBench();
    bench.control.hello();
  });
  afterEach(() => bench.stop());

  it('is refused at once, whatever it names how often', async () => {
    const many = <T>(count: number, each: T): T[] => Array.from({ length: count }, () => each);
    const parameters = many(3, { id: 'OrderNumbers', subparameters: many(25, { subparameters: many(50, {}) }) });
    const jobOrder = { jobOrderId: 'J-1', workMasterOptions: many(10, { id: 'pick' }), parameters };
    const answer = await bench.call(Jobs.storeJobOrder, { jobOrder });
    expect(answer).toMatchObject({ ok: false, code: 'INVALID_ARGUMENT' });
    expect(answer.ok ? '' : answer.message).toMatch(/and 9\d\d more; /);
    const [first] = (!answer.ok && answer.details?.violations) || [];
    expect(first).toMatchObject({ field: 'job_order.parameters[1].id' });
  });

  it('is refused with the first of them: states of orders, at most 20', async () => {
    const answer = await bench.call(Jobs.listJobOrders, { states: Array.from({ length: 60_000 }, () => 99) });
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

  it('is not looked at any more once 1,000 are kept', () => {
    let looks = 0;
    const parameter = (subparameters: readonly Wire[]): Wire => ({
      get id() {
        looks += 1;
        return '';
      },
      value: null,
      descriptions: [],
      unit: '',
      engineeringUnits: null,
      subparameters,
    });
    const many = (each: Wire): Wire[] => Array.from({ length: 50 }, () => each);
    const violations = new Violations();
    readParameterTree('properties', many(parameter(many(parameter(many(parameter([])))))), violations);
    expect(violations.found.length).toBe(1_000);
    expect(looks).toBeLessThan(10_000);
  });
});
