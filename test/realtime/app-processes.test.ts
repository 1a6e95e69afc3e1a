// The real processes of a simulated cell, and what happens when one of them is killed. Real time: what is waited for is
// an event (a line, an answer, an exit), never a duration.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { SimulationServiceDefinition } from '../../proto/generated/services.js';
import type { JobClient } from '../../src/app/job-client.ts';
import type { SimulationClient } from '../../src/app/simulation-client.ts';
import { turn } from '../../src/cli/operator.ts';
import { type CallOutcome, GrpcClient } from '../../src/client/grpc-client.ts';
import { exampleCell } from '../support/cycle-rig.ts';
import { schedulingOf } from '../support/scheduling-of.ts';
import { LIMIT_MS, runtime, SimulationProcess } from '../support/simulation-process.ts';

/** Asks again until `wanted` accepts the answer: gRPC tells when a process is back, and nothing else does. */
async function until<T>(
  ask: () => Promise<CallOutcome<T>>,
  wanted: (answer: CallOutcome<T>) => boolean,
): Promise<CallOutcome<T>> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAway<T>(answer: CallOutcome<T>): boolean {
  return !answer.ok && (answer.error.kind === 'unreachable' || answer.error.reason === 'CELL_NOT_READY');
}

/** A file of its own, in a folder that is removed with everything else. */
function copyOfCell(): string {
  const folder = mkdtempSync(join(tmpdir(), 'celda-test-'));
  folders.push(folder);
  const path = join(folder, 'cell.yaml');
  copyFileSync(join(import.meta.dirname, '../../cells/pick-and-place/cell.yaml'), path);
  return path;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

async function untilGone(...pids: readonly number[]): Promise<void> {
  while (!pids.every(isGone)) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Resets and submits until the cell takes the order: a loaded machine may stop it in between. */
async function submit(jobs: JobClient, operator: SimulationClient, jobOrderId: string): Promise<void> {
  const request = { jobOrderId, workMasterId: 'pick-and-place', description: '', priority: 0, parameters: {} };
  await until(
    async () => {
      await turn(operator, 'reset', 'push');
      return jobs.submit(request);
    },
    (answer) => answer.ok,
  );
}

/** What the hazardous outputs of the board do, by the board's own time. */
class PinRecord {
  readonly values = new Map<string, number>();
  /** The safe values of the example cell: servos without pulses, all else off but the valve. */
  readonly safe = new Map<string, number>();
  lastPulseAtUs = Number.NaN;
  safeAtUs = Number.NaN;
  readonly #grpc: GrpcClient;
  readonly #end = new AbortController();
  pulses = 0;
  isTripped = false;
  #look: () => void = () => undefined;

  constructor(address: string) {
    for (const device of exampleCell().devices) {
      if (device.kind === 'servo') this.safe.set(device.name, 0);
      if (device.kind === 'digital-output' && device.hazardous)
        this.safe.set(device.name, device.safe === 'on' ? 1 : 0);
    }
    this.#grpc = new GrpcClient(address);
    void this.#record();
  }

  /** Resolves when servos have been told a new pulse width so often. */
  moved(times: number): Promise<void> {
    return this.#until(() => this.pulses >= times);
  }

  tripped(): Promise<void> {
    return this.#until(
      () => this.isTripped && [...this.safe].every(([name, value]) => this.values.get(name) === value),
    );
  }

  close(): void {
    this.#end.abort();
    this.#grpc.close();
  }

  #until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => {
        if (isDone()) resolve();
      };
      this.#look();
    });
  }

  async #record(): Promise<void> {
    const request = { devices: [...this.safe.keys()], includeInitialState: true };
    const changes = this.#grpc.stream(SimulationServiceDefinition.watchPins, request, this.#end.signal);
    for await (const change of changes) {
      if (!change.ok) return;
      const { boardTimeUs, pin, boardChange } = change.value;
      if (boardChange) this.isTripped = boardChange.state === celda.sim.v1.BoardState.BOARD_STATE_TRIPPED;
      if (pin && this.safe.has(pin.device)) this.#note(pin.device, pin.value, boardTimeUs.toNumber());
      this.#look();
    }
  }

  #note(device: string, value: number, atUs: number): void {
    this.values.set(device, value);
    if (value > 1) {
      this.lastPulseAtUs = atUs;
      this.pulses += 1;
    } else this.safeAtUs = atUs;
  }
}

describe('a simulated cell of real processes', () => {
  it(
    'comes back stopped when control is killed, with the job order interrupted; the board makes itself safe',
    async () => {
      const cell = copyOfCell();
      const simulation = new SimulationProcess(cell);
      const { jobs, operator, controlPid, gatewayPid } = await simulation.open();
      // What comes back is what was started: nobody has checked or proved what the file has become.
      writeFileSync(cell, 'celda: 2');
      await submit(jobs, operator, 'J-1');
      // An order is acknowledged a cycle before it begins, and one that has not begun is not interrupted.
      await until(
        () => jobs.get('J-1'),
        (answer) => answer.ok && answer.value.state === 'Running',
      );
      const watching = new AbortController();
      const states: string[] = [];
      const watched = (async () => {
        for await (const { state } of operator.watchBoards(watching.signal)) states.push(state);
      })();

      process.kill(controlPid, 'SIGKILL');
      await simulation.says(/control: ended by SIGKILL; it is started again in 200 ms/);
      const job = await until(
        () => jobs.get('J-1'),
        (answer) => answer.ok && answer.value.state === 'Interrupted',
      );
      expect(job).toMatchObject({ value: { substate: 'Held' } });
      await simulation.says(/board uno-1: link stopped/, 2);
      const request = { jobOrderId: 'J-2', workMasterId: 'park', description: '', priority: 0, parameters: {} };
      const refused = await until(
        () => jobs.submit(request),
        (answer) => !isAway(answer),
      );
      expect(refused).toMatchObject({ ok: false, error: { status: 'FAILED_PRECONDITION', reason: 'UNIT_NOT_READY' } });
      expect(isGone(gatewayPid)).toBe(false);

      watching.abort();
      await watched;
      expect(states).toContain('tripped');
      expect(states.at(-1)).toBe('stopped');
      jobs.close();
      operator.close();
    },
    LIMIT_MS,
  );

  it(
    '[P1] has every hazardous output at its safe value within a lease, in the time of the board, when control is killed',
    async () => {
      const simulation = new SimulationProcess();
      const { jobs, operator, controlPid } = await simulation.open();
      const pins = new PinRecord(operator.address);
      await submit(jobs, operator, 'J-1');
      await pins.moved(20);
      process.kill(controlPid, 'SIGKILL');
      await pins.tripped();
      const { boards, cyclePeriodMs } = exampleCell();
      const leaseMs = boards[0]?.leaseMs ?? Number.NaN;
      // The last command that moved a servo may be older than the last command by a few cycles of equal pulses.
      expect((pins.safeAtUs - pins.lastPulseAtUs) / 1000).toBeLessThanOrEqual(leaseMs + 1 + 3 * cyclePeriodMs);
      expect(Object.fromEntries(pins.values)).toEqual(Object.fromEntries(pins.safe));
      pins.close();
      jobs.close();
      operator.close();
    },
    LIMIT_MS,
  );

  it(
    '[G1] goes on without its gateway, which comes back and knows the job order',
    async () => {
      const cell = copyOfCell();
      const simulation = new SimulationProcess(cell);
      const { jobs, operator, controlPid, gatewayPid } = await simulation.open();
      writeFileSync(cell, 'celda: 2');
      const pins = new PinRecord(operator.address);
      await submit(jobs, operator, 'J-1');
      await pins.moved(10);
      const killedAt = performance.now();
      process.kill(gatewayPid, 'SIGKILL');
      const servesAgain = until(
        () => jobs.get('J-1'),
        (answer) => !isAway(answer),
      ).then((answer) => ({ answer, afterMs: performance.now() - killedAt }));
      // The arm goes on with nobody to tell about it.
      await pins.moved(pins.pulses + 30);
      expect(pins.isTripped).toBe(false);
      await simulation.says(/gateway: ended by SIGKILL; it is started again in 100 ms/);
      const { answer, afterMs } = await servesAgain;
      expect(answer).toMatchObject({ ok: true, value: { jobOrderId: 'J-1' } });
      // 2 s on a machine that has nothing else to do, as `npm run bench -- --only gateway-restart` shows; others starve the start of a process.
      expect(afterMs).toBeLessThan(15_000);
      expect(isGone(controlPid)).toBe(false);
      expect(simulation.text).not.toMatch(/control: ended/);
      pins.close();
      jobs.close();
      operator.close();
    },
    LIMIT_MS,
  );

  it.skipIf(spawnSync('chrt', ['--rr', '10', 'true']).status !== 0)(
    'control runs in real time where that is allowed, the gateway gives way',
    async () => {
      const simulation = new SimulationProcess();
      const { jobs, operator, controlPid, gatewayPid } = await simulation.open();
      jobs.close();
      operator.close();
      expect(schedulingOf(controlPid)).toEqual(['SCHED_RR 10']);
      expect(schedulingOf(gatewayPid)).toEqual([`SCHED_OTHER nice ${Math.max(10, getPriority())}`]);
      simulation.child.kill('SIGTERM');
      expect(await simulation.exited).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    '[P5] stops in a controlled way on SIGTERM, exits 0 and leaves nothing behind',
    async () => {
      const simulation = new SimulationProcess();
      const { jobs, operator, controlPid, gatewayPid } = await simulation.open();
      jobs.close();
      operator.close();
      simulation.child.kill('SIGTERM');
      expect(await simulation.exited).toBe(0);
      expect(isGone(controlPid) && isGone(gatewayPid)).toBe(true);
      expect(simulation.text).toContain('[4004]');
      expect(readdirSync(runtime)).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'takes its processes along when the supervisor is killed',
    async () => {
      const simulation = new SimulationProcess();
      const { jobs, operator, controlPid, gatewayPid } = await simulation.open();
      jobs.close();
      operator.close();
      simulation.child.kill('SIGKILL');
      await untilGone(controlPid, gatewayPid);
      expect([isGone(controlPid), isGone(gatewayPid)]).toEqual([true, true]);
    },
    LIMIT_MS,
  );

  it(
    'says which port is taken, and exits 4',
    async () => {
      const squatter = createServer();
      await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
      const address = squatter.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const simulation = new SimulationProcess('--grpc-port', String(port));
      expect(await simulation.exited).toBe(4);
      expect(simulation.text).toContain(String(port));
      squatter.close();
    },
    LIMIT_MS,
  );
});
