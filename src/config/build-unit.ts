// From the checked section `unit` to the profile that the unit runs by.
import { OPERATING_MODES, UNIT_MODE_OF } from '../core/operating-mode.ts';
import { DEFAULT_PROFILE, maskOf, type PackmlEdition, type PackmlProfile, profileOf } from '../core/packml-profile.ts';
import type { PackmlSource, UnitSource } from './schema-unit.ts';

export function editionOf({ edition }: PackmlSource): PackmlEdition {
  return edition === 2022 ? '2022' : '2015';
}

/** @returns what the unit does; the default for a cell without the section */
export function buildPackml(unit: UnitSource | undefined): PackmlProfile {
  const packml = unit?.packml;
  if (packml === undefined) return DEFAULT_PROFILE;
  const standard = profileOf(editionOf(packml));
  const { holdFrom, completeFrom, disabledStates, startWarningMs } = packml;
  const modes = { ...standard.modes };
  for (const mode of OPERATING_MODES) {
    const unitMode = UNIT_MODE_OF[mode];
    modes[unitMode] = { ...modes[unitMode], disabled: maskOf(...(disabledStates?.[mode] ?? [])) };
  }
  return {
    ...standard,
    holdFrom: holdFrom === undefined ? standard.holdFrom : maskOf(...holdFrom),
    completeFrom: completeFrom === undefined ? standard.completeFrom : maskOf(...completeFrom),
    modes,
    startWarningMs,
  };
}
