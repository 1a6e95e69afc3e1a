// The process: steps of work masters: 3001 to 3006.
import type { FaultEntry } from './fault-entry.ts';

export const PROCESS_FAULTS = {
  3001: {
    reason: 'PART_NOT_GRIPPED',
    title: 'no part held after gripping',
    titleEs: 'no hay pieza sujeta después de agarrar',
    response: 'check the part, the vacuum and the pressure sensor',
    responseEs: 'revise la pieza, el vacío y el sensor de presión',
    reaction: 'hold',
    latched: false,
  },
  3002: {
    reason: 'PART_LOST',
    title: 'the part was lost while held',
    titleEs: 'se perdió la pieza sujeta',
    response: 'look for the part; check vacuum',
    responseEs: 'busque la pieza; revise el vacío',
    reaction: 'hold',
    latched: false,
  },
  3003: {
    reason: 'WAIT_TIMEOUT',
    title: 'a step waited longer than allowed',
    titleEs: 'un paso esperó más de lo permitido',
    response: 'check the sensor or supply the step waits for',
    responseEs: 'revise el sensor o el suministro que el paso espera',
    reaction: 'hold',
    latched: false,
  },
  3004: {
    reason: 'MEASUREMENT_OUT_OF_RANGE',
    title: 'a measurement is outside its limits',
    titleEs: 'una medición está fuera de sus límites',
    response: 'check the part and the sensor',
    responseEs: 'revise la pieza y el sensor',
    reaction: 'hold',
    latched: false,
  },
  3005: {
    reason: 'SIGNAL_INVALID',
    title: 'a sensor value is missing, stale or outside its plausible range',
    titleEs: 'el valor de un sensor falta, es viejo o está fuera de su rango plausible',
    response: 'check the sensor and its wiring',
    responseEs: 'revise el sensor y su cableado',
    reaction: 'hold',
    latched: false,
  },
  3006: {
    reason: 'PART_NOT_RELEASED',
    title: 'the part is still held after releasing',
    titleEs: 'la pieza sigue sujeta después de soltar',
    response: 'check the valve and the part-present sensor',
    responseEs: 'revise la válvula y el sensor de presencia',
    reaction: 'hold',
    latched: false,
  },
} as const satisfies Readonly<Record<number, FaultEntry>>;
