// What many clients wait for at once goes the shortest way to the disk: the contents of their orders and answers are deflated together, in
// the thread that has them, and the thread of the journal puts them to the disk as they are.
import type { JobEventBody } from '../ports/journal.ts';
import { type BatchPieces, joinBatch, readBatch, type WrittenBatch } from './batch-text.ts';
import type { UnreadBodies } from './kept-order.ts';
import { packText, unpackText } from './row-body.ts';

/** With fewer batches at once deflating them together is not worth it. */
const BATCHES_MIN = 9;
/** Text of all of them at most, characters: the thread that packs it answers nobody meanwhile. */
const CHARS_MAX = 262_144;

/** Contents of batches that came together, in their order. Each is a JSON array that `packText` has packed. */
export interface Pack {
  readonly batches: number;
  readonly bodies: Uint8Array;
  readonly answers: Uint8Array;
}

/** A batch as it crosses to the thread of the journal. */
export interface BatchText {
  readonly text: string;
  /** Where its contents are, when they are not in its text: with those of its neighbours. */
  readonly pack: Pack | undefined;
}

/** Batches of one turn of the event loop as they cross. */
export interface Turn {
  readonly texts: readonly string[];
  readonly pack: Pack | undefined;
}

export function writeTurn(batches: readonly BatchPieces[]): Turn {
  if (!isPackable(batches)) return { texts: batches.map(joinBatch), pack: undefined };
  const bodies = packText(`[${batches.flatMap((batch) => batch.bodies).join(',')}]`);
  const answers = packText(`[${batches.flatMap((batch) => batch.answers).join(',')}]`);
  return {
    texts: batches.map(({ head }) => head),
    pack: { batches: batches.length, bodies, answers },
  };
}

function isPackable(batches: readonly BatchPieces[]): boolean {
  if (batches.length < BATCHES_MIN || batches.reduce((sum, { chars }) => sum + chars, 0) > CHARS_MAX) return false;
  const epoch = batches[0]?.epoch;
  return batches.every((batch) => batch.isPlain && batch.epoch === epoch);
}

/** Batches next to each other that belong together: those of one pack, or others one by one. */
export interface Run {
  readonly batches: readonly WrittenBatch[];
  /** Of all of them, and of no others. */
  readonly pack: Pack | undefined;
}

/** @returns the batches in their order */
export function readRuns(texts: readonly BatchText[]): readonly Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < texts.length; ) {
    const pack = texts[at]?.pack;
    const end = at + (pack?.batches ?? 1);
    runs.push({ batches: texts.slice(at, end).map(({ text }) => readBatch(text)), pack });
    at = end;
  }
  return runs;
}

/** @returns the batches of a run with their contents in them */
export function openRun({ batches, pack }: Run): readonly WrittenBatch[] {
  if (pack === undefined) return batches;
  const [bodies, answers] = [unpackEach(pack.bodies), unpackEach(pack.answers)];
  return batches.map((batch) => ({
    ...batch,
    events: batch.events.map((event) => ({ ...event, body: bodies.shift() ?? '' })),
    answers: batch.answers.map((answer) => ({ ...answer, entry: answers.shift() ?? '' })),
  }));
}

function unpackEach(packed: Uint8Array): string[] {
  return (JSON.parse(unpackText(packed)) as readonly unknown[]).map((each) => JSON.stringify(each));
}

/** Contents of the orders of a pack, read when somebody asks for one. */
export class PackedBodies implements UnreadBodies {
  /** Those that were read last: orders that came together go on together. */
  static #read: { readonly of: PackedBodies; readonly bodies: readonly JobEventBody[] } | undefined;
  readonly #packed: Uint8Array;

  constructor(packed: Uint8Array) {
    this.#packed = packed;
  }

  /** @param index number of the event in the pack */
  at(index: number): JobEventBody {
    if (PackedBodies.#read?.of !== this) {
      const bodies = JSON.parse(unpackText(this.#packed)) as readonly JobEventBody[];
      PackedBodies.#read = { of: this, bodies };
    }
    return PackedBodies.#read.bodies[index] as JobEventBody;
  }
}
