// Faulted frames to the board's program by the native target: the core under sanitizers, some 200,000 trials a second.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildNative } from '../../firmware-bridge/firmware/native.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { FAULT_KINDS } from './faulted-frames.ts';
import { addTallies, emptyTallies, type Tally } from './faults-campaign.ts';

/** A program that says nothing for this long hangs, ms; it speaks every million trials. */
const HANG_MS = 120_000;
const LOG_CHARACTERS_MAX = 16_000;

type NativeTally = Omit<Tally, 'direction' | 'example'> & { readonly example?: string };

/**
 * Builds the programs and runs them: half of the trials to an Uno, then half to a Mega.
 * @param trials whole number, faulted streams in total, the kinds in turn
 * @param seed from 1
 * @param progress called every million trials of a board with the number done
 * @throws Error when they cannot be built, hang, or a sanitizer ends one; with what it said
 */
export async function runFaultsNative(
  trials: number,
  seed: number,
  progress: (done: number) => void = () => undefined,
): Promise<Tally[]> {
  const sum = emptyTallies(['to board']);
  const toUno = Math.ceil(trials / 2);
  addTallies(sum, await runBoard('uno', toUno, seed, progress));
  addTallies(sum, await runBoard('mega', trials - toUno, seed, (done) => progress(toUno + done)));
  return sum;
}

async function runBoard(
  kind: BoardKind,
  trials: number,
  seed: number,
  progress: (done: number) => void,
): Promise<Tally[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'celda-campaign-'));
  try {
    const program = join(scratch, 'celda-campaign');
    buildNative('campaign', program, kind);
    const tallies = JSON.parse(await run(program, [String(trials), String(seed)], progress)) as readonly NativeTally[];
    const kinds = tallies.map((tally) => tally.kind);
    if (kinds.join() !== FAULT_KINDS.join()) throw new Error(`the kinds of faults differ: ${kinds.join()}`);
    return tallies.map((tally) => ({ direction: 'to board', ...tally, example: tally.example }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[], progress: (done: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let log = '';
    const watchdog = setTimeout(() => child.kill('SIGKILL'), HANG_MS);
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      watchdog.refresh();
      if (/^\d+$/.test(line)) progress(Number(line));
      else log = `${log}${line}\n`.slice(-LOG_CHARACTERS_MAX);
    });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      clearTimeout(watchdog);
      if (status === 0) resolve(said);
      else reject(new Error(signal === 'SIGKILL' ? `seed ${args[1] ?? ''}: hangs` : log));
    });
  });
}
