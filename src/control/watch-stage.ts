// What the boards watch by themselves follows the mode and the bypasses. A board that is told anew opens its session anew, which takes
// the power away: so it is told while nothing is driven, and nothing is enabled before.
import { activeBypasses } from '../core/bypass.ts';
import type { BoardWatch } from '../core/permits.ts';
import { isModeInForce } from './mode-stage.ts';
import type { Turn } from './turn.ts';

function wantedWatch(turn: Turn): BoardWatch {
  const { safety, watched, bypasses } = turn.next;
  const mode = isModeInForce(turn) ? safety.mode : undefined;
  return { mode: mode ?? watched.mode, bypassed: activeBypasses(bypasses) };
}

function isSame(one: BoardWatch, other: BoardWatch): boolean {
  return one.mode === other.mode && one.bypassed.join() === other.bypassed.join();
}

/** The boards were told what counts now. */
export function isWatchInForce(turn: Turn): boolean {
  return isSame(wantedWatch(turn), turn.next.watched);
}

export function watchStage(turn: Turn): void {
  const { inputs, next } = turn;
  if (isWatchInForce(turn) || inputs.boards.some(({ link }) => link === 'armed')) return;
  next.watched = wantedWatch(turn);
  turn.watch = next.watched;
}
