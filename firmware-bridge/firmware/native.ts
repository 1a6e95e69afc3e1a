// Builds the programs of the native target: the portable core under address and undefined-behaviour sanitizers, driven by
// libFuzzer, and the same with faulted frames. Optional: what is needed is named by `missingForNative`. Nothing is committed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
const FLAGS = [
  '-std=gnu++14',
  '-fno-exceptions',
  '-fno-rtti',
  '-g',
  '-O2',
  '-Wall',
  '-Wextra',
  '-Werror',
  ...SANITIZERS,
];
/**
 * Without guidance by compared values, which makes it five times slower and finds no more: the stories make right checksums,
 * and what else is compared is a byte.
 */
const FUZZER = ['-fsanitize=fuzzer', '-fno-sanitize-coverage=trace-cmp'];
const EMPTY = 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n';

/** What each program is linked from besides the core, and the flags of its own. */
const PROGRAMS = {
  /** Coverage-guided: stories out of bytes. */
  fuzz: { sources: ['bench', 'fuzz', 'invariants', 'listener'], flags: FUZZER },
  /** Whole frames with a fault each. */
  campaign: { sources: ['bench', 'campaign', 'faulted-board', 'faulted-plan', 'faults', 'listener'], flags: [] },
} as const;

function coreSources(): readonly string[] {
  return readdirSync(join(HERE, 'core'))
    .filter((name) => name.endsWith('.cpp'))
    .sort()
    .map((name) => `core/${name}`);
}

/** @returns why the native target cannot be built here and the command that mends it, or undefined when it can */
export function missingForNative(): string | undefined {
  const version = spawnSync('clang++', ['--version'], { encoding: 'utf8' });
  if (version.error !== undefined || version.status !== 0) {
    return 'clang++ is not installed: apt-get install clang libclang-rt-14-dev (the number is that of clang)';
  }
  const major = /version (\d+)/.exec(version.stdout)?.[1] ?? '14';
  const scratch = mkdtempSync(join(tmpdir(), 'celda-native-'));
  try {
    writeFileSync(join(scratch, 'empty.cpp'), EMPTY);
    const args = [...FLAGS, ...FUZZER, join(scratch, 'empty.cpp'), '-o', join(scratch, 'empty')];
    const run = spawnSync('clang++', args, { encoding: 'utf8' });
    if (run.status === 0) return undefined;
    return `clang++ has no sanitizer and fuzzer runtime: apt-get install libclang-rt-${major}-dev`;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Builds a program of the native target; takes some ten seconds.
 * @param output path of the program
 * @param kind the board that it is
 * @throws Error with what the compiler said
 */
export function buildNative(program: keyof typeof PROGRAMS, output: string, kind: 'uno' | 'mega' = 'uno'): void {
  const { sources, flags } = PROGRAMS[program];
  const native = sources.map((name) => `targets/native/${name}.cpp`);
  const plan = kind === 'mega' ? ['-DCELDA_MEGA'] : [];
  const run = spawnSync('clang++', [...FLAGS, ...flags, ...plan, ...coreSources(), ...native, '-o', output], {
    cwd: HERE,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`clang++ failed for the native target\n${run.stderr}`);
}
