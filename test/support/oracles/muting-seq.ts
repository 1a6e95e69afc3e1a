// SF_MutingSeq, V1.0 codes, from a published model-checking encoding. Stricter: an interrupted curtain is seen before the
// reset that it waits for, and in the call in which muting ends. A fault of the sensors that comes with an interrupted
// curtain is a fault: it waits for all four sensors to be free, an interruption does not.
import { type BlockOracle, type Facts, isHeld } from './oracle.ts';

const TEN_MINUTES_MS = 600_000;
const SENSORS = ['switch11', 'switch12', 'switch21', 'switch22'] as const;
type Sensors = readonly [string, string, string, string];
const FORWARD: Sensors = SENSORS;
const BACKWARD: Sensors = ['switch22', 'switch21', 'switch12', 'switch11'];

/** The way of a part in one direction: its four sensors in the order in which it reaches them. */
function nextOnTheWay(isActive: boolean, [a, b, c, d]: Sensors, codes: readonly string[], facts: Facts): string {
  const { is, rose, fell, runMs, settings } = facts;
  const [started, active, wrongOrder] = codes as [string, string, string];
  const isOver = runMs >= Number(settings['maxMutingTimeMs']);
  if (isActive) {
    if (rose(a) || rose(b) || fell(d)) return wrongOrder;
    if (isOver) return 'C006';
    if (!is('mutingLamp')) return 'C003';
    if (is(a) || is(b) || !fell(c) || !is(d)) return active;
    return is('aopdIn') ? '8000' : '8002';
  }
  if (!(is('mutingEnable') && is(a)) || is(c) || is(d)) return wrongOrder;
  if (isOver) return 'C006';
  if (!is('aopdIn')) return '8002';
  if (!is('mutingLamp')) return 'C003';
  return rose(b) ? active : started;
}

function nextOfFree({ is, rose }: Facts): string {
  const [one, two, three, four] = SENSORS.map(is);
  const entry = rose('switch11') || rose('switch22');
  if ((!is('mutingEnable') && entry) || two || three || (one && four)) return 'C004';
  if (!is('aopdIn')) return '8002';
  if (!is('mutingLamp')) return 'C003';
  if (rose('switch11') && !four) return '8011';
  return rose('switch22') && !one ? '8122' : '8000';
}

function next(code: string, facts: Facts): string {
  const { is, rose } = facts;
  switch (code) {
    case '0000':
      return Number(facts.settings['maxMutingTimeMs']) > TEN_MINUTES_MS ? 'C005' : '8001';
    case 'C005':
      return code;
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
      return nextOfFree(facts);
    case '8011':
    case '8012':
      return nextOnTheWay(code === '8012', FORWARD, ['8011', '8012', 'C104'], facts);
    case '8122':
    case '8112':
      return nextOnTheWay(code === '8112', BACKWARD, ['8122', '8112', 'C204'], facts);
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
    case 'C004':
    case 'C104':
    case 'C204':
    case 'C006':
      return SENSORS.some(is) ? code : '8003';
    default:
      throw new Error(code);
  }
}

const MUTING = ['8012', '8112'];

export const MUTING_SEQ: BlockOracle = {
  type: 'SF_MutingSeq',
  inputs: ['aopdIn', ...SENSORS, 'mutingLamp', 'mutingEnable', 'reset'],
  edges: [...SENSORS, 'reset'],
  settings: [{ maxMutingTimeMs: 3 }, { maxMutingTimeMs: TEN_MINUTES_MS + 1 }],
  limitsMs: ({ maxMutingTimeMs }) => (maxMutingTimeMs === 3 ? [3] : []),
  next,
  running: (code) => ['8011', '8012', '8122', '8112'].includes(code),
  toV2: { '8001': '8401', '8002': '8802', '8003': '8402', '8005': '8804', C002: 'C011' },
  outputs: { aopdOut: ['8000', '8011', '8122', ...MUTING], mutingActive: MUTING },
};
