// SF_MutingPar_2Sensor: lets goods through a light curtain, seen by two sensors whose beams cross in it.
// Modelled on PLCopen Safety Part 1 V2.01, of which no table was at hand: the states follow those of SF_MutingSeq.
import { type BlockMemory, type Moment, rose, type StateTable } from './function-block.ts';
import {
  isDark,
  isSeen,
  isTooLong,
  type MutingFrameCode,
  type MutingInputs,
  mutingFrame,
  untilClear,
} from './muting-frame.ts';

export interface MutingPar2SensorInputs extends MutingInputs {
  /** The sensors follow each other within this, milliseconds, at most 4,000. */
  readonly discTimeEntryMs: number;
}

/** 8011, 8311 sensor 11, 12 came first; 8012 both, muted; C104 a sensor was lost at the start; C007 they did not follow in time. */
export type MutingPar2SensorCode = MutingFrameCode | '8000' | '8011' | '8311' | '8012' | 'C104' | 'C007';

type Switch = 'switch11' | 'switch12';
type Rows = StateTable<MutingPar2SensorCode, MutingPar2SensorInputs>[MutingPar2SensorCode];

const areClear = ({ switch11, switch12 }: MutingPar2SensorInputs): boolean => !(switch11 || switch12);
const areBoth = ({ switch11, switch12 }: MutingPar2SensorInputs): boolean => switch11 && switch12;

/** A sensor that was on already starts nothing. */
function isOutOfOrder(inputs: MutingPar2SensorInputs, moment: Moment): boolean {
  const rose11 = rose(inputs, moment, 'switch11');
  const rose12 = rose(inputs, moment, 'switch12');
  const isOnAlready = (inputs.switch11 && !rose11) || (inputs.switch12 && !rose12);
  return (rose11 || rose12) && (!inputs.mutingEnable || isOnAlready);
}

function startRows(first: Switch): Rows {
  return [
    { when: (inputs) => !inputs.mutingEnable || !inputs[first], to: 'C104' },
    { when: ({ discTimeEntryMs }, { elapsedMs }) => elapsedMs >= discTimeEntryMs, to: 'C007' },
    { when: isTooLong, to: 'C006' },
    { when: isSeen, to: '8802' },
    { when: isDark, to: 'C003' },
    { when: areBoth, to: '8012' },
  ];
}

/** S_AOPD_Out is TRUE in 8000, 8011, 8311 and 8012, S_MutingActive in 8012: until the first sensor falls. S_StartReset is FALSE always. */
export const MUTING_PAR_2SENSOR_TABLE: StateTable<MutingPar2SensorCode, MutingPar2SensorInputs> = {
  ...mutingFrame<MutingPar2SensorInputs>(areClear),
  '8000': [
    { when: isOutOfOrder, to: 'C004' },
    { when: isSeen, to: '8802' },
    { when: isDark, to: 'C003' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch11') && rose(inputs, moment, 'switch12'), to: '8012' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch11'), to: '8011' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch12'), to: '8311' },
  ],
  '8011': startRows('switch11'),
  '8311': startRows('switch12'),
  '8012': [
    { when: isTooLong, to: 'C006' },
    { when: isDark, to: 'C003' },
    { when: (inputs) => !areBoth(inputs) && isSeen(inputs), to: '8802' },
    { when: (inputs) => !areBoth(inputs), to: '8000' },
  ],
  C104: untilClear(areClear),
  C007: untilClear(areClear),
};

const TIMED: readonly string[] = ['8011', '8311', '8012'];

/** The longest muting counts from the first sensor on. */
export const MUTING_PAR_2SENSOR_MEMORY: BlockMemory<MutingPar2SensorCode, MutingPar2SensorInputs> = {
  edges: ['switch11', 'switch12'],
  timer: (code) => TIMED.includes(code),
};
