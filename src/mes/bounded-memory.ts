// What is remembered for whoever comes back is bounded by how many it is and by how much memory it takes: orders differ a hundredfold.

const STRING_BYTES = 24;
const OBJECT_BYTES = 32;
const FIELD_BYTES = 8;
const NUMBER_BYTES = 16;

/** About what plain data takes in memory, in bytes: rather more than less. */
export function heldBytes(value: unknown): number {
  if (typeof value === 'string') return STRING_BYTES + 2 * value.length;
  if (typeof value !== 'object' || value === null) return NUMBER_BYTES;
  const fields: readonly unknown[] = Object.values(value);
  return fields.reduce<number>((sum, field) => sum + FIELD_BYTES + heldBytes(field), OBJECT_BYTES);
}

/** Adds up what the values of keys take. */
export class HeldSizes {
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  /** Of all that is set. */
  get bytes(): number {
    return this.#bytes;
  }

  set(key: string, value: unknown): void {
    this.delete(key);
    const bytes = heldBytes(value);
    this.#sizes.set(key, bytes);
    this.#bytes += bytes;
  }

  delete(key: string): void {
    this.#bytes -= this.#sizes.get(key) ?? 0;
    this.#sizes.delete(key);
  }
}

/** How much is kept at most; the newest is always kept. */
export interface MemoryBounds {
  readonly countMax: number;
  readonly bytesMax: number;
}

/** What was set last, under keys: the oldest goes first. */
export class BoundedMap<Value> {
  readonly #bounds: MemoryBounds;
  readonly #values = new Map<string, Value>();
  readonly #sizes = new HeldSizes();

  constructor(bounds: MemoryBounds) {
    this.#bounds = bounds;
  }

  get bytes(): number {
    return this.#sizes.bytes;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    this.delete(key);
    this.#values.set(key, value);
    this.#sizes.set(key, value);
    const { countMax, bytesMax } = this.#bounds;
    for (const oldest of this.#values.keys()) {
      if (oldest === key || (this.#values.size <= countMax && this.bytes <= bytesMax)) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#values.delete(key);
    this.#sizes.delete(key);
  }
}
