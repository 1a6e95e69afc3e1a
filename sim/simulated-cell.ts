// A whole cell in virtual time: the control side as in production, the firmware, the line and the plant.
import { createLoopback, type Loopback } from '../firmware-bridge/transport/loopback.ts';
import { openingBaud } from '../src/app/board-ports.ts';
import { type ControlRun, startControl } from '../src/app/compose-control.ts';
import type { LoadedProgram } from '../src/app/load-programs.ts';
import type { CellEvent, CellReply, CellRequest, CellSnapshot } from '../src/core/cell-event.ts';
import type { CellModel } from '../src/core/cell-model.ts';
import { STORED_AT_ONCE } from '../src/core/event-storage.ts';
import { describeFault, type Fault } from '../src/core/faults.ts';
import type { JobCheckpoint } from '../src/core/job-checkpoint.ts';
import type { JobOrder, JobRecord } from '../src/core/job-order.ts';
import type { JobCommandKind } from '../src/core/job-request.ts';
import { isOpen } from '../src/core/job-transitions.ts';
import type { JogGrant, JogSpeeds } from '../src/core/jog.ts';
import type { UnitState } from '../src/core/packml.ts';
import type { Result } from '../src/core/result.ts';
import type { ParameterValue } from '../src/core/work-master.ts';
import type { FromControl } from '../src/ports/cell-channel.ts';
import type { LoadBoard } from './board/board-engine.ts';
import type { PinState } from './board/board-pins.ts';
import { SimBoard } from './board/sim-board.ts';
import { SimWorld } from './board/sim-world.ts';
import { createRandom, type Random } from './kernel/random.ts';
import { TraceHash } from './kernel/trace-hash.ts';
import { VirtualClock } from './kernel/virtual-clock.ts';
import type { PlantState } from './plant/plant-state.ts';

/** A request that the cell refused; `fault.code` says why. */
export class RefusedError extends Error {
  readonly fault: Fault;

  constructor(refusal: Fault) {
    super(describeFault(refusal));
    this.name = 'RefusedError';
    this.fault = refusal;
  }
}

export interface PinChange {
  readonly board: string;
  readonly pin: number;
  readonly state: PinState;
  readonly boardTimeUs: number;
}

/** Bound on waiting for a reply, ms: a few cycles of the slowest cell. */
const REPLY_MS_MAX = 1000;
const BOOT_MS_MAX = 5000;

export interface SimulatedCellOptions {
  readonly cell: CellModel;
  readonly seed: string;
  readonly programs: readonly LoadedProgram[];
  readonly load: LoadBoard;
  /** Whether the line takes time for each byte; false when the board does that itself. */
  readonly isLinePaced: boolean;
}

export class SimulatedCell {
  readonly cell: CellModel;
  readonly seed: string;
  readonly clock = new VirtualClock();
  /** All events since the start, in order. */
  readonly events: CellEvent[] = [];
  /** What the control side had to say, for a person who looks for a cause. */
  readonly log: string[] = [];
  readonly #random: Random;
  readonly #world: SimWorld;
  readonly #lines = new Map<string, Loopback>();
  readonly #boards = new Map<string, SimBoard>();
  readonly #programs: readonly LoadedProgram[];
  readonly #trace = new TraceHash();
  readonly #jobs = new Map<string, JobRecord>();
  readonly #checkpoints = new Map<string, JobCheckpoint>();
  readonly #replies = new Map<string, CellReply>();
  readonly #pinListeners = new Set<(change: PinChange) => void>();
  #send: (request: CellRequest) => void = () => undefined;
  #control: ControlRun | undefined;
  #snapshot: CellSnapshot | undefined;
  #unit: UnitState = 'Stopped';
  #starts = 0;
  #requestCount = 0;
  #jogToken = '';
  #hasEnded = false;

  constructor({ cell, seed, programs, load, isLinePaced }: SimulatedCellOptions) {
    this.cell = cell;
    this.seed = seed;
    this.#programs = programs;
    this.#random = createRandom(seed);
    this.#world = new SimWorld(cell, this.#random, this.clock.now());
    for (const model of cell.boards) {
      const { name } = model;
      const line = createLoopback({ clock: this.clock.quiet, baud: openingBaud(model), isPaced: isLinePaced });
      this.#lines.set(name, line);
      const board = new SimBoard({
        cell,
        board: name,
        world: this.#world,
        clock: this.clock.quiet,
        line: line.board,
        random: this.#random,
        load,
        onPinChange: (pin, state, boardTimeUs) => this.#onPinChange({ board: name, pin, state, boardTimeUs }),
      });
      this.#boards.set(name, board);
    }
  }

  /** Physics as an onlooker sees it: joints, parts, pressure. */
  get plant(): PlantState {
    return this.#world.plant;
  }

  /** Newest snapshot; at most 100 ms old while the control side runs. Undefined before the first. */
  get snapshot(): CellSnapshot | undefined {
    return this.#snapshot;
  }

  /** State of the unit by PackML. */
  get unit(): UnitState {
    return this.#unit;
  }

  /** All job orders by id. */
  get jobs(): ReadonlyMap<string, JobRecord> {
    return this.#jobs;
  }

  /** Hash over all messages and pin changes with their times: equal for equal seeds and equal stories. */
  get traceHash(): string {
    return this.#trace.value;
  }

  /** True when `shutdown` has ended with all outputs safe. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** @throws RangeError when the cell has no such board */
  board(name = this.cell.boards[0]?.name ?? ''): SimBoard {
    const board = this.#boards.get(name);
    if (board === undefined) throw new RangeError(`the cell has no board ${name}`);
    return board;
  }

  /** The line between the control side and a board, to cut or unplug it. @throws RangeError when there is no such board */
  line(name = this.cell.boards[0]?.name ?? ''): Loopback {
    const line = this.#lines.get(name);
    if (line === undefined) throw new RangeError(`the cell has no board ${name}`);
    return line;
  }

  /** Hears every change of what a pin does. @returns a function that ends it */
  onPinChange(listener: (change: PinChange) => void): () => void {
    this.#pinListeners.add(listener);
    return () => this.#pinListeners.delete(listener);
  }

  /** Lets virtual time pass; no real time is waited for. */
  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
  }

  /**
   * Lets time pass until `isDone`, looked at once per control cycle.
   * @throws Error with seed and state when `timeoutMs` of virtual time were not enough
   */
  async until(isDone: () => boolean, timeoutMs: number): Promise<void> {
    const deadline = this.clock.now() + timeoutMs;
    while (!isDone()) {
      if (this.clock.now() >= deadline) {
        throw new Error(`not reached within ${timeoutMs} ms (seed ${this.seed}): ${this.describe()}`);
      }
      await this.clock.advance(this.cell.cyclePeriodMs);
    }
  }

  /** One line on where the cell stands. */
  describe(): string {
    const jobs = [...this.#jobs.values()].map(({ order, state }) => `${order.jobOrderId}=${state}`).join(' ');
    const alarms = this.#snapshot?.alarms.map((alarm) => describeFault(alarm)).join('; ') ?? '';
    const links = this.#snapshot?.boards.map(({ name, link }) => `${name}=${link}`).join(' ') ?? '';
    return `t=${this.clock.now()} ms unit=${this.#unit} links: ${links} jobs: ${jobs} alarms: ${alarms}`;
  }

  /** A person presses a control (`estop`, `guard`, `reset`) or a single input device: what stops opens, what resets closes. */
  press(control: string): void {
    accept(this.#world.press(control));
  }

  release(control: string): void {
    accept(this.#world.release(control));
  }

  /** Opens or closes one input device. */
  set(input: string, closed: boolean): void {
    accept(this.#world.setInput(input, closed));
  }

  /** Sets an input over whoever decides it: 0 or 1, or a value in the unit of the device; undefined gives it back. */
  override(input: string, value: number | undefined): void {
    accept(this.#world.override(input, value));
  }

  /** Makes something fail, e.g. `inject('shoulder', 'stalled')`. @throws RefusedError when it cannot fail like that */
  inject(component: string, kind: string, amount?: number): void {
    accept(this.#world.inject(amount === undefined ? { component, kind } : { component, kind, amount }));
  }

  clearFault(component?: string, kind?: string): void {
    accept(this.#world.clear(component, kind));
  }

  /** Presses and releases the reset button at the cell, and waits until the unit has taken it. */
  async reset(): Promise<void> {
    this.press('reset');
    await this.advance(150);
    this.release('reset');
    await this.advance(150);
  }

  /**
   * Orders a job and waits for the answer of the cell.
   * @throws RefusedError when the cell refuses it
   */
  async order(
    workMasterId: string,
    parameters: Readonly<Record<string, ParameterValue>> = {},
    jobOrderId = `job-${this.#requestCount + 1}`,
    more: Partial<JobOrder> = {},
  ): Promise<JobRecord> {
    const order = { jobOrderId, descriptions: [], workMasterId, priority: 0, parameters, ...more };
    return this.#ask((requestId) => ({ kind: 'store-and-start', requestId, order }));
  }

  /** @throws RefusedError when the cell refuses it */
  async abort(jobOrderId: string): Promise<JobRecord> {
    return this.#ask((requestId) => ({ kind: 'abort', requestId, jobOrderId }));
  }

  /**
   * @param acknowledges `acknowledge` of the refusal that told how the cell differs from what is remembered of the order (fault 6513)
   * @throws RefusedError when the cell refuses it
   */
  async resume(jobOrderId: string, acknowledges = ''): Promise<JobRecord> {
    return this.#ask((requestId) => ({ kind: 'resume', requestId, jobOrderId, acknowledges }));
  }

  /** Any other method that names an order. @throws RefusedError when the cell refuses it */
  async command(kind: JobCommandKind, jobOrderId: string): Promise<JobRecord> {
    return this.#ask((requestId) => ({ kind, requestId, jobOrderId }));
  }

  /**
   * Asks once for joints to move, percent of their top speeds by name, with the token of the time before, as a client that jogs.
   * @returns what keeps them from moving
   * @throws RefusedError when the cell refuses it
   */
  async jog(speeds: JogSpeeds): Promise<JogGrant['waitsFor']> {
    const token = this.#jogToken;
    const { jog } = await this.#request((requestId) => ({ kind: 'jog', requestId, holder: 'test', token, speeds }));
    this.#jogToken = jog?.token ?? '';
    return jog?.waitsFor;
  }

  /** Ends the control side under control; `hasEnded` tells when it is done. */
  shutdown(): void {
    this.#control?.shutdown();
  }

  /** As `kill -9` of the control process: it says nothing more to anybody, boards included. */
  crashControl(): void {
    for (const line of this.#lines.values()) line.unplug();
    this.#control?.stopBoards();
    this.#control = undefined;
  }

  /** Starts the control side, again after `crashControl`; resolves when all boards are linked. */
  async startControl(): Promise<void> {
    for (const line of this.#lines.values()) line.restore();
    this.#starts += 1;
    this.#unit = 'Stopped';
    this.#snapshot = undefined;
    const control = startControl({
      cell: this.cell,
      epoch: `sim-${this.seed}-${this.#starts}`,
      // Programs may work with promises; nothing else in the control side does.
      clock: this.#programs.length > 0 ? this.clock : this.clock.quiet,
      random: this.#random.stream(`control ${this.#starts}`),
      transports: new Map([...this.#lines].map(([name, line]) => [name, line.host])),
      programs: this.#programs,
      server: {
        listen: (listener) => {
          this.#send = listener;
          return () => undefined;
        },
        storage: () => STORED_AT_ONCE,
        publish: (message) => this.#onMessage(message),
        close: () => undefined,
      },
      log: (level, text) => this.log.push(`${this.clock.now()} ${level} ${text}`),
    });
    this.#control = control;
    void control.ended.then(() => {
      this.#hasEnded = true;
    });
    await this.until(
      () => this.#snapshot?.boards.every(({ link }) => link === 'stopped' || link === 'unproven') === true,
      BOOT_MS_MAX,
    );
  }

  /** Gives a control side that has started anew the open orders, and where each stands, as a gateway does out of its journal. */
  async giveBack(): Promise<void> {
    const records = [...this.#jobs.values()].filter(({ state }) => isOpen(state));
    const checkpoints = records.flatMap(({ order }) => this.#checkpoints.get(order.jobOrderId) ?? []);
    await this.#request((requestId) => ({ kind: 'restore', requestId, records, checkpoints }));
  }

  /** Stops everything at once; the cell cannot be used afterwards. */
  [Symbol.dispose](): void {
    this.#control?.stopBoards();
    for (const board of this.#boards.values()) board.stop();
  }

  async #ask(make: (requestId: string) => CellRequest): Promise<JobRecord> {
    const { record, requestId } = await this.#request(make);
    if (record === undefined) throw new Error(`no record in the reply to ${requestId}`);
    return record;
  }

  async #request(make: (requestId: string) => CellRequest): Promise<Extract<CellReply, { readonly ok: true }>> {
    this.#requestCount += 1;
    const requestId = `r${this.#requestCount}`;
    this.#send(make(requestId));
    await this.until(() => this.#replies.has(requestId), REPLY_MS_MAX);
    const reply = this.#replies.get(requestId);
    if (reply === undefined) throw new Error(`no reply to ${requestId}`);
    if (!reply.ok) throw new RefusedError(reply.fault);
    return reply;
  }

  #onMessage(message: FromControl): void {
    this.#trace.add(this.clock.now(), message.kind, message);
    switch (message.kind) {
      case 'event':
        this.#onEvent(message.event);
        return;
      case 'snapshot':
        this.#snapshot = message.snapshot;
        return;
      case 'reply':
        this.#replies.set(message.reply.requestId, message.reply);
        return;
      case 'hello':
        return;
      default:
        message satisfies never;
    }
  }

  #onEvent(event: CellEvent): void {
    this.events.push(event);
    if (event.body.kind === 'job') this.#jobs.set(event.body.record.order.jobOrderId, event.body.record);
    if (event.body.kind === 'job-removed') this.#jobs.delete(event.body.record.order.jobOrderId);
    if (event.body.kind === 'job' || event.body.kind === 'checkpoint') this.#remember(event.body.checkpoint);
    if (event.body.kind === 'unit') this.#unit = event.body.to;
  }

  #remember(checkpoint: JobCheckpoint | undefined): void {
    if (checkpoint !== undefined) this.#checkpoints.set(checkpoint.jobOrderId, checkpoint);
  }

  #onPinChange(change: PinChange): void {
    const { mode, level, pulseUs, dutyPercent, toneHz } = change.state;
    this.#trace.add(this.clock.now(), `${change.board} ${change.pin} ${mode}`, [
      change.boardTimeUs,
      level,
      pulseUs,
      dutyPercent,
      toneHz,
    ]);
    if (this.#pinListeners.size > 0) this.clock.stir();
    for (const listener of this.#pinListeners) listener(change);
  }
}

function accept(outcome: Result<unknown, Fault>): void {
  if (!outcome.ok) throw new RefusedError(outcome.error);
}
