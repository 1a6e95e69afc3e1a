// The demo: an operator resets the simulated cell, an MES submits a job order, and both watch. Clients only.

import type { InterruptedOrder } from '../app/interrupted-orders.ts';
import { JobClient, type WorkMasterView } from '../app/job-client.ts';
import { isCompleted, isFinal, type JobView } from '../app/job-view.ts';
import { EXIT_CODES, OperatorError } from '../app/operator-error.ts';
import { SimulationClient } from '../app/simulation-client.ts';
import type { CallOutcome } from '../client/grpc-client.ts';
import type { Locale } from '../config/problem.ts';
import type { Console } from './console.ts';
import { progressLine, type Shown, takeEvent } from './demo-progress.ts';
import { DEMO_TEXTS } from './demo-texts.ts';
import { CallFailedError, showFailure } from './failures.ts';
import { followJob, START_CELL } from './follow-job.ts';
import { jobLines, stateOf } from './job-text.ts';
import { turn } from './operator.ts';

export interface DemoOptions {
  /** Addresses, `host:port`. */
  readonly grpc: string;
  readonly simulation: string;
  readonly console: Console;
  /** Orders of an earlier run: somebody has to decide about them before anything else is ordered. */
  readonly interrupted: readonly InterruptedOrder[];
  /** Says only what happens, and not how to go on. */
  readonly isOnce: boolean;
  readonly locale: Locale;
  readonly signal: AbortSignal;
  /** An order that has not begun waits for so long before reset is pushed again, ms, > 0. @defaultValue 2000 */
  readonly waitingMs?: number;
}

/** Work master that the demo orders when the cell has it; otherwise the first that needs no parameters. */
const WORK_MASTER = 'pick-and-place';

/** The control process ended under the order: before it goes on somebody has to compare it with the cell, and no demo can. */
const CONTROL_ENDED: readonly number[] = [4005, 4006];

/** An axis that was stopped at speed no longer knows where it is, and its order is past the step that would home it. */
const HOME_LOST: readonly number[] = [2004, 2007];

/** The whole demo has to end within this, ms. */
const DEMO_MS_MAX = 60_000;

/** Stored, and the unit is not ready for it. */
const WAITING = 'AllowedToStart/Waiting';

/** Between two pushes of the reset button while the cell cannot do what is asked, ms. */
const RESET_EVERY_MS = 700;

/** By default; a cell that runs takes an order at once. */
const WAITING_MS = 2_000;

/** @returns 0 when the job order is Ended/Completed, 1 otherwise, also when nothing was ordered */
export async function runDemo(options: DemoOptions): Promise<number> {
  const { console, interrupted, isOnce, locale, waitingMs = WAITING_MS } = options;
  if (interrupted.length > 0) {
    console.note(console.style('yellow', `celda: ${DEMO_TEXTS[locale].ordersNothing}`));
    return EXIT_CODES.failed;
  }
  const jobs = new JobClient(options.grpc);
  const cell = new SimulationClient(options.simulation);
  const limit = AbortSignal.any([options.signal, AbortSignal.timeout(DEMO_MS_MAX)]);
  const demo: Demo = { jobs, cell, console, locale, waitingMs, signal: limit };
  try {
    const stored = await submitAfterReset(demo);
    const last = await watchToTheEnd(demo, stored);
    if (last === undefined)
      throw new OperatorError(
        {
          en: `the job order did not end within ${DEMO_MS_MAX / 1_000} s`,
          es: `la orden no terminó en ${DEMO_MS_MAX / 1_000} s`,
        },
        { en: 'look at the log above', es: 'vea el registro más arriba' },
      );
    for (const line of jobLines(last, locale)) console.print(`  ${line}`);
    if (!isOnce && !options.signal.aborted) sayHowToGoOn(options, last);
    return isCompleted(last) ? EXIT_CODES.ok : EXIT_CODES.failed;
  } catch (error) {
    if (options.signal.aborted) return EXIT_CODES.failed;
    const { message, details } = showFailure(error, locale);
    console.note(console.style('red', `celda: ${message}`));
    for (const detail of details) console.note(`  ${detail}`);
    return EXIT_CODES.failed;
  } finally {
    jobs.close();
    cell.close();
  }
}

interface Demo {
  readonly jobs: JobClient;
  readonly cell: SimulationClient;
  readonly console: Console;
  readonly locale: Locale;
  readonly waitingMs: number;
  readonly signal: AbortSignal;
}

async function submitAfterReset(demo: Demo): Promise<JobView> {
  const { jobs, console, locale } = demo;
  const texts = DEMO_TEXTS[locale];
  const workMaster = await chooseWorkMaster(jobs);
  const jobOrderId = `demo-${Date.now().toString(36)}`;
  const request = { jobOrderId, workMasterId: workMaster.id, description: 'demo', priority: 0, parameters: {} };
  console.print(texts.pressesReset);
  const stored = await afterReset(demo, () => jobs.submit(request));
  console.print(texts.submits(jobOrderId, workMaster.id, jobs.address));
  return stored;
}

/** Pushes reset until the cell does what is asked: it refuses while boards are not linked yet, or a cause is still there. */
async function afterReset(demo: Demo, ask: () => Promise<CallOutcome<JobView>>): Promise<JobView> {
  const { jobs, cell, signal } = demo;
  for (;;) {
    await turn(cell, 'reset', 'push');
    const answer = await ask();
    if (answer.ok) return answer.value;
    if (signal.aborted || !['UNIT_NOT_READY', 'UNIT_BUSY', 'CELL_NOT_READY'].includes(answer.error.reason)) {
      throw new CallFailedError(answer.error, jobs.address, START_CELL);
    }
    await new Promise((resolve) => setTimeout(resolve, RESET_EVERY_MS));
  }
}

/** A stop interrupts the job, e.g. when this machine stalls for longer than a lease. Only people let it go on; here they do. */
async function watchToTheEnd(demo: Demo, first: JobView): Promise<JobView | undefined> {
  const { jobs, console, locale } = demo;
  const texts = DEMO_TEXTS[locale];
  let stored = first;
  for (;;) {
    const last = await watchJob(demo, stored);
    if (last === undefined || isFinal(last) || demo.signal.aborted) return last;
    const title = locale === 'es' ? last.reason?.titleEs : last.reason?.title;
    console.print(texts.interrupted(title ?? texts.noReason));
    if (last.reason !== undefined && CONTROL_ENDED.includes(last.reason.code)) {
      console.print(texts.lookFirst(last.jobOrderId));
      return last;
    }
    if (last.reason !== undefined && HOME_LOST.includes(last.reason.code)) {
      console.print(texts.homeAgain);
      await afterReset(demo, () => jobs.command('abort', last.jobOrderId, { comment: texts.homeLost, etag: '' }));
      stored = await submitAfterReset(demo);
      continue;
    }
    console.print(texts.resumes);
    await afterReset(demo, () => jobs.resume(last.jobOrderId));
  }
}

async function chooseWorkMaster(jobs: JobClient): Promise<WorkMasterView> {
  const answer = await jobs.capabilities();
  if (!answer.ok) throw new CallFailedError(answer.error, jobs.address, START_CELL);
  const { workMasters } = answer.value;
  const usable = workMasters.filter(({ parameters }) => parameters.every(({ hasDefault }) => hasDefault));
  const chosen = usable.find(({ id }) => id === WORK_MASTER) ?? usable[0];
  if (chosen !== undefined) return chosen;
  throw new OperatorError(
    {
      en: 'the cell has no work master whose parameters all have defaults, so the demo cannot order one',
      es: 'la celda no tiene ningún trabajo cuyos parámetros tengan todos un valor por omisión: la demo no puede pedir uno',
    },
    {
      en: `submit one yourself: celda job submit ${workMasters[0]?.id ?? '<work master>'} -p name=value`,
      es: `envíe uno usted: celda job submit ${workMasters[0]?.id ?? '<trabajo>'} -p nombre=valor`,
    },
  );
}

async function watchJob(demo: Demo, stored: JobView): Promise<JobView | undefined> {
  const { jobs, cell, console, locale, signal } = demo;
  const shown: Shown = { state: stateOf(stored), label: '', produced: 0, lastPartMs: 0, links: new Map() };
  const done = new AbortController();
  const reset = resetWhileWaiting(demo, shown, done.signal);
  const boards = (async () => {
    for await (const { board, state } of cell.watchBoards(done.signal)) shown.links.set(board, state);
  })();
  try {
    return await followJob(
      jobs,
      stored.jobOrderId,
      (event) => {
        if (takeEvent(shown, event)) console.progress(progressLine(shown, locale));
      },
      signal,
    );
  } finally {
    done.abort();
    await Promise.all([boards, reset]);
  }
}

function waitFor(timeMs: number, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeMs);
    over.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A stop that comes before the order has begun interrupts nothing: the order waits until somebody resets the cell. */
async function resetWhileWaiting(
  { cell, console, locale, waitingMs }: Demo,
  shown: Shown,
  over: AbortSignal,
): Promise<void> {
  const isOver = (): boolean => over.aborted;
  let wasWaiting = false;
  while (!isOver()) {
    await waitFor(waitingMs, over);
    const isWaiting = shown.state === WAITING;
    if (isWaiting && wasWaiting && !isOver()) {
      console.print(DEMO_TEXTS[locale].resetAgain);
      await turn(cell, 'reset', 'push');
    }
    wasWaiting = isWaiting;
  }
}

function sayHowToGoOn({ console, grpc, simulation, locale }: DemoOptions, last: JobView): void {
  const texts = DEMO_TEXTS[locale];
  const job = grpc.endsWith(':50051') ? '' : ` --address ${grpc}`;
  const sim = simulation.endsWith(':50052') ? '' : ` --sim-address ${simulation}`;
  console.print('');
  console.print(texts.keepsRunning);
  console.print(`  npm run celda -- job submit ${last.workMasterId} -p count=5 --wait${job}`);
  console.print(`  npm run celda -- job get ${last.jobOrderId}${job}`);
  console.print(`  npm run celda -- set estop press${sim}      ${texts.pressStop}`);
  console.print(`  npm run celda -- set estop release${sim}    ${texts.releaseStop}`);
  console.print(`  npm run celda -- set reset push${sim}       ${texts.reset}`);
  console.print(`  npm run celda -- plant${sim}                ${texts.plant}`);
  console.print(texts.end);
}
