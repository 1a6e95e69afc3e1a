// The command line as a script sees it: started as a process, judged by exit code and output.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const CELL = 'cells/pick-and-place/cell.yaml';
/** A port that nothing listens on: 1 is tcpmux, which no machine here serves. */
const NOBODY = '127.0.0.1:1';

const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
afterAll(() => rmSync(directory, { recursive: true }));

function celda(...args: readonly string[]) {
  return celdaIn({ LANG: 'C' }, ...args);
}

/** @param locale the variables of the environment that choose the language */
function celdaIn(locale: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/main.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], XDG_RUNTIME_DIR: directory, ...locale },
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

describe('celda check', () => {
  it('accepts the example cell', () => {
    expect(celda('check', CELL)).toMatchObject({ status: 0, stderr: '' });
  });

  it('shows every problem with its place, and exits 2', () => {
    const path = join(directory, 'bad.yaml');
    writeFileSync(path, 'celda: 1\ncell: { name: x, cyclePeriodMs: 0 }\nbogus: 1\n');
    const { status, stdout } = celda('check', path, '--json');
    expect(status).toBe(2);
    const { problems } = JSON.parse(stdout) as { problems: { line: number; path: string }[] };
    expect(problems.length).toBeGreaterThan(1);
    expect(problems).toContainEqual(expect.objectContaining({ line: 2, path: 'cell.cyclePeriodMs' }));
  });

  it('speaks Spanish when asked', () => {
    const { status, stdout } = celda('check', 'nowhere.yaml', '--locale', 'es');
    expect(status).toBe(2);
    expect(stdout).toContain('sugerencia');
  });

  it.each([
    [{ LANG: 'es_MX.UTF-8' }, 'sugerencia'],
    [{ LANG: 'es_MX.UTF-8', LC_ALL: 'en_US.UTF-8' }, 'hint'],
    [{ LANG: 'estonian' }, 'hint'],
    [{}, 'hint'],
  ])('speaks the language of the system: %o', (locale, word) => {
    expect(celdaIn(locale, 'check', 'nowhere.yaml').stdout).toContain(` ${word} `);
  });
});

describe('celda schema', () => {
  it('prints a JSON Schema', () => {
    const { status, stdout } = celda('schema');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object' });
  });
});

describe('celda', () => {
  it.each([[['--help']], [['job', 'submit', '--help']], [['set', '--help']], [['fault', 'inject', '--help']]])(
    'helps: %s',
    (args) => {
      const { status, stdout } = celda(...args);
      expect(status).toBe(0);
      expect(stdout).toContain('Usage: celda');
    },
  );

  it('says in its help that it is not a safety component', () => {
    expect(celda('--help').stdout).toContain('not a safety component');
  });

  it.each([
    [['bogus']],
    [['job', 'submit']],
    [['job', 'submit', 'park', '-p', 'speed']],
    [['job', 'submit', 'park', '-p', 'speed=1', '-p', 'speed=2']],
    [['job', 'list', '--address', 'nowhere']],
    [['sim', CELL, '--grpc-port', '70000']],
    [['sim', CELL, '--seed', 'x']],
    [['set', 'estop', 'sideways']],
    [['check', CELL, '--locale', 'fr']],
  ])('refuses wrong usage with exit code 2: %s', (args) => {
    const { status, stderr } = celda(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: /);
  });

  it.each([[['bogus']], [['job', 'submit']], [['job', 'list', '--state', 'fast']], [['unit', 'fly']]])(
    'tells wrong usage as JSON alone when asked for JSON: %s',
    (args) => {
      const { status, stdout, stderr } = celda(...args, '--json');
      expect(status).toBe(2);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toMatchObject({ error: { status: '', reason: '', exitCode: 2 } });
    },
  );

  it.each([
    [['job', 'list', '--address', NOBODY]],
    [['job', 'submit', 'park', '--address', NOBODY]],
    [['plant', '--sim-address', NOBODY]],
    [['set', 'estop', 'press', '--sim-address', NOBODY]],
  ])('exits 3 when nothing answers, and says how to start it: %s', (args) => {
    const { status, stderr } = celda(...args);
    expect(status).toBe(3);
    expect(stderr).toContain('start ');
  });

  it('says in Spanish too that the file of a draft is not there', () => {
    const { status, stderr } = celda(
      'work-master',
      'check',
      'park',
      'nowhere.yaml',
      '--locale',
      'es',
      '--address',
      NOBODY,
    );
    expect(status).toBe(2);
    expect(stderr).toBe('celda: nowhere.yaml no existe\n  indique el archivo del borrador\n');
  });

  it('gives failures as JSON when asked for JSON', () => {
    const { status, stdout } = celda('job', 'get', 'x', '--json', '--address', NOBODY);
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ error: { status: 'UNAVAILABLE', exitCode: 3 } });
  });
});

describe('celda run', () => {
  it('refuses a board without a port, and one that the cell does not have', () => {
    const without = celda('run', CELL);
    expect(without.status).toBe(2);
    expect(without.stderr).toContain('--port uno-1=');
    const unknown = celda('run', CELL, '--port', 'other=/dev/ttyACM0');
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('uno-1');
  });

  it('refuses a cell file with problems', () => {
    expect(celda('run', 'nowhere.yaml').status).toBe(2);
  });
});

describe('bin/celda', () => {
  it('says in one line that Node is too old, and exits 2', () => {
    const bin = join(directory, 'bin');
    mkdirSync(bin);
    copyFileSync(join(ROOT, 'bin/celda'), join(bin, 'celda'));
    writeFileSync(join(bin, 'node'), '#!/bin/sh\necho v22.17.9\n', { mode: 0o755 });
    const { status, stderr } = spawnSync(join(bin, 'celda'), ['--version'], {
      encoding: 'utf8',
      env: { PATH: `${bin}:/usr/bin:/bin` },
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^celda: Node v22\.17\.9 is too old: .*22\.18.*\n$/);
  });

  it('starts the command line', () => {
    const { status, stdout } = spawnSync(join(ROOT, 'bin/celda'), ['--version'], { encoding: 'utf8' });
    expect([status, stdout.trim()]).toEqual([0, '0.1.0']);
  });
});
