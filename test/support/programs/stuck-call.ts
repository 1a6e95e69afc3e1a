// A process that has called the system and is not answered, as by a port that does not open: a pipe that nobody writes to.
import { open } from 'node:fs';
import { closingBegins } from '../../../firmware-bridge/transport/port-calls.ts';
import { endProcess, endSoon } from '../../../src/app/end-process.ts';

const [, , fifo = '', how] = process.argv;
const returned = closingBegins();
open(fifo, 'r', returned);
process.stdout.write('the last line\n');
setTimeout(() => {
  if (how === 'at once') endProcess(4);
  process.exitCode = 4;
  endSoon();
}, 50);
