// A process with a whole cell whose disk fails, or is slow, under its journal while an order runs; prints what an MES was answered and
// what the cell did meanwhile. Time in the cell is virtual, the disk and the calls are real.
import { setTimeout } from 'node:timers/promises';
import { celda } from '../../proto/generated/celda.js';
import { connectCell, isCallError, toParameters } from '../../src/client/index.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { EXAMPLE, exampleCell } from './cycle-rig.ts';
import { DISK_WORKS, type DiskRule, ERRNO, setRule } from './disk-shim.ts';
import { serveCell } from './served-cell.ts';

export interface CellUnderRule {
  readonly path: string;
  /** File of the rule. */
  readonly ruleFile: string;
}

/** What happened while the disk was in trouble. */
export interface TroubleReport {
  /** `OK`, or status and reason of the refusal. */
  readonly answer: string;
  readonly answerMs: number;
  /** Cycles of control that were late. */
  readonly overruns: number;
  /** Numbers of the alarms that stood, as an operator was shown over the network, meanwhile and when the disk worked again. */
  readonly alarms: { readonly during: readonly number[]; readonly after: readonly number[] };
  /** Parts that the running order moved in 15 s of the cell. */
  readonly moved: number;
}

/** How a cell was stopped whose disk was full. */
export interface FullStopReport {
  /** Unit and link to its board before, after a stop that was asked for over the network, and after the emergency stop. */
  readonly seen: readonly string[];
  readonly answer: string;
}

const RUNNING = 'running';
const PARTS = 60;
const STANDING = celda.cell.v1.AlarmState.ALARM_STATE_UNACKNOWLEDGED;
const TROUBLE_MS = 15_000;
const CYCLE_MS = 20;

const { path, ruleFile } = JSON.parse(process.argv[2] ?? '') as CellUnderRule;
setRule(ruleFile, DISK_WORKS);
const opened = await openJournal({ path, reopenMs: 20 });
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const journal = opened.value;
const cell = await serveCell(exampleCell(), EXAMPLE, journal);
await cell.advance(1_000);
await cell.reset();
await cell.advance(1_000);
const mes = connectCell({ address: cell.address, retries: { attemptsMax: 1 } });

/** @returns `OK`, or status and reason of the refusal */
function store(jobOrderId: string, parts: number): Promise<string> {
  const jobOrder = { jobOrderId, workMasterId: 'pick-and-place', parameters: toParameters({ count: parts }) };
  const stored = mes.jobs.storeAndStartJobOrder({ requestId: `request-${jobOrderId}`, jobOrder });
  return atPaceOf(
    stored.then(
      () => 'OK',
      (error: unknown) => (isCallError(error) ? `${error.status} ${error.reason}` : String(error)),
    ),
  );
}

/** Those whose cause is there, as the gateway tells everybody. */
async function alarms(): Promise<readonly number[]> {
  const { alarms: listed } = await cell.during(mes.cell.listAlarms({}));
  return listed.filter(({ state }) => state === STANDING).map((alarm) => alarm.fault?.code ?? 0);
}

/** As the cell itself has it: an MES is shown only what is on disk. */
function moved(): number {
  const { job } = cell.snapshot;
  return job?.jobOrderId === RUNNING ? job.producedQuantity : 0;
}

/** Time of the cell passes no faster than that of the disk, which is real: a call may last for so many seconds of the cell. */
async function atPaceOf<T>(answer: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const done = answer.finally(() => answered.abort());
  while (!answered.signal.aborted) {
    await cell.advance(CYCLE_MS);
    await setTimeout(CYCLE_MS);
  }
  return done;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await cell.during(new Promise((resolve) => setImmediate(resolve)));
}

async function trouble(jobOrderId: string, rule: DiskRule): Promise<TroubleReport> {
  const begun = performance.now();
  setRule(ruleFile, rule);
  const answer = await store(jobOrderId, 1);
  const answerMs = performance.now() - begun;
  const before = moved();
  await cell.advance(TROUBLE_MS);
  const after = moved();
  const during = await alarms();
  setRule(ruleFile, DISK_WORKS);
  // As an MES does it: the same request under the same id, until there is an answer.
  await until(async () => (await store(jobOrderId, 1)) === 'OK');
  await until(async () => (await store(`after-${jobOrderId}`, 1)) === 'OK');
  // A snapshot later, everybody sees it.
  await cell.advance(200);
  return {
    answer,
    answerMs,
    alarms: { during, after: await alarms() },
    overruns: cell.events.filter((line) => line.includes('overrun')).length,
    moved: after - before,
  };
}

function seen(): string {
  const { boards, unit } = cell.snapshot;
  return [unit, ...boards.map(({ link }) => link)].join(' ');
}

/** Nothing of it can be written down, and it is done all the same. */
async function stopWhileFull(): Promise<FullStopReport> {
  const before = seen();
  setRule(ruleFile, fails('write', ERRNO.ENOSPC));
  const asked = mes.cell.sendUnitCommand({ command: celda.cell.v1.UnitCommand.UNIT_COMMAND_STOP });
  const answer = await atPaceOf(
    asked.then(
      () => 'OK',
      (error: unknown) => String(error),
    ),
  );
  await cell.advance(3_000);
  const stopped = seen();
  cell.world.press('estop');
  await cell.advance(200);
  const report = { seen: [before, stopped, seen()], answer };
  setRule(ruleFile, DISK_WORKS);
  return report;
}

await store(RUNNING, PARTS);
await until(() => Promise.resolve(moved() > 0));
const fails = (operation: DiskRule['operation'], errno: number): DiskRule => ({ operation, errno, delayMs: 0 });
const report = {
  full: await trouble('full', fails('write', ERRNO.ENOSPC)),
  readOnly: await trouble('read-only', fails('write', ERRNO.EROFS)),
  unsynced: await trouble('unsynced', fails('sync', ERRNO.EIO)),
  slow: await trouble('slow', { operation: 'sync', errno: 0, delayMs: 2_000 }),
};
const kept = await journal.orders.list({ direction: 'oldest-first', limit: 100 });
const orders = kept.ok ? kept.value.orders.map(({ event }) => event.record.order.jobOrderId) : [];
const stopped = await stopWhileFull();
mes.close();
await cell.stop();
await journal.close();
process.stdout.write(JSON.stringify({ ...report, orders, stopped }));
