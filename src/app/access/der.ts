// As much of DER (ITU-T X.690) as certificates for development need: writing, and walking through what was read.

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  generalizedTime: 0x18,
  utcTime: 0x17,
} as const;

/** One element with its tag and length. */
export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const digits: number[] = [];
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  return Buffer.from([0x80 | digits.length, ...digits]);
}

export const sequence = (...items: readonly Uint8Array[]): Buffer => element(TAG.sequence, ...items);
export const setOf = (...items: readonly Uint8Array[]): Buffer => element(TAG.set, ...items);
export const octetString = (bytes: Uint8Array): Buffer => element(TAG.octetString, bytes);
export const utf8 = (text: string): Buffer => element(TAG.utf8, Buffer.from(text, 'utf8'));
export const TRUE = element(TAG.boolean, Buffer.from([0xff]));

/** @param unusedBits of the last byte, 0 to 7 */
export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(TAG.bitString, Buffer.from([unusedBits]), bytes);
}

/** @param bytes unsigned, most significant first */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first));
  return element(TAG.integer, (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short);
}

/** @param dotted such as `2.5.29.17`; each number below 2^28 */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** Four digits of the year, to the second, UTC. */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  const isShort = at.getUTCFullYear() < 2050;
  return element(isShort ? TAG.utcTime : TAG.generalizedTime, Buffer.from(isShort ? digits.slice(2) : digits, 'ascii'));
}

export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

/** @throws Error when the bytes are no sequence of elements */
export function elementsIn(bytes: Buffer): readonly Element[] {
  const found: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at);
    const short = bytes.readUInt8(at + 1);
    const digits = short < 0x80 ? 0 : short & 0x7f;
    if (digits > 4) throw new Error('not DER');
    const length = digits === 0 ? short : bytes.readUIntBE(at + 2, digits);
    const from = at + 2 + digits;
    if (from + length > bytes.length) throw new Error('not DER');
    found.push({ tag, content: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return found;
}
