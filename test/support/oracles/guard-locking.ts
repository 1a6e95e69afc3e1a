// SF_GuardLocking, codes of V2.01, from the description of its states and a published model-checking encoding of V1.0.
// Stricter: the guard is unlocked only while unlocking is asked for and safe, also while it stands open; whatever is lost
// without that is an error; a guard that was lost while a reset was waited for must be closed and locked again first.
import { type BlockOracle, type Facts, isHeld, noLimits } from './oracle.ts';

function next(code: string, facts: Facts): string {
  const { is, rose, settings } = facts;
  const isGuard = is('guard');
  const isLocked = isGuard && is('guardLock');
  const isSafe = is('safetyActive');
  const isAsked = isSafe && is('unlockRequest');
  const unlocked = (): string => {
    if (!isGuard) return '8822';
    return is('guardLock') ? '8010' : '8832';
  };
  switch (code) {
    case '0000':
      return '8801';
    case '8801':
      if (isAsked) return unlocked();
      return isLocked ? '8401' : code;
    case '8401':
      if (!isLocked) return '8801';
      if (isAsked) return unlocked();
      if (isHeld(facts)) return 'C001';
      return rose('reset') ? '8000' : code;
    case 'C001':
      if (!isLocked) return '8801';
      return is('reset') ? code : '8401';
    case '8000':
      if (!isLocked) return 'C010';
      return isAsked ? unlocked() : code;
    case '8822':
    case '8832':
      if (!isSafe) return 'C020';
      if (!isAsked) return '8812';
      return isGuard ? '8832' : '8822';
    case '8010':
      if (!isSafe) return 'C020';
      return isAsked ? unlocked() : '8812';
    case '8812':
      if (isAsked) return unlocked();
      if (isLocked) return '8430';
      return isSafe ? code : 'C040';
    case '8430':
      if (!isLocked) return '8812';
      if (isAsked) return unlocked();
      if (isHeld(facts)) return 'C031';
      return rose('reset') || settings['autoReset'] === true ? '8000' : code;
    case 'C031':
      if (!isLocked) return '8812';
      return is('reset') ? code : '8430';
    case 'C010':
    case 'C020':
    case 'C040':
      return isSafe ? `C4${code.slice(2)}` : code;
    case 'C410':
    case 'C420':
    case 'C440':
      if (!isSafe) return `C0${code.slice(2)}`;
      if (isHeld(facts)) return `C0${code[2] ?? ''}1`;
      return rose('reset') ? '8430' : code;
    case 'C011':
    case 'C021':
    case 'C041':
      if (!isSafe) return `C0${code[2] ?? ''}0`;
      return is('reset') ? code : `C4${code[2] ?? ''}0`;
    default:
      throw new Error(code);
  }
}

export const GUARD_LOCKING: BlockOracle = {
  type: 'SF_GuardLocking',
  inputs: ['guard', 'safetyActive', 'guardLock', 'unlockRequest', 'reset'],
  edges: ['reset'],
  settings: [{}, { autoReset: true }],
  limitsMs: noLimits,
  next,
  toV2: {},
  outputs: { guardLocked: ['8000'], unlockGuard: ['8010', '8822', '8832'] },
};
