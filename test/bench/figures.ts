// All measurements by name, in the order in which they run. Each is loaded when its turn comes:
// what the later ones need is not there yet, and `--help` is prompt.
import type { Measurement } from './figure.ts';

export const MEASUREMENTS: ReadonlyMap<string, () => Promise<Measurement>> = new Map([
  ['edge', async () => (await import('./safety-edge.ts')).measureSafetyEdge],
  ['lease', async () => (await import('./lease.ts')).measureLease],
  ['kill', async () => (await import('./kill.ts')).measureKill],
  ['silence', async () => (await import('./board-silence.ts')).measureBoardSilence],
  ['cycle', async () => (await import('./cycle-cost.ts')).measureCycleCost],
  ['virtual-time', async () => (await import('./virtual-time-factor.ts')).measureVirtualTimeFactor],
  ['start', async () => (await import('./start-up.ts')).measureStartUp],
  ['gateway-restart', async () => (await import('./gateway-restart.ts')).measureGatewayRestart],
  ['process-data', async () => (await import('./process-data.ts')).measureProcessData],
  ['boards', async () => (await import('./many-boards.ts')).measureManyBoards],
  ['round-trip', async () => (await import('./round-trip.ts')).measureRoundTrip],
  ['list', async () => (await import('./kept-orders.ts')).measureKeptOrders],
  ['watchers', async () => (await import('./watchers.ts')).measureWatchers],
  ['journal', async () => (await import('./journal.ts')).measureJournal],
]);
