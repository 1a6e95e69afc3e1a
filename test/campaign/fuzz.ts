// `npm run campaign:fuzz`: coverage-guided fuzzing of both ends of the link, the board's program under sanitizers.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingForNative } from '../../firmware-bridge/firmware/native.ts';
import { fuzzNative } from '../support/fuzz-native.ts';
import type { GuidedFuzzResult } from '../support/guided-fuzz.ts';
import type { FuzzWorkerSettings } from './fuzz-worker.ts';
import { runThread } from './run-thread.ts';

const HELP = `Coverage-guided fuzzing of both ends of the link, at the same time.

Usage: npm run campaign:fuzz -- [options]

  --bytes <n>       that each end is to receive (1000000000)
  --to <end>        only the \`board\` or only the \`host\`
  --seed <n>        of the search (1)
  --threads <n>     for the host's end (the cores, less one for the board)
  --artifacts <dir> keeps the story behind a finding (.celda/fuzz)
  --help            this

Progress goes to standard error, a line of JSON per end to standard output. Exit code 1 when something was found.
`;

type End = 'board' | 'host';

/** What one end gave. */
interface EndResult {
  readonly end: End;
  readonly seed: number;
  readonly bytes: number;
  readonly findings: number;
  readonly finding?: string | undefined;
  readonly [more: string]: unknown;
}

interface Settings {
  readonly bytes: number;
  readonly seed: number;
  readonly threads: number;
  readonly artifacts: string;
  readonly ends: readonly End[];
}

const { values } = parseArgs({
  options: {
    bytes: { type: 'string', default: '1000000000' },
    to: { type: 'string' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
    artifacts: { type: 'string', default: join('.celda', 'fuzz') },
    help: { type: 'boolean', default: false },
  },
});

/** @returns what is wrong with the options, for people */
function readSettings(): Settings | string {
  const [bytes, seed, threads] = [values.bytes, values.seed, values.threads].map(Number) as [number, number, number];
  if (![bytes, seed, threads].every((value) => Number.isSafeInteger(value) && value >= 1)) {
    return '--bytes, --seed and --threads are whole numbers from 1';
  }
  if (values.to !== undefined && values.to !== 'board' && values.to !== 'host') return '--to is board or host';
  return { bytes, seed, threads, artifacts: values.artifacts, ends: values.to ? [values.to] : ['board', 'host'] };
}

function say(text: string): void {
  process.stderr.write(`campaign:fuzz: ${text}\n`);
}

/** @returns undefined where the compiler is missing */
async function fuzzBoard({ bytes, seed, artifacts }: Settings): Promise<EndResult | undefined> {
  const missing = missingForNative();
  if (missing !== undefined) {
    say(`the board is skipped, ${missing}`);
    return undefined;
  }
  const result = await fuzzNative(bytes, seed, artifacts, (done) => say(`board ${done} of ${bytes}`));
  return { end: 'board', seed, ...result, findings: Number(result.finding !== undefined) };
}

async function fuzzHost({ bytes, seed, threads, artifacts }: Settings): Promise<EndResult> {
  const done = new Array<number>(threads).fill(0);
  const results = await Promise.all(
    done.map((_, index) => {
      const part: FuzzWorkerSettings = { bytes: Math.ceil(bytes / threads), seed: seed + index };
      return runThread<GuidedFuzzResult>('fuzz-worker.ts', part, (so) => {
        done[index] = so;
        say(`host ${done.reduce((sum, each) => sum + each, 0)} of ${bytes}`);
      });
    }),
  );
  const findings = results.flatMap(({ finding }) => finding ?? []);
  for (const [index, { story }] of findings.entries()) {
    mkdirSync(artifacts, { recursive: true });
    writeFileSync(join(artifacts, `host-${seed}-${index}`), story);
  }
  return {
    end: 'host',
    seed,
    bytes: results.reduce((sum, result) => sum + result.bytes, 0),
    stories: results.reduce((sum, result) => sum + result.stories, 0),
    blocks: Math.max(...results.map(({ blocks }) => blocks)),
    findings: findings.length,
    finding: findings[0]?.problem,
  };
}

async function timed(end: End, settings: Settings): Promise<EndResult | undefined> {
  const startedMs = performance.now();
  const result = await (end === 'board' ? fuzzBoard(settings) : fuzzHost(settings));
  if (result === undefined) return undefined;
  const seconds = Math.round(performance.now() - startedMs) / 1000;
  const full = { ...result, seconds, bytesPerSecond: Math.round(result.bytes / seconds) };
  process.stdout.write(`${JSON.stringify(full)}\n`);
  return full;
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const settings = readSettings();
  if (typeof settings === 'string') {
    say(`${settings} (--help shows the options)`);
    return 2;
  }
  say(`seed ${settings.seed}, ${settings.bytes} bytes to each of: ${settings.ends.join(', ')}`);
  const results = await Promise.all(settings.ends.map((end) => timed(end, settings)));
  return results.every((result) => result === undefined || result.findings === 0) ? 0 : 1;
}

process.exitCode = await main();
