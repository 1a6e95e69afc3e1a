// Job orders as they come from the wire: checked in full against the work masters, or refused with every problem at once.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import { type Fault, fault } from '../core/faults.ts';
import type { JobOrder, WorkMasterRef } from '../core/job-order.ts';
import { nearest } from '../core/nearest.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { EpochMs } from '../core/units.ts';
import type { WorkMaster } from '../core/work-master.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { type OrderParameters, readOrderParameters } from './parameter-wire.ts';
import { Violations } from './request-checks.ts';
import { type CellResources, checkRequirements } from './requirement-check.ts';
import { readMaterials, readResources } from './resource-wire.ts';
import { fromTimestamp, isTimestamp, TIMESTAMP_ALLOWED } from './wire-values.ts';

type WireOrder = Received<celda.job.v1.JobOrder>;

const PRIORITY = { min: -32_768, max: 32_767 };
const OPTIONS_MAX = 10;
const ID_CHARS_MAX = 64;

/** What an order may name. */
export interface WorkMasterOffer {
  readonly active: readonly WorkMaster[];
  readonly retired: readonly WorkMaster[];
  /** Those that are not any more what they were under their version. */
  readonly changed: readonly WorkMaster[];
  /** Nobody knows which are which now, because of this. */
  readonly unread: Fault | undefined;
}

/**
 * @param violations what is wrong with the rest of the request already
 * @param cell what there is to be required
 * @returns the complete order, defaults filled in
 */
export function readJobOrder(
  wire: WireOrder | null,
  violations: Violations,
  { active: workMasters, retired, changed, unread }: WorkMasterOffer,
  cell: CellResources,
): Result<JobOrder, ServiceRefusal> {
  if (wire === null) {
    violations.add('job_order', { allowed: 'a job order', hint: 'it is required' });
    return err(refuse(fault(6010), violations.found));
  }
  const head = readHead(wire, cell, violations);
  const options = readOptions(wire, violations);
  const problemsBefore = violations.found.length;
  const chosen = choose(options, wire, workMasters);
  violations.join(chosen.violations);
  if (chosen.workMaster === undefined) {
    if (violations.found.length === 0) return err(notOffered(options, workMasters, { retired, changed }));
    if (options.length > 0) violations.add('job_order.work_master_id', workMasterProblem(options, workMasters));
  }
  if (chosen.workMaster === undefined || violations.found.length > 0) {
    const isOnlyParameters = problemsBefore === 0 && chosen.workMaster !== undefined;
    return err(refuse(fault(isOnlyParameters ? 6002 : 6010), violations.found));
  }
  if (unread !== undefined) return err(refuse(unread));
  const { parameters, predefined } = chosen.read;
  return ok({
    ...head,
    workMasterId: chosen.workMaster.id,
    ...(wire.workMasterOptions.length === 0 ? {} : { workMasterOptions: options }),
    parameters,
    ...given({ predefined }),
  });
}

function readHead(
  wire: WireOrder,
  cell: CellResources,
  violations: Violations,
): Omit<JobOrder, 'workMasterId' | 'parameters'> {
  violations.jobOrderId('job_order.job_order_id', wire.jobOrderId);
  violations.within('job_order.priority', wire.priority, PRIORITY);
  const startTime = readTime('job_order.start_time', wire.startTime, violations);
  const endTime = readTime('job_order.end_time', wire.endTime, violations);
  if (startTime !== undefined && endTime !== undefined && endTime < startTime) {
    violations.add('job_order.end_time', { allowed: 'a moment that is not before start_time' });
  }
  return {
    jobOrderId: wire.jobOrderId,
    descriptions: violations.texts('job_order.descriptions', wire.descriptions),
    ...(startTime === undefined ? {} : { startTime }),
    ...(endTime === undefined ? {} : { endTime }),
    priority: wire.priority,
    ...checkRequirements(readRequirements(wire, violations), cell, violations),
  };
}

function readTime(field: string, wire: WireOrder['startTime'], violations: Violations): EpochMs | undefined {
  if (wire === null) return undefined;
  if (isTimestamp(wire)) return fromTimestamp(wire);
  violations.add(field, { given: `${wire.seconds.toString()} s ${wire.nanos} ns`, allowed: TIMESTAMP_ALLOWED });
  return undefined;
}

function readRequirements(wire: WireOrder, violations: Violations) {
  const place = (name: string): string => `job_order.${name}_requirements`;
  return given({
    personnel: readResources(
      place('personnel'),
      wire.personnelRequirements,
      { field: 'personnel_use', get: (each) => each.personnelUse },
      violations,
    ),
    equipment: readResources(
      place('equipment'),
      wire.equipmentRequirements,
      { field: 'equipment_use', get: (each) => each.equipmentUse },
      violations,
    ),
    physicalAssets: readResources(
      place('physical_asset'),
      wire.physicalAssetRequirements,
      { field: 'physical_asset_use', get: (each) => each.physicalAssetUse },
      violations,
    ),
    materials: readMaterials(place('material'), wire.materialRequirements, violations),
  });
}

/** Only the lists that have something in them. */
function given<Lists extends Readonly<Record<string, readonly unknown[]>>>(lists: Lists): Partial<Lists> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) as Partial<Lists>;
}

/** What the order may be executed by, the first choice first. An order that was read from an answer names both. */
function readOptions(wire: WireOrder, violations: Violations): readonly WorkMasterRef[] {
  const { workMasterId: id, workMasterVersion: version, workMasterOptions } = wire;
  violations.textWithin('job_order.work_master_version', version, ID_CHARS_MAX);
  if (workMasterOptions.length === 0) {
    violations.text('job_order.work_master_id', id, ID_CHARS_MAX);
    return [{ id, version }];
  }
  violations.atMost('job_order.work_master_options', workMasterOptions.length, OPTIONS_MAX);
  const options = workMasterOptions.slice(0, OPTIONS_MAX).map((each, index) => {
    violations.text(`job_order.work_master_options[${index}].id`, each.id, ID_CHARS_MAX);
    violations.textWithin(`job_order.work_master_options[${index}].version`, each.version, ID_CHARS_MAX);
    return { id: each.id, version: each.version };
  });
  if (id !== '' && !options.some((each) => each.id === id)) {
    const allowed = 'nothing, or one of work_master_options';
    violations.add('job_order.work_master_id', { given: JSON.stringify(id), allowed });
  }
  return options;
}

interface Choice {
  readonly workMaster: WorkMaster | undefined;
  readonly read: OrderParameters;
  readonly violations: Violations;
}

/** The first option that the cell has and that the parameters fit; if they fit none, the first that the cell has. */
function choose(options: readonly WorkMasterRef[], wire: WireOrder, workMasters: readonly WorkMaster[]): Choice {
  const read = (workMaster: WorkMaster | undefined): Choice => {
    const violations = new Violations();
    return { workMaster, read: readOrderParameters(wire.parameters, workMaster, violations), violations };
  };
  const known = options.flatMap(({ id, version }) => {
    const workMaster = workMasters.find((each) => each.id === id);
    return workMaster !== undefined && (version === '' || version === workMaster.version) ? [workMaster] : [];
  });
  const choices = [...new Set(known)].map(read);
  return choices.find(({ violations }) => violations.found.length === 0) ?? choices[0] ?? read(undefined);
}

/** Retired or changed, when the first of them that the cell has is so; else unknown. */
function notOffered(
  options: readonly WorkMasterRef[],
  active: readonly WorkMaster[],
  { retired, changed }: Pick<WorkMasterOffer, 'retired' | 'changed'>,
): ServiceRefusal {
  const found = options.flatMap(({ id, version }) => {
    const named = [...retired, ...changed].find(
      (each) => each.id === id && (version === '' || version === each.version),
    );
    return named === undefined ? [] : [named];
  })[0];
  if (found === undefined) return unknownWorkMaster(options, active);
  const known = active.map((each) => `${each.id} version ${each.version}`).join(', ');
  const code = retired.includes(found) ? 6022 : 6024;
  return refuse(fault(code, { workMasterId: found.id, version: found.version, known }));
}

/** A refusal that lists what there is: an MES engineer must not have to look it up. */
function unknownWorkMaster(options: readonly WorkMasterRef[], workMasters: readonly WorkMaster[]): ServiceRefusal {
  const { allowed, hint } = workMasterProblem(options, workMasters);
  const [first] = options;
  const version = first === undefined || first.version === '' ? {} : { workMasterVersion: first.version };
  const detail = { workMasterId: options.map(({ id }) => id).join(', '), ...version, known: allowed };
  return refuse(fault(6001, hint === undefined ? detail : { ...detail, hint }));
}

interface WorkMasterProblem {
  readonly given: string;
  readonly allowed: string;
  readonly hint?: string;
}

function workMasterProblem(options: readonly WorkMasterRef[], workMasters: readonly WorkMaster[]): WorkMasterProblem {
  const allowed = workMasters.map((each) => `${each.id} version ${each.version}`).join(', ');
  const shown = options.map(({ id, version }) => `${id} ${version}`.trim()).join(', ');
  const ids = workMasters.map((each) => each.id);
  const first = options[0]?.id ?? '';
  const meant = ids.includes(first) ? undefined : nearest(first, ids);
  return { given: JSON.stringify(shown), allowed, ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }) };
}
