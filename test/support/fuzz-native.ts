// Runs the native fuzzer over a number of bytes, from an empty corpus.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildNative } from '../../firmware-bridge/firmware/native.ts';

export interface FuzzResult {
  /** Bytes that the board received. */
  readonly bytes: number;
  /** What was found, as the sanitizer or the invariant says it; undefined: nothing. */
  readonly finding: string | undefined;
}

const STORY_BYTES_MAX = 1024;
/** A turn of the fuzzer that takes longer counts as a hang, s. */
const HANG_S = 10;

function report(status: number | null, log: string): FuzzResult {
  const done = /celda-fuzz: done after (\d+) bytes/.exec(log);
  const shown = [...log.matchAll(/celda-fuzz: (\d+) bytes/g)].at(-1);
  const isDone = status === 0 && done !== null;
  return { bytes: Number((done ?? shown)?.[1] ?? 0), finding: isDone ? undefined : log.slice(-8_000) };
}

/**
 * Builds the fuzzer and runs it.
 * @param bytes that the board is to receive, at least; the last story is finished
 * @param seed of the search, > 0
 * @param artifacts folder that keeps the story behind a finding
 * @throws Error when the fuzzer cannot be built
 */
export function fuzzNative(bytes: number, seed: number, artifacts: string): FuzzResult {
  const scratch = mkdtempSync(join(tmpdir(), 'celda-fuzz-'));
  try {
    const program = join(scratch, 'celda-fuzz');
    buildNative(program);
    const corpus = join(scratch, 'corpus');
    mkdirSync(corpus);
    mkdirSync(artifacts, { recursive: true });
    const options = [`-seed=${seed}`, `-max_len=${STORY_BYTES_MAX}`, '-len_control=0', '-verbosity=0'];
    options.push(`-timeout=${HANG_S}`, `-artifact_prefix=${artifacts}/`);
    const env = { ...process.env, CELDA_FUZZ_BYTES: String(bytes) };
    const run = spawnSync(program, [...options, corpus], { env, encoding: 'utf8', maxBuffer: 2 ** 28 });
    return report(run.status, run.stderr);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
