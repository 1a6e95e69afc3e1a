// Entry of the thread of the journal.
import { parentPort, workerData } from 'node:worker_threads';
import { JournalThread } from './journal-thread.ts';
import type { ToWorker, WorkerSettings } from './messages.ts';

/** Time between looks at the files of the journal. */
const LOOK_MS = 1_000;

/** A timer takes a millisecond at least, and a commit may be shorter than that. */
function after(ms: number, task: () => void): () => void {
  if (ms === 0) {
    const next = setImmediate(task);
    return () => clearImmediate(next);
  }
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
}

if (parentPort !== null) {
  const port = parentPort;
  const thread = new JournalThread(
    { post: (message) => port.postMessage(message), close: () => port.close() },
    workerData as WorkerSettings,
    { now: () => performance.now(), after },
  );
  port.on('message', (message: ToWorker) => thread.hear(message));
  thread.start();
  setInterval(() => thread.look(), LOOK_MS).unref();
}
