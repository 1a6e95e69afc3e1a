// An independent client that trusts nothing but what the server's reflection tells it: `buf curl`, written in Go.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

const require = createRequire(import.meta.url);
const BUF = join(dirname(require.resolve('@bufbuild/buf/package.json')), 'bin/buf');
const SERVICE = 'celda.job.v1.JobOrderReceiverService';

let bench: MesBench;

beforeAll(async () => {
  bench = await startMesBench();
  bench.control.hello([
    jobRecord('J-1', { state: 'Ended', substate: 'Completed', producedQuantity: 3, goodQuantity: 2 }),
  ]);
});

beforeEach(() => {
  bench.control.refuseWith = undefined;
});

afterAll(() => bench.stop());

interface Output {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function bufCurl(...args: string[]): Promise<Output> {
  return startBufCurl(args, () => undefined);
}

/** @param hear told of each piece of its output */
function startBufCurl(args: readonly string[], hear: (text: string) => void): Promise<Output> {
  const base = `http://127.0.0.1:${bench.server.port}`;
  const full = [
    'curl',
    '--protocol',
    'grpc',
    '--http2-prior-knowledge',
    ...args.map((arg) => arg.replace('BASE', base)),
  ];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [BUF, ...full], (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    child.stdout?.on('data', hear);
  });
}

function call(method: string, request: object): Promise<Output> {
  return bufCurl(`BASE/${SERVICE}/${method}`, '-d', JSON.stringify(request));
}

describe('a strict client that knows only the address', () => {
  it('finds the services that are served, and no others', async () => {
    const { stdout } = await bufCurl('BASE', '--list-services');
    expect(stdout.trim().split('\n').sort()).toEqual([
      'celda.cell.v1.CellService',
      'celda.cell.v1.JogService',
      'celda.cell.v1.WorkMasterService',
      SERVICE,
      'celda.job.v1.JobResponseProviderService',
      'grpc.health.v1.Health',
    ]);
  });

  it('finds the methods', async () => {
    const { stdout } = await bufCurl('BASE', '--list-methods');
    expect(stdout).toContain(`${SERVICE}/WatchJobOrders`);
  });

  it('lists job orders in the words of ISA-95', async () => {
    const { stdout, exitCode } = await call('ListJobOrders', {});
    expect(exitCode).toBe(0);
    const { jobOrders } = JSON.parse(stdout) as { jobOrders: { states: object[]; producedQuantity: string }[] };
    expect(jobOrders[0]).toMatchObject({
      jobOrder: { jobOrderId: 'J-1', workMasterId: 'pick' },
      producedQuantity: '3',
      goodQuantity: '2',
      storeTime: '1970-01-01T00:00:01Z',
      states: [
        { text: 'Ended', number: 5, jobState: 'JOB_STATE_ENDED' },
        { browsePath: ['EndedSubstates'], text: 'Completed', number: 1, endedSubstate: 'ENDED_SUBSTATE_COMPLETED' },
      ],
    });
  });

  it('stores an order', async () => {
    const parameters = [{ id: 'count', value: { int64Value: '3' } }];
    const { stdout } = await call('StoreAndStartJobOrder', {
      jobOrder: { jobOrderId: 'J-2', workMasterId: 'pick', parameters },
    });
    expect(JSON.parse(stdout)).toMatchObject({ isa95ReturnStatus: '1', jobOrder: { jobOrder: { jobOrderId: 'J-2' } } });
  });

  it('reads a refusal with all its details', async () => {
    const jobOrder = {
      jobOrderId: 'J-3',
      workMasterId: 'pick',
      parameters: [{ id: 'count', value: { doubleValue: 'NaN' } }],
    };
    const { exitCode, stderr } = await call('StoreAndStartJobOrder', { jobOrder });
    expect(exitCode).not.toBe(0);
    const error = JSON.parse(stderr) as { code: string; details: { type: string; debug?: object }[] };
    expect(error.code).toBe('invalid_argument');
    expect(error.details.map(({ type }) => type)).toEqual(['google.rpc.ErrorInfo', 'google.rpc.BadRequest']);
  });

  it.each([
    [fault(6005), 'failed_precondition', 'PreconditionFailure'],
    [fault(6004), 'not_found', 'ResourceInfo'],
    [fault(6006), 'resource_exhausted', 'QuotaFailure'],
    [fault(6007), 'unavailable', 'RetryInfo'],
  ] as const)('reads the detail of %j', async (refuseWith, code, type) => {
    bench.control.refuseWith = refuseWith;
    const { stderr } = await call('AbortJobOrder', { jobOrderId: 'J-1' });
    const error = JSON.parse(stderr) as { code: string; details: { type: string }[] };
    expect([error.code, error.details[1]?.type]).toEqual([code, `google.rpc.${type}`]);
  });

  it('watches until the server stops', async () => {
    const own = await startMesBench();
    own.control.hello([jobRecord('J-1')]);
    const address = `http://127.0.0.1:${own.server.port}`;
    const args = [`${address}/${SERVICE}/WatchJobOrders`, '-d', '{"includeInitialState":true}'];
    let said = '';
    let watching: Promise<Output> | undefined;
    // A server that stops while its schema is still asked for has nothing to watch.
    await new Promise<void>((resolve) => {
      watching = startBufCurl(args, (text) => {
        said += text;
        if (said.includes('"synced"')) resolve();
      });
      void watching.finally(resolve);
    });
    own.control.changed(jobRecord('J-1', { state: 'Running', substate: undefined, revision: 2 }));
    await own.stop();
    const { stdout, stderr, exitCode } = (await watching) as Output;
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.match(/"(initialState|synced|stateChange)"/g)).toEqual([
      '"initialState"',
      '"synced"',
      '"stateChange"',
    ]);
  });

  it('checks the health', async () => {
    const { stdout } = await bufCurl('BASE/grpc.health.v1.Health/Check', '-d', '{}');
    expect(JSON.parse(stdout)).toEqual({ status: 'SERVING' });
  });
});
