// Runs the native fuzzer over a number of bytes, from an empty corpus.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
const LOG_CHARACTERS_MAX = 16_000;
const PROGRESS = /^celda-fuzz: (\d+) bytes$/;

/** Runs a program to its end. @returns exit code and the end of what it wrote to standard error */
function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Promise<{ readonly status: number | null; readonly log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    createInterface({ input: child.stderr }).on('line', (line) => {
      log = `${log}${line}\n`.slice(-LOG_CHARACTERS_MAX);
      onLine(line);
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, log }));
  });
}

function report(status: number | null, log: string): FuzzResult {
  const done = /celda-fuzz: done after (\d+) bytes/.exec(log);
  const shown = [...log.matchAll(/celda-fuzz: (\d+) bytes/g)].at(-1);
  const isDone = status === 0 && done !== null;
  return { bytes: Number((done ?? shown)?.[1] ?? 0), finding: isDone ? undefined : log };
}

/**
 * Builds the fuzzer and runs it.
 * @param bytes that the board is to receive, at least; the last story is finished
 * @param seed of the search, > 0
 * @param artifacts folder that keeps the story behind a finding
 * @param progress called every ten million bytes or so
 * @throws Error when the fuzzer cannot be built
 */
export async function fuzzNative(
  bytes: number,
  seed: number,
  artifacts: string,
  progress: (done: number) => void = () => undefined,
): Promise<FuzzResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'celda-fuzz-'));
  try {
    const program = join(scratch, 'celda-fuzz');
    buildNative('fuzz', program);
    const corpus = join(scratch, 'corpus');
    mkdirSync(corpus);
    mkdirSync(artifacts, { recursive: true });
    const options = [`-seed=${seed}`, `-max_len=${STORY_BYTES_MAX}`, '-len_control=0', '-verbosity=0'];
    options.push(`-timeout=${HANG_S}`, `-artifact_prefix=${artifacts}/`);
    const env = { ...process.env, CELDA_FUZZ_BYTES: String(bytes) };
    const { status, log } = await run(program, [...options, corpus], env, (line) => {
      const done = PROGRESS.exec(line)?.[1];
      if (done !== undefined) progress(Number(done));
    });
    return report(status, log);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
