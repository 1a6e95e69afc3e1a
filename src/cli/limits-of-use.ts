// What must be said whenever a cell is started.
import type { Locale } from '../config/problem.ts';

export const LIMITS_OF_USE: Readonly<Record<Locale, string>> = {
  en: 'Celda is not a safety component: it has no PL or SIL. A certified, hard-wired emergency stop is required.',
  es: 'Celda no es un componente de seguridad: no tiene PL ni SIL. Se requiere un paro de emergencia certificado y cableado.',
};
