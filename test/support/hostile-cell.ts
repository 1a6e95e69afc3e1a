// A whole simulated cell, as `celda sim` runs it, whose gateway is attacked from another process: how late the cycles of its control
// process begin meanwhile, and what the gateway holds.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CellServiceDefinition } from '../../proto/generated/services.js';
import { GrpcClient } from '../../src/client/grpc-client.ts';
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
/** Between signs that it goes on, ms. */
const TELL_MS = 10_000;

export interface CellUnderAttack {
  readonly rounds: number;
  readonly seconds: number;
  /** How late each cycle was, ms. */
  readonly lateMs: readonly number[];
  readonly overruns: number;
  /** Highest resident memory of the gateway, beyond what it had before, MiB. */
  readonly memoryMib: number;
  /** Highest resident memory of the control process, beyond what it had before, MiB. */
  readonly controlMemoryMib: number;
  readonly isAlive: boolean;
  /** The control process is the one that was begun with: process and run. */
  readonly isControlUntouched: boolean;
  readonly wrong: readonly string[];
}

/** One run of the control process. */
export interface ControlRun {
  readonly pid: number;
  readonly epoch: string;
}

/** The same attacker at work on the same machine, with nobody who asks anything of the cell. */
export interface ReferenceLoad {
  readonly rounds: number;
  /** How late each cycle was, ms. */
  readonly lateMs: readonly number[];
}

/** The highest resident memory of a process since this was made. */
class MemoryPeak {
  readonly #pid: number;
  readonly #before: number;
  #peak: number;

  constructor(pid: number) {
    this.#pid = pid;
    this.#before = memoryOf(pid).residentMiB;
    this.#peak = this.#before;
  }

  look(): void {
    this.#peak = Math.max(this.#peak, memoryOf(this.#pid).residentMiB);
  }

  get grownMib(): number {
    return this.#peak - this.#before;
  }
}

export class HostileCell {
  /** Told every 10 s of an attack that goes on: for how long, and what the gateway has taken. */
  onProgress: ((attack: AttackName, seconds: number, memoryMib: number) => void) | undefined;
  readonly #folder: string;
  readonly #process: CeldaProcess;
  readonly #attacker: ChildProcess;
  readonly #gatewayPid: number;
  readonly #port: number;
  #control: ControlRun = { pid: 0, epoch: '' };
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
    cell.#control = await cell.#controlNow();
    return cell;
  }

  /** The run of the control process that everything is measured on. */
  get control(): ControlRun {
    return this.#control;
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
    const { controlPid } = this.#process;
    const [gateway, control] = [new MemoryPeak(this.#gatewayPid), new MemoryPeak(controlPid)];
    const from = performance.now();
    const lasted = (): number => (performance.now() - from) / 1000;
    const look = setInterval(() => {
      if (this.#isAlive()) gateway.look();
      control.look();
    }, LOOK_MS);
    const tell = setInterval(() => this.onProgress?.(attack, lasted(), gateway.grownMib), TELL_MS);
    const wrong: string[] = [];
    let rounds = 0;
    do {
      wrong.push(...(await this.#attackOnce(attack, times, this.#port)));
      rounds += 1;
    } while (lasted() < seconds);
    for (const timer of [look, tell]) clearInterval(timer);
    const took = lasted();
    const isAlive = this.#isAlive();
    const { pid, epoch } = isAlive ? await this.#controlNow() : { pid: this.#process.controlPid, epoch: '' };
    const isControlUntouched = pid === this.#control.pid && (!isAlive || epoch === this.#control.epoch);
    const memory = { memoryMib: gateway.grownMib, controlMemoryMib: control.grownMib };
    return { rounds, seconds: took, ...(await this.#cycles()), ...memory, isAlive, isControlUntouched, wrong };
  }

  /** The attack on a listener that closes each connection at its first bytes: only for one that waits for no answer. */
  async attackNobody(attack: AttackName, times: number, seconds: number): Promise<ReferenceLoad> {
    const listener = fork(join(import.meta.dirname, 'bare-listener.ts'), { execArgv: [] });
    try {
      const [port] = (await once(listener, 'message')) as [number];
      await this.#cycles();
      const until = performance.now() + seconds * 1000;
      let rounds = 0;
      do {
        await this.#attackOnce(attack, times, port);
        rounds += 1;
      } while (performance.now() < until);
      return { rounds, lateMs: (await this.#cycles()).lateMs };
    } finally {
      listener.disconnect();
    }
  }

  /** Asked of the gateway, which has to answer after an attack. @throws Error when it does not within 10 s */
  async #controlNow(): Promise<ControlRun> {
    const client = new GrpcClient(`127.0.0.1:${this.#port}`);
    const ask = () => client.call(CellServiceDefinition.getCellState, {}, { timeoutMs: TOLD_MS_MAX });
    const deadline = performance.now() + TOLD_MS_MAX;
    let answer = await ask();
    for (; !answer.ok && performance.now() < deadline; answer = await ask()) await pause(LOOK_MS);
    client.close();
    if (!answer.ok) throw new Error(`the gateway does not answer: ${answer.error.status} ${answer.error.message}`);
    return { pid: this.#process.controlPid, epoch: answer.value.state?.epoch ?? '' };
  }

  async stop(): Promise<void> {
    this.#attacker.disconnect();
    await this.#process.stop();
    rmSync(this.#folder, { recursive: true });
  }

  #isAlive(): boolean {
    return existsSync(`/proc/${this.#gatewayPid}/status`) && this.#process.gatewayPid === this.#gatewayPid;
  }

  #attackOnce(attack: AttackName, times: number, port: number): Promise<readonly string[]> {
    return new Promise((resolve) => {
      this.#attacker.once('message', (message) => resolve((message as { wrong: readonly string[] }).wrong));
      this.#attacker.send({ port, attack, times });
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
