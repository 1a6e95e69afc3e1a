// Decoded messages as plain data that survives JSON: defaults are own properties, 64-bit integers are numbers.
import Long from 'long';

export type Plain<T> = T extends Long
  ? number
  : T extends string | number | boolean | null | undefined | Uint8Array
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Plain<Item>[]
      : { readonly [Key in keyof T]: Plain<T[Key]> };

/** Integers beyond 2^53 lose their last digits; none of this interface gets there. */
export function toPlain<T>(message: T): Plain<T> {
  return plainOf(message) as Plain<T>;
}

function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Long.isLong(value)) return value.toNumber();
  if (Array.isArray(value)) return value.map(plainOf);
  const plain: Record<string, unknown> = {};
  // `in` order on purpose: the defaults of a message are properties of its prototype.
  for (const key in value) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (!key.startsWith('$') && typeof item !== 'function') plain[key] = plainOf(item);
  }
  return plain;
}
