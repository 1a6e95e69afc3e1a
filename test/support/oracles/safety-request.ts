// SF_SafetyRequest, V1.0 codes, from a published model-checking encoding. Stricter: the start inhibit of V2.01 is left by a
// reset only, without the operating mode it asks for the safe mode at once, and both errors wait for the operating mode.
import { type BlockOracle, type Facts, isHeld } from './oracle.ts';

function next(code: string, facts: Facts): string {
  const { is, rose, ms, settings } = facts;
  const normal = is('acknowledge') ? '8012' : '8002';
  switch (code) {
    case '0000':
      return '8001';
    case '8001':
      if (isHeld(facts)) return 'C001';
      if (!rose('reset')) return code;
      return is('opMode') ? normal : '8003';
    case 'C001':
      return is('reset') ? code : '8001';
    case '8002':
    case '8012':
      return is('opMode') ? normal : '8003';
    case '8003':
      if (is('acknowledge')) return '8000';
      return ms >= Number(settings['monitoringTimeMs']) ? 'C003' : code;
    case '8000':
      if (!is('acknowledge')) return 'C002';
      return is('opMode') ? '8012' : code;
    case 'C002':
      if (isHeld(facts)) return 'C004';
      return rose('reset') ? '8005' : code;
    case 'C003':
      if (isHeld(facts)) return 'C005';
      return rose('reset') ? '8005' : code;
    case 'C004':
      return is('reset') ? code : 'C002';
    case 'C005':
      return is('reset') ? code : 'C003';
    case '8005':
      return is('opMode') ? normal : code;
    default:
      throw new Error(code);
  }
}

export const SAFETY_REQUEST: BlockOracle = {
  type: 'SF_SafetyRequest',
  inputs: ['opMode', 'acknowledge', 'reset'],
  edges: ['reset'],
  settings: [{ monitoringTimeMs: 3 }],
  limitsMs: () => [3],
  next,
  toV2: {
    '8001': '8401',
    '8002': '8802',
    '8012': '8804',
    '8003': '8002',
    '8005': '8004',
    C002: 'C010',
    C003: 'C020',
    C004: 'C011',
    C005: 'C014',
  },
  outputs: { safetyActive: ['8000'], safetyRequest: ['8002', '8012'] },
};
