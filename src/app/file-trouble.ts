// Why a file that somebody named cannot be read, in words: the system says it in English, with names of its calls.
import type { Localized } from './doctor/finding.ts';

const WORDS: Readonly<Record<string, (path: string) => Localized>> = {
  ENOENT: (path) => ({ en: `${path} is not there`, es: `${path} no existe` }),
  EACCES: (path) => ({ en: `this user may not read ${path}`, es: `este usuario no puede leer ${path}` }),
  EISDIR: (path) => ({ en: `${path} is a directory, and no file`, es: `${path} es un directorio, no un archivo` }),
};

/**
 * @param error what reading it threw
 * @param path as it was given
 * @returns undefined for anything else than a file that is not there or may not be read
 */
export function fileTrouble(error: unknown, path: string): Localized | undefined {
  return error instanceof Error && 'code' in error ? WORDS[String(error.code)]?.(path) : undefined;
}
