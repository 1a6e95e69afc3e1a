// Goal: a gateway that begins while an order runs tells nobody that it is interrupted, and serves all the same when control is gone.
// Method: a gateway on a journal that has a running order, over a real connection; control greets, or does not, in virtual time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { JobClient } from '../../src/app/job-client.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { type GatewayServer, startGatewayServer } from '../../src/mes/gateway-server.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { ControlFake } from '../support/control-fake.ts';
import { pickCell, startMesBench, stopIn } from '../support/mes-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const AWAITED_MS = 500;
const RUNNING = jobRecord('J-1', { state: 'Running', substate: undefined, revision: 2 });
let directory: string;
let journal: JournalPort;
let control: ControlFake;
let clock: VirtualClock;
/** Undefined while it does not serve. */
let server: GatewayServer | undefined;
let starting: Promise<void>;

async function open(): Promise<void> {
  const opened = await openJournal({ path: join(directory, 'j.db') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  await open();
  const before = await startMesBench(pickCell(), undefined, journal);
  before.control.hello([], 'e1');
  const seq = before.control.changed(RUNNING);
  await vi.waitFor(() => expect(before.control.storedThrough).toContainEqual(['e1', seq]));
  const listening = before.control.listeners;
  await before.stop();
  await journal.close();
  await open();
  [control, clock, server] = [new ControlFake(), new VirtualClock(), undefined];
  starting = startGatewayServer({
    cell: pickCell(),
    control,
    clock,
    journal,
    port: 0,
    controlAwaitedMs: AWAITED_MS,
    log: () => undefined,
  }).then((started) => {
    if (!started.ok) throw new Error(started.error.message.en);
    server = started.value;
  });
  // It has read the journal, and waits.
  await vi.waitFor(() => expect(control.listeners).toBe(listening));
  for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
});
afterEach(async () => {
  if (server !== undefined) await stopIn(clock, server);
  await journal.close();
  rmSync(directory, { recursive: true });
});

async function firstShown(): Promise<unknown> {
  await starting;
  const client = new JobClient(`127.0.0.1:${server?.port ?? 0}`);
  try {
    for await (const event of client.watch([])) return event;
  } finally {
    client.close();
  }
  return undefined;
}

it('serves once control has greeted, and shows the order running', async () => {
  expect(server).toBeUndefined();
  control.hello([RUNNING], 'e1');
  expect(await firstShown()).toMatchObject({
    ok: true,
    value: { kind: 'job', job: { jobOrderId: 'J-1', state: 'Running' } },
  });
});

it('serves all the same when control does not greet in time, and shows the order interrupted, and why', async () => {
  clock.advance(AWAITED_MS - 1);
  for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
  expect(server).toBeUndefined();
  clock.advance(1);
  expect(await firstShown()).toMatchObject({
    ok: true,
    value: { kind: 'job', job: { jobOrderId: 'J-1', state: 'Interrupted', reason: { code: 4006 } } },
  });
});
