// What the supervisor says of the processes that it keeps, in both languages. `control` and `gateway` are names of processes.
import type { Locale } from '../config/problem.ts';
import type { Exit } from './kept-process.ts';

/** Lines about processes. Times in ms. */
export interface SupervisorTexts {
  exit(exit: Exit): string;
  notReady(name: string, afterMs: number): string;
  notEnded(name: string, graceMs: number): string;
  silent(name: string, silenceMs: number): string;
  staysDown(name: string, cause: string, crashes: { readonly count: number; readonly minutes: number }): string;
  restarts(name: string, cause: string, afterMs: number): string;
  readonly killedOnRequest: string;
  readonly comesBackStopped: string;
  readonly cellStaysStopped: string;
}

const EN: SupervisorTexts = {
  exit: ({ code, signal }) => (signal === null ? `ended with exit code ${code ?? '?'}` : `ended by ${signal}`),
  notReady: (name, afterMs) => `${name}: not ready after ${afterMs} ms; it is killed`,
  notEnded: (name, graceMs) =>
    `${name}: did not end within ${graceMs} ms; it is killed, boards go safe by their leases`,
  silent: (name, silenceMs) => `${name}: no sign of life for ${silenceMs} ms; it is killed`,
  staysDown: (name, cause, { count, minutes }) =>
    `${name}: ${cause}; ${count} crashes in ${minutes} minutes: it stays down`,
  restarts: (name, cause, afterMs) => `${name}: ${cause}; it is started again in ${afterMs} ms`,
  killedOnRequest: 'asked again to stop: the processes are killed, boards go safe by their leases',
  comesBackStopped: 'the boards go safe by their leases; the cell comes back stopped and waits for a reset at the cell',
  cellStaysStopped:
    'the cell stays stopped and refuses job orders. Find the cause above, then stop (Ctrl-C) and start again',
};

const ES: SupervisorTexts = {
  exit: ({ code, signal }) =>
    signal === null ? `terminó con el código de salida ${code ?? '?'}` : `terminado por ${signal}`,
  notReady: (name, afterMs) => `${name}: no está listo tras ${afterMs} ms; se termina por la fuerza`,
  notEnded: (name, graceMs) =>
    `${name}: no terminó en ${graceMs} ms; se termina por la fuerza, las tarjetas pasan a seguro por sus plazos`,
  silent: (name, silenceMs) => `${name}: sin señales de vida durante ${silenceMs} ms; se termina por la fuerza`,
  staysDown: (name, cause, { count, minutes }) =>
    `${name}: ${cause}; ${count} caídas en ${minutes} minutos: no se arranca más`,
  restarts: (name, cause, afterMs) => `${name}: ${cause}; se arranca otra vez en ${afterMs} ms`,
  killedOnRequest:
    'se pidió otra vez la parada: los procesos se terminan por la fuerza, las tarjetas pasan a seguro por sus plazos',
  comesBackStopped:
    'las tarjetas pasan a seguro por sus plazos; la celda vuelve detenida y espera un rearme en la celda',
  cellStaysStopped:
    'la celda sigue detenida y rechaza órdenes. Busque la causa más arriba, deténgala (Ctrl-C) y arránquela de nuevo',
};

/** @param locale language of the operator */
export function supervisorTexts(locale: Locale): SupervisorTexts {
  return locale === 'es' ? ES : EN;
}
