// Why boards cannot be simulated as somebody asked, and what to do, in both languages.
import { EXIT_CODES, type ExitCode, OperatorError } from '../src/app/operator-error.ts';
import type { Locale } from '../src/config/problem.ts';
import { describeFault, type Fault } from '../src/core/faults.ts';

type Texts = Readonly<Record<Locale, readonly [what: string, remedy: string]>>;

function refuse(texts: Texts, locale: Locale, exitCode: ExitCode = EXIT_CODES.usage): OperatorError {
  const [what, remedy] = texts[locale];
  return new OperatorError(what, remedy, exitCode);
}

export function noPlant(cell: string, locale: Locale): OperatorError {
  const en = [`cell ${cell} has no plant to simulate`, 'add a simulation: section to its file'] as const;
  const es = [`la celda ${cell} no tiene planta que simular`, 'agregue una sección simulation: a su archivo'] as const;
  return refuse({ en, es }, locale);
}

export function imageNeedsEmulator(locale: Locale): OperatorError {
  const en = ['an image of a stock Firmata needs the emulator', 'add --level 3'] as const;
  const es = ['una imagen de Firmata estándar necesita el emulador', 'agregue --level 3'] as const;
  return refuse({ en, es }, locale);
}

export function noStockBoard(cell: string, locale: Locale): OperatorError {
  const en = [`cell ${cell} has no board with stock Firmata`, 'leave --firmata-image out'] as const;
  const es = [`la celda ${cell} no tiene ninguna tarjeta con Firmata estándar`, 'quite --firmata-image'] as const;
  return refuse({ en, es }, locale);
}

export function noImage(path: string, locale: Locale): OperatorError {
  const en = [`${path} is no image of a firmware`, 'give the Intel HEX file of StandardFirmata for the Uno'] as const;
  const es = [
    `${path} no es la imagen de un firmware`,
    'indique el archivo Intel HEX de StandardFirmata para el Uno',
  ] as const;
  return refuse({ en, es }, locale);
}

/** A link to a terminal that is there. */
export function linkInUse(link: string, target: string, locale: Locale): OperatorError {
  const en = [
    `the link ${link} is in use: it leads to ${target}`,
    'end the celda board that made it, remove it when no board did, or give --link another path',
  ] as const;
  const es = [
    `el enlace ${link} está en uso: lleva a ${target}`,
    'termine el celda board que lo hizo, quítelo si no lo hizo ninguno, o dé otra ruta a --link',
  ] as const;
  return refuse({ en, es }, locale, EXIT_CODES.occupied);
}

export function noDirectoryForLink(link: string, directory: string, locale: Locale): OperatorError {
  const en = [
    `the link ${link} cannot be made: there is no directory ${directory}`,
    'make the directory, or give --link a path in one that is there',
  ] as const;
  const es = [
    `no se puede hacer el enlace ${link}: no existe el directorio ${directory}`,
    'cree el directorio, o dé a --link una ruta en uno que exista',
  ] as const;
  return refuse({ en, es }, locale);
}

export function linkNeedsOneBoard(names: readonly string[], locale: Locale): OperatorError {
  const list = names.join(', ');
  const en = ['--link needs a single board', `name it with --board: ${list}`] as const;
  const es = ['--link necesita una sola tarjeta', `indíquela con --board: ${list}`] as const;
  return refuse({ en, es }, locale);
}

export function unknownBoard(name: string, known: readonly string[], locale: Locale): OperatorError {
  const list = known.join(', ');
  const en = [`the cell has no board ${name}`, `its boards are: ${list}`] as const;
  const es = [`la celda no tiene la tarjeta ${name}`, `sus tarjetas son: ${list}`] as const;
  return refuse({ en, es }, locale);
}

/** @param isLink whether the link could not be made, or else no pseudo-terminal was to be had */
export function noTerminal(cause: Fault, isLink: boolean, locale: Locale): OperatorError {
  const what = describeFault(cause, locale);
  if (isLink) {
    const en = [what, 'give --link a path in a directory of yours where nothing is yet'] as const;
    const es = [what, 'dé a --link una ruta en un directorio suyo donde aún no haya nada'] as const;
    return refuse({ en, es }, locale);
  }
  const en = [what, 'celda sim --in-process simulates a cell without pseudo-terminals'] as const;
  const es = [what, 'celda sim --in-process simula una celda sin pseudoterminales'] as const;
  return refuse({ en, es }, locale);
}
