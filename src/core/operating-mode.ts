// Operating modes of the cell by ISO 10218-1:2011, 5.7, how they are selected, and what they are to the unit (PackML).
import type { UnitMode } from './packml.ts';

/** In the order in which a selector usually has them. */
export const OPERATING_MODES = ['automatic', 'manualReducedSpeed', 'maintenance'] as const;

/**
 * `automatic`: job orders run. `manualReducedSpeed`: a person at the cell jogs joints, slowly and with an enabling device.
 * `maintenance`: the same, and what is bypassed may be bypassed.
 */
export type OperatingMode = (typeof OPERATING_MODES)[number];

/** The modes of a cell by the outputs that select them: references to a mode selector. */
export type ModeSelection = { readonly automatic: string } & Readonly<
  Partial<Record<Exclude<OperatingMode, 'automatic'>, string>>
>;

/** How a cell is switched between its modes. */
export interface ModesModel {
  readonly selection: ModeSelection;
  /** No point of the tool moves faster than this outside `automatic`, mm/s, > 0, at most 250 (ISO 10218-1:2011, 5.6.2). */
  readonly toolSpeedMaxMmPerS: number;
}

/** The highest `toolSpeedMaxMmPerS`, and its default, mm/s. */
export const REDUCED_SPEED_MAX_MM_PER_S = 250;

/** The mode of the unit in each operating mode. */
export const UNIT_MODE_OF: Readonly<Record<OperatingMode, UnitMode>> = {
  automatic: 'Production',
  manualReducedSpeed: 'Manual',
  maintenance: 'Maintenance',
};

/**
 * @param isOn whether an output is TRUE
 * @returns the mode that is selected; undefined while none is, or more than one. A cell without modes is always automatic.
 */
export function selectedMode(
  modes: ModesModel | undefined,
  isOn: (reference: string) => boolean,
): OperatingMode | undefined {
  if (modes === undefined) return 'automatic';
  const selected = OPERATING_MODES.filter((mode) => {
    const reference = modes.selection[mode];
    return reference !== undefined && isOn(reference);
  });
  return selected.length === 1 ? selected[0] : undefined;
}
