// One thread of `npm run campaign:frames`.
import { parentPort, workerData } from 'node:worker_threads';
import { runFaults } from '../support/faults-campaign.ts';

const { trials, seed } = workerData as { readonly trials: number; readonly seed: number };

const tallies = runFaults(trials, seed, (done) => parentPort?.postMessage({ done }));
parentPort?.postMessage({ tallies });
