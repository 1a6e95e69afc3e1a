// A cell whose control and gateway can be killed between any two of their steps, in virtual time: all of both but their sockets, with the
// journal on a real disk and the firmware's core as the board. Whatever is killed starts again, as the supervisor would start it.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import type { MethodDefinition, Outcome } from '../../proto/generated/services.js';
import { SimBoard } from '../../sim/board/sim-board.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import type { Random, RandomStream } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { BegunOrders, begunIn, recalling } from '../../src/app/begun-orders.ts';
import { createChannelClient } from '../../src/app/channel-client.ts';
import { type ChannelServer, createChannelServer } from '../../src/app/channel-server.ts';
import { startControl } from '../../src/app/compose-control.ts';
import { gatewayOnly } from '../../src/app/local-requests.ts';
import { createConnectionPair } from '../../src/app/memory-channel.ts';
import { type CallFailure, type CallOutcome, plainFailure } from '../../src/client/grpc-client.ts';
import { decodeStatus } from '../../src/client/status-details.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { err, ok } from '../../src/core/result.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { createGateway, type Gateway } from '../../src/mes/gateway.ts';
import { localCaller } from '../../src/mes/local-caller.ts';
import { encodeRefusal } from '../../src/mes/status-details.ts';
import type { FromControl } from '../../src/ports/cell-channel.ts';
import type { ServiceRefusal } from '../../src/ports/service-refusal.ts';
import { PINS } from '../bench/moving-cell.ts';
import type { Broken } from './kill-breakage.ts';
import type { Victim } from './kill-cell.ts';
import { ELBOW_PIN, KillWatch, killWorkMasters } from './kill-watch.ts';
import { Life } from './mortal.ts';
import { MortalDisk } from './mortal-journal.ts';
import { smallModel } from './small-cell.ts';

const TIMING = { leaseMs: 100, validityMs: 50 } as const;
const CYCLE_MS = 10;
const BAUD = 500_000;
/** What was on the line when control died, ms. */
export const LINE_MS_MAX = 10;
const SAFE_MS_MAX = TIMING.leaseMs + LINE_MS_MAX;
/** From the death of a process to the first step of the next, ms. */
const RESTART_MS = { min: 15, max: 120 } as const;
const CONNECT_MS = 1;
const PUSH_MS = 60;
/** A reset that has enabled nothing by then was pressed for nothing, ms. */
const RESET_MS_MAX = 200;
const CALL_MS = 3_000;
/** What a killed process has written stays, whether or not the disk has it: a file system in memory keeps it as well, and syncs at once. */
const MEMORY = '/dev/shm';
const CALLER = localCaller('127.0.0.1:1');
/** Away from where a joint stood when an order began, µs of its pulse: the order moves it, and not what was there before. */
const MOVED_US: ReadonlyMap<number, number> = new Map([
  [PINS.servo, 2],
  [ELBOW_PIN, 15],
]);

/** Both move fast, so that much happens between kills. */
function killModel(): CellModel {
  const fast = { kind: 'servo', board: 'uno-1', minDeg: -90, maxDeg: 90, safe: 'off' };
  const limits = { velocityMaxDegPerS: 300, accelerationMaxDegPerS2: 4_000 };
  return smallModel({
    'cell.cyclePeriodMs': CYCLE_MS,
    'boards.uno-1': { kind: 'uno', baud: BAUD, ...TIMING },
    'devices.base': { ...fast, ...limits, pin: 'D3' },
    'devices.elbow': { ...fast, ...limits, pin: 'D6' },
    workMasters: killWorkMasters(),
    programs: undefined,
  });
}

const MODEL = killModel();

export interface VirtualKillOptions {
  readonly random: Random;
  /** Told before and after each step of either process. */
  readonly onStep: () => void;
  /** The gateway has died in the middle of a commit. */
  readonly onCut: () => void;
  readonly moved: (place: number | undefined) => void;
  /** The arm moves for an order that has begun or goes on. */
  readonly begun: (jobOrderId: string) => void;
  /** Control has told its gateway that an order begins or goes on, or that it has ended; nothing has moved yet. */
  readonly onTurn: (turn: 'begins' | 'ends') => void;
  readonly wrong: (what: string) => void;
  /** What is broken on purpose. @defaultValue nothing */
  readonly broken?: Broken | undefined;
}

export class VirtualKillCell {
  readonly clock = new VirtualClock();
  readonly disk: MortalDisk;
  readonly watch: KillWatch;
  /** Lines that the processes have logged, the newest last. */
  readonly log: string[] = [];
  readonly #options: VirtualKillOptions;
  readonly #random: RandomStream;
  readonly #folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'celda-kills-'));
  readonly #world: SimWorld;
  readonly #board: SimBoard;
  readonly #line;
  readonly #lives: Record<Victim, Life | undefined> = { control: undefined, gateway: undefined };
  readonly #starts: Record<Victim, () => void> = {
    control: () => this.#startControl(),
    gateway: () => void this.#startGateway(),
  };
  /** What whoever starts the control processes keeps of what they tell. */
  readonly #begun = new BegunOrders();
  #server: ChannelServer | undefined;
  #gateway: Gateway | undefined;
  #runs = 0;
  /** The order that runs, where the joints stood when it began to, and whether they have moved since. */
  #running: { readonly jobOrderId: string; readonly fromUs: Map<number, number>; hasMoved: boolean } | undefined;

  constructor(options: VirtualKillOptions) {
    const { random } = options;
    this.#options = options;
    this.#random = random.stream('cell');
    const { clock } = this;
    this.disk = new MortalDisk({ folder: this.#folder, clock, random: random.stream('disk'), onCut: options.onCut });
    this.#world = new SimWorld(MODEL, random, clock.now());
    this.#line = createLoopback({ clock: clock.quiet, baud: 115_200 });
    this.#board = new SimBoard({
      cell: MODEL,
      board: 'uno-1',
      world: this.#world,
      clock: clock.quiet,
      line: this.#line.board,
      random,
      onPinChange: (pin, state) => {
        this.watch.see(pin, state);
        this.#see(pin, state.pulseUs);
      },
    });
    this.watch = new KillWatch({
      ...options,
      lineMsMax: LINE_MS_MAX,
      safeMsMax: SAFE_MS_MAX,
      timeUs: () => this.#board.timeUs,
      pin: (pin) => this.#board.pin(pin),
    });
    this.#startControl();
    void this.#startGateway();
  }

  /** The order that runs and has moved the arm. */
  get running(): string | undefined {
    return this.#running?.hasMoved === true ? this.#running.jobOrderId : undefined;
  }

  isAlive(victim: Victim): boolean {
    return this.#lives[victim]?.isAlive === true;
  }

  /** @returns false: it was not running */
  kill(victim: Victim): boolean {
    const life = this.#lives[victim];
    if (life?.isAlive !== true) return false;
    life.kill();
    return true;
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.clock.schedule(monotonicMs(this.clock.now() + ms), resolve);
    });
  }

  /** A person presses the reset and lets go of it. Not while a process that has died may still be obeyed. */
  async reset(): Promise<void> {
    if (this.watch.isDying) return;
    this.watch.letMove(true);
    this.#world.press('reset');
    await this.pause(PUSH_MS);
    this.#world.release('reset');
    await this.pause(RESET_MS_MAX);
    if (!this.watch.isEnabled) this.watch.letMove(false);
  }

  /** A person presses the emergency stop and pulls it again. */
  async emergencyStop(): Promise<void> {
    this.#world.press('estop');
    await this.pause(PUSH_MS);
    this.#world.release('estop');
  }

  /** The reset closes, and nobody has pressed it. */
  async stickReset(): Promise<void> {
    this.#world.press('reset');
    await this.pause(PUSH_MS);
    this.#world.release('reset');
  }

  /** Calls a method of the gateway that lives now; whoever dies meanwhile answers nothing. */
  call<In, Out>(
    method: MethodDefinition<In, unknown, never, Out, false, false>,
    request: In,
  ): Promise<CallOutcome<Out>> {
    const life = this.#lives.gateway;
    const gateway = this.#gateway;
    if (life?.isAlive !== true || gateway === undefined) {
      return this.pause(CONNECT_MS).then(() => err(unreachable('nobody is there')));
    }
    const name = methodName(method.path);
    const handlers = gateway.jobs as unknown as Readonly<Record<string, Handler>>;
    const asked = method.requestDeserialize(method.requestSerialize(request));
    return new Promise((resolve) => {
      life.atEnd(() => resolve(err(unreachable('the connection was lost'))));
      this.clock.schedule(monotonicMs(this.clock.now() + CALL_MS), () => {
        resolve(err(plainFailure('DEADLINE_EXCEEDED', 'unreachable', 'no answer in time')));
      });
      void handlers[name]?.call(gateway.jobs, asked, new AbortController().signal, CALLER).then((answer) => {
        if (life.hasEnded()) return;
        if (!answer.ok) resolve(err(failureOf(answer.error)));
        else resolve(ok(method.responseDeserialize(method.responseSerialize(answer.value as never))));
      });
    });
  }

  /** The files go; nothing may be asked of it any more. */
  release(): void {
    for (const victim of ['control', 'gateway'] as const) {
      this.#starts[victim] = () => undefined;
      this.kill(victim);
    }
    this.#board.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #begin(victim: Victim): Life {
    const life = new Life(this.#options.onStep);
    this.#lives[victim] = life;
    life.atEnd(() => {
      if (victim === 'control') this.watch.controlDied();
      const at = monotonicMs(this.clock.now() + this.#random.between(RESTART_MS.min, RESTART_MS.max));
      this.clock.schedule(at, () => this.#starts[victim]());
    });
    return life;
  }

  #startControl(): void {
    const life = this.#begin('control');
    this.#runs += 1;
    const epoch = `run-${this.#runs}`;
    const server = createChannelServer({ epoch, clock: life.clock(this.clock) });
    this.#server = server;
    life.atEnd(() => {
      if (this.#server === server) this.#server = undefined;
      this.#running = undefined;
    });
    const { broken } = this.#options;
    const begun = broken?.forgetsBegun === true ? [] : this.#begun.list();
    const run = startControl({
      cell: MODEL,
      epoch,
      clock: life.clock(this.clock.quiet),
      random: this.#random,
      transports: new Map([['uno-1', life.transports(this.#line.host)]]),
      programs: [],
      server: recalling(gatewayOnly(broken?.server?.(server) ?? server), begun),
      onMessage: (message) => this.#hear(message),
      log: (_level, text) => this.note(`control: ${text}`),
    });
    run.ended.catch((error: unknown) => this.#options.wrong(`control has a defect: ${String(error)}`));
  }

  async #startGateway(): Promise<void> {
    const life = this.#begin('gateway');
    const { broken, wrong } = this.#options;
    const clock = life.clock(this.clock);
    const opened = await this.disk.open(life);
    if (life.hasEnded()) return;
    if (!opened.ok) {
      wrong(`the journal cannot be opened: ${opened.error.code} ${JSON.stringify(opened.error.detail)}`);
      return;
    }
    const control = createChannelClient({
      clock,
      whenHeard: true,
      connect: (outcome) => {
        clock.schedule(monotonicMs(clock.now() + CONNECT_MS), () => {
          const server = this.#server;
          const serving = this.#lives.control;
          if (server === undefined || serving === undefined) {
            outcome.failed();
            return;
          }
          const [controlEnd, gatewayEnd] = createConnectionPair(this.clock);
          serving.atEnd(() => controlEnd.close());
          life.atEnd(() => gatewayEnd.close());
          server.accept(controlEnd);
          outcome.opened(gatewayEnd);
        });
      },
    });
    const journal = broken?.journal?.(opened.value) ?? opened.value;
    const log = (line: string): void => this.note(`gateway: ${line}`);
    const client = broken?.client?.(control) ?? control;
    const gateway = await createGateway({ cell: MODEL, control: client, clock, journal, log });
    if (life.hasEnded()) return;
    gateway.start(() => undefined);
    this.#gateway = gateway;
    life.atEnd(() => {
      if (this.#gateway === gateway) this.#gateway = undefined;
    });
  }

  #hear(message: FromControl): void {
    if (message.kind !== 'event') return;
    const begun = begunIn(message.event.body);
    if (begun !== undefined) this.#begun.note(begun);
    if (message.event.body.kind !== 'job') return;
    const { record } = message.event.body;
    const { jobOrderId } = record.order;
    const isRunning = this.#running?.jobOrderId === jobOrderId;
    if (record.state === 'Running' && !isRunning) {
      const fromUs = new Map([...MOVED_US.keys()].map((pin) => [pin, this.#board.pin(pin).pulseUs]));
      this.#running = { jobOrderId, fromUs, hasMoved: false };
      this.#options.onTurn('begins');
    } else if (record.state !== 'Running' && isRunning) {
      this.#running = undefined;
      this.#options.onTurn('ends');
    }
  }

  /** A pulse of a joint has changed. One that was off moves from where it is switched on. */
  #see(pin: number, pulseUs: number): void {
    const running = this.#running;
    const farUs = MOVED_US.get(pin);
    if (running === undefined || running.hasMoved || farUs === undefined || pulseUs === 0) return;
    const fromUs = running.fromUs.get(pin) ?? 0;
    if (fromUs === 0) running.fromUs.set(pin, pulseUs);
    if (fromUs === 0 || Math.abs(pulseUs - fromUs) < farUs) return;
    running.hasMoved = true;
    this.#options.begun(running.jobOrderId);
  }

  note(line: string): void {
    this.log.push(`${this.clock.now().toFixed(3)} ${line}`);
    if (this.log.length > 1_000) this.log.splice(0, 500);
  }
}

type Handler = (
  request: unknown,
  signal: AbortSignal,
  caller: typeof CALLER,
) => Promise<Outcome<unknown, ServiceRefusal>>;

/** `/celda.job.v1.JobOrderReceiverService/GetJobOrder` is served by `getJobOrder`. */
function methodName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function unreachable(message: string): CallFailure {
  return plainFailure('UNAVAILABLE', 'unreachable', message);
}

/** As a client reads it off the wire. */
function failureOf(refusal: ServiceRefusal): CallFailure {
  const { code, message, details } = encodeRefusal(refusal);
  const status = decodeStatus(details);
  return {
    ...plainFailure(code, 'refused', status?.message ?? message),
    reason: status?.reason ?? '',
    metadata: status?.metadata ?? {},
  };
}
