// The benchmark's command line, with measurements in virtual time alone: they say the same on every machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MEASUREMENTS } from '../bench/figures.ts';
import type { Report } from '../bench/report.ts';

const MAIN = new URL('../bench/main.ts', import.meta.url).pathname;
const LIMIT_MS = 60_000;

function bench(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the benchmark', () => {
  it(
    'gives figures as JSON on standard output, and progress elsewhere',
    () => {
      const { status, stdout, stderr } = bench('--quick', '--only', 'lease', '--only', 'silence', '--json');
      expect(status).toBe(0);
      const { machine, figures, failures } = JSON.parse(stdout) as Report;
      expect(failures).toEqual([]);
      expect(machine.cores).toBeGreaterThan(0);
      expect(figures.map(({ met }) => met)).toEqual([true, true]);
      expect(figures[0]?.measured.min).toBeGreaterThanOrEqual(99);
      expect(figures[0]?.measured.max).toBeLessThanOrEqual(101);
      expect(figures[1]?.measured.max).toBeLessThanOrEqual(150);
      expect(stderr).toContain('random phases');
    },
    LIMIT_MS,
  );

  it(
    'writes JSON into a file beside the table',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'celda-test-'));
      const file = join(folder, 'figures.json');
      const { status, stdout } = bench('--quick', '--only', 'lease', '--json', file);
      expect(status).toBe(0);
      expect(stdout).toContain('| figure');
      expect((JSON.parse(readFileSync(file, 'utf8')) as Report).figures).toHaveLength(1);
      rmSync(folder, { recursive: true });
    },
    LIMIT_MS,
  );

  it(
    'names its measurements in its help, and refuses others',
    () => {
      const help = bench('--help');
      expect(help.status).toBe(0);
      for (const name of MEASUREMENTS.keys()) expect(help.stdout).toContain(name);
      expect(bench('--only', 'nonsense')).toMatchObject({ status: 2, stdout: '' });
      expect(bench('--nonsense').status).toBe(2);
      expect(bench('figures.json').status).toBe(2);
    },
    LIMIT_MS,
  );
});
