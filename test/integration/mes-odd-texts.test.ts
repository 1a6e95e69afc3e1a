// What a refusal says of a text that is cut: over a real connection, with what a caller may send as an id.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JobOrderReceiverServiceDefinition as Jobs } from '../../proto/generated/services.js';
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
