// Scalars of the wire and of the domain: time stamps, decimal strings, localised texts, typed values.
import Long from 'long';
import type { celda, google } from '../../proto/generated/celda.js';
import { type EpochMs, epochMs } from '../core/units.ts';
import type { ParameterValue } from '../core/work-master.ts';

type Timestamp = google.protobuf.Timestamp.$Properties;
type LocalizedText = celda.job.v1.LocalizedText.$Properties;
type Value = celda.job.v1.Value.$Properties;

export function toTimestamp(time: EpochMs): Timestamp {
  const seconds = Math.floor(time / 1_000);
  const nanos = Math.min(999_999_999, Math.round((time - seconds * 1_000) * 1_000_000));
  return { seconds: Long.fromNumber(seconds), nanos };
}

/** A time stamp as it comes from the wire. */
export interface WireTimestamp {
  readonly seconds: Long;
  readonly nanos: number;
}

/** What a time stamp in a request may be, for people. */
export const TIMESTAMP_ALLOWED = 'a moment in the years 1970 to 9999';

const SECONDS_MAX = 253_402_300_799;
/** A number of milliseconds near the end of the year 9999 has no room for nanoseconds: they would be rounded up into the next year. */
const MS_MAX = SECONDS_MAX * 1_000 + 999;

/** True for a time stamp that a request may give. */
export function isTimestamp({ seconds, nanos }: WireTimestamp): boolean {
  const whole = seconds.toNumber();
  return whole >= 0 && whole <= SECONDS_MAX && nanos >= 0 && nanos < 1_000_000_000;
}

export function fromTimestamp(timestamp: WireTimestamp): EpochMs {
  return epochMs(Math.min(timestamp.seconds.toNumber() * 1_000 + timestamp.nanos / 1_000_000, MS_MAX));
}

/** Made once: making one takes longer than all else that an order on the wire needs. */
const DECIMAL = new Intl.NumberFormat('en-US', { useGrouping: false, maximumFractionDigits: 20 });

/** DecimalString of OPC UA: never an exponent. */
export function toDecimal(value: number): string {
  return DECIMAL.format(value);
}

/** English first, then Spanish. */
export function bilingual(en: string, es: string): LocalizedText[] {
  return [
    { locale: 'en', text: en },
    { locale: 'es', text: es },
  ];
}

/** A description as the cell's own files give it, in no stated language; empty: none. */
export function descriptions(text: string): LocalizedText[] {
  return text === '' ? [] : [{ locale: '', text }];
}

/** @param type of the parameter's declaration, which decides how a number travels */
export function toValue(value: ParameterValue, type: 'number' | 'integer' | 'boolean' | 'string'): Value {
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'string') return { stringValue: value };
  return type === 'integer' ? { int64Value: Long.fromNumber(value) } : { doubleValue: value };
}

/** The plain value; undefined when none is set. An integer beyond 2^53 becomes a number that is not a safe integer. */
export function fromValue(value: ReceivedValue | null): ParameterValue | undefined {
  if (value === null) return undefined;
  const whole = value.int64Value ?? value.uint64Value;
  return value.boolValue ?? value.doubleValue ?? value.stringValue ?? whole?.toNumber();
}

interface ReceivedValue {
  readonly boolValue: boolean | null;
  readonly int64Value: Long | null;
  readonly uint64Value: Long | null;
  readonly doubleValue: number | null;
  readonly stringValue: string | null;
}
