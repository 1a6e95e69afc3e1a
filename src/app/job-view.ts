// Job orders as plain data for people and scripts: what the wire says, with names for numbers and ISO times.
import { celda, type google } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';

type Wire<T> = Received<T> | null;

/** JSON of `celda job get --json`; absent things are left out. */
export interface JobView {
  readonly jobOrderId: string;
  readonly description: string;
  readonly workMasterId: string;
  readonly workMasterVersion: string;
  readonly priority: number;
  readonly parameters: Readonly<Record<string, number | boolean | string>>;
  /** By parameter id, of those that have one; `ms` of a duration. */
  readonly units: Readonly<Record<string, string>>;
  /** ISA-95 state, e.g. `Running`. */
  readonly state: string;
  /** E.g. `Completed`; empty when the state has none. */
  readonly substate: string;
  readonly result: string;
  readonly storeTime: string | undefined;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
  readonly producedQuantity: number;
  readonly goodQuantity: number;
  readonly measurements: readonly MeasurementView[];
  readonly reason: ReasonView | undefined;
  /** What was said with the last command; empty: nothing. */
  readonly comment: string;
  readonly revision: number;
  readonly etag: string;
}

interface MeasurementView {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly time: string | undefined;
}

export interface ReasonView {
  readonly code: number;
  readonly reason: string;
  readonly title: string;
  readonly response: string;
  readonly titleEs: string;
  readonly responseEs: string;
  readonly detail: Readonly<Record<string, string>>;
}

export interface ProgressView {
  readonly jobOrderId: string;
  readonly step: string;
  readonly label: string;
  readonly producedQuantity: number;
  readonly goodQuantity: number;
  readonly lastPartMs: number;
}

/** True when nothing more will happen to the order. */
export function isFinal(job: JobView): boolean {
  return job.state === 'Ended' || job.state === 'Aborted';
}

export function isCompleted(job: JobView): boolean {
  return job.state === 'Ended' && job.substate === 'Completed' && job.result === 'Successful';
}

export function viewJob(wire: Wire<celda.job.v1.JobOrderAndState>): JobView {
  const order = wire?.jobOrder;
  return {
    jobOrderId: order?.jobOrderId ?? '',
    description: order?.descriptions[0]?.text ?? '',
    workMasterId: order?.workMasterId ?? '',
    workMasterVersion: wire?.executedWorkMasterVersion ?? '',
    priority: order?.priority ?? 0,
    parameters: Object.fromEntries((order?.parameters ?? []).map(({ id, value }) => [id, viewValue(value)])),
    units: unitsOf((order?.parameters ?? []).map((each) => [each.id, viewUnit(each)])),
    state: wire?.states[0]?.text ?? '',
    substate: wire?.states[1]?.text ?? '',
    result: viewResult(wire?.result ?? 0),
    storeTime: viewTime(wire?.storeTime),
    startTime: viewTime(wire?.startTime),
    endTime: viewTime(wire?.endTime),
    producedQuantity: Number(wire?.producedQuantity ?? 0),
    goodQuantity: Number(wire?.goodQuantity ?? 0),
    measurements: (wire?.measurements ?? []).map(({ id, value, unit, measureTime }) => ({
      id,
      value,
      unit,
      time: viewTime(measureTime),
    })),
    reason: viewReason(wire?.reason ?? null),
    comment: wire?.comment ?? '',
    revision: wire?.revision.toNumber() ?? 0,
    etag: wire?.etag ?? '',
  };
}

export function viewProgress(wire: Received<celda.job.v1.JobProgress>): ProgressView {
  const { jobOrderId, step, label, lastPartMs } = wire;
  const producedQuantity = Number(wire.producedQuantity);
  return { jobOrderId, step, label, lastPartMs, producedQuantity, goodQuantity: Number(wire.goodQuantity) };
}

export function viewReason(wire: Wire<celda.job.v1.FaultReason>): ReasonView | undefined {
  if (wire === null) return undefined;
  const textIn = (language: string, texts: typeof wire.titles): string =>
    texts.find(({ locale }) => locale === language)?.text ?? '';
  return {
    code: wire.code,
    reason: wire.reason,
    title: textIn('en', wire.titles),
    response: textIn('en', wire.responses),
    titleEs: textIn('es', wire.titles),
    responseEs: textIn('es', wire.responses),
    detail: { ...wire.detail },
  };
}

/** @returns what a value is counted in, where it is said; empty: nobody says */
export function viewUnit({ value, unit }: Pick<Received<celda.job.v1.Parameter>, 'value' | 'unit'>): string {
  return value?.kind === 'durationValue' ? 'ms' : unit;
}

/** Without those of which nobody says it. */
export function unitsOf(units: readonly (readonly [id: string, unit: string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(units.filter(([, unit]) => unit !== ''));
}

/** A duration is in milliseconds. */
export function viewValue(wire: Wire<celda.job.v1.Value>): number | boolean | string {
  if (wire === null) return '';
  switch (wire.kind) {
    case 'boolValue':
      return wire.boolValue ?? false;
    case 'int64Value':
      return wire.int64Value?.toNumber() ?? 0;
    case 'uint64Value':
      return wire.uint64Value?.toNumber() ?? 0;
    case 'doubleValue':
      return wire.doubleValue ?? 0;
    case 'stringValue':
      return wire.stringValue ?? '';
    case 'timestampValue':
      return viewTime(wire.timestampValue) ?? '';
    case 'durationValue':
      return (wire.durationValue?.seconds.toNumber() ?? 0) * 1_000 + (wire.durationValue?.nanos ?? 0) / 1_000_000;
    case 'textValue':
      return wire.textValue?.text ?? '';
    case 'listValue':
      return (wire.listValue?.values ?? []).map((each) => String(viewValue(each))).join(', ');
    case undefined:
      return '';
    default:
      return wire.kind satisfies never;
  }
}

export function viewTime(wire: Wire<google.protobuf.Timestamp> | undefined): string | undefined {
  if (wire === null || wire === undefined) return undefined;
  return new Date(wire.seconds.toNumber() * 1_000 + wire.nanos / 1_000_000).toISOString();
}

/** The verdict by its name in OPC 40001-3, e.g. `Successful`. */
export function viewResult(result: number): string {
  return titleCase(celda.job.v1.JobResult[result], 'JOB_RESULT_');
}

/** `JOB_RESULT_SUCCESSFUL` to `Successful`. */
function titleCase(name: string | undefined, prefix: string): string {
  const word = (name ?? '').slice(prefix.length).toLowerCase();
  return word.charAt(0).toUpperCase() + word.slice(1);
}
