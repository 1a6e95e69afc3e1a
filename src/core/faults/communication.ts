// Communication with boards and their links: 1001 to 1013.
import type { FaultEntry } from './fault-entry.ts';

export const COMMUNICATION_FAULTS = {
  1001: {
    reason: 'BOARD_LINK_LOST',
    title: 'link to a board lost',
    titleEs: 'se perdió el enlace con una tarjeta',
    response: 'check cable and supply; the cell reconnects by itself and stays stopped until reset',
    responseEs: 'revise el cable y la alimentación; la celda se reconecta sola y queda detenida hasta el rearme',
    reaction: 'stop-category-0',
    latched: true,
  },
  1002: {
    reason: 'BOARD_TRIPPED',
    title: 'a board tripped to its safe values',
    titleEs: 'una tarjeta pasó a sus valores seguros',
    response: 'find the cause in the detail, then reset at the cell',
    responseEs: 'busque la causa en el detalle y rearme en la celda',
    reaction: 'stop-category-0',
    latched: true,
  },
  1003: {
    reason: 'BOARD_MISMATCH',
    title: 'the board found is not the one configured',
    titleEs: 'la tarjeta encontrada no es la configurada',
    response:
      'connect the right board, or correct uid, kind or baud in cell.yaml; a cell that requires its commissioning takes the board that it was commissioned with: after an exchange run celda commission again; what is old or new is mended by celda flash',
    responseEs:
      'conecte la tarjeta correcta o corrija uid, kind o baud en cell.yaml; una celda que exige su puesta en marcha acepta la tarjeta con la que se hizo: tras un cambio ejecute celda commission de nuevo; lo viejo o nuevo se arregla con celda flash',
    reaction: 'stop-category-0',
    latched: true,
  },
  1004: {
    reason: 'BOARD_FOREIGN_PROTOCOL',
    title: 'what answers on the port does not speak the Celda wire protocol',
    titleEs: 'lo que responde en el puerto no habla el protocolo de Celda',
    response: 'flash the Celda firmware, name another port, or correct the speed of what is between',
    responseEs: 'grabe el firmware de Celda, indique otro puerto o corrija la velocidad de lo que haya en medio',
    reaction: 'stop-category-0',
    latched: true,
  },
  1005: {
    reason: 'BOARD_SILENT',
    title: 'nothing answers on the port',
    titleEs: 'nada responde en el puerto',
    response: 'check that the board is connected and powered and that the port is right',
    responseEs: 'verifique que la tarjeta esté conectada y alimentada y que el puerto sea correcto',
    reaction: 'stop-category-0',
    latched: true,
  },
  1006: {
    reason: 'PORT_UNAVAILABLE',
    title: 'the serial port cannot be opened',
    titleEs: 'no se puede abrir el puerto serial',
    response: 'check the path, the permission (group dialout) and that no other program holds it',
    responseEs: 'verifique la ruta, el permiso (grupo dialout) y que ningún otro programa lo use',
    reaction: 'stop-category-0',
    latched: true,
  },
  1007: {
    reason: 'BOARD_DATA_STALE',
    title: 'no fresh input from a board',
    titleEs: 'no hay entradas recientes de una tarjeta',
    response: 'check the load of the machine and the cable, then reset at the cell',
    responseEs: 'revise la carga del equipo y el cable y rearme en la celda',
    reaction: 'stop-category-1',
    latched: true,
  },
  1008: {
    reason: 'UNSUPERVISED_BOARD_LOST',
    title: 'a stock Firmata board is lost: its inputs are missing, its outputs stay as they are',
    titleEs: 'se perdió una tarjeta con Firmata estándar: faltan sus entradas y sus salidas quedan como están',
    response:
      'check cable and supply; the cell goes on where it does not need the board, and sets it up anew when it answers',
    responseEs:
      'revise el cable y la alimentación; la celda sigue donde no la necesita y la configura de nuevo cuando responda',
    reaction: 'warn',
    latched: false,
  },
  1011: {
    reason: 'BOARD_LEASE_UNPROVEN',
    title: 'a board did not show that it goes safe without the controller',
    titleEs: 'una tarjeta no mostró que pasa a valores seguros sin el controlador',
    response: 'do not use this board; flash it with celda flash, or replace it: it is tried again after its next start',
    responseEs:
      'no use esta tarjeta; grábela con celda flash o reemplácela: se prueba otra vez tras su próximo arranque',
    reaction: 'stop-category-0',
    latched: true,
  },
  1012: {
    reason: 'BOARD_RESET_LOOP',
    title: 'the watchdog of a board has reset it three times within ten minutes',
    titleEs: 'el guardián (watchdog) de una tarjeta la reinició tres veces en diez minutos',
    response: 'check supply and wiring; flash it with celda flash, or replace it; then switch it off and on',
    responseEs:
      'revise la alimentación y el cableado; grábela con celda flash o reemplácela; después apáguela y enciéndala',
    reaction: 'stop-category-0',
    latched: true,
  },
  1013: {
    reason: 'OUTPUT_STUCK',
    title: 'an output of a board is not at the level that it was told',
    titleEs: 'una salida de una tarjeta no está en el nivel que se le ordenó',
    response:
      'switch the actuator off by hand; look for a short circuit at the pin in the detail, or replace the board',
    responseEs: 'apague el actuador a mano; busque un cortocircuito en el pin del detalle o reemplace la tarjeta',
    reaction: 'stop-category-0',
    latched: true,
  },
} as const satisfies Readonly<Record<number, FaultEntry>>;
