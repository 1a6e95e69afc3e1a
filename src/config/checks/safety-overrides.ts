// What may be muted or overridden: never an emergency stop, neither before its block nor behind it.
import { referencesOf, type SafetyBlockType, signalsOf } from '../../core/safety-blocks.ts';
import type { BlockSource } from '../schema-safety.ts';
import type { Context } from './context.ts';
import { resolve } from './safety-references.ts';

/** Key of the input that a block lets pass although it demands. */
const PASSES: Partial<Record<SafetyBlockType, string>> = {
  SF_MutingSeq: 'aopdIn',
  SF_MutingPar: 'aopdIn',
  SF_MutingPar_2Sensor: 'aopdIn',
  SF_Override: 'safetyIn',
};

/** Blocks and inputs that a reference rests on, itself included. */
export function sourcesOf(context: Context, reference: string, found = new Set<string>()): ReadonlySet<string> {
  const source = resolve(context, reference);
  if (source.kind === 'cell' || found.has(source.name)) return found;
  found.add(source.name);
  const block = source.kind === 'block' ? context.draft.blocks.get(source.name) : undefined;
  for (const next of block === undefined ? [] : referencesOf(block)) sourcesOf(context, next, found);
  return found;
}

function wiredTo(block: BlockSource, key: string): string | undefined {
  return signalsOf(block).find(([candidate]) => candidate === key)?.[1];
}

export function checkOverrides(context: Context): void {
  const { draft, report } = context;
  const blocks = [...draft.blocks].flatMap(([name, block]) => (block === undefined ? [] : [[name, block] as const]));
  const stops = blocks.filter(([, { type }]) => type === 'SF_EmergencyStop');
  // Its inputs and all that is in front of it; the reset button may be anybody's.
  const stopSources = new Set(
    stops.flatMap(([name, block]) => [name, ...sourcesOf(context, wiredTo(block, 'input') ?? name)]),
  );
  for (const [name, block] of blocks) {
    const key = PASSES[block.type];
    const passed = key === undefined ? undefined : wiredTo(block, key);
    if (key === undefined || passed === undefined) continue;
    const isBehind = [...sourcesOf(context, passed)].some((source) => stopSources.has(source));
    if (isBehind || stopSources.has(name)) report.add('emergency-stop-overridden', ['safety', 'blocks', name, key], {});
  }
}
