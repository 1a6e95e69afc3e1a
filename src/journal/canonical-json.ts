// Canonical JSON after RFC 8785 (JCS): members sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
import type { JsonValue } from '../ports/journal.ts';

/** @throws Error for what is no JSON: a number that is not finite */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is not a JSON number`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // The default order of sort is that of UTF-16 code units, as section 3.2.3 asks.
  const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : Number(left > right)));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
