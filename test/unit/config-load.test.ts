// Files that are no cell: missing, not a file, too large, not text, not YAML, or made to exhaust the reader.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILE_MAX_BYTES, loadCell } from '../../src/config/load.ts';
import { problemsOf, smallCellText } from '../support/small-cell.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-config-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function codesOfFile(path: string): readonly string[] {
  const result = loadCell(path);
  return result.ok ? [] : result.error.map(({ code }) => code);
}

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('a path', () => {
  it('to nothing is refused', () => {
    expect(codesOfFile(join(folder, 'none.yaml'))).toEqual(['file-not-found']);
  });

  it('through a file is refused', () => {
    expect(codesOfFile(join(written('plain', ''), 'cell.yaml'))).toEqual(['file-not-found']);
  });

  it('to a folder is refused', () => {
    expect(codesOfFile(folder)).toEqual(['not-a-file']);
  });

  it('to a pipe is refused without waiting for a writer', () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    expect(codesOfFile(path)).toEqual(['not-a-file']);
  });

  it('with a zero byte is refused', () => {
    expect(codesOfFile('cell\0.yaml')).toEqual(['file-unreadable']);
  });

  it('to more than 1 MiB is refused, to 1 MiB is not', () => {
    const text = smallCellText({ programs: {} });
    const padded = text + '#'.padStart(FILE_MAX_BYTES - text.length, '\n');
    expect(codesOfFile(written('large.yaml', padded))).toEqual([]);
    expect(codesOfFile(written('larger.yaml', `${padded}#`))).toEqual(['file-too-large']);
  });

  it('to bytes that are not UTF-8 is refused', () => {
    expect(codesOfFile(written('latin.yaml', Uint8Array.of(0x63, 0xf1, 0x61)))).toEqual(['not-utf8']);
  });

  it('to a cell whose program is beside it is accepted, elsewhere refused', () => {
    writeFileSync(join(folder, 'sort.ts'), '');
    expect(codesOfFile(written('cell.yaml', smallCellText()))).toEqual([]);
    expect(codesOfFile(written('other.yaml', smallCellText({ 'programs.sort': 'x/sort.ts' })))).toEqual([
      'module-not-found',
    ]);
  });

  it('is absolute for a program, from the folder of the cell file', () => {
    writeFileSync(join(folder, 'sort.ts'), '');
    const result = loadCell(written('cell.yaml', smallCellText()));
    expect(result.ok && result.value.programs).toEqual([{ name: 'sort', modulePath: join(folder, 'sort.ts') }]);
  });
});

describe('a text', () => {
  it.each([
    ['that is empty', '', ['not-a-map', 'missing-key']],
    ['that is one word', 'celda', ['not-a-map']],
    ['with a tab for an indent', 'cell:\n\tname: a', ['yaml-syntax']],
    ['with an unknown tag', 'celda: !number 1', ['yaml-syntax']],
    ['with an open list', 'celda: [1', ['yaml-syntax']],
    ['with two documents', 'celda: 1\n---\ncelda: 1', ['yaml-syntax']],
    ['with a key twice', 'celda: 1\ncelda: 1', ['duplicate-key']],
    ['with an alias of nothing', 'celda: *x', ['yaml-syntax']],
    ['with half of a character', 'celda: "\\ud83d x"', ['yaml-syntax']],
    ['with half of a character in a key', '"\\udc00": 1', ['yaml-syntax']],
  ])('%s is refused', (_title, text, codes) => {
    expect(codes).toContain(problemsOf(text)[0]?.code);
  });

  it('with a syntax error tells line and column', () => {
    expect(problemsOf('celda: 1\ncell:\n  name: "open')).toMatchObject([{ code: 'yaml-syntax', line: 3 }]);
    // What the parser says of the lines behind it follows from the first place.
    expect(problemsOf('celda: 1\nboards:\n    uno-1:\n        kind: uno\n     port: x\n     baud: 1\n')).toEqual([
      expect.objectContaining({ code: 'yaml-syntax', given: 'port: x' }),
    ]);
    expect(problemsOf('celda: 1\ncell: 1\ncell: 2')).toMatchObject([{ code: 'duplicate-key', line: 3, column: 1 }]);
  });

  it('whose aliases expand without end is refused', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}, *l${i}]`);
    expect(problemsOf(['l0: &l0 [1, 2]', ...levels].join('\n'))).toMatchObject([{ code: 'yaml-unsafe' }]);
  });

  it('that contains itself is refused', () => {
    expect(problemsOf('celda: &a [*a]')).toMatchObject([{ code: 'too-deep' }]);
    expect(problemsOf('celda: &a [*a, *a, *a]')).toMatchObject([{ code: 'too-deep' }]);
  });

  it.each([70, 5_000, 500_000])('nested %i levels deep is refused', (depth) => {
    expect(['too-deep', 'yaml-unsafe', 'yaml-syntax']).toContain(
      problemsOf('['.repeat(depth) + ']'.repeat(depth))[0]?.code,
    );
  });

  it('may use an alias for what it says twice', () => {
    const text = 'celda: 1\ncell: { name: &n Bad }\nsafety: { reset: *n }';
    const named = problemsOf(text).filter(({ code }) => code === 'bad-name');
    expect(named).toMatchObject([{ path: 'cell.name', line: 2 }]);
  });
});
