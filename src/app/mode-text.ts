// Modes of the unit as people at the cell call them.
import type { Locale } from '../config/problem.ts';
import { type OperatingMode, UNIT_MODE_OF } from '../core/operating-mode.ts';

const MODES: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  Production: { en: 'automatic', es: 'automático' },
  Manual: { en: 'manual reduced speed', es: 'manual a velocidad reducida' },
  Maintenance: { en: 'maintenance', es: 'mantenimiento' },
};

/** @param mode of PackML, as the cell interface gives it */
export function modeText(mode: string, locale: Locale): string {
  return MODES[mode]?.[locale] ?? mode;
}

export function operatingModeText(mode: OperatingMode, locale: Locale): string {
  return modeText(UNIT_MODE_OF[mode], locale);
}
