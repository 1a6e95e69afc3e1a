// A client that jogs until it is ended, or whoever started it is gone: rest first, then the base at 20 %. Argument: the address of the
// gateway.
import { setTimeout as pause } from 'node:timers/promises';
import { JogClient } from '../../../src/app/jog-client.ts';

const client = new JogClient(process.argv[2] ?? '', 'test');
// Standard input ends with the process at its other end: a client that nobody can end any more would jog for ever.
process.stdin.resume().once('end', () => process.exit());
let speeds = {};
for (;;) {
  const answer = await client.ask(speeds);
  if (!answer.ok) await pause(20);
  speeds = answer.ok ? { base: 20 } : {};
}
