// Goal: a process ends, with its exit code, whatever the system does with the ports that it opened.
// Method: a real process whose thread of the pool waits in the system for ever.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const LIMIT_MS = 60_000;
const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
const fifo = join(directory, 'pipe');
execFileSync('mkfifo', [fifo]);
afterAll(() => rmSync(directory, { recursive: true }));

it.each(['at once', 'when its work is done'])(
  '[P12] a port that never opens does not keep the process from ending %s, with its exit code',
  (how) => {
    const program = join(import.meta.dirname, '../support/programs/stuck-call.ts');
    const run = spawnSync(process.execPath, [program, fifo, how], { timeout: LIMIT_MS, encoding: 'utf8' });
    expect(run).toMatchObject({ status: 4, signal: null, stdout: 'the last line\n' });
  },
  LIMIT_MS,
);
