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
  /** What the processes said last, when something was wrong. */
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
const CALL_MS = 3_000;
const PHASE_MS = 500;
/** From the reset to the end of the second order or so. */
const WORKING_PHASE_MS = 2_000;
/** So often the next kill comes while the cell works, and not on its way there. */
const WORKING_SHARE = 0.5;
/** Each as often as the others: the cell goes on working through half of them. */
const VICTIMS: readonly (readonly Victim[])[] = [['gateway'], ['gateway'], ['control'], ['control', 'gateway']];
const WORKING_MS_MAX = 10_000;
/** So often the next kill does not wait for what was killed to be back. */
const EARLY_SHARE = 0.3;
/** Orders without an end that are looked at after each kill, the newest. */
const LOOKED_AT = 60;
const PERSON_EVERY_MS = 150;
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
  readonly #cell: KillCell;
  readonly #kills = { control: 0, gateway: 0 };
  #clients: KillClients | undefined;
  #submitting: NodeJS.Timeout | undefined;
  #connections: readonly GrpcClient[] = [];
  #isWorking = true;
  #people: Promise<unknown> = Promise.resolve();

  constructor(options: KillOptions) {
    this.#options = options;
    this.#random = createRandom(`${options.seed}`).stream('kills');
    const wrong = (what: string): void => void this.#wrong.push(what);
    this.#cell = new KillCell({ wrong, moved: (place) => this.#clients?.moved(place) });
  }

  async go(): Promise<KillReport> {
    const startedAt = performance.now();
    await this.#cell.start();
    const orders = createRandom(`${this.#options.seed}`).stream('orders');
    const clients = new KillClients(this.#caller(), orders, (what) => void this.#wrong.push(what), LINE_MS_MAX);
    this.#clients = clients;
    this.#submitting = setInterval(() => clients.submit(), 1_000 / (this.#options.perSecond ?? 50));
    this.#people = Promise.all([this.#pressResets(), this.#decide(clients)]);
    for (let kills = 0; kills < this.#options.count; kills += 1) {
      const isWorking = this.#random.uniform() < WORKING_SHARE;
      if (isWorking) await this.#untilEnabled();
      await pause(this.#random.uniform() * (isWorking ? WORKING_PHASE_MS : PHASE_MS));
      await this.#kill();
      await this.#look(clients, LOOKED_AT);
      this.#options.progress?.(kills + 1, this.#wrong.length);
    }
    await this.#finish(clients);
    return {
      kills: this.#options.count,
      controlKills: this.#kills.control,
      gatewayKills: this.#kills.gateway,
      seconds: (performance.now() - startedAt) / 1000,
      submissions: clients.submissions,
      acknowledged: clients.acknowledged,
      repeats: clients.repeats,
      moved: movedBy(clients),
      resumes: clients.resumed,
      wrong: this.#wrong,
      log: this.#wrong.length === 0 ? [] : this.#cell.log.slice(-60),
    };
  }

  async release(): Promise<void> {
    clearInterval(this.#submitting);
    this.#isWorking = false;
    for (const connection of this.#connections) connection.close();
    await this.#cell.stop();
    this.#cell.release();
  }

  #caller(): KillCaller {
    const connections = Array.from({ length: CONNECTIONS }, () => new GrpcClient(this.#cell.address));
    this.#connections = connections;
    return {
      pause,
      call: (method, request, count) =>
        (connections[count % CONNECTIONS] as GrpcClient).call(method, request, { timeoutMs: CALL_MS }),
    };
  }

  async #kill(): Promise<void> {
    const victims = VICTIMS[Math.floor(this.#random.uniform() * VICTIMS.length)] ?? ['gateway'];
    const order = this.#random.uniform() < 0.5 ? victims : victims.toReversed();
    const starts = { control: this.#cell.starts('control'), gateway: this.#cell.starts('gateway') };
    const killed = order.filter((victim) => this.#cell.kill(victim));
    for (const victim of killed) this.#kills[victim] += 1;
    if (killed.includes('control')) this.#clients?.controlDied();
    if (this.#random.uniform() < EARLY_SHARE) return;
    await this.#cell.until(() => killed.every((victim) => this.#cell.starts(victim) > starts[victim]));
  }

  /** The orders that have not ended, the newest first. */
  async #look(clients: KillClients, max: number): Promise<void> {
    this.#cell.checkLease();
    const open = [...clients.known.values()].filter((order) => order.isStored && !order.isEnded && !order.isCancelled);
    await Promise.all(open.slice(-max).map((order) => clients.check(order)));
  }

  /** A person at the cell, who presses the reset whenever it has stopped. */
  async #pressResets(): Promise<void> {
    while (this.#isWorking) {
      await pause(PERSON_EVERY_MS * (1 + this.#random.uniform()));
      this.#cell.checkLease();
      if (!this.#cell.isEnabled) await this.#cell.reset();
    }
  }

  /** A person at the orders, who decides about what was interrupted. */
  async #decide(clients: KillClients): Promise<void> {
    while (this.#isWorking) {
      await pause(PERSON_EVERY_MS);
      await clients.settle();
    }
  }

  async #untilEnabled(): Promise<void> {
    const deadline = performance.now() + WORKING_MS_MAX;
    while (!this.#cell.isEnabled && performance.now() < deadline) await pause(PERSON_EVERY_MS / 5);
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
    for (const order of clients.known.values()) await clients.check(order);
    await this.#cell.stop();
    const journal = await openJournal({ path: this.#cell.journal });
    if (!journal.ok) {
      this.#wrong.push(`the journal cannot be opened: ${journal.error.code}`);
      return;
    }
    for (const { jobOrderId, isStored, isCancelled } of clients.known.values()) {
      const kept = await journal.value.orders.get(jobOrderId);
      if (!kept.ok) this.#wrong.push(`order ${jobOrderId} cannot be read in the journal: ${kept.error.code}`);
      if (isStored && kept.ok && (kept.value === undefined) !== isCancelled) {
        this.#wrong.push(`order ${jobOrderId} is ${isCancelled ? 'still' : 'not'} in the journal`);
      }
    }
    await journal.value.close();
  }
}

function movedBy(clients: KillClients): number {
  return [...clients.known.values()].reduce((sum, { moved }) => sum + moved, 0);
}
