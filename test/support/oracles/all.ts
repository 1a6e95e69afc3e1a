// The oracles of all block types.
import { EDM } from './edm.ts';
import { EMERGENCY_STOP, ESPE, PSE } from './emergency-stop.ts';
import { ENABLE_SWITCH } from './enable-switch.ts';
import { GUARD } from './guard.ts';
import { GUARD_LOCKING } from './guard-locking.ts';
import { MODE_SELECTOR } from './mode-selector.ts';
import { MUTING_PAR, MUTING_PAR_2_SENSOR } from './muting-par.ts';
import { MUTING_SEQ } from './muting-seq.ts';
import type { BlockOracle } from './oracle.ts';
import { OUT_CONTROL } from './out-control.ts';
import { OVERRIDE } from './override.ts';
import { RESET_BUTTON } from './reset-button.ts';
import { SAFETY_REQUEST } from './safety-request.ts';
import { TESTABLE_SAFETY_SENSOR } from './testable-safety-sensor.ts';
import { ANTIVALENT, EQUIVALENT } from './two-channels.ts';
import { TWO_HAND_TYPE_II, TWO_HAND_TYPE_III } from './two-hand-control.ts';

export const ORACLES: readonly BlockOracle[] = [
  EQUIVALENT,
  ANTIVALENT,
  EMERGENCY_STOP,
  ESPE,
  PSE,
  GUARD,
  GUARD_LOCKING,
  TWO_HAND_TYPE_II,
  TWO_HAND_TYPE_III,
  ENABLE_SWITCH,
  MODE_SELECTOR,
  MUTING_SEQ,
  MUTING_PAR,
  MUTING_PAR_2_SENSOR,
  EDM,
  OUT_CONTROL,
  SAFETY_REQUEST,
  TESTABLE_SAFETY_SENSOR,
  RESET_BUTTON,
  OVERRIDE,
];
