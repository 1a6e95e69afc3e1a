// Operating outcomes are values: nothing throws inside the control cycle.

/** The outcome of an operation that may be refused. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** @returns the outcome of what was done */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** @returns the outcome of what was refused or failed */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}
