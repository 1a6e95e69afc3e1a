// Time stamps that must not be mixed up. Other quantities carry their unit at the end of their name.

declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** Monotonic time of this process (or of the simulation kernel), milliseconds, fractional. Never a date. */
export type MonotonicMs = Branded<number, 'MonotonicMs'>;

/** UTC time stamp, milliseconds since 1970-01-01T00:00Z. Only for records that people read; never for timing. */
export type EpochMs = Branded<number, 'EpochMs'>;

/** @throws RangeError when `value` is not finite (a defect of the caller: clocks do not return NaN). */
export function monotonicMs(value: number): MonotonicMs {
  if (!Number.isFinite(value)) throw new RangeError(`monotonic time must be finite, got ${value}`);
  return value as MonotonicMs;
}

/** @throws RangeError when `value` is not finite. */
export function epochMs(value: number): EpochMs {
  if (!Number.isFinite(value)) throw new RangeError(`epoch time must be finite, got ${value}`);
  return value as EpochMs;
}
