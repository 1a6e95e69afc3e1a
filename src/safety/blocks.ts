// The machines behind the block types of a cell file, called by name with whatever is wired to them.
import type { SafetyBlockType } from '../core/safety-blocks.ts';
import { type BlockCall, type BlockState, IDLE, type StateTable, stepBlock } from './function-block.ts';
import { INTERLOCK_TABLE } from './restart-interlock.ts';
import { ANTIVALENT_TABLE } from './sf-antivalent.ts';
import { EQUIVALENT_TABLE } from './sf-equivalent.ts';
import { GUARD_TABLE } from './sf-guard.ts';
import { TWO_HAND_TYPE_II_TABLE, TWO_HAND_TYPE_III_TABLE } from './sf-two-hand-control.ts';

/** Values of safe inputs and times by the keys of the block's interface. */
export type BlockInputs = Readonly<Record<string, boolean | number>>;

export interface BlockMachine {
  /** Codes of all states, IDLE first. */
  readonly codes: readonly string[];
  /** Transitions as pairs of codes, in the order in which they are tried. */
  readonly transitions: readonly (readonly [from: string, to: string])[];
  step(state: BlockState, call: BlockCall<BlockInputs>): BlockState;
}

/**
 * @param again a state that is left at once when the same inputs call for it. A block of two channels that has just found one
 *   open is called once more: when both have opened it sees both. They may be closed again in the next step, as when a single
 *   sample is missing, and that is neither a discrepancy nor half an opening.
 */
function machine<Code extends string, Inputs>(
  table: StateTable<Code | typeof IDLE, Inputs>,
  again?: Code,
): BlockMachine {
  const codes = Object.keys(table) as (Code | typeof IDLE)[];
  const isOwn = (state: BlockState): state is BlockState<Code> => Object.hasOwn(table, state.code);
  return {
    codes,
    transitions: codes.flatMap((from) => table[from].map(({ to }) => [from, to] as const)),
    step(state, wired) {
      // The keys of the interface are those of the inputs: a test compares them.
      const call = wired as BlockCall<Inputs>;
      const own: BlockState<Code | typeof IDLE> = isOwn(state) ? state : { ...state, code: IDLE };
      const next = stepBlock<Code, Inputs>(table, own, call);
      return next.code === again ? stepBlock<Code, Inputs>(table, next, call) : next;
    },
  };
}

export const BLOCK_MACHINES: Readonly<Record<SafetyBlockType, BlockMachine>> = {
  SF_Equivalent: machine(EQUIVALENT_TABLE, '8806'),
  SF_Antivalent: machine(ANTIVALENT_TABLE, '8806'),
  SF_EmergencyStop: machine(INTERLOCK_TABLE),
  SF_ESPE: machine(INTERLOCK_TABLE),
  SF_PSE: machine(INTERLOCK_TABLE),
  SF_Guard: machine(GUARD_TABLE, '8802'),
  SF_TwoHandControlTypeII: machine(TWO_HAND_TYPE_II_TABLE),
  SF_TwoHandControlTypeIII: machine(TWO_HAND_TYPE_III_TABLE),
};
