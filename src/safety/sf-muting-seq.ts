// SF_MutingSeq: lets goods through a light curtain, seen by four sensors one after the other. Modelled on PLCopen Safety Part 1 V2.01.
import { type BlockMemory, fell, type Moment, rose, type StateTable } from './function-block.ts';
import {
  isDark,
  isSeen,
  isTooLong,
  type MutingFrameCode,
  type MutingInputs,
  mutingFrame,
  untilClear,
} from './muting-frame.ts';

/** Four sensors in the order 11, 12, curtain, 21, 22. */
export interface MutingSeqInputs extends MutingInputs {
  readonly switch21: boolean;
  readonly switch22: boolean;
}

/** 8011, 8012 forward: start, muted; 8122, 8112 the same backward; C104, C204 sensors out of order forward, backward. */
export type MutingSeqCode = MutingFrameCode | '8000' | '8011' | '8012' | '8122' | '8112' | 'C104' | 'C204';

type Switch = 'switch11' | 'switch12' | 'switch21' | 'switch22';
type Rows = StateTable<MutingSeqCode, MutingSeqInputs>[MutingSeqCode];

const areClear = ({ switch11, switch12, switch21, switch22 }: MutingSeqInputs): boolean =>
  !(switch11 || switch12 || switch21 || switch22);

const isOutOfOrder = (inputs: MutingSeqInputs, moment: Moment): boolean =>
  (!inputs.mutingEnable && (rose(inputs, moment, 'switch11') || rose(inputs, moment, 'switch22'))) ||
  inputs.switch12 ||
  inputs.switch21 ||
  (inputs.switch11 && inputs.switch22);

/** The sensors in the order in which the goods reach them, and the states of that direction. */
interface Direction {
  readonly order: readonly [Switch, Switch, Switch, Switch];
  readonly muted: '8012' | '8112';
  readonly error: 'C104' | 'C204';
}

function startRows({ order: [first, second, third, fourth], muted, error }: Direction): Rows {
  return [
    { when: (inputs) => !inputs.mutingEnable || !inputs[first] || inputs[third] || inputs[fourth], to: error },
    { when: isTooLong, to: 'C006' },
    { when: isSeen, to: '8802' },
    { when: isDark, to: 'C003' },
    { when: (inputs, moment) => rose(inputs, moment, second), to: muted },
  ];
}

function mutedRows({ order: [first, second, third, fourth], error }: Direction): Rows {
  const hasPassed = (inputs: MutingSeqInputs, moment: Moment): boolean =>
    !inputs[first] && !inputs[second] && fell(inputs, moment, third) && inputs[fourth];
  return [
    {
      when: (inputs, moment) =>
        rose(inputs, moment, first) || rose(inputs, moment, second) || fell(inputs, moment, fourth),
      to: error,
    },
    { when: isTooLong, to: 'C006' },
    { when: isDark, to: 'C003' },
    { when: (inputs, moment) => hasPassed(inputs, moment) && isSeen(inputs), to: '8802' },
    { when: hasPassed, to: '8000' },
  ];
}

const FORWARD: Direction = { order: ['switch11', 'switch12', 'switch21', 'switch22'], muted: '8012', error: 'C104' };
const BACKWARD: Direction = { order: ['switch22', 'switch21', 'switch12', 'switch11'], muted: '8112', error: 'C204' };

/**
 * S_AOPD_Out is TRUE in 8000, 8011, 8122, 8012, 8112, of which S_MutingActive in the last two. S_StartReset is FALSE always.
 *
 * Stricter than the model: a muting that ends while the curtain sees something demands in the same call; something that is seen counts
 * before a held reset.
 */
export const MUTING_SEQ_TABLE: StateTable<MutingSeqCode, MutingSeqInputs> = {
  ...mutingFrame<MutingSeqInputs>(areClear),
  '8000': [
    { when: isOutOfOrder, to: 'C004' },
    { when: isSeen, to: '8802' },
    { when: isDark, to: 'C003' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch11'), to: '8011' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch22'), to: '8122' },
  ],
  '8011': startRows(FORWARD),
  '8012': mutedRows(FORWARD),
  '8122': startRows(BACKWARD),
  '8112': mutedRows(BACKWARD),
  C104: untilClear(areClear),
  C204: untilClear(areClear),
};

const TIMED: readonly string[] = ['8011', '8012', '8122', '8112'];

/** The longest muting counts from the first sensor on. */
export const MUTING_SEQ_MEMORY: BlockMemory<MutingSeqCode, MutingSeqInputs> = {
  edges: ['switch11', 'switch12', 'switch21', 'switch22'],
  timer: (code) => TIMED.includes(code),
};
