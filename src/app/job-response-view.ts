// Job responses as plain data for people and scripts.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import { type ReasonView, unitsOf, viewReason, viewResult, viewTime, viewUnit, viewValue } from './job-view.ts';

/** JSON of `celda job response --json`; absent things are left out. */
export interface ResponseView {
  readonly jobResponseId: string;
  readonly jobOrderId: string;
  /** ISA-95 state, e.g. `Ended`. */
  readonly state: string;
  /** E.g. `Closed`; empty when the state has none. */
  readonly substate: string;
  readonly result: string;
  readonly workMasterId: string;
  readonly workMasterVersion: string;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
  /** By parameter id, of a structure by the ids down to it, joined by `/`; durations in milliseconds. */
  readonly data: Readonly<Record<string, number | boolean | string>>;
  /** Of those of `data` that have one. */
  readonly units: Readonly<Record<string, string>>;
  readonly materials: readonly MaterialView[];
  readonly reason: ReasonView | undefined;
  readonly etag: string;
}

interface MaterialView {
  readonly definitionId: string;
  readonly lotId: string;
  readonly use: string;
  /** DecimalString; empty: not observed. */
  readonly quantity: string;
}

export function viewResponse(wire: Received<celda.job.v1.JobResponse> | null): ResponseView {
  const data = (wire?.data ?? []).flatMap((each) => viewParameter('', each));
  return {
    jobResponseId: wire?.jobResponseId ?? '',
    jobOrderId: wire?.jobOrderId ?? '',
    state: wire?.states[0]?.text ?? '',
    substate: wire?.states[1]?.text ?? '',
    result: viewResult(wire?.result ?? 0),
    workMasterId: wire?.workMaster?.id ?? '',
    workMasterVersion: wire?.workMaster?.version ?? '',
    startTime: viewTime(wire?.startTime),
    endTime: viewTime(wire?.endTime),
    data: Object.fromEntries(data.map(({ name, value }) => [name, value])),
    units: unitsOf(data.map(({ name, unit }) => [name, unit])),
    materials: (wire?.materialActuals ?? []).map((material) => ({
      definitionId: material.materialDefinitionId,
      lotId: material.materialLotId,
      use: material.materialUse,
      quantity: material.quantity,
    })),
    reason: viewReason(wire?.reason ?? null),
    etag: wire?.etag ?? '',
  };
}

interface Datum {
  readonly name: string;
  readonly value: number | boolean | string;
  readonly unit: string;
}

/** A value, or what a structure consists of. */
function viewParameter(path: string, parameter: Received<celda.job.v1.Parameter>): readonly Datum[] {
  const { id, value, subparameters } = parameter;
  const name = `${path}${id}`;
  if (value !== null || subparameters.length === 0)
    return [{ name, value: viewValue(value), unit: viewUnit(parameter) }];
  return subparameters.flatMap((each) => viewParameter(`${name}/`, each));
}
