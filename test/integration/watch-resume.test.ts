// Goal: a watcher that comes back hears everything that happened meanwhile, once, and only what is on disk. Method: real gRPC and a real
// journal; the control process is played, gateways come and go on the same journal, and hours pass in virtual time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { celda } from '../../proto/generated/celda.js';
import { JobOrderReceiverServiceDefinition as METHODS, type Received } from '../../proto/generated/services.js';
import { connectCell } from '../../src/client/index.ts';
import type { CellEventBody } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import { err } from '../../src/core/result.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { toResumeToken } from '../../src/mes/resume-token.ts';
import { WATCH_LOG_MAX } from '../../src/mes/watch-log.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { jobRecord, resetEvent } from '../support/channel-samples.ts';
import { type MesBench, pickCell, startMesBench, type Watched } from '../support/mes-bench.ts';

type Message = Received<celda.job.v1.WatchJobOrdersResponse>;

const HOUR_MS = 3_600_000;
/** On a busy machine too. */
const PATIENT = { timeout: 15_000, interval: 5 };

let directory: string;
let journal: JournalPort;
let bench: MesBench;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

async function start(wrap: (opened: JournalPort) => JournalPort = (opened) => opened): Promise<void> {
  const opened = await openJournal({ path: join(directory, 'j.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  bench = await startMesBench(pickCell(), undefined, wrap(journal));
  bench.control.tellsEvents = true;
}

async function stop(): Promise<void> {
  await bench.stop();
  await journal.close();
}

async function restart(wrap?: (opened: JournalPort) => JournalPort): Promise<void> {
  await stop();
  await start(wrap);
}

async function greet(epoch: string, records: ReturnType<typeof jobRecord>[] = []): Promise<void> {
  bench.control.hello(records, epoch);
  await vi.waitFor(() => expect(bench.server.mirror.connected).toBe(true), PATIENT);
}

const watch = (request: celda.job.v1.WatchJobOrdersRequest.$Properties = {}): Watched<Message> =>
  bench.watch(METHODS.watchJobOrders, request);

/** What a message tells, in a word. */
function gist({ event, stateChange, removed, heartbeat }: Message): string {
  const job = stateChange ?? removed;
  if (job !== null) return `${event} ${job.jobOrder?.jobOrderId} r${job.revision.toString()}`;
  return heartbeat === null ? (event ?? 'nothing') : `heartbeat ${heartbeat.controlConnected}`;
}

/** All until the heartbeat that says that nothing is missing any more. */
async function caughtUp(
  watched: Watched<Message>,
): Promise<{ readonly told: readonly string[]; readonly token: string }> {
  const told: string[] = [];
  for (;;) {
    const message = await watched.next();
    if (message.heartbeat !== null) {
      watched.call.cancel();
      return { told, token: message.resumeToken };
    }
    told.push(gist(message));
  }
}

/** Changes of one order, all of them on disk when it resolves. */
async function change(jobOrderId: string, from: number, to: number): Promise<readonly string[]> {
  const told: string[] = [];
  let sequence = 0;
  for (let revision = from; revision <= to; revision += 1) {
    sequence = bench.control.changed(
      jobRecord(jobOrderId, { state: revision % 2 === 0 ? 'Interrupted' : 'AllowedToStart', revision }),
    );
    told.push(`stateChange ${jobOrderId} r${revision}`);
  }
  await vi.waitFor(() => expect(bench.control.storedThrough.at(-1)?.[1]).toBe(sequence), PATIENT);
  return told;
}

describe('a program with celda/client that is started anew', () => {
  /** Takes so many events of orders, and then dies without a word. */
  async function takeAndDie(
    count: number,
    resumeToken?: string,
  ): Promise<{ readonly told: readonly string[]; readonly token: string }> {
    const cell = connectCell({ address: `127.0.0.1:${bench.server.port}` });
    const told: string[] = [];
    let token = resumeToken ?? '';
    for await (const event of cell.watchJobOrders(resumeToken === undefined ? {} : { resumeToken })) {
      token = event.resumeToken;
      if (event.kind === 'changed')
        told.push(`stateChange ${event.job.jobOrder?.jobOrderId} r${event.job.revision.toString()}`);
      else if (event.kind !== 'heartbeat') told.push(event.kind);
      if (told.length === count) break;
    }
    cell.close();
    return { told, token };
  }

  it('goes on after the last event that it had dealt with: none is lost, none is told twice', async () => {
    await greet('e1');
    const first = await takeAndDie(1);
    expect(first.told).toEqual(['synced']);
    const changes = [...(await change('J-1', 1, 3)), ...(await change('J-2', 1, 2))];
    const second = await takeAndDie(2, first.token);
    await restart();
    await greet('e1', [jobRecord('J-1', { revision: 3 }), jobRecord('J-2', { state: 'Interrupted', revision: 2 })]);
    const third = await takeAndDie(3, second.token);
    expect([...second.told, ...third.told]).toEqual(changes);
  });

  it('is told when its token is of another journal, and then all that is there', async () => {
    await greet('e1', [jobRecord('J-1')]);
    const token = toResumeToken({ journalId: 'f'.repeat(32), position: 1 });
    expect((await takeAndDie(3, token)).told).toEqual(['expired', 'initial', 'synced']);
  });
});

describe('a watcher that comes back', () => {
  it('hears what happened meanwhile, once, and then goes on, over restarts of the gateway, of control and of both', async () => {
    await greet('e1');
    await change('J-1', 1, 2);
    const first = await caughtUp(watch());
    const second = await change('J-1', 3, 4);
    await restart();
    await greet('e1', [jobRecord('J-1', { state: 'Interrupted', revision: 4 })]);
    expect((await caughtUp(watch({ resumeToken: first.token }))).told).toEqual(second);
    bench.control.lose();
    await greet('e2', [jobRecord('J-1', { state: 'Interrupted', revision: 4 })]);
    const third = await change('J-1', 5, 6);
    await restart();
    await greet('e3', [jobRecord('J-1', { state: 'Interrupted', revision: 6 })]);
    const back = watch({ resumeToken: first.token });
    const told: string[] = [];
    while (told.length < second.length + third.length + 1) told.push(gist(await back.next()));
    expect(told).toEqual([...second, ...third, 'heartbeat true']);
    const fourth = await change('J-2', 1, 1);
    expect([gist(await back.next())]).toEqual(fourth);
    back.call.cancel();
  });

  it('after an hour and more changes than are in memory hears each of them once, and of the orders that it asks for', async () => {
    await greet('e1');
    await change('J-1', 1, 1);
    const { token } = await caughtUp(watch());
    const told = [...(await change('J-1', 2, WATCH_LOG_MAX + 400)), ...(await change('J-2', 1, WATCH_LOG_MAX))];
    bench.clock.advance(HOUR_MS);
    expect((await caughtUp(watch({ resumeToken: token }))).told).toEqual(told);
    const ofOne = await caughtUp(watch({ resumeToken: token, jobOrderIds: ['J-1', 'J-3'] }));
    expect(ofOne.told).toEqual(told.filter((each) => each.includes('J-1')));
    expect((await caughtUp(watch({ resumeToken: ofOne.token }))).told).toEqual([]);
  });

  it('hears nothing of an order that has only come to its next step, from the journal as little as while it watches', async () => {
    await greet('e1');
    const running = jobRecord('J-1', { state: 'Running', substate: undefined });
    bench.control.changed(running);
    await vi.waitFor(() => expect(bench.control.storedThrough.at(-1)).toEqual(['e1', 1]), PATIENT);
    const { token } = await caughtUp(watch());
    const checkpoint = { jobOrderId: 'J-1', frames: [{ index: 2, rounds: 1 }], holding: [], homed: [], positions: {} };
    const say = (sequence: number, body: CellEventBody): void =>
      bench.control.say({ kind: 'event', event: { ...resetEvent(sequence), body } });
    say(2, { kind: 'checkpoint', checkpoint });
    say(3, { kind: 'checkpoint', checkpoint: { ...checkpoint, frames: [{ index: 3, rounds: 1 }] } });
    const paused = { ...running, state: 'Interrupted', substate: 'Held', revision: 2 } as const;
    // The order and where it stands, both new.
    say(4, { kind: 'job', record: paused, checkpoint: { ...checkpoint, frames: [{ index: 4, rounds: 1 }] } });
    await vi.waitFor(() => expect(bench.control.storedThrough.at(-1)).toEqual(['e1', 4]), PATIENT);
    expect((await caughtUp(watch({ resumeToken: token }))).told).toEqual(['stateChange J-1 r2']);
    await restart();
    await greet('e1', [paused]);
    expect((await caughtUp(watch({ resumeToken: token }))).told).toEqual(['stateChange J-1 r2']);
  });

  it('is told what an order has become when control kept a step of before, and died before it could tell of more', async () => {
    await greet('e1');
    bench.control.changed(jobRecord('J-1', { state: 'Running', substate: undefined }));
    await vi.waitFor(() => expect(bench.control.storedThrough.at(-1)).toEqual(['e1', 1]), PATIENT);
    const { token } = await caughtUp(watch());
    await restart();
    bench.control.hello([jobRecord('J-1', { state: 'Interrupted', substate: 'Held', revision: 2 })], 'e1');
    const checkpoint = { jobOrderId: 'J-1', frames: [{ index: 2, rounds: 1 }], holding: [], homed: [], positions: {} };
    for (const sequence of [2, 3])
      bench.control.say({
        kind: 'event',
        event: { ...resetEvent(sequence), body: { kind: 'checkpoint', checkpoint } },
      });
    bench.control.lose();
    await restart();
    expect((await caughtUp(watch({ resumeToken: token }))).told).toEqual(['stateChange J-1 r2']);
  });

  it.each<readonly [string, (token: string) => string]>([
    ['lost its last character', (token) => token.slice(0, -1)],
    ['lost its last two', (token) => token.slice(0, -2)],
    ['has more characters', (token) => `${token}==`],
    ['has characters that are none of it', (token) => `${token.slice(0, 9)}\n${token.slice(9)}`],
    [
      'says another position',
      (token) => Buffer.from(Buffer.from(token, 'base64url').toString().replace(/\/2\//, '/1/')).toString('base64url'),
    ],
  ])('with a token that %s is refused, and hears nothing twice', async (_what, changed) => {
    await greet('e1');
    await change('J-1', 1, 2);
    const { token } = await caughtUp(watch());
    await change('J-1', 3, 3);
    const refused = watch({ resumeToken: changed(token) }).next();
    await expect(refused).rejects.toThrow(/"code":"INVALID_ARGUMENT".*"violations":\[{"field":"resume_token"/);
    expect((await caughtUp(watch({ resumeToken: token }))).told).toEqual(['stateChange J-1 r3']);
  });

  it('is told of an order that was removed meanwhile that it is gone, as it was', async () => {
    await greet('e1');
    const { token } = await caughtUp(watch());
    await change('J-1', 1, 2);
    bench.control.say({
      kind: 'event',
      event: {
        ...resetEvent(3),
        body: { kind: 'job-removed', record: jobRecord('J-1', { state: 'Interrupted', revision: 2 }) },
      },
    });
    await vi.waitFor(() => expect(bench.control.storedThrough.at(-1)).toEqual(['e1', 3]), PATIENT);
    expect((await caughtUp(watch({ resumeToken: token }))).told.at(-1)).toBe('removed J-1 r2');
    await restart();
    expect((await caughtUp(watch({ resumeToken: token }))).told).toEqual(['removed J-1 r2']);
  });

  it('is told how a running order stands that was shown as interrupted while control was away', async () => {
    await greet('e1');
    const running = jobRecord('J-1', { state: 'Running', substate: undefined, revision: 2 });
    bench.control.changed(running);
    const watched = watch({ includeInitialState: true });
    await vi.waitFor(() => expect(bench.server.mirror.get('J-1')).toBeDefined(), PATIENT);
    bench.control.lose();
    let last = await watched.next();
    while (last.heartbeat?.controlConnected !== false) last = await watched.next();
    watched.call.cancel();
    await greet('e1', [running]);
    const back = watch({ resumeToken: last.resumeToken });
    const states: (string | undefined)[] = [];
    for (let message = await back.next(); message.stateChange !== null; message = await back.next()) {
      states.push(message.stateChange.states[0]?.text);
    }
    expect(states.at(-1)).toBe('Running');
    back.call.cancel();
  });

  it('is refused with a token of another journal, with one that is none, and with one whose changes are gone', async () => {
    const other = toResumeToken({ journalId: '0'.repeat(32), position: 1 });
    expect(await watch({ resumeToken: other }).ending()).toMatchObject({
      code: 'OUT_OF_RANGE',
      details: { reason: 'RESUME_TOKEN_EXPIRED' },
    });
    const ahead = toResumeToken({ journalId: journal.id, position: 999 });
    expect(await watch({ resumeToken: ahead }).ending()).toMatchObject({ code: 'OUT_OF_RANGE' });
    const wrong = await watch({ resumeToken: 'yesterday', includeInitialState: true }).ending();
    expect(wrong).toMatchObject({
      code: 'INVALID_ARGUMENT',
      details: { violations: [{ field: 'resume_token' }, { field: 'include_initial_state' }] },
    });
    await greet('e1');
    const { token } = await caughtUp(watch());
    await change('J-1', 1, 2 * WATCH_LOG_MAX);
    await restart((opened) => ({
      ...passed(opened),
      events: { ...opened.events, since: () => Promise.resolve(err(fault(6508))) },
    }));
    expect(await watch({ resumeToken: token }).ending()).toMatchObject({ details: { reason: 'RESUME_TOKEN_EXPIRED' } });
  });
});

/** A journal of which some methods can be played. */
function passed(opened: JournalPort): JournalPort {
  return {
    id: opened.id,
    append: (batch, urgency) => opened.append(batch, urgency),
    orders: opened.orders,
    events: opened.events,
    responses: opened.responses,
    audit: opened.audit,
    notes: opened.notes,
    findAnswer: (request) => opened.findAnswer(request),
    get state() {
      return opened.state;
    },
    listen: (listener) => opened.listen(listener),
    close: () => opened.close(),
  };
}

describe('what has not reached the disk', () => {
  it('is shown to nobody, and to everybody once it has', async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    await restart((opened) => ({
      ...passed(opened),
      append: async (batch, urgency) => {
        if (batch.events.length > 0) await slow;
        return opened.append(batch, urgency);
      },
    }));
    await greet('e1');
    const watched = watch();
    expect(gist(await watched.next())).toBe('heartbeat true');
    const jobOrder = {
      jobOrderId: 'J-1',
      workMasterId: 'pick',
      parameters: [{ id: 'count', value: { doubleValue: 3 } }],
    };
    const stored = bench.call(METHODS.storeAndStartJobOrder, { requestId: 'r-1', jobOrder });
    await vi.waitFor(() => expect(bench.control.requests).toHaveLength(1), PATIENT);
    expect(await bench.call(METHODS.getJobOrder, { jobOrderId: 'J-1' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await bench.call(METHODS.listJobOrders, {})).toMatchObject({ value: { jobOrders: [], totalSize: 0 } });
    release();
    expect(await stored).toMatchObject({ ok: true });
    expect(await bench.call(METHODS.getJobOrder, { jobOrderId: 'J-1' })).toMatchObject({ ok: true });
    expect(gist(await watched.next())).toBe('stateChange J-1 r1');
    watched.call.cancel();
  });

  it('and was taken for lost although it had is told once', async () => {
    let failures = 1;
    await restart((opened) => ({
      ...passed(opened),
      append: async (batch, urgency) => {
        const answer = await opened.append(batch, urgency);
        failures -= 1;
        return failures < 0 ? answer : err(fault(6503));
      },
    }));
    await greet('e1');
    const watched = watch();
    await watched.next();
    bench.control.changed(jobRecord('J-1', { revision: 1 }));
    await vi.waitFor(() => {
      bench.clock.advance(200);
      expect(bench.control.storedThrough).toEqual([['e1', 1]]);
    }, PATIENT);
    bench.control.changed(jobRecord('J-2', { revision: 1 }));
    expect([gist(await watched.next()), gist(await watched.next())]).toEqual([
      'stateChange J-1 r1',
      'stateChange J-2 r1',
    ]);
    watched.call.cancel();
  });
});
