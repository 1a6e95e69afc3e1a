// A cell program that holds the event loop of its process for half a second whenever it is sent SIGUSR2.
import { NEVER } from 'rxjs';
import type { CellProgram } from '../../../src/ports/program.ts';

const BUSY_MS = 500;

export const program: CellProgram = () => {
  process.on('SIGUSR2', () => {
    const until = performance.now() + BUSY_MS;
    while (performance.now() < until);
  });
  return NEVER;
};
