// Runs tests against a copy of the project in which one file is changed at a time: within one process, since starting the test
// runner anew for every fault would take longer than the tests.
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVitest, type Vitest } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const COPIED = ['src', 'sim', 'test', 'firmware-bridge', 'proto', 'cells', 'docs', 'package.json', 'tsconfig.json'];

/** A trial that takes longer hangs, ms. A single test has as long: on a busy machine a slow one must not pass for one that found a fault. */
const HANG_MS = 300_000;

/** Tests to run, from the cheapest to the dearest. */
export interface Tests {
  readonly files: readonly string[];
  /** Only tests whose titles match; all of them otherwise. */
  readonly titles?: RegExp;
}

export type Outcome = 'passed' | 'failed' | 'hung';

export interface Trials {
  /** Puts `text` into the file and runs the tests until one fails; then the file is as it was. */
  run(file: string, text: string, original: string, tests: readonly Tests[]): Promise<Outcome>;
  close(): Promise<void>;
}

async function start(root: string): Promise<Vitest> {
  const reporters = [{}];
  return createVitest({
    root,
    config: false,
    watch: false,
    bail: 1,
    pool: 'forks',
    maxWorkers: 1,
    reporters,
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
  });
}

async function runOnce(vitest: Vitest, root: string, { files, titles }: Tests): Promise<Outcome> {
  if (titles === undefined) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(titles);
  const wanted = files.map((file) => join(root, file));
  const found = await vitest.getRelevantTestSpecifications(wanted);
  const specifications = found.filter(({ moduleId }) => wanted.includes(moduleId));
  if (specifications.length !== files.length) throw new Error(`not all of ${files.join(', ')} are there`);
  const hang = new Promise<'hung'>((resolve) => {
    setTimeout(() => resolve('hung'), HANG_MS).unref();
  });
  const end = await Promise.race([vitest.runTestSpecifications(specifications), hang]);
  if (end === 'hung') return end;
  // The runner also tells of files that only earlier runs ran: one that found an earlier fault would find every fault after it.
  const modules = end.testModules.filter(({ moduleId }) => wanted.includes(moduleId));
  const isGood = end.unhandledErrors.length === 0 && modules.every((module) => module.ok());
  if (isGood && modules.length !== files.length) throw new Error(`not all of ${files.join(', ')} were run`);
  return isGood ? 'passed' : 'failed';
}

/** Copies the project and starts a test runner in the copy. */
export async function openTrials(): Promise<Trials> {
  const root = mkdtempSync(join(tmpdir(), 'celda-mutation-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(root, name), { recursive: true });
  cpSync(join(ROOT, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  let vitest = await start(root);
  return {
    async run(file, text, original, tests) {
      const path = join(root, file);
      writeFileSync(path, text);
      vitest.invalidateFile(path);
      let outcome: Outcome = 'passed';
      for (const some of tests) {
        outcome = await runOnce(vitest, root, some);
        if (outcome !== 'passed') break;
      }
      writeFileSync(path, original);
      vitest.invalidateFile(path);
      if (outcome === 'hung') {
        void vitest.close();
        vitest = await start(root);
      }
      return outcome;
    },
    async close() {
      await vitest.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
