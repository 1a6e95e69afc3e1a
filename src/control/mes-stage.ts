// The stage of the MES: for how long nobody has watched the job orders, and what the cell's file wants then. No motion waits for an MES.
import { type Fault, fault } from '../core/faults.ts';
import { running } from '../core/job-list.ts';
import { raise, type Turn } from './turn.ts';

/** Also a gateway that is away watches nothing. */
function isWatched({ inputs: { storage } }: Turn): boolean {
  return storage.reachable && storage.watched !== false;
}

export function mesStage(turn: Turn): void {
  const { inputs, next } = turn;
  next.unwatchedSince = isWatched(turn) ? undefined : (next.unwatchedSince ?? inputs.now);
  const lost = mesLost(turn, 'stop');
  if (lost !== undefined && running(next.jobs) !== undefined) raise(turn, lost);
}

/** Why the running order is to be held or stopped, or undefined; `reaction`: only if that is what is wanted. */
export function mesLost({ context, inputs, next }: Turn, reaction: 'hold' | 'stop'): Fault | undefined {
  const rule = context.cell.mesLost;
  if (rule?.reaction !== reaction || next.unwatchedSince === undefined) return undefined;
  if (inputs.now - next.unwatchedSince < rule.afterMs) return undefined;
  return fault(reaction === 'hold' ? 6030 : 6031, { afterMs: rule.afterMs });
}

/** Nobody would see what becomes of an order that begins or goes on now. */
export function isMesLost(turn: Turn): boolean {
  return mesLost(turn, 'hold') !== undefined || mesLost(turn, 'stop') !== undefined;
}
