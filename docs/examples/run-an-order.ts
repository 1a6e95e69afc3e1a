// A whole life of a job order, as an MES leads it: store, start, pause, resume, wait, fetch the response, acknowledge, clear.
// node_modules/.bin/node docs/examples/run-an-order.ts <host:port> <job order id> <parts>
// Exit code 0 when the order has ended and is cleared, 1 when something was refused or nobody answered for 30 s, 2 when <parts> is no number.
import process, { argv, stderr, stdout } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type CallError,
  type CellConnection,
  connectCell,
  isCallError,
  isFinal,
  type Job,
  JobResult,
  toParameters,
} from 'celda/client';

const [, , address = '127.0.0.1:50051', jobOrderId = 'J-1', parts = '2'] = argv;
if (!/^\d+$/.test(parts)) {
  stderr.write(`<parts> is a whole number, not ${parts}\n`);
  process.exit(2);
}
const onRepeat = ({ message }: CallError, delayMs: number) => {
  stderr.write(`${address}: ${message}; again in ${(delayMs / 1_000).toFixed(1)} s\n`);
};
const cell = connectCell({ address, retries: { onRepeat } });

function say(what: string, states: Job['states'] = []): void {
  stdout.write(`${what}: ${states.map(({ text }) => text).join('/')}\n`);
}

/** Resolves when the order is in this state, or at its end. */
async function untilState(from: CellConnection, state: string): Promise<void> {
  for await (const event of from.watchJobOrders({ jobOrderIds: [jobOrderId] })) {
    if (
      (event.kind === 'initial' || event.kind === 'changed') &&
      (event.job.states[0]?.text === state || isFinal(event.job))
    )
      return;
  }
}

const AT_REST: readonly string[] = ['Held', 'Stopped', 'Aborted'];

/** The arm has to come to rest before it may go on. */
async function untilAtRest(from: CellConnection): Promise<void> {
  while (!AT_REST.includes((await from.cell.getCellState({})).state?.unitState ?? '')) await delay(20);
}

async function store(): Promise<void> {
  const jobOrder = { jobOrderId, workMasterId: 'pick-and-place', parameters: toParameters({ count: Number(parts) }) };
  say('stored', (await cell.jobs.storeJobOrder({ jobOrder })).jobOrder?.states);
}

async function run(): Promise<void> {
  say('started', (await cell.jobs.startJobOrder({ jobOrderId })).jobOrder?.states.slice(0, 1));
  await untilState(cell, 'Running');
  say('paused', (await cell.jobs.pauseJobOrder({ jobOrderId })).jobOrder?.states);
  await untilAtRest(cell);
  say('resumed', (await cell.jobs.resumeJobOrder({ jobOrderId })).jobOrder?.states);
  const ended = await cell.waitForEnd(jobOrderId);
  say('ended', ended.states);
  const { jobResponse } = await cell.responses.getJobResponse({ jobOrderId });
  stdout.write(`good parts: ${ended.goodQuantity}, result ${JobResult[jobResponse?.result ?? 0]}\n`);
  say('acknowledged', (await cell.responses.acknowledgeJobResponse({ jobOrderId })).jobResponse?.states);
  say('cleared', (await cell.jobs.clearJobOrder({ jobOrderId })).jobOrder?.states);
  await cell.jobs.getJobOrder({ jobOrderId }).catch((error: unknown) => {
    if (!isCallError(error, 'JOB_ORDER_UNKNOWN')) throw error;
    stdout.write(`${error.reason}\n`);
  });
}

/** What went wrong, and what to do about it. */
function tell(error: unknown): void {
  if (!isCallError(error)) throw error;
  stderr.write(`${error.message}\n`);
  for (const { field, description } of error.violations) stderr.write(`  ${field}: ${description}\n`);
  process.exitCode = 1;
}

/** An order that has not run is taken back; what becomes of another one is for a person to decide. */
async function takeBack(): Promise<void> {
  try {
    say('cancelled', (await cell.jobs.cancelJobOrder({ jobOrderId })).jobOrder?.states);
  } catch (error) {
    if (!isCallError(error)) throw error;
    stderr.write(`${jobOrderId} stays in the cell, ${error.metadata['state'] ?? error.status}\n`);
  }
}

let isStored = false;
try {
  await store();
  isStored = true;
  await run();
} catch (error) {
  tell(error);
  if (isStored) await takeBack();
} finally {
  cell.close();
}
