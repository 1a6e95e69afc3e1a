// The machines behind the block types of a cell file, called by name with whatever is wired to them.
import type { OutputInterface } from '../core/block-interface.ts';
import { blockInterface, mainOutput, type SafetyBlockType } from '../core/safety-blocks.ts';
import {
  type BlockCall,
  type BlockMemory,
  type BlockState,
  IDLE,
  type StateTable,
  stepBlock,
} from './function-block.ts';
import { AUTO_INTERLOCK_TABLE, INTERLOCK_TABLE } from './restart-interlock.ts';
import { ANTIVALENT_TABLE } from './sf-antivalent.ts';
import { EDM_TABLE } from './sf-edm.ts';
import { ENABLE_SWITCH_TABLE } from './sf-enable-switch.ts';
import { EQUIVALENT_TABLE } from './sf-equivalent.ts';
import { GUARD_TABLE } from './sf-guard.ts';
import { GUARD_LOCKING_TABLE } from './sf-guard-locking.ts';
import { MODE_SELECTOR_MEMORY, MODE_SELECTOR_TABLE } from './sf-mode-selector.ts';
import { MUTING_PAR_MEMORY, MUTING_PAR_TABLE } from './sf-muting-par.ts';
import { MUTING_PAR_2SENSOR_MEMORY, MUTING_PAR_2SENSOR_TABLE } from './sf-muting-par-2sensor.ts';
import { MUTING_SEQ_MEMORY, MUTING_SEQ_TABLE } from './sf-muting-seq.ts';
import { OUT_CONTROL_TABLE } from './sf-out-control.ts';
import { OVERRIDE_MEMORY, OVERRIDE_TABLE } from './sf-override.ts';
import { RESET_BUTTON_TABLE } from './sf-reset-button.ts';
import { SAFETY_REQUEST_TABLE } from './sf-safety-request.ts';
import { TESTABLE_SAFETY_SENSOR_MEMORY, TESTABLE_SAFETY_SENSOR_TABLE } from './sf-testable-safety-sensor.ts';
import { TWO_HAND_TYPE_II_TABLE, TWO_HAND_TYPE_III_TABLE } from './sf-two-hand-control.ts';

/** Values of inputs, times and flags by the keys of the block's interface. */
export type BlockInputs = Readonly<Record<string, boolean | number>>;

/** What a block does with its inputs, without what it is wired to. */
interface Behaviour {
  /** Codes of all states, IDLE first. */
  readonly codes: readonly string[];
  /** Transitions, in the order in which they are tried. */
  readonly transitions: readonly (readonly [from: string, to: string, when: (...given: never[]) => boolean])[];
  step(state: BlockState, call: BlockCall<BlockInputs>): BlockState;
}

export interface BlockMachine extends Behaviour {
  /** @param output name; undefined: the main output. An output that the type has not is FALSE. */
  isOn(state: BlockState, output?: string): boolean;
  /** All outputs, by name, in the order of the interface. */
  outputs(state: BlockState): Readonly<Record<string, boolean>>;
}

interface Options<Code extends string, Inputs> extends BlockMemory<Code | typeof IDLE, Inputs> {
  /**
   * A state that is left at once when the same inputs call for it. A block of two channels that has just found one open is
   * called once more: when both have opened it sees both. They may be closed again in the next step, as when a single sample is
   * missing, and that is neither a discrepancy nor half an opening.
   */
  readonly again?: Code;
}

function behaviour<Code extends string, Inputs>(
  table: StateTable<Code | typeof IDLE, Inputs>,
  { again, ...memory }: Options<Code, Inputs> = {},
): Behaviour {
  // Keys that look like numbers come first in an object: IDLE is put where it belongs.
  const codes = [IDLE, ...Object.keys(table).filter((code) => code !== IDLE)] as (Code | typeof IDLE)[];
  const isOwn = (state: BlockState): state is BlockState<Code> => Object.hasOwn(table, state.code);
  return {
    codes,
    transitions: codes.flatMap((from) => table[from].map(({ to, when }) => [from, to, when] as const)),
    step(state, wired) {
      // The keys of the interface are those of the inputs: a test compares them.
      const call = wired as BlockCall<Inputs>;
      const own: BlockState<Code | typeof IDLE> = isOwn(state) ? state : { ...state, code: IDLE };
      const next = stepBlock<Code, Inputs>(table, own, call, memory);
      return next.code === again ? stepBlock<Code, Inputs>(table, next, call, memory) : next;
    },
  };
}

const BEHAVIOURS: Readonly<Record<SafetyBlockType, Behaviour>> = {
  SF_Equivalent: behaviour(EQUIVALENT_TABLE, { again: '8806' }),
  SF_Antivalent: behaviour(ANTIVALENT_TABLE, { again: '8806' }),
  SF_EmergencyStop: behaviour(INTERLOCK_TABLE),
  SF_ESPE: behaviour(AUTO_INTERLOCK_TABLE),
  SF_PSE: behaviour(AUTO_INTERLOCK_TABLE),
  SF_Guard: behaviour(GUARD_TABLE, { again: '8802' }),
  SF_TwoHandControlTypeII: behaviour(TWO_HAND_TYPE_II_TABLE),
  SF_TwoHandControlTypeIII: behaviour(TWO_HAND_TYPE_III_TABLE),
  SF_ModeSelector: behaviour(MODE_SELECTOR_TABLE, MODE_SELECTOR_MEMORY),
  SF_EnableSwitch: behaviour(ENABLE_SWITCH_TABLE),
  SF_GuardLocking: behaviour(GUARD_LOCKING_TABLE),
  SF_MutingSeq: behaviour(MUTING_SEQ_TABLE, MUTING_SEQ_MEMORY),
  SF_MutingPar: behaviour(MUTING_PAR_TABLE, MUTING_PAR_MEMORY),
  SF_MutingPar_2Sensor: behaviour(MUTING_PAR_2SENSOR_TABLE, MUTING_PAR_2SENSOR_MEMORY),
  SF_TestableSafetySensor: behaviour(TESTABLE_SAFETY_SENSOR_TABLE, TESTABLE_SAFETY_SENSOR_MEMORY),
  SF_Override: behaviour(OVERRIDE_TABLE, OVERRIDE_MEMORY),
  SF_EDM: behaviour(EDM_TABLE, { edges: ['outControl'] }),
  SF_OutControl: behaviour(OUT_CONTROL_TABLE, { edges: ['processControl'] }),
  SF_SafetyRequest: behaviour(SAFETY_REQUEST_TABLE),
  SF_ResetButton: behaviour(RESET_BUTTON_TABLE),
};

function isTrue({ trueIn, choice }: OutputInterface, state: BlockState): boolean {
  return trueIn.includes(state.code) && (choice === undefined || choice === state.choice);
}

function machineOf(type: SafetyBlockType): BlockMachine {
  const { outputs } = blockInterface(type);
  const byName = new Map(Object.entries(outputs));
  const main = mainOutput(type);
  return {
    ...BEHAVIOURS[type],
    isOn(state, output = main) {
      const found = byName.get(output);
      return found !== undefined && isTrue(found, state);
    },
    outputs: (state) => Object.fromEntries([...byName].map(([name, output]) => [name, isTrue(output, state)])),
  };
}

const TYPES = Object.keys(BEHAVIOURS) as SafetyBlockType[];

export const BLOCK_MACHINES = Object.fromEntries(TYPES.map((type) => [type, machineOf(type)])) as Readonly<
  Record<SafetyBlockType, BlockMachine>
>;
