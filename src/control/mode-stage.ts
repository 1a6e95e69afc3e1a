// The mode stage: the selector at the cell decides in which mode the unit is. A change of mode stops and never starts anything.
import { type Fault, fault } from '../core/faults.ts';
import { UNIT_MODE_OF } from '../core/operating-mode.ts';
import { raise, type Turn } from './turn.ts';
import { applyUnit } from './unit-effects.ts';
import { areInputsRead } from './unread-inputs.ts';

/** The selected mode has reached the unit: what is allowed, and what the boards watch, follows it. */
export function isModeInForce({ next, watch }: Pick<Turn, 'next' | 'watch'>): boolean {
  // In the cycle that tells the boards they do not watch it yet.
  return watch === undefined && next.safety.mode !== undefined && UNIT_MODE_OF[next.safety.mode] === next.mode;
}

/** A selector that is turned is without a mode for a moment, however short: the mode that it has reached by now tells more. */
export function modeCause({ next }: Turn): Fault {
  const { mode } = next.safety;
  const isChanged = mode !== undefined && UNIT_MODE_OF[mode] !== next.mode;
  return isChanged ? fault(4302, { from: next.mode, to: mode }) : fault(4301);
}

export function modeStage(turn: Turn): void {
  const { context, inputs, next } = turn;
  const selected = next.safety.mode;
  if (context.cell.safety.modes === undefined || isModeInForce(turn)) return;
  // A selector that cannot be read is its board's matter: that has stopped the cell, and says so first.
  const isTold = selected !== undefined || !next.enabled || areInputsRead(turn);
  if (isTold && (next.enabled || next.resetting)) raise(turn, modeCause(turn));
  if (selected === undefined) return;
  applyUnit(turn, { kind: 'mode', mode: UNIT_MODE_OF[selected], now: inputs.now });
}
