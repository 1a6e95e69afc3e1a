// Goal: a jog ends with its client, however that goes, and a client behind a slow connection moves nothing. Method: a gateway on a
// socket, control stepped in real time, the client a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRealClock } from '../../src/app/real-clock.ts';
import { type GatewayServer, startGatewayServer } from '../../src/mes/gateway-server.ts';
import { LiveControl } from '../support/live-control.ts';
import { manualCell } from '../support/manual-cell.ts';

const PROGRAM = new URL('../support/programs/jog-client.ts', import.meta.url).pathname;
const LEASE_MS = 150;
/** A cycle sees the end of a lease when it comes, and timers of a busy machine are late. */
const CYCLE_MS_MAX = 40;
const TIMES = 2;

let control: LiveControl;
let gateway: GatewayServer;
const undo: (() => void)[] = [];

beforeEach(async () => {
  control = new LiveControl();
  undo.push(() => control.stop());
  const clock = createRealClock();
  const started = await startGatewayServer({ cell: manualCell(), control, clock, port: 0, log: () => undefined });
  if (!started.ok) throw new Error(started.error.message.en);
  gateway = started.value;
});
afterEach(async () => {
  for (const task of undo.splice(0).toReversed()) task();
  await gateway.stop();
});

function startClient(port = gateway.port): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM, `127.0.0.1:${port}`], { stdio: ['pipe', 'ignore', 'inherit'] });
  undo.push(() => child.kill('SIGKILL'));
  return child;
}

/** A client that jogs, at some phase of the cycle. */
async function movingClient(): Promise<ChildProcess> {
  const since = performance.now();
  const client = startClient();
  await expect.poll(() => control.lastMotionAt, { timeout: 20_000, interval: 7 }).toBeGreaterThan(since);
  return client;
}

it.each(['SIGKILL', 'SIGSTOP'] as const)(
  '[G1] [G6] a client that gets %s has no joint asked to move 150 ms later',
  async (signal) => {
    for (let time = 0; time < TIMES; time += 1) {
      const client = await movingClient();
      client.kill(signal);
      const lostAt = performance.now();
      await pause(LEASE_MS + 250);
      expect(control.lastDemandAt - lostAt).toBeLessThanOrEqual(LEASE_MS + CYCLE_MS_MAX);
      expect(control.rig.speedMmPerS).toBe(0);
      client.kill('SIGKILL');
    }
  },
);

it('a client that was frozen and goes on moves nothing with what it was about to ask', async () => {
  const client = await movingClient();
  client.kill('SIGSTOP');
  await pause(LEASE_MS + 250);
  const stood = control.position;
  client.kill('SIGCONT');
  await pause(300);
  expect(control.position).toBe(stood);
});

/** Hands bytes on after a while, in both directions and in order. @returns its port */
async function slowConnection(delayMs: number): Promise<number> {
  const carry = (from: Socket, to: Socket): void => {
    from.on('data', (bytes) => setTimeout(() => to.write(bytes), delayMs));
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  };
  const server = createServer((near) => {
    const far = connect(gateway.port, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

it('[G6] a client whose connection takes longer than the lease there and back moves nothing', async () => {
  const before = control.position;
  startClient(await slowConnection(LEASE_MS / 2));
  await expect.poll(() => control.rig.state.jog?.holder, { timeout: 20_000 }).toBeDefined();
  await pause(1_000);
  expect(control.position).toBe(before);
});

it('a client whose connection is slower than usual, but quick enough, moves', async () => {
  startClient(await slowConnection(15));
  await expect.poll(() => control.lastMotionAt, { timeout: 20_000 }).toBeGreaterThan(0);
});
