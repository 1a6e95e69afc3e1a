// The control loop: merges the beat, the boards, requests and programs into one stream, steps the cycle, carries out its outputs.
import { concatMap, filter, finalize, map, merge, Observable, scan, takeWhile, tap } from 'rxjs';
import { planBoards } from '../core/board-plan.ts';
import type { CellEvent, CellEventBody, CellRequest } from '../core/cell-event.ts';
import type { CellModel } from '../core/cell-model.ts';
import type { EventStorage } from '../core/event-storage.ts';
import type { Fault } from '../core/faults.ts';
import type { BoardWatch } from '../core/permits.ts';
import { type MonotonicMs, monotonicMs } from '../core/units.ts';
import type { BoardCommand, BoardEvent, BoardImage, BoardPort } from '../ports/board-port.ts';
import type { CataloguePort, CatalogueReading } from '../ports/catalogue-port.ts';
import type { FromControl } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import {
  type BoardInput,
  type CycleContext,
  type CycleOutputs,
  type CycleState,
  cycleContext,
  initialCycleState,
  type ProgramIntent,
} from './cycle.ts';
import { hostPrograms, type NamedProgram, type ProgramHost, type ProgramOutput } from './programs.ts';
import { isUsable } from './safety-stage.ts';
import { StageTimes } from './stage-times.ts';
import { stepCycle, stepEdge } from './step-cycle.ts';
import { StopTimeMeter } from './stop-time.ts';
import { type Tick, ticks } from './ticks.ts';
import { withUnreadStrays } from './unread-images.ts';

/** Between snapshots to the gateway, ms. */
const SNAPSHOT_EVERY_MS = 100;
/** Requests served in one cycle; the others wait for the next ones, so that a flood of them does not hold a cycle up. */
const REQUESTS_PER_CYCLE_MAX = 32;
/** A catalogue reading that is older than this is forgotten, ms. */
const READING_AGE_MAX_MS = 5000;

export interface ControlOptions {
  readonly cell: CellModel;
  /** Identifies this run; new for every start of the process. */
  readonly epoch: string;
  readonly clock: Clock;
  /** By board name; one for each board of the cell. */
  readonly boards: ReadonlyMap<string, BoardPort>;
  readonly catalogues: readonly CataloguePort[];
  readonly programs: readonly NamedProgram[];
  readonly requests$: Observable<CellRequest>;
  /** How far the events of this run are on disk; asked once per cycle. */
  readonly storage: () => EventStorage;
  /** Its first value asks for a controlled stop; the loop completes when the outputs are safe. */
  readonly shutdown$: Observable<unknown>;
}

type Stimulus =
  | { readonly kind: 'tick'; readonly tick: Tick }
  | { readonly kind: 'board'; readonly index: number; readonly event: BoardEvent }
  | { readonly kind: 'reading'; readonly reading: CatalogueReading }
  | { readonly kind: 'request'; readonly request: CellRequest }
  | { readonly kind: 'program'; readonly output: ProgramOutput }
  | { readonly kind: 'shutdown' };

/** What has come in since the last cycle, and the state of the cell. */
interface Loop {
  readonly cycle: CycleState;
  readonly boards: readonly BoardInput[];
  /** The image of each board that the last cycle has read. */
  readonly read: readonly (BoardImage | undefined)[];
  readonly readings: ReadonlyMap<string, CatalogueReading>;
  readonly requests: readonly CellRequest[];
  readonly intents: readonly ProgramIntent[];
  readonly faults: readonly Fault[];
  readonly notices: readonly CellEventBody[];
  readonly shutdown: boolean;
  readonly snapshotDueAt: MonotonicMs | undefined;
  /** What this stimulus asks to be done. */
  readonly effects: Effects;
}

interface Effects {
  readonly commands: readonly BoardCommand[];
  readonly outputs: CycleOutputs | undefined;
  readonly messages: readonly FromControl[];
}

const UNKNOWN_BOARD: BoardInput = {
  link: 'down',
  cause: undefined,
  image: undefined,
  roundTripMs: 0,
  leaseProof: undefined,
  stopTime: undefined,
  linkFigures: undefined,
};

const NO_EFFECTS: Effects = { commands: [], outputs: undefined, messages: [] };

class ControlLoop {
  readonly #options: ControlOptions;
  readonly #context: CycleContext;
  readonly #ports: readonly BoardPort[];
  readonly #times: StageTimes;
  readonly #programs: ProgramHost;
  /** By board index; undefined for a board with stock Firmata, which gives no receipts. */
  readonly #stopTimes: readonly (StopTimeMeter | undefined)[];
  /** Alarms about programs that held up the last cycle; they enter the next one. */
  #stalled: readonly Fault[] = [];

  constructor(options: ControlOptions) {
    const { cell, clock } = options;
    this.#options = options;
    this.#context = cycleContext(cell, options.epoch);
    this.#ports = cell.boards.map((board) => {
      const port = options.boards.get(board.name);
      if (port === undefined) throw new Error(`no port was given for board ${board.name}`);
      return port;
    });
    this.#times = new StageTimes(clock);
    this.#stopTimes = cell.boards.map(({ firmware }) => (firmware === 'celda' ? new StopTimeMeter() : undefined));
    this.#programs = hostPrograms(options.programs, clock, cell.cyclePeriodMs / 2);
  }

  run(): Observable<FromControl> {
    return this.#stimuli().pipe(
      scan((loop, stimulus) => this.#reduce(loop, stimulus), this.#initial()),
      tap((loop) => this.#carryOut(loop.effects)),
      takeWhile((loop) => loop.effects.outputs?.ended !== true, true),
      // Most stimuli say nothing to anybody.
      filter((loop) => loop.effects.messages.length > 0),
      concatMap((loop) => loop.effects.messages),
      finalize(() => this.#programs.end()),
    );
  }

  #initial(): Loop {
    return {
      cycle: initialCycleState(this.#context),
      boards: this.#ports.map(() => UNKNOWN_BOARD),
      read: [],
      readings: new Map(),
      requests: [],
      intents: [],
      faults: [],
      notices: [],
      shutdown: false,
      snapshotDueAt: undefined,
      effects: NO_EFFECTS,
    };
  }

  #stimuli(): Observable<Stimulus> {
    const { cell, clock, catalogues, requests$, shutdown$ } = this.#options;
    return merge(
      ...this.#ports.map((port, index) =>
        port.events$.pipe(map((event): Stimulus => ({ kind: 'board', index, event }))),
      ),
      ...catalogues.map(({ readings$ }) => readings$.pipe(map((reading): Stimulus => ({ kind: 'reading', reading })))),
      requests$.pipe(map((request): Stimulus => ({ kind: 'request', request }))),
      shutdown$.pipe(map((): Stimulus => ({ kind: 'shutdown' }))),
      this.#programs.outputs$.pipe(map((output): Stimulus => ({ kind: 'program', output }))),
      ticks(clock, cell.cyclePeriodMs).pipe(map((tick): Stimulus => ({ kind: 'tick', tick }))),
    );
  }

  #reduce(loop: Loop, stimulus: Stimulus): Loop {
    switch (stimulus.kind) {
      case 'tick':
        return this.#onTick(loop, stimulus.tick);
      case 'board':
        return this.#onBoard(loop, stimulus.index, stimulus.event);
      case 'reading':
        return { ...loop, readings: withReading(loop.readings, stimulus.reading), effects: NO_EFFECTS };
      case 'request':
        return { ...loop, requests: [...loop.requests, stimulus.request], effects: NO_EFFECTS };
      case 'program':
        return withProgramOutput(loop, stimulus.output);
      case 'shutdown':
        return { ...loop, shutdown: true, effects: NO_EFFECTS };
      default:
        return stimulus satisfies never;
    }
  }

  #onBoard(loop: Loop, index: number, heardOf: BoardEvent): Loop {
    const event = this.#withUnread(loop, index, heardOf);
    const boards = loop.boards.map((board, at) => (at === index ? withBoardEvent(board, event) : board));
    const heard = { ...loop, boards, notices: [...loop.notices, ...this.#measure(index, event)], effects: NO_EFFECTS };
    if (event.kind === 'link' || event.kind === 'proof') return heard;
    if (!this.#isNews(index, loop.boards[index]?.image, event)) return heard;
    const { state, commands } = stepEdge(this.#context, loop.cycle, { now: this.#options.clock.now(), boards });
    this.#timeCommands(commands, event.image.receivedAt, true);
    return { ...heard, cycle: state, effects: { ...NO_EFFECTS, commands } };
  }

  #withUnread({ boards, read }: Loop, index: number, event: BoardEvent): BoardEvent {
    const plan = this.#context.table.plans[index];
    if (event.kind === 'link' || event.kind === 'proof' || plan === undefined) return event;
    const before = boards[index]?.image;
    return { ...event, image: withUnreadStrays(plan, before === read[index] ? undefined : before, event.image) };
  }

  /** @returns what there is to tell of it */
  #measure(index: number, event: BoardEvent): readonly CellEventBody[] {
    const board = this.#ports[index]?.name ?? '';
    const meter = this.#stopTimes[index];
    switch (event.kind) {
      case 'proof':
        return [{ kind: 'lease-proof', board, proof: event.proof }];
      case 'link':
        if (!isUsable(event.state)) meter?.reset();
        return [];
      case 'image':
      case 'edge':
        return meter?.image(event.image).map((stopMs) => ({ kind: 'stop-time', board, stopMs })) ?? [];
      default:
        return event satisfies never;
    }
  }

  #timeCommands(commands: readonly BoardCommand[], since: MonotonicMs, isStop: boolean): void {
    for (const [index, command] of commands.entries()) this.#stopTimes[index]?.written(command, since, isStop);
  }

  /**
   * An edge, or an image whose inputs are not those of the last one: the edge may have been lost on the line, and an
   * opening is over before the next cycle.
   */
  #isNews(
    index: number,
    before: BoardImage | undefined,
    { kind, image }: Extract<BoardEvent, { kind: 'image' | 'edge' }>,
  ): boolean {
    if (kind === 'edge' || before === undefined) return true;
    const slots = this.#context.table.plans[index]?.inputs ?? [];
    return slots.some((slot, at) => slot.kind === 'digital' && before.inputs[at] !== image.inputs[at]);
  }

  #onTick(loop: Loop, { now, lateMs }: Tick): Loop {
    const { clock, cell, programs, storage } = this.#options;
    const dueSnapshot = loop.snapshotDueAt === undefined || now >= loop.snapshotDueAt;
    const wantSnapshot = dueSnapshot || programs.length > 0;
    const lateStage = lateMs >= cell.cyclePeriodMs ? this.#times.blame(lateMs) : 'timer';
    this.#times.begin();
    const { state, outputs } = stepCycle(
      this.#context,
      loop.cycle,
      {
        now,
        wall: clock.wall(),
        boards: this.#withMeasures(loop.boards, wantSnapshot),
        catalogue: freshReadings(loop.readings, now),
        requests: loop.requests.slice(0, REQUESTS_PER_CYCLE_MAX),
        intents: loop.intents,
        faults: [...loop.faults, ...this.#stalled],
        notices: loop.notices,
        lateMs,
        lateStage,
        shutdown: loop.shutdown,
        storage: storage(),
        wantSnapshot,
      },
      this.#times.mark,
    );
    this.#stalled = [];
    this.#timeCommands(outputs.commands, monotonicMs(now - lateMs), false);
    const messages = messagesOf(outputs, loop.cycle.eventsSoFar, now, clock, dueSnapshot);
    return {
      ...loop,
      cycle: state,
      read: loop.boards.map(({ image }) => image),
      requests: loop.requests.slice(REQUESTS_PER_CYCLE_MAX),
      intents: [],
      faults: [],
      notices: [],
      snapshotDueAt: dueSnapshot ? monotonicMs(now + SNAPSHOT_EVERY_MS) : loop.snapshotDueAt,
      effects: { commands: outputs.commands, outputs, messages },
    };
  }

  /** Each costs a sort: only a snapshot shows them, and only a cell with a budget acts on its stop times. */
  #withMeasures(boards: readonly BoardInput[], wantSnapshot: boolean): readonly BoardInput[] {
    const { cell, clock } = this.#options;
    if (!wantSnapshot && cell.stopTimeBudgetMs === undefined) return boards;
    const now = clock.now();
    return boards.map((board, index) => ({
      ...board,
      roundTripMs: wantSnapshot ? (this.#ports[index]?.roundTripMs ?? 0) : 0,
      linkFigures: wantSnapshot ? this.#ports[index]?.figures() : undefined,
      stopTime: this.#stopTimes[index]?.figures(now),
    }));
  }

  /** Boards whose plan stays the same go on as they are. */
  #watch(watch: BoardWatch): void {
    for (const [index, plan] of planBoards(this.#options.cell, watch).entries()) this.#ports[index]?.configure(plan);
  }

  /** Writes come first: a frame never waits for a lamp, a program or a reader. */
  #carryOut({ commands, outputs, messages }: Effects): void {
    for (const [index, command] of commands.entries()) this.#ports[index]?.write(command);
    if (outputs === undefined) return;
    for (const index of outputs.reopen) this.#ports[index]?.reopen();
    if (outputs.watch !== undefined) this.#watch(outputs.watch);
    this.#times.mark('write');
    for (const light of outputs.lights) for (const catalogue of this.#options.catalogues) catalogue.write(light);
    for (const buzzer of outputs.sounds) for (const catalogue of this.#options.catalogues) catalogue.sound(buzzer);
    this.#times.mark('publish');
    if (outputs.snapshot === undefined || this.#options.programs.length === 0) return;
    const events = messages.flatMap((message): CellEvent[] => (message.kind === 'event' ? [message.event] : []));
    this.#stalled = this.#programs.publish(outputs.snapshot, events);
    this.#times.mark('programs');
  }
}

function withProgramOutput(loop: Loop, output: ProgramOutput): Loop {
  return output.kind === 'intent'
    ? { ...loop, intents: [...loop.intents, { program: output.program, intent: output.intent }], effects: NO_EFFECTS }
    : { ...loop, faults: [...loop.faults, output.fault], effects: NO_EFFECTS };
}

function withBoardEvent(board: BoardInput, event: BoardEvent): BoardInput {
  if (event.kind === 'proof') return { ...board, leaseProof: event.proof };
  if (event.kind !== 'link') return { ...board, image: event.image };
  const isOpen = isUsable(event.state) || event.state === 'unproven';
  return { ...board, link: event.state, cause: event.cause, image: isOpen ? board.image : undefined };
}

function withReading(
  readings: ReadonlyMap<string, CatalogueReading>,
  reading: CatalogueReading,
): ReadonlyMap<string, CatalogueReading> {
  return Number.isFinite(reading.value) ? new Map(readings).set(reading.device, reading) : readings;
}

function freshReadings(
  readings: ReadonlyMap<string, CatalogueReading>,
  now: MonotonicMs,
): ReadonlyMap<string, CatalogueReading> {
  for (const { at } of readings.values()) {
    if (now - at > READING_AGE_MAX_MS) {
      return new Map([...readings].filter(([, reading]) => now - reading.at <= READING_AGE_MAX_MS));
    }
  }
  return readings;
}

function messagesOf(
  outputs: CycleOutputs,
  eventsSoFar: number,
  at: MonotonicMs,
  clock: Clock,
  dueSnapshot: boolean,
): FromControl[] {
  const messages: FromControl[] = outputs.events.map((body, index) => ({
    kind: 'event',
    event: { sequence: eventsSoFar + index + 1, at, time: clock.wall(), body },
  }));
  for (const reply of outputs.replies) messages.push({ kind: 'reply', reply });
  if (dueSnapshot && outputs.snapshot !== undefined) messages.push({ kind: 'snapshot', snapshot: outputs.snapshot });
  return messages;
}

/**
 * Runs the cell while subscribed. Cold; subscribe once. Emits events, replies and snapshots (never `hello`),
 * completes after `shutdown$` when all outputs are at their safe values, and errors only on a defect (fault 9001):
 * then the process must end, and the boards' leases do the rest.
 */
export function runControl(options: ControlOptions): Observable<FromControl> {
  return new Observable((subscriber) => new ControlLoop(options).run().subscribe(subscriber));
}
