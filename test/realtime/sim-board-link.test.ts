// What `celda board --link` does where something is already: it takes nothing away from anybody.
import { existsSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTerminals } from '../../sim/boards.ts';
import { EXIT_CODES } from '../../src/app/operator-error.ts';
import { exampleCell } from '../support/cycle-rig.ts';

let folder = '';
const undo: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-test-'));
});
afterEach(() => {
  for (const task of undo.splice(0).toReversed()) task();
  rmSync(folder, { recursive: true });
});

function open(link: string): void {
  const terminals = openTerminals(exampleCell(), ['uno-1'], link, 'en');
  undo.push(() => {
    for (const terminal of terminals.values()) terminal.close();
  });
}

describe('the link of a simulated board', () => {
  it('is refused while another board has it, which keeps it', () => {
    const link = join(folder, 'uno-1');
    open(link);
    const before = readlinkSync(link);
    expect(() => open(link)).toThrow(expect.objectContaining({ exitCode: EXIT_CODES.occupied }) as Error);
    expect(readlinkSync(link)).toBe(before);
  });

  it('is refused where there is no directory, which is named', () => {
    const link = join(folder, 'missing', 'uno-1');
    const refused = { exitCode: EXIT_CODES.usage, message: expect.stringContaining(join(folder, 'missing')) as string };
    expect(() => open(link)).toThrow(expect.objectContaining(refused) as Error);
  });

  it('takes the place of one whose terminal is gone', () => {
    const link = join(folder, 'uno-1');
    symlinkSync('/dev/pts/no-more', link);
    open(link);
    expect(existsSync(link)).toBe(true);
  });

  it('does not take the place of a file, and the hint is about the link', () => {
    const link = join(folder, 'notes.txt');
    writeFileSync(link, 'keep me');
    expect(() => open(link)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('--link') as string }) as Error,
    );
  });
});
