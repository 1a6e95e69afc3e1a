// A board's end of a pseudo-terminal in a process of its own: prints the path, hangs up when its standard input ends.
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';

const opened = openPseudoTerminal();
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const terminal = opened.value;
process.stdin.resume().once('end', () => terminal.close());
process.stdout.write(`${terminal.path}\n`);
