// What job orders may require of the cell, as `cell.yaml` writes it.
import { z } from 'zod';
import { integerIn, numberIn, reference, strict, text } from './schema-values.ts';

const ID_CHARS_MAX = 64;
const UNIT_CHARS_MAX = 16;
const ENTRIES_MAX = 500;
const QUANTITY_MAX = 1_000_000_000;

const idSchema = z.string().min(1).max(ID_CHARS_MAX);

const listed = {
  description: text('For people.').default(''),
  unit: z.string().min(1).max(UNIT_CHARS_MAX).describe('Unit of its quantity, e.g. kg.').exactOptional(),
  presentWhen: reference('digital-input that is closed while it is there. Without it: always there.').exactOptional(),
};

export const resourceSchema = strict({
  id: idSchema.describe('As job orders spell it.'),
  ...listed,
  quantity: integerIn({ min: 1, max: 10_000 }, 'How much of it the cell has.').default(1),
}).describe('Equipment, a physical asset or a class of personnel.');

export const materialSchema = strict({
  id: idSchema.describe('MaterialDefinitionID, as job orders spell it.'),
  class: idSchema.describe('MaterialClassID.').exactOptional(),
  ...listed,
  quantityMax: numberIn({ min: 0, max: QUANTITY_MAX }, 'The most of it that one job order may name.').exactOptional(),
  perPart: numberIn({ min: 0, max: QUANTITY_MAX }, 'How much of it one produced part takes, in unit.').exactOptional(),
}).describe('A material that orders take or make.');

const resourceList = z.array(resourceSchema).max(ENTRIES_MAX).default([]);

export const resourcesSchema = strict({
  equipment: resourceList,
  physicalAssets: resourceList,
  personnel: resourceList,
  materials: z.array(materialSchema).max(ENTRIES_MAX).default([]),
}).describe('What job orders may require (ISA-95). A kind that lists nothing is not looked at.');

export type ResourceSource = z.output<typeof resourceSchema>;
export type MaterialSource = z.output<typeof materialSchema>;
