// The process that attacks: it takes what the others leave of the processor, as a computer elsewhere would.
import { takeLowPriority } from '../../src/app/process-priority.ts';
import { ATTACKS, type AttackName } from './hostile-attacks.ts';

takeLowPriority();
process.on('message', (message) => {
  const { port, attack, times } = message as { port: number; attack: AttackName; times: number };
  void ATTACKS[attack](port, times).then((wrong) => process.send?.({ wrong }));
});
process.on('disconnect', () => process.exit());
