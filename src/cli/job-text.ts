// Job orders as text for people.
import type { JobView } from '../app/job-view.ts';

/** One line. */
export function jobLine(job: JobView): string {
  return [
    job.jobOrderId.padEnd(24),
    stateOf(job).padEnd(22),
    job.workMasterId.padEnd(20),
    `${job.goodQuantity}/${job.producedQuantity} good`,
    job.startTime ?? '',
  ]
    .join(' ')
    .trimEnd();
}

/** All that is known, one thing a line. */
export function jobLines(job: JobView): readonly string[] {
  return [
    `job order    ${job.jobOrderId}: ${stateOf(job)}, result ${job.result}`,
    ...(job.description === '' ? [] : [`description  ${job.description}`]),
    `work master  ${job.workMasterId} ${job.workMasterVersion}`,
    `parameters   ${Object.entries(job.parameters)
      .map(([id, value]) => `${id}=${value}`)
      .join(' ')}`,
    `stored       ${job.storeTime ?? '-'}`,
    `started      ${job.startTime ?? '-'}`,
    `ended        ${job.endTime ?? '-'}${durationOf(job)}`,
    `produced     ${job.producedQuantity}, of which good ${job.goodQuantity}`,
    ...job.measurements.map(({ id, value, unit }) => `measured     ${id} ${value.toFixed(2)} ${unit}`),
    ...reasonLines(job),
  ];
}

export function stateOf(job: JobView): string {
  return job.substate === '' ? job.state : `${job.state}/${job.substate}`;
}

function durationOf({ startTime, endTime }: JobView): string {
  if (startTime === undefined || endTime === undefined) return '';
  return ` (after ${((Date.parse(endTime) - Date.parse(startTime)) / 1_000).toFixed(1)} s)`;
}

function reasonLines({ reason }: JobView): readonly string[] {
  if (reason === undefined) return [];
  return [`reason       ${reason.title}`, `what to do   ${reason.response}`];
}
