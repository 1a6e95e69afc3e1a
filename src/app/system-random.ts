// Chance from the operating system: session ids, epochs, request ids.
import { randomFillSync } from 'node:crypto';
import type { RandomSource } from '../ports/random-source.ts';

export function createSystemRandom(): RandomSource {
  const word = new Uint32Array(1);
  return {
    nextUint32: () => {
      randomFillSync(word);
      return word[0] ?? 0;
    },
  };
}
