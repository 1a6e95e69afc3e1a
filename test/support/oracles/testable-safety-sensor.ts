// SF_TestableSafetySensor, codes of V2.01, from the description of its states. Stricter where that is silent: a failed test
// and the test by hand after it end with a reset whatever the parameters say, and a time that is up is an error even when
// the sensor answers in the same call, and there is one time for the way out and back.
import { type BlockOracle, type Facts, isHeld } from './oracle.ts';

const LONGEST_TEST_MS = 150;

function next(code: string, facts: Facts): string {
  const { is, rose, runMs, settings } = facts;
  const isFree = is('ossdIn');
  const testTimeMs = Number(settings['testTimeMs']);
  const isOver = runMs >= testTimeMs;
  switch (code) {
    case '0000':
      return testTimeMs > 0 && testTimeMs <= LONGEST_TEST_MS ? '8401' : 'C000';
    case 'C000':
      return code;
    case '8401':
      if (isHeld(facts)) return 'C001';
      if (!rose('reset')) return code;
      return isFree ? '8010' : '8802';
    case 'C001':
      return is('reset') ? code : '8401';
    case '8802':
      if (!isFree) return code;
      return settings['autoReset'] === true ? '8010' : '8402';
    case '8402':
      if (!isFree) return '8802';
      if (isHeld(facts)) return 'C011';
      return rose('reset') ? '8010' : code;
    case 'C011':
      if (!isFree) return '8802';
      return is('reset') ? code : '8402';
    case '8010':
    case '8000':
      if (!isFree) return '8802';
      return rose('startTest') ? '8020' : code;
    case '8020':
      if (isOver) return 'C010';
      return isFree ? code : '8030';
    case '8030':
      if (isOver) return 'C020';
      return isFree ? '8000' : code;
    case '8002':
      return isFree ? code : '8804';
    case '8804':
      return isFree ? '8404' : code;
    case '8404':
      if (!isFree) return '8804';
      if (isHeld(facts)) return 'C021';
      return rose('reset') ? '8010' : code;
    case 'C021':
      if (!isFree) return '8804';
      return is('reset') ? code : '8404';
    case 'C010':
    case 'C020':
      if (isHeld(facts)) return code === 'C010' ? 'C031' : 'C041';
      if (!rose('reset')) return code;
      return settings['noExternalTest'] === true ? '8802' : '8002';
    case 'C031':
      return is('reset') ? code : 'C010';
    case 'C041':
      return is('reset') ? code : 'C020';
    default:
      throw new Error(code);
  }
}

const FREE = ['8010', '8000', '8030'];

export const TESTABLE_SAFETY_SENSOR: BlockOracle = {
  type: 'SF_TestableSafetySensor',
  inputs: ['ossdIn', 'startTest', 'reset'],
  edges: ['startTest', 'reset'],
  settings: [
    { testTimeMs: 3 },
    { testTimeMs: 3, noExternalTest: true },
    { testTimeMs: 3, autoReset: true },
    { testTimeMs: 3, noExternalTest: true, autoReset: true },
    { testTimeMs: 150 },
    { testTimeMs: 151 },
    { testTimeMs: 0 },
  ],
  limitsMs: (settings) => (settings['testTimeMs'] === 3 ? [3] : []),
  next,
  running: (code) => code === '8020' || code === '8030',
  toV2: {},
  outputs: {
    ossdOut: [...FREE, '8020'],
    testOut: [...FREE, '8401', '8802', '8402', '8002', '8804', '8404'],
    testPossible: ['8010', '8000'],
    testExecuted: ['8000'],
  },
};
