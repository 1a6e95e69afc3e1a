// States of work masters as people read them.
import type { Locale } from '../config/problem.ts';

const STATES_ES: Readonly<Record<string, string>> = {
  active: 'activo',
  retired: 'retirado',
  draft: 'borrador',
  approved: 'aprobado',
  changed: 'cambiado',
};

/** @param state of a `WorkMasterView` */
export function workMasterStateText(state: string, locale: Locale): string {
  return locale === 'en' ? state : (STATES_ES[state] ?? state);
}
