// Kills the gateway, the control process or both of a working cell at random instants, again and again, and looks after each whether
// something was lost, done twice, or has moved by itself.
import { createRandom, type RandomStream } from '../../sim/kernel/random.ts';
import { GrpcClient } from '../../src/client/grpc-client.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { pause } from '../bench/moving-cell.ts';
import { KillCell, LINE_MS_MAX, type Victim } from './kill-cell.ts';
import { type KillCaller, KillClients } from './kill-clients.ts';

export interface KillReport {
  readonly kills: number;
  readonly controlKills: number;
  readonly gatewayKills: number;
  readonly seconds: number;
  readonly submissions: number;
  readonly acknowledged: number;
  /** Requests that were sent again. */
  readonly repeats: number;
  readonly moved: number;
  readonly resumes: number;
  readonly wrong: readonly string[];
  /** What was said and done before the first thing that was wrong. */
  readonly log: readonly string[];
}

export interface KillOptions {
  readonly count: number;
  readonly seed: number | string;
  /** @defaultValue 50 */
  readonly perSecond?: number;
  /** Told after each kill. */
  readonly progress?: (done: number, wrong: number) => void;
}

const CONNECTIONS = 8;
/** Attempts that nobody answers cost the processor time that the processes need to start. */
const CLIENT_TIMES = { lineMsMax: LINE_MS_MAX, againMs: 200 } as const;
const CALL_MS = 3_000;
/**
 * When the next kill comes: while what was killed starts, which is most of what happens in the life of a process and takes the least time; when it
 * is back, and everybody connects and asks again; or while the cell works.
 */
type Gap = 'starting' | 'back' | 'working';
const GAPS: readonly Gap[] = ['starting', 'starting', 'starting', 'starting', 'back', 'back', 'back', 'working'];
/** Of the time that the last start took. */
const STARTING_MAX = 1.2;
const BACK_PHASE_MS = 400;
/** From the reset to the end of the second order or so. */
const WORKING_PHASE_MS = 1_500;
/** Each as often as the others: the cell goes on working through half of them. */
const VICTIMS: readonly (readonly Victim[])[] = [['gateway'], ['gateway'], ['control'], ['control', 'gateway']];
const WORKING_MS_MAX = 10_000;
const LOOK_EVERY_MS = 500;
/** Orders without an end that are looked at each time, the newest. */
const LOOKED_AT = 20;
/** Orders that are compared at a time, at the end. */
const COMPARED_AT_ONCE = 50;
const PERSON_EVERY_MS = 60;
const DECIDE_EVERY_MS = 150;
const MOVED_MS_MAX = 60_000;

/** @returns what was found; `wrong` is empty where the cell keeps its promises */
export async function killAgainAndAgain(options: KillOptions): Promise<KillReport> {
  const run = new KillRun(options);
  try {
    return await run.go();
  } finally {
    await run.release();
  }
}

class KillRun {
  readonly #options: KillOptions;
  readonly #random: RandomStream;
  readonly #wrong: string[] = [];
  #log: readonly string[] = [];
  readonly #cell: KillCell;
  readonly #kills = { control: 0, gateway: 0 };
  #clients: KillClients | undefined;
  #submitting: NodeJS.Timeout | undefined;
  #connections: readonly GrpcClient[] = [];
  #isWorking = true;
  #isReleased = false;
  #people: Promise<unknown> = Promise.resolve();

  constructor(options: KillOptions) {
    this.#options = options;
    this.#random = createRandom(`${options.seed}`).stream('kills');
    this.#cell = new KillCell({
      wrong: (what) => this.#isWrong(what),
      moved: (place) => this.#clients?.moved(place),
    });
  }

  async go(): Promise<KillReport> {
    const startedAt = performance.now();
    await this.#cell.start();
    const orders = createRandom(`${this.#options.seed}`).stream('orders');
    const tell = { wrong: (what: string) => this.#isWrong(what), note: (what: string) => this.#cell.note(what) };
    const clients = new KillClients(this.#caller(), orders, tell, CLIENT_TIMES);
    this.#clients = clients;
    this.#submitting = setInterval(() => clients.submit(), 1_000 / (this.#options.perSecond ?? 50));
    this.#people = Promise.all([this.#pressResets(), this.#decide(clients), this.#look(clients)]);
    let kills = 0;
    while (kills < this.#options.count) {
      await this.#wait();
      if (!this.#kill()) continue;
      kills += 1;
      this.#options.progress?.(kills, this.#wrong.length);
    }
    await this.#finish(clients);
    return {
      kills,
      controlKills: this.#kills.control,
      gatewayKills: this.#kills.gateway,
      seconds: (performance.now() - startedAt) / 1000,
      submissions: clients.submissions,
      acknowledged: clients.acknowledged,
      repeats: clients.repeats,
      moved: movedBy(clients),
      resumes: clients.resumed,
      wrong: this.#wrong,
      log: this.#log,
    };
  }

  async release(): Promise<void> {
    clearInterval(this.#submitting);
    this.#isWorking = false;
    this.#isReleased = true;
    for (const connection of this.#connections) connection.close();
    await this.#cell.stop();
    this.#cell.release();
  }

  #isWrong(what: string): void {
    if (this.#wrong.length === 0) this.#log = [...this.#cell.log];
    this.#wrong.push(what);
  }

  #caller(): KillCaller {
    const connections = Array.from({ length: CONNECTIONS }, () => new GrpcClient(this.#cell.address));
    this.#connections = connections;
    return {
      pause,
      call: (method, request, count) => {
        // Requests that arrive once more would come after the end: nobody waits for their answers.
        if (this.#isReleased) return new Promise(() => undefined);
        return (connections[count % CONNECTIONS] as GrpcClient).call(method, request, { timeoutMs: CALL_MS });
      },
    };
  }

  async #wait(): Promise<void> {
    const gap = GAPS[this.#random.below(GAPS.length)] ?? 'back';
    const part = this.#random.uniform();
    if (gap === 'starting') {
      await pause(part * STARTING_MAX * this.#cell.startMs);
      return;
    }
    await this.#cell.until(() => this.#cell.isReady('control') && this.#cell.isReady('gateway'));
    if (gap === 'working') await this.#untilEnabled();
    await pause(part * (gap === 'working' ? WORKING_PHASE_MS : BACK_PHASE_MS));
  }

  /** @returns false: nothing ran that could be killed */
  #kill(): boolean {
    const victims = VICTIMS[this.#random.below(VICTIMS.length)] ?? ['gateway'];
    const order = this.#random.chance(0.5) ? victims : victims.toReversed();
    const killed = order.filter((victim) => this.#cell.kill(victim));
    for (const victim of killed) this.#kills[victim] += 1;
    if (killed.includes('control')) this.#clients?.controlDied();
    return killed.length > 0;
  }

  /** Somebody reads orders that have not ended, the newest. */
  async #look(clients: KillClients): Promise<void> {
    while (this.#isWorking) {
      await pause(LOOK_EVERY_MS);
      const all = [...clients.known.values()];
      const open = all.filter((order) => order.isStored && !order.isEnded && !order.isCancelled);
      await Promise.all(open.slice(-LOOKED_AT).map((order) => clients.check(order)));
    }
  }

  /** A person at the cell, who presses the reset whenever it has stopped. */
  async #pressResets(): Promise<void> {
    while (this.#isWorking) {
      await pause(PERSON_EVERY_MS * (1 + this.#random.uniform()));
      this.#cell.checkLease();
      if (!this.#cell.isEnabled && this.#cell.isReady('control')) await this.#cell.reset();
    }
  }

  /** A person at the orders, who decides about what was interrupted. */
  async #decide(clients: KillClients): Promise<void> {
    while (this.#isWorking) {
      await pause(DECIDE_EVERY_MS);
      await clients.settle();
    }
  }

  async #untilEnabled(): Promise<void> {
    const deadline = performance.now() + WORKING_MS_MAX;
    while (!this.#cell.isEnabled && performance.now() < deadline) await pause(PERSON_EVERY_MS / 2);
  }

  /** A cell that has never come to work has shown nothing. */
  async #untilMoved(clients: KillClients): Promise<void> {
    const deadline = performance.now() + MOVED_MS_MAX;
    while (movedBy(clients) === 0 && performance.now() < deadline) await pause(PERSON_EVERY_MS);
  }

  /** Everybody gets an answer; then every order is compared, with what the gateway shows and with what is on disk. */
  async #finish(clients: KillClients): Promise<void> {
    clearInterval(this.#submitting);
    await clients.end();
    await this.#untilMoved(clients);
    this.#isWorking = false;
    await this.#people;
    const known = [...clients.known.values()];
    for (let from = 0; from < known.length; from += COMPARED_AT_ONCE) {
      await Promise.all(known.slice(from, from + COMPARED_AT_ONCE).map((order) => clients.check(order)));
    }
    await this.#cell.stop();
    const journal = await openJournal({ path: this.#cell.journal });
    if (!journal.ok) {
      this.#isWrong(`the journal cannot be opened: ${journal.error.code}`);
      return;
    }
    for (const { jobOrderId, isStored, isCancelled } of clients.known.values()) {
      const kept = await journal.value.orders.get(jobOrderId);
      if (!kept.ok) this.#isWrong(`order ${jobOrderId} cannot be read in the journal: ${kept.error.code}`);
      if (isStored && kept.ok && (kept.value === undefined) !== isCancelled) {
        this.#isWrong(`order ${jobOrderId} is ${isCancelled ? 'still' : 'not'} in the journal`);
      }
    }
    await journal.value.close();
  }
}

function movedBy(clients: KillClients): number {
  return [...clients.known.values()].reduce((sum, { moved }) => sum + moved, 0);
}
