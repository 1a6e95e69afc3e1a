// Safety blocks that feed each other in a ring: none of them could ever become TRUE.
import { referencesOf } from '../../core/safety-blocks.ts';
import type { Context } from './context.ts';
import { blockBehind } from './safety-references.ts';

/** Blocks by the blocks that feed them, without those that no ring can pass through. */
function ringCandidates(context: Context): ReadonlyMap<string, readonly string[]> {
  const { draft } = context;
  const feeders = new Map<string, Set<string>>();
  const fed = new Map<string, string[]>();
  for (const [name, block] of draft.blocks) {
    const sources = (block ? referencesOf(block) : []).flatMap((reference) => blockBehind(context, reference) ?? []);
    feeders.set(name, new Set(sources));
    for (const source of new Set(sources)) fed.set(source, [...(fed.get(source) ?? []), name]);
  }
  const free = [...feeders].filter(([, names]) => names.size === 0).map(([name]) => name);
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    feeders.delete(name);
    for (const next of fed.get(name) ?? []) {
      const left = feeders.get(next);
      left?.delete(name);
      if (left?.size === 0) free.push(next);
    }
  }
  return new Map([...feeders].map(([name, names]) => [name, [...names]]));
}

/** Walks from block to feeder until it meets a block again. Empty when that block was on an earlier walk. */
function ringFrom(
  start: string,
  feeders: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): readonly string[] {
  const way: string[] = [];
  let name: string | undefined = start;
  while (name !== undefined && !seen.has(name)) {
    seen.add(name);
    way.push(name);
    name = feeders.get(name)?.[0];
  }
  return name === undefined || !way.includes(name) ? [] : [...way.slice(way.indexOf(name)), name];
}

export function checkRings(context: Context): void {
  const feeders = ringCandidates(context);
  const seen = new Set<string>();
  for (const start of feeders.keys()) {
    const ring = ringFrom(start, feeders, seen);
    const [first] = ring;
    if (first === undefined) continue;
    context.report.addKey('block-cycle', ['safety', 'blocks', first], { ring: ring.join(' <- ') });
  }
}
