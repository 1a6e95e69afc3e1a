// Goal: of every request of every service each field that is wrong is named, all of them at once, and nothing of it is done. Method: for
// each member of each request what is wrong with it, alone and together; the descriptors say whether a member was left out. What an order
// holds is in mes-bad-input.test.ts, what a jog holds in mes-jog.test.ts.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import Long from 'long';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

type Change = Readonly<Record<string, unknown>>;
/** Where it is wrong, and the member that makes it so. */
type Wrong = readonly (readonly [place: string, change: Change])[];

interface Case {
  /** What is sent besides. */
  readonly right?: Change;
  readonly wrong?: Wrong;
  /** Members of which every value is right, or whose contents others look after. */
  readonly free?: readonly string[];
}

const long = (chars: number): string => 'x'.repeat(chars + 1);
const texts = (count: number) => Array.from({ length: count }, () => ({ text: 'x' }));
const negative = { seconds: Long.NEG_ONE };

const REQUEST_ID: Wrong = [['request_id', { requestId: long(64) }]];
const COMMENTS: Wrong = [
  ['comments', { comments: texts(11) }],
  ['comments[1].text', { comments: [{ text: 'x' }, { text: long(500) }] }],
  ['comments[0].locale', { comments: [{ locale: 'no tag' }] }],
];
const ORDER_ID: Wrong = [
  ['job_order_id', { jobOrderId: '' }],
  ['job_order_id', { jobOrderId: 'no id' }],
];
const ETAG: Wrong = [['etag', { etag: 'old' }]];
const COMMAND: Case = { right: { jobOrderId: 'J-1' }, wrong: [...REQUEST_ID, ...ORDER_ID, ...COMMENTS, ...ETAG] };
const STORE: Case = {
  right: {
    jobOrder: { jobOrderId: 'J-1', workMasterId: 'pick', parameters: [{ id: 'count', value: { doubleValue: 2 } }] },
  },
  wrong: [...REQUEST_ID, ...COMMENTS],
  free: ['jobOrder'],
};
const PAGE: Wrong = [
  ['page_size', { pageSize: -1 }],
  ['page_token', { pageToken: 'none' }],
];
const INTERVAL: Wrong = [
  ['interval_ms_min', { intervalMsMin: -1 }],
  ['interval_ms_min', { intervalMsMin: 60_001 }],
];
const ALARM: Wrong = [
  ...REQUEST_ID,
  ['epoch', { epoch: long(64) }],
  ['alarm_number', { alarmNumber: 0 }],
  ['owner', { owner: ' ' }],
  ['owner', { owner: long(64) }],
];
const DRAFT: Case = {
  right: { id: 'pick', definition: 'version: 1' },
  wrong: [
    ['id', { id: '' }],
    ['id', { id: long(64) }],
    ['definition', { definition: '' }],
    ['definition', { definition: long(65_536) }],
  ],
};
const MASTER: Case = {
  right: { id: 'pick', version: '2.1.0' },
  wrong: [
    ...REQUEST_ID,
    ...COMMENTS,
    ['id', { id: '' }],
    ['id', { id: long(64) }],
    ['version', { version: '' }],
    ['version', { version: long(64) }],
  ],
};

const CASES: Readonly<Record<string, Case>> = {
  'celda.job.v1.JobOrderReceiverService/StoreJobOrder': STORE,
  'celda.job.v1.JobOrderReceiverService/StoreAndStartJobOrder': STORE,
  'celda.job.v1.JobOrderReceiverService/UpdateJobOrder': { ...STORE, wrong: [...(STORE.wrong ?? []), ...ETAG] },
  'celda.job.v1.JobOrderReceiverService/StartJobOrder': COMMAND,
  'celda.job.v1.JobOrderReceiverService/RevokeStartJobOrder': COMMAND,
  'celda.job.v1.JobOrderReceiverService/PauseJobOrder': COMMAND,
  'celda.job.v1.JobOrderReceiverService/StopJobOrder': COMMAND,
  'celda.job.v1.JobOrderReceiverService/AbortJobOrder': COMMAND,
  'celda.job.v1.JobOrderReceiverService/CancelJobOrder': COMMAND,
  'celda.job.v1.JobOrderReceiverService/ClearJobOrder': COMMAND,
  'celda.job.v1.JobOrderReceiverService/ResumeJobOrder': {
    ...COMMAND,
    wrong: [...(COMMAND.wrong ?? []), ['acknowledged_difference', { acknowledgedDifference: 'yes' }]],
  },
  'celda.job.v1.JobOrderReceiverService/GetJobOrder': { wrong: ORDER_ID },
  'celda.job.v1.JobOrderReceiverService/ListJobOrders': {
    wrong: [
      ...PAGE,
      ['states[1]', { states: [1, 7] }],
      ['states[0]', { states: [0] }],
      ['work_master_ids', { workMasterIds: Array.from({ length: 21 }, () => 'pick') }],
      ['work_master_ids[0]', { workMasterIds: [''] }],
      ['store_time_from', { storeTimeFrom: negative }],
      ['store_time_before', { storeTimeBefore: { nanos: -1 } }],
      ['order_by', { orderBy: 'place' }],
    ],
  },
  'celda.job.v1.JobOrderReceiverService/WatchJobOrders': {
    wrong: [
      ['job_order_ids', { jobOrderIds: Array.from({ length: 201 }, () => 'J-1') }],
      ['job_order_ids[1]', { jobOrderIds: ['J-1', ''] }],
      ['resume_token', { resumeToken: 'none' }],
    ],
    // Wrong beside a token only: mes-watch.test.ts.
    free: ['includeInitialState'],
  },
  'celda.job.v1.JobOrderReceiverService/GetReceiverCapabilities': {},
  'celda.job.v1.JobResponseProviderService/GetJobResponse': { wrong: ORDER_ID },
  'celda.job.v1.JobResponseProviderService/ListJobResponses': {
    wrong: [
      ...PAGE,
      ['states', { states: Array.from({ length: 21 }, () => ({ jobState: 5 })) }],
      ['states[0].job_state', { states: [{ jobState: 1 }] }],
      ['states[0].job_state', { states: [{ jobState: 99 }] }],
      ['states[0].interrupted_substate', { states: [{ jobState: 4, interruptedSubstate: 3 }] }],
      ['states[0].interrupted_substate', { states: [{ jobState: 5, interruptedSubstate: 1 }] }],
      ['states[1].ended_substate', { states: [{ jobState: 5 }, { jobState: 5, endedSubstate: -1 }] }],
    ],
  },
  'celda.job.v1.JobResponseProviderService/AcknowledgeJobResponse': COMMAND,
  'celda.cell.v1.CellService/GetCell': {},
  'celda.cell.v1.CellService/GetCellState': {},
  'celda.cell.v1.CellService/WatchCellState': { wrong: INTERVAL },
  'celda.cell.v1.CellService/ListAlarms': {
    wrong: [
      ['states[0]', { states: [0] }],
      ['states[1]', { states: [1, 99] }],
    ],
  },
  'celda.cell.v1.CellService/WatchAlarms': { free: ['includeInitialState'] },
  'celda.cell.v1.CellService/AcknowledgeAlarm': { right: { alarmNumber: 1, owner: 'ana' }, wrong: ALARM },
  'celda.cell.v1.CellService/UnshelveAlarm': { right: { alarmNumber: 1, owner: 'ana' }, wrong: ALARM },
  'celda.cell.v1.CellService/ShelveAlarm': {
    right: { alarmNumber: 1, owner: 'ana', reason: 'known', shelveSeconds: 60 },
    wrong: [
      ...ALARM,
      ['reason', { reason: '' }],
      ['reason', { reason: long(200) }],
      ['shelve_seconds', { shelveSeconds: 0 }],
      ['shelve_seconds', { shelveSeconds: 28_801 }],
    ],
  },
  'celda.cell.v1.CellService/GetStop': { wrong: [['epoch', { epoch: long(64) }]], free: ['stopNumber'] },
  'celda.cell.v1.CellService/ListStops': { wrong: [['page_size', { pageSize: -1 }]] },
  'celda.cell.v1.CellService/SendUnitCommand': {
    right: { command: 3 },
    wrong: [
      ...REQUEST_ID,
      ...COMMENTS,
      ['command', { command: 0 }],
      ['command', { command: 1 }],
      ['command', { command: 99 }],
    ],
  },
  'celda.cell.v1.CellService/SetUnitMode': {
    right: { mode: 1 },
    wrong: [...REQUEST_ID, ['mode', { mode: 0 }], ['mode', { mode: 99 }]],
  },
  'celda.cell.v1.CellService/WatchSignals': {
    wrong: [
      ...INTERVAL,
      ['signals[0].name', { signals: [{ name: 'nobody' }] }],
      ['signals[1].name', { signals: [{ name: 'vacuum' }, { name: 'vacuum' }] }],
      ['signals[0].deadband', { signals: [{ name: 'vacuum', deadband: Number.NaN }] }],
      ['signals[0].deadband', { signals: [{ name: 'vacuum', deadband: -1 }] }],
    ],
  },
  'celda.cell.v1.WorkMasterService/ListWorkMasters': {
    wrong: [
      ['states[0]', { states: [0] }],
      ['states[1]', { states: [1, 6] }],
    ],
  },
  'celda.cell.v1.WorkMasterService/GetWorkMaster': {
    right: { id: 'pick' },
    wrong: [
      ['id', { id: '' }],
      ['id', { id: long(64) }],
      ['version', { version: long(64) }],
    ],
  },
  'celda.cell.v1.WorkMasterService/CheckWorkMaster': DRAFT,
  'celda.cell.v1.WorkMasterService/SubmitWorkMasterDraft': {
    ...DRAFT,
    wrong: [...REQUEST_ID, ...COMMENTS, ...(DRAFT.wrong ?? []), ['etag', { etag: long(64) }]],
  },
  'celda.cell.v1.WorkMasterService/ApproveWorkMaster': {
    right: { id: 'pick', version: '3.0.0', etag: 'e' },
    wrong: [...(MASTER.wrong ?? []), ['etag', { etag: '' }], ['etag', { etag: long(64) }]],
  },
  'celda.cell.v1.WorkMasterService/DiscardWorkMasterDraft': {
    right: { id: 'pick', version: '3.0.0' },
    wrong: [...(MASTER.wrong ?? []), ['etag', { etag: long(64) }]],
  },
  'celda.cell.v1.WorkMasterService/RetireWorkMaster': MASTER,
  'celda.cell.v1.WorkMasterService/ReinstateWorkMaster': MASTER,
};

const bytes = readFileSync(new URL('../../proto/generated/descriptors.bin', import.meta.url));
const root = (protobuf.Root as unknown as { fromDescriptor(set: unknown): protobuf.Root }).fromDescriptor(
  descriptor.FileDescriptorSet.decode(bytes),
);
root.resolveAll();

/** Services that a cell serves with one request at a time. */
const SERVICES = [...new Set(Object.keys(CASES).map((path) => path.slice(0, path.indexOf('/'))))];

function methodOf(path: string): protobuf.Method {
  const [service = '', name = ''] = path.split('/');
  const method = root.lookupService(service).methods[name];
  if (method === undefined) throw new Error(`there is no ${path}`);
  return method;
}

let bench: MesBench;
beforeAll(async () => {
  bench = await startMesBench();
  bench.control.hello();
});
afterAll(() => bench.stop());

/** Places that a request is refused for. */
async function placesOf(path: string, request: Change): Promise<readonly string[]> {
  const { resolvedRequestType, responseStream } = methodOf(path);
  const type = resolvedRequestType as protobuf.Type;
  const sent = type.encode(type.fromObject(request)).finish();
  const ending = await (responseStream === true ? bench.watchRaw(`/${path}`, sent) : bench.callRaw(`/${path}`, sent));
  if (ending.ok || ending.code !== 'INVALID_ARGUMENT')
    return [`not refused for what is wrong: ${JSON.stringify(ending)}`];
  return (ending.details?.violations ?? []).map(({ field }) => field).sort();
}

describe('a request', () => {
  it.each(Object.entries(CASES).filter(([, { wrong = [] }]) => wrong.length > 0))(
    'of %s is refused for each member that is wrong, for all of them at once, and nothing is done',
    async (path, { right = {}, wrong = [] }) => {
      for (const [place, change] of wrong) expect(await placesOf(path, { ...right, ...change })).toEqual([place]);
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray([...wrong], { minLength: 1 }), async (chosen) => {
          const byMember = new Map(chosen.map((each) => [Object.keys(each[1])[0], each]));
          const picked = [...byMember.values()];
          const request = Object.assign({}, right, ...picked.map(([, change]) => change)) as Change;
          expect(await placesOf(path, request)).toEqual(picked.map(([place]) => place).sort());
        }),
        { numRuns: 8 },
      );
      expect(bench.control.requests).toEqual([]);
    },
  );

  it('for responses is refused for both substates of a state that has neither', async () => {
    const states = [{ jobState: 3, interruptedSubstate: 1, endedSubstate: 1 }];
    const places = await placesOf('celda.job.v1.JobResponseProviderService/ListJobResponses', { states });
    expect(places).toEqual(['states[0].ended_substate', 'states[0].interrupted_substate']);
  });

  it('has no member that is looked at by nobody', () => {
    const methods = SERVICES.flatMap((name) =>
      root.lookupService(name).methodsArray.map((method) => ({ path: `${name}/${method.name}`, method })),
    );
    const unseen = methods.flatMap(({ path, method }) => {
      const { wrong = [], free = [] } = CASES[path] ?? {};
      const seen = new Set([...wrong.flatMap(([, change]) => Object.keys(change)), ...free]);
      const members = Object.keys((method.resolvedRequestType as protobuf.Type).fields);
      return members.filter((member) => !seen.has(member)).map((member) => `${path} ${member}`);
    });
    expect(unseen).toEqual([]);
  });
});
