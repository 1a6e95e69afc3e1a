// Celda, and a simulated cell, as real processes, heard through what it prints. End only what was started here, by its pid.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import { JobClient } from '../../src/app/job-client.ts';
import { SimulationClient } from '../../src/app/simulation-client.ts';

const ROOT = join(import.meta.dirname, '../..');
const CELL = 'cells/pick-and-place/cell.yaml';
/** For one test. */
export const LIMIT_MS = 90_000;

export const runtime = mkdtempSync(join(tmpdir(), 'celda-test-'));
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

export class CeldaProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  #text = '';
  #hasEnded = false;
  readonly #waiting = new Set<() => void>();

  /** @param args of the command line */
  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
      cwd: ROOT,
      env: { ...process.env, XDG_RUNTIME_DIR: runtime, LANG: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(this.child);
    const hear = (bytes: Buffer): void => {
      this.#text += bytes.toString();
      for (const look of [...this.#waiting]) look();
    };
    this.child.stdout?.on('data', hear);
    this.child.stderr?.on('data', hear);
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code) => {
        this.#hasEnded = true;
        hear(Buffer.from('\n'));
        resolve(code);
      });
    });
  }

  get text(): string {
    return this.#text;
  }

  /**
   * Resolves with the first group of `pattern` when it has been printed; `times` counts its occurrences.
   * @throws Error with what was printed, when the process ends without it
   */
  says(pattern: RegExp, times = 1): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = [...this.#text.matchAll(new RegExp(pattern, 'g'))][times - 1];
        if (found === undefined && !this.#hasEnded) return;
        this.#waiting.delete(look);
        if (found !== undefined) resolve(found[1] ?? found[0]);
        else reject(new Error(`it has ended and never said ${pattern}; it said:\n${this.#text}`));
      };
      this.#waiting.add(look);
      look();
    });
  }
}

export class SimulationProcess extends CeldaProcess {
  /** @param args options; those of the pick-and-place cell, or of the cell that comes first */
  constructor(...args: readonly string[]) {
    const [cell, options] = args[0]?.endsWith('.yaml') === true ? [args[0], args.slice(1)] : [CELL, args];
    super(['sim', cell, '--grpc-port', '0', '--sim-port', '0', ...options]);
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
