// Files that are written whole: a reader, a crash or a power failure finds the old one or the new one, never a part.
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts a text in the place of a file, or makes it. On disk when it returns; its folder is there.
 * @throws what the file system throws; the file is then as it was
 */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text, { flush: true });
  renameSync(draft, path);
  // Until then the folder may still have the old one after a power failure.
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
