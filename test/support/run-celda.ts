// The command line as a process beside this one: a board that is played here goes on meanwhile.
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface CeldaRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param env added to a bare environment in English */
export function runCelda(args: readonly string[], env: Readonly<Record<string, string>>): Promise<CeldaRun> {
  const whole = { PATH: process.env['PATH'], LANG: 'C', ...env };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['src/cli/main.ts', ...args],
      { cwd: ROOT, env: whole, timeout: 40_000 },
      (error, stdout, stderr) => {
        resolve({ status: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr });
      },
    );
  });
}
