// The monitor of everything of the form "never this output while that input": proves it, or finds a shortest way to it.
import type { StopFunctionModel } from '../core/cell-model.ts';
import type { StopPhase } from '../safety/program.ts';
import type { HazardousOutput } from './claims.ts';
import type { Monitor } from './explore.ts';
import { ticksOf } from './model-time.ts';
import type { Product } from './product.ts';

/** Whether an output can still do harm under a stop function that names it. */
export function canHarm(output: HazardousOutput, phase: StopPhase): boolean {
  if (phase === 'permitted') return true;
  return phase === 'stopping' && output.keepsPowerInRamp;
}

/** Whether an output can do harm by the states of the parts: no stop function that names it has ended it. */
export function harmOf(
  product: Product,
  output: HazardousOutput,
  stops: readonly StopFunctionModel[],
): (tuple: Int32Array) => boolean {
  const checks = stops.flatMap(({ name }) => {
    const found = product.phasesOf(name);
    if (found === undefined) return [];
    return [{ part: found.part, harms: Uint8Array.from(found.phases, (phase) => (canHarm(output, phase) ? 1 : 0)) }];
  });
  return (tuple) => checks.every(({ part, harms }) => harms[tuple[part] ?? 0] === 1);
}

/**
 * Refuses a state in which `harms` is true when the mark of the product has held for `timeMs` without a break.
 * @param counts the condition counts only in states in which this is true
 * The monitor counts from the step in which the condition began: its state is 0 without, else ticks + 1.
 */
export function neverMonitor(
  product: Product,
  timeMs: number,
  harms: (tuple: Int32Array) => boolean,
  counts: (tuple: Int32Array) => boolean = () => true,
): Monitor {
  const ticks = ticksOf(timeMs, product.tick);
  return {
    states: ticks + 2,
    step: (state, letter, _before, after, isMarked) => {
      if (!isMarked || !counts(after)) return 0;
      const held = state === 0 ? 0 : Math.min(ticks, state - 1 + (product.isTick(letter) ? 1 : 0));
      return held >= ticks && harms(after) ? -1 : held + 1;
    },
  };
}
