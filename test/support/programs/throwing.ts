// A cell program that throws where nobody catches it, in a timer, when it is sent SIGUSR2.
import { NEVER } from 'rxjs';
import type { CellProgram } from '../../../src/ports/program.ts';

export const program: CellProgram = () => {
  process.on('SIGUSR2', () => {
    setImmediate(() => {
      throw new Error('thrown on purpose');
    });
  });
  return NEVER;
};
