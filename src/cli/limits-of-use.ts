// What must be said whenever a cell is started.

export const LIMITS_OF_USE =
  'Celda is not a safety component: it has no PL or SIL. A certified, hard-wired emergency stop is required.';
