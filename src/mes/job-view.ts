// A job order as a client sees it: plain data in the words of the domain, from the messages of the wire.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import {
  JOB_STATES,
  JOB_SUBSTATES,
  type JobResult,
  type JobState,
  type JobSubstate,
  type Measurement,
} from '../core/job-order.ts';
import type { EpochMs } from '../core/units.ts';
import type { ParameterSpec, ParameterValue } from '../core/work-master.ts';
import { PARAMETER_TYPE_NUMBERS } from './capabilities-wire.ts';
import { jobStateOf, RESULT_NUMBERS } from './job-wire.ts';
import { fromTimestamp, fromValue } from './wire-values.ts';

/** Why a job order is in its state. Texts by locale, `en` and `es`. */
export interface ReasonView {
  /** Number in the fault catalogue. */
  readonly code: number;
  readonly reason: string;
  readonly title: Readonly<Record<string, string>>;
  readonly response: Readonly<Record<string, string>>;
  readonly detail: Readonly<Record<string, string>>;
}

export interface JobView {
  readonly jobOrderId: string;
  readonly description: string;
  readonly workMasterId: string;
  readonly workMasterVersion: string;
  readonly priority: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** `Unrecognized` when the server is newer than this client. */
  readonly state: JobState | 'Unrecognized';
  readonly substate: JobSubstate | undefined;
  readonly storedAt: EpochMs | undefined;
  readonly startTime: EpochMs | undefined;
  readonly endTime: EpochMs | undefined;
  readonly producedQuantity: number;
  readonly goodQuantity: number;
  readonly measurements: readonly Measurement[];
  readonly result: JobResult;
  readonly reason: ReasonView | undefined;
  readonly etag: string;
  readonly revision: number;
}

export interface ProgressView {
  readonly jobOrderId: string;
  readonly workMasterId: string;
  readonly step: string;
  readonly label: string;
  readonly producedQuantity: number;
  readonly goodQuantity: number;
  readonly lastPartMs: number;
}

export interface WorkMasterView {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpec[];
}

type WireRecord = Received<celda.job.v1.JobOrderAndState>;
type WireTexts = readonly { readonly locale: string; readonly text: string }[];

export function toJobView(wire: WireRecord): JobView {
  const order = wire.jobOrder;
  return {
    jobOrderId: order?.jobOrderId ?? '',
    description: order?.descriptions[0]?.text ?? '',
    workMasterId: order?.workMasterId ?? '',
    workMasterVersion: wire.executedWorkMasterVersion,
    priority: order?.priority ?? 0,
    parameters: valuesOf(order?.parameters ?? []),
    state: stateOf(wire.states),
    substate: substateOf(wire.states),
    storedAt: timeOf(wire.storeTime),
    startTime: timeOf(wire.startTime),
    endTime: timeOf(wire.endTime),
    producedQuantity: Number(wire.producedQuantity),
    goodQuantity: Number(wire.goodQuantity),
    measurements: wire.measurements.flatMap(toMeasurement),
    result: resultOf(wire.result),
    reason: wire.reason === null ? undefined : toReasonView(wire.reason),
    etag: wire.etag,
    revision: wire.revision.toNumber(),
  };
}

function valuesOf(parameters: readonly Received<celda.job.v1.Parameter>[]): Readonly<Record<string, ParameterValue>> {
  return Object.fromEntries(
    parameters.flatMap(({ id, value }): readonly [string, ParameterValue][] => {
      const plain = fromValue(value);
      return plain === undefined ? [] : [[id, plain]];
    }),
  );
}

function stateOf(states: readonly Received<celda.job.v1.State>[]): JobView['state'] {
  return jobStateOf(states[0]?.jobState ?? 0) ?? 'Unrecognized';
}

function substateOf(states: readonly Received<celda.job.v1.State>[]): JobSubstate | undefined {
  const name = states[1]?.text;
  return name !== undefined && Object.hasOwn(JOB_SUBSTATES, name) ? (name as JobSubstate) : undefined;
}

function timeOf(timestamp: Parameters<typeof fromTimestamp>[0] | null): EpochMs | undefined {
  return timestamp === null ? undefined : fromTimestamp(timestamp);
}

function toMeasurement(wire: Received<celda.job.v1.Measurement>): readonly Measurement[] {
  const timeMs = timeOf(wire.measureTime);
  return timeMs === undefined ? [] : [{ id: wire.id, value: wire.value, unit: wire.unit, timeMs }];
}

const RESULT_BY_NUMBER = new Map<number, JobResult>(
  Object.entries(RESULT_NUMBERS).map(([name, number]) => [number, name as JobResult]),
);

function resultOf(number: number): JobResult {
  return RESULT_BY_NUMBER.get(number) ?? 'Unknown';
}

function toReasonView(wire: Received<celda.job.v1.FaultReason>): ReasonView {
  return {
    code: wire.code,
    reason: wire.reason,
    title: byLocale(wire.titles),
    response: byLocale(wire.responses),
    detail: { ...wire.detail },
  };
}

function byLocale(texts: WireTexts): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map(({ locale, text }) => [locale, text]));
}

export function toProgressView(wire: Received<celda.job.v1.JobProgress>): ProgressView {
  const { jobOrderId, workMasterId, step, label, lastPartMs } = wire;
  const [producedQuantity, goodQuantity] = [Number(wire.producedQuantity), Number(wire.goodQuantity)];
  return { jobOrderId, workMasterId, step, label, producedQuantity, goodQuantity, lastPartMs };
}

export function toWorkMasterView(wire: Received<celda.job.v1.WorkMaster>): WorkMasterView {
  const { id, version } = wire;
  return { id, version, description: wire.descriptions[0]?.text ?? '', parameters: wire.parameters.map(toSpec) };
}

function toSpec(wire: Received<celda.job.v1.ParameterSpec>): ParameterSpec {
  const type = Object.entries(PARAMETER_TYPE_NUMBERS).find(([, number]) => number === wire.type)?.[0] ?? 'string';
  const defaultValue = fromValue(wire.defaultValue);
  return {
    id: wire.id,
    type: type as ParameterSpec['type'],
    description: wire.descriptions[0]?.text ?? '',
    ...(wire.unit === '' ? {} : { unit: wire.unit }),
    ...(wire.min === null ? {} : { min: wire.min }),
    ...(wire.max === null ? {} : { max: wire.max }),
    ...(wire.options.length === 0 ? {} : { options: wire.options }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
}

/** Numbers of the states to filter a list by. */
export function stateNumbers(states: readonly JobState[]): number[] {
  return states.map((state) => JOB_STATES[state]);
}
