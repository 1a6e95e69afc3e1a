// SF_OutControl, codes of V2.01, from the description of its states. Stricter where that is silent: a lost safety signal is
// seen in every state behind the start inhibit, and edges that came together are over when both inputs are FALSE again.
import { type BlockOracle, type Facts, isHeld, noLimits } from './oracle.ts';

function next(code: string, facts: Facts): string {
  const { is, rose, settings } = facts;
  const rises = rose('reset');
  const risesWithProcess = rises && rose('processControl');
  if (!(['0000', '8401', 'C001', 'C020'].includes(code) || is('safeControl'))) return '8802';
  switch (code) {
    case '0000':
      return '8401';
    case '8401':
      if (risesWithProcess) return 'C020';
      if (isHeld(facts)) return 'C001';
      if (!rises) return code;
      return is('safeControl') ? '8006' : '8802';
    case 'C001':
      return is('reset') ? code : '8401';
    case 'C020':
      return is('reset') || is('processControl') ? code : '8401';
    case '8802':
      return settings['autoReset'] === true ? '8006' : '8404';
    case '8404':
      if (risesWithProcess) return 'C030';
      if (isHeld(facts)) return 'C011';
      return rises ? '8006' : code;
    case 'C011':
      return is('reset') ? code : '8404';
    case 'C030':
      return is('reset') || is('processControl') ? code : '8404';
    case '8006':
      if (!is('processControl')) return code;
      return settings['staticControl'] === true || rose('processControl') ? '8000' : 'C010';
    case 'C010':
      return is('processControl') ? code : '8006';
    case '8000':
      return is('processControl') ? code : '8006';
    default:
      throw new Error(code);
  }
}

export const OUT_CONTROL: BlockOracle = {
  type: 'SF_OutControl',
  inputs: ['safeControl', 'processControl', 'reset'],
  edges: ['processControl', 'reset'],
  settings: [{}, { staticControl: true }, { autoReset: true }, { staticControl: true, autoReset: true }],
  limitsMs: noLimits,
  next,
  toV2: {},
  outputs: { outControl: ['8000'] },
};
