// One thread of a campaign: its progress, its result, and its end when it hangs.
import { Worker } from 'node:worker_threads';

/** A thread that says nothing for this long hangs, ms. */
const HANG_MS = 120_000;

/** What a thread posts: how far it is, as often as it likes, and last its result. */
export type ThreadMessage<Result> = { readonly done: number } | { readonly result: Result };

/**
 * @param script module of the thread, beside this one, that posts a `ThreadMessage`
 * @returns the thread's result. Rejects with its error, or naming its seed when it hangs
 */
export function runThread<Result>(
  script: string,
  settings: { readonly seed: number },
  progress: (done: number) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(script, import.meta.url), { workerData: settings });
    const end = (error: Error): void => {
      clearTimeout(watchdog);
      void worker.terminate();
      reject(error);
    };
    const watchdog = setTimeout(() => end(new Error(`seed ${settings.seed}: hangs`)), HANG_MS);
    worker.on('message', (message: ThreadMessage<Result>) => {
      watchdog.refresh();
      if ('done' in message) {
        progress(message.done);
        return;
      }
      clearTimeout(watchdog);
      resolve(message.result);
    });
    worker.on('error', end);
  });
}
