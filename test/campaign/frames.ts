// `npm run campaign:frames`: faulted frames in both directions; no wrong execution, no hang, valid again in time.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { missingForNative } from '../../firmware-bridge/firmware/native.ts';
import { addTallies, type Direction, emptyTallies, type Tally } from '../support/faults-campaign.ts';
import { runFaultsNative } from '../support/faults-native.ts';
import type { WorkerSettings } from './frames-worker.ts';
import { runThread } from './run-thread.ts';

const HELP = `Puts faults into streams of whole frames, half of them to the board and half to the host.

Usage: npm run campaign:frames -- [options]

  --count <n>     faulted streams in total (100000000)
  --to <end>      only to the \`board\` or only to the \`host\`
  --seed <n>      of all choices (1)
  --threads <n>   for the host's end, and for the board's where clang is missing (the cores, less one for the board)
  --json          JSON instead of the table
  --help          this

Progress goes to standard error. Exit code 1 when anything was wrong or a link did not recover, 2 for a wrong option.
`;

const PROGRESS_MS = 5_000;

interface Settings {
  readonly count: number;
  readonly seed: number;
  readonly threads: number;
  readonly directions: readonly Direction[];
}

/** One direction as it goes. */
interface Lane {
  readonly direction: Direction;
  readonly program: 'native' | 'wasm' | 'TypeScript';
  readonly trials: number;
  done: number;
  seconds: number;
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000000' },
    to: { type: 'string' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** @returns what is wrong with the options, for people */
function readSettings(): Settings | string {
  const [count, seed, threads] = [values.count, values.seed, values.threads].map(Number) as [number, number, number];
  if (![count, seed, threads].every((value) => Number.isSafeInteger(value) && value >= 1)) {
    return '--count, --seed and --threads are whole numbers from 1';
  }
  if (values.to !== undefined && values.to !== 'board' && values.to !== 'host') return '--to is board or host';
  return { count, seed, threads, directions: values.to === undefined ? ['to board', 'to host'] : [`to ${values.to}`] };
}

async function runThreads(lane: Lane, { seed, threads }: Settings): Promise<readonly Tally[]> {
  const done = new Array<number>(threads).fill(0);
  const runs = done.map((_, index) => {
    const trials = Math.floor(lane.trials / threads) + (index < lane.trials % threads ? 1 : 0);
    const part: WorkerSettings = { trials, seed: seed + index, direction: lane.direction };
    return runThread<readonly Tally[]>('frames-worker.ts', part, (so) => {
      done[index] = so;
      lane.done = done.reduce((total, each) => total + each, 0);
    });
  });
  const tallies = emptyTallies([lane.direction]);
  for (const part of await Promise.all(runs)) addTallies(tallies, part);
  return tallies;
}

async function runLane(lane: Lane, settings: Settings): Promise<readonly Tally[]> {
  const startedMs = performance.now();
  const hear = (done: number): void => {
    lane.done = done;
  };
  const tallies =
    lane.program === 'native'
      ? await runFaultsNative(lane.trials, settings.seed, hear)
      : await runThreads(lane, settings);
  lane.done = lane.trials;
  lane.seconds = Math.round(performance.now() - startedMs) / 1000;
  return tallies;
}

function perSecond({ trials, seconds }: Lane): number {
  return Math.round(trials / seconds);
}

function print(lanes: readonly Lane[], tallies: readonly Tally[]): void {
  for (const { direction, kind, trials, wrong, stuck, recoveredMsMax, example } of tallies) {
    const text = `${direction}  ${kind.padEnd(32)}${String(trials).padStart(10)} trials  ${wrong} wrong  ${stuck} stuck`;
    process.stdout.write(
      `${text}  valid again <= ${recoveredMsMax} ms${example === undefined ? '' : `  ${example}`}\n`,
    );
  }
  for (const lane of lanes) {
    process.stdout.write(
      `${lane.direction}  ${lane.program}: ${lane.trials} faulted streams in ${lane.seconds} s, ${perSecond(lane)} per second\n`,
    );
  }
}

/** Where clang is missing, the board is the program of the simulator: the same core, some ten times slower. */
function boardProgram(): Lane['program'] {
  const missing = missingForNative();
  if (missing === undefined) return 'native';
  process.stderr.write(`campaign:frames: the board runs as WebAssembly, ${missing}\n`);
  return 'wasm';
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const settings = readSettings();
  if (typeof settings === 'string') {
    process.stderr.write(`campaign:frames: ${settings} (--help shows the options)\n`);
    return 2;
  }
  const { count, seed, threads, directions } = settings;
  const lanes = directions.map((direction, index): Lane => {
    const trials = Math.floor(count / directions.length) + (index < count % directions.length ? 1 : 0);
    const program = direction === 'to host' ? 'TypeScript' : boardProgram();
    return { direction, program, trials, done: 0, seconds: 0 };
  });
  process.stderr.write(`campaign:frames: seed ${seed}, ${count} faulted streams\n`);
  const timer = setInterval(() => {
    const parts = lanes.map(({ direction, done, trials }) => `${direction} ${done} of ${trials}`);
    process.stderr.write(`campaign:frames: ${parts.join(', ')}\n`);
  }, PROGRESS_MS);
  const tallies = emptyTallies(directions);
  try {
    for (const part of await Promise.all(lanes.map((lane) => runLane(lane, settings)))) addTallies(tallies, part);
  } finally {
    clearInterval(timer);
  }
  if (values.json) {
    const runs = lanes.map(({ direction, program, trials, seconds }) => ({ direction, program, trials, seconds }));
    process.stdout.write(`${JSON.stringify({ seed, count, threads, runs, tallies }, undefined, 2)}\n`);
  } else print(lanes, tallies);
  return tallies.every(({ wrong, stuck }) => wrong + stuck === 0) ? 0 : 1;
}

process.exitCode = await main();
