// What is still held after everything that can be let go of was: for tests of what must not grow.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the JavaScript heap and of buffers that are still referred to. */
export function heldMemory(): number {
  // What was made while one collection was under way is only found by the next.
  collect();
  collect();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
