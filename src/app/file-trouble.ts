// Why a file that somebody named cannot be read or made, in words: the system says it in English, with names of its calls.
import type { Localized } from './doctor/finding.ts';

const READING: Readonly<Record<string, (path: string) => Localized>> = {
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
  return error instanceof Error && 'code' in error ? READING[String(error.code)]?.(path) : undefined;
}

const mayNot = (path: string): Localized => ({
  en: `this user may not write to ${path}`,
  es: `este usuario no puede escribir en ${path}`,
});

const noRoom = (path: string): Localized => ({
  en: `there is no room on the disk for ${path}`,
  es: `no hay espacio en el disco para ${path}`,
});

const MAKING: typeof READING = {
  EEXIST: (path) => ({ en: `${path} is there already`, es: `${path} ya existe` }),
  ENOENT: (path) => ({ en: `there is no folder for ${path}`, es: `no hay carpeta para ${path}` }),
  ENOTDIR: (path) => ({
    en: `a part of ${path} is a file, not a folder`,
    es: `una parte de ${path} es un archivo, no una carpeta`,
  }),
  EROFS: (path) => ({
    en: `the disk of ${path} can only be read`,
    es: `el disco de ${path} es de solo lectura`,
  }),
  ENAMETOOLONG: (path) => ({ en: `the name ${path} is too long`, es: `el nombre ${path} es demasiado largo` }),
  EACCES: mayNot,
  EPERM: mayNot,
  ENOSPC: noRoom,
  EDQUOT: noRoom,
};

/**
 * @param error what making or writing it threw
 * @param path of the file, or of its folder, as it was given
 * @returns undefined for anything else than what a person can mend
 */
export function makingTrouble(error: unknown, path: string): Localized | undefined {
  return error instanceof Error && 'code' in error ? MAKING[String(error.code)]?.(path) : undefined;
}
