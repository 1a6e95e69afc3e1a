// Loads the modules with a cell's own programs.
import { pathToFileURL } from 'node:url';
import type { CellModel, ProgramModel } from '../core/cell-model.ts';
import type { CellProgram } from '../ports/program.ts';
import { OperatorError } from './operator-error.ts';

export interface LoadedProgram {
  readonly name: string;
  readonly program: CellProgram;
}

/** @throws OperatorError that names the program whose module cannot be loaded or exports no `program` */
export function loadPrograms(cell: CellModel): Promise<readonly LoadedProgram[]> {
  return Promise.all(cell.programs.map(loadProgram));
}

async function loadProgram({ name, modulePath }: ProgramModel): Promise<LoadedProgram> {
  const loaded = await importModule(name, modulePath);
  if (!isProgramModule(loaded)) {
    throw new OperatorError(
      {
        en: `program ${name}: ${modulePath} exports no function named program`,
        es: `programa ${name}: ${modulePath} no exporta ninguna función llamada program`,
      },
      {
        en: 'export const program: CellProgram = (cell) => ... from it',
        es: 'exporte de él export const program: CellProgram = (cell) => ...',
      },
    );
  }
  return { name, program: loaded.program };
}

async function importModule(name: string, modulePath: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(modulePath).href);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(
      {
        en: `program ${name}: ${modulePath} cannot be loaded: ${reason}`,
        es: `programa ${name}: ${modulePath} no se puede cargar: ${reason}`,
      },
      { en: 'correct the module', es: 'corrija el módulo' },
    );
  }
}

/** What the function takes and gives is checked by the compiler of whoever wrote it; its intents are checked in the cycle. */
function isProgramModule(value: unknown): value is { readonly program: CellProgram } {
  return typeof value === 'object' && value !== null && 'program' in value && typeof value.program === 'function';
}
