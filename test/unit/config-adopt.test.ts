// Goal: a work master comes into the file of a cell, and no other line of it changes, however the file is written.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Adoption, adoptWorkMaster } from '../../src/config/adopt-work-master.ts';
import { EXAMPLE, exampleCell } from '../support/cycle-rig.ts';

const FILE = readFileSync(EXAMPLE, 'utf8');
const DRAFT = '# waits\nversion: 2.0.0\nsteps:\n  # only once\n  - wait: { durationMs: 5 } # a moment\n';

function adopted(text: string, id: string, definition: string): Adoption {
  const adoption = adoptWorkMaster(text, EXAMPLE, { id, definition });
  if (!adoption.ok) throw new Error(JSON.stringify(adoption.error));
  return adoption.value;
}

function hashIn({ cell }: Adoption, id: string): string | undefined {
  return cell.workMasters.find((each) => each.id === id)?.definitionHash;
}

/** Lines of one text that the other does not have, in order. */
function without(text: string, other: string): readonly string[] {
  const lines = new Set(other.split('\n'));
  return text.split('\n').filter((line) => !lines.has(line));
}

describe('a work master that is adopted', () => {
  it('comes last among those of the file, with its comments, and every other line stays as it is', () => {
    const { cell, text, versionBefore } = adopted(FILE, 'pause', DRAFT);
    expect(versionBefore).toBeUndefined();
    expect(without(FILE, text)).toEqual([]);
    expect(without(text, FILE)).toEqual([
      '  pause:',
      '    # waits',
      '    version: 2.0.0',
      '      # only once',
      '      - wait: { durationMs: 5 } # a moment',
    ]);
    expect(cell.workMasters.map(({ id }) => id)).toEqual([...exampleCell().workMasters.map(({ id }) => id), 'pause']);
    expect(cell.configHash).not.toBe(exampleCell().configHash);
  });

  it('takes the place of the one of its id, and comments before and behind that one stay', () => {
    const file = FILE.replace('\n  park:\n', '\n  # before\n  park: # gone\n').replace(
      '\nsimulation:',
      '\n# behind\nsimulation:',
    );
    const { text, versionBefore } = adopted(file, 'park', DRAFT);
    expect(versionBefore).toBe('1.0.0');
    const [head] = file.split('  park: # gone\n');
    const entry =
      '  park:\n    # waits\n    version: 2.0.0\n    steps:\n      # only once\n      - wait: { durationMs: 5 } # a moment\n';
    expect(text.startsWith(`${head}${entry}`)).toBe(true);
    expect(file.endsWith(text.slice(`${head}${entry}`.length))).toBe(true);
    expect(text).toContain('\n# behind\nsimulation:');
  });

  it('is the same work master, whatever it is written in and whatever the file is written in', () => {
    const json = '{"version":"2.0.0","steps":[{"wait":{"durationMs":5}}]}';
    const flow = FILE.replace(/\nworkMasters:[\s\S]*?(?=\n\w)/, '\nworkMasters: {}');
    const none = FILE.replace(/\nworkMasters:[\s\S]*?(?=\n\w)/, '');
    const windows = FILE.replaceAll('\n', '\r\n');
    const texts = [FILE, flow, none, windows].flatMap((file) => [DRAFT, json].map((each) => [file, each] as const));
    const made = texts.map(([file, definition]) => adopted(file, 'pause', definition));
    expect(new Set(made.map((each) => hashIn(each, 'pause'))).size).toBe(1);
    const inWindows = made.at(-1)?.text ?? '';
    expect(inWindows.replaceAll('\r\n', '')).not.toContain('\n');
    expect(made[1]?.text).toContain(
      '  pause:\n    version: 2.0.0\n    steps:\n      - wait:\n          durationMs: 5\n',
    );
  });

  it('brings no name for a part of its text along that the file uses for something else', () => {
    const anchored =
      'version: 2.0.0\nsteps:\n  - &a wait: { durationMs: 5 }\n  - wait: &b { durationMs: 6 }\n  - wait: *b\n';
    const file = FILE.replace('durationMs: 300 }', 'durationMs: &b 300 }').replace(
      'durationMs: 100 }',
      'durationMs: *b }',
    );
    const made = adopted(file, 'pause', anchored);
    const plain = adopted(
      file,
      'pause',
      anchored.replace('&a ', '').replace('&b ', '').replace('*b', '{ durationMs: 6 }'),
    );
    expect(hashIn(made, 'pause')).toBe(hashIn(plain, 'pause'));
    expect(hashIn(made, 'pick-and-place')).toBe(hashIn(plain, 'pick-and-place'));
  });

  it('is not adopted when it does not fit, or is no YAML, or the file is none', () => {
    const tryIt = (file: string, definition: string) => adoptWorkMaster(file, EXAMPLE, { id: 'pause', definition });
    expect(tryIt(FILE, DRAFT.replace('wait: { durationMs: 5 }', 'move: { to: no, timeoutMs: 9 }'))).toMatchObject({
      ok: false,
      error: [{ path: 'workMasters.pause.steps[0].move.to' }],
    });
    expect(tryIt(FILE, 'a: [')).toMatchObject({ ok: false });
    expect(tryIt('a: [', DRAFT)).toMatchObject({ ok: false });
    expect(tryIt('- 1', DRAFT)).toMatchObject({ ok: false });
  });
});
