// All methods of the job interface over a real connection, with the real control cycle of the example cell behind them.
import Long from 'long';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import {
  JobOrderReceiverServiceDefinition as JOBS,
  JobResponseProviderServiceDefinition as RESPONSES,
} from '../../proto/generated/services.js';
import { JOB_LIST_LIMITS } from '../../src/core/job-list.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';
import { type Ending, type GatewayBench, startGatewayBench } from '../support/mes-bench.ts';
import { RigControl } from '../support/rig-control.ts';

type Order = celda.job.v1.JobOrder.$Properties;

const CELL = exampleCell();
const { JobState, EndedSubstate } = celda.job.v1;

let control: RigControl;
let bench: GatewayBench;

beforeEach(async () => {
  control = new RigControl(new CycleRig(CELL));
  bench = await startGatewayBench(control, CELL);
  control.hello();
});

afterEach(() => bench.stop());

/** Reset at the cell: orders are taken from now on. */
function ready(): void {
  control.rig.makeReady();
  control.run(1);
}

function unwrap<T>(ending: Ending<T>): T {
  if (!ending.ok) throw new Error(`${ending.code}: ${ending.message}`);
  return ending.value;
}

function refusal(ending: Ending<unknown>) {
  if (ending.ok) throw new Error('the call was not refused');
  const { code, details } = ending;
  const fields = details?.violations.map(({ field }) => field);
  return { code, reason: details?.reason, status: details?.metadata['isa95_return_status'], fields, details };
}

const order = (jobOrderId: string, changes: Order = {}): Order => ({
  jobOrderId,
  workMasterId: 'pick-and-place',
  parameters: [{ id: 'count', value: { int64Value: Long.fromNumber(2) } }],
  ...changes,
});

const store = (jobOrderId: string, changes: Order = {}) =>
  bench.call(JOBS.storeJobOrder, { jobOrder: order(jobOrderId, changes) });

const submit = (jobOrderId: string, changes: Order = {}) =>
  bench.call(JOBS.storeAndStartJobOrder, { jobOrder: order(jobOrderId, changes) });

function places(states: readonly { readonly text: string }[] | undefined): string {
  return (states ?? []).map(({ text }) => text).join('/');
}

/** State and return status of a change. */
function seen(ending: Ending<{ jobOrder: { states: readonly { text: string }[] } | null; isa95ReturnStatus: Long }>) {
  const { jobOrder, isa95ReturnStatus } = unwrap(ending);
  return [places(jobOrder?.states), isa95ReturnStatus.toNumber()];
}

async function get(jobOrderId: string) {
  const { jobOrder } = unwrap(await bench.call(JOBS.getJobOrder, { jobOrderId }));
  if (jobOrder === null) throw new Error('no order');
  return jobOrder;
}

const stateOf = async (jobOrderId: string) => places((await get(jobOrderId)).states);

const NAMED = {
  start: JOBS.startJobOrder,
  revokeStart: JOBS.revokeStartJobOrder,
  pause: JOBS.pauseJobOrder,
  resume: JOBS.resumeJobOrder,
  stop: JOBS.stopJobOrder,
  abort: JOBS.abortJobOrder,
  cancel: JOBS.cancelJobOrder,
  clear: JOBS.clearJobOrder,
} as const;

function call(name: keyof typeof NAMED, jobOrderId: string, more: { etag?: string; requestId?: string } = {}) {
  return bench.call(NAMED[name], { jobOrderId, comments: [{ locale: 'en', text: `because of ${name}` }], ...more });
}

/** An order that runs. */
async function runningOrder(jobOrderId = 'J-1'): Promise<void> {
  ready();
  unwrap(await submit(jobOrderId));
  control.run(5);
  expect(await stateOf(jobOrderId)).toBe('Running');
}

describe('an order that has not begun', () => {
  it('is stored, started, revoked, changed and cancelled', async () => {
    ready();
    const later = { seconds: Long.fromNumber(4_000_000_000), nanos: 0 };
    expect(seen(await store('J-1', { startTime: later }))).toEqual(['NotAllowedToStart/Ready', 1]);
    expect(seen(await call('start', 'J-1'))).toEqual(['AllowedToStart/Ready', 1]);
    control.run(20);
    expect(await stateOf('J-1')).toBe('AllowedToStart/Ready');
    expect(seen(await call('revokeStart', 'J-1'))).toEqual(['NotAllowedToStart/Ready', 1]);
    const changed = order('J-1', { priority: 9, descriptions: [{ locale: 'en', text: 'urgent' }] });
    const updated = unwrap(await bench.call(JOBS.updateJobOrder, { jobOrder: changed }));
    expect(updated.jobOrder?.jobOrder).toMatchObject({ priority: 9, startTime: null });
    expect(seen(await call('cancel', 'J-1'))).toEqual(['NotAllowedToStart/Ready', 1]);
    expect(refusal(await bench.call(JOBS.getJobOrder, { jobOrderId: 'J-1' }))).toMatchObject({
      code: 'NOT_FOUND',
      status: '2',
    });
    expect(seen(await store('J-1'))).toEqual(['NotAllowedToStart/Ready', 1]);
  });

  it('waits while the cell is stopped, says for what, and may only be started after the reset', async () => {
    expect(seen(await store('J-1'))).toEqual(['NotAllowedToStart/Waiting', 1]);
    const { reason } = await get('J-1');
    expect(reason?.code).toBe(control.rig.state.alarms[0]?.code ?? 6008);
    expect(refusal(await call('start', 'J-1'))).toMatchObject({ code: 'FAILED_PRECONDITION', status: '16' });
    ready();
    expect([await stateOf('J-1'), (await get('J-1')).reason]).toEqual(['NotAllowedToStart/Ready', null]);
    expect(seen(await call('start', 'J-1'))).toEqual(['AllowedToStart/Ready', 1]);
    expect(await stateOf('J-1')).toBe('Running');
  });

  it('waits after a stop and a reset until production is released again', async () => {
    ready();
    const later = { seconds: Long.fromNumber(4_000_000_000), nanos: 0 };
    unwrap(await submit('J-1', { startTime: later }));
    for (const name of [...control.rig.closed]) if (name.startsWith('estop')) control.rig.closed.delete(name);
    control.run(300);
    expect([await stateOf('J-1'), (await get('J-1')).reason?.code]).toEqual(['AllowedToStart/Waiting', 4001]);
    ready();
    expect([await stateOf('J-1'), (await get('J-1')).reason?.code]).toEqual(['AllowedToStart/Waiting', 6020]);
    unwrap(await store('J-2'));
    unwrap(await call('start', 'J-2'));
    expect(await stateOf('J-1')).toBe('AllowedToStart/Ready');
  });

  it('is refused when the list is full, and nothing is stored', async () => {
    for (let index = 0; index < JOB_LIST_LIMITS.open; index += 1) unwrap(await store(`J-${index}`));
    expect(refusal(await store('J-too-many'))).toMatchObject({
      code: 'RESOURCE_EXHAUSTED',
      reason: 'JOB_LIST_FULL',
      status: '16',
    });
    unwrap(await call('cancel', 'J-7'));
    unwrap(await store('J-again'));
    const capabilities = unwrap(await bench.call(JOBS.getReceiverCapabilities, {}));
    expect(capabilities.maxDownloadableJobOrders).toBe(JOB_LIST_LIMITS.open);
  });

  it('is not begun before its start time, and the most urgent one goes first', async () => {
    ready();
    const now = 1_767_225_600 + control.rig.now / 1_000;
    const soon = { seconds: Long.fromNumber(Math.floor(now)), nanos: 999_000_000 };
    unwrap(await store('J-1'));
    unwrap(await store('J-2', { priority: 5, startTime: { seconds: soon.seconds.add(60), nanos: 0 } }));
    unwrap(await store('J-3', { priority: 3 }));
    for (const id of ['J-2', 'J-3', 'J-1']) unwrap(await call('start', id));
    // The first start has released production: what was ready then has begun already, J-2 has to wait for its time.
    control.run(3);
    expect([await stateOf('J-3'), await stateOf('J-1'), await stateOf('J-2')]).toEqual([
      'Running',
      'AllowedToStart/Ready',
      'AllowedToStart/Ready',
    ]);
  });
});

describe('an order that runs', () => {
  it('is paused, held by the unit, resumed, stopped, acknowledged and cleared', async () => {
    await runningOrder();
    expect(seen(await call('pause', 'J-1'))).toEqual(['Interrupted/Suspended', 1]);
    control.run(300);
    expect([control.rig.state.unit, (await get('J-1')).comment]).toEqual(['Held', 'because of pause']);
    expect(refusal(await call('pause', 'J-1'))).toMatchObject({ reason: 'JOB_ORDER_STATE_INVALID', status: '8' });
    expect(seen(await call('resume', 'J-1'))).toEqual(['Running', 1]);
    control.run(5);
    expect(control.rig.state.unit).toBe('Execute');
    expect(seen(await call('stop', 'J-1'))).toEqual(['Ended/Completed', 1]);
    const { result, reason } = await get('J-1');
    expect([result, reason?.code]).toEqual([celda.job.v1.JobResult.JOB_RESULT_UNSUCCESSFUL, 6019]);
    control.run(300);
    expect(control.rig.state.unit).toBe('Idle');
    const closed = unwrap(await bench.call(RESPONSES.acknowledgeJobResponse, { jobOrderId: 'J-1' }));
    expect([places(closed.jobResponse?.states), closed.isa95ReturnStatus.toNumber()]).toEqual(['Ended/Closed', 1]);
    expect(seen(await call('clear', 'J-1'))).toEqual(['Ended/Closed', 1]);
    unwrap(await store('J-1'));
  });

  it('that is paused before the unit executes is held all the same, and may be aborted', async () => {
    ready();
    unwrap(await submit('J-1'));
    control.run(1);
    if ((await stateOf('J-1')) !== 'Running') control.run(1);
    unwrap(await call('pause', 'J-1'));
    control.run(300);
    expect(control.rig.state.unit).toBe('Held');
    expect(seen(await call('abort', 'J-1'))).toEqual(['Aborted', 1]);
    control.run(300);
    expect(control.rig.state.unit).toBe('Idle');
    const taken = refusal(await bench.call(RESPONSES.acknowledgeJobResponse, { jobOrderId: 'J-1' }));
    expect(taken).toMatchObject({
      reason: 'JOB_ORDER_STATE_INVALID',
      details: { metadata: { command: 'Acknowledge', state: 'Aborted' } },
    });
  });

  it('that was suspended becomes held when it is resumed while the cell is stopped', async () => {
    await runningOrder();
    unwrap(await call('pause', 'J-1'));
    control.run(300);
    control.rig.closed.delete('estop-a');
    control.run(5);
    expect(await stateOf('J-1')).toBe('Interrupted/Suspended');
    expect(seen(await call('resume', 'J-1'))).toEqual(['Interrupted/Held', 1]);
    expect((await get('J-1')).reason?.code).toBe(6008);
    expect(refusal(await call('resume', 'J-1'))).toMatchObject({ reason: 'UNIT_NOT_READY', status: '16' });
    expect(control.rig.state.unit).toBe('Aborted');
  });

  it('keeps the unit held for itself when another order is ended', async () => {
    await runningOrder();
    unwrap(await submit('J-2'));
    unwrap(await call('pause', 'J-1'));
    control.run(300);
    unwrap(await call('abort', 'J-2'));
    control.run(50);
    expect([control.rig.state.unit, await stateOf('J-1')]).toEqual(['Held', 'Interrupted/Suspended']);
  });

  it('may be refused a change, a cancellation, a start and a clearing', async () => {
    await runningOrder();
    for (const name of ['start', 'revokeStart', 'cancel', 'clear', 'resume'] as const) {
      expect(refusal(await call(name, 'J-1'))).toMatchObject({ code: 'FAILED_PRECONDITION', status: '8' });
    }
    const update = await bench.call(JOBS.updateJobOrder, { jobOrder: order('J-1') });
    expect(refusal(update)).toMatchObject({ code: 'FAILED_PRECONDITION', status: '8' });
    expect(await stateOf('J-1')).toBe('Running');
  });
});

describe('an etag', () => {
  it.each(Object.keys(NAMED) as (keyof typeof NAMED)[])('that is out of date refuses to %s', async (name) => {
    ready();
    unwrap(await store('J-1'));
    expect(refusal(await call(name, 'J-1', { etag: 'r7' }))).toMatchObject({
      code: 'ABORTED',
      reason: 'ETAG_MISMATCH',
    });
    expect(refusal(await call(name, 'J-1', { etag: 'seven' }))).toMatchObject({ fields: ['etag'] });
  });

  it('of an order that was cancelled is not that of the one stored under its id since, whoever is asked', async () => {
    const first = unwrap(await store('J-1')).jobOrder?.etag ?? '';
    unwrap(await call('cancel', 'J-1', { etag: first }));
    control.run(1);
    const second = unwrap(await store('J-1')).jobOrder?.etag ?? '';
    const stale = { code: 'ABORTED', reason: 'ETAG_MISMATCH' };
    expect(second.split('-')[0]).toBe(first.split('-')[0]);
    for (const etag of [first, 'r1', 'r1-0'])
      expect(refusal(await call('cancel', 'J-1', { etag }))).toMatchObject(stale);
    const update = { jobOrder: order('J-1'), etag: first };
    expect(refusal(await bench.call(JOBS.updateJobOrder, update))).toMatchObject(stale);
    for (const etag of ['r1-', 'r1-A', 'r0-1', 'r1-1-1', `r1-${'z'.repeat(11)}`]) {
      expect(refusal(await call('cancel', 'J-1', { etag }))).toMatchObject({ fields: ['etag'] });
    }
    unwrap(await call('cancel', 'J-1', { etag: second }));
  });

  it('of the newest answer lets a change pass once', async () => {
    ready();
    const { jobOrder } = unwrap(await store('J-1'));
    const etag = jobOrder?.etag ?? '';
    const update = { jobOrder: order('J-1', { priority: 2 }), etag };
    unwrap(await bench.call(JOBS.updateJobOrder, update));
    expect(refusal(await bench.call(JOBS.updateJobOrder, update))).toMatchObject({ reason: 'ETAG_MISMATCH' });
    expect((await get('J-1')).jobOrder?.priority).toBe(2);
  });
});

describe('a request id', () => {
  it('makes a repeated cancellation return the first answer', async () => {
    unwrap(await store('J-1'));
    const first = unwrap(await call('cancel', 'J-1', { requestId: 'r-1' }));
    const second = unwrap(await call('cancel', 'J-1', { requestId: 'r-1' }));
    expect([first.replayed, second.replayed]).toEqual([false, true]);
    expect(second.jobOrder?.jobOrder?.jobOrderId).toBe('J-1');
    expect(refusal(await call('cancel', 'J-1', { requestId: 'r-2' }))).toMatchObject({ status: '2' });
  });
});

describe('a request id of another comment', () => {
  const said = (...texts: string[]) => texts.map((text) => ({ locale: 'en', text }));

  const RUNS: readonly string[] = ['pause', 'stop', 'resume'];
  const BEFORE = { revokeStart: 'start', resume: 'pause', clear: 'abort' } as const;

  it.each(Object.keys(NAMED) as (keyof typeof NAMED)[])('is that of another request to %s', async (name) => {
    if (RUNS.includes(name)) await runningOrder();
    else {
      ready();
      unwrap(await store('J-1', { startTime: { seconds: Long.fromNumber(4_000_000_000), nanos: 0 } }));
    }
    if (name in BEFORE) unwrap(await call(BEFORE[name as keyof typeof BEFORE], 'J-1'));
    if (name === 'resume') control.run(300);
    const asks = (...texts: string[]) =>
      bench.call(NAMED[name], { jobOrderId: 'J-1', requestId: 'r-1', comments: said('why', ...texts) });
    expect(unwrap(await asks('one')).replayed).toBe(false);
    expect(refusal(await asks('two'))).toMatchObject({ reason: 'REQUEST_ID_REUSED' });
    expect(unwrap(await asks('one')).replayed).toBe(true);
  });
});

describe('what is refused first', () => {
  it('is an id that is in the list, whatever the unit does and whatever the order says', async () => {
    unwrap(await store('J-1'));
    const taken = { code: 'ALREADY_EXISTS', reason: 'JOB_ORDER_EXISTS', status: '16' };
    const gone = { workMasterId: 'pick-and-place', workMasterVersion: '9.9.9' };
    expect(refusal(await submit('J-2'))).toMatchObject({ reason: 'UNIT_NOT_READY' });
    expect(refusal(await submit('J-1'))).toMatchObject(taken);
    expect(refusal(await store('J-1', gone))).toMatchObject(taken);
    expect(refusal(await submit('J-1', gone))).toMatchObject(taken);
  });

  it('is where the order stands, before what is to be stored of it', async () => {
    await runningOrder();
    const update = (jobOrderId: string) =>
      bench.call(JOBS.updateJobOrder, { jobOrder: order(jobOrderId, { workMasterVersion: '9.9.9' }) });
    expect(refusal(await update('J-1'))).toMatchObject({ reason: 'JOB_ORDER_STATE_INVALID', status: '8' });
    expect(refusal(await update('J-9'))).toMatchObject({ code: 'NOT_FOUND', status: '2' });
  });
});

describe('all that an order says', () => {
  const units = { namespaceUri: 'http://example.org', unitId: 4_408_652, displayName: 'kg', description: 'kilogram' };
  const properties = [
    {
      id: 'Identification',
      subparameters: [
        { id: 'ItemNumber', value: { stringValue: 'A-1' } },
        { id: 'made', value: { timestampValue: { seconds: Long.fromNumber(1_700_000_000), nanos: 0 } } },
      ],
    },
  ];
  const resource = {
    id: 'R-1',
    descriptions: [{ locale: 'en', text: 'one' }],
    quantity: '1.50',
    engineeringUnits: units,
  };
  const whole = order('J-1', {
    descriptions: [
      { locale: 'en', text: 'two parts' },
      { locale: 'es', text: 'dos piezas' },
    ],
    workMasterId: '',
    workMasterOptions: [{ id: 'none' }, { id: 'pick-and-place', version: '1.0.0' }],
    startTime: { seconds: Long.fromNumber(1_700_000_000), nanos: 0 },
    endTime: { seconds: Long.fromNumber(1_900_000_000), nanos: 0 },
    priority: -32_768,
    parameters: [
      { id: 'count', value: { uint64Value: Long.fromNumber(2, true) }, unit: '1' },
      { id: 'JobName', value: { listValue: { values: [{ textValue: { locale: 'en', text: 'first' } }] } } },
      { id: 'OrderNumbers', value: { listValue: { values: [{ stringValue: '4711' }] } } },
      { id: 'RunsPlanned', value: { uint64Value: Long.fromNumber(2, true) } },
      { id: 'PlannedDuration', value: { durationValue: { seconds: Long.fromNumber(60), nanos: 500_000_000 } } },
      { id: 'PlannedOrderQuantity', value: { doubleValue: 4 } },
      { id: 'Overproduction', value: { boolValue: false } },
      { id: 'JobExecutionMode', value: { int64Value: Long.fromNumber(2) } },
    ],
    personnelRequirements: [{ ...resource, personnelUse: 'operator' }],
    equipmentRequirements: [{ ...resource, equipmentUse: 'gripper', properties }],
    physicalAssetRequirements: [{ ...resource, physicalAssetUse: 'tool' }],
    materialRequirements: [
      {
        materialDefinitionId: 'BLK',
        materialLotId: 'L-1',
        materialUse: 'Consumed',
        quantity: '4',
        engineeringUnits: units,
      },
      { materialDefinitionId: 'KIT', materialUse: 'Produced', quantity: '4', properties },
    ],
  });

  it('comes back with the answer, and that is accepted as an update that changes nothing', async () => {
    ready();
    const { jobOrder } = unwrap(await bench.call(JOBS.storeJobOrder, { jobOrder: whole }));
    const stored = jobOrder?.jobOrder;
    expect(stored).toMatchObject({ workMasterId: 'pick-and-place', workMasterVersion: '1.0.0', priority: -32_768 });
    expect(stored?.descriptions).toMatchObject([{ text: 'two parts' }, { text: 'dos piezas' }]);
    expect(stored?.startTime?.seconds.toNumber()).toBe(1_700_000_000);
    expect(stored?.parameters.map(({ id }) => id)).toEqual([
      'count',
      'speed',
      ...['JobName', 'OrderNumbers', 'RunsPlanned', 'PlannedDuration'],
      ...['PlannedOrderQuantity', 'Overproduction', 'JobExecutionMode'],
    ]);
    expect(stored?.equipmentRequirements[0]).toMatchObject({ id: 'R-1', equipmentUse: 'gripper', quantity: '1.50' });
    expect(stored?.equipmentRequirements[0]?.engineeringUnits).toMatchObject(units);
    expect(stored?.equipmentRequirements[0]?.properties[0]?.subparameters[0]?.value?.stringValue).toBe('A-1');
    expect(stored?.materialRequirements.map(({ materialDefinitionId }) => materialDefinitionId)).toEqual([
      'BLK',
      'KIT',
    ]);
    const echoed = unwrap(
      await bench.call(JOBS.updateJobOrder, { jobOrder: stored as Order, etag: jobOrder?.etag ?? '' }),
    );
    expect(echoed.jobOrder?.jobOrder).toEqual(stored);
  });

  it('is answered by a response with actuals and predefined outputs', async () => {
    ready();
    const runs = { ...whole, parameters: (whole.parameters ?? []).map((each) => each) };
    unwrap(await bench.call(JOBS.storeAndStartJobOrder, { jobOrder: runs }));
    control.run(5);
    expect(refusal(await bench.call(RESPONSES.getJobResponse, { jobOrderId: 'J-none' }))).toMatchObject({
      status: '2',
    });
    unwrap(await call('stop', 'J-1'));
    const { jobResponse } = unwrap(await bench.call(RESPONSES.getJobResponse, { jobOrderId: 'J-1' }));
    const data = new Map(jobResponse?.data.map(({ id, value }) => [id, value]));
    expect([...data.keys()]).toEqual([
      ...['JobName', 'OrderNumbers', 'JobExecutionMode', 'RunsStarted', 'RunsCompleted', 'ProducedQuantity'],
      ...['GoodQuantity', 'ActualProductionTime', 'ActualUnitDelayTime', 'ActualUnitBusyTime', 'JobResult'],
      'ReasonForStateChange',
    ]);
    expect(data.get('RunsStarted')?.int64Value?.toNumber()).toBe(1);
    expect(data.get('JobResult')?.int64Value?.toNumber()).toBe(2);
    expect(data.get('ReasonForStateChange')?.textValue?.text).toBe('because of stop');
    expect(data.get('ActualProductionTime')?.durationValue?.nanos).toBeGreaterThan(0);
    expect(jobResponse?.equipmentActuals.map(({ id }) => id)).toEqual([CELL.name, 'R-1']);
    expect(jobResponse?.materialActuals.map(({ quantity }) => quantity)).toEqual(['', '0']);
    expect(jobResponse?.workMaster).toMatchObject({ id: 'pick-and-place', version: '1.0.0' });
  });
});

describe('responses', () => {
  it('are there only of orders that have begun or are aborted, by state and substate, page by page', async () => {
    ready();
    for (const id of ['A', 'B', 'C', 'D']) unwrap(await store(id));
    for (const id of ['A', 'B', 'C']) unwrap(await call('abort', id));
    expect(refusal(await bench.call(RESPONSES.getJobResponse, { jobOrderId: 'D' }))).toMatchObject({ status: '8' });
    const page = async (request: celda.job.v1.ListJobResponsesRequest.$Properties) => {
      const { jobResponses, nextPageToken, totalSize } = unwrap(await bench.call(RESPONSES.listJobResponses, request));
      return { ids: jobResponses.map(({ jobOrderId }) => jobOrderId), nextPageToken, totalSize };
    };
    const first = await page({ pageSize: 2 });
    expect([first.ids, first.totalSize]).toEqual([['A', 'B'], 3]);
    expect((await page({ pageSize: 2, pageToken: first.nextPageToken })).ids).toEqual(['C']);
    expect((await page({ states: [{ jobState: JobState.JOB_STATE_ENDED }] })).ids).toEqual([]);
    unwrap(await submit('E'));
    control.run(5);
    unwrap(await call('stop', 'E'));
    const ended = (endedSubstate: celda.job.v1.EndedSubstate) =>
      page({ states: [{ jobState: JobState.JOB_STATE_ENDED, endedSubstate }] });
    expect((await ended(EndedSubstate.ENDED_SUBSTATE_COMPLETED)).ids).toEqual(['E']);
    expect((await ended(EndedSubstate.ENDED_SUBSTATE_CLOSED)).ids).toEqual([]);
    const wrong = { states: [{ jobState: 1 }, { jobState: 5, interruptedSubstate: 1 }, { jobState: 9 }], pageSize: -1 };
    expect(refusal(await bench.call(RESPONSES.listJobResponses, wrong)).fields).toEqual([
      'states[0].job_state',
      'states[1].interrupted_substate',
      'states[2].job_state',
      'page_size',
    ]);
  });
});

describe('the list', () => {
  it('is filtered by state, work master and time, and ordered as asked', async () => {
    ready();
    for (const [id, priority] of [['A', 1] as const, ['B', 3] as const, ['C', 2] as const]) {
      unwrap(await store(id, { priority }));
      control.run(10);
    }
    unwrap(await store('P', { workMasterId: 'park', parameters: [] }));
    unwrap(await call('abort', 'C'));
    const ids = async (request: celda.job.v1.ListJobOrdersRequest.$Properties) =>
      unwrap(await bench.call(JOBS.listJobOrders, request)).jobOrders.map(({ jobOrder }) => jobOrder?.jobOrderId);
    expect(await ids({ orderBy: 'priority desc', workMasterIds: ['pick-and-place'] })).toEqual(['B', 'C', 'A']);
    expect(await ids({ orderBy: 'store_time desc' })).toEqual(['P', 'C', 'B', 'A']);
    expect(await ids({ states: [JobState.JOB_STATE_ABORTED] })).toEqual(['C']);
    expect(await ids({ workMasterIds: ['park'] })).toEqual(['P']);
    const storeTime = (await get('B')).storeTime;
    if (storeTime === null) throw new Error('no time');
    expect(await ids({ storeTimeFrom: storeTime })).toEqual(['B', 'C', 'P']);
    expect(await ids({ storeTimeBefore: storeTime })).toEqual(['A']);
    const wrong = { orderBy: 'colour', states: [9], workMasterIds: [''], pageSize: -1, pageToken: '!' };
    expect(refusal(await bench.call(JOBS.listJobOrders, wrong)).fields).toEqual([
      'work_master_ids[0]',
      'states[0]',
      'order_by',
      'page_token',
      'page_size',
    ]);
  });
});

describe('a watcher', () => {
  it('is told that an order was removed', async () => {
    unwrap(await store('J-1'));
    const watched = bench.watch(JOBS.watchJobOrders, { jobOrderIds: ['J-1'] });
    expect((await watched.next()).event).toBe('heartbeat');
    unwrap(await call('cancel', 'J-1'));
    const message = await watched.next();
    expect([message.event, message.removed?.jobOrder?.jobOrderId]).toEqual(['removed', 'J-1']);
    watched.call.cancel();
  });
});
