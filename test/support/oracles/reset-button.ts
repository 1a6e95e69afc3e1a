// SF_ResetButton: the falling edge of a deliberate press is the reset. Codes of V2.01. Stricter: a button that cannot be read
// is neither released nor free, so it gives no reset, ends no error, and is an error at activation.
import type { BlockOracle, Facts } from './oracle.ts';

const SHORTEST_MS = 100;

function next(code: string, { is, isUnread, rose, ms, settings }: Facts): string {
  const shortest = Number(settings['trailingMinimumMs']);
  const longest = Number(settings['trailingMaximumMs']);
  const isReleased = !(is('reset') || isUnread('reset'));
  switch (code) {
    case '0000':
      if (shortest > longest || shortest < SHORTEST_MS) return 'C000';
      return isReleased ? '83E2' : 'C001';
    case '83E2':
      return rose('reset') ? '83F2' : code;
    case '83F2':
      if (isUnread('reset')) return '83E2';
      if (ms > longest) return 'C3E0';
      if (!isReleased) return code;
      return ms < shortest ? 'C3F0' : '8000';
    case '8000':
      return '83E2';
    case 'C001':
    case 'C3E0':
    case 'C3F0':
      return isReleased ? '83E2' : code;
    default:
      return code;
  }
}

export const RESET_BUTTON: BlockOracle = {
  type: 'SF_ResetButton',
  inputs: ['reset'],
  edges: ['reset'],
  settings: [
    { trailingMinimumMs: 100, trailingMaximumMs: 103 },
    { trailingMinimumMs: 100, trailingMaximumMs: 100 },
    { trailingMinimumMs: 99, trailingMaximumMs: 103 },
    { trailingMinimumMs: 103, trailingMaximumMs: 102 },
  ],
  limitsMs: (settings) => [Number(settings['trailingMinimumMs']), Number(settings['trailingMaximumMs'])],
  next,
  toV2: {},
  outputs: { resetOut: ['8000'] },
};
