// A cell program that notes when each cycle began, and writes it to the file that CELDA_CYCLE_TIMES names whenever it is sent SIGUSR2.
import { renameSync, writeFileSync } from 'node:fs';
import { ignoreElements, tap } from 'rxjs';
import type { CellProgram } from '../../../src/ports/program.ts';

/** What is in the file. */
export interface CycleTimes {
  /** Moments of the cycles since it was asked last, ms. */
  readonly at: readonly number[];
  /** As the control process has published it: cycles that began late by a period or more, since its start. */
  readonly overruns: number;
}

export const program: CellProgram = ({ snapshot$ }) => {
  const seen = { at: [] as number[], overruns: 0 };
  process.on('SIGUSR2', () => {
    const file = process.env['CELDA_CYCLE_TIMES'];
    if (file === undefined) return;
    const times: CycleTimes = seen;
    writeFileSync(`${file}.part`, JSON.stringify(times));
    renameSync(`${file}.part`, file);
    seen.at = [];
  });
  return snapshot$.pipe(
    tap(({ at, overruns }) => {
      seen.at.push(at);
      seen.overruns = overruns;
    }),
    ignoreElements(),
  );
};
