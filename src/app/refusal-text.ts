// What a service answers, in the language of who asked: the gateway speaks English.
import type { Locale } from '../config/problem.ts';
import { problemInSpanish } from '../config/problem-translation.ts';
import { spanishDetails } from '../core/detail-texts.ts';
import { FAULTS } from '../core/faults.ts';

/**
 * A refusal names the number of its fault: title, response, what details say in words and what is said of wrong fields are put into the other language, other details stay as they are.
 * @param message of a service; without a number it stays whole
 */
export function refusalIn(locale: Locale, message: string): string {
  const code = /\[(\d{4})\]/.exec(message)?.[1];
  const found = Object.entries(FAULTS).find(([number]) => number === code)?.[1];
  if (locale === 'en' || found === undefined) return message;
  return violationIn(
    locale,
    spanishDetails(message.replace(found.title, () => found.titleEs).replace(found.response, () => found.responseEs)),
  );
}

/** What a service says of wrong fields: `given ...; allowed: ...; hint`, with the words that orders and their parameters need. */
const SPANISH: readonly (readonly [RegExp, string])[] = [
  [/(^|: )given (?=[^;]*; allowed: )/g, '$1dado '],
  [/(^|: |; )allowed: /g, '$1permitido: '],
  [/; line (\d+), column (\d+): /g, '; línea $1, columna $2: '],
  [/; and (\d+) more(?=; )/g, '; y $1 más'],
  [/\.\.\. \((\d+) characters\)/g, '... ($1 caracteres)'],
  [
    /(permitido: )what is checked within (\d+) s and (\d+) MiB of memory; make it shorter/g,
    '$1lo que se revisa en $2 s y con $3 MiB de memoria; acórtelo',
  ],
  [
    /(permitido: )what can be checked; its check broke off twice: write it in another way, and report this one/g,
    '$1lo que se puede revisar; su revisión se interrumpió dos veces: escríbalo de otra manera e informe de este',
  ],
  [/(permitido: )a work master; /g, '$1un maestro de trabajo; '],
  [/(permitido: )integer\b/g, '$1entero'],
  [/(permitido: )number\b/g, '$1número'],
  [/(permitido: )string\b/g, '$1texto'],
  [/\bpending=done as soon as it is on disk/g, 'pending=se hará en cuanto esté en el disco'],
  [/(: )expected a part, seen /g, '$1se esperaba una pieza, hay '],
  [/(: )expected no part, seen /g, '$1no se esperaba ninguna pieza, hay '],
  [/, hay a part/g, ', hay una'],
  [/, hay no part/g, ', no hay ninguna'],
  [/, hay unreadable/g, ', no se puede leer'],
  [/(: )expected homed, seen not homed/g, '$1se esperaba referenciado, no lo está'],
  [/(: )expected at (\S+ (?:deg|mm)), seen at (\S+ (?:deg|mm))/g, '$1se esperaba en $2, está en $3'],
  [
    /(: )expected between (\S+) and (\S+ (?:deg|mm)), seen at (\S+ (?:deg|mm))/g,
    '$1se esperaba entre $2 y $3, está en $4',
  ],
  [/(permitido: )empty, or 8 hex digits/g, '$1nada, o 8 dígitos hexadecimales'],
  [
    /; take `acknowledge` of the refusal that told of the difference/g,
    '; tome `acknowledge` del rechazo que nombró la diferencia',
  ],
  [/(permitido: )a value, it is required/g, '$1un valor, es obligatorio'],
  [/; add the key (\S+?)(?=;|$)/g, '; agregue la clave $1'],
  [/(permitido: )no parameters\b/g, '$1ningún parámetro'],
  [/(permitido: )at most (\d+) (characters|entries|bytes)/g, '$1hasta $2 $3'],
  [/(permitido: (?:hasta \d+|\d+\.\.\d+)) characters(?: of\b)?/g, '$1 caracteres'],
  [/(permitido: hasta \d+) entries/g, '$1 elementos'],
  [/(permitido: )the etag of an answer, or nothing/g, '$1el etag de una respuesta, o nada'],
  [/; give at most (\S+?)(?=;|$)/g, '; indique $1 como máximo'],
  [/; give at least (\S+?)(?=;|$)/g, '; indique al menos $1'],
  [/; give a whole number/g, '; indique un número entero'],
  [/; give a finite number/g, '; indique un número finito'],
  [/; give a number/g, '; indique un número'],
  [/; give a boolean/g, '; indique true o false'],
  [/; give a string/g, '; indique un texto'],
  [/; give a value: there is no default/g, '; indique un valor: no hay ninguno por omisión'],
  [/; choose one of the options/g, '; elija una de las opciones'],
  [/; did you mean (\S+?)\?/g, '; ¿quiso decir $1?'],
  [/; leave it out/g, '; quítelo'],
  [/; it is required/g, '; es obligatorio'],
  [/; parameters of work masters have no parts/g, '; los parámetros de los maestros de trabajo no tienen partes'],
  [/(permitido: )each (?:parameter|id|signal|joint) once/g, '$1cada uno una sola vez'],
  [/(permitido: )nothing: the state has other substates/g, '$1nada: el estado tiene otros subestados'],
  [/(permitido: )nothing\b/g, '$1nada'],
  [/(permitido: )a boolean, a number or a string/g, '$1true o false, un número o un texto'],
  [/(permitido: )(-?[\d.]+) to (-?[\d.]+)/g, '$1$2 a $3'],
  [/(permitido: )none: (\S+) has no degrees/g, '$1ninguno: $2 no tiene grados'],
  [/(permitido: )a finite number from 0/g, '$1un número finito desde 0'],
  [/(permitido: )a finite number/g, '$1un número finito'],
  [/(permitido: )a single value/g, '$1un solo valor'],
  [/(permitido: )a value/g, '$1un valor'],
  [/(permitido: )no unit/g, '$1sin unidad'],
  [/(permitido: )a job order/g, '$1una orden'],
  [/(permitido: )at least one id of the material/g, '$1al menos un id del material'],
  [/(permitido: )a moment that is not before start_time/g, '$1un momento que no sea anterior a start_time'],
  [/(permitido: )a BCP 47 tag, e\.g\. (\S+) or (\S+), or nothing/g, '$1una etiqueta BCP 47, p. ej. $2 o $3, o nada'],
  [/(permitido: )the token of the newest response/g, '$1el token de la respuesta más nueva'],
  [
    /(permitido: )resume_token of a message of this method, or nothing/g,
    '$1el resume_token de un mensaje de este método, o nada',
  ],
  [
    /(permitido: )false with a resume_token: what was missed is sent instead/g,
    '$1false con un resume_token: en su lugar se envía lo que faltó',
  ],
  [
    /(permitido: )next_page_token of the page before, with the same filter and order/g,
    '$1el next_page_token de la página anterior, con el mismo filtro y orden',
  ],
  [/(permitido: )at most (\d+)(?=;|$)/g, '$1hasta $2'],
  [/(dado )no id(?=;)/g, '$1ningún id'],
  [/(dado )nothing(?=;)/g, '$1nada'],
  [/(dado )a list(?=;)/g, '$1una lista'],
  [/(dado \d+) characters(?=;)/g, '$1 caracteres'],
  [/(dado \d+) entries(?=;)/g, '$1 elementos'],
  [/(dado \d+) joints(?=;)/g, '$1 ejes'],
];

/** @param text of a wrong field; what there are no words for stays as it is */
export function violationIn(locale: Locale, text: string): string {
  if (locale === 'en') return text;
  return SPANISH.reduce((all, [english, spanish]) => all.replace(english, spanish), withProblem(text));
}

/** What is wrong with a draft of a work master is told in the words of `celda check`; where the text is no YAML its hint says the place. */
function withProblem(text: string): string {
  const [whole, before = '', allowed = '', place = '', hint = ''] =
    /^(given .*?; allowed: |allowed: )(.*?; )(line \d+, column \d+: )?(.*)$/s.exec(text) ?? [];
  const spanish = whole === undefined ? undefined : problemInSpanish(`${allowed}${hint}`);
  if (spanish === undefined) return text;
  return `${before}${place === '' ? spanish : spanish.replace('; ', () => `; ${place}`)}`;
}
