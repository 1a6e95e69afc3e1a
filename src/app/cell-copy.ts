// The copy of a cell's file that its processes run.
import { copyFileSync, rmSync } from 'node:fs';
import type { Locale } from '../config/problem.ts';
import { loadCheckedCell } from './load-checked-cell.ts';
import { OperatorError } from './operator-error.ts';

export interface CellCopy {
  readonly cellPath: string;
  /** Where it is kept. */
  readonly copy: string;
  /** Of what was checked, proved and commissioned. */
  readonly configHash: string;
  readonly locale?: Locale | undefined;
}

/**
 * A process that is started again, after a crash, must run what the cell was started with, and not what its file has become meanwhile.
 * @throws OperatorError when it is another configuration already
 */
export function keepCopy({ cellPath, copy, configHash, locale }: CellCopy): void {
  // It may be left from a supervisor that was killed, of a file that nobody may write.
  rmSync(copy, { force: true });
  copyFileSync(cellPath, copy);
  if (loadCheckedCell(cellPath, locale, copy).configHash === configHash) return;
  throw new OperatorError(
    {
      en: `${cellPath} was changed while its cell was being started`,
      es: `${cellPath} se cambió mientras arrancaba su celda`,
    },
    { en: 'start the cell again', es: 'arranque la celda de nuevo' },
  );
}
