// `npm run campaign:properties`: the tests that draw their values, again and again, each time from another seed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Runs every test that draws its values, with other values in each round. \`npm test\` always draws the same.

Usage: npm run campaign:properties -- [options]

  --rounds <n>   rounds, each with a seed of its own (20)
  --seed <n>     of the first round; the next one takes the next number (2)
  --file <text>  only tests in files whose name contains it
  --json         JSON instead of the table
  --help         this

Progress goes to standard error. Exit code 1 when a round fails, 2 for a wrong option. One round again: --rounds 1 --seed <its seed>.
`;

const ROOT = join(import.meta.dirname, '..', '..');
const VITEST = join(ROOT, 'node_modules', '.bin', 'vitest');

interface Round {
  readonly seed: number;
  readonly failed: readonly string[];
}

/** What Vitest's JSON says of each file, as far as it is read here. */
interface Results {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '2' },
    file: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function testsThatDraw(part: string): string[] {
  return globSync('test/**/*.test.ts', { cwd: ROOT })
    .filter((file) => file.includes(part) && readFileSync(join(ROOT, file), 'utf8').includes("from 'fast-check'"))
    .toSorted();
}

function failuresOf({ testResults }: Results): string[] {
  return testResults.flatMap(({ message, assertionResults }) => {
    if (assertionResults.length === 0 && message !== '') return [message];
    return assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n').slice(0, 2_000)}`);
  });
}

async function runRound(seed: number, files: readonly string[]): Promise<Round> {
  const folder = mkdtempSync(join(tmpdir(), 'celda-properties-'));
  const results = join(folder, 'results.json');
  try {
    const runner = spawn(VITEST, ['run', '--reporter=json', `--outputFile=${results}`, ...files], {
      cwd: ROOT,
      env: { ...process.env, CELDA_PROPERTY_SEED: String(seed) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await once(runner, 'close');
    return { seed, failed: failuresOf(JSON.parse(readFileSync(results, 'utf8')) as Results) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function main(): Promise<void> {
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [rounds, first] = [Number(values.rounds), Number(values.seed)];
  const files = testsThatDraw(values.file);
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(first) || files.length === 0) {
    process.stderr.write(HELP);
    process.exitCode = 2;
    return;
  }
  const done: Round[] = [];
  for (let seed = first; seed < first + rounds; seed += 1) {
    const round = await runRound(seed, files);
    done.push(round);
    process.stderr.write(`seed ${seed}: ${round.failed.length === 0 ? 'green' : `${round.failed.length} failed`}\n`);
    if (!values.json) for (const failure of round.failed) process.stdout.write(`${failure}\n`);
  }
  const red = done.filter(({ failed }) => failed.length > 0);
  if (values.json) process.stdout.write(`${JSON.stringify({ files: files.length, rounds: done })}\n`);
  else process.stdout.write(`${files.length} files, ${done.length} rounds, ${red.length} failed\n`);
  process.exitCode = red.length === 0 ? 0 : 1;
}

await main();
