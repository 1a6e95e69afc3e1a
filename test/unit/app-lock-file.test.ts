import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock } from '../../src/app/lock-file.ts';
import { OperatorError } from '../../src/app/operator-error.ts';

let directory = '';
let path = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  path = join(directory, 'lock');
});
afterEach(() => rmSync(directory, { recursive: true }));

function occupiedBy(): string | undefined {
  try {
    acquireLock(path).release();
    return undefined;
  } catch (error) {
    if (error instanceof OperatorError && error.exitCode === 4) return error.message;
    throw error;
  }
}

describe('lock of a cell', () => {
  it('[P8] keeps a second owner away, names the first, and is free after its release', () => {
    const lock = acquireLock(path);
    expect(occupiedBy()).toContain(`process ${process.pid}`);
    lock.release();
    expect(occupiedBy()).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('[P8] is taken over from a process that is gone', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeFileSync(path, JSON.stringify({ pid, started: '1' }));
    const lock = acquireLock(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  });

  it('[P8] is taken over when its pid belongs to another process now', () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: '1' }));
    expect(occupiedBy()).toBeUndefined();
  });

  it.each(['', '{', '{"pid":"x","started":1}', 'null'])('is taken over when the file is not a lock: %s', (content) => {
    writeFileSync(path, content);
    expect(occupiedBy()).toBeUndefined();
  });

  it('stays when its release comes after somebody else took it', () => {
    const lock = acquireLock(path);
    writeFileSync(path, 'of another process');
    lock.release();
    expect(readFileSync(path, 'utf8')).toBe('of another process');
  });
});
