// Canonical JSON after RFC 8785 (JCS): members sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.

type Members = Readonly<Record<string, unknown>>;

/**
 * Plain JSON data; members that are undefined are left out.
 * @throws Error for what is no JSON: a number that is not finite
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is not a JSON number`);
  return isCanonical(value) ? JSON.stringify(value) : sorted(value as object);
}

/** Its members are in order as they are, so that it need not be put together piece by piece. */
function isCanonical(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value)) return value.every(isCanonical);
  let before = '';
  for (const [name, member] of Object.entries(value as Members)) {
    if (name < before || (member !== undefined && !isCanonical(member))) return false;
    before = name;
  }
  return true;
}

function sorted(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = value as Members;
  let text = '';
  // The default order of sort is that of UTF-16 code units, as section 3.2.3 asks.
  for (const name of Object.keys(members).sort()) {
    const member = members[name];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
