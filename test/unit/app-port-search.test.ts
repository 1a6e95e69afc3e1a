// Which ports a moved board is looked for on. Opening a port restarts an Arduino: never one that another cell uses.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { loadCheckedCell } from '../../src/app/load-checked-cell.ts';
import { candidatesOf } from '../../src/app/reach-boards.ts';
import type { CellModel } from '../../src/core/cell-model.ts';

const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
const [configured, spare] = [join(directory, 'configured'), join(directory, 'spare-1')];
let neighbour: ChildProcess;

beforeAll(() => {
  vi.stubEnv('XDG_RUNTIME_DIR', directory);
  for (const path of [configured, spare]) writeFileSync(path, '');
  neighbour = spawn('sleep', ['600'], { stdio: 'ignore' });
});
afterAll(() => {
  neighbour.kill();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

function cell(): CellModel {
  const loaded = loadCheckedCell('cells/pick-and-place/cell.yaml');
  const searchPorts = [join(directory, 'spare-*')];
  const found = { port: configured, uid: '0123456789abcdef', searchPorts };
  return { ...loaded, boards: loaded.boards.map((board) => ({ ...board, ...found })) };
}

function searched(): readonly string[] {
  return candidatesOf(cell(), {}, 'uno-1').map(({ path }) => path);
}

/** The lock of a running cell whose supervisor is the process. */
function lockOf(pid: number, ports: readonly string[]): string {
  const folder = join(directory, `celda-${userInfo().uid}-neighbour`);
  mkdirSync(folder, { recursive: true });
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const path = join(folder, 'lock');
  writeFileSync(path, JSON.stringify({ pid, started: fields[19], ports }));
  return path;
}

it('a board is looked for on its port and on those of its searchPorts', () => {
  expect(searched()).toEqual([configured, spare]);
});

it('[S13] a port that another running cell was started with is left alone, also while that has it closed', () => {
  const byId = join(directory, 'by-id');
  symlinkSync(spare, byId);
  const lock = lockOf(neighbour.pid ?? 0, [byId]);
  expect(searched()).toEqual([configured]);
  rmSync(lock);
  expect(searched()).toEqual([configured, spare]);
});

it('a port that the cell itself was started with is looked at, and so is one whose cell is gone', () => {
  const lock = lockOf(process.pid, [spare]);
  expect(searched()).toEqual([configured, spare]);
  writeFileSync(lock, JSON.stringify({ pid: neighbour.pid, started: 'before', ports: [spare] }));
  expect(searched()).toEqual([configured, spare]);
  rmSync(lock);
});
