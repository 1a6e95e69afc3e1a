// Real gRPC over a loopback socket; only the control process is played.
import Long from 'long';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { HealthDefinition, JobOrderReceiverServiceDefinition as METHODS } from '../../proto/generated/services.js';
import { fault } from '../../src/core/faults.ts';
import { startGatewayServer } from '../../src/mes/gateway-server.ts';
import { jobRecord, resetEvent } from '../support/channel-samples.ts';
import { ControlFake } from '../support/control-fake.ts';
import { type Ending, type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

type WireOrder = celda.job.v1.JobOrder.$Properties;

let bench: MesBench;

beforeEach(async () => {
  bench = await startMesBench();
  bench.control.hello();
});

afterEach(() => bench.stop());

const count = (value: number) => ({ id: 'count', value: { doubleValue: value } });

function order(overrides: WireOrder = {}): WireOrder {
  return { jobOrderId: 'J-1', workMasterId: 'pick', parameters: [count(3)], ...overrides };
}

function store(jobOrder = order(), requestId = '') {
  return bench.call(METHODS.storeAndStartJobOrder, { requestId, jobOrder });
}

function refusalOf(ending: Ending<unknown>) {
  if (ending.ok) throw new Error('the call was not refused');
  const { code, details } = ending;
  return {
    code,
    reason: details?.reason,
    domain: details?.domain,
    status: details?.metadata['isa95_return_status'],
    fields: details?.violations.map(({ field }) => field),
    details,
  };
}

function unwrap<T>(ending: Ending<T>): T {
  if (!ending.ok) throw new Error(`${ending.code}: ${ending.message}`);
  return ending.value;
}

describe('storing a job order', () => {
  it('hands a complete order to control, defaults filled in, and answers with ISA-95 states and status', async () => {
    const answer = unwrap(await store(order({ priority: -5, descriptions: [{ locale: 'es', text: 'tres piezas' }] })));
    expect(bench.control.requests).toHaveLength(1);
    expect(bench.control.requests[0]).toMatchObject({
      kind: 'store-and-start',
      order: {
        jobOrderId: 'J-1',
        descriptions: [{ locale: 'es', text: 'tres piezas' }],
        workMasterId: 'pick',
        priority: -5,
        parameters: { count: 3, speed: 80, note: 'a', fast: true },
      },
    });
    expect(answer.isa95ReturnStatus.toString()).toBe('1');
    const { states, storeTime, startTime, etag, jobOrder } = answer.jobOrder ?? {};
    expect(states?.map(({ browsePath, text, number }) => [browsePath, text, number])).toEqual([
      [[], 'AllowedToStart', 2],
      [['AllowedToStartSubstates'], 'Ready', 2],
    ]);
    expect(states?.[0]?.jobState).toBe(celda.job.v1.JobState.JOB_STATE_ALLOWED_TO_START);
    expect(states?.[1]?.prepareSubstate).toBe(celda.job.v1.PrepareSubstate.PREPARE_SUBSTATE_READY);
    expect([storeTime?.seconds.toNumber(), startTime, etag]).toEqual([1, null, 'r1-rs']);
    expect(jobOrder?.parameters.map(({ id, unit }) => `${id} ${unit}`)).toEqual([
      'count 1',
      'speed %',
      'note ',
      'fast ',
    ]);
    expect(jobOrder?.parameters[0]?.value?.int64Value?.toNumber()).toBe(3);
  });

  it.each([
    ['int64', { int64Value: Long.fromNumber(4) }],
    ['uint64', { uint64Value: Long.fromNumber(4, true) }],
    ['a whole double', { doubleValue: 4 }],
  ])('takes %s for an integer parameter', async (_, value) => {
    unwrap(await store(order({ parameters: [{ id: 'count', value }] })));
    expect(bench.control.requests[0]).toMatchObject({ order: { parameters: { count: 4 } } });
  });

  it('names every wrong parameter at once, and control hears nothing', async () => {
    const parameters = [
      { id: 'count', value: { doubleValue: 2.5 } },
      { id: 'speed', value: { doubleValue: 101 } },
      { id: 'note', value: { stringValue: 'c' } },
      { id: 'fast', value: { stringValue: 'yes' } },
      { id: 'sped', value: { doubleValue: 60 } },
    ];
    const refused = refusalOf(await store(order({ parameters })));
    expect(refused).toMatchObject({
      code: 'INVALID_ARGUMENT',
      reason: 'JOB_PARAMETERS_INVALID',
      domain: 'celda.dev',
      status: '4294967296',
    });
    expect(refused.fields).toEqual([
      'job_order.parameters[0].value',
      'job_order.parameters[1].value',
      'job_order.parameters[2].value',
      'job_order.parameters[3].value',
      'job_order.parameters[4].id',
    ]);
    expect(refused.details?.violations[1]?.description).toMatch(/given 101.*50\.\.100/);
    expect(refused.details?.violations[4]?.description).toContain('did you mean speed?');
    expect(bench.control.requests).toEqual([]);
  });

  it.each([
    ['NaN', { doubleValue: Number.NaN }],
    ['infinity', { doubleValue: Number.POSITIVE_INFINITY }],
    ['an integer beyond 2^53', { int64Value: Long.MAX_VALUE }],
    ['an unsigned integer beyond 2^53', { uint64Value: Long.MAX_UNSIGNED_VALUE }],
    ['a boolean', { boolValue: true }],
    ['an empty value', {}],
  ])('refuses %s as a count, once', async (_, value) => {
    const refused = refusalOf(await store(order({ parameters: [{ id: 'count', value }] })));
    expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT', fields: ['job_order.parameters[0].value'] });
    expect(bench.control.requests).toEqual([]);
  });

  it('says which number a predefined parameter has that it may not have', async () => {
    const mode = { id: 'JobExecutionMode', value: { int64Value: Long.fromNumber(3) } };
    const refused = refusalOf(await store(order({ parameters: [count(3), mode] })));
    expect(refused.details?.violations[0]?.description).toMatch(/^given 3; allowed: 2 /);
  });

  it('says which parameters are missing, all of them', async () => {
    const [master] = pickCell().workMasters;
    const needed = ['count', 'speed'].map((id) => ({ id, type: 'integer' as const, description: '' }));
    const every = { ...pickCell(), workMasters: master === undefined ? [] : [{ ...master, parameters: needed }] };
    await bench.stop();
    bench = await startMesBench(every);
    bench.control.hello();
    const refused = refusalOf(await store(order({ parameters: [] })));
    expect(refused).toMatchObject({
      reason: 'JOB_PARAMETERS_INVALID',
      fields: ['job_order.parameters["count"]', 'job_order.parameters["speed"]'],
    });
  });

  it('refuses a parameter that is given twice, or in another unit', async () => {
    const refused = refusalOf(await store(order({ parameters: [count(3), { ...count(4), unit: 'kg' }] })));
    expect(refused.fields).toEqual(['job_order.parameters[1].id', 'job_order.parameters[1].unit']);
  });

  it('refuses an unknown work master and lists those there are', async () => {
    const refused = refusalOf(await store(order({ workMasterId: 'pikc' })));
    expect(refused).toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'WORK_MASTER_UNKNOWN', status: '16' });
    expect(refused.details?.metadata).toMatchObject({ workMasterId: 'pikc', known: 'pick version 2.1.0' });
    expect(refused.details?.preconditions).toMatchObject([{ type: 'WORK_MASTER', subject: 'pikc' }]);
    const version = refusalOf(await store(order({ workMasterVersion: '1.0.0' })));
    expect(version.details?.metadata).toMatchObject({ workMasterVersion: '1.0.0', known: 'pick version 2.1.0' });
  });

  it('says everything at once when the head of the order is wrong too', async () => {
    const wrong = order({
      jobOrderId: 'J 1',
      workMasterId: 'none',
      priority: 40_000,
      parameters: [count(1), count(2)],
    });
    const refused = refusalOf(await store({ ...wrong, descriptions: [{ text: 'x'.repeat(501) }] }, 'r'.repeat(65)));
    expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'REQUEST_INVALID' });
    expect(refused.fields).toEqual([
      'request_id',
      'job_order.job_order_id',
      'job_order.priority',
      'job_order.descriptions[0].text',
      'job_order.parameters[1].id',
      'job_order.work_master_id',
    ]);
  });

  it.each(['', 'x'.repeat(65), 'a b', 'ñ', '../x y', 'a\u0000b'])('refuses %j as an id', async (jobOrderId) => {
    expect(refusalOf(await store(order({ jobOrderId }))).fields).toEqual(['job_order.job_order_id']);
  });

  it('refuses a request without an order', async () => {
    const refused = refusalOf(await bench.call(METHODS.storeAndStartJobOrder, {}));
    expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT', fields: ['job_order'] });
  });

  it('is not fooled by parameters with the names of object members', async () => {
    const parameters = ['__proto__', 'constructor', 'toString'].map((id) => ({ id, value: { doubleValue: 1 } }));
    const refused = refusalOf(await store(order({ parameters: [count(3), ...parameters] })));
    expect(refused.fields).toEqual([1, 2, 3].map((index) => `job_order.parameters[${index}].id`));
  });

  it.each([
    [fault(6003, { jobOrderId: 'J-1' }), 'ALREADY_EXISTS', 'JOB_ORDER_EXISTS', '16'],
    [fault(6006), 'RESOURCE_EXHAUSTED', 'JOB_LIST_FULL', '16'],
    [fault(6007), 'UNAVAILABLE', 'CELL_NOT_READY', '16'],
    [fault(6008), 'FAILED_PRECONDITION', 'UNIT_NOT_READY', '16'],
    [fault(9001), 'INTERNAL', 'INVARIANT_VIOLATED', '4294967296'],
  ] as const)('passes on why control refused: %j', async (refuseWith, code, reason, status) => {
    bench.control.refuseWith = refuseWith;
    const refused = refusalOf(await store());
    expect(refused).toMatchObject({ code, reason, status });
    expect(refused.details?.metadata['jobOrderId']).toBe('J-1');
  });

  it('names the resource that exists, the quota that is used up, and when to try again', async () => {
    bench.control.refuseWith = fault(6003);
    expect(refusalOf(await store()).details?.resource).toMatchObject({ type: 'celda.job.v1.JobOrder', name: 'J-1' });
    bench.control.refuseWith = fault(6006);
    expect(refusalOf(await store()).details?.quotas).toMatchObject([{ subject: 'job orders' }]);
    bench.control.lose();
    expect(refusalOf(await store())).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterMs: 1_000 } });
  });
});

describe('a job order that is larger than 32 KiB', () => {
  it('is refused with all else that is wrong, since a hundred like it would not fit into the memory of the gateway', async () => {
    const properties = Array.from({ length: 50 }, (_, index) => ({
      id: `p-${index}`,
      value: { stringValue: 'x'.repeat(400) },
    }));
    const personnelRequirements = ['a', 'b'].map((id) => ({ id, properties }));
    const refused = refusalOf(await store(order({ priority: 40_000, personnelRequirements }), 'large'));
    expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(JSON.stringify(refused)).toMatch(
      /job_order.priority.*bytes; allowed: at most 32768 bytes|at most 32768 bytes.*job_order.priority/,
    );
    expect(
      unwrap(await store(order({ personnelRequirements: personnelRequirements.slice(0, 1) }), 'large')).replayed,
    ).toBe(false);
  });
});

describe('a request id', () => {
  it('[G2] [X4] makes a repeated request return the first answer and do nothing', async () => {
    const first = unwrap(await store(order(), 'r-1'));
    const second = unwrap(await store(order(), 'r-1'));
    expect([first.replayed, second.replayed]).toEqual([false, true]);
    expect(second.jobOrder?.revision).toEqual(first.jobOrder?.revision);
    expect(bench.control.requests).toHaveLength(1);
  });

  it('cannot be used for another request', async () => {
    unwrap(await store(order(), 'r-1'));
    const refused = refusalOf(await store(order({ parameters: [count(4)] }), 'r-1'));
    expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'REQUEST_ID_REUSED', fields: ['request_id'] });
    const abort = await bench.call(METHODS.abortJobOrder, { requestId: 'r-1', jobOrderId: 'J-1' });
    expect(refusalOf(abort).reason).toBe('REQUEST_ID_REUSED');
  });

  it('may be used again after a refusal', async () => {
    bench.control.refuseWith = fault(6006);
    expect(refusalOf(await store(order(), 'r-1')).reason).toBe('JOB_LIST_FULL');
    bench.control.refuseWith = undefined;
    expect(unwrap(await store(order(), 'r-1')).replayed).toBe(false);
  });

  it('[G3] finds out that a request whose answer was lost had been done', async () => {
    bench.control.losesAnswers = true;
    expect(refusalOf(await store(order(), 'r-1')).reason).toBe('CELL_NOT_READY');
    bench.control.losesAnswers = false;
    bench.control.refuseWith = fault(6003);
    const answer = unwrap(await store(order(), 'r-1'));
    expect([answer.replayed, answer.jobOrder?.jobOrder?.jobOrderId]).toEqual([true, 'J-1']);
  });

  it('shows no success when an order of the same id but another content was there before', async () => {
    bench.control.changed(jobRecord('J-1'));
    bench.control.lose();
    expect(refusalOf(await store(order(), 'r-1')).reason).toBe('CELL_NOT_READY');
    bench.control.hello([jobRecord('J-1')]);
    bench.control.refuseWith = fault(6003);
    expect(refusalOf(await store(order(), 'r-1')).reason).toBe('JOB_ORDER_EXISTS');
  });
});

describe('reading job orders', () => {
  it('shows times, quantities, measurements, result and reason', async () => {
    bench.control.changed(
      jobRecord('J-9', {
        state: 'Interrupted',
        substate: 'Held',
        producedQuantity: 3,
        goodQuantity: 2,
        reason: fault(4001, { block: 'estop' }),
        measurements: [{ id: 'pressure', value: -61.5, unit: 'kPa', timeMs: jobRecord('x').storedAt }],
      }),
    );
    const { jobOrder } = unwrap(await bench.call(METHODS.getJobOrder, { jobOrderId: 'J-9' }));
    expect(jobOrder?.states.map(({ text, number }) => `${text} ${number}`)).toEqual(['Interrupted 4', 'Held 1']);
    expect([jobOrder?.producedQuantity, jobOrder?.goodQuantity]).toEqual(['3', '2']);
    expect(jobOrder?.measurements[0]).toMatchObject({ id: 'pressure', value: -61.5, unit: 'kPa' });
    expect(jobOrder?.reason).toMatchObject({ code: 4001, reason: 'EMERGENCY_STOP', detail: { block: 'estop' } });
    expect(jobOrder?.reason?.titles.map(({ locale }) => locale)).toEqual(['en', 'es']);
  });

  it('says that an id is unknown, and that an id is none', async () => {
    const unknown = refusalOf(await bench.call(METHODS.getJobOrder, { jobOrderId: 'nope' }));
    expect(unknown).toMatchObject({ code: 'NOT_FOUND', reason: 'JOB_ORDER_UNKNOWN', status: '2' });
    expect(unknown.details?.resource?.name).toBe('nope');
    const none = refusalOf(await bench.call(METHODS.getJobOrder, { jobOrderId: '' }));
    expect(none).toMatchObject({ code: 'INVALID_ARGUMENT', fields: ['job_order_id'] });
  });

  it('lists page by page, filtered, and new orders shift nothing', async () => {
    const states = ['AllowedToStart', 'Ended', 'AllowedToStart', 'Ended', 'AllowedToStart'] as const;
    for (const [index, state] of states.entries())
      bench.control.changed(jobRecord(`J-${index}`, { state, substate: undefined }));
    const filter = { states: [celda.job.v1.JobState.JOB_STATE_ALLOWED_TO_START], pageSize: 2 };
    const first = unwrap(await bench.call(METHODS.listJobOrders, filter));
    bench.control.changed(jobRecord('A-0', { substate: undefined }));
    const second = unwrap(await bench.call(METHODS.listJobOrders, { ...filter, pageToken: first.nextPageToken }));
    const ids = [first, second].map((page) => page.jobOrders.map((each) => each.jobOrder?.jobOrderId));
    expect(ids).toEqual([['J-0', 'J-2'], ['J-4']]);
    expect([first.totalSize, second.totalSize, second.nextPageToken]).toEqual([3, 4, '']);
  });

  it('makes pages of long orders shorter, so that every client can read them', async () => {
    bench.control.hello();
    const descriptions = Array.from({ length: 10 }, () => ({ locale: '', text: '部'.repeat(500) }));
    for (let index = 0; index < 200; index += 1) {
      const { order } = jobRecord(`J-${index}`);
      bench.control.changed(jobRecord(`J-${index}`, { order: { ...order, descriptions } }));
    }
    const ids: string[] = [];
    let pageToken = '';
    do {
      const request = celda.job.v1.ListJobOrdersRequest.encode({ pageSize: 200, pageToken }).finish();
      const bytes = unwrap(await bench.callRaw(METHODS.listJobOrders.path, request));
      expect(bytes.length).toBeLessThan(2_500_000);
      const page = METHODS.listJobOrders.responseDeserialize(bytes);
      ids.push(...page.jobOrders.map(({ jobOrder }) => jobOrder?.jobOrderId ?? ''));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(new Set(ids).size).toBe(200);
  });

  it('makes pages of orders with many measurements shorter, so that every client can read them', async () => {
    const measurement = { id: 'pressure', value: -61.5, unit: 'kPa', timeMs: jobRecord('x').storedAt };
    const measurements = Array.from({ length: 1_000 }, () => measurement);
    for (let index = 0; index < 100; index += 1) bench.control.changed(jobRecord(`J-${index}`, { measurements }));
    const first = unwrap(await bench.call(METHODS.listJobOrders, { pageSize: 200 }));
    expect([first.jobOrders.length, first.totalSize]).toEqual([20, 100]);
    const next = { pageToken: first.nextPageToken };
    expect(unwrap(await bench.call(METHODS.listJobOrders, next)).jobOrders).toHaveLength(20);
  });

  it.each([
    ['a negative page size', { pageSize: -1 }, 'page_size'],
    ['an unknown state', { states: [2, 99] }, 'states[1]'],
    ['the unspecified state', { states: [0] }, 'states[0]'],
    ['a token that is none', { pageToken: 'bm9uc2Vuc2U' }, 'page_token'],
    [
      'a token of another filter',
      { pageToken: Buffer.from('{"storedAt":1,"jobOrderId":"a","filter":"Ended"}').toString('base64url') },
      'page_token',
    ],
  ])('refuses %s', async (_, request, field) => {
    expect(refusalOf(await bench.call(METHODS.listJobOrders, request))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      fields: [field],
    });
  });

  it('shows the work masters with types, units, ranges and defaults', async () => {
    const { workMasters, limitsOfUse } = unwrap(await bench.call(METHODS.getReceiverCapabilities, {}));
    const parameters = workMasters[0]?.parameters.map((each) => [each.id, each.type, each.unit, each.min, each.max]);
    expect(workMasters[0]).toMatchObject({ id: 'pick', version: '2.1.0' });
    expect(parameters).toEqual([
      ['count', 2, '1', 1, 10],
      ['speed', 1, '%', 50, 100],
      ['note', 4, '', null, null],
      ['fast', 3, '', null, null],
    ]);
    expect(workMasters[0]?.parameters.map((each) => each.defaultValue?.kind)).toEqual([
      undefined,
      'doubleValue',
      'stringValue',
      'boolValue',
    ]);
    expect(limitsOfUse.map(({ locale }) => locale)).toEqual(['en', 'es']);
  });
});

describe('commands', () => {
  it('go to control with the comment, and refusals name the order and its state', async () => {
    bench.control.changed(jobRecord('J-1', { state: 'Ended', substate: 'Completed' }));
    bench.control.refuseWith = fault(6005, { command: 'Abort' });
    const comments = [{ locale: 'en', text: 'wrong lot' }];
    const refused = refusalOf(await bench.call(METHODS.abortJobOrder, { jobOrderId: 'J-1', comments }));
    expect(bench.control.requests[0]).toMatchObject({ kind: 'abort', jobOrderId: 'J-1', comment: 'wrong lot' });
    expect(refused).toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'JOB_ORDER_STATE_INVALID', status: '8' });
    expect(refused.details?.metadata).toMatchObject({ state: 'Ended', command: 'Abort' });
    expect(refused.details?.preconditions).toMatchObject([{ type: 'JOB_STATE', subject: 'J-1' }]);
  });

  it('say that the id is unknown', async () => {
    bench.control.refuseWith = fault(6004);
    const refused = refusalOf(await bench.call(METHODS.resumeJobOrder, { jobOrderId: 'J-1' }));
    expect(refused).toMatchObject({ code: 'NOT_FOUND', status: '2', details: { resource: { name: 'J-1' } } });
  });

  it('refuse ids and comments that are none before control hears of them', async () => {
    const request = { jobOrderId: '', requestId: 'r'.repeat(65), comments: [{ text: 'x'.repeat(501) }] };
    expect(refusalOf(await bench.call(METHODS.abortJobOrder, request)).fields).toEqual([
      'request_id',
      'job_order_id',
      'comments[0].text',
    ]);
    expect(bench.control.requests).toEqual([]);
  });
});

describe('messages that are none', () => {
  const path = METHODS.storeAndStartJobOrder.path;

  it('[G10] answers bytes that do not decode with INVALID_ARGUMENT', async () => {
    const refused = refusalOf(await bench.callRaw(path, new Uint8Array([0x12, 0xff, 0x01])));
    expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'REQUEST_INVALID', fields: [''] });
    expect(bench.log).toEqual([]);
  });

  it('answers text that is not UTF-8 with INVALID_ARGUMENT', async () => {
    const refused = refusalOf(await bench.callRaw(path, new Uint8Array([0x0a, 0x02, 0xc3, 0x28])));
    expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT', fields: ['request_id'] });
    const sentAgain = new Uint8Array([0x0a, 0x02, 0xc3, 0x28, 0x0a, 0x01, 0x61]);
    expect(refusalOf(await bench.callRaw(path, sentAgain))).toMatchObject({ code: 'INVALID_ARGUMENT', fields: [''] });
  });

  it('passes over fields that it does not know', async () => {
    const known = METHODS.storeAndStartJobOrder.requestSerialize({ jobOrder: order() });
    const unknown = Buffer.concat([known, Buffer.from([0xfa, 0x7f, 0x03, 1, 2, 3])]);
    expect((await bench.callRaw(path, unknown)).ok).toBe(true);
    expect(bench.control.requests).toHaveLength(1);
  });

  it('refuses a message above 64 KiB before it is unpacked, and says so', async () => {
    const request = METHODS.storeAndStartJobOrder.requestSerialize({ jobOrder: order() });
    // A field that is not known is passed over: but for its bytes the request is a good one.
    const withBytes = (bytes: number): Buffer => {
      const head = Buffer.from([0xfa, 0x7f, 0, 0, 0]);
      const rest = bytes - request.length - head.length;
      head.set([0x80 | (rest & 0x7f), 0x80 | ((rest >> 7) & 0x7f), rest >> 14], 2);
      return Buffer.concat([request, head, Buffer.alloc(rest)]);
    };
    const refusal = refusalOf(await bench.callRaw(path, withBytes(65_537)));
    expect([refusal.code, refusal.details?.violations]).toEqual([
      'INVALID_ARGUMENT',
      [{ field: '', description: 'given 65537 bytes; allowed: at most 65536 bytes' }],
    ]);
    expect(bench.control.requests).toEqual([]);
    expect((await bench.callRaw(path, withBytes(65_536))).ok).toBe(true);
  });

  it('unpacks a message of 4,096 fields, those of its parts counted, and refuses one of more', async () => {
    // The order, its id, and two fields of each parameter.
    const parameters = Array.from({ length: 2_047 }, () => ({ id: 'a' }));
    const most = METHODS.storeAndStartJobOrder.requestSerialize({ jobOrder: { jobOrderId: 'J-1', parameters } });
    const unknownField = Buffer.from('a87f01', 'hex');
    const refusal = refusalOf(await bench.callRaw(path, Buffer.concat([most, unknownField])));
    expect([refusal.code, refusal.details?.violations]).toEqual([
      'INVALID_ARGUMENT',
      [{ field: '', description: 'given more fields than 4096, all levels together; allowed: at most 4096' }],
    ]);
    const unpacked = refusalOf(await bench.callRaw(path, most));
    expect(unpacked.details?.violations.map(({ field }) => field)).toContain('job_order.parameters');
    expect(bench.control.requests).toEqual([]);
  });

  it('refuses a message of 1 MiB, changes nothing, and goes on serving', async () => {
    const huge = await store(order({ descriptions: [{ text: 'x'.repeat(1024 * 1024) }] }));
    expect(refusalOf(huge).code).toBe('RESOURCE_EXHAUSTED');
    expect(bench.control.requests).toEqual([]);
    expect((await store()).ok).toBe(true);
  });

  it('answers a method that it does not have with UNIMPLEMENTED', async () => {
    const refused = refusalOf(await bench.callRaw('/celda.job.v1.JobOrderReceiverService/Nope', new Uint8Array()));
    expect(refused.code).toBe('UNIMPLEMENTED');
  });
});

describe('the server', () => {
  it('says which port is taken, and what to do', async () => {
    const { port } = bench.server;
    const options = { cell: pickCell(), control: new ControlFake(), clock: new VirtualClock(), log: () => undefined };
    const second = await startGatewayServer({ ...options, port });
    expect(second).toMatchObject({ ok: false, error: { code: 'EADDRINUSE', host: '127.0.0.1', port } });
    const { message, hint } = second.ok ? expect.unreachable() : second.error;
    expect([message.en, hint.en]).toEqual([
      `cannot listen on 127.0.0.1:${port} (EADDRINUSE)`,
      expect.stringContaining('stop it'),
    ]);
    expect([message.es, hint.es]).toEqual([
      `no se puede escuchar en 127.0.0.1:${port} (EADDRINUSE)`,
      expect.stringContaining('elija otro puerto'),
    ]);
  });

  it('is healthy only while control is connected and has shown the state of the cell', async () => {
    const name = 'celda.job.v1.JobOrderReceiverService';
    const health = async () =>
      Promise.all(
        ['', name].map(async (service) => unwrap(await bench.call(HealthDefinition.check, { service })).status),
      );
    expect(await health()).toEqual([1, 1]);
    bench.control.lose();
    expect(await health()).toEqual([2, 2]);
    bench.control.say({ kind: 'hello', epoch: 'e2', records: [] });
    expect(await health()).toEqual([2, 2]);
    bench.control.showSnapshot();
    expect(await health()).toEqual([1, 1]);
    expect(refusalOf(await bench.call(HealthDefinition.check, { service: 'nope' })).code).toBe('NOT_FOUND');
  });

  it('gives a restarted control process its orders back, and says what happened to the running one', async () => {
    bench.control.changed(jobRecord('J-1', { state: 'Running', substate: undefined }));
    bench.control.lose();
    const down = unwrap(await bench.call(METHODS.getJobOrder, { jobOrderId: 'J-1' })).jobOrder;
    expect([down?.states[0]?.text, down?.reason?.reason]).toEqual(['Interrupted', 'CONTROL_DOWN']);
    bench.control.hello([], 'e2');
    expect(bench.control.requests).toMatchObject([{ kind: 'restore', records: [{ order: { jobOrderId: 'J-1' } }] }]);
    const back = unwrap(await bench.call(METHODS.getJobOrder, { jobOrderId: 'J-1' })).jobOrder;
    expect([back?.states[1]?.text, back?.reason?.reason]).toEqual(['Held', 'CONTROL_RESTARTED']);
  });

  it('gives back where an order stood, as control told it last', async () => {
    const at = (index: number) => ({
      jobOrderId: 'J-1',
      frames: [{ index, rounds: 1 }],
      holding: ['gripper'],
      homed: [],
      positions: { base: 1.5 },
    });
    bench.control.hello([jobRecord('J-1', { state: 'Running' })]);
    bench.control.say({ kind: 'event', event: { ...resetEvent(1), body: { kind: 'checkpoint', checkpoint: at(1) } } });
    bench.control.say({ kind: 'event', event: { ...resetEvent(2), body: { kind: 'checkpoint', checkpoint: at(2) } } });
    bench.control.lose();
    bench.control.hello([], 'e2');
    expect(bench.control.requests).toMatchObject([{ kind: 'restore', checkpoints: [at(2)] }]);
    await bench.call(METHODS.resumeJobOrder, { jobOrderId: 'J-1', acknowledgedDifference: '0a1b2c3d' });
    expect(bench.control.requests[1]).toMatchObject({ kind: 'resume', acknowledges: '0a1b2c3d' });
    const refused = refusalOf(
      await bench.call(METHODS.resumeJobOrder, { jobOrderId: 'J-1', acknowledgedDifference: 'yes' }),
    );
    expect(refused.fields).toEqual(['acknowledged_difference']);
  });

  it('gives back many orders in parts, the newest first, because control puts each part before what it has', async () => {
    const records = Array.from({ length: 120 }, (_, index) => jobRecord(`J-${index}`));
    bench.control.hello(records);
    bench.control.lose();
    bench.control.hello([], 'e2');
    await bench.call(METHODS.getReceiverCapabilities, {});
    const parts = bench.control.requests.map((each) => (each.kind === 'restore' ? each.records : []));
    expect(parts.map((part) => part.length)).toEqual([50, 50, 20]);
    expect(parts.toReversed().flat()).toEqual(records);
  });
});
