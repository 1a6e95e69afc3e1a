// Fuzzing guided by coverage, for TypeScript: stories that reach blocks of code which none reached before are kept and changed
// further. The engine counts blocks; asking it takes longer than a story, so stories are judged by the batch.
import { type Profiler, Session } from 'node:inspector';
import { type Draw, drawFrom } from './faulted-frames.ts';

export interface GuidedFuzzOptions {
  /** Bytes to be reached, at least. */
  readonly bytes: number;
  readonly seed: number;
  /** Only code whose address has this in it counts. */
  readonly code: string;
  /** @returns bytes that the story was worth. @throws what was found */
  readonly run: (story: Uint8Array) => number;
  /** @defaultValue nobody is told */
  readonly progress?: (done: number) => void;
}

export interface GuidedFuzzResult {
  readonly bytes: number;
  readonly stories: number;
  /** Stories that were kept. */
  readonly corpus: number;
  /** Blocks of code that were reached. */
  readonly blocks: number;
  /** What was found and the story behind it; undefined: nothing. */
  readonly finding: { readonly problem: string; readonly story: Uint8Array } | undefined;
}

const STORY_BYTES_MAX = 1024;
const CORPUS_MAX = 1024;
const BATCH = { first: 8, last: 512 } as const;
const PROGRESS_BYTES = 1_000_000;

/** Blocks of the code under test that were ever reached. */
class BlockCoverage {
  readonly #session = new Session();
  readonly #code: string;
  readonly #reached = new Set<string>();

  constructor(code: string) {
    this.#code = code;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  get size(): number {
    return this.#reached.size;
  }

  /** @returns whether any block was reached since the last call that was never reached before */
  hasNew(): boolean {
    const before = this.#reached.size;
    // Answered in the same turn, as the session is of this thread.
    this.#session.post('Profiler.takePreciseCoverage', (_error, answer) => {
      for (const script of answer.result) if (script.url.includes(this.#code)) this.#add(script);
    });
    return this.#reached.size > before;
  }

  end(): void {
    this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }

  #add({ scriptId, functions }: Profiler.ScriptCoverage): void {
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        if (count > 0) this.#reached.add(`${scriptId}:${startOffset}-${endOffset}`);
      }
    }
  }
}

function randomStory(draw: Draw): Uint8Array {
  return Uint8Array.from({ length: 1 + draw(STORY_BYTES_MAX) }, () => draw(256));
}

/** Changes a story in one to four places; now and then its end comes from another one. */
function mutate(story: Uint8Array, other: Uint8Array, draw: Draw): Uint8Array {
  const out = [...story];
  for (let changes = 1 + draw(4); changes > 0; changes -= 1) {
    const at = draw(out.length + 1);
    const kind = draw(5);
    if (kind === 0) out[at] = draw(256);
    if (kind === 1) out.splice(at, 1 + draw(8));
    if (kind === 2) out.splice(at, 0, ...Array.from({ length: 1 + draw(8) }, () => draw(256)));
    if (kind === 3) out.splice(at, out.length, ...other.subarray(draw(other.length)));
    if (kind === 4) out.splice(at, 0, ...out.slice(at, at + 1 + draw(64)));
  }
  return Uint8Array.from(out.slice(0, STORY_BYTES_MAX));
}

/** Runs stories until the bytes are reached or something is found. */
export function fuzzGuided({ bytes, seed, code, run, progress }: GuidedFuzzOptions): GuidedFuzzResult {
  const draw = drawFrom(seed);
  const coverage = new BlockCoverage(code);
  const corpus: Uint8Array[] = [randomStory(draw)];
  const pick = (): Uint8Array => corpus[draw(corpus.length)] ?? new Uint8Array();
  let [done, stories, batch, shown]: [number, number, number, number] = [0, 0, BATCH.first, 0];
  let finding: GuidedFuzzResult['finding'];
  while (done < bytes && finding === undefined) {
    const tried: Uint8Array[] = [];
    while (tried.length < batch && done < bytes && finding === undefined) {
      const story = draw(16) === 0 ? randomStory(draw) : mutate(pick(), pick(), draw);
      tried.push(story);
      try {
        done += run(story);
      } catch (error) {
        finding = { problem: error instanceof Error ? (error.stack ?? error.message) : String(error), story };
      }
    }
    stories += tried.length;
    if (coverage.hasNew()) {
      for (const story of tried) corpus[corpus.length < CORPUS_MAX ? corpus.length : draw(CORPUS_MAX)] = story;
      batch = BATCH.first;
    } else batch = Math.min(batch * 2, BATCH.last);
    if (done - shown >= PROGRESS_BYTES) {
      shown = done;
      progress?.(done);
    }
  }
  const blocks = coverage.size;
  coverage.end();
  return { bytes: done, stories, corpus: corpus.length, blocks, finding };
}
