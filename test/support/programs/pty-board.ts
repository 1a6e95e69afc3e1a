// A board behind a pseudo-terminal in a process of its own: prints the path; ends with its standard input.
import { PtyBoard } from '../../bench/pty-board.ts';

const board = new PtyBoard({ uid: '0123456789abcdef' });
process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write(`${board.path}\n`);
