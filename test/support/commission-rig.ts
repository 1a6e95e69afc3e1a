// A commissioning of a simulated cell in virtual time, with somebody who plays the person at it.
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { SimBoard } from '../../sim/board/sim-board.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { openingBaud } from '../../src/app/board-ports.ts';
import { Commissioner } from '../../src/app/commission/commissioner.ts';
import type { Answer, Ask, Dialogue } from '../../src/app/commission/dialogue.ts';
import type { ForceKey } from '../../src/app/pin-forcing.ts';
import { type Point, planPoints } from '../../src/commissioning/points.ts';
import { type CommissionReport, emptyReport, type PointRecord } from '../../src/commissioning/report.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';

type Key = Answer | ForceKey;

/** How long the person takes for anything, ms. */
const THINKS_MS = 150;
const KEY_REPEAT_MS = 30;
/** Whole commissionings take about a minute. */
const GIVE_UP_MS = 300_000;

export interface RigOptions {
  /** What the cell's file says. */
  readonly cell: CellModel;
  /** What is really wired. @defaultValue what the file says */
  readonly wired?: CellModel;
  readonly only?: string;
  readonly report?: CommissionReport;
  /** What the person does instead, by step of a question. */
  readonly instead?: (ask: Ask, person: Person) => boolean;
  readonly found?: readonly { readonly name: string; readonly uid: string; readonly firmware: string }[];
}

export interface Outcome {
  readonly report: CommissionReport;
  /** Records in the order in which they were made. */
  readonly told: readonly PointRecord[];
  readonly asked: readonly Ask[];
  /** How often the report was kept. */
  readonly saves: number;
  /** Outputs that are not at their safe values in the end, by pin level of the board. */
  readonly world: SimWorld;
  readonly levels: ReadonlyMap<number, number>;
}

interface Hall {
  readonly clock: VirtualClock;
  readonly world: SimWorld;
  readonly levels: ReadonlyMap<number, number>;
}

/** Does what is asked for, with the hands of the simulation. */
export class Person implements Dialogue {
  readonly asked: Ask[] = [];
  readonly told: PointRecord[] = [];
  readonly #clock: VirtualClock;
  readonly #world: SimWorld;
  readonly #points: ReadonlyMap<string, Point>;
  readonly #levels: ReadonlyMap<number, number>;
  readonly #instead: (ask: Ask, person: Person) => boolean;
  #hear: (key: Key) => void = () => undefined;
  #turn = 0;

  constructor(cell: CellModel, { clock, world, levels }: Hall, instead: RigOptions['instead']) {
    this.#levels = levels;
    this.#clock = clock;
    this.#world = world;
    this.#points = new Map(planPoints(cell).map((point) => [point.id, point]));
    this.#instead = instead ?? (() => false);
  }

  begin(): void {
    this.#turn += 1;
  }

  /** What the cell read last, for whoever looks for a cause. */
  reading = '';

  live(text: string): void {
    this.reading = text;
  }

  tell(record: PointRecord): void {
    this.told.push(record);
  }

  listen(listener: (key: Key) => void): () => void {
    this.#hear = listener;
    return () => undefined;
  }

  type({ step }: Ask): Promise<string> {
    return Promise.resolve(step === 'name' ? 'Ana' : 'because it is so');
  }

  ask(ask: Ask): void {
    this.asked.push(ask);
    this.#turn += 1;
    this.after(THINKS_MS, () => {
      if (!this.#instead(ask, this)) this.#do(ask);
    });
  }

  /** Only while the question stands. */
  after(ms: number, task: () => void): void {
    const turn = this.#turn;
    this.#clock.schedule(monotonicMs(this.#clock.now() + ms), () => {
      if (turn === this.#turn) task();
    });
  }

  /** Level at a pin of the board now. */
  levelOf(pin: number): number | undefined {
    return this.#levels.get(pin);
  }

  press(key: Key): void {
    this.#hear(key);
  }

  /** Closes (1) or opens (0) inputs, or sets what an analog one measures. */
  set(inputs: readonly string[], value: number | undefined): void {
    for (const input of inputs) this.#world.override(input, value);
  }

  /** Lets go whatever is asked meanwhile. */
  push(button: string): void {
    this.set([button], 1);
    this.#clock.schedule(monotonicMs(this.#clock.now() + 200), () => this.set([button], 0));
  }

  #hold(key: ForceKey): void {
    this.press(key);
    this.after(KEY_REPEAT_MS, () => this.#hold(key));
  }

  #do(ask: Ask): void {
    const point = this.#points.get(ask.point);
    const demand = point?.kind === 'stop' ? point.demand : undefined;
    const inputs = demand?.inputs.map(({ device }) => device) ?? ask.detail['inputs']?.split(' + ') ?? [];
    switch (ask.step) {
      case 'switch-operate':
      case 'channel-operate':
        if (point?.kind === 'switch') this.set([point.device], point.rest === 'closed' ? 0 : 1);
        return;
      case 'switch-back':
        if (point?.kind === 'switch') this.set([point.device], undefined);
        return;
      case 'analog-change':
        if (point?.kind === 'analog') this.set([point.device], -50);
        return;
      case 'reading-agrees':
        if (point?.kind === 'analog') this.set([point.device], undefined);
        this.press('yes');
        return;
      case 'force-switch':
        this.#hold('switch');
        return;
      case 'force-turn':
        this.#hold('more');
        return;
      case 'ready':
      case 'reset-press':
        this.push('reset-button');
        return;
      case 'trip':
        // While it moves, where it was asked to move.
        if (this.reading.startsWith('Execute') && !this.reading.split(';')[0]?.includes(' base'))
          this.after(40, () => this.#do(ask));
        else this.set(inputs, 0);
        return;
      case 'release':
      case 'reset-release':
        this.set(inputs, 1);
        return;
      case 'reset-hold':
        this.set(['reset-button'], 1);
        return;
      case 'reset-let-go':
        this.set(['reset-button'], 0);
        return;
      default:
        if (ask.answers.includes('yes')) this.press('yes');
    }
  }
}

/** Goes through the points until all is done or the person has ended. */
export async function commission(options: RigOptions): Promise<Outcome> {
  const { cell, wired = cell } = options;
  const clock = new VirtualClock();
  const random = createRandom('1');
  const world = new SimWorld(wired, random, clock.now());
  const levels = new Map<number, number>();
  const transports = new Map();
  const boards = wired.boards.map((model) => {
    const line = createLoopback({ clock: clock.quiet, baud: openingBaud(model) });
    transports.set(model.name, line.host);
    return new SimBoard({
      cell: wired,
      board: model.name,
      world,
      clock: clock.quiet,
      line: line.board,
      random,
      onPinChange: (pin, { level }) => levels.set(pin, level),
    });
  });
  const person = new Person(cell, { clock, world, levels }, options.instead);
  let saves = 0;
  const commissioner = new Commissioner(
    {
      cell,
      reach: { transports, seeks: new Map() },
      found: options.found ?? [],
      clock,
      random: random.stream('commission'),
      dialogue: person,
      language: 'es',
      by: undefined,
      only: options.only,
      save: () => {
        saves += 1;
      },
      signal: new AbortController().signal,
    },
    options.report ?? emptyReport(cell, true),
  );
  const progress = { isDone: false };
  const running = commissioner.run().finally(() => {
    progress.isDone = true;
  });
  const isDone = (): boolean => progress.isDone;
  while (!isDone() && clock.now() < GIVE_UP_MS) await clock.advance(100);
  if (!isDone()) throw new Error(`it waits for ${JSON.stringify(person.asked.at(-1))}: ${person.reading}`);
  const report = await running;
  for (const board of boards) board.stop();
  return { report, told: person.told, asked: person.asked, saves, world, levels };
}
