// Goal: an MES that takes job responses gets each of them, whatever happens to it, to the gateway and to the control process meanwhile,
// and none is asked of it again once it has it. Method: a real receiver over gRPC and a real journal on disk; the control process is played,
// and time is virtual.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as grpc from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { celda } from '../../proto/generated/celda.js';
import {
  JobOrderReceiverServiceDefinition as JOBS,
  JobResponseReceiverServiceDefinition as RECEIVER,
  JobResponseProviderServiceDefinition as RESPONSES,
  type Received,
} from '../../proto/generated/services.js';
import { createReceiver } from '../../src/app/response-push.ts';
import type { CellEvent, CellReply, CellRequest } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { epochMs } from '../../src/core/units.ts';
import { backUpJournal, restoreJournal } from '../../src/journal/copy.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { Retention } from '../../src/journal/store.ts';
import { ATTEMPT_MS, PUSH_BACKOFF } from '../../src/mes/response-outbox.ts';
import type { ConnectionLost, FromControl } from '../../src/ports/cell-channel.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { ControlFake } from '../support/control-fake.ts';
import { type GatewayBench, pickCell, startGatewayBench } from '../support/mes-bench.ts';

type Push = Received<celda.job.v1.ReceiveJobResponseRequest>;
/** What the MES does with a response; `hang`: it never answers. */
type Deed =
  | 'take'
  | 'hang'
  | { readonly code: grpc.status; readonly details?: string }
  | { readonly answer: Uint8Array };

const HOUR_MS = 3_600_000;
const SUCCESS = Buffer.from([8, 1]);
/** A receiver that answers at once is heard within this, on a busy machine too. */
const PATIENT = { timeout: 15_000, interval: 5 };

/** Remembers its orders, and closes what it is asked to close. */
class PlayedControl extends ControlFake {
  readonly told: CellEvent[] = [];
  readonly #records = new Map<string, JobRecord>();

  override say(message: FromControl | ConnectionLost): void {
    if (message.kind === 'event') this.told.push(message.event);
    super.say(message);
  }

  become(record: JobRecord): number {
    this.#records.set(record.order.jobOrderId, record);
    return this.changed(record);
  }

  override request(request: CellRequest): Promise<CellReply> {
    if (request.kind !== 'close' || !this.connected) return super.request(request);
    this.requests.push(request);
    const { requestId, jobOrderId } = request;
    const record = this.#records.get(jobOrderId);
    if (record === undefined) return Promise.resolve({ requestId, ok: false, fault: fault(6004, { jobOrderId }) });
    const closed: JobRecord = { ...record, substate: 'Closed', revision: record.revision + 1 };
    return Promise.resolve({ requestId, ok: true, record: closed, sequence: this.become(closed) });
  }
}

/** The MES. */
class PlayedMes {
  readonly pushed: Push[] = [];
  deed: (push: Push) => Deed = () => 'take';
  #server: grpc.Server | undefined;
  port = 0;
  readonly #hung: grpc.sendUnaryData<Uint8Array>[] = [];

  /** What was left without an answer gets one. */
  answerHung(bytes: Uint8Array): void {
    for (const answer of this.#hung.splice(0)) answer(null, bytes);
  }

  async start(): Promise<void> {
    const server = new grpc.Server();
    const { path, requestDeserialize } = RECEIVER.receiveJobResponse;
    const method = {
      path,
      requestStream: false,
      responseStream: false,
      requestSerialize: (bytes: Buffer) => bytes,
      requestDeserialize,
      responseSerialize: (bytes: Buffer) => bytes,
      responseDeserialize: (bytes: Buffer) => bytes,
    };
    server.addService(
      { receiveJobResponse: method },
      {
        receiveJobResponse: (call: { readonly request: Push }, answer: grpc.sendUnaryData<Uint8Array>) => {
          this.pushed.push(call.request);
          const deed = this.deed(call.request);
          if (deed === 'hang') {
            this.#hung.push(answer);
            return;
          }
          if (deed === 'take') answer(null, SUCCESS);
          else if ('code' in deed) answer({ details: 'as the test wants it', ...deed });
          else answer(null, deed.answer);
        },
      },
    );
    this.port = await new Promise((resolve, reject) => {
      const address = `127.0.0.1:${this.port}`;
      server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
    this.#server = server;
  }

  stop(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  get ids(): readonly (string | undefined)[] {
    return this.pushed.map(({ jobResponse }) => jobResponse?.jobOrderId);
  }
}

let directory: string;
let journal: JournalPort;
let control: PlayedControl;
let mes: PlayedMes;
let bench: GatewayBench;
/** Virtual time of every attempt, ms, since the gateway was started. */
let attempts: number[];
/** Attempts that have no answer yet. */
let underWay = 0;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  mes = new PlayedMes();
  await mes.start();
  control = new PlayedControl();
  await startGateway();
});

afterEach(async () => {
  await stopGateway();
  mes.stop();
  rmSync(directory, { recursive: true });
});

async function startGateway(retention: Partial<Retention> = {}): Promise<void> {
  const opened = await openJournal({ path: join(directory, 'j.db'), retention });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  attempts = [];
  const receiver = createReceiver({ address: `127.0.0.1:${mes.port}`, tls: {} });
  bench = await startGatewayBench(control, pickCell(), undefined, journal, {
    receiver: {
      ...receiver,
      deliver: async (request, signal) => {
        attempts.push(bench.clock.now());
        underWay += 1;
        const answer = await receiver.deliver(request, signal);
        underWay -= 1;
        return answer;
      },
    },
    states: ['Ended', 'Aborted'],
    random: { nextUint32: () => 2 ** 31 },
  });
  control.hello();
}

async function stopGateway(): Promise<void> {
  await bench.stop();
  await journal.close();
}

function ended(jobOrderId: string, overrides: Partial<JobRecord> = {}): JobRecord {
  const endTime = epochMs(5_000);
  return jobRecord(jobOrderId, {
    state: 'Ended',
    substate: 'Completed',
    startTime: epochMs(2_000),
    endTime,
    producedQuantity: 3,
    goodQuantity: 2,
    result: 'Successful',
    revision: 3,
    ...overrides,
  });
}

async function delivery() {
  const answer = await bench.call(JOBS.getReceiverCapabilities, {});
  if (!answer.ok) throw new Error(answer.message);
  const { responseDelivery } = answer.value;
  if (responseDelivery === null) throw new Error('nothing is pushed');
  return responseDelivery;
}

/** The MES has been asked so often, and nothing waits any more. Time goes on, but not while an attempt is under way. */
function untilTaken(count: number): Promise<void> {
  return vi.waitFor(async () => {
    if (underWay === 0) bench.clock.advance(100);
    const pending = await journal.responses.pending(0, 10);
    expect(mes.pushed).toHaveLength(count);
    expect(pending.ok && pending.value).toEqual([]);
  }, PATIENT);
}

/** When the next attempt is made, virtual ms. */
async function planned(): Promise<number> {
  const { nextAttemptTime } = await delivery();
  if (nextAttemptTime === null) return Number.NEGATIVE_INFINITY;
  const wallMs = nextAttemptTime.seconds.toNumber() * 1_000 + nextAttemptTime.nanos / 1_000_000;
  return wallMs - bench.clock.wall() + bench.clock.now();
}

/** The attempt has failed, and the next one is planned. */
function untilAttempted(count: number): Promise<void> {
  return vi.waitFor(async () => {
    expect(attempts).toHaveLength(count);
    expect(await planned()).toBeGreaterThan(bench.clock.now());
  }, PATIENT);
}

/** Lets time pass until the next attempt has been made, and has failed. */
async function toNextAttempt(): Promise<void> {
  const count = attempts.length;
  bench.clock.advance((await planned()) - bench.clock.now());
  await untilAttempted(count + 1);
}

async function placeOf(jobOrderId: string): Promise<string> {
  const answer = await bench.call(JOBS.getJobOrder, { jobOrderId });
  if (!answer.ok) throw new Error(answer.message);
  return (answer.value.jobOrder?.states ?? []).map(({ text }) => text).join('/');
}

describe('a job response', () => {
  it('of an ended and of an aborted order is pushed once, in the order of their ends, and the ended one is closed', async () => {
    control.become(jobRecord('J-1'));
    control.become(ended('J-1'));
    control.become(ended('J-2', { state: 'Aborted', substate: undefined, result: 'Unsuccessful' }));
    await untilTaken(2);
    expect(mes.ids).toEqual(['J-1', 'J-2']);
    const [first, second] = mes.pushed;
    expect(first).toMatchObject({
      cellName: pickCell().name,
      jobResponse: {
        jobResponseId: 'J-1/response',
        etag: expect.stringMatching(/^r3-[0-9a-z]+-[0-9a-f]{8}$/) as string,
      },
    });
    expect(first?.jobResponse?.states.map(({ text }) => text)).toEqual(['Ended', 'Completed']);
    expect(first?.deliveryId).not.toBe(second?.deliveryId);
    expect([await placeOf('J-1'), await placeOf('J-2')]).toEqual(['Ended/Closed', 'Aborted']);
    expect(await delivery()).toMatchObject({ receiver: `127.0.0.1:${mes.port}`, waiting: 0, lastError: '' });
  });

  it('that a client has acknowledged while it waited is not pushed any more', async () => {
    mes.deed = () => ({ code: grpc.status.UNAVAILABLE });
    control.become(ended('J-1'));
    await untilAttempted(1);
    expect((await bench.call(RESPONSES.acknowledgeJobResponse, { jobOrderId: 'J-1' })).ok).toBe(true);
    bench.clock.advance(PUSH_BACKOFF.first);
    await untilTaken(1);
    expect(mes.pushed).toHaveLength(1);
  });

  it('of an order that a client has cleared while it waited is not pushed any more, and is not told to be lost', async () => {
    mes.deed = () => ({ code: grpc.status.UNAVAILABLE });
    control.become(ended('J-1'));
    control.become(ended('J-2', { endTime: epochMs(6_000) }));
    await untilAttempted(1);
    control.removed(ended('J-1'));
    await vi.waitFor(() => expect(bench.server.mirror.get('J-1')).toBeUndefined(), PATIENT);
    mes.deed = () => 'take';
    bench.clock.advance(PUSH_BACKOFF.first);
    await untilTaken(2);
    expect(mes.ids).toEqual(['J-1', 'J-2']);
    expect(bench.log.filter((line) => line.includes('lost'))).toEqual([]);
  });

  it('of an order whose id was cleared and used again while it waited is not pushed for the other one as well', async () => {
    mes.deed = () => ({ code: grpc.status.UNAVAILABLE });
    control.become(ended('J-1'));
    await untilAttempted(1);
    control.removed(ended('J-1'));
    const again = { state: 'Aborted', substate: undefined, storedAt: epochMs(9_000), endTime: epochMs(9_500) } as const;
    control.become(ended('J-1', again));
    await vi.waitFor(() => expect(bench.server.mirror.get('J-1')?.storedAt).toBe(9_000), PATIENT);
    mes.deed = () => 'take';
    bench.clock.advance(PUSH_BACKOFF.first);
    await untilTaken(2);
    expect(mes.pushed.map(({ jobResponse }) => jobResponse?.states[0]?.text)).toEqual(['Ended', 'Aborted']);
    expect(new Set(mes.pushed.map(({ deliveryId }) => deliveryId)).size).toBe(2);
  });

  it('of an order whose id is used again while others are pushed is not taken for the one before, which the MES may know', async () => {
    mes.deed = () => ({ code: grpc.status.UNAVAILABLE });
    control.become(ended('J-0'));
    control.become(ended('J-1'));
    await untilAttempted(1);
    const before = await journal.responses.pending(0, 10);
    mes.deed = () => 'hang';
    bench.clock.advance(PUSH_BACKOFF.first);
    await vi.waitFor(() => expect(mes.pushed).toHaveLength(2), PATIENT);
    control.removed(ended('J-1'));
    const again = { state: 'Aborted', substate: undefined, storedAt: epochMs(9_000), endTime: epochMs(9_500) } as const;
    control.become(ended('J-1', again));
    await vi.waitFor(async () => {
      const stored = await journal.orders.get('J-1');
      expect(stored.ok && stored.value?.event.record.storedAt).toBe(9_000);
    }, PATIENT);
    mes.deed = ({ jobResponse }) => (jobResponse?.jobOrderId === 'J-0' ? { answer: Buffer.alloc(0) } : 'take');
    mes.answerHung(Buffer.alloc(0));
    await vi.waitFor(() => expect(mes.ids).toContain('J-1'), PATIENT);
    const known = before.ok ? before.value.find(({ jobOrderId }) => jobOrderId === 'J-1')?.id : undefined;
    expect(known).toBe(2);
    const ofIt = mes.pushed.filter(({ jobResponse }) => jobResponse?.jobOrderId === 'J-1');
    expect(ofIt.map(({ deliveryId }) => deliveryId)).toEqual([`${journal.id}-3`]);
  });

  it('that the control process tells again is not pushed again', async () => {
    control.become(ended('J-1', { state: 'Aborted', substate: undefined }));
    await untilTaken(1);
    const events = [...control.told];
    await stopGateway();
    await startGateway();
    for (const event of events) control.say({ kind: 'event', event });
    control.become(ended('J-2'));
    await untilTaken(2);
    expect(mes.ids).toEqual(['J-1', 'J-2']);
  });

  it('that was taken while the control process was away is closed when it is back, and not pushed again', async () => {
    control.become(ended('J-1'));
    mes.deed = () => {
      control.lose();
      return 'take';
    };
    await vi.waitFor(() => expect(mes.pushed).toHaveLength(1), PATIENT);
    await vi.waitFor(async () => expect((await delivery()).lastError).toContain('6007'), PATIENT);
    control.hello();
    await vi.waitFor(async () => {
      bench.clock.advance(PUSH_BACKOFF.first);
      expect(await placeOf('J-1')).toBe('Ended/Closed');
    }, PATIENT);
    await untilTaken(1);
    expect(mes.pushed).toHaveLength(1);
  });
});

describe('a receiver', () => {
  it('that is away for hours is tried again ever more rarely, and gets everything when it is back', async () => {
    mes.stop();
    control.become(ended('J-1'));
    control.become(ended('J-2'));
    await untilAttempted(1);
    while (bench.clock.now() < HOUR_MS) await toNextAttempt();
    const pauses = attempts.map((at, index) => at - (attempts[index - 1] ?? at)).slice(1);
    // The random source of this test cuts each pause to three quarters.
    expect(pauses.slice(0, 4)).toEqual([750, 1_500, 3_000, 6_000]);
    expect(Math.max(...pauses)).toBe(0.75 * PUSH_BACKOFF.longest);
    expect(await delivery()).toMatchObject({ waiting: 2, lastError: expect.stringContaining('UNAVAILABLE') as string });
    await mes.start();
    bench.clock.advance(PUSH_BACKOFF.longest);
    await untilTaken(2);
    expect(mes.ids).toEqual(['J-1', 'J-2']);
    expect(bench.log.filter((line) => line.includes('takes job responses again'))).toHaveLength(1);
    expect(bench.levels).toEqual(['warn', 'info']);
  });

  it('that is away for so long that the journal keeps no order so old loses those responses, which is told, and gets the others', async () => {
    await stopGateway();
    await startGateway({ endedOrdersMax: 10, eventsMax: 50 });
    mes.stop();
    const count = 90;
    for (let at = 1; at <= count; at += 1) control.become(ended(`J-${at}`, { endTime: epochMs(5_000 + at) }));
    await untilAttempted(1);
    await mes.start();
    const kept = await vi.waitFor(async () => {
      if (underWay === 0) bench.clock.advance(1_000);
      const pending = await journal.responses.pending(0, 1_000);
      expect(pending.ok && pending.value).toEqual([]);
      return mes.ids;
    }, PATIENT);
    expect(kept.at(-1)).toBe(`J-${count}`);
    expect(kept.length).toBeLessThan(count);
    const lost = count - kept.length;
    const told = bench.log.flatMap(
      (line) => /^(\d+) job responses are lost, of (J-\d+) to (J-\d+)/.exec(line)?.slice(1, 4) ?? [],
    );
    expect(told.length).toBeLessThanOrEqual(3 * attempts.length);
    expect([told[1], told.at(-1)]).toEqual(['J-1', `J-${lost}`]);
    expect(told.filter((_, at) => at % 3 === 0).reduce((sum, many) => sum + Number(many), 0)).toBe(lost);
    // What the trail says of it follows what the log says.
    await vi.waitFor(async () => {
      const trail = await journal.audit.since(0, 1_000);
      const records = trail.ok ? trail.value.filter(({ type }) => type === 'responses.lost') : [];
      expect(records.at(-1)).toMatchObject({ source: 'outbox', result: 'FAILED', object: { kind: 'gateway' } });
      expect(records.at(-1)?.after).toContain(`"last":"J-${lost}"`);
    }, PATIENT);
  });

  it('that never answers is given up after the time of an attempt, and asked again', async () => {
    mes.deed = () => 'hang';
    control.become(ended('J-1'));
    await vi.waitFor(() => expect(mes.pushed).toHaveLength(1), PATIENT);
    bench.clock.advance(ATTEMPT_MS);
    await untilAttempted(1);
    expect((await delivery()).lastError).toBe('no answer within 10 s');
    mes.deed = () => 'take';
    bench.clock.advance(PUSH_BACKOFF.first);
    await untilTaken(2);
    expect(new Set(mes.pushed.map(({ deliveryId }) => deliveryId)).size).toBe(1);
  });

  it.each<readonly [string, Deed]>([
    ['refuses it', { code: grpc.status.INVALID_ARGUMENT }],
    ['answers another return status than success', { answer: Buffer.from([8, 16]) }],
    ['answers nothing', { answer: Buffer.alloc(0) }],
    ['answers what is no message', { answer: Buffer.from([8, 255]) }],
  ])('that %s gets the others meanwhile, and this one again', async (_, deed) => {
    mes.deed = ({ jobResponse }) => (jobResponse?.jobOrderId === 'J-1' && mes.pushed.length < 3 ? deed : 'take');
    control.become(ended('J-1'));
    control.become(ended('J-2'));
    await vi.waitFor(async () => expect(await placeOf('J-2')).toBe('Ended/Closed'), PATIENT);
    expect([mes.ids, await placeOf('J-1')]).toEqual([['J-1', 'J-2'], 'Ended/Completed']);
    await vi.waitFor(async () => expect((await delivery()).waiting).toBe(1), PATIENT);
    bench.clock.advance(PUSH_BACKOFF.first);
    await untilTaken(3);
    expect(mes.ids).toEqual(['J-1', 'J-2', 'J-1']);
    expect(mes.pushed[2]?.deliveryId).toBe(mes.pushed[0]?.deliveryId);
  });

  it('that answers a code which gRPC does not have has answered UNKNOWN', async () => {
    mes.deed = () => JSON.parse('{ "code": 99, "details": "odd" }') as Deed;
    control.become(ended('J-1'));
    await untilAttempted(1);
    expect((await delivery()).lastError).toBe('UNKNOWN: odd');
  });

  it('that refuses 1,000 responses for good gets the later ones all the same', async () => {
    const others = { state: 'Aborted', substate: undefined } as const;
    mes.deed = ({ jobResponse }) => (jobResponse?.jobOrderId === 'J-last' ? 'take' : { answer: Buffer.from([8, 2]) });
    for (let at = 1; at <= 1_000; at += 1) control.become(ended(`J-${at}`, others));
    control.become(ended('J-last', others));
    await vi.waitFor(() => expect(mes.ids).toContain('J-last'), { timeout: 60_000, interval: 50 });
    expect(new Set(mes.ids).size).toBe(1_001);
  }, 90_000);

  it('gets more than 1,000 aborted orders that waited, though nothing happens in the cell any more', async () => {
    mes.deed = () => ({ code: grpc.status.UNAVAILABLE });
    for (let at = 1; at <= 1_010; at += 1) control.become(ended(`J-${at}`, { state: 'Aborted', substate: undefined }));
    await vi.waitFor(
      async () => {
        const pending = await journal.responses.pending(0, 1_000);
        expect(pending.ok && pending.value.length).toBe(1_000);
        expect((await journal.orders.get('J-1010')).ok).toBe(true);
      },
      { timeout: 30_000, interval: 50 },
    );
    await stopGateway();
    mes.deed = () => 'take';
    await startGateway();
    await vi.waitFor(() => expect(mes.ids).toContain('J-1010'), { timeout: 60_000, interval: 50 });
  }, 120_000);

  it('that refuses with a long text of control characters commands no terminal and fills no answer', async () => {
    mes.deed = () => ({ code: grpc.status.INVALID_ARGUMENT, details: `\u001b[2J\n[9001] forged${'x'.repeat(9_000)}` });
    control.become(ended('J-1'));
    await untilAttempted(1);
    const lines = bench.log.filter((line) => line.includes('has not taken'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('INVALID_ARGUMENT: ?[2J?[9001] forgedxxx');
    for (const text of [lines[0] ?? '', (await delivery()).lastError]) {
      expect(text).not.toMatch(/\p{Cc}/u);
      expect(text.length).toBeLessThan(500);
    }
  });

  it('gets what waited in an older backup that was put in place again, under another delivery id', async () => {
    const [path, backup] = [join(directory, 'j.db'), join(directory, 'backup.db')];
    mes.deed = () => ({ code: grpc.status.UNAVAILABLE });
    control.become(ended('J-1'));
    await untilAttempted(1);
    expect(backUpJournal(path, backup)).toMatchObject({ ok: true });
    mes.deed = () => 'take';
    bench.clock.advance(PUSH_BACKOFF.first);
    await untilTaken(2);
    await stopGateway();
    const actor = { identity: 'eva', role: 'local', certFingerprint: '', peer: 'this machine' };
    expect(restoreJournal(backup, path, { stamp: '1', time: epochMs(9_000), actor })).toMatchObject({ ok: true });
    await startGateway();
    await untilTaken(3);
    expect(mes.ids).toEqual(['J-1', 'J-1', 'J-1']);
    const [first, second, third] = mes.pushed.map(({ deliveryId }) => deliveryId);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('[T1] is asked again within the longest pause though the date was a year ahead when it failed, and was set right since', async () => {
    const wall = bench.clock.wall.bind(bench.clock);
    bench.clock.wall = () => epochMs(wall() + 365 * 24 * HOUR_MS);
    mes.deed = () => ({ code: grpc.status.UNAVAILABLE });
    control.become(ended('J-1'));
    await untilAttempted(1);
    await stopGateway();
    mes.deed = () => 'take';
    await startGateway();
    await vi.waitFor(async () => expect(await planned()).toBe(PUSH_BACKOFF.longest), PATIENT);
    bench.clock.advance(PUSH_BACKOFF.longest);
    await untilTaken(2);
    expect(mes.ids).toEqual(['J-1', 'J-1']);
  });

  it('gets what waited when the gateway was stopped, under the same delivery id', async () => {
    mes.deed = () => 'hang';
    control.become(ended('J-1'));
    await vi.waitFor(() => expect(mes.pushed).toHaveLength(1), PATIENT);
    await stopGateway();
    mes.deed = () => 'take';
    await startGateway();
    await untilTaken(2);
    expect(mes.ids).toEqual(['J-1', 'J-1']);
    expect(mes.pushed[1]?.deliveryId).toBe(mes.pushed[0]?.deliveryId);
    expect(await placeOf('J-1')).toBe('Ended/Closed');
  });
});
