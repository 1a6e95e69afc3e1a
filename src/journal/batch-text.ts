// A batch as text: what it is made of is written down once, in the thread that has it, in the very pieces that the disk gets. The thread
// of the journal cuts it at its lines, and reads only what it has to know. Pure.
import { hash } from 'node:crypto';
import type { CellEvent, CellEventBody } from '../core/cell-event.ts';
import type { EpochMs, MonotonicMs } from '../core/units.ts';
import type { JournalBatch, LedgerEntry, NoteChange, ResponseDraft } from '../ports/journal.ts';
import { writeDraft } from './audit-chain.ts';
import { isFinal } from './kept-order.ts';

/** An event without its body. */
export type EventStamp = Pick<CellEvent, 'sequence' | 'at' | 'time'>;

/** An event whose body is still text. */
export interface WrittenEvent extends EventStamp {
  /** Of the order that it may be the first event of: with nothing in it but an open order. Empty: it is not. */
  readonly jobOrderId: string;
  /** JSON of its body. */
  readonly body: string;
}

/** A request that was answered, as text. */
export interface WrittenAnswer {
  /** @see requestKey */
  readonly key: string;
  readonly time: number;
  /** JSON of the entry. */
  readonly entry: string;
}

/** Something to be recorded, as text. */
export interface WrittenDraft {
  /** Of the event that it tells of; undefined: of none. */
  readonly sequence: number | undefined;
  /** @see writeDraft */
  readonly pieces: readonly string[];
}

export interface WrittenBatch {
  readonly epoch: string;
  readonly events: readonly WrittenEvent[];
  readonly answers: readonly WrittenAnswer[];
  readonly audit: readonly WrittenDraft[];
  readonly responses: readonly ResponseDraft[];
  readonly notes: readonly NoteChange[];
}

/** Of `requestKey`: short on disk. */
export const KEY_CHARS = 16;

/** Neither stands in JSON as it is: a line for each thing of the batch, a tab between its parts. */
const [LINE, PART] = ['\n', '\t'] as const;

/** A batch that was written down: what the journal has to know of it, and the contents, which it only keeps. */
export interface BatchPieces {
  readonly epoch: string;
  readonly head: string;
  /** JSON of the bodies of its events, and of its answers. */
  readonly bodies: readonly string[];
  readonly answers: readonly string[];
  /** Orders that may be new, their answers and records of them, and nothing else. */
  readonly isPlain: boolean;
  /** Of all its text. */
  readonly chars: number;
}

/** @returns the batch as text, in pieces */
export function writeBatch({
  epoch,
  events,
  ledger = [],
  audit = [],
  responses = [],
  notes = [],
}: JournalBatch): BatchPieces {
  const header: Header = [epoch, events.length, ledger.length, audit.length, responses];
  let head = JSON.stringify(notes.length === 0 ? header : [...header, notes]);
  let isPlain = events.length > 0 && ledger.length > 0 && responses.length === 0 && notes.length === 0;
  for (const { sequence, at, time, body } of events) {
    const id = isPlainOrder(body) ? JSON.stringify(body.record.order.jobOrderId) : '';
    if (id === '') isPlain = false;
    head += `${LINE}${sequence}${PART}${at}${PART}${time}${PART}${id}`;
  }
  for (const entry of ledger) head += LINE + requestKey(entry) + PART + String(entry.time);
  for (const { sequence, ...draft } of audit) head += LINE + [sequence ?? '', ...writeDraft(draft)].join(PART);
  const bodies = events.map(({ body }) => JSON.stringify(body));
  const answers = ledger.map((entry) => JSON.stringify(entry));
  return { epoch, head, bodies, answers, isPlain, chars: head.length + charsOf(bodies) + charsOf(answers) };
}

function charsOf(texts: readonly string[]): number {
  let chars = 0;
  for (const text of texts) chars += text.length + LINE.length;
  return chars;
}

/** @returns all of it as one text */
export function joinBatch({ head, bodies, answers }: BatchPieces): string {
  return [head, ...bodies, ...answers].join(LINE);
}

/** An open order and nothing else: its text says all there is to keep. */
function isPlainOrder(body: CellEventBody): body is Extract<CellEventBody, { readonly kind: 'job' }> {
  if (body.kind !== 'job' || body.record.measurements.length > 0 || isFinal(body.record)) return false;
  return Object.keys(body).length === 2;
}

/** Who asked what under which id, as an answer is found by it: 96 bits of a hash, base64url. Nobody finds two with the same. */
export function requestKey({ identity, method, requestId }: Request): string {
  return hash('sha256', JSON.stringify([identity, method, requestId]), 'base64url').slice(0, KEY_CHARS);
}

type Request = Pick<LedgerEntry, 'identity' | 'method' | 'requestId'>;

/** An answer as it is kept while it is not in its table. */
export function writtenAnswer(entry: LedgerEntry): WrittenAnswer {
  return { key: requestKey(entry), time: entry.time, entry: JSON.stringify(entry) };
}

/** @returns the batch that was written, its contents still as text; empty where there is only its head */
export function readBatch(text: string): WrittenBatch {
  const lines = text.split(LINE);
  const [epoch, events, answers, audit, responses, notes = []] = JSON.parse(lines[0] ?? '') as Header;
  const ends = [1 + events, 1 + events + answers, 1 + events + answers + audit] as const;
  return {
    epoch,
    events: lines.slice(1, ends[0]).map((line, index) => readEvent(line, lines[ends[2] + index])),
    answers: lines.slice(ends[0], ends[1]).map((line, index) => readAnswer(line, lines[ends[2] + events + index])),
    audit: lines.slice(ends[1], ends[2]).map(readDraft),
    responses,
    notes,
  };
}

type Header = readonly [
  epoch: string,
  events: number,
  answers: number,
  audit: number,
  responses: readonly ResponseDraft[],
  notes?: readonly NoteChange[],
];

function readEvent(line: string, body = ''): WrittenEvent {
  const [sequence, at, time, id = ''] = line.split(PART);
  return {
    sequence: Number(sequence),
    at: Number(at) as MonotonicMs,
    time: Number(time) as EpochMs,
    jobOrderId: id === '' ? '' : (JSON.parse(id) as string),
    body,
  };
}

function readAnswer(line: string, entry = ''): WrittenAnswer {
  const [key = '', time] = line.split(PART);
  return { key, time: Number(time), entry };
}

function readDraft(line: string): WrittenDraft {
  const [sequence = '', ...pieces] = line.split(PART);
  return { sequence: sequence === '' ? undefined : Number(sequence), pieces };
}
