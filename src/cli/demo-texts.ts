// What the demo says, in both languages. Names of states, commands and work masters are the same in each.
import type { Locale } from '../config/problem.ts';

const EN = {
  pressesReset: 'the operator at the simulated cell presses the reset button (celda set reset push)',
  submits: (order: string, workMaster: string, address: string) =>
    `the MES submits job order ${order} (${workMaster}) through ${address}`,
  interrupted: (why: string) => `the job order is interrupted: ${why}`,
  ordersNothing: 'the demo orders nothing while a job order is interrupted',
  noReason: 'no reason was given',
  lookFirst: (order: string) =>
    `look at the cell, reset, and let it go on (celda job resume ${order}), or abort it (celda job abort ${order})`,
  homeAgain: 'an axis has to be homed again: the operator aborts the job order (celda job abort)',
  homeLost: 'an axis lost its home position',
  resumes: 'the operator looks at the cell, presses reset, and resumes the job order (celda job resume)',
  resetAgain: 'the cell was stopped before the job order began: the operator presses reset again',
  parts: 'parts',
  perPart: (seconds: string) => `${seconds} s per part`,
  link: 'link',
  keepsRunning: 'the cell keeps running. In another terminal:',
  pressStop: 'press the emergency stop',
  releaseStop: 'release it: the cell stays stopped',
  reset: 'reset at the cell',
  plant: 'see where everything is',
  end: 'Ctrl-C stops the cell in a controlled way',
};

const ES: typeof EN = {
  pressesReset: 'el operador presiona el botón de rearme en la celda simulada (celda set reset push)',
  submits: (order, workMaster, address) => `el MES envía la orden ${order} (${workMaster}) por ${address}`,
  interrupted: (why) => `la orden está interrumpida: ${why}`,
  ordersNothing: 'la demo no pide nada mientras haya una orden interrumpida',
  noReason: 'sin motivo indicado',
  lookFirst: (order) =>
    `mire la celda, rearme y deje que siga (celda job resume ${order}), o abandónela (celda job abort ${order})`,
  homeAgain: 'hay que referenciar un eje otra vez: el operador abandona la orden (celda job abort)',
  homeLost: 'un eje perdió su referencia',
  resumes: 'el operador mira la celda, presiona el rearme y reanuda la orden (celda job resume)',
  resetAgain: 'la celda se detuvo antes de que empezara la orden: el operador presiona el rearme otra vez',
  parts: 'piezas',
  perPart: (seconds) => `${seconds} s por pieza`,
  link: 'enlace',
  keepsRunning: 'la celda sigue en marcha. En otra terminal:',
  pressStop: 'presionar el paro de emergencia',
  releaseStop: 'soltarlo: la celda sigue detenida',
  reset: 'rearmar en la celda',
  plant: 'ver dónde está todo',
  end: 'Ctrl-C detiene la celda de forma controlada',
};

/** By language of the operator. */
export const DEMO_TEXTS: Readonly<Record<Locale, typeof EN>> = { en: EN, es: ES };
