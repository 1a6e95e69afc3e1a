// SF_TwoHandControlTypeII and III, from the description of their states: both pressed enables, both must be released before
// the next time, a button that is pressed at activation is an error until both are released. Type III asks for both within
// 500 ms. Where the description is silent the stricter was taken: every locked state is left only when both are released.
import { type BlockOracle, type Facts, noLimits } from './oracle.ts';

const WITHIN_MS = 500;

function next(isTimed: boolean, code: string, { is, ms }: Facts): string {
  const [one, two] = [is('button1'), is('button2')];
  const both = one && two;
  if (!(one || two) && code !== '0000') return 'none';
  const isOver = isTimed && ms > WITHIN_MS;
  switch (code) {
    case '0000':
      return 'init';
    case 'init':
      if (both) return 'pressed at activation: both';
      return one ? 'pressed at activation: 1' : 'pressed at activation: 2';
    case 'none':
      if (both) return 'enabled';
      return one ? 'only 1' : 'only 2';
    case 'only 1':
      if (isOver) return 'too late: 1';
      if (both) return 'enabled';
      return one ? code : 'changed hands';
    case 'only 2':
      if (isOver) return 'too late: 2';
      if (both) return 'enabled';
      return two ? code : 'changed hands';
    case 'enabled':
      if (both) return code;
      return one ? '2 released' : '1 released';
    case '1 released':
      return one ? 'pressed again' : code;
    case '2 released':
      return two ? 'pressed again' : code;
    default:
      return code;
  }
}

const TO_V2 = {
  init: '8001',
  none: '8802',
  'only 1': '8804',
  'only 2': '8806',
  enabled: '8000',
  '1 released': '880A',
  '2 released': '8808',
  'pressed again': '880C',
  'changed hands': '880E',
  'pressed at activation: 1': 'C010',
  'pressed at activation: 2': 'C020',
  'pressed at activation: both': 'C030',
  'too late: 1': 'C040',
  'too late: 2': 'C050',
};

function twoHand(type: string, isTimed: boolean): BlockOracle {
  return {
    type,
    inputs: ['button1', 'button2'],
    edges: [],
    settings: [{}],
    limitsMs: isTimed ? () => [WITHIN_MS] : noLimits,
    next: (code, facts) => next(isTimed, code, facts),
    toV2: TO_V2,
    outputs: { twoHandOut: ['enabled'] },
  };
}

export const TWO_HAND_TYPE_II = twoHand('SF_TwoHandControlTypeII', false);
export const TWO_HAND_TYPE_III = twoHand('SF_TwoHandControlTypeIII', true);
