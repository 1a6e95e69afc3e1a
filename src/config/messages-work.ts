// Texts of the cross-checks of poses, work masters, programs and simulation. Codes are published: never rename one.
import type { Message } from './messages.ts';

export const POSE_MESSAGES = {
  'unknown-pose': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'declare it under poses; the nearest name is {nearest}',
      es: 'declárela en poses; el nombre más parecido es {nearest}',
    },
  },
  'target-outside-limits': {
    allowed: { en: '{range}', es: '{range}' },
    hint: { en: 'these are the limits of {joint}', es: 'son los límites de {joint}' },
  },
  'no-joints': {
    allowed: { en: 'at least one joint', es: 'al menos un eje' },
    hint: {
      en: 'name a servo and its degrees, or an axis and its millimetres',
      es: 'nombre un servo y sus grados, o un eje y sus milímetros',
    },
  },
} as const satisfies Record<string, Message>;

export const PARAMETER_MESSAGES = {
  'key-not-for-type': {
    allowed: { en: 'nothing', es: 'nada' },
    hint: { en: 'a parameter of type {type} has no {key}', es: 'un parámetro de tipo {type} no tiene {key}' },
  },
  'default-wrong-type': {
    allowed: { en: '{type}', es: '{type}' },
    hint: { en: 'the default has another type', es: 'el valor por omisión es de otro tipo' },
  },
  'default-outside': {
    allowed: { en: '{range}', es: '{range}' },
    hint: {
      en: 'a default must be allowed itself',
      es: 'el valor por omisión también debe estar permitido',
    },
  },
  'not-whole': {
    allowed: { en: 'a whole number', es: 'un número entero' },
    hint: { en: 'leave out the fraction', es: 'quite la fracción' },
  },
} as const satisfies Record<string, Message>;

export const STEP_MESSAGES = {
  'step-not-one-verb': {
    allowed: { en: 'exactly one of {verbs}', es: 'exactamente uno de {verbs}' },
    hint: { en: 'make a step of its own for each', es: 'haga un paso para cada uno' },
  },
  'can-wait-for-ever': {
    allowed: { en: 'a time limit in ms', es: 'un límite de tiempo en ms' },
    hint: {
      en: 'add timeoutMs: everything that waits has a time limit',
      es: 'agregue timeoutMs: todo lo que espera tiene un límite de tiempo',
    },
  },
  'wait-ambiguous': {
    allowed: { en: 'either durationMs or input', es: 'durationMs o bien input' },
    hint: { en: 'wait for a time or for an input, not both', es: 'espere un tiempo o una entrada, no ambos' },
  },
  'timeout-too-short': {
    allowed: { en: 'at least {min} ms', es: 'como mínimo {min} ms' },
    hint: {
      en: 'at the lowest speed the step takes that long',
      es: 'a la velocidad más baja el paso tarda eso',
    },
  },
  'unknown-parameter': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'declare it under parameters; the nearest name is {nearest}',
      es: 'declárelo en parameters; el nombre más parecido es {nearest}',
    },
  },
  'parameter-wrong-type': {
    allowed: { en: 'a parameter of type {types}', es: 'un parámetro de tipo {types}' },
    hint: { en: 'this one is of type {type}', es: 'este es de tipo {type}' },
  },
  'parameter-unbounded': {
    allowed: { en: 'a parameter with min and max', es: 'un parámetro con min y max' },
    hint: {
      en: 'without them a job order could ask for anything; add {missing}',
      es: 'sin ellos una orden podría pedir cualquier cosa; agregue {missing}',
    },
  },
  'parameter-too-wide': {
    allowed: { en: 'a parameter within {range}', es: 'un parámetro dentro de {range}' },
    hint: { en: 'narrow its min and max, now {given}', es: 'reduzca su min y max, ahora {given}' },
  },
  'duplicate-measurement': {
    allowed: { en: 'a name of its own for each measurement', es: 'un nombre propio para cada medición' },
    hint: { en: 'the same name is used at {other}', es: 'el mismo nombre se usa en {other}' },
  },
  'measure-limit-unreachable': {
    allowed: { en: '{range}', es: '{range}' },
    hint: {
      en: 'outside of this the sensor counts as broken, so the limit could never be met',
      es: 'fuera de eso el sensor cuenta como averiado: el límite nunca se cumpliría',
    },
  },
} as const satisfies Record<string, Message>;

export const SIMULATION_MESSAGES = {
  'simulation-incomplete': {
    allowed: {
      en: 'all of {keys}, or none in a cell without servos',
      es: 'todos: {keys}; o ninguno en una celda sin servos',
    },
    hint: { en: 'missing: {missing}', es: 'falta: {missing}' },
  },
} as const satisfies Record<string, Message>;

export const PROGRAM_MESSAGES = {
  'module-not-found': {
    allowed: { en: 'a file that exists', es: 'un archivo que exista' },
    hint: { en: 'looked for {module}', es: 'se buscó {module}' },
  },
} as const satisfies Record<string, Message>;
