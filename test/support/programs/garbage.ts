// A process that makes garbage every 10 ms and is idle between, in the real-time class where its argument says so; it prints the share
// of a processor that it took.
import { takeHighPriority } from '../../../src/app/process-priority.ts';

const PERIOD_MS = 10;
const PERIODS = 250;
const OBJECTS_EACH = 1_500;
/** Old ones give way to new ones: what is kept stays as large, and must be collected again and again. */
const KEPT = 60_000;

if (process.argv[2] === 'realTime' && takeHighPriority() !== 'realTime') throw new Error('not allowed');

const kept: unknown[] = [];
let made = 0;
const [usedBefore, begun] = [process.cpuUsage(), performance.now()];
const timer = setInterval(() => {
  for (let object = 0; object < OBJECTS_EACH; object += 1) {
    made += 1;
    kept[(made * 7_919) % KEPT] = { text: [String(made)], values: new Array<number>(5).fill(made) };
  }
  if (made < PERIODS * OBJECTS_EACH) return;
  clearInterval(timer);
  const { user, system } = process.cpuUsage(usedBefore);
  console.log((user + system) / 1_000 / (performance.now() - begun));
  process.exit();
}, PERIOD_MS);
