// SF_MutingPar and SF_MutingPar_2Sensor, from the description of their states, on the pattern of SF_MutingSeq: what there is
// said of one sensor after the other holds here for pairs that must come within their discrepancy time. Stricter where that is
// silent: muting starts only when all sensors were free before, ends when the first sensor of the last pair is free, and is an error when a part
// has left the first pair without reaching the last.
import { type BlockOracle, type Facts, isHeld } from './oracle.ts';

const [TEN_MINUTES_MS, FOUR_SECONDS_MS] = [600_000, 4_000];

/** One way through the curtain. */
interface Way {
  /** The pair that is reached first, and the pair that is reached last. */
  readonly entry: readonly [string, string];
  readonly exit: readonly [string, string] | readonly [];
  /** States while the first, or the second, sensor of the entry is alone. */
  readonly alone: readonly [string, string];
  readonly active: string;
  /** Muting, with half of the last pair, and with all of it. */
  readonly half: string;
  readonly full: string;
  readonly wrongOrder: string;
  /** Parameter and error of the discrepancy of each pair. */
  readonly entryTime: readonly [key: string, code: string];
  readonly exitTime: readonly [key: string, code: string];
}

const PAIR_1 = ['switch11', 'switch12'] as const;
const PAIR_2 = ['switch21', 'switch22'] as const;

const FORWARD: Way = {
  entry: PAIR_1,
  exit: PAIR_2,
  alone: ['8011', '8311'],
  active: '8012',
  half: '8014',
  full: '8021',
  wrongOrder: 'C104',
  entryTime: ['discTimeEntryMs', 'C007'],
  exitTime: ['discTimeExitMs', 'C008'],
};

const BACKWARD: Way = {
  entry: ['switch22', 'switch21'],
  exit: PAIR_1,
  alone: ['8122', '8322'],
  active: '8112',
  half: '8114',
  full: '8121',
  wrongOrder: 'C204',
  entryTime: ['discTimeExitMs', 'C008'],
  exitTime: ['discTimeEntryMs', 'C007'],
};

function isMutingOver({ runMs, settings }: Facts): boolean {
  return runMs >= Number(settings['maxMutingTimeMs']);
}

/** One sensor of the first pair is on, the other must follow. */
function nextOfAlone(code: string, way: Way, facts: Facts): string {
  const { is, ms, settings } = facts;
  const [mine, other] = code === way.alone[0] ? way.entry : ([way.entry[1], way.entry[0]] as const);
  const [time, discrepancy] = way.entryTime;
  if (!(is('mutingEnable') && is(mine)) || [...way.exit].some(is)) return way.wrongOrder;
  if (ms >= Number(settings[time])) return discrepancy;
  if (isMutingOver(facts)) return 'C006';
  if (!is('aopdIn')) return '8002';
  if (!is('mutingLamp')) return 'C003';
  return is(other) ? way.active : code;
}

/** With two sensors only, muting lasts while both are on. */
function nextOfCrossing(code: string, facts: Facts): string {
  const { is } = facts;
  if (isMutingOver(facts)) return 'C006';
  if (!is('mutingLamp')) return 'C003';
  if (PAIR_1.every(is)) return code;
  return is('aopdIn') ? '8000' : '8002';
}

function nextOfMuting(code: string, way: Way, facts: Facts): string {
  if (way.exit.length === 0) return nextOfCrossing(code, facts);
  const { is, rose, fell, ms, settings } = facts;
  const [time, discrepancy] = way.exitTime;
  const [third, fourth] = way.exit;
  const hasLeftEntry = !way.entry.some(is);
  const leaves = fell(third) || fell(fourth);
  const isExitFree = !(is(third) || is(fourth));
  if (way.entry.some(rose)) return way.wrongOrder;
  if (code !== way.full && !way.entry.every(is) && !way.exit.every(is)) return way.wrongOrder;
  if (code === way.full ? leaves && !hasLeftEntry : leaves && isExitFree) return way.wrongOrder;
  if (code === way.half && ms >= Number(settings[time])) return discrepancy;
  if (isMutingOver(facts)) return 'C006';
  if (!is('mutingLamp')) return 'C003';
  if (code === way.full && leaves) return is('aopdIn') ? '8000' : '8002';
  if (is(third) && is(fourth)) return way.full;
  return is(third) || is(fourth) ? way.half : way.active;
}

function nextOfFree(ways: readonly Way[], { is, rose }: Facts): string {
  const sensors = [...new Set(ways.flatMap(({ entry, exit }) => [...entry, ...exit]))];
  const rising = sensors.filter(rose);
  const way = ways.find(({ entry }) => rising.every((sensor) => entry.includes(sensor)));
  const wereOthersFree = sensors.every((sensor) => rising.includes(sensor) || !is(sensor));
  const starts = rising.length > 0;
  if (starts && !(is('mutingEnable') && way !== undefined && wereOthersFree)) return 'C004';
  if (!is('aopdIn')) return '8002';
  if (!is('mutingLamp')) return 'C003';
  if (!starts || way === undefined) return '8000';
  if (rising.length === 2) return way.active;
  return rising[0] === way.entry[0] ? way.alone[0] : way.alone[1];
}

function next(ways: readonly Way[], code: string, facts: Facts): string {
  const { is, rose, settings } = facts;
  const sensors = ways.flatMap(({ entry, exit }) => [...entry, ...exit]);
  for (const way of ways) {
    if (way.alone.includes(code)) return nextOfAlone(code, way, facts);
    if ([way.active, way.half, way.full].includes(code)) return nextOfMuting(code, way, facts);
  }
  const areTimesWrong =
    Number(settings['maxMutingTimeMs']) > TEN_MINUTES_MS ||
    ['discTimeEntryMs', 'discTimeExitMs'].some((key) => Number(settings[key] ?? 0) > FOUR_SECONDS_MS);
  switch (code) {
    case '0000':
      return areTimesWrong ? 'C005' : '8001';
    case '8001':
      if (isHeld(facts)) return 'C001';
      if (rose('reset')) return is('aopdIn') ? '8005' : '8002';
      return code;
    case 'C001':
      return is('reset') ? code : '8001';
    case '8005':
      if (!is('aopdIn')) return '8002';
      return is('mutingLamp') ? '8000' : 'C003';
    case '8000':
      return nextOfFree(ways, facts);
    case '8002':
      return is('aopdIn') ? '8003' : code;
    case '8003':
      if (!is('aopdIn')) return '8002';
      if (isHeld(facts)) return 'C002';
      return rose('reset') ? '8005' : code;
    case 'C002':
      if (!is('aopdIn')) return '8002';
      return is('reset') ? code : '8003';
    case 'C003':
      return is('mutingLamp') ? '8003' : code;
    case 'C005':
      return code;
    default:
      return sensors.some(is) ? code : '8003';
  }
}

const COMMON_TO_V2 = { '8001': '8401', '8002': '8802', '8003': '8402', '8005': '8804', C002: 'C011' };
const MUTING = ['8012', '8014', '8021', '8112', '8114', '8121'];
const STARTING = ['8011', '8311', '8122', '8322'];

/** The pairs may differ for less long than muting may take, and the other way round: one of the two is over first. */
const PAIRS_FIRST = 3;
const MUTING_FIRST = 2;

function muting(
  type: string,
  ways: readonly Way[],
  inputs: readonly string[],
  settings: BlockOracle['settings'],
): BlockOracle {
  return {
    type,
    inputs: ['aopdIn', ...inputs, 'mutingLamp', 'mutingEnable', 'reset'],
    edges: [...inputs, 'reset'],
    settings,
    limitsMs: (chosen) =>
      Object.values(chosen)
        .map(Number)
        .filter((timeMs) => timeMs < FOUR_SECONDS_MS),
    fixed: ({ maxMutingTimeMs }) => (maxMutingTimeMs === MUTING_FIRST ? { aopdIn: true, mutingLamp: true } : {}),
    next: (code, facts) => next(ways, code, facts),
    running: (code) => [...MUTING, ...STARTING].includes(code),
    toV2: COMMON_TO_V2,
    outputs: { aopdOut: ['8000', ...STARTING, ...MUTING], mutingActive: MUTING },
  };
}

export const MUTING_PAR = muting(
  'SF_MutingPar',
  [FORWARD, BACKWARD],
  [...PAIR_1, ...PAIR_2],
  [
    { maxMutingTimeMs: PAIRS_FIRST, discTimeEntryMs: 2, discTimeExitMs: 2 },
    { maxMutingTimeMs: MUTING_FIRST, discTimeEntryMs: 3, discTimeExitMs: 3 },
    { maxMutingTimeMs: PAIRS_FIRST, discTimeEntryMs: 2, discTimeExitMs: 4_001 },
    { maxMutingTimeMs: 600_001, discTimeEntryMs: 2, discTimeExitMs: 2 },
  ],
);

export const MUTING_PAR_2_SENSOR = muting('SF_MutingPar_2Sensor', [{ ...FORWARD, exit: [] }], PAIR_1, [
  { maxMutingTimeMs: PAIRS_FIRST, discTimeEntryMs: 2 },
  { maxMutingTimeMs: MUTING_FIRST, discTimeEntryMs: 3 },
  { maxMutingTimeMs: PAIRS_FIRST, discTimeEntryMs: 4_001 },
]);
