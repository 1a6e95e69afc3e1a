// What the receiver can do, as the wire shows it.
import { celda } from '../../proto/generated/celda.js';
import type { CellModel } from '../core/cell-model.ts';
import { JOB_LIST_LIMITS } from '../core/job-list.ts';
import type { ParameterSpec, WorkMaster } from '../core/work-master.ts';
import { PREDEFINED_IN } from './parameter-wire.ts';
import { equipmentOf } from './requirement-check.ts';
import type { OutboxState } from './response-outbox.ts';
import { bilingual, descriptions, toTimestamp, toValue } from './wire-values.ts';

const { ParameterType } = celda.job.v1;

const PARAMETER_TYPE_NUMBERS = {
  number: ParameterType.PARAMETER_TYPE_NUMBER,
  integer: ParameterType.PARAMETER_TYPE_INTEGER,
  boolean: ParameterType.PARAMETER_TYPE_BOOLEAN,
  string: ParameterType.PARAMETER_TYPE_STRING,
} as const satisfies Record<ParameterSpec['type'], celda.job.v1.ParameterType>;

export const LIMITS_OF_USE = bilingual(
  'Celda is not a safety component: it has no PL or SIL. A certified, hard-wired emergency stop is required.',
  'Celda no es un componente de seguridad: no tiene PL ni SIL. Se requiere un paro de emergencia certificado y cableado.',
);

/** @param workMasters those that take orders. @param delivery undefined: responses are not pushed */
export function toWireCapabilities(
  cell: CellModel,
  workMasters: readonly WorkMaster[],
  delivery: OutboxState | undefined,
): celda.job.v1.GetReceiverCapabilitiesResponse.$Properties {
  return {
    cellName: cell.name,
    workMasters: workMasters.map(toWireWorkMaster),
    limitsOfUse: LIMITS_OF_USE,
    ...toWireResources(cell),
    maxDownloadableJobOrders: JOB_LIST_LIMITS.open,
    predefinedParameterIds: [...PREDEFINED_IN],
    ...(delivery === undefined ? {} : { responseDelivery: toWireDelivery(delivery) }),
  };
}

function toWireResources(cell: CellModel) {
  const ids = (entries: readonly { readonly id: string }[] = []): string[] => entries.map(({ id }) => id);
  const { physicalAssets, personnel, materials = [] } = cell.resources ?? {};
  return {
    equipmentIds: ids(equipmentOf(cell)),
    physicalAssetIds: ids(physicalAssets),
    personnelIds: ids(personnel),
    materialClassIds: [...new Set(materials.flatMap((each) => each.class ?? []))],
    materialDefinitionIds: ids(materials),
  };
}

function toWireDelivery(state: OutboxState): celda.job.v1.ResponseDelivery.$Properties {
  const { address, waiting, lastError, nextAttempt } = state;
  return {
    receiver: address,
    waiting,
    lastError,
    ...(nextAttempt === undefined ? {} : { nextAttemptTime: toTimestamp(nextAttempt) }),
  };
}

export function toWireWorkMaster(workMaster: WorkMaster): celda.job.v1.WorkMaster.$Properties {
  return {
    id: workMaster.id,
    version: workMaster.version,
    descriptions: descriptions(workMaster.description),
    parameters: workMaster.parameters.map(toWireSpec),
  };
}

function toWireSpec(spec: ParameterSpec): celda.job.v1.ParameterSpec.$Properties {
  return {
    id: spec.id,
    type: PARAMETER_TYPE_NUMBERS[spec.type],
    descriptions: descriptions(spec.description),
    unit: spec.unit ?? '',
    ...(spec.min === undefined ? {} : { min: spec.min }),
    ...(spec.max === undefined ? {} : { max: spec.max }),
    options: [...(spec.options ?? [])],
    ...(spec.defaultValue === undefined ? {} : { defaultValue: toValue(spec.defaultValue, spec.type) }),
  };
}
