// What to do about a port that did not open, by the reason that its fault gives. Pure.
import type { Locale } from '../config/problem.ts';
import type { Fault } from '../core/faults.ts';
import type { Localized } from './doctor/finding.ts';

const REMEDIES: Readonly<Record<string, Localized>> = {
  'not found': {
    en: 'connect the board, or correct the path of the port',
    es: 'conecte la tarjeta o corrija la ruta del puerto',
  },
  permission: {
    en: 'add the user to the group dialout and log in again',
    es: 'agregue el usuario al grupo dialout y entre de nuevo',
  },
  'in use': { en: 'close the other program that holds the port', es: 'cierre el otro programa que usa el puerto' },
  'not a serial port': { en: 'name a serial port', es: 'indique un puerto serial' },
  'does not open': {
    en: 'unplug the board and plug it in again; if that does not help, restart the machine',
    es: 'desconecte la tarjeta y vuelva a conectarla; si no basta, reinicie el equipo',
  },
  'another board of the cell is there': {
    en: 'connect the board; it is found by its uid on any port',
    es: 'conecte la tarjeta; se reconoce por su uid en cualquier puerto',
  },
};

/** @returns undefined for a fault that says nothing of its own case */
export function portRemedy({ code, detail }: Fault, locale: Locale): string | undefined {
  if (code !== 1006) return undefined;
  const reason = String(detail['reason'] ?? '');
  if (Object.hasOwn(REMEDIES, reason)) return REMEDIES[reason]?.[locale];
  return locale === 'en' && detail['remedy'] !== undefined ? String(detail['remedy']) : undefined;
}
