// What is told of a journal, its copies and its audit trail, in both languages. Names of states, types and results stay as they are recorded.
import type { AuditBreak, AuditRecord, JournalInfo } from '../app/journal-care.ts';
import { plainText } from '../app/plain-text.ts';
import type { Locale } from '../config/problem.ts';
import { localTime } from './local-time.ts';

interface Words {
  readonly info: Readonly<Record<'journal' | 'schema' | 'events' | 'orders' | 'trail' | 'size' | 'log', string>>;
  readonly whole: string;
  readonly damaged: string;
  readonly inTrail: string;
  readonly copied: string;
  readonly restored: string;
  readonly before: string;
  readonly more: string;
  readonly newest: string;
  readonly none: string;
  readonly from: string;
  readonly by: string;
  readonly record: string;
}

export const JOURNAL_WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    info: {
      journal: 'journal',
      schema: 'schema',
      events: 'events',
      orders: 'job orders',
      trail: 'audit trail',
      size: 'size',
      log: 'write-ahead log',
    },
    whole: 'whole: nothing is damaged',
    damaged: 'DAMAGED: keep the file; celda restore puts a backup in its place',
    inTrail: 'audit trail',
    copied: 'a whole and checked copy',
    restored: 'restored',
    before: 'what was there before',
    more: 'there may be more',
    newest: 'the newest',
    none: 'no record is so; which types --what can name is in docs/reference/audit-trail.md',
    from: 'from',
    by: 'by',
    record: 'record',
  },
  es: {
    info: {
      journal: 'journal',
      schema: 'esquema',
      events: 'eventos',
      orders: 'órdenes',
      trail: 'auditoría',
      size: 'tamaño',
      log: 'registro previo (WAL)',
    },
    whole: 'íntegro: nada está dañado',
    damaged: 'DAÑADO: conserve el archivo; celda restore pone un respaldo en su lugar',
    inTrail: 'auditoría',
    copied: 'copia completa y comprobada',
    restored: 'restaurado',
    before: 'lo que había antes',
    more: 'puede haber más',
    newest: 'los más nuevos',
    none: 'ningún registro es así; los tipos que --what puede nombrar están en docs/reference/audit-trail.md',
    from: 'desde',
    by: 'por',
    record: 'registro',
  },
};

const LABEL_CHARS = 13;

export function infoLines(found: JournalInfo, locale: Locale): readonly string[] {
  const { info } = JOURNAL_WORDS[locale];
  const counts = Object.entries(found.orders).map(([state, count]) => `${state} ${count}`);
  const lines: readonly (readonly [string, string])[] = [
    [info.journal, `${found.id}, ${info.schema} ${found.schemaVersion}`],
    [info.events, String(found.position)],
    [info.orders, counts.join(', ')],
    [info.trail, `${found.audit.seq}:${found.audit.hash}`],
    [info.size, `${found.bytes} B, ${info.log} ${found.logBytes} B`],
  ];
  return lines.map(([label, value]) => `${label.padEnd(LABEL_CHARS)}${value}`);
}

export function trailVerdict(isWhole: boolean, head: { readonly seq: number; readonly hash: string }, locale: Locale) {
  const newest = `${head.seq}:${head.hash}`;
  return locale === 'es'
    ? `${isWhole ? 'íntegra' : 'ALTERADA'}: ${head.seq} registros, el último es ${newest}`
    : `${isWhole ? 'whole' : 'CHANGED'}: ${head.seq} records, the last is ${newest}`;
}

export function breakText(found: AuditBreak, locale: Locale): string {
  const { restored, text } = found;
  const what = locale === 'en' ? text : spanishBreak(found);
  if (restored === undefined) return what;
  const { by, record } = JOURNAL_WORDS[locale];
  const when = localTime(new Date(restored.time).toISOString());
  return `${what} (${record} ${restored.seq}, ${when}, ${by} ${plainText(restored.by)})`;
}

function spanishBreak({ kind, seq, restored }: AuditBreak): string {
  const why = restored === undefined ? '' : ': el journal se restauró de un respaldo';
  switch (kind) {
    case 'missing':
      return `faltan registros antes del registro ${seq}`;
    case 'changed':
      return `el registro ${seq} no es lo que se grabó: su hash no coincide`;
    case 'not-following':
      if (restored !== undefined) return `el registro ${seq} no es el que se conocía${why}`;
      return `el registro ${seq} no sigue al anterior, o no es el que se conocía: alguien lo puso en su lugar`;
    case 'cut-off':
      return `se cortaron los registros después del registro ${seq}${why}`;
    case 'misplaced':
      return `los registros hasta el ${seq} no están donde se pusieron`;
    default:
      return kind satisfies never;
  }
}

const DAMAGE_ES: readonly (readonly [RegExp, string])[] = [
  [
    /^the header of the write-ahead log is not what was written$/,
    'la cabecera del registro previo (WAL) no es la que se escribió',
  ],
  [
    /^frame (\d+) of the write-ahead log is not what was written$/,
    'la trama $1 del registro previo (WAL) no es la que se escribió',
  ],
  [/^definition of (.+) is not what it should be$/, 'la definición de $1 no es la que debe ser'],
  [/: it does not match its checksum$/, ': no coincide con su suma de control'],
  [/: its content does not match its checksum$/, ': su contenido no coincide con su suma de control'],
  [/: has no content$/, ': no tiene contenido'],
  [/^a row holds what was never written$/, 'una fila contiene lo que nunca se escribió'],
  [/: too short$/, ': es demasiado corto'],
  [/: its rest is missing$/, ': le falta el resto'],
  [/: ends at (\d+), and (\d+) were confirmed$/, ': termina en $1, y se habían confirmado $2'],
];

/** @param line what `journal verify` found; what is not ours is what SQLite says, in its own words */
export function damageText(line: string, locale: Locale): string {
  // What the bytes of a damaged row happen to be may not command the terminal either.
  const plain = plainText(line);
  if (locale === 'en') return plain;
  const found = DAMAGE_ES.find(([english]) => english.test(plain));
  return found === undefined ? `SQLite dice: ${plain}` : plain.replace(...found);
}

export function recordLine(record: AuditRecord, locale: Locale): string {
  const { seq, time, type, actor, object, before, after, result, resultCode, reason } = record;
  const { by, from } = JOURNAL_WORDS[locale];
  const who = [actor.identity, actor.peer].filter((text) => text !== '').join(` ${from} `);
  const what = [type, object.kind, object.id].filter((text) => text !== '').join(' ');
  const why = [resultCode, reason].filter((text) => text !== '').join(', ');
  const values = [before, after].filter((text) => text !== '').join(' -> ');
  const end = [why === '' ? result : `${result} (${why})`, values].filter((text) => text !== '').join(' ');
  // What somebody sent may not command the terminal of whoever reads it.
  return plainText(`${seq} ${localTime(new Date(time).toISOString())} ${what} ${by} ${who}: ${end}`);
}
