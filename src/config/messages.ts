// Every problem that a cell file can have: one catalogue, English and Spanish. Codes are published: never rename one.
import { ACCESS_MESSAGES } from './messages-access.ts';
import { BOARD_MESSAGES, DEVICE_MESSAGES, SAFETY_MESSAGES } from './messages-cell.ts';
import { MODE_MESSAGES } from './messages-modes.ts';
import { UNIT_MESSAGES } from './messages-unit.ts';
import {
  PARAMETER_MESSAGES,
  POSE_MESSAGES,
  PROGRAM_MESSAGES,
  SIMULATION_MESSAGES,
  STEP_MESSAGES,
} from './messages-work.ts';

export type Locale = 'en' | 'es';
type Text = Readonly<Record<Locale, string>>;

/** Values for placeholders, free of any language: names, numbers, ranges. */
export type Detail = Readonly<Record<string, string>>;

/** What is allowed and what to do, in every language. */
export interface Message {
  readonly allowed: Text;
  readonly hint: Text;
}

export const WORDS = {
  en: { given: 'given', nothing: 'nothing', allowed: 'allowed', hint: 'hint' },
  es: { given: 'dado', nothing: 'nada', allowed: 'permitido', hint: 'sugerencia' },
} as const satisfies Record<Locale, Record<string, string>>;

// --- the file and its form ---
const FILE = {
  'file-not-found': {
    allowed: { en: 'a file that exists', es: 'un archivo que exista' },
    hint: { en: 'check the path and the working folder', es: 'revise la ruta y la carpeta de trabajo' },
  },
  'not-a-file': {
    allowed: { en: 'a regular file', es: 'un archivo regular' },
    hint: { en: 'give the path of cell.yaml itself', es: 'indique la ruta del propio cell.yaml' },
  },
  'file-unreadable': {
    allowed: { en: 'a file that may be read', es: 'un archivo que se pueda leer' },
    hint: { en: 'check its permissions: {reason}', es: 'revise sus permisos: {reason}' },
  },
  'file-too-large': {
    allowed: { en: 'at most {max} bytes', es: 'como máximo {max} bytes' },
    hint: { en: 'check that this is the right file', es: 'compruebe que es el archivo correcto' },
  },
  'not-utf8': {
    allowed: { en: 'text in UTF-8', es: 'texto en UTF-8' },
    hint: { en: 'save the file as UTF-8', es: 'guarde el archivo como UTF-8' },
  },
  'yaml-syntax': {
    allowed: { en: 'YAML 1.2', es: 'YAML 1.2' },
    hint: {
      en: '{reason}; the mistake may be in a line above',
      es: 'el analizador de YAML informa: {reason}; el error puede estar en una línea anterior',
    },
  },
  'yaml-unsafe': {
    allowed: {
      en: 'little nesting and few aliases',
      es: 'poco anidamiento y pocos alias',
    },
    hint: { en: 'write the content out: {reason}', es: 'escriba el contenido sin alias ni anidamiento: {reason}' },
  },
  'duplicate-key': {
    allowed: { en: 'every key once', es: 'cada clave una sola vez' },
    hint: { en: 'rename or remove one of the two', es: 'cambie el nombre o quite una de las dos' },
  },
  'too-deep': {
    allowed: { en: 'at most {max} levels', es: 'como máximo {max} niveles' },
    hint: { en: 'use fewer repeats inside repeats', es: 'use menos repeticiones dentro de repeticiones' },
  },
} as const satisfies Record<string, Message>;

// --- single values ---
const VALUE = {
  'unknown-key': {
    allowed: { en: '{keys}', es: '{keys}' },
    hint: { en: 'remove the key or move it where it belongs', es: 'quite la clave o muévala a su lugar' },
  },
  'misspelt-key': {
    allowed: { en: '{keys}', es: '{keys}' },
    hint: { en: 'did you mean {suggestion}?', es: '¿quiso decir {suggestion}?' },
  },
  'missing-key': {
    allowed: { en: 'a value, it is required', es: 'un valor, es obligatorio' },
    hint: { en: 'add the key {key}', es: 'agregue la clave {key}' },
  },
  'not-a-number': {
    allowed: { en: 'a number', es: 'un número' },
    hint: { en: 'write it without quotes and without its unit', es: 'escríbalo sin comillas y sin su unidad' },
  },
  'not-text': {
    allowed: { en: 'text', es: 'texto' },
    hint: { en: 'put it in quotes', es: 'póngalo entre comillas' },
  },
  'not-a-boolean': {
    allowed: { en: 'true, false', es: 'true, false' },
    hint: { en: 'write true or false without quotes', es: 'escriba true o false sin comillas' },
  },
  'not-a-map': {
    allowed: { en: 'a map of keys and values', es: 'un mapa de claves y valores' },
    hint: { en: 'indent the keys that belong here', es: 'escriba con sangría las claves que van aquí' },
  },
  'not-a-list': {
    allowed: { en: 'a list', es: 'una lista' },
    hint: { en: 'begin every entry with a hyphen', es: 'empiece cada entrada con un guion' },
  },
  'not-a-target': {
    allowed: {
      en: 'the name of a pose, or a map from joint to degrees',
      es: 'el nombre de una pose o un mapa de eje a grados',
    },
    hint: { en: 'such as to: park, or a map of joints', es: 'por ejemplo to: park, o un mapa de ejes' },
  },
  'not-a-scalar': {
    allowed: { en: 'a number, true, false or text', es: 'un número, true, false o texto' },
    hint: { en: 'a default is a single value', es: 'un valor por omisión es un solo valor' },
  },
  'not-finite': {
    allowed: { en: 'a finite number', es: 'un número finito' },
    hint: { en: 'write the number out; .inf and .nan are refused', es: 'escriba el número; .inf y .nan no se aceptan' },
  },
  'out-of-range': {
    allowed: { en: '{range}', es: '{range}' },
    hint: { en: 'a number; its unit is at the end of the key', es: 'un número; su unidad está al final de la clave' },
  },
  'not-whole-in-range': {
    allowed: { en: '{range}, whole', es: '{range}, entero' },
    hint: { en: 'a number without a fraction', es: 'un número sin decimales' },
  },
  'number-in-quotes': {
    allowed: { en: '{range}, without quotes', es: '{range}, sin comillas' },
    hint: { en: 'in quotes it is text: leave them out', es: 'entre comillas es un texto: quítelas' },
  },
  'not-an-option': {
    allowed: { en: '{options}', es: '{options}' },
    hint: { en: 'choose one of them', es: 'elija uno de ellos' },
  },
  'bad-format': {
    allowed: { en: 'text of the form {pattern}', es: 'texto con la forma {pattern}' },
    hint: { en: 'see docs/reference/cell-yaml.md', es: 'consulte docs/reference/cell-yaml.md' },
  },
  'bad-name': {
    allowed: {
      en: 'lower-case words joined by hyphens, at most 40 characters',
      es: 'palabras en minúsculas unidas por guiones, como máximo 40 caracteres',
    },
    hint: { en: 'such as vacuum-valve', es: 'por ejemplo vacuum-valve' },
  },
  'too-long': {
    allowed: { en: 'at most {max}', es: 'como máximo {max}' },
    hint: { en: 'make it shorter', es: 'acórtelo' },
  },
  'too-short': {
    allowed: { en: 'at least {min}', es: 'como mínimo {min}' },
    hint: { en: 'add what is missing', es: 'agregue lo que falta' },
  },
} as const satisfies Record<string, Message>;

export const MESSAGES = {
  ...FILE,
  ...VALUE,
  ...BOARD_MESSAGES,
  ...DEVICE_MESSAGES,
  ...SAFETY_MESSAGES,
  ...MODE_MESSAGES,
  ...UNIT_MESSAGES,
  ...POSE_MESSAGES,
  ...PARAMETER_MESSAGES,
  ...STEP_MESSAGES,
  ...PROGRAM_MESSAGES,
  ...SIMULATION_MESSAGES,
  ...ACCESS_MESSAGES,
} as const satisfies Record<string, Message>;

/** Stable identity of a problem. */
export type ProblemCode = keyof typeof MESSAGES;

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** Names of the placeholders that the texts of a code need. */
export type DetailOf<Code extends ProblemCode> = Readonly<
  Record<Placeholders<(typeof MESSAGES)[Code]['allowed'][Locale] | (typeof MESSAGES)[Code]['hint'][Locale]>, string>
>;
