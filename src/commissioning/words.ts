// What a person reads during a commissioning and in its report, in English and Spanish. `{name}` is filled in.

export type Language = 'en' | 'es';
type Both = Readonly<Record<Language, string>>;
export type Detail = Readonly<Record<string, string>>;

/** What the person is asked to do or to answer. */
export const ASKS = {
  'hard-wired-stop': {
    en: 'Try the hard-wired emergency stop now, by its own procedure: it must take the power of every actuator away without Celda. Did it?',
    es: 'Pruebe ahora el paro de emergencia cableado según su propio procedimiento: debe quitar la energía de todos los actuadores sin Celda. ¿Lo hizo?',
  },
  boards: {
    en: 'Waiting for the boards to answer: check cables and supply.',
    es: 'Esperando a que respondan las tarjetas: revise cables y alimentación.',
  },
  'switch-rest': {
    en: 'Leave {device} ({description}) alone, so that its contact is {state}. Is it so?',
    es: 'Deje {device} ({description}) en reposo, de modo que su contacto esté {state}. ¿Está así?',
  },
  'switch-operate': {
    en: 'Operate {device} now and hold it for a second: it has to read {state}.',
    es: 'Accione ahora {device} y manténgalo un segundo: debe leerse {state}.',
  },
  'channel-operate': {
    en: 'Operate {device} by itself, for a second: it has to read {state} while {siblings} stays as it is. Of a button with two contacts, loosen the wire of this one.',
    es: 'Accione solo {device} durante un segundo: debe leerse {state} mientras {siblings} queda como está. En un botón de dos contactos, suelte el cable de este.',
  },
  'switch-back': {
    en: 'Put {device} back: it has to read {state} again.',
    es: 'Devuelva {device} a su reposo: debe leerse {state} otra vez.',
  },
  'analog-change': {
    en: 'Change what {device} ({description}) measures, as far as you can.',
    es: 'Cambie lo que mide {device} ({description}), tanto como pueda.',
  },
  'reading-agrees': {
    en: '{device} reads {value}. Does that agree with your own instrument?',
    es: '{device} marca {value}. ¿Coincide con su propio instrumento?',
  },
  'reading-comes': { en: 'Waiting for a reading of {device}.', es: 'Esperando una lectura de {device}.' },
  lease: {
    en: 'The controller now withholds its lease from {board}, and the board must go safe by itself. For that these must be closed: {inputs}.',
    es: 'El controlador retira ahora su permiso temporal (lease) a {board} y la tarjeta debe pasar sola a valores seguros. Para eso deben estar cerradas: {inputs}.',
  },
  'force-ready': {
    en: 'Close what stops {device}: {inputs}.',
    es: 'Cierre lo que detiene {device}: {inputs}.',
  },
  'force-switch': {
    en: 'Keep clear, with the hard-wired emergency stop in reach. HOLD the space bar: {device} ({description}) is switched.',
    es: 'Manténgase lejos, con el paro de emergencia cableado al alcance. MANTENGA la barra espaciadora: {device} ({description}) se conmuta.',
  },
  'force-turn': {
    en: 'Keep clear, with the hard-wired emergency stop in reach. HOLD the arrow left or right: {device} ({description}) turns; without pulses before, it first jumps to its park position.',
    es: 'Manténgase lejos, con el paro de emergencia cableado al alcance. MANTENGA la flecha izquierda o derecha: {device} ({description}) gira; si no tenía pulsos, salta primero a su posición de reposo.',
  },
  'force-let-go': { en: 'Let go of the key.', es: 'Suelte la tecla.' },
  acted: {
    en: 'Did {device} ({description}) act, the right way, and nothing else?',
    es: '¿Actuó {device} ({description}), en el sentido correcto, y nada más?',
  },
  ready: {
    en: 'Release every stop and close every guard, then press and release the reset button ({reset}). Actuators get their supply.',
    es: 'Libere todos los paros y cierre todos los resguardos; luego presione y suelte el botón de rearme ({reset}). Los actuadores reciben alimentación.',
  },
  'ready-in-mode': {
    en: 'Turn the mode selector to {modes} and confirm it. Release every stop that counts there and close its guards, then press and release the reset button ({reset}).',
    es: 'Ponga el selector de modo en {modes} y confírmelo. Libere los paros que cuentan ahí y cierre sus resguardos; luego presione y suelte el botón de rearme ({reset}).',
  },
  'enabling-hold': {
    en: 'HOLD the enabling device ({inputs}) in the middle. Actuators get their supply, and nothing may move.',
    es: 'MANTENGA el dispositivo de habilitación ({inputs}) en la posición media. Los actuadores reciben alimentación y nada debe moverse.',
  },
  'enabling-let-go': {
    en: 'Let go of the enabling device ({inputs}).',
    es: 'Suelte el dispositivo de habilitación ({inputs}).',
  },
  move: {
    en: 'Shall the cell move? Yes starts the job {workMaster}: keep clear. No: tried at standstill.',
    es: '¿Debe moverse la celda? Sí arranca el trabajo {workMaster}: manténgase lejos. No: se prueba en reposo.',
  },
  moving: { en: 'Waiting for the cell to move.', es: 'Esperando a que la celda se mueva.' },
  trip: {
    en: 'NOW trip {stopFunction} by {inputs} and keep it so.',
    es: 'AHORA dispare {stopFunction} con {inputs} y manténgalo así.',
  },
  stopping: { en: 'The stop is being measured.', es: 'Se está midiendo el paro.' },
  'stopped-seen': {
    en: 'Has everything that {stopFunction} stops come to rest?',
    es: '¿Quedó en reposo todo lo que detiene {stopFunction}?',
  },
  release: {
    en: 'Release {inputs}. Nothing may start by that.',
    es: 'Libere {inputs}. Nada debe arrancar por eso.',
  },
  still: { en: 'Watching that nothing starts.', es: 'Vigilando que nada arranque.' },
  'reset-hold': {
    en: 'Keep {inputs} as it is. Press the reset button {device} and HOLD it.',
    es: 'Deje {inputs} como está. Presione el botón de rearme {device} y MANTÉNGALO.',
  },
  'reset-release': {
    en: 'Release {inputs} with the reset button still held. Nothing may start.',
    es: 'Libere {inputs} con el botón de rearme aún presionado. Nada debe arrancar.',
  },
  'reset-let-go': {
    en: 'Let go of the reset button. Nothing may start by that either.',
    es: 'Suelte el botón de rearme. Tampoco por eso debe arrancar nada.',
  },
  'reset-press': {
    en: 'Press the reset button {device} anew and let go: now the cell becomes ready, and nothing moves.',
    es: 'Presione de nuevo el botón de rearme {device} y suéltelo: ahora la celda queda lista y nada se mueve.',
  },
  'lamps-stopped': {
    en: 'The cell is stopped. Is of {device} ({description}) the red lamp lit, and no other?',
    es: 'La celda está detenida. ¿Está encendida de {device} ({description}) la luz roja y ninguna otra?',
  },
  'lamps-ready': {
    en: 'The cell is ready. Does of {device} the green lamp flash, and no other?',
    es: 'La celda está lista. ¿Parpadea de {device} la luz verde y ninguna otra?',
  },
  'after-failure': {
    en: 'The point has not passed. Once more, or the next?',
    es: 'El punto no pasó. ¿Otra vez o el siguiente?',
  },
  name: { en: 'Who commissions (name)?', es: '¿Quién hace la puesta en marcha (nombre)?' },
  reason: { en: 'Why?', es: '¿Por qué?' },
  confirm: {
    en: 'All points have passed. Do you confirm the report for this configuration ({configHash})?',
    es: 'Todos los puntos pasaron. ¿Confirma el reporte para esta configuración ({configHash})?',
  },
} as const satisfies Readonly<Record<string, Both>>;
export type AskStep = keyof typeof ASKS;

/** Why a point did not pass, where the cell saw it by itself. */
export const REASONS = {
  'reads-other': {
    en: '{device} reads {reads}, not {state}: polarity, wire or closedWhen is wrong',
    es: '{device} se lee {reads}, no {state}: la polaridad, el cable o closedWhen está mal',
  },
  'not-this-demand': {
    en: '{stopFunction} was tripped, but {inputs} was not seen to change',
    es: '{stopFunction} se disparó, pero no se vio cambiar {inputs}',
  },
  'wrong-category': {
    en: 'stopped by category {found}, not {category}',
    es: 'paró con categoría {found}, no {category}',
  },
  'never-safe': {
    en: 'not every output was seen at its safe value: {outputs}',
    es: 'no todas las salidas se vieron en su valor seguro: {outputs}',
  },
  'never-energised': {
    en: 'nothing was energised while {inputs} was held: nothing shows that letting go takes power away',
    es: 'nada recibió energía mientras se mantuvo {inputs}: nada muestra que soltarlo la quite',
  },
  'too-late': {
    en: '{name} took {value} ms, allowed are {limit} ms',
    es: '{name} tardó {value} ms, se permiten {limit} ms',
  },
  restarted: {
    en: 'the cell became {unit} without a fresh reset',
    es: 'la celda pasó a {unit} sin un rearme nuevo',
  },
  'order-refused': { en: 'the job was refused: {fault}', es: 'el trabajo fue rechazado: {fault}' },
  'no-work-master': {
    en: 'nobody can force it, and no work master drives it',
    es: 'nadie puede forzarla y ningún trabajo la mueve',
  },
  'said-no': { en: 'the person said no', es: 'la persona dijo que no' },
} as const satisfies Readonly<Record<string, Both>>;
export type ReasonCode = keyof typeof REASONS;

export const MEASURED_NAMES = {
  'read-back': { en: 'read-back of the pin', es: 'relectura del pin' },
  feedback: { en: 'contacts that followed', es: 'contactos que siguieron' },
  'value-from': { en: 'first reading', es: 'primera lectura' },
  'value-to': { en: 'last reading', es: 'última lectura' },
  'lease-held': { en: 'armed after the last command at least', es: 'armada tras la última orden al menos' },
  'lease-safe': { en: 'safe after the last command at most', es: 'segura tras la última orden a más tardar' },
  'stop-command': {
    en: 'input change to receipt of the stop by the board',
    es: 'cambio de entrada a recepción del paro',
  },
  'stop-safe': { en: 'input change to outputs at safe values', es: 'cambio de entrada a salidas en valor seguro' },
  'stop-rest': {
    en: 'input change to joints at rest, in steps of 100 ms',
    es: 'cambio de entrada a ejes en reposo, en pasos de 100 ms',
  },
  energised: { en: 'energised when it was tripped', es: 'energizado al dispararlo' },
  category: { en: 'stop category', es: 'categoría de paro' },
  moving: { en: 'tripped while', es: 'disparado mientras' },
  'not-read-back': { en: 'no read-back, seen by the person', es: 'sin relectura, visto por la persona' },
} as const satisfies Readonly<Record<string, Both>>;
export type MeasuredName = keyof typeof MEASURED_NAMES;

export const STATE_WORDS = {
  passed: { en: 'passed', es: 'aprobado' },
  failed: { en: 'failed', es: 'reprobado' },
  skipped: { en: 'skipped', es: 'omitido' },
  missing: { en: 'missing', es: 'falta' },
  outdated: { en: 'configuration changed', es: 'configuración cambiada' },
  'other-board': { en: 'another board', es: 'otra tarjeta' },
  open: { en: 'open', es: 'abierto' },
  closed: { en: 'closed', es: 'cerrado' },
} as const satisfies Readonly<Record<string, Both>>;

export const POINT_TITLES = {
  'hard-wired-stop': { en: 'Hard-wired emergency stop', es: 'Paro de emergencia cableado' },
  switch: { en: 'Input {name}', es: 'Entrada {name}' },
  analog: { en: 'Analog input {name}', es: 'Entrada analógica {name}' },
  lease: { en: 'Board {name} without the controller', es: 'Tarjeta {name} sin el controlador' },
  forced: { en: 'Output {name}', es: 'Salida {name}' },
  acting: { en: 'Device {name} in the ready cell', es: 'Dispositivo {name} con la celda lista' },
  stop: { en: 'Stop {name} by {demand}', es: 'Paro {name} por {demand}' },
  reset: { en: 'Reset button {name}', es: 'Botón de rearme {name}' },
} as const satisfies Readonly<Record<string, Both>>;

/** Fills the `{placeholders}` of a text. */
export function filled(text: Both, language: Language, detail: Detail = {}): string {
  return text[language].replaceAll(/\{(\w+)\}/g, (whole, key: string) => detail[key] ?? whole);
}
