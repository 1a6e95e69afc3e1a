// A whole simulated cell, as `celda sim` runs it, whose gateway is attacked from another process: how late the cycles of its control
// process begin meanwhile, and what the gateway holds.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CeldaProcess } from '../bench/celda-process.ts';
import { pause } from '../bench/moving-cell.ts';
import { memoryOf } from '../bench/processes.ts';
import { latenessOf } from './cycle-lateness.ts';
import type { AttackName } from './hostile-attacks.ts';
import type { CycleTimes } from './programs/cycle-times.ts';

const PERIOD_MS = 10;
/** How often memory is looked at, ms: a peak of the resident set lasts longer. */
const LOOK_MS = 20;
/** What the writing of the file itself delays is none of the attacker's. */
const CYCLES_LEFT_OUT = 20;
const TOLD_MS_MAX = 10_000;

export interface CellUnderAttack {
  readonly rounds: number;
  readonly seconds: number;
  /** How late each cycle was, ms. */
  readonly lateMs: readonly number[];
  readonly overruns: number;
  /** Highest resident memory of the gateway, beyond what it had before, MiB. */
  readonly memoryMib: number;
  readonly isAlive: boolean;
  readonly wrong: readonly string[];
}

export class HostileCell {
  readonly #folder: string;
  readonly #process: CeldaProcess;
  readonly #attacker: ChildProcess;
  #gatewayPid: number;
  readonly #port: number;
  #overruns = 0;

  private constructor(folder: string, process: CeldaProcess, port: number) {
    this.#folder = folder;
    this.#process = process;
    this.#port = port;
    this.#gatewayPid = process.gatewayPid;
    this.#attacker = fork(join(import.meta.dirname, 'hostile-attacker.ts'), { execArgv: [] });
  }

  static async start(): Promise<HostileCell> {
    const folder = mkdtempSync(join(tmpdir(), 'celda-hostile-'));
    const program = join(import.meta.dirname, 'programs/cycle-times.ts');
    const example = readFileSync(join(import.meta.dirname, '../../cells/pick-and-place/cell.yaml'), 'utf8');
    const text = example.replace('cyclePeriodMs: 20', `cyclePeriodMs: ${PERIOD_MS}`);
    writeFileSync(join(folder, 'cell.yaml'), `${text}\nprograms:\n  cycle-times: ${program}\n`);
    process.env['CELDA_CYCLE_TIMES'] = join(folder, 'cycles.json');
    const running = new CeldaProcess('sim', join(folder, 'cell.yaml'), '--grpc-port', '0', '--sim-port', '0');
    await running.says(/is ready/, 60_000);
    const address = await running.says(/gRPC +(\S+)/);
    const cell = new HostileCell(folder, running, Number(address.slice(address.lastIndexOf(':') + 1)));
    // What is compiled and buffered at first use is no effect of an attack.
    await cell.attack('mutated messages', 500, 0);
    return cell;
  }

  /** Nobody is there. @returns how late each cycle was, ms */
  async idle(seconds: number): Promise<readonly number[]> {
    await this.#cycles();
    await pause(seconds * 1000);
    return (await this.#cycles()).lateMs;
  }

  /** @param seconds the attack is made again and again for so long; once at least */
  async attack(attack: AttackName, times: number, seconds: number): Promise<CellUnderAttack> {
    await this.#cycles();
    const before = memoryOf(this.#gatewayPid).residentMiB;
    let peak = before;
    const look = setInterval(() => {
      if (this.#isAlive()) peak = Math.max(peak, memoryOf(this.#gatewayPid).residentMiB);
    }, LOOK_MS);
    const from = performance.now();
    const wrong: string[] = [];
    let rounds = 0;
    do {
      wrong.push(...(await this.#attackOnce(attack, times)));
      rounds += 1;
    } while (performance.now() - from < seconds * 1000);
    clearInterval(look);
    const lasted = (performance.now() - from) / 1000;
    const isAlive = this.#isAlive();
    const cycles = await this.#cycles();
    return { rounds, seconds: lasted, ...cycles, memoryMib: peak - before, isAlive, wrong };
  }

  async stop(): Promise<void> {
    this.#attacker.disconnect();
    await this.#process.stop();
    rmSync(this.#folder, { recursive: true });
  }

  #isAlive(): boolean {
    return existsSync(`/proc/${this.#gatewayPid}/status`) && this.#process.gatewayPid === this.#gatewayPid;
  }

  #attackOnce(attack: AttackName, times: number): Promise<readonly string[]> {
    return new Promise((resolve) => {
      this.#attacker.once('message', (message) => resolve((message as { wrong: readonly string[] }).wrong));
      this.#attacker.send({ port: this.#port, attack, times });
    });
  }

  /** Since it was asked last. @throws Error when the control process does not tell */
  async #cycles(): Promise<{ readonly lateMs: readonly number[]; readonly overruns: number }> {
    const file = join(this.#folder, 'cycles.json');
    process.kill(this.#process.controlPid, 'SIGUSR2');
    const deadline = performance.now() + TOLD_MS_MAX;
    while (!existsSync(file)) {
      if (performance.now() > deadline) throw new Error(`control does not tell its cycles: ${this.#process.lastWords}`);
      await pause(LOOK_MS);
    }
    const { at, overruns } = JSON.parse(readFileSync(file, 'utf8')) as CycleTimes;
    rmSync(file);
    const since = overruns - this.#overruns;
    this.#overruns = overruns;
    return { lateMs: latenessOf(at.slice(CYCLES_LEFT_OUT), PERIOD_MS), overruns: since };
  }
}
