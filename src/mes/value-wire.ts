// Typed values, units and parameters with a structure: from the wire, checked, and back.
import Long from 'long';
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import type { EngineeringUnits, JobParameter, JobValue } from '../core/job-data.ts';
import type { Violations } from './request-checks.ts';
import { fromTimestamp, isTimestamp, TIMESTAMP_ALLOWED, toTimestamp } from './wire-values.ts';

type V1 = typeof celda.job.v1;
type WireValue = Received<InstanceType<V1['Value']>>;
type WireUnits = Received<InstanceType<V1['EngineeringUnits']>>;
type WireParameter = Received<InstanceType<V1['Parameter']>>;

/** What bounds the parameters of one order and what is inside them. */
export const VALUE_LIMITS = {
  textChars: 1_000,
  listItems: 100,
  children: 50,
  depth: 3,
  unitChars: 32,
  idChars: 64,
} as const;

const DURATION_SECONDS_MAX = 315_576_000_000;
/** There, nanoseconds would be rounded up into one second more. */
const DURATION_MS_MAX = DURATION_SECONDS_MAX * 1_000 + 999;

/** @returns undefined when nothing is given, which is not said here, or what is given is wrong, which is */
export function readValue(field: string, wire: WireValue | null, violations: Violations): JobValue | undefined {
  switch (wire?.kind) {
    case 'boolValue':
      return { kind: 'boolean', value: wire.boolValue ?? false };
    case 'int64Value':
    case 'uint64Value':
      return { kind: 'integer', value: String(wire.int64Value ?? wire.uint64Value ?? 0) };
    case 'doubleValue':
      return readNumber(field, wire.doubleValue ?? 0, violations);
    case 'stringValue':
      violations.textWithin(field, wire.stringValue ?? '', VALUE_LIMITS.textChars);
      return { kind: 'string', value: wire.stringValue ?? '' };
    case 'timestampValue':
      return readTime(field, wire.timestampValue, violations);
    case 'durationValue':
      return readDuration(field, wire.durationValue, violations);
    case 'textValue':
      violations.textWithin(`${field}.text`, wire.textValue?.text ?? '', VALUE_LIMITS.textChars);
      violations.locale(`${field}.locale`, wire.textValue?.locale ?? '');
      return { kind: 'text', value: { locale: wire.textValue?.locale ?? '', text: wire.textValue?.text ?? '' } };
    case 'listValue':
      return readList(field, wire.listValue?.values ?? [], violations);
    default:
      return undefined;
  }
}

function readNumber(field: string, value: number, violations: Violations): JobValue | undefined {
  if (Number.isFinite(value)) return { kind: 'number', value };
  violations.add(field, { given: String(value), allowed: 'a finite number' });
  return undefined;
}

function readTime(field: string, wire: WireValue['timestampValue'], violations: Violations): JobValue | undefined {
  if (wire !== null && isTimestamp(wire)) return { kind: 'time', value: fromTimestamp(wire) };
  violations.add(field, { allowed: TIMESTAMP_ALLOWED });
  return undefined;
}

function readDuration(field: string, wire: WireValue['durationValue'], violations: Violations): JobValue | undefined {
  const seconds = wire?.seconds.toNumber() ?? -1;
  const nanos = wire?.nanos ?? -1;
  if (seconds >= 0 && seconds <= DURATION_SECONDS_MAX && nanos >= 0 && nanos < 1_000_000_000) {
    return { kind: 'duration', value: Math.min(seconds * 1_000 + nanos / 1_000_000, DURATION_MS_MAX) };
  }
  violations.add(field, {
    given: `${seconds} s ${nanos} ns`,
    allowed: `0..${DURATION_SECONDS_MAX} s, 0..999999999 ns`,
  });
  return undefined;
}

function readList(field: string, values: readonly WireValue[], violations: Violations): JobValue {
  violations.atMost(field, values.length, VALUE_LIMITS.listItems);
  const items = values.slice(0, VALUE_LIMITS.listItems).flatMap((each, index) => {
    const place = `${field}.list_value.values[${index}]`;
    if (each.kind === 'listValue') {
      violations.add(place, { given: 'a list', allowed: 'a single value' });
      return [];
    }
    if (each.kind === undefined) violations.add(place, { given: 'nothing', allowed: 'a value' });
    return readValue(place, each, violations) ?? [];
  });
  return { kind: 'list', items };
}

export function writeValue(value: JobValue): celda.job.v1.Value.$Properties {
  switch (value.kind) {
    case 'boolean':
      return { boolValue: value.value };
    case 'integer': {
      const isSigned = value.value.startsWith('-') || BigInt(value.value) <= 0x7fff_ffff_ffff_ffffn;
      return isSigned
        ? { int64Value: Long.fromString(value.value) }
        : { uint64Value: Long.fromString(value.value, true) };
    }
    case 'number':
      return { doubleValue: value.value };
    case 'string':
      return { stringValue: value.value };
    case 'time':
      return { timestampValue: toTimestamp(value.value) };
    case 'duration': {
      const seconds = Math.floor(value.value / 1_000);
      const nanos = Math.min(999_999_999, Math.round((value.value - seconds * 1_000) * 1_000_000));
      return { durationValue: { seconds: Long.fromNumber(seconds), nanos } };
    }
    case 'text':
      return { textValue: { ...value.value } };
    case 'list':
      return { listValue: { values: value.items.map(writeValue) } };
    default:
      return value satisfies never;
  }
}

/** @param unit the short way to give a unit; `undefined` where there is none */
export function readUnits(
  field: string,
  wire: WireUnits | null,
  unit: string | undefined,
  violations: Violations,
): EngineeringUnits | undefined {
  if (unit !== undefined) violations.textWithin(`${field}.unit`, unit, VALUE_LIMITS.unitChars);
  if (wire === null) {
    return unit === undefined || unit === ''
      ? undefined
      : { namespaceUri: '', unitId: 0, displayName: unit, description: '' };
  }
  const place = `${field}.engineering_units`;
  violations.text(`${place}.display_name`, wire.displayName, VALUE_LIMITS.unitChars);
  violations.textWithin(`${place}.namespace_uri`, wire.namespaceUri, 200);
  violations.textWithin(`${place}.description`, wire.description, 200);
  if (unit !== undefined && unit !== '' && unit !== wire.displayName) {
    const given = JSON.stringify(wire.displayName);
    violations.add(`${place}.display_name`, { given, allowed: `${JSON.stringify(unit)}, like the unit` });
  }
  const { namespaceUri, unitId, displayName, description } = wire;
  return { namespaceUri, unitId, displayName, description };
}

function writeUnits(units: EngineeringUnits | undefined): { engineeringUnits?: EngineeringUnits } {
  const isPlain = units === undefined || (units.unitId === 0 && units.namespaceUri === '' && units.description === '');
  return isPlain ? {} : { engineeringUnits: { ...units } };
}

/** Reads parameters or properties that no work master declares: each id once, each with a value or with parts. */
export function readParameterTree(
  field: string,
  wire: readonly WireParameter[],
  violations: Violations,
  depth = 1,
): readonly JobParameter[] {
  violations.atMost(field, wire.length, VALUE_LIMITS.children);
  const seen = new Set<string>();
  return wire.slice(0, VALUE_LIMITS.children).flatMap((each, index) => {
    // Of a request that is refused with all that is told of one, the rest is not looked at: trees grow by the power of their depth.
    if (violations.isFull) return [];
    const place = `${field}[${index}]`;
    if (seen.has(each.id)) violations.add(`${place}.id`, { given: JSON.stringify(each.id), allowed: 'each id once' });
    seen.add(each.id);
    return readTreeParameter(place, each, violations, depth);
  });
}

/** Reads one such parameter. */
export function readTreeParameter(place: string, wire: WireParameter, violations: Violations, depth = 1): JobParameter {
  violations.text(`${place}.id`, wire.id, VALUE_LIMITS.idChars);
  const value = readValue(`${place}.value`, wire.value, violations);
  if (wire.value?.kind === undefined && wire.subparameters.length === 0) {
    violations.add(`${place}.value`, { given: 'nothing', allowed: 'a value' });
  }
  const isTooDeep = depth >= VALUE_LIMITS.depth && wire.subparameters.length > 0;
  if (isTooDeep) violations.add(`${place}.subparameters`, { allowed: `${VALUE_LIMITS.depth} levels` });
  return {
    id: wire.id,
    value,
    descriptions: violations.texts(`${place}.descriptions`, wire.descriptions),
    units: readUnits(place, wire.engineeringUnits, wire.unit, violations),
    subparameters: isTooDeep
      ? []
      : readParameterTree(`${place}.subparameters`, wire.subparameters, violations, depth + 1),
  };
}

export function writeParameter(parameter: JobParameter): celda.job.v1.Parameter.$Properties {
  return {
    id: parameter.id,
    ...(parameter.value === undefined ? {} : { value: writeValue(parameter.value) }),
    descriptions: parameter.descriptions.map((each) => ({ ...each })),
    unit: parameter.units?.displayName ?? '',
    ...writeUnits(parameter.units),
    subparameters: parameter.subparameters.map(writeParameter),
  };
}
