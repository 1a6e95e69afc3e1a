// Job records as the wire shows them. Source of names and numbers: OPC 10031-4 v2.00, 6.2.
import Long from 'long';
import { celda } from '../../proto/generated/celda.js';
import type { JobProgress } from '../core/cell-event.ts';
import { describeFault, FAULTS, type Fault } from '../core/faults.ts';
import { JOB_STATES, JOB_SUBSTATES, type JobRecord, type JobState, type JobSubstate } from '../core/job-order.ts';
import { type EpochMs, epochMs } from '../core/units.ts';
import type { WorkMaster } from '../core/work-master.ts';
import { writeEquipment, writeMaterial, writePersonnel, writePhysicalAsset } from './resource-wire.ts';
import { writeParameter } from './value-wire.ts';
import { bilingual, toDecimal, toTimestamp, toValue } from './wire-values.ts';

const v1 = celda.job.v1;
type WireState = celda.job.v1.State.$Properties;
type WireRecord = celda.job.v1.JobOrderAndState.$Properties;
type WireParameter = celda.job.v1.Parameter.$Properties;

/** Domain names by number of the wire's enum, and the other way round. */
export const JOB_STATE_NUMBERS = {
  NotAllowedToStart: v1.JobState.JOB_STATE_NOT_ALLOWED_TO_START,
  AllowedToStart: v1.JobState.JOB_STATE_ALLOWED_TO_START,
  Running: v1.JobState.JOB_STATE_RUNNING,
  Interrupted: v1.JobState.JOB_STATE_INTERRUPTED,
  Ended: v1.JobState.JOB_STATE_ENDED,
  Aborted: v1.JobState.JOB_STATE_ABORTED,
} as const satisfies Record<JobState, celda.job.v1.JobState>;

const STATE_BY_NUMBER = new Map<number, JobState>(
  Object.entries(JOB_STATE_NUMBERS).map(([name, number]) => [number, name as JobState]),
);

/** @returns undefined for a number that is no state, as a newer or a careless client may send it */
export function jobStateOf(number: number): JobState | undefined {
  return STATE_BY_NUMBER.get(number);
}

export const RESULT_NUMBERS = {
  Unknown: v1.JobResult.JOB_RESULT_UNKNOWN,
  Successful: v1.JobResult.JOB_RESULT_SUCCESSFUL,
  Unsuccessful: v1.JobResult.JOB_RESULT_UNSUCCESSFUL,
} as const satisfies Record<JobRecord['result'], celda.job.v1.JobResult>;

function topState(state: JobState): WireState {
  return { browsePath: [], text: state, number: JOB_STATES[state], jobState: JOB_STATE_NUMBERS[state] };
}

const SUBSTATE_VALUES = {
  Waiting: { prepareSubstate: v1.PrepareSubstate.PREPARE_SUBSTATE_WAITING },
  Ready: { prepareSubstate: v1.PrepareSubstate.PREPARE_SUBSTATE_READY },
  Loaded: { prepareSubstate: v1.PrepareSubstate.PREPARE_SUBSTATE_LOADED },
  Held: { interruptedSubstate: v1.InterruptedSubstate.INTERRUPTED_SUBSTATE_HELD },
  Suspended: { interruptedSubstate: v1.InterruptedSubstate.INTERRUPTED_SUBSTATE_SUSPENDED },
  Completed: { endedSubstate: v1.EndedSubstate.ENDED_SUBSTATE_COMPLETED },
  Closed: { endedSubstate: v1.EndedSubstate.ENDED_SUBSTATE_CLOSED },
} as const satisfies Record<JobSubstate, WireState>;

function subState(state: JobState, substate: JobSubstate): WireState {
  const { number } = JOB_SUBSTATES[substate];
  return { browsePath: [`${state}Substates`], text: substate, number, ...SUBSTATE_VALUES[substate] };
}

/** The top level first, then the substate if there is one. */
export function toWireStates({ state, substate }: JobRecord): WireState[] {
  return [topState(state), ...(substate === undefined ? [] : [subState(state, substate)])];
}

/** Of the id of a journal, enough to tell it from those that were restored before and after it. */
const JOURNAL_CHARS = 8;

/**
 * What a client gives back to change an order only if it is as the client knows it.
 *
 * @param journalId of the journal that knows the order: what comes after a restore happens a second time, with the same revisions.
 * Empty: there is none
 */
export function etagOf({ revision, storedAt }: JobRecord, journalId: string): string {
  const journal = journalId === '' ? '' : `-${journalId.slice(0, JOURNAL_CHARS)}`;
  return `r${revision}-${storedAt.toString(36)}${journal}`;
}

/** What an etag says of a record: which order it is of, of all that were ever stored under its id, and how often that had changed. */
export interface Seen {
  readonly revision: number;
  readonly storedAt: EpochMs;
}

const ETAG = /^r([1-9]\d{0,14})(?:-([0-9a-z]{1,10}))?(?:-([0-9a-f]{8}))?$/;

/**
 * @param journalId as in `etagOf`
 * @returns undefined when it is no etag; one of another journal or of an older release says nothing of the order, and is of none
 */
export function readEtag(etag: string, journalId: string): Seen | undefined {
  const [, revision, storedAt = '0', journal = ''] = ETAG.exec(etag) ?? [];
  if (revision === undefined) return undefined;
  const isOfJournal = journal === journalId.slice(0, JOURNAL_CHARS);
  return { revision: Number(revision), storedAt: epochMs(isOfJournal ? Number.parseInt(storedAt, 36) : 0) };
}

function toWireOrder({ order, workMasterVersion }: JobRecord, workMaster: WorkMaster | undefined) {
  return {
    jobOrderId: order.jobOrderId,
    descriptions: order.descriptions.map((each) => ({ ...each })),
    workMasterId: order.workMasterId,
    workMasterVersion,
    ...(order.startTime === undefined ? {} : { startTime: toTimestamp(order.startTime) }),
    ...(order.endTime === undefined ? {} : { endTime: toTimestamp(order.endTime) }),
    priority: order.priority,
    parameters: [...toWireParameters(order.parameters, workMaster), ...(order.predefined ?? []).map(writeParameter)],
    personnelRequirements: (order.personnel ?? []).map(writePersonnel),
    equipmentRequirements: (order.equipment ?? []).map(writeEquipment),
    physicalAssetRequirements: (order.physicalAssets ?? []).map(writePhysicalAsset),
    materialRequirements: (order.materials ?? []).map(writeMaterial),
    workMasterOptions: (order.workMasterOptions ?? []).map((each) => ({ ...each })),
  };
}

/**
 * @param workMaster of the record, when the cell still has it: it declares units and types of the parameters
 * @param journalId as in `etagOf`
 */
export function toWireRecord(record: JobRecord, workMaster: WorkMaster | undefined, journalId: string): WireRecord {
  return {
    jobOrder: toWireOrder(record, workMaster),
    states: toWireStates(record),
    etag: etagOf(record, journalId),
    revision: Long.fromNumber(record.revision, true),
    storeTime: toTimestamp(record.storedAt),
    ...(record.startTime === undefined ? {} : { startTime: toTimestamp(record.startTime) }),
    ...(record.endTime === undefined ? {} : { endTime: toTimestamp(record.endTime) }),
    producedQuantity: toDecimal(record.producedQuantity),
    goodQuantity: toDecimal(record.goodQuantity),
    measurements: record.measurements.map((each) => ({
      id: each.id,
      value: each.value,
      unit: each.unit,
      measureTime: toTimestamp(each.timeMs),
    })),
    result: RESULT_NUMBERS[record.result],
    ...(record.reason === undefined ? {} : { reason: toWireReason(record.reason) }),
    executedWorkMasterVersion: record.workMasterVersion,
    comment: record.comment,
  };
}

function toWireParameters(
  given: JobRecord['order']['parameters'],
  workMaster: WorkMaster | undefined,
): WireParameter[] {
  const specs = new Map(workMaster?.parameters.map((spec) => [spec.id, spec]));
  return Object.entries(given).map(([id, value]) => {
    const spec = specs.get(id);
    return { id, value: toValue(value, spec?.type ?? 'number'), unit: spec?.unit ?? '' };
  });
}

/** A fault with its texts in both languages. */
export function toWireReason(fault: Fault): celda.job.v1.FaultReason.$Properties {
  const entry = FAULTS[fault.code];
  return {
    code: fault.code,
    reason: entry.reason,
    titles: bilingual(describeFault(fault, 'en'), describeFault(fault, 'es')),
    responses: bilingual(entry.response, entry.responseEs),
    detail: Object.fromEntries(Object.entries(fault.detail).map(([key, value]) => [key, String(value)])),
  };
}

export function toWireProgress(progress: JobProgress): celda.job.v1.JobProgress.$Properties {
  return {
    jobOrderId: progress.jobOrderId,
    workMasterId: progress.workMasterId,
    step: progress.step,
    label: progress.label,
    producedQuantity: toDecimal(progress.producedQuantity),
    goodQuantity: toDecimal(progress.goodQuantity),
    lastPartMs: progress.lastPartMs,
  };
}
