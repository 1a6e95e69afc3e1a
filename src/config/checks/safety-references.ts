// References of the safety section: `name`, `block.output`, `cell.x`. They exist, and say what the input asks for.

import type { SignalInterface } from '../../core/block-interface.ts';
import { blockInterface, mainOutput, outputInterface } from '../../core/safety-blocks.ts';
import { CELL_STATUSES, parseReference, type SafetyReference } from '../../core/safety-reference.ts';
import { nearest } from '../did-you-mean.ts';
import type { Path } from '../source.ts';
import { type Context, devicesOf, expectDevice, list } from './context.ts';

export function resolve({ draft }: Context, reference: string): SafetyReference {
  return parseReference(reference, (name) => draft.blocks.has(name));
}

/** The block that a reference reads, where there is one of this name. */
export function blockBehind(context: Context, reference: string): string | undefined {
  const found = resolve(context, reference);
  return found.kind === 'block' && context.draft.blocks.has(found.name) ? found.name : undefined;
}

/** One text for one signal: the main output of a block has two names. */
export function canonical(context: Context, reference: string): string {
  const found = resolve(context, reference);
  if (found.kind !== 'block') return reference;
  const type = context.draft.blocks.get(found.name)?.type;
  return type === undefined ? reference : `${found.name}.${found.output ?? mainOutput(type)}`;
}

type BlockReference = Extract<SafetyReference, { readonly kind: 'block' }>;

/** @returns whether the output exists, or may: a malformed block has been reported already */
export function checkOutput({ draft, report }: Context, path: Path, { name, output }: BlockReference): boolean {
  const type = draft.blocks.get(name)?.type;
  if (type === undefined || outputInterface(type, output) !== undefined) return true;
  const known = Object.keys(blockInterface(type).outputs).map((candidate) => `${name}.${candidate}`);
  report.add('unknown-output', path, { known: list(known), nearest: nearest(`${name}.${output ?? ''}`, known), type });
  return false;
}

function checkStatus({ report }: Context, path: Path, status: string, { cell }: SignalInterface): void {
  const statuses: readonly string[] = cell;
  if (statuses.includes(status)) return;
  const isStatus = (CELL_STATUSES as readonly string[]).includes(status);
  const known = list(statuses.map((candidate) => `cell.${candidate}`));
  const all = CELL_STATUSES.map((candidate) => `cell.${candidate}`);
  if (isStatus) report.add('cell-status-not-here', path, { known });
  else report.add('unknown-cell-status', path, { known: list(all), nearest: nearest(`cell.${status}`, all) });
}

function checkBlockSource(context: Context, path: Path, found: BlockReference, signal: SignalInterface): void {
  const { draft, report } = context;
  if (!draft.blocks.has(found.name)) {
    const known = [...draft.blocks.keys()];
    report.add('unknown-signal', path, { known: list(known), nearest: nearest(found.name, known) });
    return;
  }
  if (!checkOutput(context, path, found)) return;
  const type = draft.blocks.get(found.name)?.type;
  const lane = type === undefined ? undefined : outputInterface(type, found.output)?.lane;
  if (lane === 'process' && signal.lane === 'safe') report.add('signal-not-safe', path, {});
}

/** @param own name of the block whose input it is: it is not offered as its own source */
export function checkSignal(
  context: Context,
  path: Path,
  reference: string,
  signal: SignalInterface,
  own: string,
): void {
  const { draft, report } = context;
  const found = resolve(context, reference);
  if (found.kind === 'cell') checkStatus(context, path, found.status, signal);
  else if (found.kind === 'block') checkBlockSource(context, path, found, signal);
  else if (draft.devices.has(reference)) expectDevice(context, path, reference, ['digital-input']);
  else {
    const inputs = devicesOf(context, ['digital-input']).map(([input]) => input);
    const known = [...inputs, ...draft.blocks.keys()].filter((candidate) => candidate !== own);
    report.add('unknown-signal', path, { known: list(known), nearest: nearest(reference, known) });
  }
}

/** A button that is read itself, or the pulse that an SF_ResetButton makes of it. */
export function checkReset(context: Context, path: Path, reference: string): void {
  const found = resolve(context, reference);
  const type = found.kind === 'block' ? context.draft.blocks.get(found.name)?.type : undefined;
  const isPulse = type !== undefined && blockInterface(type).reset === 'resetIn';
  if (found.kind === 'block' && isPulse) checkOutput(context, path, found);
  else expectDevice(context, path, reference, ['digital-input']);
}
