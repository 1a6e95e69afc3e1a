// Parameters of a job order from plain values.
import type { celda } from '../../proto/generated/celda.js';

export type PlainValue = number | boolean | string;

/** Whole numbers travel as doubles too: the cell takes them for integer parameters. */
export function toParameters(values: Readonly<Record<string, PlainValue>>): celda.job.v1.Parameter.$Properties[] {
  return Object.entries(values).map(([id, value]) => ({ id, value: toValue(value) }));
}

function toValue(value: PlainValue): celda.job.v1.Value.$Properties {
  if (typeof value === 'number') return { doubleValue: value };
  return typeof value === 'boolean' ? { boolValue: value } : { stringValue: value };
}
