// The journal with many clients and SQLite alone, in turns: in a process of its own, which has the memory of a gateway.
import { join } from 'node:path';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalBatch, JournalPort } from '../../src/ports/journal.ts';
import { EventSource, jobEvent, recordOf, submission } from '../support/journal-samples.ts';
import { helperArgument, sayReady, tell } from './child.ts';
import { ITS_ROWS, ONE_ROW, type Reference, runReference } from './journal-reference.ts';
import { percentile } from './statistics.ts';

/** Orders of a client between two times that all of them end. */
const TURN_ORDERS = 64;
const ENDED_AT_ONCE = 500;

/** `eachMs`: time for one order, all clients together. */
export interface JournalTurn {
  readonly ours: { readonly eachMs: number; readonly orders: number; readonly p99Ms: number };
  /** SQLite alone with the rows of an order. */
  readonly rows: Alone;
  /** SQLite alone with one row of JSON. */
  readonly row: Alone;
}

interface Alone {
  readonly eachMs: number;
  readonly commitP50Ms: number;
  readonly commitP99Ms: number;
}

interface Asked {
  readonly folder: string;
  readonly clients: number;
  readonly runMs: number;
}

let turns = 0;

async function measure(asked: Asked): Promise<JournalTurn> {
  turns += 1;
  const rows = alone(asked, ITS_ROWS, `rows-${turns}.db`);
  const ours = await clients(asked, turns);
  return { ours, rows, row: alone(asked, ONE_ROW, `row-${turns}.db`) };
}

function alone({ folder, clients: group, runMs }: Asked, reference: Reference, name: string): Alone {
  const { eachMs, commits } = runReference(reference, join(folder, name), group, runMs);
  return { eachMs, commitP50Ms: percentile(commits, 50), commitP99Ms: percentile(commits, 99) };
}

async function clients({ folder, clients: count, runMs }: Asked, turn: number): Promise<JournalTurn['ours']> {
  const journal = await openJournal({ path: join(folder, `ours-${turn}.db`) });
  if (!journal.ok) throw new Error(JSON.stringify(journal.error));
  const store = new Clients(journal.value, count);
  // Every journal has a thread of its own, whose program has to be compiled too.
  await store.run(runMs);
  const { eachMs, times } = await store.run(runMs);
  await journal.value.close();
  return { eachMs, orders: times.length, p99Ms: percentile(times, 99) };
}

/**
 * Each stores one order after the other. A cell has few that are open: they end between the turns, and nobody is timed meanwhile, nor for
 * the first order of each after that, which comes to the disk together with what is left of those ends.
 */
class Clients {
  readonly #journal: JournalPort;
  readonly #clients: number;
  readonly #source = new EventSource();
  #count = 0;

  constructor(journal: JournalPort, clients: number) {
    this.#journal = journal;
    this.#clients = clients;
  }

  async run(runMs: number): Promise<{ readonly eachMs: number; readonly times: readonly number[] }> {
    const times: number[] = [];
    let tookMs = 0;
    while (tookMs < runMs) {
      const first = this.#count + 1;
      await this.#each(() => this.#store());
      const begun = performance.now();
      await this.#each(() => this.#client(times));
      tookMs += performance.now() - begun;
      await this.#end(first);
    }
    return { eachMs: tookMs / times.length, times };
  }

  async #each(client: () => Promise<void>): Promise<void> {
    await Promise.all(Array.from({ length: this.#clients }, client));
  }

  async #client(times: number[]): Promise<void> {
    for (let order = 0; order < TURN_ORDERS; order += 1) {
      const begun = performance.now();
      await this.#store();
      times.push(performance.now() - begun);
    }
  }

  async #store(): Promise<void> {
    this.#count += 1;
    await this.#append(submission(this.#source, `order-${this.#count}`));
  }

  async #end(first: number): Promise<void> {
    const ids = Array.from({ length: this.#count - first + 1 }, (_, index) => `order-${first + index}`);
    for (let from = 0; from < ids.length; from += ENDED_AT_ONCE) {
      const records = ids
        .slice(from, from + ENDED_AT_ONCE)
        .map((id) => recordOf(id, { state: 'Aborted', substate: undefined, revision: 2 }));
      await this.#append(this.#source.batch(records.map(jobEvent)));
    }
  }

  async #append(batch: JournalBatch): Promise<void> {
    const answer = await this.#journal.append(batch, 'now');
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }
}

const asked = helperArgument() as Asked;
process.on('message', () => void measure(asked).then((turn) => tell({ kind: 'turn', ...turn })));
sayReady();
