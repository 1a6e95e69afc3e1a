// Goal: what only a person at the machine may ask for is heard over a socket of its own and refused to the gateway, and the other way round.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withBypassClient } from '../../src/app/bypass-client.ts';
import { connectSocket, type SocketServer, serveSocket } from '../../src/app/cell-socket.ts';
import { gatewayOnly, withMachine } from '../../src/app/local-requests.ts';
import { createMemoryChannel } from '../../src/app/memory-channel.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { prepareRuntime } from '../../src/app/runtime-dir.ts';
import type { Bypass } from '../../src/core/bypass.ts';
import type { CellRequest } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import type { ControlServer } from '../../src/ports/cell-channel.ts';
import { abortRequest, cellSnapshot, record } from '../support/channel-samples.ts';

const clock = createRealClock();
const ASKED = { stopFunction: 'guard', by: 'ana', reason: 'align', forMs: 1000 } as const;
const BYPASS: Bypass = {
  ...ASKED,
  until: monotonicMs(1),
  untilTime: epochMs(1_767_225_600_000),
  isActive: true,
  pendingUntil: monotonicMs(1),
};

let base = '';
let machine: SocketServer | undefined;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'celda-test-'));
  vi.stubEnv('XDG_RUNTIME_DIR', base);
});
afterEach(async () => {
  machine?.close();
  await machine?.ended();
  machine = undefined;
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true });
});

/** Answers as a control process would that takes everything down. */
function answering(server: ControlServer): CellRequest['kind'][] {
  const heard: CellRequest['kind'][] = [];
  server.listen((request) => {
    heard.push(request.kind);
    const reply = { requestId: request.requestId, ok: true, record: undefined, bypass: BYPASS } as const;
    server.publish({ kind: 'reply', reply });
  });
  server.publish({ kind: 'snapshot', snapshot: { ...cellSnapshot(1), bypasses: [BYPASS] } });
  return heard;
}

async function runningCell() {
  const gateway = createMemoryChannel({ epoch: 'e1', clock });
  const { machine: path } = prepareRuntime(import.meta.filename, '');
  machine = await serveSocket({ path, epoch: 'e1', clock });
  const heard = answering(withMachine(gateway.server, machine));
  return { heard, path, gateway: gateway.client };
}

it('a person at the machine sets, lists and clears bypasses', async () => {
  const { heard } = await runningCell();
  await withBypassClient(undefined, 'en', async (client) => {
    expect(await client.list()).toMatchObject([{ stopFunction: 'guard', by: 'ana', isActive: true }]);
    expect(await client.set(ASKED)).toMatchObject({ stopFunction: 'guard' });
    expect(await client.clear('guard', 'ana')).toMatchObject({ stopFunction: 'guard' });
  });
  expect(heard).toEqual(['bypass', 'clear-bypass']);
});

it('the socket is open to its user only', async () => {
  const { path } = await runningCell();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('the gateway is refused a bypass, with and without a machine socket, and the control process never hears of it', async () => {
  const { heard, gateway } = await runningCell();
  const alone = createMemoryChannel({ epoch: 'e2', clock });
  const heardAlone = answering(gatewayOnly(alone.server));
  for (const client of [gateway, alone.client]) {
    await record(client).until(({ kind }) => kind === 'hello');
    const reply = await client.request({ kind: 'bypass', requestId: 'b', ...ASKED });
    expect(reply).toMatchObject({ ok: false, fault: { code: 4403, detail: { cause: 'place' } } });
    const cleared = await client.request({ kind: 'clear-bypass', requestId: 'c', stopFunction: 'guard', by: 'x' });
    expect(cleared).toMatchObject({ ok: false, fault: { code: 4403 } });
  }
  expect([heard, heardAlone]).toEqual([[], []]);
  alone.client.close();
  gateway.close();
});

it('at the machine nothing else can be asked for', async () => {
  const { heard, path } = await runningCell();
  const client = connectSocket({ path, clock });
  await record(client).until(({ kind }) => kind === 'hello');
  expect(await client.request(abortRequest('r1'))).toMatchObject({ ok: false, fault: { code: 4403 } });
  expect(heard).toEqual([]);
  client.close();
});

it('without a cell that runs there is nothing to ask, and of two the person names one', async () => {
  await expect(withBypassClient(undefined, 'en', (client) => client.list())).rejects.toThrow('no cell runs here');
  await runningCell();
  const other = await serveSocket({ path: prepareRuntime(import.meta.filename, 'sim').machine, epoch: 'e2', clock });
  await expect(withBypassClient(undefined, 'en', (client) => client.list())).rejects.toThrow('2 cells run');
  const named = await withBypassClient(import.meta.filename, 'en', (client) => client.list());
  expect(named).toHaveLength(1);
  other.close();
  await other.ended();
});

it('a refusal reads in the language of the person, with what to do', async () => {
  const { machine: path } = prepareRuntime(import.meta.filename, '');
  const server = await serveSocket({ path, epoch: 'e1', clock });
  machine = server;
  server.listen(({ requestId }) =>
    server.publish({ kind: 'reply', reply: { requestId, ok: false, fault: fault(4403, { cause: 'mode' }) } }),
  );
  server.publish({ kind: 'snapshot', snapshot: cellSnapshot(1) });
  await expect(withBypassClient(undefined, 'es', (client) => client.set(ASKED))).rejects.toThrow(
    'esta anulación no está permitida',
  );
});
