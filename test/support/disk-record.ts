// What a process did to its disk, and what a power cut may leave of it: writes that were not yet synced are there, or not, or in part.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One operation, in the order in which they were done. `file`: without its folder. */
export type DiskOperation =
  | { readonly kind: 'create' | 'sync' | 'unlink'; readonly file: string }
  | { readonly kind: 'write'; readonly file: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'rename'; readonly file: string; readonly to: string };

const KINDS = { create: 1, write: 2, sync: 3, truncate: 4, rename: 5, unlink: 6 } as const;

/** @throws Error on a log that ends within an operation */
export function readDiskLog(path: string): readonly DiskOperation[] {
  const log = readFileSync(path);
  const found: DiskOperation[] = [];
  for (let at = 0; at < log.length; ) {
    const kind = log[at];
    const nameEnd = at + 3 + log.readUInt16LE(at + 1);
    const file = basename(log.toString('utf8', at + 3, nameEnd));
    const offset = Number(log.readBigUInt64LE(nameEnd));
    const end = nameEnd + 12 + log.readUInt32LE(nameEnd + 8);
    const data = log.subarray(nameEnd + 12, end);
    if (end > log.length) throw new Error('the log ends within an operation');
    found.push(operation(kind ?? 0, file, offset, data));
    at = end;
  }
  return found;
}

function operation(kind: number, file: string, offset: number, data: Buffer): DiskOperation {
  if (kind === KINDS.write) return { kind: 'write', file, offset, data };
  if (kind === KINDS.truncate) return { kind: 'truncate', file, size: offset };
  if (kind === KINDS.rename) return { kind: 'rename', file, to: basename(data.toString()) };
  return { kind: kind === KINDS.create ? 'create' : kind === KINDS.sync ? 'sync' : 'unlink', file };
}

/** Disks write these whole (and SQLite relies on no more). */
const SECTOR_BYTES = 512;

/**
 * What of the unsynced is on the disk after the cut: nothing; all; any of the sectors, each as it was after any of the writes to it.
 * `random`: 0 to below 1.
 */
export type CutStyle = 'lost' | 'kept' | 'torn';

/** A file took the place of this one. `left`: what of that other one there is after a cut. */
interface Replacement {
  readonly kind: 'become';
  readonly left: (style: CutStyle, random: () => number) => Buffer;
}

type Pending = DiskOperation | Replacement;

interface Disk {
  /** What is certainly there. */
  readonly synced: Map<string, Buffer>;
  /** What was done since, in order. */
  readonly unsynced: Map<string, Pending[]>;
}

/** Plays operations one by one. */
export class DiskPlayer {
  readonly #disk: Disk = { synced: new Map(), unsynced: new Map() };

  /** @param folder name of the folder itself, whose sync makes creations and removals certain */
  do(next: DiskOperation, folder: string): void {
    const { unsynced } = this.#disk;
    if (next.kind === 'rename') this.#rename(next.file, next.to);
    else if (next.kind !== 'sync') unsynced.set(next.file, [...(unsynced.get(next.file) ?? []), next]);
    else if (next.file === folder) for (const file of unsynced.keys()) this.#syncEntry(file);
    else this.#syncContent(next.file);
  }

  #rename(from: string, to: string): void {
    const { synced, unsynced } = this.#disk;
    const [content, pending] = [synced.get(from), unsynced.get(from) ?? []];
    const left = (style: CutStyle, random: () => number): Buffer =>
      leftOf(content, pending, style, random) ?? Buffer.alloc(0);
    unsynced.set(to, [...(unsynced.get(to) ?? []), { kind: 'become', left }]);
    unsynced.set(from, [...pending, { kind: 'unlink', file: from }]);
  }

  #syncContent(file: string): void {
    const { synced, unsynced } = this.#disk;
    const content = leftOf(synced.get(file), unsynced.get(file) ?? [], 'kept', () => 0);
    if (content !== undefined) synced.set(file, content);
    unsynced.set(file, []);
  }

  /** The file is there, or gone; what was written to it since is as uncertain as before. */
  #syncEntry(file: string): void {
    const { synced, unsynced } = this.#disk;
    const pending = unsynced.get(file) ?? [];
    const last = pending.findLast((next): next is Replacement => next.kind === 'become');
    if (last !== undefined) {
      synced.set(
        file,
        last.left('lost', () => 0),
      );
      unsynced.set(file, pending.slice(pending.indexOf(last) + 1));
      return;
    }
    const removed = pending.findLastIndex(({ kind }) => kind === 'unlink');
    if (removed >= 0) synced.delete(file);
    const rest = pending.slice(removed + 1);
    if (rest.some(({ kind }) => kind === 'create') && !synced.has(file)) synced.set(file, Buffer.alloc(0));
    unsynced.set(file, rest);
  }

  /** Writes into an empty folder what a cut of the power leaves. */
  cut(folder: string, style: CutStyle, random: () => number): void {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const { synced, unsynced } = this.#disk;
    for (const file of new Set([...synced.keys(), ...unsynced.keys()])) {
      const left = leftOf(synced.get(file), unsynced.get(file) ?? [], style, random);
      if (left !== undefined) writeFileSync(join(folder, file), left);
    }
  }
}

function leftOf(
  synced: Buffer | undefined,
  pending: readonly Pending[],
  style: CutStyle,
  random: () => number,
): Buffer | undefined {
  if (style === 'lost') return synced;
  const done = (content: Buffer | undefined, next: Pending): Buffer | undefined =>
    next.kind === 'become' ? next.left(style, random) : apply(content, next);
  if (style === 'kept') return pending.reduce<Buffer | undefined>(done, synced);
  const parts = pending.flatMap((next): readonly Pending[] => (next.kind === 'write' ? sectorsOf(next) : [next]));
  return parts.filter(() => random() < 0.5).reduce<Buffer | undefined>(done, synced);
}

function sectorsOf(write: Extract<DiskOperation, { kind: 'write' }>): readonly DiskOperation[] {
  const parts: DiskOperation[] = [];
  for (let at = 0; at < write.data.length; ) {
    const offset = write.offset + at;
    const end = Math.min(write.data.length, at + SECTOR_BYTES - (offset % SECTOR_BYTES));
    parts.push({ ...write, offset, data: write.data.subarray(at, end) });
    at = end;
  }
  return parts;
}

function apply(content: Buffer | undefined, next: DiskOperation): Buffer | undefined {
  switch (next.kind) {
    case 'create':
      return content ?? Buffer.alloc(0);
    case 'unlink':
      return undefined;
    case 'truncate':
      return resized(content, next.size);
    case 'write': {
      const after = resized(content, Math.max(content?.length ?? 0, next.offset + next.data.length));
      next.data.copy(after, next.offset);
      return after;
    }
    case 'sync':
    case 'rename':
      return content;
    default:
      return next satisfies never;
  }
}

function resized(content: Buffer | undefined, size: number): Buffer {
  const after = Buffer.alloc(size);
  content?.copy(after, 0, 0, size);
  return after;
}

/** Numbers from 0 to below 1 that a seed repeats (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
