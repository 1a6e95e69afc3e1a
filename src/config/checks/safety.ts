// Safety blocks: what they are wired to exists, fails open, and does not feed itself in a ring.
import { OPERATING_MODES } from '../../core/operating-mode.ts';
import { blockInterface, drivesOf, referencesOf, resetOf, signalsOf } from '../../core/safety-blocks.ts';
import { CELL_SOURCE } from '../../core/safety-reference.ts';
import type { BlockSource } from '../schema-safety.ts';
import type { Path } from '../source.ts';
import { type Context, devicesOf, expectDevice } from './context.ts';
import { checkResets } from './resets.ts';
import { checkOverrides } from './safety-overrides.ts';
import { blockBehind, canonical, checkReset, checkSignal, resolve } from './safety-references.ts';
import { checkRings } from './safety-rings.ts';

function checkInputs(context: Context, name: string, block: BlockSource): void {
  const path = ['safety', 'blocks', name];
  const { signals, reset: key } = blockInterface(block.type);
  for (const [input, reference] of signalsOf(block)) {
    const signal = signals[input];
    if (signal !== undefined) checkSignal(context, [...path, input], reference, signal, name);
  }
  const reset = resetOf(block);
  if (reset === undefined || key === undefined) return;
  if (key === 'reset') checkReset(context, [...path, key], reset);
  else expectDevice(context, [...path, key], reset, ['digital-input']);
}

function checkChannels(context: Context, name: string, block: BlockSource): void {
  const [first, second] = signalsOf(block);
  if (first === undefined || second === undefined || !blockInterface(block.type).isRedundant) return;
  if (canonical(context, first[1]) !== canonical(context, second[1])) return;
  context.report.add('channels-identical', ['safety', 'blocks', name, second[0]], {});
}

/** Where a person can stand unseen behind a guard, its closing says nothing about that person. */
function checkAutoReset({ report }: Context, name: string, block: BlockSource): void {
  if (!('fullBodyAccess' in block) || !block.autoReset || !(block.fullBodyAccess ?? true)) return;
  report.add('auto-reset-behind-guard', ['safety', 'blocks', name, 'autoReset'], {});
}

/** What only the values of two parameters together show. */
function checkParameters({ report }: Context, name: string, block: BlockSource): void {
  const path = ['safety', 'blocks', name];
  if (block.type === 'SF_OutControl' && block.autoReset === true && block.staticControl === true) {
    report.add('restart-by-itself', [...path, 'autoReset'], {});
  }
  if (block.type === 'SF_ResetButton' && block.trailingMinimumMs > block.trailingMaximumMs) {
    report.add('min-above-max', [...path, 'trailingMinimumMs'], { max: String(block.trailingMaximumMs) });
  }
}

function checkName({ draft, report }: Context, name: string): void {
  const path = ['safety', 'blocks', name];
  if (draft.devices.has(name)) report.addKey('name-taken', path, {});
  if (name === CELL_SOURCE) report.addKey('name-reserved', path, {});
}

/** Each output has one master. */
function checkDrives(context: Context): void {
  const owners = new Map<string, string>();
  for (const [name, block] of context.draft.blocks) {
    for (const { key, device } of block === undefined ? [] : drivesOf(block)) {
      const path = ['safety', 'blocks', name, key];
      if (expectDevice(context, path, device, ['digital-output']) === undefined) continue;
      const owner = owners.get(device);
      if (owner === undefined) owners.set(device, name);
      else context.report.add('output-driven-twice', path, { owner });
    }
  }
}

/** What follows a block alone would not do what a gripper, a conveyor or `onWhileEnabled` wants of it; a gate keeps their wish. */
function checkFollowers(context: Context): void {
  const owners = new Map<string, string>();
  for (const [name, block] of context.draft.blocks) {
    const drives = block === undefined ? [] : drivesOf(block).filter(({ isGate }) => !isGate);
    for (const { device } of drives) owners.set(device, name);
  }
  const refuse = (path: Path, output: string): void => {
    const owner = owners.get(output);
    if (owner !== undefined) context.report.add('output-follows-block', path, { owner });
  };
  for (const [name, { valve }] of devicesOf(context, ['vacuum-gripper'])) refuse(['devices', name, 'valve'], valve);
  for (const [name, { motor }] of devicesOf(context, ['conveyor'])) refuse(['devices', name, 'motor'], motor);
  for (const [name, { onWhileEnabled }] of devicesOf(context, ['digital-output'])) {
    if (onWhileEnabled) refuse(['devices', name, 'onWhileEnabled'], name);
  }
}

/** Inputs that safety reads, directly or as a reset. */
export function safetyInputs(context: Context): ReadonlySet<string> {
  const { draft } = context;
  const references = [...draft.blocks.values()].flatMap((block) => (block === undefined ? [] : referencesOf(block)));
  if (draft.reset !== undefined) references.push(draft.reset);
  return new Set(references.filter((reference) => resolve(context, reference).kind === 'input'));
}

/** Whoever opens a door must not wait for a filter; and no board takes a filter for what it watches by itself. */
function checkOpenFilters(context: Context): void {
  const used = safetyInputs(context);
  for (const [name, { openFilterMs }] of devicesOf(context, ['digital-input'])) {
    if (openFilterMs === 0 || !used.has(name)) continue;
    context.report.add('safety-input-opens-at-once', ['devices', name, 'openFilterMs'], {}, openFilterMs);
  }
}

/** The board pulls up the pins of safety inputs, so that only a contact to ground shows a broken wire. */
function checkFailsOpen(context: Context): void {
  const used = safetyInputs(context);
  for (const [name, input] of devicesOf(context, ['digital-input'])) {
    if (!used.has(name) || input.closedWhen === 'low') continue;
    context.report.add('safety-input-fails-closed', ['devices', name, 'closedWhen'], {});
  }
}

/** Blocks that something outside them uses: another block, a stop function, an output, an operating mode, the cell's reset. */
function usedBlocks(context: Context): ReadonlySet<string | undefined> {
  const { draft } = context;
  const used = new Set([...draft.stopFunctions.values()].map((stop) => stop && blockBehind(context, stop.permission)));
  if (draft.reset !== undefined) used.add(blockBehind(context, draft.reset));
  for (const mode of OPERATING_MODES) {
    const reference = draft.modes?.[mode];
    if (reference !== undefined) used.add(blockBehind(context, reference));
  }
  for (const [name, block] of draft.blocks) {
    if (block === undefined) continue;
    for (const reference of referencesOf(block)) used.add(blockBehind(context, reference));
    if (drivesOf(block).length > 0) used.add(name);
  }
  return used;
}

function checkEffect(context: Context): void {
  const { draft, report } = context;
  // A malformed or misspelt permission may have meant any of them, and so may a block that is wired wrongly.
  const isClear = [...draft.stopFunctions.values()].every((stop) => stop && blockBehind(context, stop.permission));
  const hasWrongBlock = report.problems().some(({ path }) => path.startsWith('safety.blocks.'));
  if (!isClear || hasWrongBlock) return;
  const used = usedBlocks(context);
  for (const name of draft.blocks.keys()) {
    if (!used.has(name)) report.addKey('block-without-effect', ['safety', 'blocks', name], {});
  }
}

export function checkSafety(context: Context): void {
  const { draft } = context;
  if (draft.reset !== undefined) checkReset(context, ['safety', 'reset'], draft.reset);
  for (const [name, block] of draft.blocks) {
    if (block === undefined) continue;
    checkInputs(context, name, block);
    checkChannels(context, name, block);
    checkAutoReset(context, name, block);
    checkParameters(context, name, block);
    checkName(context, name);
  }
  checkDrives(context);
  checkFollowers(context);
  checkOverrides(context);
  checkResets(context);
  checkFailsOpen(context);
  checkOpenFilters(context);
  checkRings(context);
  checkEffect(context);
}
