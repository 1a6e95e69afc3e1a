// Which safety inputs cannot be read. Sensors that can be read and cannot be believed are told by their own alarm.
import type { Turn } from './turn.ts';

/** No value of the input is there; of one that is there and cannot be believed its own alarm tells. */
export function isUnread({ readings, next }: Turn, input: string): boolean {
  return readings.input(input) === undefined && !next.suspects.has(input);
}

/** Every safety input can be read. While one cannot, what stops the cell is told of its board, and nobody is sent to a switch. */
export function areInputsRead(turn: Turn): boolean {
  return ![...turn.context.safetyInputs].some((input) => isUnread(turn, input));
}
