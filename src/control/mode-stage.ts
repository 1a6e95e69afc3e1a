// The mode stage: the selector at the cell decides in which mode the unit is. A change of mode stops and never starts anything.
import { fault } from '../core/faults.ts';
import { UNIT_MODE_OF } from '../core/operating-mode.ts';
import { raise, type Turn } from './turn.ts';
import { applyUnit } from './unit-effects.ts';

/** The selected mode has reached the unit: what is allowed, and what the boards watch, follows it. */
export function isModeInForce({ next, watch }: Pick<Turn, 'next' | 'watch'>): boolean {
  // In the cycle that tells the boards they do not watch it yet.
  return watch === undefined && next.safety.mode !== undefined && UNIT_MODE_OF[next.safety.mode] === next.mode;
}

export function modeStage(turn: Turn): void {
  const { context, inputs, next } = turn;
  const selected = next.safety.mode;
  if (context.cell.safety.modes === undefined || isModeInForce(turn)) return;
  const isLive = next.enabled || next.resetting;
  if (isLive && selected === undefined) raise(turn, fault(4301));
  if (isLive && selected !== undefined) raise(turn, fault(4302, { from: next.mode, to: selected }));
  if (selected === undefined) return;
  applyUnit(turn, { kind: 'mode', mode: UNIT_MODE_OF[selected], now: inputs.now });
}
