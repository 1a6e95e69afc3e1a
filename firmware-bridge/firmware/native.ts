// Builds the native target: the portable core under address and undefined-behaviour sanitizers, driven by libFuzzer.
// Optional: what it needs is named by `missingForNative`. Nothing that it makes is committed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const FLAGS = [
  '-std=gnu++14',
  '-fno-exceptions',
  '-fno-rtti',
  '-g',
  '-O2',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-fsanitize=address,undefined,fuzzer',
  '-fno-sanitize-recover=all',
];
const EMPTY = 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n';

function sources(folder: string): readonly string[] {
  return readdirSync(join(HERE, folder))
    .filter((name) => name.endsWith('.cpp'))
    .sort()
    .map((name) => `${folder}/${name}`);
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
    const args = [...FLAGS, join(scratch, 'empty.cpp'), '-o', join(scratch, 'empty')];
    const run = spawnSync('clang++', args, { encoding: 'utf8' });
    if (run.status === 0) return undefined;
    return `clang++ has no sanitizer and fuzzer runtime: apt-get install libclang-rt-${major}-dev`;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * Builds the fuzzer; takes some ten seconds.
 * @param output path of the program
 * @throws Error with what the compiler said
 */
export function buildNative(output: string): void {
  const args = [...FLAGS, ...sources('core'), ...sources('targets/native'), '-o', output];
  const run = spawnSync('clang++', args, { cwd: HERE, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`clang++ failed for the native target\n${run.stderr}`);
}
