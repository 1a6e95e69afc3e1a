// Waits for a job order to reach an end, and tells what happens on the way.
import type { JobClient, JobEvent } from '../app/job-client.ts';
import { isFinal, type JobView } from '../app/job-view.ts';
import { EXIT_CODES, OperatorError } from '../app/operator-error.ts';
import { CallFailedError } from './failures.ts';

/** How to start what should have answered; shown when nothing does. */
export const START_CELL = 'cell';

/**
 * Follows one order until it is Ended or Aborted, or interrupted: then only a person can let it go on.
 *
 * A gateway that goes away is waited for, however long: the job runs without it.
 * @returns undefined when `signal` aborted before
 * @throws CallFailedError when nobody answers, or the cell refuses; OperatorError when the order was removed
 */
export async function followJob(
  client: JobClient,
  jobOrderId: string,
  onEvent: (event: JobEvent) => void,
  signal?: AbortSignal,
): Promise<JobView | undefined> {
  for await (const event of client.watch([jobOrderId], signal)) {
    if (!event.ok) throw new CallFailedError(event.error, client.address, START_CELL);
    onEvent(event.value);
    if (event.value.kind === 'job' && isDone(event.value.job)) return event.value.job;
    if (event.value.kind === 'removed') throw removed(jobOrderId);
  }
  return undefined;
}

function removed(jobOrderId: string): OperatorError {
  const message = { en: `job order ${jobOrderId} was removed`, es: `la orden ${jobOrderId} fue retirada` };
  const hint = { en: 'celda job list shows those that there are', es: 'celda job list muestra las que hay' };
  return new OperatorError(message, hint, EXIT_CODES.failed);
}

/** Fault 4006: the gateway does not hear of the order and shows it as interrupted; what has become of it is told when it does. */
const NOT_KNOWN = 4006;

function isDone(job: JobView): boolean {
  return isFinal(job) || (job.state === 'Interrupted' && job.reason?.code !== NOT_KNOWN);
}
