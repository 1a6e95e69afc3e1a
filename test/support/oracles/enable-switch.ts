// SF_EnableSwitch, V1.0 codes, from a published model-checking encoding. Stricter: the position is watched in the states of a
// held reset too.
import { type BlockOracle, type Facts, isHeld, noLimits } from './oracle.ts';

/** 1 released, 2 enabled, 3 panic. */
function position(one: boolean, two: boolean): 1 | 2 | 3 {
  if (!one && two) return 1;
  return one && two ? 2 : 3;
}

function next(code: string, facts: Facts): string {
  const { is, rose, settings } = facts;
  if (code === '0000' || !is('safetyActive')) return '8004';
  const at = position(is('channel1'), is('channel2'));
  const resets = rose('reset') || settings['autoReset'] === true;
  switch (code) {
    case '8004':
      return '8005';
    case '8005':
      return at === 1 ? '8006' : 'C010';
    case '8006':
    case '8000':
      return { 1: '8006', 2: '8000', 3: '8007' }[at];
    case '8007':
      return { 1: '8006', 2: 'C030', 3: '8007' }[at];
    case 'C010':
      return at === 1 ? 'C020' : code;
    case 'C020':
      if (at !== 1) return 'C010';
      if (isHeld(facts)) return 'C001';
      return resets ? '8006' : code;
    case 'C001':
      if (at !== 1) return 'C010';
      return is('reset') ? code : 'C020';
    case 'C030':
      return at === 2 ? code : 'C040';
    case 'C040':
      if (at === 2) return 'C030';
      if (isHeld(facts)) return 'C002';
      return resets ? '8007' : code;
    case 'C002':
      if (at === 2) return 'C030';
      return is('reset') ? code : 'C040';
    default:
      throw new Error(code);
  }
}

export const ENABLE_SWITCH: BlockOracle = {
  type: 'SF_EnableSwitch',
  inputs: ['safetyActive', 'channel1', 'channel2', 'reset'],
  edges: ['reset'],
  settings: [{}, { autoReset: true }],
  limitsMs: noLimits,
  next,
  toV2: { '8004': '8002', '8005': '8004', '8006': '8802', '8007': '8804', C002: 'C011' },
  outputs: { enableSwitchOut: ['8000'] },
};
