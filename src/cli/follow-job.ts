// Waits for a job order to reach an end, and tells what happens on the way.
import type { JobClient, JobEvent } from '../app/job-client.ts';
import { isFinal, type JobView } from '../app/job-view.ts';
import { CallFailedError } from './failures.ts';

/** How to start what should have answered; shown when nothing does. */
export const START_CELL = 'cell';

/** How often and how long a lost gateway is tried again, ms: it is restarted within a second or two. */
const RETRY_EVERY_MS = 500;
const RETRIES_MAX = 40;

/**
 * Follows one order until it is Ended or Aborted, or interrupted: then only a person can let it go on.
 *
 * A gateway that goes away is waited for: the job runs without it.
 * @throws CallFailedError when the order is unknown, or the gateway stays away for 20 s
 */
export async function followJob(
  client: JobClient,
  jobOrderId: string,
  onEvent: (event: JobEvent) => void,
  signal?: AbortSignal,
): Promise<JobView | undefined> {
  for (let retries = 0; ; retries += 1) {
    for await (const event of client.watch([jobOrderId], signal)) {
      if (!event.ok) {
        if (event.error.kind !== 'unreachable' || retries >= RETRIES_MAX) {
          throw new CallFailedError(event.error, client.address, START_CELL);
        }
        break;
      }
      retries = 0;
      onEvent(event.value);
      if (event.value.kind === 'job' && isDone(event.value.job)) return event.value.job;
    }
    if (signal?.aborted === true) return undefined;
    await new Promise((resolve) => setTimeout(resolve, RETRY_EVERY_MS));
  }
}

function isDone(job: JobView): boolean {
  return isFinal(job) || job.state === 'Interrupted';
}
