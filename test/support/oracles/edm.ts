// SF_EDM, codes of V2.01, from the description of its states. Feedback TRUE: the contactor has dropped. Stricter where that is
// silent: it goes on by a rising edge of the control alone, and an error is reset only with both contactors dropped.
import { type BlockOracle, type Facts, isHeld } from './oracle.ts';

function firstSecondBoth(first: boolean, second: boolean, codes: readonly [string, string, string]): string {
  if (first && second) return codes[2];
  return first ? codes[0] : codes[1];
}

function next(code: string, facts: Facts): string {
  const { is, rose, ms, settings } = facts;
  const [one, two] = [is('edm1'), is('edm2')];
  const haveDropped = one && two;
  const isOver = ms >= Number(settings['monitoringTimeMs']);
  switch (code) {
    case '0000':
      return '8401';
    case '8401':
      if (rose('reset') && rose('outControl')) return 'C100';
      if (isHeld(facts)) return 'C001';
      return rose('reset') ? '8810' : code;
    case 'C001':
      return is('reset') ? code : '8401';
    case 'C100':
      return is('reset') || is('outControl') ? code : '8401';
    case '8810':
      if (rose('outControl')) {
        if (rose('reset')) return 'C100';
        return haveDropped ? '8000' : firstSecondBoth(!one, !two, ['C010', 'C020', 'C030']);
      }
      return isOver && !haveDropped ? firstSecondBoth(!one, !two, ['C040', 'C050', 'C060']) : code;
    case '8000':
      if (!is('outControl')) return '8810';
      return isOver && (one || two) ? firstSecondBoth(one, two, ['C070', 'C080', 'C090']) : code;
    default:
      return nextOfError(code, haveDropped, facts);
  }
}

/** Every error has a state of its own for a reset that is held in it: C010 has C011. */
function nextOfError(code: string, haveDropped: boolean, facts: Facts): string {
  if (code.endsWith('1')) return facts.is('reset') ? code : `${code.slice(0, 3)}0`;
  if (isHeld(facts)) return `${code.slice(0, 3)}1`;
  return facts.rose('reset') && haveDropped ? '8810' : code;
}

export const EDM: BlockOracle = {
  type: 'SF_EDM',
  inputs: ['outControl', 'edm1', 'edm2', 'reset'],
  edges: ['outControl', 'reset'],
  settings: [{ monitoringTimeMs: 3 }],
  limitsMs: () => [3],
  next,
  toV2: {},
  outputs: { edmOut: ['8000'] },
};
