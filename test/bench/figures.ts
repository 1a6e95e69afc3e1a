// All measurements by name, in the order in which they run.
import { measureBoardSilence } from './board-silence.ts';
import { measureCycleCost } from './cycle-cost.ts';
import type { Measurement } from './figure.ts';
import { measureKill } from './kill.ts';
import { measureLease } from './lease.ts';
import { measureRoundTrip } from './round-trip.ts';
import { measureSafetyEdge } from './safety-edge.ts';
import { measureStartUp } from './start-up.ts';
import { measureVirtualTimeFactor } from './virtual-time-factor.ts';

export const MEASUREMENTS: ReadonlyMap<string, Measurement> = new Map([
  ['edge', measureSafetyEdge],
  ['lease', measureLease],
  ['kill', measureKill],
  ['silence', measureBoardSilence],
  ['cycle', measureCycleCost],
  ['virtual-time', measureVirtualTimeFactor],
  ['start', measureStartUp],
  ['round-trip', measureRoundTrip],
]);
