// What a board's image says of its link, and the fault that a trip is.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import type { ImageMessage } from '../wire/messages.ts';

/** @returns undefined when the board is not in this session any more */
export function linkStateOf({ state }: ImageMessage): 'stopped' | 'armed' | 'tripped' | undefined {
  return state === 'stopped' || state === 'armed' || state === 'tripped' ? state : undefined;
}

/** 1002 with the cause that the board names, and the device on the input that opened if it was one. */
export function tripFault({ board, inputs }: BoardPlan, { tripCause: cause, tripInput }: ImageMessage): Fault {
  if (tripInput === undefined) return fault(1002, { board: board.name, cause });
  return fault(1002, { board: board.name, cause, input: inputs[tripInput]?.device ?? `#${tripInput}` });
}

/** Whether people would be told the same. */
export function isSameFault(a: Fault | undefined, b: Fault | undefined): boolean {
  return a === b || (a?.code === b?.code && JSON.stringify(a?.detail) === JSON.stringify(b?.detail));
}
