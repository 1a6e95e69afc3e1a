// What a proof of a cell rests on besides its configuration: the explorer itself, and the reducers that it explores.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Blocks and stop functions; sequences, modes and the unit; the explorer. */
const FOLDERS = ['core', 'safety', 'verify'] as const;

let known: string | undefined;

/**
 * SHA-256 over the sources of the explorer and of everything that it explores, 64 hex digits: a version number would not change with
 * every change to them. Reads about two hundred files, once.
 */
export function explorerSources(): string {
  known ??= digestOf(join(import.meta.dirname, '..'));
  return known;
}

function digestOf(root: string): string {
  const digest = createHash('sha256');
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  for (const path of paths.filter((each) => /\.[jt]s$/.test(each)).toSorted()) {
    digest.update(`${path}\n`).update(readFileSync(join(root, path)));
  }
  return digest.digest('hex');
}
