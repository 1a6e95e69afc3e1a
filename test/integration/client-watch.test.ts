// Watching by celda/client over a real gateway and a line that is cut: nothing is lost unsaid, nothing is told twice.
import Long from 'long';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { type CallFailure, plainFailure } from '../../src/client/grpc-client.ts';
import { connectCell, isCallError, type JobWatchEvent } from '../../src/client/index.ts';
import type { WatchMessage } from '../../src/client/order-memory.ts';
import { retryPolicy } from '../../src/client/retry.ts';
import { type OpenStream, watchJobs } from '../../src/client/watch-jobs.ts';
import { NO_ALARMS, raiseAlarm } from '../../src/core/alarm-list.ts';
import { fault } from '../../src/core/faults.ts';
import { err, ok, type Result } from '../../src/core/result.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { jobEvent, jobRecord } from '../support/channel-samples.ts';
import { CutLine } from '../support/cut-line.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

const QUICK = { attemptsMax: 40, delayMsMin: 1, delayMsMax: 20 };

/** One word per event. */
function gist(event: JobWatchEvent): string {
  switch (event.kind) {
    case 'initial':
    case 'changed':
      return `${event.kind} ${event.job.jobOrder?.jobOrderId} ${event.job.states[0]?.text}`;
    case 'removed':
      return `removed ${event.jobOrderId}`;
    case 'relisted':
      return `relisted ${event.cause}`;
    default:
      return event.kind;
  }
}

/** The next events, of which heartbeats do not count. */
async function take(watch: AsyncGenerator<JobWatchEvent, void>, count: number): Promise<string[]> {
  const gists: string[] = [];
  while (gists.length < count) {
    const next = await watch.next();
    if (next.done === true) return gists;
    if (next.value.kind !== 'heartbeat') gists.push(gist(next.value));
  }
  return gists;
}

describe('a watch over a line that is cut', () => {
  let bench: MesBench;
  let line: CutLine;
  let cell: ReturnType<typeof connectCell>;
  let end: AbortController;

  beforeEach(async () => {
    bench = await startMesBench();
    bench.control.hello([jobRecord('J-1'), jobRecord('J-2')]);
    line = await CutLine.open(bench.server.port);
    cell = connectCell({ address: line.address, retries: QUICK });
    end = new AbortController();
  });

  afterEach(async () => {
    end.abort();
    cell.close();
    await line.close();
    await bench.stop();
  });

  const running = { state: 'Running', substate: undefined, revision: 2 } as const;
  const done = { state: 'Ended', substate: 'Completed', revision: 3 } as const;

  it('tells what changed meanwhile, once, what is new and what is gone, and that it has looked anew', async () => {
    const watch = cell.watchJobOrders({ signal: end.signal });
    expect(await take(watch, 3)).toEqual(['initial J-1 AllowedToStart', 'initial J-2 AllowedToStart', 'synced']);
    bench.control.changed(jobRecord('J-1', running));
    expect(await take(watch, 1)).toEqual(['changed J-1 Running']);
    line.refuse();
    expect(await take(watch, 1)).toEqual(['interrupted']);
    bench.control.changed(jobRecord('J-1', done));
    bench.control.changed(jobRecord('J-3'));
    const body = { kind: 'job-removed', record: jobRecord('J-2') } as const;
    bench.control.say({ kind: 'event', event: { ...jobEvent(9, body.record), body } });
    line.mend();
    expect(await take(watch, 4)).toEqual([
      'changed J-1 Ended',
      'changed J-3 AllowedToStart',
      'removed J-2',
      'relisted no-token',
    ]);
    bench.control.changed(jobRecord('J-3', running));
    expect(await take(watch, 1)).toEqual(['changed J-3 Running']);
    end.abort();
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });

  it('tells an order that was stored anew under the id of another', async () => {
    const watch = cell.watchJobOrders({ signal: end.signal, jobOrderIds: ['J-1'] });
    await take(watch, 2);
    line.cut();
    const anew = jobRecord('J-1', { storedAt: (jobRecord('J-1').storedAt + 5) as never });
    bench.control.hello([anew], 'e2');
    expect(await take(watch, 3)).toEqual(['interrupted', 'changed J-1 AllowedToStart', 'relisted no-token']);
  });

  it('ends with the refusal when the cell does not take the watch as such', async () => {
    const watch = cell.watchJobOrders({ jobOrderIds: ['no spaces'] });
    await expect(watch.next()).rejects.toSatisfy((error) => isCallError(error, 'REQUEST_INVALID'));
  });

  it('gives a connection up that has gone silent', async () => {
    const watch = cell.watchJobOrders({ signal: end.signal, silenceMsMax: 200 });
    await take(watch, 3);
    line.deafen();
    expect(await take(watch, 1)).toEqual(['interrupted']);
    line.cut();
    line.mend();
    expect(await take(watch, 1)).toEqual(['relisted no-token']);
  });

  it('waits for the end of an order over any number of cuts', async () => {
    const told: string[] = [];
    const ended = cell.waitForEnd('J-1', {
      onEvent: (event) => {
        told.push(gist(event));
        if (event.kind !== 'synced' && event.kind !== 'relisted') return;
        if (told.filter((each) => each === 'interrupted').length < 3) line.cut();
        else bench.control.changed(jobRecord('J-1', done));
      },
    });
    expect((await ended).states.map(({ text }) => text)).toEqual(['Ended', 'Completed']);
    expect(told.filter((each) => each.includes('J-1'))).toEqual(['initial J-1 AllowedToStart', 'changed J-1 Ended']);
  });

  it('ends with its signal also while nobody answers what has become of the order', async () => {
    const waiting = cell.waitForEnd('J-9', {
      signal: end.signal,
      onEvent: ({ kind }) => {
        if (kind !== 'synced') return;
        line.deafen();
        setImmediate(() => end.abort());
      },
    });
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('asks what has become of the order until somebody answers', async () => {
    const once = connectCell({ address: line.address, retries: { attemptsMax: 1, delayMsMin: 1, delayMsMax: 2 } });
    const asked = vi.spyOn(once.jobs, 'getJobOrder');
    const waiting = once.waitForEnd('J-9', { onEvent: ({ kind }) => (kind === 'synced' ? line.refuse() : undefined) });
    const refused = expect(waiting).rejects.toSatisfy((error) => isCallError(error, 'JOB_ORDER_UNKNOWN'));
    await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(2), { timeout: 15_000 });
    line.mend();
    await refused;
    once.close();
  });

  it('does not wait for an order that is unknown, or that nobody waits for any more', async () => {
    await expect(cell.waitForEnd('J-9')).rejects.toSatisfy((error) => isCallError(error, 'JOB_ORDER_UNKNOWN'));
    const waiting = cell.waitForEnd('J-1', { signal: end.signal, onEvent: () => end.abort() });
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('a watch of a cell that gives resume tokens', () => {
  type Message = Result<WatchMessage, CallFailure>;
  const asked: { resumeToken: string; includeInitialState: boolean }[] = [];

  const message = (fields: celda.job.v1.WatchJobOrdersResponse.$Properties, resumeToken: string): Message => {
    const { WatchJobOrdersResponse } = celda.job.v1;
    return ok(
      Object.assign(WatchJobOrdersResponse.decode(WatchJobOrdersResponse.encode(fields).finish()), { resumeToken }),
    );
  };
  const job = (state: string, revision: number) => ({
    jobOrder: { jobOrderId: 'J-1' },
    states: [{ text: state }],
    revision: Long.fromNumber(revision, true),
  });

  function scripted(streams: readonly (readonly Message[])[]): OpenStream {
    asked.length = 0;
    return async function* (request) {
      asked.push(request);
      await Promise.resolve();
      yield* streams[asked.length - 1] ?? [];
    };
  }

  it('goes on where it was, and tells nothing twice that the cell sends twice', async () => {
    const watch = watchJobs(
      scripted([
        [message({ initialState: job('Running', 2) }, 't1'), message({ synced: {} }, 't2')],
        [message({ stateChange: job('Running', 2) }, 't2'), message({ stateChange: job('Interrupted', 3) }, 't3')],
        [message({ stateChange: job('Ended', 4) }, 't4')],
      ]),
      retryPolicy(QUICK),
    );
    expect(await take(watch, 6)).toEqual([
      'initial J-1 Running',
      'synced',
      'interrupted',
      'changed J-1 Interrupted',
      'interrupted',
      'changed J-1 Ended',
    ]);
    expect(asked.map(({ resumeToken, includeInitialState }) => [resumeToken, includeInitialState])).toEqual([
      ['', true],
      ['t2', false],
      ['t3', false],
    ]);
  });

  it('does not take the time that the program needs for silence of the cell', async () => {
    vi.useFakeTimers();
    try {
      const watch = watchJobs(
        async function* (_request, signal) {
          await Promise.resolve();
          yield message({ initialState: job('Running', 2) }, '');
          yield signal.aborted ? err(plainFailure('CANCELLED', 'cancelled', '')) : message({ synced: {} }, 't2');
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        },
        retryPolicy(QUICK),
        { silenceMsMax: 1_000 },
      );
      expect(await take(watch, 1)).toEqual(['initial J-1 Running']);
      vi.advanceTimersByTime(60_000);
      expect(await take(watch, 1)).toEqual(['synced']);
      const silent = take(watch, 1);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await silent).toEqual(['interrupted']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('gives with every event the token where another watch goes on, and none before all of the present state is told', async () => {
    const watch = watchJobs(
      scripted([
        [
          message({ initialState: job('Running', 2) }, ''),
          message({ progress: { jobOrderId: 'J-1' } }, 't1'),
          message({ synced: {} }, 't1'),
          message({ stateChange: job('Running', 2) }, 't2'),
          message({ stateChange: job('Ended', 3) }, 't3'),
        ],
      ]),
      retryPolicy(QUICK),
    );
    const told: string[] = [];
    for await (const { kind, resumeToken } of watch) {
      told.push(`${kind} ${resumeToken}`);
      if (kind === 'interrupted') break;
    }
    expect(told).toEqual(['initial ', 'progress ', 'synced t1', 'changed t3', 'interrupted t3']);
  });

  it('tells orders as they are after an older backup was put in place, though they had changed more often before', async () => {
    const expired = { ...plainFailure('OUT_OF_RANGE', 'refused', 'another journal'), reason: 'RESUME_TOKEN_EXPIRED' };
    const of = (jobOrderId: string, state: string, revision: number, journal: string) => {
      const { jobOrder, ...rest } = job(state, revision);
      return { ...rest, jobOrder: { ...jobOrder, jobOrderId }, etag: `r${revision}-1-${journal}` };
    };
    const watch = watchJobs(
      scripted([
        [
          message({ initialState: of('J-1', 'Ended', 5, 'before') }, ''),
          message({ initialState: of('J-2', 'AllowedToStart', 2, 'before') }, ''),
          message({ synced: {} }, 't2'),
        ],
        [err(expired)],
        [
          message({ initialState: of('J-1', 'AllowedToStart', 2, 'after') }, ''),
          message({ initialState: of('J-2', 'AllowedToStart', 2, 'after') }, ''),
          message({ synced: {} }, 't9'),
          message({ stateChange: of('J-1', 'Running', 3, 'after') }, 't10'),
          message({ stateChange: of('J-1', 'Ended', 5, 'after') }, 't11'),
        ],
      ]),
      retryPolicy(QUICK),
    );
    const told: string[] = [];
    for await (const event of watch) {
      told.push(gist(event));
      if (event.resumeToken === 't11') break;
    }
    expect(told.slice(4)).toEqual([
      'changed J-1 AllowedToStart',
      'changed J-2 AllowedToStart',
      'relisted token-expired',
      'changed J-1 Running',
      'changed J-1 Ended',
    ]);
  });

  it('begins with the present state however many connections it takes until all of it is told', async () => {
    const cut = err(plainFailure('UNAVAILABLE', 'unreachable', 'nobody is there yet'));
    const of = (jobOrderId: string, state: string, revision: number) => {
      const { jobOrder, ...rest } = job(state, revision);
      return { ...rest, jobOrder: { ...jobOrder, jobOrderId } };
    };
    const watch = watchJobs(
      scripted([
        [cut],
        [
          ...[of('J-1', 'Running', 2), of('J-2', 'AllowedToStart', 1)].map((each) =>
            message({ initialState: each }, ''),
          ),
          cut,
        ],
        [cut],
        [
          ...[of('J-1', 'Ended', 3), of('J-3', 'AllowedToStart', 1)].map((each) => message({ initialState: each }, '')),
          message({ synced: {} }, 't1'),
        ],
      ]),
      retryPolicy(QUICK),
    );
    const told: string[] = [];
    for await (const event of watch) {
      told.push(gist(event));
      if (event.kind === 'synced' || event.kind === 'relisted') break;
    }
    expect(told).toEqual([
      ...['interrupted', 'initial J-1 Running', 'initial J-2 AllowedToStart', 'interrupted'],
      ...['changed J-1 Ended', 'initial J-3 AllowedToStart', 'removed J-2', 'synced'],
    ]);
  });

  it('gives the token of a list only with the last thing that the list told', async () => {
    const expired = { ...plainFailure('OUT_OF_RANGE', 'refused', 'too old'), reason: 'RESUME_TOKEN_EXPIRED' };
    const watch = watchJobs(
      scripted([
        [message({ initialState: job('Running', 2) }, ''), message({ synced: {} }, 't2')],
        [err(expired)],
        [message({ synced: {} }, 't9')],
      ]),
      retryPolicy(QUICK),
    );
    const told: string[] = [];
    for await (const { kind, resumeToken } of watch) {
      told.push(`${kind} ${resumeToken}`);
      if (kind === 'relisted') break;
    }
    expect(told).toEqual(['initial ', 'synced t2', 'interrupted t2', 'removed ', 'relisted t9']);
  });

  it('that is begun with the token of another tells all that is there anew when the token is too old, and says so first', async () => {
    const expired = { ...plainFailure('OUT_OF_RANGE', 'refused', 'too old'), reason: 'RESUME_TOKEN_EXPIRED' };
    const watch = watchJobs(
      scripted([
        [message({ stateChange: job('Running', 2) }, 't5')],
        [err(expired)],
        [message({ initialState: job('Running', 2) }, ''), message({ synced: {} }, 't9')],
      ]),
      retryPolicy(QUICK),
      { resumeToken: 't4' },
    );
    expect(await take(watch, 5)).toEqual([
      'changed J-1 Running',
      'interrupted',
      'expired',
      'initial J-1 Running',
      'synced',
    ]);
    expect(asked.map(({ resumeToken, includeInitialState }) => [resumeToken, includeInitialState])).toEqual([
      ['t4', false],
      ['t5', false],
      ['', true],
    ]);
  });

  it('takes an order that was stored anew under the id of another for news, however young its revision', async () => {
    const stored = (seconds: number) => ({ storeTime: { seconds: Long.fromNumber(seconds), nanos: 0 } });
    const watch = watchJobs(
      scripted([
        [message({ initialState: { ...job('Ended', 5), ...stored(1) } }, 't1'), message({ synced: {} }, 't2')],
        [message({ stateChange: { ...job('AllowedToStart', 1), ...stored(9) } }, 't3')],
      ]),
      retryPolicy(QUICK),
    );
    expect(await take(watch, 4)).toEqual(['initial J-1 Ended', 'synced', 'interrupted', 'changed J-1 AllowedToStart']);
  });

  it('looks anew when its token is too old, and says so', async () => {
    const expired = { ...plainFailure('OUT_OF_RANGE', 'refused', 'too old'), reason: 'RESUME_TOKEN_EXPIRED' };
    const watch = watchJobs(
      scripted([
        [message({ initialState: job('Running', 2) }, 't1'), message({ synced: {} }, 't2')],
        [err(expired)],
        [message({ initialState: job('Ended', 5) }, 't8'), message({ synced: {} }, 't9')],
      ]),
      retryPolicy(QUICK),
    );
    expect(await take(watch, 5)).toEqual([
      'initial J-1 Running',
      'synced',
      'interrupted',
      'changed J-1 Ended',
      'relisted token-expired',
    ]);
    expect(asked.map(({ resumeToken }) => resumeToken)).toEqual(['', 't2', '']);
  });
});

describe('a watch over alarms and the state of a cell, over a line that is cut', () => {
  const stamp = { now: monotonicMs(0), wall: epochMs(1_767_225_600_000) };
  const [first, second] = [
    raiseAlarm(NO_ALARMS, fault(4002, { stopFunction: 'guard' }), stamp),
    raiseAlarm(NO_ALARMS, fault(7004, { program: 'p', text: 'x' }), stamp),
  ];

  it('tells what ended and what came meanwhile, and nothing twice', async () => {
    const bench = await startMesBench();
    bench.control.hello();
    bench.control.showSnapshot({ unit: 'Held', alarmList: first.alarms });
    const line = await CutLine.open(bench.server.port);
    const cell = connectCell({ address: line.address, retries: QUICK });
    const end = new AbortController();
    const gists: string[] = [];
    let states = 0;
    try {
      for await (const event of cell.watchAlarms({ signal: end.signal })) {
        if (event.kind === 'heartbeat') continue;
        const isAlarm = event.kind === 'alarm' || event.kind === 'ended';
        gists.push(isAlarm ? `${event.kind} ${event.alarm.fault?.code}` : event.kind);
        if (gists.length === 2) line.cut();
        if (event.kind === 'interrupted') {
          const later = second.alarms.map((alarm) => ({ ...alarm, id: 2 }));
          bench.control.showSnapshot({ unit: 'Held', alarmList: [...later] });
        }
        if (gists.filter((gist) => gist === 'synced').length === 2) break;
      }
      expect(gists).toEqual(['alarm 4002', 'synced', 'interrupted', 'alarm 7004', 'ended 4002', 'synced']);
      for await (const event of cell.watchCellState(0, { signal: end.signal })) {
        if (event.kind === 'interrupted') continue;
        expect(event.state.unitState).toBe('Held');
        states += 1;
        if (states === 1) line.cut();
        if (states === 2) break;
      }
    } finally {
      end.abort();
      cell.close();
      await line.close();
      await bench.stop();
    }
  });
});
