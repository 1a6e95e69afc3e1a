// One thread of `npm run campaign:frames`.
import { parentPort, workerData } from 'node:worker_threads';
import { type Direction, runFaults } from '../support/faults-campaign.ts';

export interface WorkerSettings {
  readonly trials: number;
  readonly seed: number;
  readonly direction: Direction;
}

const { trials, seed, direction } = workerData as WorkerSettings;

const result = runFaults(trials, seed, [direction], (done) => parentPort?.postMessage({ done }));
parentPort?.postMessage({ result });
