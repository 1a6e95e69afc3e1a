// Attacks a gateway from one process, in another, and asks that for the memory that it took.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { EXEC_ARGV } from '../../src/app/fork-child.ts';
import type { AttackName } from './hostile-attacks.ts';

const MIB = 1024 * 1024;

export interface AttackResult {
  readonly attack: AttackName;
  readonly times: number;
  readonly seconds: number;
  /** Highest resident memory of the gateway, beyond what it had before, MiB. */
  readonly memoryMib: number;
  readonly isAlive: boolean;
  readonly wrong: readonly string[];
}

function child(name: string, execArgv: readonly string[]): ChildProcess {
  return fork(join(import.meta.dirname, name), { execArgv: [...execArgv] });
}

function answer<T>(from: ChildProcess): Promise<T | undefined> {
  return new Promise((resolve) => {
    const take = (message: unknown): void => {
      from.off('exit', end);
      resolve(message as T);
    };
    const end = (): void => {
      from.off('message', take);
      resolve(undefined);
    };
    from.once('message', take);
    from.once('exit', end);
  });
}

export class HostileRun {
  readonly #gateway = child('hostile-gateway.ts', EXEC_ARGV['gateway-process']);
  readonly #attacker = child('hostile-attacker.ts', []);
  #port = 0;

  async start(): Promise<this> {
    this.#port = (await answer<{ port: number }>(this.#gateway))?.port ?? 0;
    // What is compiled and buffered at first use is no effect of an attack.
    await this.attack('mutated messages', 500);
    return this;
  }

  async attack(attack: AttackName, times: number): Promise<AttackResult> {
    const before = await this.#peak();
    const from = performance.now();
    this.#attacker.send({ port: this.#port, attack, times });
    const ended = await answer<{ wrong: readonly string[] }>(this.#attacker);
    const after = await this.#peak();
    return {
      attack,
      times,
      seconds: (performance.now() - from) / 1000,
      memoryMib: Math.max(0, (after ?? Number.NaN) - (before ?? 0)) / MIB,
      isAlive: after !== undefined,
      wrong: ended?.wrong ?? ['the attacker ended'],
    };
  }

  stop(): void {
    this.#attacker.disconnect();
    if (this.#gateway.connected) this.#gateway.disconnect();
  }

  /** Highest since it was asked last, bytes; undefined when the gateway is no more. */
  async #peak(): Promise<number | undefined> {
    if (!this.#gateway.connected) return undefined;
    const told = answer<{ peakBytes: number }>(this.#gateway);
    this.#gateway.send({});
    return (await told)?.peakBytes;
  }
}
