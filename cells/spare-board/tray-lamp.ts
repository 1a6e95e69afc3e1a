// Lights the lamp beside the tray while the tray is full.
import type { CellProgram, Intent } from 'celda/program';
import { combineLatest, filter, map, startWith } from 'rxjs';

/** A stop switches the outputs of programs off, so the lamp is told anew whenever the unit changes its state. */
export const program: CellProgram = (cell) =>
  combineLatest([
    cell.device$('tray-full'),
    cell.event$.pipe(
      filter(({ body }) => body.kind === 'unit'),
      startWith(undefined),
    ),
  ]).pipe(map(([full]): Intent => ({ kind: 'set-output', device: 'tray-lamp', on: full === 1 })));
