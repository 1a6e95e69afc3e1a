// Processes that a measurement needs: started here, told when to end, and never left behind.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

const READY_MS = 20_000;
const END_MS = 5_000;

/** A module of this folder in its own process, which says `ready`, takes messages and ends when it is disconnected. */
export class Helper {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** @param execArgv options of Node itself. @throws Error when the process ends or says nothing for 20 s */
  static async start(
    module: string,
    argument: object,
    execArgv: readonly string[] = [],
    env: NodeJS.ProcessEnv = process.env,
  ): Promise<Helper> {
    const path = new URL(module, import.meta.url).pathname;
    const child = fork(path, [JSON.stringify(argument)], {
      execArgv: [...execArgv],
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const helper = new Helper(child);
    try {
      await helper.next('ready', READY_MS);
    } catch (error) {
      await helper.stop();
      throw error;
    }
    return helper;
  }

  send(message: object): void {
    this.#child.send(message);
  }

  /** Resolves with the next message of that kind. @throws Error after `withinMs`, or when the process ends */
  next(kind: string, withinMs: number): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#child.off('message', take);
        this.#child.off('exit', fail);
      };
      const take = (message: unknown): void => {
        if (typeof message !== 'object' || message === null || !('kind' in message) || message.kind !== kind) return;
        end();
        resolve({ ...message });
      };
      const fail = (): void => {
        end();
        reject(new Error(`${this.#child.spawnargs[1] ?? 'a process'} did not say ${kind}`));
      };
      const timer = setTimeout(fail, withinMs);
      this.#child.on('message', take);
      this.#child.on('exit', fail);
    });
  }

  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await ended(this.#child);
  }
}

/** Resolves when the process is gone; one that does not go by itself is killed. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await exit;
  clearTimeout(timer);
}

/** Within a helper: what it was started with. */
export function helperArgument(): unknown {
  return JSON.parse(process.argv[2] ?? 'null');
}

/** Within a helper: tells the parent; ends with the parent. */
export function tell(message: object): void {
  process.send?.(message);
}

/** Within a helper: says that it is ready, and ends when the parent lets go. */
export function sayReady(): void {
  process.on('disconnect', () => process.exit(0));
  tell({ kind: 'ready' });
}
