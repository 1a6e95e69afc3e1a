// The committed images are what the manifest says, on every machine; where the compilers are, they are also rebuilt.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const FIRMWARE = join(import.meta.dirname, '../../firmware-bridge/firmware');
const copies = mkdtempSync(join(tmpdir(), 'celda-firmware-test-'));
afterAll(() => rmSync(copies, { recursive: true, force: true }));

interface Manifest {
  readonly images: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[];
}

function copyOf(name: string): string {
  const folder = join(copies, name);
  cpSync(FIRMWARE, folder, { recursive: true });
  return folder;
}

function check(folder: string, compilers: boolean): { readonly status: number | null; readonly said: string } {
  const env = compilers ? process.env : { PATH: copies };
  const run = spawnSync(process.execPath, [join(folder, 'build.ts'), '--check'], { encoding: 'utf8', env });
  return { status: run.status, said: run.stdout + run.stderr };
}

describe('the firmware images', () => {
  it('are the files of the manifest', () => {
    const manifest = JSON.parse(readFileSync(join(FIRMWARE, 'images/manifest.json'), 'utf8')) as Manifest;
    expect(manifest.images.map(({ file }) => file)).toEqual([
      'celda-wasm.wasm',
      'celda-wasm-mega.wasm',
      'celda-uno.hex',
      'celda-mega.hex',
    ]);
    for (const { file, bytes, sha256 } of manifest.images) {
      const image = readFileSync(join(FIRMWARE, 'images', file));
      expect([image.length, createHash('sha256').update(image).digest('hex')]).toEqual([bytes, sha256]);
    }
  });

  it('are current wherever the clone is', () => {
    expect(check(copyOf('elsewhere'), true)).toMatchObject({ status: 0 });
  });

  it('are checked by their hash alone, and said to be, where there is no compiler', () => {
    const folder = copyOf('bare');
    const { status, said } = check(folder, false);
    expect([status, said.match(/not installed; checked its sha256 only/g)?.length]).toEqual([0, 4]);
  });

  it('fail the check when one was changed by hand', () => {
    const folder = copyOf('changed');
    const image = join(folder, 'images/celda-uno.hex');
    writeFileSync(image, readFileSync(image, 'utf8').replace(':', ': '));
    expect(check(folder, false)).toMatchObject({ status: 1 });
  });
});
