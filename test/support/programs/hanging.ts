// A cell program that never gives the event loop of its process back, from SIGUSR2 on.
import { NEVER } from 'rxjs';
import type { CellProgram } from '../../../src/ports/program.ts';

export const program: CellProgram = () => {
  process.on('SIGUSR2', () => {
    for (;;);
  });
  return NEVER;
};
