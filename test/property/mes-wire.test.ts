// Whatever bytes or records come, the job interface answers in its own words and its pages add up.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobOrderReceiverServiceDefinition as METHODS } from '../../proto/generated/services.js';
import { JOB_STATES, JOB_SUBSTATES, type JobRecord, type JobState } from '../../src/core/job-order.ts';
import { ok } from '../../src/core/result.ts';
import { epochMs } from '../../src/core/units.ts';
import { readListRequest, readPage } from '../../src/mes/job-list-page.ts';
import { isFinal, JobMirror } from '../../src/mes/job-mirror.ts';
import { JOB_STATE_NUMBERS, jobStateOf, toWireRecord } from '../../src/mes/job-wire.ts';
import { pageOfRecords } from '../../src/mes/mirror-pages.ts';
import { placeIn } from '../../src/mes/order-index.ts';
import { Violations } from '../../src/mes/request-checks.ts';
import { fromTimestamp, fromValue, toDecimal, toTimestamp, toValue } from '../../src/mes/wire-values.ts';
import type { ConnectionLost, FromControl } from '../../src/ports/cell-channel.ts';
import { type JobOrderQuery, ORDER_FIELDS } from '../../src/ports/job-order-source.ts';
import { cellSnapshot, jobEvent, jobRecord } from '../support/channel-samples.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

const STATES = Object.keys(JOB_STATES) as JobState[];
const UNARY = [METHODS.storeAndStartJobOrder, METHODS.getJobOrder, METHODS.listJobOrders, METHODS.abortJobOrder];

const anyRecord: fc.Arbitrary<JobRecord> = fc
  .record({
    id: fc.integer({ min: 0, max: 5 }),
    state: fc.constantFrom(...STATES),
    storedAt: fc.integer({ min: 0, max: 3 }),
    revision: fc.integer({ min: 1, max: 9 }),
    producedQuantity: fc.nat(3),
    startTime: fc.option(fc.nat(2).map(epochMs), { nil: undefined }),
  })
  .map(({ id, storedAt, ...rest }) =>
    jobRecord(`J-${id}`, { ...rest, substate: undefined, storedAt: epochMs(storedAt) }),
  );

describe('bytes from anywhere', () => {
  let bench: MesBench;

  beforeAll(async () => {
    bench = await startMesBench();
    bench.control.hello();
  });

  afterAll(() => bench.stop());

  it('are served or refused with a reason, never a defect', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...UNARY), fc.uint8Array({ maxLength: 64 }), async (method, bytes) => {
        const ending = await bench.callRaw(method.path, bytes);
        if (ending.ok) return;
        expect(['INVALID_ARGUMENT', 'NOT_FOUND', 'FAILED_PRECONDITION', 'UNAVAILABLE', 'INTERNAL']).toContain(
          ending.code,
        );
        expect(ending.details?.domain).toBe('celda.dev');
        expect(ending.details?.reason).not.toBe('INVARIANT_VIOLATED');
      }),
      { numRuns: 300 },
    );
    expect(bench.log).toEqual([]);
  });

  it('are handled when an order is damaged in one place, and control hears of complete orders only', async () => {
    const parameters = [{ id: 'count', value: { doubleValue: 3 } }];
    const whole = METHODS.storeAndStartJobOrder.requestSerialize({
      jobOrder: { jobOrderId: 'J-1', workMasterId: 'pick', parameters },
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        const damaged = Buffer.from(whole);
        damaged[place] = (damaged[place] ?? 0) ^ flip;
        await bench.callRaw(METHODS.storeAndStartJobOrder.path, damaged);
      }),
      { numRuns: 300 },
    );
    for (const request of bench.control.requests) {
      if (request.kind !== 'store-and-start') continue;
      const { count, speed } = request.order.parameters;
      expect(Number.isInteger(count) && Number(count) >= 1 && Number(count) <= 10 && Number(speed) >= 50).toBe(true);
      expect(request.order.jobOrderId).toMatch(/^[A-Za-z0-9._:/-]{1,64}$/);
    }
    expect(bench.log).toEqual([]);
  });
});

describe('values on the wire', () => {
  it('keep time stamps to the microsecond, also before 1970', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 4e12 }), fc.nat(999), (ms, us) => {
        const time = epochMs(ms + us / 1_000);
        const wire = toTimestamp(time);
        expect(wire.nanos).toBeGreaterThanOrEqual(0);
        expect(wire.nanos).toBeLessThan(1_000_000_000);
        const back = fromTimestamp({ seconds: wire.seconds ?? fail(), nanos: wire.nanos ?? 0 });
        expect(Math.abs(back - time)).toBeLessThan(0.001);
      }),
    );
  });

  it('keep parameters of every type', () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.boolean(), fc.string());
    const NONE = { boolValue: null, int64Value: null, uint64Value: null, doubleValue: null, stringValue: null };
    fc.assert(
      fc.property(value, (given) => {
        const wire = { ...NONE, ...toValue(given, 'number') };
        expect(fromValue(wire as Parameters<typeof fromValue>[0])).toBe(given);
      }),
    );
    fc.assert(
      fc.property(fc.maxSafeInteger(), (given) => {
        const wire = { ...NONE, ...toValue(given, 'integer') };
        expect(fromValue(wire as Parameters<typeof fromValue>[0])).toBe(given);
      }),
    );
  });

  it('write quantities without exponent', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), (quantity) => {
        expect(toDecimal(quantity)).toMatch(/^\d+(\.\d+)?$/);
      }),
    );
  });

  it('name and number every state in both directions', () => {
    for (const state of STATES) {
      expect(jobStateOf(JOB_STATE_NUMBERS[state])).toBe(state);
      expect<number>(JOB_STATE_NUMBERS[state]).toBe(JOB_STATES[state]);
    }
    for (const [substate, { parent, number }] of Object.entries(JOB_SUBSTATES)) {
      const states = toWireRecord(jobRecord('J', { state: parent, substate: substate as never }), undefined, '').states;
      const typed = states?.[1]?.prepareSubstate ?? states?.[1]?.interruptedSubstate ?? states?.[1]?.endedSubstate;
      expect([states?.[1]?.number, typed]).toEqual([number, number]);
    }
  });
});

describe('pages', () => {
  it('show every matching order once and in order, whatever the page size, filter and order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyRecord, { maxLength: 6, selector: (record) => record.order.jobOrderId }),
        fc.integer({ min: 1, max: 4 }),
        fc.subarray(STATES),
        fc.constantFrom(...ORDER_FIELDS),
        fc.boolean(),
        async (records, pageSize, wanted, field, isDescending) => {
          const request = {
            states: wanted.map((state) => JOB_STATES[state]),
            workMasterIds: [],
            storeTimeFrom: null,
            storeTimeBefore: null,
            orderBy: isDescending ? `${field} desc` : field,
          };
          const source = {
            get: () => Promise.resolve(ok(undefined)),
            page: (query: JobOrderQuery) => Promise.resolve(ok(pageOfRecords(records, query))),
          };
          const seen: JobRecord[] = [];
          let pageToken = '';
          do {
            const violations = new Violations();
            const asked = { ...request, pageSize, pageToken };
            const page = await readPage(source, readListRequest(asked, violations), asked, violations);
            if (!page.ok) throw new Error('refused');
            seen.push(...page.value.records);
            pageToken = page.value.nextPageToken;
          } while (pageToken !== '');
          const matching = records.filter((record) => wanted.length === 0 || wanted.includes(record.state));
          expect(seen.map(({ order }) => order.jobOrderId).sort()).toEqual(
            matching.map(({ order }) => order.jobOrderId).sort(),
          );
          const values = seen.map((record) => placeIn(record, field).value);
          const dated = values.filter((value) => value !== null);
          expect(values.slice(0, dated.length)).toEqual(dated);
          expect(dated).toEqual(dated.toSorted((left, right) => (isDescending ? right - left : left - right)));
        },
      ),
    );
  });
});

describe('the mirror, whatever control says', () => {
  const anyMessage: fc.Arbitrary<FromControl | ConnectionLost> = fc.oneof(
    anyRecord.map((record) => ({ kind: 'event' as const, event: jobEvent(1, record) })),
    fc
      .record({
        epoch: fc.constantFrom('e1', 'e2', 'e3'),
        records: fc.uniqueArray(anyRecord, { maxLength: 3, selector: ({ order }) => order.jobOrderId }),
      })
      .map((parts) => ({ kind: 'hello' as const, ...parts })),
    fc.constant({ kind: 'lost' as const }),
    fc.constant({ kind: 'snapshot' as const, snapshot: cellSnapshot(1) }),
  );

  it('never lets a revision go back, never forgets an open order, never shows one running while control is away', () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 30 }), (messages) => {
        const mirror = new JobMirror();
        for (const message of messages) {
          const before = mirror.records();
          const missing = mirror.apply(message);
          for (const { order, storedAt, revision } of before) {
            const now = mirror.get(order.jobOrderId);
            expect(now).toBeDefined();
            if (now?.storedAt === storedAt) expect(now.revision).toBeGreaterThanOrEqual(revision);
          }
          if (message.kind === 'lost') expect(mirror.records().filter(({ state }) => state === 'Running')).toEqual([]);
          expect(missing.every((record) => mirror.get(record.order.jobOrderId) !== undefined)).toBe(true);
        }
      }),
    );
  });

  it('gives back to a new run every order that is not final and that the new run does not know', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 6 }), fc.array(anyRecord, { maxLength: 3 }), (first, second) => {
        const mirror = new JobMirror();
        mirror.apply({ kind: 'hello', epoch: 'e1', records: first });
        const open = mirror.records().filter((record) => !isFinal(record));
        const missing = mirror.apply({ kind: 'hello', epoch: 'e2', records: second });
        const known = new Set([...missing, ...second].map((record) => record.order.jobOrderId));
        expect(open.filter(({ order }) => !known.has(order.jobOrderId))).toEqual([]);
      }),
    );
  });
});

function fail(): never {
  throw new Error('no seconds');
}
