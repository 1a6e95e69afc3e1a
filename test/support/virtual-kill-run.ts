// Kills the processes of a cell in virtual time, again and again: between any two steps, in the middle of a commit, while they start. Looks all
// the time whether something was lost, done twice, or has moved by itself.
import { createRandom, type RandomStream } from '../../sim/kernel/random.ts';
import type { Broken } from './kill-breakage.ts';
import type { Victim } from './kill-cell.ts';
import { KillClients } from './kill-clients.ts';
import type { KillOptions, KillReport } from './kill-run.ts';
import { LINE_MS_MAX, VirtualKillCell } from './virtual-kill-cell.ts';

export interface VirtualKillReport extends KillReport {
  /** Kills of the gateway in the middle of a commit. */
  readonly cutCommits: number;
  /** Kills just when an order began, went on or ended. */
  readonly aimed: number;
  readonly virtualSeconds: number;
}

export interface VirtualKillOptions extends KillOptions {
  /** @defaultValue nothing */
  readonly broken?: Broken;
  /** Ends with the first thing that is wrong and reads so. @defaultValue it goes on */
  readonly until?: RegExp;
}

const SLICE_MS = 25;
/**
 * Where the next kill comes: soon, so that it finds processes that start; while the arm moves; or just when an order begins or ends, which is
 * when what is on disk and what is true come apart.
 */
type Aim = 'soon' | 'working' | 'begins' | 'ends';
const AIMS: readonly Aim[] = [
  'soon',
  'soon',
  'soon',
  'working',
  'working',
  'begins',
  'begins',
  'begins',
  'begins',
  'ends',
];
const WORKING_PHASE_MS = 500;
const PHASE_MS = 80;
/** What is waited for may not come: the kill comes all the same. */
const AIM_MS_MAX = 1_500;
/** Steps after the instant until the kill: what happens in one instant happens one after the other. */
const STEPS_MAX = 40;
/** The same at the turn of an order: before and after each message of it. */
const TURN_STEPS_MAX = 8;
const CUT_SHARE = 0.15;
/** The other process dies so much later than the first, before or after that one is back, ms. */
const FOLLOW_MS = { min: 5, max: 200 } as const;
/** So often it does, of kills at the turn of an order. */
const FOLLOW_SHARE = 0.7;
/** So often it dies sooner, as soon as the arm has moved. */
const MOVED_SHARE = 0.5;
const MOVED_PHASE_MS = 10;
const VICTIMS: readonly (readonly Victim[])[] = [
  ['gateway'],
  ['control'],
  ['control', 'gateway'],
  ['gateway', 'control'],
];
const CLIENT_TIMES = { lineMsMax: LINE_MS_MAX, againMs: 60 } as const;
const PERSON_EVERY_MS = 60;
const DECIDE_EVERY_MS = 200;
const LOOK_EVERY_MS = 300;
const STOP_EVERY_MS = 3_000;
const LOOKED_AT = 6;
/** Ended orders that are known still: the journal of the campaign keeps no more than a few hundred. */
const ENDED_KNOWN_MAX = 100;
/** After the death of control, as long as the next one takes to connect. */
const STICK_MS = 900;
/** For everybody to get an answer at the end. */
const END_MS_MAX = 60_000;

/** @returns what was found; `wrong` is empty where the cell keeps its promises */
export async function killInVirtualTime(options: VirtualKillOptions): Promise<VirtualKillReport> {
  const run = new VirtualKillRun(options);
  try {
    return await run.go();
  } finally {
    run.release();
  }
}

class VirtualKillRun {
  readonly #options: VirtualKillOptions;
  readonly #random: RandomStream;
  readonly #wrong: string[] = [];
  readonly #cell: VirtualKillCell;
  readonly #clients: KillClients;
  readonly #killed = { control: 0, gateway: 0 };
  #kills = 0;
  #nextAt = 0;
  #steps = 0;
  #aim: Aim = 'soon';
  #aimUntil = 0;
  /** The kill that is due comes at the turn of an order. */
  #isAimed = false;
  #follower: Victim | undefined;
  #aimed = 0;
  #isKilling = true;
  #isEnding = false;
  #movedParts = 0;

  constructor(options: VirtualKillOptions) {
    this.#options = options;
    const random = createRandom(`${options.seed}`);
    this.#random = random.stream('kills');
    const wrong = (what: string): void => void this.#wrong.push(what);
    this.#cell = new VirtualKillCell({
      random,
      wrong: (what) => wrong(`${this.#cell.clock.now().toFixed(3)} ms: ${what}`),
      moved: (place) => {
        this.#movedParts += 1;
        this.#clients.moved(place);
      },
      begun: (jobOrderId) => this.#begun(jobOrderId),
      onTurn: (turn) => this.#onTurn(turn),
      onStep: () => this.#onStep(),
      onCut: () => this.#onCut(),
      broken: options.broken,
    });
    const caller = {
      call: this.#cell.call.bind(this.#cell),
      pause: (ms: number) => this.#cell.pause(ms),
    };
    const tell = {
      wrong: (what: string) => wrong(`${this.#cell.clock.now().toFixed(3)} ms: ${what}`),
      note: (what: string) => this.#cell.note(what),
    };
    this.#clients = new KillClients(caller, random.stream('orders'), tell, CLIENT_TIMES);
    this.#planKill();
  }

  async go(): Promise<VirtualKillReport> {
    const startedAt = performance.now();
    const { count, perSecond = 50, until } = this.#options;
    const isFound = (): boolean => until !== undefined && this.#wrong.some((what) => until.test(what));
    this.#every(1_000 / perSecond, () => this.#clients.submit());
    void this.#person(() => this.#pressReset());
    void this.#person(() => this.#clients.settle(), DECIDE_EVERY_MS);
    void this.#person(() => this.#look(), LOOK_EVERY_MS);
    void this.#person(() => this.#stopWork(), STOP_EVERY_MS);
    while (this.#kills < count && !isFound()) await this.#cell.clock.advance(SLICE_MS);
    this.#isKilling = false;
    if (until === undefined) await this.#finish();
    this.#isEnding = true;
    const { submissions, acknowledged, repeats, resumed } = this.#clients;
    return {
      kills: this.#kills,
      controlKills: this.#killed.control,
      gatewayKills: this.#killed.gateway,
      cutCommits: this.#cell.disk.cutCommits,
      aimed: this.#aimed,
      seconds: (performance.now() - startedAt) / 1000,
      virtualSeconds: this.#cell.clock.now() / 1000,
      submissions,
      acknowledged,
      repeats,
      moved: this.#movedParts,
      resumes: resumed,
      wrong: this.#wrong,
      log: this.#wrong.length === 0 ? [] : this.#cell.log.slice(-60),
    };
  }

  release(): void {
    this.#cell.release();
  }

  #planKill(): void {
    const now = this.#cell.clock.now();
    this.#follower = undefined;
    this.#isAimed = false;
    this.#aim = AIMS[this.#random.below(AIMS.length)] ?? 'soon';
    this.#aimUntil = now + AIM_MS_MAX;
    this.#nextAt = now + this.#random.uniform() * PHASE_MS;
    this.#steps = this.#random.below(STEPS_MAX);
  }

  #planFollower(victim: Victim): void {
    this.#follower = victim;
    this.#aim = 'soon';
    this.#nextAt = this.#cell.clock.now() + this.#random.between(FOLLOW_MS.min, FOLLOW_MS.max);
  }

  #isDue(): boolean {
    const now = this.#cell.clock.now();
    if (!this.#isKilling || now < this.#nextAt) return false;
    if (this.#aim === 'soon') return true;
    if (now > this.#aimUntil) this.#aim = 'soon';
    else if (this.#aim === 'working' && this.#cell.running !== undefined) {
      this.#aim = 'soon';
      this.#nextAt = now + this.#random.uniform() * WORKING_PHASE_MS;
    }
    return false;
  }

  #onTurn(turn: 'begins' | 'ends'): void {
    if (this.#aim !== turn || this.#cell.clock.now() < this.#nextAt) return;
    this.#aim = 'soon';
    this.#isAimed = true;
    this.#steps = this.#random.below(TURN_STEPS_MAX);
  }

  #begun(jobOrderId: string): void {
    this.#clients.begun(jobOrderId);
    if (this.#follower === undefined || !this.#random.chance(MOVED_SHARE)) return;
    const soon = this.#cell.clock.now() + this.#random.uniform() * MOVED_PHASE_MS;
    this.#nextAt = Math.min(this.#nextAt, soon);
  }

  #onStep(): void {
    if (!this.#isDue()) return;
    this.#steps -= 1;
    if (this.#steps > 0) return;
    if (this.#follower !== undefined) {
      this.#kill([this.#follower]);
    } else if (this.#random.chance(CUT_SHARE)) {
      this.#cell.disk.diesInCommit = true;
      // The next kill is that of the commit.
      this.#nextAt = Number.POSITIVE_INFINITY;
    } else if (this.#isAimed) this.#killAtTurn();
    else this.#kill(VICTIMS[this.#random.below(VICTIMS.length)] ?? []);
  }

  /** The gateway more often than not, while control goes on and dies of it a little later; or both at once. */
  #killAtTurn(): void {
    const first = this.#random.chance(0.7) ? 'gateway' : 'control';
    const other = first === 'gateway' ? 'control' : 'gateway';
    const isLater = this.#random.chance(FOLLOW_SHARE);
    this.#aimed += 1;
    this.#kill(isLater ? [first] : [first, other]);
    if (isLater) this.#planFollower(other);
  }

  /** The gateway has died in a commit; the other one may die with it, or a little later. */
  #onCut(): void {
    const isAimed = this.#isAimed;
    if (isAimed) this.#aimed += 1;
    this.#killed.gateway += 1;
    this.#count();
    if (this.#random.chance(0.5)) this.#kill(['control']);
    else this.#planKill();
    if (isAimed && this.#cell.isAlive('control')) this.#planFollower('control');
  }

  #kill(victims: readonly Victim[]): void {
    const killed = victims.filter((victim) => this.#cell.kill(victim));
    for (const victim of killed) this.#killed[victim] += 1;
    if (killed.includes('control')) this.#controlDied();
    if (killed.length > 0) this.#count();
    this.#planKill();
  }

  #controlDied(): void {
    this.#clients.controlDied();
    if (this.#options.broken?.sticksReset === true) void this.#cell.pause(STICK_MS).then(() => this.#cell.stickReset());
  }

  #count(): void {
    this.#kills += 1;
    this.#options.progress?.(this.#kills, this.#wrong.length);
  }

  #every(ms: number, task: () => void): void {
    if (this.#isEnding) return;
    void this.#cell.pause(ms).then(() => {
      task();
      this.#every(ms, task);
    });
  }

  /** A person does something, and waits a while, again and again. */
  async #person(task: () => Promise<void>, everyMs = PERSON_EVERY_MS): Promise<void> {
    while (!this.#isEnding) {
      await this.#cell.pause(everyMs * (0.5 + this.#random.uniform()));
      await task();
    }
  }

  async #pressReset(): Promise<void> {
    this.#cell.watch.checkLease();
    const { broken } = this.#options;
    if (!this.#cell.watch.isEnabled && broken?.sticksReset !== true) await this.#cell.reset();
  }

  /** In the middle of an order. */
  async #stopWork(): Promise<void> {
    if (this.#cell.running !== undefined) await this.#cell.emergencyStop();
  }

  /** The newest that are open, and some of those that are not; the oldest of these are forgotten, as the journal does it. */
  async #look(): Promise<void> {
    const { known } = this.#clients;
    const all = [...known.values()].filter(({ isStored }) => isStored);
    const over = all.filter(({ isEnded, isCancelled }) => isEnded || isCancelled);
    for (const { jobOrderId } of over.slice(0, -ENDED_KNOWN_MAX)) known.delete(jobOrderId);
    const open = all.filter(({ isEnded, isCancelled }) => !isEnded && !isCancelled);
    await Promise.all(
      [...open.slice(-LOOKED_AT), ...over.slice(-LOOKED_AT)].map((order) => this.#clients.check(order)),
    );
  }

  /** Everybody gets an answer; then every order is compared, with what the gateway shows. */
  async #finish(): Promise<void> {
    const end = { isDone: false };
    const compared = this.#clients.end().then(async () => {
      for (const order of this.#clients.known.values()) await this.#clients.check(order);
      end.isDone = true;
    });
    const until = this.#cell.clock.now() + END_MS_MAX;
    while (!end.isDone && this.#cell.clock.now() < until) await this.#cell.clock.advance(SLICE_MS);
    if (end.isDone) await compared;
    else this.#wrong.push(`somebody waits for an answer still, ${END_MS_MAX} ms after the last kill`);
  }
}
