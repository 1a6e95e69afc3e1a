// A reset is a person's decision (ISO 13849-1:2015, 5.2.2: a separate device): what a door or a part closes is no button.
import { blockInterface, resetOf, signalsOf } from '../../core/safety-blocks.ts';
import type { StepDraft } from '../draft-steps.ts';
import { showPath } from '../problem.ts';
import type { Path } from '../source.ts';
import { type Context, devicesOf } from './context.ts';
import { resolve } from './safety-references.ts';

/** Inputs that a process or a safeguard closes, each with the place that says so; a wish of a person is none. */
function closedByOthers(context: Context): ReadonlyMap<string, Path> {
  const { draft } = context;
  const found = new Map<string, Path>();
  const add = (input: string, path: Path): void => {
    if (!found.has(input)) found.set(input, path);
  };
  for (const [name, block] of draft.blocks) {
    if (block === undefined) continue;
    const { signals } = blockInterface(block.type);
    for (const [key, reference] of signalsOf(block)) {
      if (signals[key]?.lane === 'safe') add(reference, ['safety', 'blocks', name, key]);
    }
  }
  for (const [name, { partPresent }] of devicesOf(context, ['vacuum-gripper'])) {
    add(partPresent, ['devices', name, 'partPresent']);
  }
  for (const [name, { homing }] of devicesOf(context, ['stepper-axis'])) {
    add(homing.switch, ['devices', name, 'homing', 'switch']);
  }
  const addSteps = (steps: readonly StepDraft[]): void => {
    for (const { plain, path, steps: repeated } of steps) {
      if (plain?.convey !== undefined) add(plain.convey.until.input, [...path, 'convey', 'until', 'input']);
      addSteps(repeated);
    }
  };
  for (const master of draft.workMasters.values()) addSteps(master.steps);
  return found;
}

export function checkResets(context: Context): void {
  const { draft, report } = context;
  const others = closedByOthers(context);
  const check = (reference: string | undefined, path: Path): void => {
    const owner = reference === undefined ? undefined : others.get(reference);
    if (reference === undefined || owner === undefined || resolve(context, reference).kind !== 'input') return;
    report.add('reset-not-separate', path, { owner: showPath(owner) });
  };
  check(draft.reset, ['safety', 'reset']);
  for (const [name, block] of draft.blocks) {
    if (block === undefined) continue;
    const { reset } = blockInterface(block.type);
    if (reset !== undefined) check(resetOf(block), ['safety', 'blocks', name, reset]);
  }
}
