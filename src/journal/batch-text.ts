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

/** @returns the batch as text */
export function writeBatch({
  epoch,
  events,
  ledger = [],
  audit = [],
  responses = [],
  notes = [],
}: JournalBatch): string {
  const header: Header = [epoch, events.length, ledger.length, audit.length, responses];
  const lines = [JSON.stringify(notes.length === 0 ? header : [...header, notes])];
  for (const event of events) lines.push(writeEvent(event));
  for (const entry of ledger) lines.push(writeAnswer(entry));
  for (const { sequence, ...draft } of audit) lines.push([sequence ?? '', ...writeDraft(draft)].join(PART));
  return lines.join(LINE);
}

function writeEvent({ sequence, at, time, body }: CellEvent): string {
  const id = isPlainOrder(body) ? JSON.stringify(body.record.order.jobOrderId) : '';
  return `${sequence}${PART}${at}${PART}${time}${PART}${id}${PART}${JSON.stringify(body)}`;
}

/** An open order and nothing else: its text says all there is to keep. */
function isPlainOrder(body: CellEventBody): body is Extract<CellEventBody, { readonly kind: 'job' }> {
  if (body.kind !== 'job' || body.record.measurements.length > 0 || isFinal(body.record)) return false;
  return Object.keys(body).length === 2;
}

function writeAnswer(entry: LedgerEntry): string {
  return `${requestKey(entry)}${PART}${entry.time}${PART}${JSON.stringify(entry)}`;
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

/** @returns the batch that was written, its contents still as text */
export function readBatch(text: string): WrittenBatch {
  const lines = text.split(LINE);
  const [epoch, events, answers, audit, responses, notes = []] = JSON.parse(lines[0] ?? '') as Header;
  const ends = [1 + events, 1 + events + answers, 1 + events + answers + audit] as const;
  return {
    epoch,
    events: lines.slice(1, ends[0]).map(readEvent),
    answers: lines.slice(ends[0], ends[1]).map(readAnswer),
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

function readEvent(line: string): WrittenEvent {
  const [sequence, at, time, id = '', body = ''] = line.split(PART);
  return {
    sequence: Number(sequence),
    at: Number(at) as MonotonicMs,
    time: Number(time) as EpochMs,
    jobOrderId: id === '' ? '' : (JSON.parse(id) as string),
    body,
  };
}

function readAnswer(line: string): WrittenAnswer {
  const [key = '', time, entry = ''] = line.split(PART);
  return { key, time: Number(time), entry };
}

function readDraft(line: string): WrittenDraft {
  const [sequence = '', ...pieces] = line.split(PART);
  return { sequence: sequence === '' ? undefined : Number(sequence), pieces };
}
