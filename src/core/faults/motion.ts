// Motion and its axes: 2001 to 2007.
import type { FaultEntry } from './fault-entry.ts';

export const MOTION_FAULTS = {
  2001: {
    reason: 'MOTION_LIMIT',
    title: 'a move exceeds a joint limit',
    titleEs: 'un movimiento excede el límite de un eje',
    response: 'correct the target; nothing has moved',
    responseEs: 'corrija el destino; nada se movió',
    reaction: 'reject',
    latched: false,
  },
  2002: {
    reason: 'MOVE_TIMEOUT',
    title: 'a move did not end in time',
    titleEs: 'un movimiento no terminó a tiempo',
    response: 'check the time limit and the speed of the step',
    responseEs: 'revise el límite de tiempo y la velocidad del paso',
    reaction: 'stop-category-1',
    latched: true,
  },
  2003: {
    reason: 'FOLLOWING_ERROR',
    title: 'a joint does not follow its set point',
    titleEs: 'un eje no sigue su posición de consigna',
    response:
      'look for what blocks the joint, then for its supply, its wires and its position sensor; then reset at the cell',
    responseEs:
      'busque lo que bloquea el eje, luego revise alimentación, cables y sensor de posición; rearme en la celda',
    reaction: 'stop-category-1',
    latched: true,
  },
  2004: {
    reason: 'AXIS_NOT_HOMED',
    title: 'an axis that does not know where it stands was to move to a position',
    titleEs: 'se pidió una posición a un eje que no sabe dónde está',
    response: 'order a work master with a home step for the axis; nothing has moved',
    responseEs: 'pida una orden cuyo maestro tenga un paso home para el eje; nada se movió',
    reaction: 'hold',
    latched: false,
  },
  2005: {
    reason: 'HOME_SWITCH_NOT_FOUND',
    title: 'homing did not find the home switch',
    titleEs: 'la búsqueda de referencia no encontró el interruptor',
    response: 'check the home switch and its wire, whether the axis moves at all, and searchMm and timeoutMs',
    responseEs: 'revise el interruptor y su cable, si el eje se mueve, y searchMm y timeoutMs',
    reaction: 'hold',
    latched: false,
  },
  2006: {
    reason: 'HOME_SWITCH_STUCK',
    title: 'the home switch did not open when the axis left it',
    titleEs: 'el interruptor de referencia no se abrió cuando el eje lo dejó',
    response: 'check the home switch and its wire, the direction of the axis, and releaseMm',
    responseEs: 'revise el interruptor y su cable, el sentido del eje, y releaseMm',
    reaction: 'hold',
    latched: false,
  },
  2007: {
    reason: 'AXIS_REFERENCE_LOST',
    title: 'an axis was stopped at speed, or its driver went off: where it stands is not known',
    titleEs: 'un eje se detuvo en velocidad o su driver se apagó: no se sabe dónde está',
    response: 'home the axis before it moves to a position again',
    responseEs: 'busque la referencia del eje antes de volver a moverlo a una posición',
    reaction: 'warn',
    latched: false,
  },
} as const satisfies Readonly<Record<number, FaultEntry>>;
