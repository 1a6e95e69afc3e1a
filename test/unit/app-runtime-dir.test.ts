import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acquireLock } from '../../src/app/lock-file.ts';
import { prepareRuntime } from '../../src/app/runtime-dir.ts';

let base = '';
let cellPath = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'celda-test-'));
  cellPath = join(base, 'cell.yaml');
  writeFileSync(cellPath, '');
  vi.stubEnv('XDG_RUNTIME_DIR', base);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true });
});

describe('private directory of a cell', () => {
  it('can be entered by its user only', () => {
    expect(statSync(prepareRuntime(cellPath, '').directory).mode & 0o777).toBe(0o700);
  });

  it('is the same for the same file by whatever path, and another for another run or file', () => {
    const { directory } = prepareRuntime(cellPath, '');
    expect(prepareRuntime(join(base, '.', 'cell.yaml'), '').directory).toBe(directory);
    expect(prepareRuntime(cellPath, 'sim-1').directory).not.toBe(directory);
  });

  it('is refused when others can enter it', () => {
    const { directory } = prepareRuntime(cellPath, '');
    chmodSync(directory, 0o755);
    expect(() => prepareRuntime(cellPath, '')).toThrow('not a private directory');
  });

  it('is refused when the path of its socket would be too long', () => {
    const long = join(base, 'x'.repeat(100));
    mkdirSync(long);
    vi.stubEnv('XDG_RUNTIME_DIR', long);
    expect(() => prepareRuntime(cellPath, '')).toThrow('too long');
  });

  it('of a killed supervisor is removed at the next start; that of a living one stays', () => {
    const dead = prepareRuntime(cellPath, 'dead');
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeFileSync(dead.lock, JSON.stringify({ pid, started: '1' }));
    writeFileSync(dead.cell, 'celda: 1');
    const living = prepareRuntime(cellPath, 'living');
    const lock = acquireLock(living.lock);
    const foreign = join(base, `celda-${userInfo().uid}-notes`);
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'lock'), 'mine');
    prepareRuntime(cellPath, '');
    expect([dead.directory, living.directory, foreign].map((path) => existsSync(path))).toEqual([false, true, true]);
    lock.release();
  });
});
