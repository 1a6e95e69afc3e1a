// Programs of a cell, and defects: 7001 to 9001.
import type { FaultEntry } from './fault-entry.ts';

export const PROGRAMS_FAULTS = {
  7001: {
    reason: 'PROGRAM_FAILED',
    title: 'a cell program failed',
    titleEs: 'un programa de la celda falló',
    response: 'read the error; correct the program',
    responseEs: 'lea el error y corrija el programa',
    reaction: 'warn',
    latched: true,
  },
  7002: {
    reason: 'PROGRAM_STALLED',
    title: 'a cell program held up the cycle',
    titleEs: 'un programa de la celda retrasó el ciclo',
    response: 'move long work out of the program',
    responseEs: 'saque el trabajo largo del programa',
    reaction: 'warn',
    latched: true,
  },
  7003: {
    reason: 'PROGRAM_INTENT_REFUSED',
    title: 'an intent of a cell program was refused',
    titleEs: 'se rechazó una intención de un programa de la celda',
    response: 'see the reason in the detail',
    responseEs: 'vea el motivo en el detalle',
    reaction: 'warn',
    latched: false,
  },
  7004: {
    reason: 'PROGRAM_ALARM',
    title: 'a cell program raised an alarm',
    titleEs: 'un programa de la celda activó una alarma',
    response: 'see the text of the program',
    responseEs: 'vea el texto del programa',
    reaction: 'warn',
    latched: true,
  },
  9001: {
    reason: 'INVARIANT_VIOLATED',
    title: 'internal defect',
    titleEs: 'defecto interno',
    response: 'report it with the log',
    responseEs: 'repórtelo con el registro',
    reaction: 'stop-category-0',
    latched: true,
  },
} as const satisfies Readonly<Record<number, FaultEntry>>;
