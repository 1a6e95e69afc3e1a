// What the gateway logs, in the language of the cell: its services write English lines.
import type { Locale } from '../config/problem.ts';
import { refusalIn } from './refusal-text.ts';

/** Of a gateway whose journal could not be opened at its start. */
export const JOURNAL_OPENABLE = 'the journal can be opened: starting anew with it';

/** Of a gateway that has made its journal. */
export const NEW_JOURNAL = 'the journal is new: no order and no answer of before is in it';

const SPANISH: readonly (readonly [RegExp, string])[] = [
  [/^the journal takes nothing: /, 'el journal no acepta nada: '],
  [/^the journal takes what happens again$/, 'el journal acepta de nuevo lo que ocurre'],
  [/^the journal can be opened: starting anew with it$/, 'el journal ya se puede abrir: se empieza de nuevo con él'],
  [
    /^the journal is new: no order and no answer of before is in it$/,
    'el journal es nuevo: no contiene órdenes ni respuestas anteriores',
  ],
  [/^no job order is taken: /, 'no se acepta ninguna orden: '],
  [/^the orders in the journal cannot be read: /, 'no se pueden leer las órdenes del journal: '],
  [/^job orders were not restored: /, 'las órdenes no se restauraron: '],
  [/^work master (\S+) version (\S+) takes no orders: /, 'el maestro de trabajo $1 versión $2 no acepta órdenes: '],
  [/^(\S+) takes job responses again$/, '$1 acepta de nuevo las respuestas'],
  [
    /^(\S+) has not taken the response to (\S+), it is asked again: /,
    '$1 no aceptó la respuesta de $2, se le vuelve a pedir: ',
  ],
  [
    /^1,000 job responses or more wait for (\S+); they are lost when .+$/,
    '1,000 respuestas o más esperan a $1; se pierden cuando sus órdenes ceden su lugar en el journal a otras más nuevas',
  ],
  [
    /^(\d+) job responses are lost, of (\S+) to (\S+): (\S+) has not taken them, .+$/,
    'se perdieron $1 respuestas, de $2 a $3: $4 no las aceptó, y el journal no conserva órdenes tan viejas',
  ],
  [/^audit trail (?=\d+:)/, 'auditoría '],
  [/ is no record for the audit trail: /, ' no es un registro de auditoría: '],
  [/^(.+) was turned away at the handshake: /, '$1 fue rechazado al conectarse: '],
  [/^(.+) was turned away: /, '$1 fue rechazado: '],
  [/(fue rechazado: )its certificate is not accepted any more/, '$1su certificado ya no se acepta'],
  [/(fue rechazado: )there are too many connections/, '$1hay demasiadas conexiones'],
  [/(fue rechazado: )it was silent, and others wait/, '$1no decía nada, y otros esperan'],
  [/(fue rechazado: )no greeting within (\d+) ms/, '$1no saludó en $2 ms'],
  [/(fue rechazado: )it does not take what it asked for/, '$1no recibe lo que pidió'],
  [/^(.+) was cut off: /, '$1 fue desconectado: '],
  [/^(\/\S+) refused to (.+): (?=[A-Z_]+)/, '$1 negado a $2: '],
  [/ \(and (\d+) lines like it were left out\)$/, ' (y se omitieron otras $1 líneas así)'],
];

/** @param line of a service of the gateway; what there are no words for stays as it is */
export function gatewayLine(line: string, locale: Locale): string {
  if (locale === 'en') return line;
  return refusalIn(
    locale,
    SPANISH.reduce((all, [english, spanish]) => all.replace(english, spanish), line),
  );
}
