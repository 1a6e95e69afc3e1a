// Goal: whoever changes something over the network, or tries to, is in the audit trail. Method: real TLS on the loopback interface; the
// control process is played, and the journal keeps what it is given.
import * as grpc from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MethodDefinition } from '../../proto/generated/services.js';
import * as services from '../../proto/generated/services.js';
import {
  CellServiceDefinition as Cell,
  JobOrderReceiverServiceDefinition as Jobs,
  WorkMasterServiceDefinition as Masters,
} from '../../proto/generated/services.js';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { METHOD_PERMISSIONS } from '../../src/mes/method-permissions.ts';
import { jobRecord, resetEvent } from '../support/channel-samples.ts';
import { RecordingJournal } from '../support/recording-journal.ts';
import { TlsBench } from '../support/tls-bench.ts';

const order = (jobOrderId: string) => ({
  jobOrder: { jobOrderId, workMasterId: 'pick', parameters: [{ id: 'count', value: { doubleValue: 3 } }] },
});

type AnyMethod = MethodDefinition<unknown, unknown, unknown, unknown, boolean, boolean>;

const ALL_METHODS = Object.values(services as unknown as Record<string, Record<string, AnyMethod>>).flatMap((each) =>
  Object.values(each),
);

let bench: TlsBench;
let journal: RecordingJournal;

beforeEach(async () => {
  journal = new RecordingJournal();
  bench = await new TlsBench({
    'urn:test:mes': ['MesService', 'Operator'],
    'urn:test:ana': ['Observer'],
    'urn:test:eva': ['Engineer', 'Supervisor'],
  }).start(undefined, journal);
  bench.control.tellsEvents = true;
});
afterEach(() => bench.stop());

const connect = (name: string) => bench.connect(bench.authority.client(name));

describe('the audit trail of calls', () => {
  it('tells who stored an order, from where, and what it was, in the same transaction as the order and the answer', async () => {
    const traceparent = new grpc.Metadata();
    traceparent.set('traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
    const request = { requestId: 'r-1', ...order('J-1'), comments: [{ locale: 'en', text: 'rush' }] };
    const stored = await bench.call(connect('mes'), Jobs.storeAndStartJobOrder, request, traceparent);
    expect(stored.code).toBe('OK');
    const batch = journal.batches.find(({ events }) => events.length > 0);
    expect(batch).toMatchObject({
      events: [{ sequence: 1, body: { kind: 'job' } }],
      ledger: [{ requestId: 'r-1' }],
      audit: [
        {
          sequence: 1,
          source: 'grpc',
          category: 'CONTROL_EVENT',
          type: 'job.store-and-start',
          actor: {
            identity: 'urn:test:mes',
            role: 'MesService Operator',
            peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as unknown,
          },
          object: { kind: 'job-order', id: 'J-1', revision: 1 },
          before: '',
          reason: 'rush',
          result: 'SUCCESS',
          resultCode: '',
          correlation: { requestId: 'r-1', jobOrderId: 'J-1', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' },
        },
      ],
    });
    expect(batch?.audit?.[0]?.actor.certFingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.parse(batch?.audit?.[0]?.after ?? '')).toMatchObject({ state: 'AllowedToStart' });
    expect(JSON.stringify(batch?.events)).not.toContain('urn:test:mes');
  });

  it('tells what was refused, why, and with which status; never what was in the wrong field', async () => {
    const client = connect('mes');
    await bench.call(client, Jobs.storeJobOrder, { requestId: 'r-1', ...order('J 1\u001b[2J') });
    bench.control.refuseWith = fault(6005, { jobOrderId: 'J-2', state: 'Ended' });
    await bench.call(client, Jobs.startJobOrder, { requestId: 'r-2', jobOrderId: 'J-2' });
    await bench.call(client, Cell.acknowledgeAlarm, { alarmNumber: 7, owner: 'eva' });
    await bench.call(client, Jobs.getJobOrder, { jobOrderId: 'J-9' });
    expect(journal.records.filter(({ category }) => category === 'REQUEST_ERROR')).toMatchObject([
      {
        type: 'job.store',
        actor: { identity: 'urn:test:mes' },
        object: { kind: 'job-order', id: 'J 1?[2J' },
        after:
          '{"code":6010,"fields":["job_order.job_order_id"],"grpc":"INVALID_ARGUMENT","isa95ReturnStatus":4294967296}',
        result: 'FAILED',
        resultCode: 'REQUEST_INVALID',
        correlation: { requestId: 'r-1' },
      },
      {
        type: 'job.start',
        object: { kind: 'job-order', id: 'J-2' },
        after: '{"code":6005,"grpc":"FAILED_PRECONDITION","isa95ReturnStatus":8}',
        resultCode: 'JOB_ORDER_STATE_INVALID',
      },
      { type: 'alarm.acknowledge', object: { kind: 'alarm', id: '7' }, resultCode: 'JOB_ORDER_STATE_INVALID' },
    ]);
  });

  it('tells who may not come in, and who may not do it, a thousand times a second with one record and their number', async () => {
    const client = connect('ana');
    for (let call = 0; call < 20; call += 1) await bench.call(client, Jobs.storeJobOrder, order(`J-${call}`));
    expect(await bench.call(bench.connect(undefined), Jobs.listJobOrders, {})).toMatchObject({ code: 'UNAVAILABLE' });
    expect(journal.recorded('auth.')).toMatchObject([
      {
        category: 'ACCESS_CONTROL',
        type: 'auth.denied',
        actor: { identity: 'urn:test:ana', role: 'Observer' },
        object: { kind: 'method', id: Jobs.storeJobOrder.path },
        result: 'DENIED',
        resultCode: 'ROLE_MISSING',
      },
      { type: 'auth.failed', object: { kind: 'connection' }, result: 'DENIED', resultCode: 'CERT_INVALID' },
    ]);
    bench.clock.advance(60_000);
    expect(journal.recorded('auth.denied')[1]).toMatchObject({ after: '{"again":19}' });
  });

  it('tells of the start of the gateway, of the control process, of new roles, and of the end', async () => {
    bench.change({ roles: new Map([['urn:test:ana', ['Supervisor']]]) });
    bench.control.lose();
    await bench.stop();
    expect(journal.records.map(({ type, result }) => [type, result])).toEqual([
      ['gateway.start', 'SUCCESS'],
      ['control.connected', 'SUCCESS'],
      ['access.change', 'SUCCESS'],
      ['control.lost', 'SUCCESS'],
      ['gateway.stop', 'SUCCESS'],
    ]);
    expect(JSON.parse(journal.records[0]?.after ?? '')).toMatchObject({
      configHash: expect.any(String) as unknown,
      journal: 'recording',
      door: 'TLS with client certificates',
    });
  });

  it('tells of every call that would change something and was refused, whether or not it has a request id', async () => {
    const client = connect('eva');
    bench.control.refuseWith = fault(6007, {});
    const asked = ALL_METHODS.filter(({ path, requestStream, responseStream }) => {
      const permission = METHOD_PERMISSIONS[path];
      const isServed = !path.startsWith('/celda.sim.') && !requestStream && !responseStream;
      return isServed && permission !== undefined && permission !== 'read';
    });
    expect(asked.length).toBeGreaterThan(20);
    for (const { path } of asked) {
      const before = journal.records.length;
      const code = await new Promise<number | undefined>((resolve) => {
        const empty = (): Buffer => Buffer.alloc(0);
        client.makeUnaryRequest(
          path,
          empty,
          (bytes) => bytes,
          {},
          (error) => resolve(error?.code),
        );
      });
      expect([path, code]).not.toEqual([path, undefined]);
      expect([path, journal.records.slice(before)]).toMatchObject([
        path,
        [{ actor: { identity: 'urn:test:eva' }, result: 'FAILED', correlation: { requestId: '' } }],
      ]);
    }
  });

  it('is written later when the journal takes nothing now, and tells since when', async () => {
    journal.refuseWith = fault(6501, {});
    journal.become({ kind: 'refusing', fault: fault(6501, {}) });
    expect(bench.control.refusals.at(-1)).toBe(6501);
    await bench.call(connect('ana'), Jobs.storeJobOrder, order('J-1'));
    expect(journal.recorded('auth.')).toEqual([]);
    journal.refuseWith = undefined;
    journal.become({ kind: 'ready' });
    expect(bench.control.refusals.at(-1)).toBe(0);
    bench.clock.advance(10_000);
    await vi.waitFor(() => expect(journal.recorded('auth.')).toHaveLength(1));
    expect(journal.recorded('journal.')).toMatchObject([
      { type: 'journal.refuse', category: 'AUDIT_LOG', result: 'FAILED', resultCode: 'JOURNAL_FULL' },
      { type: 'journal.reopen', result: 'SUCCESS' },
    ]);
  });
});

describe('the audit trail of a unit', () => {
  it('tells who commanded it, in the same transaction as the answer to that', async () => {
    const request = { requestId: 'r-1', command: 3, comments: [{ locale: 'en', text: 'lunch' }] };
    await bench.call(connect('mes'), Cell.sendUnitCommand, request);
    expect(journal.batches.find(({ events }) => events.length > 0)).toMatchObject({
      events: [{ body: { kind: 'unit-command', command: 'Stop' } }],
      ledger: [{ requestId: 'r-1', answer: { target: 'Stopping' } }],
      audit: [{ type: 'unit.command', actor: { identity: 'urn:test:mes' }, reason: 'lunch', result: 'SUCCESS' }],
    });
    expect(JSON.parse(journal.recorded('unit.')[0]?.after ?? '')).toMatchObject({ command: 'Stop' });
  });
});

describe('the audit trail of work masters', () => {
  it('tells who retired one, and who may not', async () => {
    bench.change({ roles: new Map([['urn:test:ana', ['Engineer']]]) });
    await bench.call(connect('ana'), Masters.retireWorkMaster, { requestId: 'r-1', id: 'pick', version: '2.1.0' });
    await bench.call(connect('ana'), Masters.retireWorkMaster, { requestId: 'r-2', id: 'nothing', version: '1' });
    expect(journal.recorded('work-master.')).toMatchObject([
      { category: 'CONFIG_CHANGE', object: { kind: 'work-master', id: 'pick' }, actor: { identity: 'urn:test:ana' } },
      { category: 'REQUEST_ERROR', object: { id: 'nothing' }, result: 'FAILED' },
    ]);
  });
});

describe('the audit trail of a cell', () => {
  it('tells of a reset at the cell what control told of it, once', async () => {
    bench.control.say({ kind: 'event', event: resetEvent(1) });
    bench.clock.advance(10_000);
    await vi.waitFor(() => expect(journal.recorded('unit.')).toHaveLength(1));
    expect(journal.recorded('unit.')).toMatchObject([
      { sequence: 1, source: 'panel', type: 'unit.reset', actor: { identity: 'panel' }, time: 1 },
    ]);
  });

  it('tells of the course of a job nothing: that is in the log of events', async () => {
    bench.control.changed(jobRecord('J-1', { state: 'Running', revision: 2 }));
    await vi.waitFor(() => expect(journal.batches.some(({ events }) => events.length > 0)).toBe(true));
    expect(journal.recorded('job.')).toEqual([]);
  });
});

describe('the audit trail of the machine', () => {
  it('tells to whom a bypass was refused and why; the same again is counted', async () => {
    const cause = fault(4403, { stopFunction: 'guard-stop', cause: 'mode', mode: 'automatic' });
    const body = { kind: 'bypass-refused', by: 'eva\n', stopFunction: 'guard-stop', cause } as const;
    const at = { at: monotonicMs(0), time: epochMs(1_767_225_600_000) };
    bench.control.say({ kind: 'event', event: { sequence: 1, ...at, body } });
    bench.control.say({ kind: 'event', event: { sequence: 2, ...at, body } });
    const refused = () =>
      journal.batches.flatMap(({ audit = [] }) => audit.filter(({ type }) => type === 'bypass.ask'));
    await vi.waitFor(() => expect(refused()).toHaveLength(1));
    expect(refused()).toMatchObject([
      {
        source: 'machine',
        category: 'ACCESS_CONTROL',
        actor: { identity: 'eva?', peer: 'machine socket' },
        object: { kind: 'stop-function', id: 'guard-stop' },
        after: '{"cause":"mode"}',
        result: 'DENIED',
        resultCode: 'BYPASS_REFUSED',
      },
    ]);
    await bench.stop();
    expect(refused().map(({ after }) => after)).toEqual(['{"cause":"mode"}', '{"again":1}']);
  });
});
