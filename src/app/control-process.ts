// Entry of the control process: runs the cell over its boards and serves the cell channel. No network, no disk in a cycle.
import type { Locale } from '../config/problem.ts';
import type { BoardStatus } from '../core/cell-event.ts';
import { monotonicMs } from '../core/units.ts';
import type { FromControl } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import { begunIn, recalling } from './begun-orders.ts';
import { type SocketServer, serveSocket } from './cell-socket.ts';
import { exchangedBoards, withBoards } from './commission/commissioned.ts';
import { type ControlRun, startControl } from './compose-control.ts';
import { endProcess } from './end-process.ts';
import { createEventLog } from './event-log.ts';
import { describeLinks } from './link-lines.ts';
import { loadCheckedCell } from './load-checked-cell.ts';
import { loadPrograms } from './load-programs.ts';
import { withMachine } from './local-requests.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import { connectParent, type Parent } from './process-message.ts';
import { takeHighPriority } from './process-priority.ts';
import { type ControlSettings, readSettings } from './process-settings.ts';
import { reachBoards } from './reach-boards.ts';
import { createRealClock } from './real-clock.ts';
import { describeStopTimes } from './stop-time-lines.ts';
import { createSystemRandom } from './system-random.ts';

/** Between signs of life to the supervisor, ms. */
const ALIVE_EVERY_MS = 1_000;

/** The control process of a supervisor that was killed may still be stopping: how long its socket is waited for, ms. */
const PREDECESSOR_MS = 10_000;
const PREDECESSOR_RETRY_MS = 200;

/** What a dying process leaves the operating system to send its last frames, ms. */
const LAST_WORDS_MS = 20;

const parent = connectParent();
let run: ControlRun | undefined;
let isEnding = false;

process.on('uncaughtException', (error) => endWithDefect(error));
process.on('unhandledRejection', (reason) => endWithDefect(reason));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
process.on('disconnect', stop);

const settings = readSettings(process.argv[2]) as ControlSettings;
try {
  await main(settings, parent);
} catch (error) {
  if (error instanceof OperatorError) {
    const { message: text, hint } = error.told(settings.locale);
    parent.tellAndExit({ kind: 'failed', text, hint, exitCode: error.exitCode }, error.exitCode);
  } else {
    endWithDefect(error);
  }
}

async function main(settings: ControlSettings, to: Parent): Promise<void> {
  const clock = createRealClock();
  const random = createSystemRandom();
  const cell = loadCheckedCell(settings.cellPath, settings.locale, settings.cellCopy);
  const programs = await loadPrograms(cell);
  const epoch = `${Date.now().toString(36)}-${random.nextUint32().toString(36)}`;
  const server = await serveWhenFree({ path: settings.socket, epoch, clock });
  const machine = await serveWhenFree({ path: settings.machine, epoch, clock, keepsEvents: false });
  const exchanged = exchangedBoards(settings.seenUids, settings.locale);
  const report = createReporter(clock, to, settings.locale);
  takeHighPriority();
  run = startControl({
    cell: withBoards(cell, settings.uids),
    epoch,
    clock,
    random,
    ...reachBoards(cell, settings.ports, { clock, log: to.log }),
    programs,
    server: recalling(withMachine(server, machine), settings.begun),
    onMessage: report.message,
    onBoardMet: (board, uid) => {
      const line = exchanged(board, uid);
      if (line !== undefined) to.log('warn', line);
    },
    log: to.log,
  });
  if (isEnding) run.shutdown();
  to.tell({ kind: 'ready', address: undefined });
  await run.ended;
  report.end();
  for (const end of [server, machine]) end.close();
  await Promise.all([server.ended(), machine.ended()]);
  to.tellAndExit(undefined, EXIT_CODES.ok);
}

/** A controlled stop: motion ramps down, outputs go to their safe values, and only then the process ends. */
function stop(): void {
  if (isEnding) return;
  isEnding = true;
  if (run === undefined) endProcess(EXIT_CODES.ok);
  run.shutdown();
}

/** Outputs first, then the words, then the end: after a defect nothing in this process can be trusted. */
function endWithDefect(error: unknown): void {
  run?.stopBoards();
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parent.log('error', `[9001] internal defect, boards were told to stop: ${text}`);
  setTimeout(() => endProcess(EXIT_CODES.defect), LAST_WORDS_MS);
}

async function serveWhenFree(options: Parameters<typeof serveSocket>[0]): Promise<SocketServer> {
  const { clock } = options;
  const giveUpAt = clock.now() + PREDECESSOR_MS;
  for (;;) {
    try {
      return await serveSocket(options);
    } catch (error) {
      if (!(error instanceof OperatorError) || clock.now() >= giveUpAt) throw error;
    }
    await new Promise<void>((resolve) => {
      clock.schedule(monotonicMs(clock.now() + PREDECESSOR_RETRY_MS), resolve);
    });
  }
}

interface Reporter {
  readonly message: (message: FromControl) => void;
  /** Logs what the run has measured. */
  readonly end: () => void;
}

/** Logs what happens, and tells the supervisor that cycles are finished: snapshots come from nowhere else. */
function createReporter(clock: Clock, to: Parent, locale: Locale): Reporter {
  const describe = createEventLog(locale);
  let toldAt = Number.NEGATIVE_INFINITY;
  let boards: readonly BoardStatus[] = [];
  return {
    message: (message) => {
      if (message.kind === 'event') {
        const line = describe(message.event);
        if (line !== undefined) to.log(line.level, line.text);
        const begun = begunIn(message.event.body);
        if (begun !== undefined) to.tell({ kind: 'begun', order: begun });
      }
      if (message.kind !== 'snapshot') return;
      ({ boards } = message.snapshot);
      if (clock.now() - toldAt < ALIVE_EVERY_MS) return;
      toldAt = clock.now();
      to.tell({ kind: 'alive' });
    },
    end: () => {
      for (const line of [...describeStopTimes(boards, locale), ...describeLinks(boards, locale)]) to.log('info', line);
    },
  };
}
