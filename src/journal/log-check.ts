// Looks at a write-ahead log for what SQLite passes over: it reads a log up to the first frame that is not whole and takes the rest for a commit
// that was cut off. Commits that the disk had confirmed would be gone, and nobody would know.
// Source: sqlite.org/fileformat2.html, section 4 (the WAL format).

import { existsSync, readFileSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_BYTES = 24;
/** Disks write these whole. */
const SECTOR_BYTES = 512;
/** The checksum of this log is over big-endian words; the other magic number says little-endian. */
const MAGIC_BIG = 0x377f0683;
const MAGIC_LITTLE = 0x377f0682;
const HEADER_AT = { magic: 0, pageBytes: 8, salts: 16, checksum: 24 } as const;
const FRAME_AT = { commit: 4, salts: 8, checksum: 16, page: FRAME_BYTES } as const;
/** What a checksum of a frame is over, besides its page. */
const SUMMED_HEADER_BYTES = 8;

type Sum = readonly [number, number];

/** The write-ahead log of the journal at `path`; empty: there is none. @throws what the file system throws */
export function readLog(path: string): Buffer {
  const log = `${path}-wal`;
  return existsSync(log) ? readFileSync(log) : Buffer.alloc(0);
}

/**
 * A commit is confirmed before the next one is written. So a frame that is not whole, with a frame of a later commit behind it, was whole:
 * that is damage. In the last commit of a log, damage cannot be told from a commit that was cut off.
 *
 * @param log all of the write-ahead log, as it is on the disk
 * @returns what is damaged, or undefined. Never throws
 */
export function damageInLog(log: Buffer): string | undefined {
  if (log.length <= HEADER_BYTES) return undefined;
  const read = headerOf(log);
  // It is confirmed before the first frame is written.
  if (read === undefined) return 'the header of the write-ahead log is not what was written';
  const first = read.wholeFrames();
  return read.isFollowed(first) ? `frame ${first} of the write-ahead log is not what was written` : undefined;
}

function headerOf(log: Buffer): LogFrames | undefined {
  const magic = log.readUInt32BE(HEADER_AT.magic);
  if (magic !== MAGIC_BIG && magic !== MAGIC_LITTLE) return undefined;
  const isBig = magic === MAGIC_BIG;
  const sum = added([0, 0], log.subarray(0, HEADER_AT.checksum), isBig);
  if (!isSame(sum, sumAt(log, HEADER_AT.checksum))) return undefined;
  return new LogFrames(log, isBig);
}

class LogFrames {
  readonly #log: Buffer;
  readonly #isBig: boolean;
  readonly #salts: Buffer;
  readonly #frameBytes: number;
  readonly #count: number;

  constructor(log: Buffer, isBig: boolean) {
    this.#log = log;
    this.#isBig = isBig;
    this.#salts = log.subarray(HEADER_AT.salts, HEADER_AT.checksum);
    this.#frameBytes = FRAME_BYTES + log.readUInt32BE(HEADER_AT.pageBytes);
    this.#count = Math.floor((log.length - HEADER_BYTES) / this.#frameBytes);
  }

  /** @returns the number of frames before the first that is not whole, or is of an earlier use of the file */
  wholeFrames(): number {
    let index = 0;
    while (index < this.#count && this.#isOurs(index) && this.#follows(index)) index += 1;
    return index;
  }

  /** Behind a frame that is not whole, a commit has ended and another one has begun. */
  isFollowed(broken: number): boolean {
    let hasEnded = false;
    for (let index = broken; index < this.#count; index += 1) {
      if (hasEnded && this.#isOurs(index)) return true;
      hasEnded ||= this.#endsCommit(index, broken);
    }
    return false;
  }

  /** Its header may be half of an earlier use of the file, unless the frame is whole or its header cannot have been cut in two. */
  #endsCommit(index: number, broken: number): boolean {
    const at = this.#at(index);
    if (this.#log.readUInt32BE(at + FRAME_AT.commit) === 0 || !this.#isOurs(index)) return false;
    const isInOneSector = at % SECTOR_BYTES <= SECTOR_BYTES - FRAME_BYTES;
    return isInOneSector || (index > broken && this.#follows(index));
  }

  #isOurs(index: number): boolean {
    const at = this.#at(index) + FRAME_AT.salts;
    return this.#log.subarray(at, at + this.#salts.length).equals(this.#salts);
  }

  /** Its checksum goes on from what the one before says of itself. */
  #follows(index: number): boolean {
    const at = this.#at(index);
    const before = index === 0 ? HEADER_AT.checksum : this.#at(index - 1) + FRAME_AT.checksum;
    const header = added(sumAt(this.#log, before), this.#log.subarray(at, at + SUMMED_HEADER_BYTES), this.#isBig);
    const page = this.#log.subarray(at + FRAME_AT.page, at + this.#frameBytes);
    return isSame(added(header, page, this.#isBig), sumAt(this.#log, at + FRAME_AT.checksum));
  }

  #at(index: number): number {
    return HEADER_BYTES + index * this.#frameBytes;
  }
}

function sumAt(log: Buffer, at: number): Sum {
  return [log.readUInt32BE(at), log.readUInt32BE(at + 4)];
}

/** The checksum of the WAL format: Fibonacci-weighted, over pairs of words. @param bytes a multiple of 8 */
function added([first, second]: Sum, bytes: Buffer, isBig: boolean): Sum {
  let [s0, s1] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    const x0 = isBig ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const x1 = isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    s0 = (s0 + x0 + s1) >>> 0;
    s1 = (s1 + x1 + s0) >>> 0;
  }
  return [s0, s1];
}

function isSame(left: Sum, right: Sum): boolean {
  return left[0] === right[0] && left[1] === right[1];
}
