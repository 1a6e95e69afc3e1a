// Requirements and actuals of personnel, equipment, physical assets and material: from the wire, checked, and back.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import { MATERIAL_USES, type MaterialUse, type ResourceUse } from '../core/job-data.ts';
import { nearest } from '../core/nearest.ts';
import type { Violations } from './request-checks.ts';
import { readParameterTree, readUnits, writeParameter } from './value-wire.ts';

type V1 = typeof celda.job.v1;
type WireMaterial = Received<InstanceType<V1['MaterialRequirement']>>;
/** What the three messages for other resources have in common. */
type WireResource = Omit<Received<InstanceType<V1['EquipmentRequirement']>>, 'equipmentUse'>;

const REQUIREMENTS_MAX = 50;
const ID_CHARS_MAX = 64;
const DECIMAL = /^\d{1,20}(\.\d{1,20})?$/;

function readBase(
  field: string,
  wire: Omit<WireResource, 'id'>,
  use: string,
  useField: string,
  violations: Violations,
) {
  violations.textWithin(`${field}.${useField}`, use, ID_CHARS_MAX);
  if (wire.quantity !== '' && !DECIMAL.test(wire.quantity)) {
    const allowed = 'digits, with a point and digits if need be, e.g. 12.5';
    violations.add(`${field}.quantity`, { given: JSON.stringify(wire.quantity), allowed });
  }
  return {
    descriptions: violations.texts(`${field}.descriptions`, wire.descriptions),
    use,
    quantity: wire.quantity,
    units: readUnits(field, wire.engineeringUnits, undefined, violations),
    properties: readParameterTree(`${field}.properties`, wire.properties, violations),
  };
}

/** @param useOf the member that says what the resource is for, and its name on the wire */
export function readResources<Wire extends WireResource>(
  field: string,
  wire: readonly Wire[],
  useOf: { readonly field: string; readonly get: (wire: Wire) => string },
  violations: Violations,
): readonly ResourceUse[] {
  violations.atMost(field, wire.length, REQUIREMENTS_MAX);
  return wire.slice(0, REQUIREMENTS_MAX).map((each, index) => {
    const place = `${field}[${index}]`;
    violations.text(`${place}.id`, each.id, ID_CHARS_MAX);
    return { id: each.id, ...readBase(place, each, useOf.get(each), useOf.field, violations) };
  });
}

export function readMaterials(
  field: string,
  wire: readonly WireMaterial[],
  violations: Violations,
): readonly MaterialUse[] {
  violations.atMost(field, wire.length, REQUIREMENTS_MAX);
  return wire.slice(0, REQUIREMENTS_MAX).map((each, index) => readMaterial(`${field}[${index}]`, each, violations));
}

function readMaterial(place: string, wire: WireMaterial, violations: Violations): MaterialUse {
  const ids = {
    classId: wire.materialClassId,
    definitionId: wire.materialDefinitionId,
    lotId: wire.materialLotId,
    sublotId: wire.materialSublotId,
  };
  violations.textWithin(`${place}.material_class_id`, ids.classId, ID_CHARS_MAX);
  violations.textWithin(`${place}.material_definition_id`, ids.definitionId, ID_CHARS_MAX);
  violations.textWithin(`${place}.material_lot_id`, ids.lotId, ID_CHARS_MAX);
  violations.textWithin(`${place}.material_sublot_id`, ids.sublotId, ID_CHARS_MAX);
  if (Object.values(ids).every((id) => id.trim() === '')) {
    violations.add(`${place}.material_definition_id`, { given: 'no id', allowed: 'at least one id of the material' });
  }
  const uses: readonly string[] = MATERIAL_USES;
  if (wire.materialUse !== '' && !uses.includes(wire.materialUse)) {
    const meant = nearest(wire.materialUse, uses);
    violations.add(`${place}.material_use`, {
      given: JSON.stringify(wire.materialUse),
      allowed: uses.join(', '),
      ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
    });
  }
  return { ...ids, ...readBase(place, wire, wire.materialUse, 'material_use', violations) };
}

function writeBase(resource: Omit<ResourceUse, 'id'>) {
  return {
    descriptions: resource.descriptions.map((each) => ({ ...each })),
    quantity: resource.quantity,
    ...(resource.units === undefined ? {} : { engineeringUnits: { ...resource.units } }),
    properties: resource.properties.map(writeParameter),
  };
}

export function writePersonnel(resource: ResourceUse): celda.job.v1.PersonnelRequirement.$Properties {
  return { id: resource.id, personnelUse: resource.use, ...writeBase(resource) };
}

export function writeEquipment(resource: ResourceUse): celda.job.v1.EquipmentRequirement.$Properties {
  return { id: resource.id, equipmentUse: resource.use, ...writeBase(resource) };
}

export function writePhysicalAsset(resource: ResourceUse): celda.job.v1.PhysicalAssetRequirement.$Properties {
  return { id: resource.id, physicalAssetUse: resource.use, ...writeBase(resource) };
}

export function writeMaterial(material: MaterialUse): celda.job.v1.MaterialRequirement.$Properties {
  return {
    materialClassId: material.classId,
    materialDefinitionId: material.definitionId,
    materialLotId: material.lotId,
    materialSublotId: material.sublotId,
    materialUse: material.use,
    ...writeBase(material),
  };
}
