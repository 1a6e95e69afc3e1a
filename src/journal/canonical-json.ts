// Canonical JSON after RFC 8785 (JCS): members sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
import type { JsonValue } from '../ports/journal.ts';

/** Members that are undefined are left out. @throws Error for what is no JSON: a number that is not finite */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is not a JSON number`);
  return isCanonical(value) ? JSON.stringify(value) : sorted(value);
}

/** Its members are in order as they are, so that it need not be put together piece by piece. */
function isCanonical(value: JsonValue): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value !== 'object') return true;
  if (isList(value)) return value.every(isCanonical);
  let before = '';
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (name < before || (member !== undefined && !isCanonical(member))) return false;
    before = name;
  }
  return true;
}

function sorted(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return canonicalJson(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  // The default order of sort is that of UTF-16 code units, as section 3.2.3 asks.
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
