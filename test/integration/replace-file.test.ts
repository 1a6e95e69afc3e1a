// Goal: a file that is replaced is the old one or the new one, whenever the process dies or the power fails. Method: a real process is
// recorded at the border to the kernel, and the power is cut after each of its operations.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CutStyle, type DiskOperation, DiskPlayer, readDiskLog, seededRandom } from '../support/disk-record.ts';
import { diskShim, shimEnvironment } from '../support/disk-shim.ts';

const shim = diskShim();
const TEXTS = ['old '.repeat(500), 'new '.repeat(700)] as const;
const STYLES: readonly CutStyle[] = ['lost', 'kept', 'torn', 'torn', 'torn'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-replace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function record(): readonly DiskOperation[] {
  const place = { folder: join(folder, 'disk'), log: join(folder, 'log') };
  mkdirSync(place.folder);
  const writer = join(import.meta.dirname, '..', 'support', 'replace-writer.ts');
  const env = shimEnvironment(shim ?? '', place);
  const { status, stderr } = spawnSync(process.execPath, [writer, join(place.folder, 'file'), ...TEXTS], { env });
  if (status !== 0) throw new Error(String(stderr));
  return readDiskLog(place.log);
}

/** What is in the file after a cut behind each operation, by style; undefined: there is none. */
function cuts(operations: readonly DiskOperation[]): readonly (string | undefined)[][] {
  const player = new DiskPlayer();
  const random = seededRandom(1);
  return operations.map((next) => {
    player.do(next, 'disk');
    return STYLES.map((style) => {
      player.cut(join(folder, 'left'), style, random);
      const path = join(folder, 'left', 'file');
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    });
  });
}

const isWhole = (text: string | undefined): boolean => text === undefined || TEXTS.some((whole) => whole === text);

describe.skipIf(shim === undefined)('a file that is replaced', () => {
  it('[D10] is the old one or the new one whole after every operation, and the new one when it is done', () => {
    const operations = record();
    const left = cuts(operations);
    expect(left.flat().filter((text) => !isWhole(text))).toEqual([]);
    expect(new Set(left.flat())).toEqual(new Set([undefined, ...TEXTS]));
    expect(left.at(-1)).toEqual(STYLES.map(() => TEXTS[1]));
  });

  it('without waiting for the disk is found to be neither: the check can fail', () => {
    const left = cuts(record().filter(({ kind }) => kind !== 'sync'));
    expect(left.flat().some((text) => !isWhole(text))).toBe(true);
  });
});
