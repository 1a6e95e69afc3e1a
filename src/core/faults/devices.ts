// Sensors and actuators: 4101 to 4202.
import type { FaultEntry } from './fault-entry.ts';

export const DEVICES_FAULTS = {
  4101: {
    reason: 'SENSOR_OUT_OF_RANGE',
    title: 'a sensor is outside its plausible range',
    titleEs: 'un sensor está fuera de su rango plausible',
    response: 'check the sensor and its wires, then resume or abort the order',
    responseEs: 'revise el sensor y sus cables; luego reanude o aborte la orden',
    reaction: 'hold',
    latched: false,
  },
  4102: {
    reason: 'SENSOR_FROZEN',
    title: 'a sensor has not changed for longer than expected',
    titleEs: 'un sensor no cambió durante más tiempo del esperado',
    response: 'check that the sensor lives and sees what it should, then resume or abort the order',
    responseEs: 'verifique que el sensor funcione y detecte lo que debe; luego reanude o aborte la orden',
    reaction: 'hold',
    latched: false,
  },
  4103: {
    reason: 'SENSOR_JUMPED',
    title: 'a sensor has changed faster than what it measures can',
    titleEs: 'un sensor cambió más rápido de lo que puede cambiar lo que mide',
    response: 'check plug, wires and shield of the sensor, then resume or abort the order',
    responseEs: 'revise conector, cables y blindaje del sensor; luego reanude o aborte la orden',
    reaction: 'hold',
    latched: false,
  },
  4104: {
    reason: 'SENSORS_DISAGREE',
    title: 'two sensors of the same thing say different things',
    titleEs: 'dos sensores de lo mismo indican cosas distintas',
    response: 'find out which of the two is wrong, then resume or abort the order',
    responseEs: 'averigüe cuál de los dos falla; luego reanude o aborte la orden',
    reaction: 'hold',
    latched: false,
  },
  4105: {
    reason: 'SENSOR_STALE',
    title: 'a sensor gives no fresh value',
    titleEs: 'un sensor no da valores recientes',
    response: 'check its board and the load of the machine, then resume or abort the order',
    responseEs: 'revise su tarjeta y la carga del equipo; luego reanude o aborte la orden',
    reaction: 'hold',
    latched: false,
  },
  4110: {
    reason: 'SAFETY_SENSOR_IMPLAUSIBLE',
    title: 'a sensor that serves safety cannot be believed',
    titleEs: 'no se puede confiar en un sensor que sirve a la seguridad',
    response: 'look at the check in the detail; mend the sensor or its wires, then reset at the cell',
    responseEs: 'mire check en el detalle; repare el sensor o sus cables y rearme en la celda',
    reaction: 'stop-category-1',
    latched: true,
  },
  4201: {
    reason: 'ACTUATOR_NOT_FOLLOWING',
    title: 'a contactor or valve does not follow its output',
    titleEs: 'un contactor o una válvula no sigue su salida',
    response:
      'switch the main supply off; replace the contactor if it is welded, else check its coil and feedback contacts; then reset at the cell',
    responseEs:
      'corte la alimentación principal; reemplace el contactor si está soldado; si no, revise bobina y contactos de realimentación; rearme en la celda',
    reaction: 'stop-category-0',
    latched: true,
  },
  4202: {
    reason: 'OUTPUT_WANTED_TOO_EARLY',
    title: 'an output stays off: it was wanted already when safety let it on again',
    titleEs: 'una salida queda desactivada: ya se pedía cuando la seguridad volvió a permitirla',
    response:
      'reset at the cell; hold both buttons of the two-hand control, or close the guard, and only then resume the order, which asks for the output anew; if it comes back though no hand or guard moved, correct the order or the program',
    responseEs:
      'rearme en la celda; mantenga ambos botones del mando a dos manos, o cierre el resguardo, y solo entonces reanude la orden, que pide la salida de nuevo; si se repite sin que se mueva mano ni resguardo, corrija la orden o el programa',
    reaction: 'stop-category-1',
    latched: true,
  },
} as const satisfies Readonly<Record<number, FaultEntry>>;
