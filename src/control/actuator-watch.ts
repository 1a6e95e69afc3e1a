// Outputs behind blocks that find something wrong with them: an actuator that does not follow (SF_EDM), or an output that was wanted
// at the wrong time (SF_OutControl), stops the cell.
import { type Fault, type FaultCode, fault } from '../core/faults.ts';
import { type SafetyBlockType, signalsOf } from '../core/safety-blocks.ts';
import { drivenOutputs } from '../safety/driven-outputs.ts';
import { blockFlags } from '../safety/function-block.ts';
import { raise, type Turn } from './turn.ts';

/** Errors of a reset that came at the wrong time: nothing is wrong with the actuator. */
const RESET_ERRORS: Readonly<Record<Watching, ReadonlySet<string>>> = {
  SF_EDM: new Set(['C001', 'C100']),
  SF_OutControl: new Set(['C001', 'C011']),
};

const CODES = { SF_EDM: 4201, SF_OutControl: 4202 } as const satisfies Partial<Record<SafetyBlockType, FaultCode>>;

type Watching = keyof typeof CODES;

function isWatching(type: SafetyBlockType | undefined): type is Watching {
  return type !== undefined && Object.hasOwn(CODES, type);
}

/** Why outputs do not do what they are told now; no reset is taken while there is a cause. */
export function failingActuators({ context, next }: Turn): readonly Fault[] {
  const { safety } = context.cell;
  return [...drivenOutputs(safety).values()].flatMap(({ block, device }) => {
    const type = safety.blocks.find(({ name }) => name === block)?.type;
    const diagCode = next.safety.blocks[block]?.code ?? '0000';
    if (!isWatching(type) || !blockFlags(diagCode).error || RESET_ERRORS[type].has(diagCode)) return [];
    return [fault(CODES[type], { block, output: device, diagCode, blockType: type })];
  });
}

/** `unread`: a feedback cannot be read; `initial`: all show the actuator de-energised. */
function feedbackOf({ context, readings }: Turn, name: unknown): 'unread' | 'initial' | 'other' {
  const block = context.cell.safety.blocks.find((each) => each.name === name);
  if (block?.type !== 'SF_EDM') return 'other';
  const feedback = signalsOf(block).flatMap(([, input]) =>
    context.safetyInputs.has(input) ? [readings.input(input)] : [],
  );
  if (feedback.includes(undefined)) return 'unread';
  return feedback.includes(false) ? 'other' : 'initial';
}

/**
 * Told once for a block: its code changes with the reset button.
 *
 * Feedback that cannot be read makes a block take its actuator for one that does not follow. Its output is off and needs a reset then,
 * as ever; but nobody is sent to a contactor because of a board that is away: what the actuator does shows when it can be read again.
 */
export function watchActuators(turn: Turn): void {
  const unread = new Set<string>();
  for (const failing of failingActuators(turn)) {
    const block = String(failing.detail['block']);
    const isTold = turn.next.alarms.some(({ code, detail }) => code === failing.code && detail['block'] === block);
    if (isTold) continue;
    const feedback = feedbackOf(turn, block);
    if (feedback === 'unread' || (feedback === 'initial' && turn.next.unreadActuators.has(block))) unread.add(block);
    else raise(turn, failing);
  }
  if (unread.size > 0 || turn.next.unreadActuators.size > 0) turn.next.unreadActuators = unread;
}
