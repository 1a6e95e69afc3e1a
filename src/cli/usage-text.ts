// What a wrong usage is told with, in Spanish too: the parser of the command line knows English alone.
import { EXIT_CODES } from '../app/operator-error.ts';
import type { Locale } from '../config/problem.ts';
import { systemLocale } from './options.ts';

/** @returns language of what is told before options are known: what `--locale` says, wherever it stands, else that of the system */
export function localeOf(args: readonly string[]): Locale {
  const at = args.indexOf('--locale');
  const said = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--locale='))?.slice('--locale='.length);
  return said === 'es' || said === 'en' ? said : systemLocale();
}

const SPANISH: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option '(.+)'/m, "error: opción desconocida '$1'"],
  [/^error: unknown command '(.+)'/m, "error: comando desconocido '$1'"],
  [/^error: missing required argument '(.+)'/m, "error: falta el argumento '$1'"],
  [/^error: required option '(.+)' not specified/m, "error: falta la opción '$1'"],
  [/^error: option '(.+)' argument missing/m, "error: falta el valor de la opción '$1'"],
  [
    /^error: option '(.+?)' argument '(.*)' is invalid\.(?: Allowed choices are (.+)\.)?/m,
    "error: la opción '$1' no admite '$2'; valores: $3",
  ],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.+?)'\./m,
    "error: el argumento '$2' no admite '$1';",
  ],
  [
    /^error: too many arguments for '(.+)'\. Expected (\d+) arguments? but got (\d+)/m,
    "error: sobran argumentos de '$1': hay $3 y el máximo es $2",
  ],
  [/\(Did you mean (.+)\?\)/, '(¿Quiso decir $1?)'],
  // Without a list of values the option says by itself what it wants.
  [/; valores: (?:\n|(?= ))/, ';'],
  [/; Allowed choices are (.+)\.(?=\n|$)/, '; valores: $1'],
  [/\bexpected\b/, 'se espera'],
  [/\ba whole number\b/, 'un número entero'],
  [/\ba finite number\b/, 'un número finito'],
  [/\bsome of\b/, 'alguno de'],
  [/ or (?=\[::1\])/, ' o '],
  [/,? or a number\b/, ' o un número'],
  [/(\d+(?:ms|s|m|h)) to (\d+[smh])\b/, '$1 a $2'],
  [/(\d+(?:ms|s|m|h)) or (\d+[smh])\b/, '$1 o $2'],
  [/\ba day or a time such as (\S+), (\S+) or (\S+)/, 'un día o una hora, por ejemplo $1, $2 o $3'],
  [/\bsuch as\b/, 'por ejemplo'],
  [/\ba port, (\d+) to (\d+) \(0: any free one\)/, 'un puerto, $1 a $2 (0: cualquiera libre)'],
  [/<number>:<64 hex digits>/, '<número>:<64 dígitos hexadecimales>'],
  [/\bname=value\b/g, 'nombre=valor'],
  [/\bboard=port\b/g, 'tarjeta=puerto'],
  [/(\S+) is given twice/, '$1 se da dos veces'],
  [/\b1 or 3\b/, '1 o 3'],
  [/(-?\d+) to (-?\d+)/, '$1 a $2'],
  [/(\d+) or more\b/, '$1 o más'],
  [/\bpercent of the top speed, (.+) and not 0/, 'el porcentaje de la velocidad máxima, $1 y no 0'],
  [/\bthe number that celda alarms or celda stops shows/, 'el número que muestra celda alarms o celda stops'],
];

/** @param text of commander, in English; what it has no words for stays as it is */
export function usageText(text: string, locale: Locale): string {
  return locale === 'en' ? text : SPANISH.reduce((all, [english, spanish]) => all.replace(english, spanish), text);
}

export const SHOW_HELP: Readonly<Record<Locale, string>> = {
  en: '(celda --help shows the commands, celda <command> --help their options)',
  es: '(celda --help muestra los comandos, celda <comando> --help sus opciones)',
};

/**
 * A wrong usage as scripts read it, in the form of every other failure of a command.
 * @param text of commander, in English: its first line names what is wrong, further ones help
 */
export function usageFailure(text: string, locale: Locale) {
  const [first = '', ...further] = usageText(text, locale).trimEnd().split('\n');
  const message = first.replace(/^error: /, '');
  const details = [...further, SHOW_HELP[locale]].map((line) => line.replace(/^\((.*)\)$/, '$1'));
  return { error: { message, details, status: '', reason: '', exitCode: EXIT_CODES.usage } };
}

/** @returns whether the result, and so a failure too, is awaited as JSON, known before the options are */
export function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).includes('--json');
}
