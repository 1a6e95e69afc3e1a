// A Celda that runs as a user would start it: the command line in its own process, its output read line by line.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended } from './child.ts';
import { childRunning } from './processes.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

export class CeldaProcess {
  readonly startedAt = performance.now();
  readonly args: readonly string[];
  readonly #child: ChildProcess;
  /** This process ends before its time: then nobody waits for the other one. */
  readonly #abandon = (): void => {
    this.#child.kill('SIGTERM');
  };
  /** Its private directory; a second one for the same cell has the same. */
  readonly runtime = mkdtempSync(join(tmpdir(), 'celda-bench-'));
  #text = '';
  #look: () => void = () => undefined;

  /** @param args of the command line, such as `sim cell.yaml` */
  constructor(...args: readonly string[]) {
    this.args = args;
    this.#child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
      cwd: ROOT,
      env: { ...process.env, XDG_RUNTIME_DIR: this.runtime, LANG: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    process.once('exit', this.#abandon);
    const hear = (bytes: Buffer): void => {
      this.#text += bytes.toString();
      this.#look();
    };
    this.#child.stdout?.on('data', hear);
    this.#child.stderr?.on('data', hear);
  }

  /** The end of what it has printed, for a message about a failure. */
  get lastWords(): string {
    return this.#text.slice(-1000);
  }

  /** Characters printed so far, for `saidSince`. */
  get saidLength(): number {
    return this.#text.length;
  }

  /** What was printed after the first `length` characters. */
  saidSince(length: number): string {
    return this.#text.slice(length);
  }

  get controlPid(): number {
    return childRunning(this.#pid, 'control-process');
  }

  get gatewayPid(): number {
    return childRunning(this.#pid, 'gateway-process');
  }

  get #pid(): number {
    if (this.#child.pid === undefined) throw new Error('the process did not start');
    return this.#child.pid;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Resolves with the exit code when it has ended; null when a signal ended it. */
  async exitCode(): Promise<number | null> {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /**
   * Resolves with the first group of `pattern` when it was printed.
   * @throws Error with the output, after `withinMs` or when the process ends without saying it
   */
  says(pattern: RegExp, withinMs = 20_000): Promise<string> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#child.off('exit', fail);
        this.#look = () => undefined;
      };
      const fail = (): void => {
        end();
        reject(new Error(`not said within ${withinMs} ms: ${pattern}\n${this.#text}`));
      };
      const timer = setTimeout(fail, withinMs);
      this.#child.on('exit', fail);
      this.#look = () => {
        const found = pattern.exec(this.#text);
        if (found === null) return;
        end();
        resolve(found[1] ?? found[0]);
      };
      this.#look();
    });
  }

  /** Ends it as Ctrl-C does, and waits. */
  async stop(): Promise<void> {
    process.off('exit', this.#abandon);
    this.#child.kill('SIGTERM');
    await ended(this.#child);
    rmSync(this.runtime, { recursive: true, force: true });
  }
}
