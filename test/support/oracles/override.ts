// SF_Override. The published text that was at hand says no more than "time-limited override of a muting with hold-to-run", so
// its states are this project's own. The oracle asks for that and the rules of all blocks: nothing but a fresh press of the
// hold button while the function is demanded overrides it, for as long as it is held, and no longer than the limit.
import { type BlockOracle, type Facts, isHeld } from './oracle.ts';

function next(code: string, facts: Facts): string {
  const { is, rose, ms, settings } = facts;
  const isFree = is('safetyIn');
  switch (code) {
    case '0000':
      return '8401';
    case '8401':
      if (isHeld(facts)) return 'C001';
      if (!rose('reset')) return code;
      return isFree ? '8000' : '8802';
    case 'C001':
      return is('reset') ? code : '8401';
    case '8000':
      return isFree ? code : '8802';
    case '8402':
      if (!isFree) return '8802';
      if (isHeld(facts)) return 'C011';
      return rose('reset') ? '8000' : code;
    case 'C011':
      if (!isFree) return '8802';
      return is('reset') ? code : '8402';
    case '8802':
      if (isFree) return '8402';
      if (isHeld(facts, 'hold')) return 'C020';
      return rose('hold') && is('overrideEnable') ? '8010' : code;
    case '8010':
      if (!(is('hold') && is('overrideEnable'))) return '8802';
      if (ms >= Number(settings['maxOverrideTimeMs'])) return 'C010';
      return isFree ? '8402' : code;
    case 'C010':
      if (isHeld(facts)) return 'C021';
      return rose('reset') && !is('hold') ? '8802' : code;
    case 'C021':
      return is('reset') ? code : 'C010';
    case 'C020':
      return is('hold') ? code : '8802';
    default:
      throw new Error(code);
  }
}

export const OVERRIDE: BlockOracle = {
  type: 'SF_Override',
  inputs: ['safetyIn', 'overrideEnable', 'hold', 'reset'],
  edges: ['hold', 'reset'],
  // A press of the hold button is what overrides; it enables nothing beyond itself.
  rearms: ['hold', 'reset'],
  settings: [{ maxOverrideTimeMs: 3 }],
  limitsMs: () => [3],
  next,
  toV2: {},
  outputs: { safetyOut: ['8000', '8010'], overrideActive: ['8010'] },
};
