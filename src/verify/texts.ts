// What a verification says to people, in English and Spanish.
import type { OperatingMode } from '../core/operating-mode.ts';
import type { Abstraction, InputValue, Rule, UnitEventName, Verdict } from './result.ts';

export type Locale = 'en' | 'es';
type Both = Readonly<Record<Locale, string>>;

/** By rule: what is claimed, and what a refutation means. `{...}` are values of the subject. */
export const RULE_TEXTS: Readonly<Record<Rule, { readonly claim: Both; readonly refuted: Both }>> = {
  'output-safe': {
    claim: {
      en: '{outputs}: safe within {timeMs} ms of {input} being {value}',
      es: '{outputs}: en estado seguro a los {timeMs} ms de que {input} esté {value}',
    },
    refuted: {
      en: '{outputs} can still be on {timeMs} ms after {input} became {value}; stop functions and gates that read it and are for the output: {stops}',
      es: '{outputs} puede seguir activado {timeMs} ms después de que {input} pasara a {value}; funciones de paro y compuertas que lo leen y son para la salida: {stops}',
    },
  },
  'enabling-covers': {
    claim: {
      en: '{outputs}: in {mode}, where {input} does not count, an enabling device stops it',
      es: '{outputs}: en {mode}, donde {input} no cuenta, lo detiene un dispositivo de habilitación',
    },
    refuted: {
      en: 'in {mode} {input} does not count, and no enabling device stops {outputs}',
      es: 'en {mode} {input} no cuenta y ningún dispositivo de habilitación detiene {outputs}',
    },
  },
  'unlocks-at-rest': {
    claim: {
      en: '{block}: the guard is unlocked only while everything is at rest',
      es: '{block}: el resguardo solo se desbloquea con todo en reposo',
    },
    refuted: {
      en: '{block} unlocks the guard while something moves',
      es: '{block} desbloquea el resguardo mientras algo se mueve',
    },
  },
  'restart-at-unit': {
    claim: {
      en: '{stop}: permits again by itself after {inputs}, as the file allows; the unit still waits for {reset} at the cell',
      es: '{stop}: vuelve a permitir sola tras {inputs}, como permite el archivo; la unidad aún espera {reset} en la celda',
    },
    refuted: {
      en: '{stop} permits again by itself after {inputs}',
      es: '{stop} vuelve a permitir sola tras {inputs}',
    },
  },
  'no-restart': {
    claim: {
      en: '{stop}: permits again only after a fresh press of {resets}',
      es: '{stop}: solo vuelve a permitir tras una pulsación nueva de {resets}',
    },
    refuted: {
      en: '{stop} permits without a fresh press of a reset button after its cause was cleared',
      es: '{stop} permite sin una pulsación nueva del rearme después de desaparecer la causa',
    },
  },
  'unit-waits': {
    claim: {
      en: 'the unit: after {event} nothing moves before a reset at the cell and a new order',
      es: 'la unidad: tras {event} nada se mueve antes de un rearme en la celda y una orden nueva',
    },
    refuted: {
      en: 'the unit starts by itself after {event}, without a reset at the cell and a new order',
      es: 'la unidad arranca sola tras {event}, sin rearme en la celda y orden nueva',
    },
  },
  'can-be-reset': {
    claim: {
      en: '{stop}: can be reset from every state',
      es: '{stop}: se puede rearmar desde cualquier estado',
    },
    refuted: {
      en: '{stop} gets stuck: from here on nothing that the inputs can do lets it permit again',
      es: '{stop} queda bloqueada: desde aquí nada de lo que hagan las entradas permite rearmarla',
    },
  },
  'can-be-tripped': {
    claim: { en: '{stop}: can be tripped', es: '{stop}: se puede disparar' },
    refuted: { en: '{stop} is dead: nothing ever trips it', es: '{stop} está muerta: nada la dispara nunca' },
  },
  'input-matters': {
    claim: { en: '{input}: decides something', es: '{input}: decide algo' },
    refuted: {
      en: '{input} decides nothing: in no situation does any stop function or gate depend on it',
      es: '{input} no decide nada: ninguna función de paro ni compuerta depende de ella en ninguna situación',
    },
  },
  'input-read': {
    claim: { en: '{input}: something reads it', es: '{input}: algo la lee' },
    refuted: {
      en: '{input} is read by nothing: no block, no reset, no device and no step names it',
      es: 'nada lee {input}: no la nombra ningún bloque, rearme, dispositivo ni paso',
    },
  },
  'emergency-stop-reaches': {
    claim: { en: '{output}: an emergency stop reaches it', es: '{output}: la alcanza un paro de emergencia' },
    refuted: { en: 'no emergency stop reaches {output}', es: 'ningún paro de emergencia alcanza {output}' },
  },
  'wait-ends': {
    claim: { en: '{workMaster} {step}: the wait has an end', es: '{workMaster} {step}: la espera tiene fin' },
    refuted: {
      en: '{workMaster} {step} ({label}) can wait for ever: {reason}',
      es: '{workMaster} {step} ({label}) puede esperar sin fin: {reason}',
    },
  },
  'step-reached': {
    claim: { en: '{workMaster} {step}: is reached', es: '{workMaster} {step}: se alcanza' },
    refuted: {
      en: '{workMaster} {step} ({label}) is never reached, whatever the parameters',
      es: '{workMaster} {step} ({label}) nunca se alcanza, sean cuales sean los parámetros',
    },
  },
  'step-left': {
    claim: { en: '{workMaster} {step}: can end well', es: '{workMaster} {step}: puede terminar bien' },
    refuted: {
      en: '{workMaster} {step} ({label}) can only end in a fault: what it waits for stops the cell or cannot be',
      es: '{workMaster} {step} ({label}) solo puede terminar en fallo: lo que espera detiene la celda o es imposible',
    },
  },
  never: {
    claim: { en: 'never: {never}', es: 'nunca: {never}' },
    refuted: {
      en: 'this can be, for {timeMs} ms and longer: {never}',
      es: 'esto puede ocurrir, durante {timeMs} ms o más: {never}',
    },
  },
};

/** Where one value of the subject asks for other words: by rule, value and whether it is refuted. */
export const SPECIAL_TEXTS: Readonly<Record<string, Both>> = {
  'unit-waits reset': {
    en: 'the unit: after a reset nothing moves before a new order',
    es: 'la unidad: tras un rearme nada se mueve antes de una orden nueva',
  },
  'unit-waits reset refuted': {
    en: 'the unit starts by itself after a reset, without a new order',
    es: 'la unidad arranca sola tras un rearme, sin orden nueva',
  },
  'can-be-reset no refuted': {
    en: '{stop} never permits, whatever the inputs do: look at the reset that its block names',
    es: '{stop} nunca permite, hagan lo que hagan las entradas: mire el rearme que nombra su bloque',
  },
};

export const PROPERTY_TEXTS: Readonly<Record<1 | 2 | 3 | 4 | 5 | 6, Both>> = {
  1: {
    en: 'no hazardous output is on while its condition is not met',
    es: 'ninguna salida peligrosa está activada mientras no se cumple su condición',
  },
  2: { en: 'nothing starts without a command', es: 'nada arranca sin una orden' },
  3: { en: 'every stop can be tripped and reset', es: 'todo paro se puede disparar y rearmar' },
  4: { en: 'every input matters', es: 'toda entrada cuenta' },
  5: { en: 'every step of a work master ends', es: 'todo paso de un maestro de trabajo termina' },
  6: { en: 'what this cell must never do', es: 'lo que esta celda nunca debe hacer' },
};

export const VERDICT_TEXTS: Readonly<Record<Verdict, Both>> = {
  proved: { en: 'proved', es: 'demostrado' },
  refuted: { en: 'REFUTED', es: 'REFUTADO' },
  incomplete: { en: 'not complete', es: 'incompleto' },
};

/** Words of subjects: values of inputs, what happens to the unit, modes. */
export const VALUE_TEXTS: Readonly<Record<InputValue | UnitEventName | OperatingMode, Both>> = {
  'power-up': { en: 'power-up', es: 'el encendido' },
  stop: { en: 'a stop', es: 'un paro' },
  'board-lost': { en: 'the loss of a board', es: 'la pérdida de una tarjeta' },
  'mode-change': { en: 'a change of mode', es: 'un cambio de modo' },
  reset: { en: 'a reset', es: 'un rearme' },
  automatic: { en: 'automatic', es: 'automático' },
  manualReducedSpeed: { en: 'manual reduced speed', es: 'manual a velocidad reducida' },
  maintenance: { en: 'maintenance', es: 'mantenimiento' },
  open: { en: 'open', es: 'abierto' },
  closed: { en: 'closed', es: 'cerrado' },
  unread: { en: 'cannot be read', es: 'ilegible' },
};

export const PHASE_TEXTS: Readonly<Record<string, Both>> = {
  permitted: { en: 'permits', es: 'permite' },
  stopping: { en: 'ramps down', es: 'frena' },
  standstill: { en: 'holds at standstill', es: 'mantiene en reposo' },
  stopped: { en: 'has stopped', es: 'ha parado' },
};

export const ABSTRACTION_TEXTS: Readonly<Record<Abstraction['code'], Both>> = {
  'inputs-free': {
    en: 'every input is free to change at every step: bouncing, stuck and disagreeing contacts are among them',
    es: 'cada entrada puede cambiar en cada paso: incluye rebotes, contactos pegados y en desacuerdo',
  },
  'unread-is-demand': {
    en: 'a signal that cannot be read counts as its value that asks for the stop; a reset has a value of its own for it',
    es: 'una señal ilegible cuenta como el valor que pide el paro; en un rearme es un valor propio',
  },
  'time-ticks': {
    en: 'time: a step takes no time or one tick (shortest {tickMs} ms); fine enough for every order of the timers',
    es: 'tiempo: un paso dura nada o un tic (el menor, {tickMs} ms); basta para todo orden de los temporizadores',
  },
  'time-coarse': {
    en: 'time: a step takes no time or one tick (shortest {tickMs} ms); too coarse for some orders of timers of very different length',
    es: 'tiempo: un paso dura nada o un tic (el menor, {tickMs} ms); demasiado grueso para algunos órdenes de temporizadores muy distintos',
  },
  cones: {
    en: 'each stop function is explored with what feeds it; together only where one alone does not prove it',
    es: 'cada función de paro se explora con lo que la alimenta; juntas solo donde una sola no lo demuestra',
  },
  'boards-left-out': {
    en: 'leases and permits of the boards, wires, contactors and mechanics are not in the model: they can only add stops, or fail',
    es: 'los arriendos y permisos de las tarjetas, cables, contactores y mecánica no están en el modelo: solo añaden paradas, o fallan',
  },
  'sensor-tests': {
    en: 'a drop of {sensors} that its own test asks for is no demand, and no longer than the test may last ({timeMs} ms)',
    es: 'una caída de {sensors} que pide su propia prueba no es una demanda, y solo mientras puede durar la prueba ({timeMs} ms)',
  },
  'programs-free': {
    en: 'programs ({programs}) are not read: their outputs may do anything that stop functions let them',
    es: 'los programas ({programs}) no se leen: sus salidas pueden hacer todo lo que los paros permitan',
  },
};

export const WORDS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: {
    standstill: 'everything is at rest',
    moving: 'something moves',
    motion: 'motion',
    counterExample: 'Shortest way there, from power-up:',
    end: 'this must not be',
    codes: 'codes: {codes}',
    unconfirmed: 'The run of the whole cell did not end so: read it as a hint.',
    explored: '{states} states, {transitions} transitions, {depth} steps deep, {seconds} s',
    complete: 'all of them',
    cut: 'a limit was reached: not everything was looked at',
    notCovered:
      'not covered: {waiting} states had been seen and were not looked at, of {states} explored to a depth of {depth}',
    how: 'What was explored:',
    limits:
      'This is about the wiring as Celda executes it, not about the hardware. A certified, hard-wired emergency stop is required.',
    powerUp: 'power-up',
  },
  es: {
    standstill: 'todo está en reposo',
    moving: 'algo se mueve',
    motion: 'movimiento',
    counterExample: 'Camino más corto, desde el encendido:',
    end: 'esto no debe ocurrir',
    codes: 'códigos: {codes}',
    unconfirmed: 'La ejecución de la celda completa no terminó así: tómelo como indicio.',
    explored: '{states} estados, {transitions} transiciones, {depth} pasos de profundidad, {seconds} s',
    complete: 'todos',
    cut: 'se alcanzó un límite: no se examinó todo',
    notCovered:
      'sin cubrir: {waiting} estados vistos no se examinaron, de {states} explorados hasta la profundidad {depth}',
    how: 'Qué se exploró:',
    limits:
      'Se trata del cableado tal como Celda lo ejecuta, no del hardware. Hace falta un paro de emergencia cableado y certificado.',
    powerUp: 'encendido',
  },
};
