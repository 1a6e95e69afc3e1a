// `npm run campaign:mutation`: plants small faults into the sources of one area, one at a time, and counts those that the tests find.
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ORACLES } from '../support/oracles/all.ts';
import { EQUIVALENTS } from './mutation/equivalents.ts';
import { type Mutant, mutantsOf, planted } from './mutation/mutants.ts';
import { type Outcome, openTrials, type Tests, type Trials } from './mutation/trials.ts';

const HELP = `Plants small faults into src/safety, or into the alarms and the trace of inputs, and runs the tests of it on each.

Usage: npm run campaign:mutation -- [options]

  --area <name>   safety (default) or alarms
  --file <text>   only faults in files whose name contains it
  --list          only lists the faults
  --fresh         forgets what earlier runs found; otherwise only what changed since is tried again
  --json          JSON instead of the table
  --help          this

Progress goes to standard error. Exit code 1 when the score is below 95 %, 2 for a wrong option.
`;

const ROOT = join(import.meta.dirname, '..', '..');
const STATE = join(ROOT, 'node_modules', '.cache', 'celda-mutation.json');
const ORACLE_TESTS = 'test/unit/safety-oracles.test.ts';
/** What stands around the blocks: the oracles call the blocks alone. */
const WITHOUT_ORACLE = ['program.ts', 'wiring.ts', 'driven-outputs.ts', 'safety-inputs.ts'];
const SEARCH_TESTS = 'test/unit/safety-block-search.test.ts';

interface Area {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** What the tests of every fault depend on, besides the faulty file. */
  readonly shared: readonly string[];
}

const AREAS: Readonly<Record<string, Area>> = {
  safety: {
    sources: ['src/safety/*.ts'],
    tests: ['test/unit/safety-*.test.ts', 'test/property/safety-*.test.ts', 'test/unit/control-permits.test.ts'],
    shared: [
      'src/safety/function-block.ts',
      'test/support/oracles/*.ts',
      'test/support/block-*.ts',
      'test/support/safety-rig.ts',
    ],
  },
  alarms: {
    sources: ['src/core/alarm-list.ts', 'src/core/input-trace.ts'],
    tests: [
      'test/unit/core-alarm-list.test.ts',
      'test/unit/core-input-trace.test.ts',
      'test/unit/control-stop-records.test.ts',
    ],
    shared: ['src/core/alarm-class.ts', 'src/core/faults.ts', 'src/core/faults/*.ts'],
  },
};
const SCORE_MIN = 0.95;

const { values } = parseArgs({
  options: {
    area: { type: 'string', default: 'safety' },
    file: { type: 'string', default: '' },
    list: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

interface Sources {
  readonly texts: ReadonlyMap<string, string>;
  readonly testFiles: readonly string[];
  /** The same as long as the tests and what all blocks share do not change. */
  readonly digest: string;
}

function find(patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort();
}

function readSources({ sources, tests, shared }: Area): Sources {
  const files = find(sources);
  const testFiles = find(tests);
  const hash = createHash('sha256');
  const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
  for (const file of [...testFiles, ...find(shared)]) hash.update(read(file));
  return { texts: new Map(files.map((file) => [file, read(file)])), testFiles, digest: hash.digest('hex') };
}

/** The tests that find a fault in this file soonest come first; a block's own oracle counts, that of another does not. */
function testsFor(file: string, testFiles: readonly string[]): readonly Tests[] {
  const stem = basename(file, '.ts').replaceAll('-', '');
  const own = ORACLES.map(({ type }) => type).filter((type) => {
    const name = type.toLowerCase().replaceAll('_', '');
    return stem.startsWith('sf') && (name.startsWith(stem) || stem.startsWith(name));
  });
  const searches = testFiles.filter((each) => each === SEARCH_TESTS || each.startsWith('test/property/'));
  const stories = testFiles.filter((each) => each !== ORACLE_TESTS && !searches.includes(each));
  const rest: readonly Tests[] = [{ files: stories }, { files: searches }].filter(({ files }) => files.length > 0);
  if (!testFiles.includes(ORACLE_TESTS) || WITHOUT_ORACLE.includes(basename(file))) return rest;
  const oracles: Tests = { files: [ORACLE_TESTS] };
  if (own.length === 0) return [...rest, oracles];
  return [{ ...oracles, titles: new RegExp(`^(${own.join('|')}) `) }, ...rest];
}

/** By the digest of what counts for it, and the id of the fault. */
type Kept = Record<string, Outcome>;

function keyOf({ id, file }: Mutant, { texts, digest }: Sources): string {
  return createHash('sha256')
    .update(digest)
    .update(texts.get(file) ?? '')
    .update(id)
    .digest('hex');
}

function readKept(): Kept {
  if (values.fresh) return {};
  try {
    return JSON.parse(readFileSync(STATE, 'utf8')) as Kept;
  } catch {
    // The first run, or a state that was cut off: everything is tried.
    return {};
  }
}

function keep(outcomes: Kept): void {
  mkdirSync(dirname(STATE), { recursive: true });
  writeFileSync(STATE, JSON.stringify(outcomes));
}

/** Tests that fail without a fault would find every fault: seen before each file, and after the last. */
async function checkWithoutFault(file: string, sources: Sources, trials: Trials): Promise<void> {
  const source = sources.texts.get(file) ?? '';
  const outcome = await trials.run(file, source, source, testsFor(file, sources.testFiles));
  if (outcome !== 'passed') throw new Error(`without a fault the tests have ${outcome}: mend them first`);
}

async function tryAll(mutants: readonly Mutant[], sources: Sources): Promise<Kept> {
  const outcomes = readKept();
  const open = mutants.filter((mutant) => outcomes[keyOf(mutant, sources)] === undefined);
  process.stderr.write(`campaign:mutation: ${mutants.length} faults, ${open.length} of them to try\n`);
  if (open.length === 0) return outcomes;
  const trials = await openTrials();
  try {
    for (const [index, mutant] of open.entries()) {
      if (mutant.file !== open[index - 1]?.file) await checkWithoutFault(mutant.file, sources, trials);
      const source = sources.texts.get(mutant.file) ?? '';
      const tests = testsFor(mutant.file, sources.testFiles);
      const outcome = await trials.run(mutant.file, planted(source, mutant), source, tests);
      outcomes[keyOf(mutant, sources)] = outcome;
      keep(outcomes);
      if (outcome === 'passed') process.stderr.write(`survived, line ${mutant.line}: ${mutant.id}\n`);
      if (index % 50 === 49) process.stderr.write(`campaign:mutation: ${index + 1} of ${open.length}\n`);
    }
    await checkWithoutFault(open.at(-1)?.file ?? '', sources, trials);
  } finally {
    await trials.close();
  }
  return outcomes;
}

interface Line {
  readonly file: string;
  readonly faults: number;
  readonly equivalent: number;
  readonly found: number;
  readonly survivors: readonly string[];
}

function lineOf(file: string, mutants: readonly Mutant[], sources: Sources, outcomes: Kept): Line {
  const own = mutants.filter((mutant) => mutant.file === file);
  const survivors = own.filter((mutant) => outcomes[keyOf(mutant, sources)] === 'passed').map(({ id }) => id);
  const counted = survivors.filter((id) => EQUIVALENTS[id] === undefined);
  const equivalent = survivors.length - counted.length;
  return { file, faults: own.length, equivalent, found: own.length - survivors.length, survivors: counted };
}

function report(lines: readonly Line[]): number {
  const found = lines.reduce((total, line) => total + line.found, 0);
  const survived = lines.reduce((total, line) => total + line.survivors.length, 0);
  const score = found / (found + survived);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ score, found, survived, files: lines }, undefined, 2)}\n`);
    return score;
  }
  for (const { file, faults, equivalent, found: killed, survivors } of lines) {
    process.stdout.write(`${file.padEnd(40)}${faults} faults, ${killed} found, ${equivalent} without effect\n`);
    for (const id of survivors) process.stdout.write(`  survived: ${id}\n`);
  }
  process.stdout.write(`${found} of ${found + survived} faults found: ${(100 * score).toFixed(1)} %\n`);
  return score;
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const area = AREAS[values.area];
  if (area === undefined) {
    process.stderr.write(`campaign:mutation: no area has such a name: ${Object.keys(AREAS).join(', ')}\n`);
    return 2;
  }
  const sources = readSources(area);
  const files = [...sources.texts.keys()].filter((file) => file.includes(values.file));
  const mutants = files.flatMap((file) => mutantsOf(file, sources.texts.get(file) ?? ''));
  if (mutants.length === 0) {
    process.stderr.write('campaign:mutation: no file of the area has such a name (--help shows the options)\n');
    return 2;
  }
  if (values.list) {
    for (const { line, id } of mutants) process.stdout.write(`${line}: ${id}\n`);
    return 0;
  }
  const outcomes = await tryAll(mutants, sources);
  return report(files.map((file) => lineOf(file, mutants, sources, outcomes))) >= SCORE_MIN ? 0 : 1;
}

process.exitCode = await main();
