// The oracles of all block types.
import type { SafetyBlockType } from '../../../src/core/safety-blocks.ts';
import { EMERGENCY_STOP, ESPE, PSE } from './emergency-stop.ts';
import { GUARD } from './guard.ts';
import type { BlockOracle } from './oracle.ts';
import { ANTIVALENT, EQUIVALENT } from './two-channels.ts';
import { TWO_HAND_TYPE_II, TWO_HAND_TYPE_III } from './two-hand-control.ts';

export const ORACLES = {
  SF_Equivalent: EQUIVALENT,
  SF_Antivalent: ANTIVALENT,
  SF_EmergencyStop: EMERGENCY_STOP,
  SF_ESPE: ESPE,
  SF_PSE: PSE,
  SF_Guard: GUARD,
  SF_TwoHandControlTypeII: TWO_HAND_TYPE_II,
  SF_TwoHandControlTypeIII: TWO_HAND_TYPE_III,
} as const satisfies Readonly<Partial<Record<SafetyBlockType, BlockOracle>>>;
