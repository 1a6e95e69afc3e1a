// SF_EmergencyStop, SF_ESPE and SF_PSE: one machine with three names. V1.0 codes, from a published model-checking encoding.
// Stricter than it: a demand is seen before a held reset, and also in the states of a held reset, which the encoding leaves
// only when the reset falls.
import { type BlockOracle, type Facts, noLimits, type Settings } from './oracle.ts';

function next(code: string, { is, rose, settings }: Facts): string {
  const isFree = is('input');
  const isHeld = is('reset') && !rose('reset');
  switch (code) {
    case '0000':
      return '8001';
    case '8001':
      if (settings['startReset'] !== true) return '8002';
      return isFree ? '8000' : '8004';
    case '8002':
      return isFree ? '8003' : code;
    case '8003':
      if (!isFree) return '8002';
      if (isHeld) return 'C001';
      return rose('reset') ? '8000' : code;
    case 'C001':
      if (!isFree) return '8002';
      return is('reset') ? code : '8003';
    case '8000':
      return isFree ? code : '8004';
    case '8004':
      if (!isFree) return code;
      return settings['autoReset'] === true ? '8000' : '8005';
    case '8005':
      if (!isFree) return '8004';
      if (isHeld) return 'C002';
      return rose('reset') ? '8000' : code;
    case 'C002':
      if (!isFree) return '8004';
      return is('reset') ? code : '8005';
    default:
      throw new Error(code);
  }
}

const TO_V2 = { '8002': '8802', '8003': '8402', '8004': '8804', '8005': '8404', C002: 'C011' };

function interlock(type: string, output: string, settings: readonly Settings[]): BlockOracle {
  return {
    type,
    inputs: ['input', 'reset'],
    edges: ['reset'],
    settings,
    limitsMs: noLimits,
    next,
    toV2: TO_V2,
    outputs: { [output]: ['8000'] },
  };
}

export const EMERGENCY_STOP = interlock('SF_EmergencyStop', 'eStopOut', [{}]);
export const ESPE = interlock('SF_ESPE', 'espeOut', [{}, { autoReset: true }]);
export const PSE = interlock('SF_PSE', 'pseOut', [{}, { autoReset: true }]);
