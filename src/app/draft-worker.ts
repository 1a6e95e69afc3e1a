// Entry of the thread that checks drafts of work masters.
import { parentPort, workerData } from 'node:worker_threads';
import { type CheckedFile, draftCheckOf } from './draft-check.ts';
import type { AskedDraft } from './draft-thread.ts';

if (parentPort !== null) {
  const port = parentPort;
  const check = draftCheckOf(workerData as CheckedFile);
  port.on('message', ({ id, definition }: AskedDraft) => port.postMessage(check(id, definition)));
}
