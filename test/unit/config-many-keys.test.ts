// Text with a great many keys, as a draft can have them: read in time that grows with it, and not with its square. With that it would
// take minutes.
import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/config/source.ts';

const COUNT = 60_000;
const NAMES = Array.from({ length: COUNT }, (_, index) => `k${index}`);

describe('a map of 60,000 keys', () => {
  it('is read, and each of them is found', () => {
    const source = parseSource(NAMES.map((name) => `${name}:\n`).join(''));
    expect(source.problems).toEqual([]);
    const lines = NAMES.map((name) => source.locateKey([name]).line);
    expect(lines).toEqual(NAMES.map((_, index) => index + 1));
  });

  it('is read on one line too', () => {
    const { problems, data } = parseSource(`{${NAMES.join(',')}}`);
    expect(problems).toEqual([]);
    expect(Object.keys(data as object)).toHaveLength(COUNT);
  });

  it('has every key told that is there already', () => {
    const { problems } = parseSource([...NAMES, ...NAMES].map((name) => `${name}:\n`).join(''));
    expect(problems).toHaveLength(COUNT);
    expect(problems[0]).toEqual({
      kind: 'duplicate-key',
      message: 'Map keys must be unique',
      at: { line: COUNT + 1, column: 1 },
    });
  });
});

describe('keys that are maps, each inside of the one before', () => {
  it('are refused without writing them out', () => {
    const { problems } = parseSource(`${'? '.repeat(3_000)}a`);
    expect(problems.every(({ message }) => message.length < 200)).toBe(true);
    expect(problems[0]).toMatchObject({ kind: 'syntax', at: { line: 1 } });
  });
});

describe('a tag of YAML for what no cell is made of', () => {
  it.each(['!!set {a, b}', '!!omap [a: 1]', '!!pairs [a: 1]', '!!binary aGk=', '!!timestamp 2026-01-01'])(
    '%s is not taken',
    (text) => {
      const { problems } = parseSource(text);
      expect(problems).toMatchObject([{ kind: 'syntax', at: { line: 1, column: 1 } }]);
    },
  );
});
