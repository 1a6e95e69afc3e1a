// Runs a cell as two processes: starts them, keeps them running, stops them in order, and tells people about it.
import { rmdirSync, rmSync } from 'node:fs';
import type { Locale } from '../config/problem.ts';
import type { CellModel } from '../core/cell-model.ts';
import type { MonotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { AccessPaths } from './access/access-files.ts';
import { missingPorts, portOf } from './board-ports.ts';
import { keepCopy } from './cell-copy.ts';
import { commissionedBoards, requireCommissioning, type SeenUids } from './commission/commissioned.ts';
import { controlSpawner } from './control-spawner.ts';
import { forkChild } from './fork-child.ts';
import type { InterruptedOrder } from './interrupted-orders.ts';
import { requireFreeJournal } from './journal-holder.ts';
import { holdJournal } from './journal-run.ts';
import { type ChildHandle, type ChildListener, type Exit, KeptProcess } from './kept-process.ts';
import { loadCheckedCell } from './load-checked-cell.ts';
import { acquireLock, type Lock } from './lock-file.ts';
import { EXIT_CODES } from './operator-error.ts';
import type { FromChild, Log } from './process-message.ts';
import type { GatewaySettings } from './process-settings.ts';
import { createRealClock } from './real-clock.ts';
import type { PushSettings } from './response-push.ts';
import { CONTROL_LIMITS, GATEWAY_LIMITS } from './restart-policy.ts';
import { prepareRuntime, type RuntimePaths } from './runtime-dir.ts';
import { createServiceManager, type ServiceManager } from './service-manager.ts';
import { type SupervisorTexts, supervisorTexts } from './supervisor-texts.ts';
import { requireVerification } from './verified.ts';

export interface SupervisorOptions {
  readonly cellPath: string;
  /** Serial port path or `tcp://host:port` by board name; wins over the port in the cell's file. */
  readonly ports: Readonly<Record<string, string>>;
  readonly grpc: { readonly host: string; readonly port: number; readonly access?: AccessPaths | undefined };
  /** Tells apart runs of the same file that may go on at the same time; empty for a cell with real boards. */
  readonly instance: string;
  /** File that remembers job orders. */
  readonly journal: string;
  /** The MES that job responses are pushed to. @defaultValue they are only fetched */
  readonly push?: PushSettings | undefined;
  readonly log: Log;
  readonly locale: Locale;
  /** Ends the run as SIGTERM does. */
  readonly signal?: AbortSignal;
  /** Called once, when both processes do their work for the first time. `grpc` is the address really in use. */
  readonly onReady?: (ready: CellReady) => void;
}

export interface CellReady {
  readonly cell: CellModel;
  /** `host:port` */
  readonly grpc: string;
  /** A person has to decide about each of them. */
  readonly interrupted: readonly InterruptedOrder[];
  readonly controlPid: number | undefined;
  readonly gatewayPid: number | undefined;
}

/** What a process may take on top of the stop itself before it is killed, ms. */
const GRACE_MS = 3_000;

/** A second request to stop within this time is the first one, heard twice, ms. */
const ASKED_AGAIN_AFTER_MS = 1_000;

/** A control process that has published nothing for this long does not control any more, ms. */
const CONTROL_SILENCE_MS_MAX = 5_000;

/** A control process that is not ready so long after its start waits for something that never comes, ms. */
const CONTROL_START_MS_MAX = 30_000;

/**
 * Runs the cell until it is told to stop.
 *
 * @returns the exit code: 0 after a controlled stop, 1 when a process had to be killed or the control process was down,
 *   or that of a process that could not start, e.g. 4 when the gRPC port is taken
 * @throws OperatorError for a bad cell file, a missing port, a proof or a commissioning that is required and missing (4501, 4511), or a cell
 *   or a journal (6507) that is in use already
 */
export async function runSupervisor(options: SupervisorOptions): Promise<number> {
  const cell = loadCheckedCell(options.cellPath, options.locale);
  const missing = missingPorts(cell, options.ports, { locale: options.locale, mayLook: true });
  if (missing !== undefined) throw missing;
  let known: KnownBoards = { uids: {}, seenUids: {} };
  // A simulation has no contacts and wires that somebody could have tried.
  if (options.instance === '') {
    requireVerification(cell, options.cellPath, options.locale);
    known = {
      uids: requireCommissioning(cell, options.cellPath, options.locale),
      seenUids: commissionedBoards(cell, options.cellPath),
    };
  }
  const paths = prepareRuntime(options.cellPath, options.instance);
  // Whoever wants a port is told that this cell uses it, while it is closed too.
  const lock = acquireLock(
    paths.lock,
    cell.boards.flatMap((board) => portOf(board, options.ports) ?? []),
  );
  let journal: Lock | undefined;
  try {
    keepCopy({ ...options, copy: paths.cell, configHash: cell.configHash });
    const clock = createRealClock();
    // Before control is started: it would take the ports of a cell that somebody else's journal says is run already.
    await requireFreeJournal(options.journal, clock, options.locale);
    journal = holdJournal(options.journal);
    const supervisor = new Supervisor({
      cell,
      clock,
      log: options.log,
      locale: options.locale,
      service: createServiceManager(process.env, clock),
      spawn: spawnsFor(options, paths, known),
      onReady: options.onReady,
    });
    return await untilStopped(supervisor, options.signal);
  } finally {
    // A control process that was killed, and not started again before the end, could not remove it.
    for (const left of [paths.socket, paths.machine, paths.cell]) rmSync(left, { force: true });
    journal?.release();
    lock.release();
    removeIfEmpty(paths.directory);
  }
}

/** What the commissioning says of the boards. */
interface KnownBoards {
  readonly uids: Readonly<Record<string, string>>;
  readonly seenUids: SeenUids;
}

function spawnsFor(
  options: SupervisorOptions,
  { socket, machine, cell: cellCopy }: RuntimePaths,
  known: KnownBoards,
): Spawns {
  const { cellPath, ports, grpc, journal, push, locale } = options;
  let { port } = grpc;
  return {
    control: controlSpawner({ cellPath, cellCopy, ports, ...known, socket, machine, locale }),
    gateway: (listener) => {
      const { host, access } = grpc;
      const settings: GatewaySettings = { cellPath, cellCopy, socket, host, port, access, journal, push, locale };
      return forkChild('gateway-process', settings, {
        ended: (exit) => listener.ended(exit),
        message: (message) => {
          // Clients come back to where the gateway was: a restarted one has to be there, whichever free port it took.
          if (message.kind === 'ready') port = portIn(message.address) ?? port;
          listener.message(message);
        },
      });
    },
  };
}

function portIn(address: string | undefined): number | undefined {
  return address === undefined ? undefined : Number(address.slice(address.lastIndexOf(':') + 1));
}

/** The directory stays when something else is in it; it is private, and found again at the next start. */
function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // Not empty, or already gone.
  }
}

async function untilStopped(supervisor: Supervisor, signal: AbortSignal | undefined): Promise<number> {
  const stop = (): void => supervisor.stop();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, stop);
  signal?.addEventListener('abort', stop);
  try {
    if (signal?.aborted === true) return EXIT_CODES.ok;
    return await supervisor.run();
  } finally {
    for (const name of signals) process.off(name, stop);
    signal?.removeEventListener('abort', stop);
  }
}

interface Spawns {
  readonly control: (listener: ChildListener) => ChildHandle;
  readonly gateway: (listener: ChildListener) => ChildHandle;
}

export interface SupervisorParts {
  readonly cell: CellModel;
  readonly clock: Clock;
  readonly log: Log;
  /** Language of the operator. */
  readonly locale: Locale;
  readonly service: ServiceManager;
  readonly spawn: Spawns;
  readonly onReady: ((ready: CellReady) => void) | undefined;
}

/** The supervisor without the world around it: processes, time and systemd come in. */
export class Supervisor {
  readonly #parts: SupervisorParts;
  readonly #texts: SupervisorTexts;
  readonly #control: KeptProcess;
  readonly #gateway: KeptProcess;
  readonly #outcome: Promise<number>;
  #end: (code: number) => void = () => undefined;
  #grpc: string | undefined;
  #interrupted: readonly InterruptedOrder[] = [];
  #wasReady = false;
  #isControlDown = false;
  #stopAskedAt: MonotonicMs | undefined;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
    this.#texts = supervisorTexts(parts.locale);
    this.#outcome = new Promise((resolve) => {
      this.#end = resolve;
    });
    const { clock, log, spawn, service } = parts;
    const failed = (failure: Extract<FromChild, { kind: 'failed' }>): void => this.#onFailed(failure);
    this.#control = new KeptProcess({
      name: 'control',
      clock,
      log,
      texts: this.#texts,
      limits: CONTROL_LIMITS,
      spawn: spawn.control,
      silenceMsMax: CONTROL_SILENCE_MS_MAX,
      startMsMax: CONTROL_START_MS_MAX,
      listener: {
        ready: () => this.#onReady(),
        alive: () => service.alive(),
        crashed: (next) => this.#onControlCrashed(next),
        failed,
      },
    });
    this.#gateway = new KeptProcess({
      name: 'gateway',
      clock,
      log,
      texts: this.#texts,
      limits: GATEWAY_LIMITS,
      spawn: spawn.gateway,
      silenceMsMax: undefined,
      startMsMax: undefined,
      listener: {
        ready: (address, interrupted) => {
          this.#grpc = address;
          this.#interrupted = interrupted;
          this.#onReady();
        },
        alive: () => undefined,
        crashed: () => undefined,
        failed,
      },
    });
  }

  /** Starts both processes. Resolves with the exit code when both have ended after `stop`, or cannot work. */
  run(): Promise<number> {
    this.#control.start();
    this.#gateway.start();
    return this.#outcome;
  }

  /**
   * Stops the cell in a controlled way. Asked again, it kills the processes: the boards' leases make that safe.
   * npm hands on a Ctrl-C that the terminal has sent to all already, so the first second counts as one request.
   */
  stop(): void {
    const { clock, log } = this.#parts;
    if (this.#stopAskedAt === undefined) {
      this.#stopWith(EXIT_CODES.ok);
      return;
    }
    if (clock.now() - this.#stopAskedAt < ASKED_AGAIN_AFTER_MS) return;
    log('warn', this.#texts.killedOnRequest);
    this.#control.kill();
    this.#gateway.kill();
  }

  #stopWith(code: number): void {
    if (this.#stopAskedAt !== undefined) return;
    this.#stopAskedAt = this.#parts.clock.now();
    void this.#stopInOrder().then((stopCode) => this.#end(code === EXIT_CODES.ok ? stopCode : code));
  }

  #onReady(): void {
    if (this.#wasReady || !this.#control.isReady || !this.#gateway.isReady || this.#grpc === undefined) return;
    this.#wasReady = true;
    const { cell, onReady, service } = this.#parts;
    service.ready(`cell ${cell.name} is ready, gRPC on ${this.#grpc}`);
    const pids = { controlPid: this.#control.pid, gatewayPid: this.#gateway.pid };
    onReady?.({ cell, grpc: this.#grpc, interrupted: this.#interrupted, ...pids });
  }

  #onControlCrashed(next: 'restart' | 'stay-down'): void {
    const { log } = this.#parts;
    if (next === 'restart') {
      log('warn', this.#texts.comesBackStopped);
      return;
    }
    this.#isControlDown = true;
    log('error', this.#texts.cellStaysStopped);
  }

  #onFailed(failure: Extract<FromChild, { kind: 'failed' }>): void {
    const { log } = this.#parts;
    log('error', `${failure.text}\n  ${failure.hint}`);
    this.#stopWith(failure.exitCode);
  }

  /** Control first: the gateway shows how it stops. */
  async #stopInOrder(): Promise<number> {
    const { cell, service } = this.#parts;
    service.stopping();
    const stopMs = Math.max(0, ...cell.safety.stopFunctions.map(({ timeLimitMs }) => timeLimitMs));
    const control = await this.#control.stop(stopMs + GRACE_MS);
    const gateway = await this.#gateway.stop(GRACE_MS);
    const areClean = [this.#isClean('control', control), this.#isClean('gateway', gateway)].every(Boolean);
    return areClean && !this.#isControlDown ? EXIT_CODES.ok : EXIT_CODES.failed;
  }

  #isClean(name: string, exit: Exit | undefined): boolean {
    if (exit === undefined || exit.code === 0) return true;
    this.#parts.log('error', `${name}: ${this.#texts.exit(exit)}`);
    return false;
  }
}
