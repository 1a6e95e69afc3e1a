// The one catalogue of everything that can go wrong while a cell operates: alarms, gRPC details and texts derive from it.
// Numbers are published: never renumber, never reuse.

/** What a fault does to the unit (IEC 60204-1 stop category, or none). */
export type FaultReaction = 'stop-category-0' | 'stop-category-1' | 'hold' | 'reject' | 'warn';

interface FaultEntry {
  /** Stable machine-readable reason, UPPER_SNAKE (gRPC `ErrorInfo.reason`). */
  readonly reason: string;
  readonly title: string;
  readonly titleEs: string;
  /** What the operator or caller should do next. */
  readonly response: string;
  readonly responseEs: string;
  readonly reaction: FaultReaction;
  /** Latched faults stay until a reset at the cell. */
  readonly latched: boolean;
}

/** By number. 1xxx communication, 2xxx motion, 3xxx process, 4xxx stops, 6xxx jobs, 7xxx programs, 9xxx defects. */
export const FAULTS = {
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
      'connect the right board, or correct uid, kind or baud in cell.yaml; what is old or new is mended by celda flash',
    responseEs:
      'conecte la tarjeta correcta o corrija uid, kind o baud en cell.yaml; lo viejo o nuevo se arregla con celda flash',
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
  4001: {
    reason: 'EMERGENCY_STOP',
    title: 'emergency stop',
    titleEs: 'paro de emergencia',
    response: 'remove the danger, release the button, reset at the cell',
    responseEs: 'elimine el peligro, libere el botón y rearme en la celda',
    reaction: 'stop-category-1',
    latched: true,
  },
  4002: {
    reason: 'PROTECTIVE_STOP',
    title: 'protective stop',
    titleEs: 'paro de protección',
    response: 'close the guard, reset at the cell',
    responseEs: 'cierre el resguardo y rearme en la celda',
    reaction: 'stop-category-1',
    latched: true,
  },
  4003: {
    reason: 'CYCLE_OVERRUN_STOP',
    title: 'the control cycle was more than three periods late',
    titleEs: 'el ciclo de control se retrasó más de tres periodos',
    response: 'reduce the load of the machine or lengthen the cycle period, then reset',
    responseEs: 'reduzca la carga del equipo o alargue el periodo del ciclo y rearme',
    reaction: 'stop-category-1',
    latched: true,
  },
  4004: {
    reason: 'SHUTDOWN_STOP',
    title: 'the controller is shutting down',
    titleEs: 'el controlador se está apagando',
    response: 'start the controller again, then reset at the cell',
    responseEs: 'arranque de nuevo el controlador y rearme en la celda',
    reaction: 'stop-category-1',
    latched: true,
  },
  4005: {
    reason: 'CONTROL_RESTARTED',
    title: 'the control process ended and was restarted',
    titleEs: 'el proceso de control terminó y fue reiniciado',
    response: 'look into the log for the cause, then reset at the cell',
    responseEs: 'busque la causa en el registro y rearme en la celda',
    reaction: 'stop-category-0',
    latched: true,
  },
  4006: {
    reason: 'CONTROL_DOWN',
    title: 'the control process is not running',
    titleEs: 'el proceso de control no está en marcha',
    response: 'it is being restarted; after three crashes in ten minutes it stays down: start it again by hand',
    responseEs: 'se está reiniciando; tras tres caídas en diez minutos queda detenido: arránquelo a mano',
    reaction: 'stop-category-0',
    latched: true,
  },
  4007: {
    reason: 'CHANNELS_DISAGREE',
    title: 'the two channels of a safety input did not switch together',
    titleEs: 'los dos canales de una entrada de seguridad no cambiaron juntos',
    response:
      'press the button fully (open the guard, let go of both buttons of a two-hand control), so that both contacts switch, then release it and reset at the cell; if it comes again, check both contacts and their wires',
    responseEs:
      'presione el botón a fondo (abra el resguardo, suelte ambos botones de un mando a dos manos) para que cambien ambos contactos, libérelo y rearme en la celda; si se repite, revise ambos contactos y sus cables',
    reaction: 'stop-category-1',
    latched: true,
  },
  4011: {
    reason: 'STOP_TIME_EXCEEDED',
    title: 'a stop would take longer to reach a board than the cell allows',
    titleEs: 'un paro tardaría en llegar a una tarjeta más de lo que la celda permite',
    response: 'reduce the load of the machine, shorten the line or raise its baud, then reset at the cell',
    responseEs: 'reduzca la carga del equipo, acorte la línea o suba sus baudios y rearme en la celda',
    reaction: 'stop-category-1',
    latched: true,
  },
  4012: {
    reason: 'STOP_TIME_UNKNOWN',
    title: 'how long a stop takes to reach a board has not been measured yet',
    titleEs: 'aún no se ha medido cuánto tarda un paro en llegar a una tarjeta',
    response: 'wait some seconds, then reset at the cell',
    responseEs: 'espere unos segundos y rearme en la celda',
    reaction: 'warn',
    latched: false,
  },
  4013: {
    reason: 'RESET_REFUSED',
    title: 'reset was pressed, and the cell stays stopped',
    titleEs: 'se presionó el rearme y la celda sigue detenida',
    response: 'release, close or connect what the detail names, then press reset again',
    responseEs: 'libere, cierre o conecte lo que nombra el detalle y presione el rearme otra vez',
    reaction: 'warn',
    latched: false,
  },
  4014: {
    reason: 'STANDSTILL_LOST',
    title: 'a joint that was held at standstill has moved, or could not be seen any more',
    titleEs: 'un eje retenido en reposo se movió, o dejó de verse',
    response: 'keep out; look for what moves the joint and at its position sensor, then reset at the cell',
    responseEs: 'no entre; busque qué mueve el eje y revise su sensor de posición; rearme en la celda',
    reaction: 'stop-category-0',
    latched: true,
  },
  6001: {
    reason: 'WORK_MASTER_UNKNOWN',
    title: 'unknown work master',
    titleEs: 'maestro de trabajo desconocido',
    response: 'use one of the listed work masters',
    responseEs: 'use uno de los maestros de trabajo listados',
    reaction: 'reject',
    latched: false,
  },
  6002: {
    reason: 'JOB_PARAMETERS_INVALID',
    title: 'job parameters are not acceptable',
    titleEs: 'los parámetros del trabajo no son aceptables',
    response: 'correct the parameters named in the detail',
    responseEs: 'corrija los parámetros nombrados en el detalle',
    reaction: 'reject',
    latched: false,
  },
  6003: {
    reason: 'JOB_ORDER_EXISTS',
    title: 'a job order with this id exists',
    titleEs: 'ya existe una orden de trabajo con ese id',
    response: 'use a new id',
    responseEs: 'use un id nuevo',
    reaction: 'reject',
    latched: false,
  },
  6004: {
    reason: 'JOB_ORDER_UNKNOWN',
    title: 'no job order has this id',
    titleEs: 'ninguna orden de trabajo tiene ese id',
    response: 'list the job orders to see their ids',
    responseEs: 'liste las órdenes de trabajo para ver sus ids',
    reaction: 'reject',
    latched: false,
  },
  6005: {
    reason: 'JOB_ORDER_STATE_INVALID',
    title: 'the command is not legal in the present state of the job order',
    titleEs: 'el comando no es legal en el estado actual de la orden',
    response: 'look at the state of the job order first',
    responseEs: 'vea primero el estado de la orden',
    reaction: 'reject',
    latched: false,
  },
  6006: {
    reason: 'JOB_LIST_FULL',
    title: 'the list of job orders is full',
    titleEs: 'la lista de órdenes está llena',
    response: 'wait until orders have ended',
    responseEs: 'espere a que terminen órdenes',
    reaction: 'reject',
    latched: false,
  },
  6007: {
    reason: 'CELL_NOT_READY',
    title: 'the cell cannot answer now',
    titleEs: 'la celda no puede responder ahora',
    response: 'try again in a second; if that does not help, see the log of the cell',
    responseEs: 'intente de nuevo en un segundo; si no sirve, vea el registro de la celda',
    reaction: 'reject',
    latched: false,
  },
  6008: {
    reason: 'UNIT_NOT_READY',
    title: 'the unit is stopped; it must be reset at the cell first',
    titleEs: 'la unidad está detenida; primero debe rearmarse en la celda',
    response: 'release what stopped it, then press reset at the cell',
    responseEs: 'libere lo que la detuvo y presione rearme en la celda',
    reaction: 'reject',
    latched: false,
  },
  6009: {
    reason: 'JOB_ABORTED_BY_REQUEST',
    title: 'the job order was aborted on request',
    titleEs: 'la orden fue abortada por solicitud',
    response: 'none',
    responseEs: 'ninguna',
    reaction: 'hold',
    latched: false,
  },
  6010: {
    reason: 'REQUEST_INVALID',
    title: 'the request is not acceptable',
    titleEs: 'la solicitud no es aceptable',
    response: 'correct the fields named in the detail',
    responseEs: 'corrija los campos nombrados en el detalle',
    reaction: 'reject',
    latched: false,
  },
  6011: {
    reason: 'REQUEST_ID_REUSED',
    title: 'the request id was used for another request',
    titleEs: 'el id de solicitud se usó para otra solicitud',
    response: 'use a new request id for each new request; keep it only when repeating the very same request',
    responseEs: 'use un id nuevo para cada solicitud nueva; consérvelo solo al repetir la misma solicitud',
    reaction: 'reject',
    latched: false,
  },
  6012: {
    reason: 'WATCHER_TOO_SLOW',
    title: 'a watcher took its events too slowly and was closed',
    titleEs: 'un observador tomó sus eventos con demasiada lentitud y fue cerrado',
    response: 'watch again with the initial state; read faster, or watch fewer job orders',
    responseEs: 'observe de nuevo con el estado inicial; lea más rápido u observe menos órdenes',
    reaction: 'reject',
    latched: false,
  },
  6013: {
    reason: 'WATCHERS_TOO_MANY',
    title: 'too many watchers',
    titleEs: 'demasiados observadores',
    response: 'close watchers that are not needed',
    responseEs: 'cierre los observadores que no se necesitan',
    reaction: 'reject',
    latched: false,
  },
  6014: {
    reason: 'NAME_UNKNOWN',
    title: 'nothing has this name',
    titleEs: 'nada tiene ese nombre',
    response: 'use one of the names that are known',
    responseEs: 'use uno de los nombres conocidos',
    reaction: 'reject',
    latched: false,
  },
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
} as const satisfies Record<number, FaultEntry>;

/** A published number. */
export type FaultCode = keyof typeof FAULTS;

/** One occurrence of a catalogued fault. `detail` says where and with which values; keys are camelCase with units. */
export interface Fault {
  readonly code: FaultCode;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** @returns an occurrence of `code`; building it raises nothing by itself */
export function fault(code: FaultCode, detail: Fault['detail'] = {}): Fault {
  return { code, detail };
}

/** One line for people: `[4001] emergency stop (block=estop diagCode=C001)`. */
export function describeFault(value: Fault, locale: 'en' | 'es' = 'en'): string {
  const entry = FAULTS[value.code];
  const title = locale === 'es' ? entry.titleEs : entry.title;
  const detail = Object.entries(value.detail).map(([key, item]) => `${key}=${item}`);
  return `[${value.code}] ${title}${detail.length > 0 ? ` (${detail.join(' ')})` : ''}`;
}
