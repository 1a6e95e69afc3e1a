// One thread of the host's side of `npm run campaign:fuzz`.
import { parentPort, workerData } from 'node:worker_threads';
import { runHostStory } from '../support/fuzz-host.ts';
import { fuzzGuided } from '../support/guided-fuzz.ts';

export interface FuzzWorkerSettings {
  readonly bytes: number;
  readonly seed: number;
}

const { bytes, seed } = workerData as FuzzWorkerSettings;

const result = fuzzGuided({
  bytes,
  seed,
  code: '/firmware-bridge/',
  run: runHostStory,
  progress: (done) => parentPort?.postMessage({ done }),
});
parentPort?.postMessage({ result });
