// The real processes of a simulated cell, and what happens when one of them is killed. Real time: what is waited for is
// an event (a line, an answer, an exit), never a duration.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { CallOutcome } from '../../src/app/grpc-client.ts';
import { JobClient } from '../../src/app/job-client.ts';
import { SimulationClient } from '../../src/app/simulation-client.ts';
import { turn } from '../../src/cli/operator.ts';

const ROOT = join(import.meta.dirname, '../..');
const CELL = 'cells/pick-and-place/cell.yaml';
const LIMIT_MS = 90_000;

const runtime = mkdtempSync(join(tmpdir(), 'celda-test-'));
afterAll(() => rmSync(runtime, { recursive: true }));

const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await exit;
  }
});

class Simulation {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  #text = '';
  readonly #waiting = new Set<() => void>();

  constructor(...args: readonly string[]) {
    this.child = spawn(
      process.execPath,
      ['src/cli/main.ts', 'sim', CELL, '--grpc-port', '0', '--sim-port', '0', ...args],
      { cwd: ROOT, env: { ...process.env, XDG_RUNTIME_DIR: runtime, LANG: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    started.push(this.child);
    const hear = (bytes: Buffer): void => {
      this.#text += bytes.toString();
      for (const look of [...this.#waiting]) look();
    };
    this.child.stdout?.on('data', hear);
    this.child.stderr?.on('data', hear);
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code) => {
        hear(Buffer.from('\n'));
        resolve(code);
      });
    });
  }

  get text(): string {
    return this.#text;
  }

  /** Resolves with the first group of `pattern` when it has been printed; `times` counts its occurrences. */
  says(pattern: RegExp, times = 1): Promise<string> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = [...this.#text.matchAll(new RegExp(pattern, 'g'))][times - 1];
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found[1] ?? found[0]);
      };
      this.#waiting.add(look);
      look();
    });
  }

  async open() {
    await this.says(/nothing moves before a reset/);
    const jobs = new JobClient(await this.says(/gRPC +(\S+)/));
    const operator = new SimulationClient(await this.says(/simulation +(\S+)/));
    const controlPid = Number(await this.says(/control (\d+),/));
    const gatewayPid = Number(await this.says(/gateway (\d+)/));
    return { jobs, operator, controlPid, gatewayPid };
  }
}

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

describe('a simulated cell of real processes', () => {
  it(
    'comes back stopped when control is killed, with the job order interrupted; the board makes itself safe',
    async () => {
      const simulation = new Simulation();
      const { jobs, operator, controlPid, gatewayPid } = await simulation.open();
      await submit(jobs, operator, 'J-1');
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
    'goes on without its gateway, which comes back and knows the job order',
    async () => {
      const simulation = new Simulation();
      const { jobs, operator, controlPid, gatewayPid } = await simulation.open();
      await submit(jobs, operator, 'J-1');
      process.kill(gatewayPid, 'SIGKILL');
      await simulation.says(/gateway: ended by SIGKILL; it is started again in 100 ms/);
      const job = await until(
        () => jobs.get('J-1'),
        (answer) => !isAway(answer),
      );
      expect(job).toMatchObject({ ok: true, value: { jobOrderId: 'J-1' } });
      expect(isGone(controlPid)).toBe(false);
      expect(simulation.text).not.toMatch(/control: ended/);
      jobs.close();
      operator.close();
    },
    LIMIT_MS,
  );

  it(
    'stops in a controlled way on SIGTERM, exits 0 and leaves nothing behind',
    async () => {
      const simulation = new Simulation();
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
      const simulation = new Simulation();
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
      const simulation = new Simulation('--grpc-port', String(port));
      expect(await simulation.exited).toBe(4);
      expect(simulation.text).toContain(String(port));
      squatter.close();
    },
    LIMIT_MS,
  );
});
