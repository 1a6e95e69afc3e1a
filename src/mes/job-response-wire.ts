// Job responses as the wire shows them (ISA95JobResponseDataType), with the predefined output parameters of OPC 40001-3.
import type { celda } from '../../proto/generated/celda.js';
import { describeFault } from '../core/faults.ts';
import type { JobParameter, JobValue, ResourceUse } from '../core/job-data.ts';
import type { JobRecord } from '../core/job-order.ts';
import { JOB_RESULTS, PREDEFINED_PARAMETERS } from '../core/predefined-parameters.ts';
import { asBuilt, materialActuals, parameter, real, whole } from './as-built.ts';
import { etagOf, RESULT_NUMBERS, toWireReason, toWireStates } from './job-wire.ts';
import type { CellResources } from './requirement-check.ts';
import { writeEquipment, writeMaterial, writePersonnel, writePhysicalAsset } from './resource-wire.ts';
import { writeParameter } from './value-wire.ts';
import { toTimestamp } from './wire-values.ts';

/**
 * @param cell equipment that every order uses, and what is known of material
 * @param journalId as in `etagOf`
 */
export function toWireResponse(
  record: JobRecord,
  cell: CellResources,
  journalId: string,
): celda.job.v1.JobResponse.$Properties {
  const { order } = record;
  const listed = cell.resources?.materials ?? [];
  return {
    jobResponseId: `${order.jobOrderId}/response`,
    jobOrderId: order.jobOrderId,
    descriptions: order.descriptions.map((each) => ({ ...each })),
    ...(record.startTime === undefined ? {} : { startTime: toTimestamp(record.startTime) }),
    ...(record.endTime === undefined ? {} : { endTime: toTimestamp(record.endTime) }),
    states: toWireStates(record),
    data: [...outputParameters(record), ...asBuilt(record, listed), ...measurements(record)].map(writeParameter),
    personnelActuals: (order.personnel ?? []).map(writePersonnel),
    equipmentActuals: [thisCell(cell.name), ...(order.equipment ?? [])].map(writeEquipment),
    physicalAssetActuals: (order.physicalAssets ?? []).map(writePhysicalAsset),
    materialActuals: materialActuals(record, listed).map(writeMaterial),
    etag: etagOf(record, journalId),
    result: RESULT_NUMBERS[record.result],
    ...(record.reason === undefined ? {} : { reason: toWireReason(record.reason) }),
    workMaster: { id: order.workMasterId, version: record.workMasterVersion },
  };
}

function thisCell(id: string): ResourceUse {
  return { id, descriptions: [], use: '', quantity: '1', units: undefined, properties: [] };
}

const duration = (value: number): JobValue => ({ kind: 'duration', value });

/** What was given with the order and belongs to the answer, then what has become of it. Times are those up to the last change of state. */
function outputParameters(record: JobRecord): readonly JobParameter[] {
  const { runs, times, producedQuantity, goodQuantity, result } = record;
  const given = (record.order.predefined ?? []).filter(
    ({ id }) => id !== 'ReasonForStateChange' && PREDEFINED_PARAMETERS[id]?.isOut === true,
  );
  return [
    ...given,
    parameter('RunsStarted', whole(runs.started)),
    parameter('RunsCompleted', whole(runs.completed)),
    parameter('ProducedQuantity', real(producedQuantity)),
    parameter('GoodQuantity', real(goodQuantity)),
    parameter('ActualProductionTime', duration(times.runningMs)),
    parameter('ActualUnitDelayTime', duration(times.interruptedMs)),
    parameter('ActualUnitBusyTime', duration(times.runningMs + times.interruptedMs)),
    parameter('JobResult', whole(JOB_RESULTS[result])),
    ...reasonForStateChange(record),
  ];
}

/** What a person or a system said with the last command; else why the cell itself did it. */
function reasonForStateChange({ comment, reason }: JobRecord): readonly JobParameter[] {
  const text = comment === '' && reason !== undefined ? describeFault(reason, 'en') : comment;
  const locale = comment === '' ? 'en' : '';
  return text === '' ? [] : [parameter('ReasonForStateChange', { kind: 'text', value: { locale, text } })];
}

/** Several of one id are told apart by their place. */
function measurements(record: JobRecord): readonly JobParameter[] {
  return record.measurements.map(({ id, value, unit, timeMs }, index) => ({
    ...parameter(`measurements/${index}/${id}`, real(value), unit),
    subparameters: [parameter('time', { kind: 'time', value: timeMs })],
  }));
}
