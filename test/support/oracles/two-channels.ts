// SF_Antivalent, V1.0 codes, from a published model-checking encoding, and SF_Equivalent, which is the same with the second
// channel inverted. Not in the encoding: the call that sees the second channel inactive, be it the one that saw the first,
// has seen the fully inactive state that must be passed. The encoding asks for a call more.
import type { BlockOracle, Facts } from './oracle.ts';

function next(a: boolean, b: boolean, code: string, { ms, settings }: Facts): string {
  const isOver = ms >= Number(settings['discrepancyTimeMs']);
  const areBothOff = !(a || b);
  switch (code) {
    case '0000':
      return '8001';
    case '8001':
      if (a && b) return '8000';
      if (a) return '8004';
      return b ? '8014' : code;
    case '8004':
      if (isOver) return 'C001';
      if (!a) return '8001';
      return b ? '8000' : code;
    case '8014':
      if (isOver) return 'C002';
      if (!b) return '8001';
      return a ? '8000' : code;
    case '8000':
      if (areBothOff) return '8001';
      return a && b ? code : '8005';
    case '8005':
      if (isOver) return 'C003';
      return areBothOff ? '8001' : code;
    case 'C001':
    case 'C002':
    case 'C003':
      return areBothOff ? '8001' : code;
    default:
      throw new Error(code);
  }
}

const COMMON = {
  edges: [],
  settings: [{ discrepancyTimeMs: 3 }],
  limitsMs: () => [3],
  toV2: {
    '8001': '8801',
    '8004': '8802',
    '8014': '8804',
    '8005': '8806',
    C001: 'C010',
    C002: 'C020',
    C003: 'C030',
  },
};

export const EQUIVALENT: BlockOracle = {
  ...COMMON,
  type: 'SF_Equivalent',
  inputs: ['channelA', 'channelB'],
  outputs: { equivalentOut: ['8000'] },
  next: (code, facts) => next(facts.is('channelA'), facts.is('channelB'), code, facts),
};

export const ANTIVALENT: BlockOracle = {
  ...COMMON,
  type: 'SF_Antivalent',
  inputs: ['channelNC', 'channelNO'],
  outputs: { antivalentOut: ['8000'] },
  next: (code, facts) => next(facts.is('channelNC'), !facts.is('channelNO'), code, facts),
};
