// SF_MutingPar: lets goods through a light curtain, seen by a pair of sensors before it and a pair behind it.
// Modelled on PLCopen Safety Part 1 V2.01, of which no table was at hand: the states follow those of SF_MutingSeq.
import { type BlockMemory, type Moment, rose, type StateTable } from './function-block.ts';
import { isDark, isSeen, isTooLong, type MutingFrameCode, mutingFrame, untilClear } from './muting-frame.ts';
import type { MutingSeqInputs } from './sf-muting-seq.ts';

/** Two pairs of sensors: 11 and 12 before the curtain, 21 and 22 behind it. */
export interface MutingParInputs extends MutingSeqInputs {
  /** Sensors 11 and 12 follow each other within this, milliseconds, at most 4,000. */
  readonly discTimeEntryMs: number;
  /** Sensors 21 and 22 follow each other within this, milliseconds, at most 4,000. */
  readonly discTimeExitMs: number;
}

/**
 * Forward: 8011, 8311 sensor 11, 12 came first; 8012 both, muted; 8014 one of the other pair too; 8021 both of it. Backward: 8122, 8322
 * sensor 22, 21 came first; 8112, 8114, 8121. C104, C204 sensors out of order forward, backward; C007, C008 sensors 11 and 12, 21
 * and 22 did not follow each other in time.
 */
export type MutingParCode =
  | MutingFrameCode
  | '8000'
  | '8011'
  | '8311'
  | '8012'
  | '8014'
  | '8021'
  | '8122'
  | '8322'
  | '8112'
  | '8114'
  | '8121'
  | 'C104'
  | 'C204'
  | 'C007'
  | 'C008';

type Switch = 'switch11' | 'switch12' | 'switch21' | 'switch22';
type Pair = readonly [Switch, Switch];
type Rows = StateTable<MutingParCode, MutingParInputs>[MutingParCode];

const SWITCHES: readonly Switch[] = ['switch11', 'switch12', 'switch21', 'switch22'];

const areClear = (inputs: MutingParInputs): boolean => SWITCHES.every((name) => !inputs[name]);
const areBoth = (inputs: MutingParInputs, [one, other]: Pair): boolean => inputs[one] && inputs[other];
const isAny = (inputs: MutingParInputs, [one, other]: Pair): boolean => inputs[one] || inputs[other];
const anyRose = (inputs: MutingParInputs, moment: Moment, [one, other]: Pair): boolean =>
  rose(inputs, moment, one) || rose(inputs, moment, other);

/** A muting starts by sensors of one pair, while no other sensor has been on. */
function isOutOfOrder(inputs: MutingParInputs, moment: Moment): boolean {
  const rising = SWITCHES.filter((name) => rose(inputs, moment, name));
  const areBothPairs =
    anyRose(inputs, moment, ['switch11', 'switch12']) && anyRose(inputs, moment, ['switch21', 'switch22']);
  const isOnAlready = SWITCHES.some((name) => inputs[name] && !rising.includes(name));
  return rising.length > 0 && (!inputs.mutingEnable || areBothPairs || isOnAlready);
}

interface Direction {
  readonly entry: Pair;
  readonly exit: Pair;
  readonly entryTime: 'discTimeEntryMs' | 'discTimeExitMs';
  readonly exitTime: 'discTimeEntryMs' | 'discTimeExitMs';
  readonly entryLate: 'C007' | 'C008';
  readonly exitLate: 'C007' | 'C008';
  readonly muted: '8012' | '8112';
  readonly leaving: '8014' | '8114';
  readonly left: '8021' | '8121';
  readonly error: 'C104' | 'C204';
}

function startRows(direction: Direction, first: Switch): Rows {
  const { entry, exit, entryTime, entryLate, muted, error } = direction;
  return [
    { when: (inputs) => !inputs.mutingEnable || !inputs[first] || isAny(inputs, exit), to: error },
    { when: (inputs, { elapsedMs }) => elapsedMs >= inputs[entryTime], to: entryLate },
    { when: isTooLong, to: 'C006' },
    { when: isSeen, to: '8802' },
    { when: isDark, to: 'C003' },
    { when: (inputs) => areBoth(inputs, entry), to: muted },
  ];
}

/** The goods are at the pair that they came to first. */
function mutedRows({ entry, exit, leaving, left, error }: Direction): Rows {
  return [
    { when: (inputs) => !areBoth(inputs, entry) && !areBoth(inputs, exit), to: error },
    { when: isTooLong, to: 'C006' },
    { when: isDark, to: 'C003' },
    { when: (inputs) => areBoth(inputs, exit), to: left },
    { when: (inputs) => isAny(inputs, exit), to: leaving },
  ];
}

/** One sensor of the other pair sees them too. */
function leavingRows({ entry, exit, exitTime, exitLate, left, error }: Direction): Rows {
  return [
    { when: (inputs) => !isAny(inputs, exit) || (!areBoth(inputs, entry) && !areBoth(inputs, exit)), to: error },
    { when: (inputs, { elapsedMs }) => elapsedMs >= inputs[exitTime], to: exitLate },
    { when: isTooLong, to: 'C006' },
    { when: isDark, to: 'C003' },
    { when: (inputs) => areBoth(inputs, exit), to: left },
  ];
}

/** The other pair sees them; the muting ends when the first sensor of it no longer does. */
function leftRows({ entry, exit, error }: Direction): Rows {
  return [
    { when: (inputs, moment) => anyRose(inputs, moment, entry), to: error },
    { when: (inputs) => !areBoth(inputs, exit) && isAny(inputs, entry), to: error },
    { when: isTooLong, to: 'C006' },
    { when: isDark, to: 'C003' },
    { when: (inputs) => !areBoth(inputs, exit) && isSeen(inputs), to: '8802' },
    { when: (inputs) => !areBoth(inputs, exit), to: '8000' },
  ];
}

const FORWARD: Direction = {
  entry: ['switch11', 'switch12'],
  exit: ['switch21', 'switch22'],
  entryTime: 'discTimeEntryMs',
  exitTime: 'discTimeExitMs',
  entryLate: 'C007',
  exitLate: 'C008',
  muted: '8012',
  leaving: '8014',
  left: '8021',
  error: 'C104',
};
const BACKWARD: Direction = {
  entry: ['switch21', 'switch22'],
  exit: ['switch11', 'switch12'],
  entryTime: 'discTimeExitMs',
  exitTime: 'discTimeEntryMs',
  entryLate: 'C008',
  exitLate: 'C007',
  muted: '8112',
  leaving: '8114',
  left: '8121',
  error: 'C204',
};

/**
 * S_AOPD_Out is TRUE in 8000 and all states of a muting; S_MutingActive in 8012, 8014, 8021 and 8112, 8114, 8121.
 * S_StartReset is FALSE always. A sensor that was on already starts nothing.
 */
export const MUTING_PAR_TABLE: StateTable<MutingParCode, MutingParInputs> = {
  ...mutingFrame<MutingParInputs>(areClear),
  '8000': [
    { when: isOutOfOrder, to: 'C004' },
    { when: isSeen, to: '8802' },
    { when: isDark, to: 'C003' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch11') && rose(inputs, moment, 'switch12'), to: '8012' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch11'), to: '8011' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch12'), to: '8311' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch21') && rose(inputs, moment, 'switch22'), to: '8112' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch22'), to: '8122' },
    { when: (inputs, moment) => rose(inputs, moment, 'switch21'), to: '8322' },
  ],
  '8011': startRows(FORWARD, 'switch11'),
  '8311': startRows(FORWARD, 'switch12'),
  '8012': mutedRows(FORWARD),
  '8014': leavingRows(FORWARD),
  '8021': leftRows(FORWARD),
  '8122': startRows(BACKWARD, 'switch22'),
  '8322': startRows(BACKWARD, 'switch21'),
  '8112': mutedRows(BACKWARD),
  '8114': leavingRows(BACKWARD),
  '8121': leftRows(BACKWARD),
  C104: untilClear(areClear),
  C204: untilClear(areClear),
  C007: untilClear(areClear),
  C008: untilClear(areClear),
};

const TIMED: readonly string[] = ['8011', '8311', '8012', '8014', '8021', '8122', '8322', '8112', '8114', '8121'];

/** The longest muting counts from the first sensor on. */
export const MUTING_PAR_MEMORY: BlockMemory<MutingParCode, MutingParInputs> = {
  edges: SWITCHES,
  timer: (code) => TIMED.includes(code),
};
