// What details of faults say in words, in Spanish. Details that are names or codes (`cause=lease`, `state=Held`) are the same in each language.

const SPANISH: Readonly<Record<string, string>> = {
  'already in use': 'ya está en uso',
  'the control process cannot be reached': 'no se llega al proceso de control',
  'too long': 'demasiado larga',
  'too many requests wait already': 'ya esperan demasiadas peticiones',
  'no such file': 'no existe ese archivo',
  'it is there already': 'ya existe',
  'it is gone': 'ya no está',
  'this is no journal': 'no es un journal',
  'this is a database, and not a journal': 'es una base de datos, y no un journal',
  'the token is not of the journal of this cell': 'el token no es del journal de esta celda',
  'the connection to the control process was lost': 'se perdió la conexión con el proceso de control',
  'the control process was started again': 'el proceso de control arrancó de nuevo',
  'it may have been done already': 'quizá ya se hizo',
  'not found': 'no está',
  permission: 'permiso',
  'in use': 'en uso',
  'not a serial port': 'no es un puerto serial',
  'does not open': 'no abre',
  'another board of the cell is there': 'ahí está otra tarjeta de la celda',
  'it stays in sight while it stands': 'queda a la vista mientras dure',
  'it stops or holds the unit': 'detiene o retiene la unidad',
  'it is not shelved': 'no está archivada',
  'not within 1 ms to 8 h': 'fuera de 1 ms a 8 h',
};

const WORDS: readonly (readonly [RegExp, string])[] = [
  ...Object.entries(SPANISH).map(([en, es]): readonly [RegExp, string] => [
    new RegExp(`(=)${en.replaceAll(/[^\w ,]/g, '\\$&')}(?=$|[ )])`, 'g'),
    `$1${es}`,
  ]),
  [/(=)(\d+) alarms are shelved already(?=$|[ )])/g, '$1ya hay $2 alarmas archivadas'],
];

/** @param text with details as they are shown, `key=value`; what there are no words for stays as it is */
export function spanishDetails(text: string): string {
  return WORDS.reduce((all, [english, spanish]) => all.replace(english, spanish), text);
}
