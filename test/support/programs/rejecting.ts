// A cell program with a promise that is rejected and that nobody waits for, when it is sent SIGUSR2.
import { NEVER } from 'rxjs';
import type { CellProgram } from '../../../src/ports/program.ts';

export const program: CellProgram = () => {
  process.on('SIGUSR2', () => {
    void Promise.reject(new Error('rejected on purpose'));
  });
  return NEVER;
};
