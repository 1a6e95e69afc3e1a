// `npm run campaign:frames`: faulted frames in both directions; no wrong execution, no hang, valid again in time.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { addTallies, emptyTallies, type Tally } from '../support/faults-campaign.ts';

type Message = { readonly done: number } | { readonly tallies: readonly Tally[] };

/** A thread that says nothing for this long hangs, ms. */
const HANG_MS = 120_000;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000000' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean', default: false },
  },
});

function runThread(trials: number, seed: number, progress: (done: number) => void): Promise<readonly Tally[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('frames-worker.ts', import.meta.url), { workerData: { trials, seed } });
    const end = (error: Error): void => {
      clearTimeout(watchdog);
      void worker.terminate();
      reject(error);
    };
    const watchdog = setTimeout(() => end(new Error(`seed ${seed}: hangs`)), HANG_MS);
    worker.on('message', (message: Message) => {
      watchdog.refresh();
      if ('done' in message) {
        progress(message.done);
        return;
      }
      clearTimeout(watchdog);
      resolve(message.tallies);
    });
    worker.on('error', end);
  });
}

function print(tallies: readonly Tally[]): void {
  for (const { direction, kind, trials, wrong, stuck, recoveredMsMax, example } of tallies) {
    const text = `${direction}  ${kind.padEnd(32)}${String(trials).padStart(10)} trials  ${wrong} wrong  ${stuck} stuck`;
    process.stdout.write(
      `${text}  valid again <= ${recoveredMsMax} ms${example === undefined ? '' : `  ${example}`}\n`,
    );
  }
}

async function main(): Promise<number> {
  const [count, seed, threads] = [values.count, values.seed, values.threads].map(Number) as [number, number, number];
  if (![count, seed, threads].every((value) => Number.isSafeInteger(value) && value >= 1)) {
    process.stderr.write('campaign:frames: --count, --seed and --threads are whole numbers from 1\n');
    return 2;
  }
  process.stderr.write(`campaign:frames: seed ${seed}, ${count} faulted streams, ${threads} threads\n`);
  const startedMs = performance.now();
  const done = new Array<number>(threads).fill(0);
  const runs = done.map((_, index) => {
    const trials = Math.floor(count / threads) + (index < count % threads ? 1 : 0);
    return runThread(trials, seed + index, (so) => {
      done[index] = so;
      const sum = done.reduce((total, each) => total + each, 0);
      if (so % 1_000_000 === 0) process.stderr.write(`campaign:frames: ${sum} of ${count}\n`);
    });
  });
  const tallies = emptyTallies();
  for (const part of await Promise.all(runs)) addTallies(tallies, part);
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  if (values.json)
    process.stdout.write(`${JSON.stringify({ seed, count, threads, seconds, tallies }, undefined, 2)}\n`);
  else print(tallies);
  return tallies.every(({ wrong, stuck }) => wrong + stuck === 0) ? 0 : 1;
}

process.exitCode = await main();
