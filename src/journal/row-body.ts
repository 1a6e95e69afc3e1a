// How the JSON of a row is kept: deflated with a dictionary where that is shorter, and sealed with a CRC-32 over the row's key,
// its columns and its content, so that a flipped bit anywhere in it is found.
import type { SQLOutputValue } from 'node:sqlite';
import { brotliCompressSync, brotliDecompressSync, constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JsonValue } from '../ports/journal.ts';
import { DICTIONARY_1 } from './row-dictionary.ts';
import { DamageError } from './sqlite.ts';

/** First byte of a body. Numbers are on disk: never reused. */
const CODING = { json: 0, deflated1: 1, brotli: 2, parts: 3 } as const;
const HEADER_BYTES = 1;
const CRC_BYTES = 4;
/** Of the first of two parts. */
const LENGTH_BYTES = 4;
/** Below this nothing gets shorter. */
const DEFLATE_FROM_BYTES = 40;
/** Up to this a row is deflated as short as can be, whoever waits. */
const SHORT_BYTES = 8_192;
/** Of brotli: short enough, and done in some ten milliseconds. */
const BROTLI_QUALITY = 6;
/** No row is longer than this when inflated: a damaged one cannot eat the memory. */
const INFLATED_BYTES_MAX = 64 * 1024 * 1024;

/** Table, key and columns that a body is sealed with. */
export type RowKey = readonly (string | number)[];

/** `short`: nobody waits for the row. */
export type BodyStyle = 'fast' | 'short';

/** @returns coding, content, CRC-32 (little endian) */
export function sealBody(key: RowKey, value: JsonValue, style: BodyStyle = 'fast'): Buffer {
  return sealText(key, JSON.stringify(value), style);
}

/** The same of a value that is JSON already. */
export function sealText(key: RowKey, json: string, style: BodyStyle = 'fast'): Buffer {
  const { coding, content } = encoded(Buffer.from(json), style);
  return sealed(key, coding, [content]);
}

/** The same of JSON that is packed already. @see packText */
export function sealPacked(key: RowKey, packed: Uint8Array): Buffer {
  return sealed(key, CODING.deflated1, [packed]);
}

/** The same of an object whose member `b` is packed already. @param head JSON of the others @see packText */
export function sealParts(key: RowKey, head: string, packed: Uint8Array): Buffer {
  const json = Buffer.from(head);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.length);
  return sealed(key, CODING.parts, [length, json, packed]);
}

function sealed(key: RowKey, coding: number, parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const body = Buffer.allocUnsafe(HEADER_BYTES + length + CRC_BYTES);
  body[0] = coding;
  let at = HEADER_BYTES;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  body.writeUInt32LE(sealOf(key, body.subarray(0, -CRC_BYTES)), body.length - CRC_BYTES);
  return body;
}

/** JSON as rows have it: deflated with their dictionary. In memory of its own size: it goes to another thread, and is kept there. */
export function packText(json: string): Uint8Array {
  return new Uint8Array(deflated(Buffer.from(json)));
}

/** @throws Error when it was not packed by `packText` */
export function unpackText(packed: Uint8Array): string {
  return inflateRawSync(packed, { dictionary: DICTIONARY_1, ...LIMIT }).toString();
}

function deflated(json: Buffer): Buffer {
  return deflateRawSync(json, { level: json.length < SHORT_BYTES ? 9 : 1, dictionary: DICTIONARY_1 });
}

function encoded(json: Buffer, style: BodyStyle): { readonly coding: number; readonly content: Buffer } {
  if (json.length < DEFLATE_FROM_BYTES) return { coding: CODING.json, content: json };
  if (json.length > SHORT_BYTES && style === 'short') {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: json.length,
    };
    return { coding: CODING.brotli, content: brotliCompressSync(json, { params }) };
  }
  const content = deflated(json);
  return content.length < json.length ? { coding: CODING.deflated1, content } : { coding: CODING.json, content: json };
}

/** @throws DamageError when the body, as SQLite gives it, is not the one that was sealed with this key */
export function checkBody(key: RowKey, body: SQLOutputValue | undefined): asserts body is Uint8Array<ArrayBuffer> {
  if (!(body instanceof Uint8Array)) throw new DamageError(nameOf(key), 'has no content');
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length < HEADER_BYTES + CRC_BYTES) throw new DamageError(nameOf(key), 'too short');
  if (sealOf(key, bytes.subarray(0, -CRC_BYTES)) !== bytes.readUInt32LE(bytes.length - CRC_BYTES)) {
    throw new DamageError(nameOf(key), 'its content does not match its checksum');
  }
}

/** @throws DamageError */
export function openBody(key: RowKey, body: SQLOutputValue | undefined): JsonValue {
  checkBody(key, body);
  try {
    return decoded(body);
  } catch {
    throw new DamageError(nameOf(key), 'its content cannot be read');
  }
}

const LIMIT = { maxOutputLength: INFLATED_BYTES_MAX };

/** @throws Error when it is not what `sealed` makes */
function decoded(body: Uint8Array): JsonValue {
  const content = body.subarray(HEADER_BYTES, -CRC_BYTES);
  switch (body[0]) {
    case CODING.json:
      return JSON.parse(Buffer.from(content).toString()) as JsonValue;
    case CODING.deflated1:
      return unpacked(content);
    case CODING.brotli:
      return JSON.parse(brotliDecompressSync(content, LIMIT).toString()) as JsonValue;
    case CODING.parts:
      return openParts(Buffer.from(content));
    default:
      throw new Error(`unknown coding ${body[0]}`);
  }
}

function openParts(content: Buffer): JsonValue {
  const end = LENGTH_BYTES + content.readUInt32LE();
  const head = JSON.parse(content.subarray(LENGTH_BYTES, end).toString()) as Readonly<Record<string, JsonValue>>;
  return { ...head, b: unpacked(content.subarray(end)) };
}

function unpacked(packed: Uint8Array): JsonValue {
  return JSON.parse(unpackText(packed)) as JsonValue;
}

/** CRC-32 of a row: of its table, key and columns, and of its content where it has one. */
export function sealOf(key: RowKey, content: Uint8Array = Buffer.alloc(0)): number {
  return crc32(content, crc32(key.join('\u0000')));
}

function nameOf(key: RowKey): string {
  const [table, ...rest] = key;
  return `${table} ${rest.join(' ')}`;
}
