// Safety blocks: their inputs exist, fail open, and do not feed each other in a ring.
import { blockInterface, resetOf, signalsOf } from '../../core/safety-blocks.ts';
import { nearest } from '../did-you-mean.ts';
import type { BlockSource } from '../schema-safety.ts';
import { type Context, devicesOf, expectDevice, list } from './context.ts';

function checkSignal(context: Context, name: string, key: string, signal: string): void {
  const { draft, report } = context;
  if (draft.blocks.has(signal)) return;
  const path = ['safety', 'blocks', name, key];
  if (draft.devices.has(signal)) {
    expectDevice(context, path, signal, ['digital-input']);
    return;
  }
  const inputs = devicesOf(context, ['digital-input']).map(([input]) => input);
  const known = [...inputs, ...draft.blocks.keys()].filter((candidate) => candidate !== name);
  report.add('unknown-signal', path, { known: list(known), nearest: nearest(signal, known) });
}

function checkBlock(context: Context, name: string, block: BlockSource): void {
  const path = ['safety', 'blocks', name];
  for (const [key, signal] of signalsOf(block)) checkSignal(context, name, key, signal);
  const reset = resetOf(block);
  if (reset !== undefined) expectDevice(context, [...path, 'reset'], reset, ['digital-input']);
  const [first, second] = signalsOf(block);
  const isOneTwice = second !== undefined && first?.[1] === second[1];
  if (blockInterface(block.type).isRedundant && isOneTwice) {
    context.report.add('channels-identical', [...path, second[0]], {});
  }
  if (context.draft.devices.has(name)) context.report.addKey('name-taken', path, {});
}

/** Inputs that safety reads, directly or as a reset. */
export function safetyInputs({ draft }: Context): ReadonlySet<string> {
  const names = new Set(draft.reset === undefined ? [] : [draft.reset]);
  for (const block of draft.blocks.values()) {
    if (block === undefined) continue;
    for (const [, signal] of signalsOf(block)) names.add(signal);
    const reset = resetOf(block);
    if (reset !== undefined) names.add(reset);
  }
  return names;
}

/** The board pulls up the pins of safety inputs, so that only a contact to ground shows a broken wire. */
function checkFailsOpen(context: Context): void {
  const used = safetyInputs(context);
  for (const [name, input] of devicesOf(context, ['digital-input'])) {
    if (!used.has(name) || input.closedWhen === 'low') continue;
    context.report.add('safety-input-fails-closed', ['devices', name, 'closedWhen'], {});
  }
}

/** Blocks by the blocks that feed them, without those that no ring can pass through. */
function ringCandidates({ draft }: Context): ReadonlyMap<string, readonly string[]> {
  const feeders = new Map<string, Set<string>>();
  const fed = new Map<string, string[]>();
  for (const [name, block] of draft.blocks) {
    const signals = (block ? signalsOf(block) : [])
      .map(([, signal]) => signal)
      .filter((signal) => draft.blocks.has(signal));
    feeders.set(name, new Set(signals));
    for (const signal of new Set(signals)) fed.set(signal, [...(fed.get(signal) ?? []), name]);
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

function checkRings(context: Context): void {
  const feeders = ringCandidates(context);
  const seen = new Set<string>();
  for (const start of feeders.keys()) {
    const ring = ringFrom(start, feeders, seen);
    const [first] = ring;
    if (first === undefined) continue;
    context.report.addKey('block-cycle', ['safety', 'blocks', first], { ring: ring.join(' <- ') });
  }
}

function checkEffect({ draft, report }: Context): void {
  const used = new Set([...draft.stopFunctions.values()].map((stop) => stop?.permission));
  for (const block of draft.blocks.values()) {
    for (const [, signal] of block ? signalsOf(block) : []) used.add(signal);
  }
  // A malformed or misspelt permission may have meant any of them.
  if ([...draft.stopFunctions.values()].some((stop) => !stop || !draft.blocks.has(stop.permission))) return;
  for (const name of draft.blocks.keys()) {
    if (!used.has(name)) report.addKey('block-without-effect', ['safety', 'blocks', name], {});
  }
}

export function checkSafety(context: Context): void {
  const { draft } = context;
  if (draft.reset !== undefined) expectDevice(context, ['safety', 'reset'], draft.reset, ['digital-input']);
  for (const [name, block] of draft.blocks) if (block !== undefined) checkBlock(context, name, block);
  checkFailsOpen(context);
  checkRings(context);
  checkEffect(context);
}
