// Actuators that are watched by their feedback contacts (SF_EDM): one that does not follow stops the cell.
import { type Fault, fault } from '../core/faults.ts';
import { drivenOutputs } from '../safety/driven-outputs.ts';
import { blockFlags } from '../safety/function-block.ts';
import { raise, type Turn } from './turn.ts';

/** Errors of a reset that came at the wrong time: nothing is wrong with the actuator. */
const RESET_ERRORS: ReadonlySet<string> = new Set(['C001', 'C100']);

/** Why actuators do not follow now; no reset is taken while there is one. */
export function failingActuators({ context, next }: Turn): readonly Fault[] {
  const { safety } = context.cell;
  return [...drivenOutputs(safety).values()].flatMap(({ block, device }) => {
    const type = safety.blocks.find(({ name }) => name === block)?.type;
    const diagCode = next.safety.blocks[block]?.code ?? '0000';
    if (type !== 'SF_EDM' || !blockFlags(diagCode).error || RESET_ERRORS.has(diagCode)) return [];
    return [fault(4201, { block, output: device, diagCode })];
  });
}

/** Told once for a block: its code changes with the reset button. */
export function watchActuators(turn: Turn): void {
  for (const failing of failingActuators(turn)) {
    const isTold = turn.next.alarms.some(
      ({ code, detail }) => code === 4201 && detail['block'] === failing.detail['block'],
    );
    if (!isTold) raise(turn, failing);
  }
}
