// What may be asked of the unit from afar (PackML). Reset, Clear and Start are not among it: a reset is a button at the cell, and only
// a job order starts anything.
import type { AskedBy } from './audit.ts';
import type { RequestOrigin } from './job-request.ts';
import type { UnitCommand, UnitMode, UnitState } from './packml.ts';

/** Commands that a network may give. None of them resets or takes a stop back; Unhold and Unsuspend go on with the running order. */
export const REMOTE_COMMANDS = [
  'Stop',
  'Hold',
  'Unhold',
  'Suspend',
  'Unsuspend',
  'Abort',
  'Complete',
] as const satisfies readonly UnitCommand[];
/** One of them. */
export type RemoteCommand = (typeof REMOTE_COMMANDS)[number];

/** Given twice they could let go on what somebody has held meanwhile, or end another order. All others bring the unit to rest. */
export const ONCE_COMMANDS: ReadonlySet<RemoteCommand> = new Set(['Unhold', 'Unsuspend', 'Complete']);

/** A command to the unit. `by`: who asks, as the door knows them; `comment`: why, may be empty. */
export interface UnitCommandRequest {
  readonly kind: 'unit-command';
  readonly requestId: string;
  readonly command: RemoteCommand;
  readonly by: string;
  readonly comment: string;
  readonly askedBy?: AskedBy | undefined;
  /** Absent: the client gave no request id. */
  readonly origin?: RequestOrigin | undefined;
}

/** A wish for a mode. The selector at the cell decides: only the mode that there is already can be had. */
export interface UnitModeRequest {
  readonly kind: 'set-mode';
  readonly requestId: string;
  readonly mode: UnitMode;
  readonly askedBy?: AskedBy | undefined;
  /** Absent: the client gave no request id. */
  readonly origin?: RequestOrigin | undefined;
}

/** Answer to both. `target`: the state that the command leads to first; of a mode: the present state. */
export interface UnitAnswer {
  readonly target: UnitState;
  readonly mode: UnitMode;
}

/** A command that a client named by a request id, and what it was answered. */
export interface TakenCommand {
  readonly origin: RequestOrigin;
  readonly unit: UnitAnswer;
}

/** So many are remembered by the unit itself: more than can be on their way while a gateway dies and starts again. */
export const TAKEN_COMMANDS_MAX = 64;

/** @returns the command that this request was, undefined for one that was not taken yet, or is too old */
export function takenBefore(taken: readonly TakenCommand[], asked: RequestOrigin): TakenCommand | undefined {
  return taken.find(({ origin }) => {
    const isSameId = origin.requestId === asked.requestId && origin.method === asked.method;
    return isSameId && origin.identity === asked.identity;
  });
}
