// What each safety function block is wired to. The configuration, the boards' permits and the safety program all read this table;
// what a block does with its inputs is in src/safety. Modelled on PLCopen Safety Software Part 1 V2.01.
import type { BlockInterface, DriveInterface, OutputInterface } from './block-interface.ts';
import { CHANNEL_BLOCKS } from './blocks/channels.ts';
import { MANUAL_BLOCKS } from './blocks/manual.ts';
import { MUTING_BLOCKS } from './blocks/muting.ts';
import { OUTPUT_BLOCKS } from './blocks/outputs.ts';
import { RESET_BLOCKS } from './blocks/reset-button.ts';
import { SENSOR_BLOCKS } from './blocks/sensors.ts';
import { STOP_BLOCKS } from './blocks/stops.ts';
import { TWO_HAND_BLOCKS } from './blocks/two-hand.ts';

export const SAFETY_BLOCKS = {
  ...CHANNEL_BLOCKS,
  ...STOP_BLOCKS,
  ...TWO_HAND_BLOCKS,
  ...MANUAL_BLOCKS,
  ...MUTING_BLOCKS,
  ...SENSOR_BLOCKS,
  ...OUTPUT_BLOCKS,
  ...RESET_BLOCKS,
} as const satisfies Readonly<Record<string, BlockInterface>>;

type Interfaces = typeof SAFETY_BLOCKS;
export type SafetyBlockType = keyof Interfaces;

type OptionalKeys<Entries> = {
  [Key in keyof Entries]: Entries[Key] extends { readonly isOptional: true } ? Key : never;
}[keyof Entries];

/** Names by the keys of the entries; those of optional ones may be missing. */
type Names<Entries> = { readonly [Key in Exclude<keyof Entries, OptionalKeys<Entries>>]: string } & {
  readonly [Key in OptionalKeys<Entries>]?: string;
};

type Wiring<Block extends BlockInterface> = Names<Block['signals']> &
  Names<Block['drives']> & { readonly [Key in keyof Block['times']]: number } & {
    readonly [Key in keyof Block['flags']]?: boolean;
  } & (Block['reset'] extends string ? { readonly [Key in Block['reset']]: string } : unknown);

/** A block as a cell file has it: references to signals, times in ms, flags, and the reset button where it has one. */
export type BlockWiring = {
  readonly [Type in SafetyBlockType]: { readonly type: Type } & Wiring<Interfaces[Type]>;
}[SafetyBlockType];

export function blockInterface(type: SafetyBlockType): BlockInterface {
  return SAFETY_BLOCKS[type];
}

/** @returns name of the output that the name of the block alone means */
export function mainOutput(type: SafetyBlockType): string {
  return Object.keys(blockInterface(type).outputs)[0] ?? '';
}

/** @param output name; undefined: the main output. @returns undefined when the type has no such output */
export function outputInterface(type: SafetyBlockType, output: string | undefined): OutputInterface | undefined {
  const { outputs } = blockInterface(type);
  const name = output ?? mainOutput(type);
  return Object.hasOwn(outputs, name) ? outputs[name] : undefined;
}

/** @returns key and reference of each input of a block that is wired, in the order of its interface */
export function signalsOf(block: BlockWiring): readonly (readonly [key: string, reference: string])[] {
  return Object.entries(blockInterface(block.type).signals).flatMap(([key, { isOptional }]) =>
    wired(block, key, isOptional),
  );
}

/** @returns references of the inputs that must be TRUE whenever the output is */
export function neededSignals(block: BlockWiring, output: string | undefined): readonly string[] {
  const needs = outputInterface(block.type, output)?.needs ?? [];
  return signalsOf(block).flatMap(([key, reference]) => (needs.includes(key) ? [reference] : []));
}

/** @returns times, ms, and flags of a block by the keys of its interface */
export function parametersOf(block: BlockWiring): Readonly<Record<string, number | boolean>> {
  const { times, flags } = blockInterface(block.type);
  const missing = Object.entries(flags).map(([key, { whenMissing }]) => [key, whenMissing] as const);
  const given = Object.entries(block).filter(
    (entry): entry is [string, number | boolean] => Object.hasOwn(times, entry[0]) || Object.hasOwn(flags, entry[0]),
  );
  return Object.fromEntries([...missing, ...given]);
}

/** @returns digital input of the reset button of a block that has one, or block that makes a pulse of it; else undefined */
export function resetOf(block: BlockWiring): string | undefined {
  const { reset } = blockInterface(block.type);
  return reset === undefined ? undefined : wired(block, reset, false)[0]?.[1];
}

/** @returns everything that a block reads, its reset with it */
export function referencesOf(block: BlockWiring): readonly string[] {
  const reset = resetOf(block);
  const signals = signalsOf(block).map(([, reference]) => reference);
  return reset === undefined ? signals : [...signals, reset];
}

/** A digital output that a block drives. */
export interface Drive extends DriveInterface {
  readonly key: string;
  /** Name of the digital output. */
  readonly device: string;
}

/** @returns the digital outputs that a block drives */
export function drivesOf(block: BlockWiring): readonly Drive[] {
  return Object.entries(blockInterface(block.type).drives).flatMap(([key, drive]) =>
    wired(block, key, drive.isOptional).map(([, device]) => ({ ...drive, key, device })),
  );
}

function wired(block: BlockWiring, key: string, isOptional: boolean): readonly (readonly [string, string])[] {
  const name: unknown = Object.entries(block).find(([candidate]) => candidate === key)?.[1];
  if (typeof name === 'string') return [[key, name]];
  if (isOptional) return [];
  throw new TypeError(`block of type ${block.type} without ${key}: it was not checked`);
}
