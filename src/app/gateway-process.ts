// Entry of the gateway process: serves the cell over gRPC. It may be slow or crash without any effect on the control cycle.

import type { Fault } from '../core/faults.ts';
import { Access } from '../mes/access.ts';
import { type GatewayServer, startGatewayServer } from '../mes/gateway-server.ts';
import { hintWith } from '../mes/listen-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalPort } from '../ports/journal.ts';
import type { LineLog } from '../ports/line-log.ts';
import { accessWarnings, readAccess, watchAccess } from './access/access-files.ts';
import { connectSocket } from './cell-socket.ts';
import { cellStanding } from './cell-standing.ts';
import { readCheckedFile } from './draft-check.ts';
import { DraftProcess } from './draft-process.ts';
import { openGatewayJournal, whenOpenable } from './gateway-journal.ts';
import { gatewayLine, JOURNAL_OPENABLE } from './gateway-line.ts';
import { aboutStart, trailLine, watchTimeSync } from './gateway-start.ts';
import { interruptedOrders } from './interrupted-orders.ts';
import { type LeftRecords, takeLeftRecords } from './left-records.ts';
import { loadCheckedCell } from './load-checked-cell.ts';
import { watchMemory } from './memory-watch.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import { connectParent } from './process-message.ts';
import { takeLowPriority } from './process-priority.ts';
import { type GatewaySettings, readSettings } from './process-settings.ts';
import { createRealClock } from './real-clock.ts';
import { createPush } from './response-push.ts';
import { createSystemRandom } from './system-random.ts';

/** Control that lives greets within ms; one that died with the gateway takes longer than anybody wants to wait for answers. */
const CONTROL_AWAITED_MS = 500;

takeLowPriority();
const parent = connectParent();
let gateway: GatewayServer | undefined;
let journal: JournalPort | undefined;
let leftRecords: LeftRecords | undefined;
let isEnding = false;

process.on('uncaughtException', (error) => endWithDefect(error));
process.on('unhandledRejection', (reason) => endWithDefect(reason));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
process.on('disconnect', () => void stop());

const settings = readSettings(process.argv[2]) as GatewaySettings;
try {
  await main(settings);
} catch (error) {
  if (error instanceof OperatorError) {
    const { message: text, hint } = error.told(settings.locale);
    parent.tellAndExit({ kind: 'failed', text, hint, exitCode: error.exitCode }, error.exitCode);
  } else {
    endWithDefect(error);
  }
}

async function main(settings: GatewaySettings): Promise<void> {
  const { host, port } = settings;
  const clock = createRealClock();
  const control = connectSocket({ path: settings.socket, clock, whenHeard: true });
  const tell: LineLog = (line, level = 'error') => parent.log(level, gatewayLine(line, settings.locale));
  const cell = loadCheckedCell(settings.cellPath, settings.locale, settings.cellCopy);
  journal = await openGatewayJournal(settings.journal, tell);
  await logTrail();
  const drafts = new DraftProcess(readCheckedFile(settings.cellPath, settings.cellCopy), clock);
  const interrupted = await interruptedOrders(cell, journal);
  const started = await startGatewayServer({
    cell,
    journal,
    about: aboutStart(cell, settings.cellPath),
    isClockSynced: watchTimeSync(clock),
    control,
    controlAwaitedMs: CONTROL_AWAITED_MS,
    clock,
    checkDraft: (id, definition) => drafts.check(id, definition),
    standing: () => cellStanding(cell, settings.cellPath),
    host,
    port,
    access: openAccess(settings, clock),
    push: settings.push && { ...createPush(settings.push), random: createSystemRandom() },
    log: tell,
  });
  if (!started.ok) {
    const { message } = started.error;
    throw new OperatorError(message, hintWith(started.error, '--grpc-port'), EXIT_CODES.occupied);
  }
  gateway = started.value;
  leftRecords = takeLeftRecords(settings.journal, {
    journal,
    clock,
    log: (line) => parent.log('warn', gatewayLine(line, settings.locale)),
  });
  watchMemory(clock, (text) => endWithDefect(new Error(text)));
  parent.tell({ kind: 'ready', address: `${host}:${gateway.port}`, interrupted });
  if (journal.state.kind === 'refusing' && journal.id === '') void startAnewWith(journal.state.fault, clock);
}

/** What is in a journal is taken over at the start of this process, and its end is short. */
async function startAnewWith(refused: Fault, clock: Clock): Promise<void> {
  await whenOpenable(refused, { path: settings.journal, clock });
  if (isEnding) return;
  parent.log('info', gatewayLine(JOURNAL_OPENABLE, settings.locale));
  await stop();
}

/** Kept in the log of the system, it shows later that nothing was cut off. */
async function logTrail(): Promise<void> {
  const line = journal && (await trailLine(journal));
  if (line !== undefined) parent.log('info', gatewayLine(line, settings.locale));
}

/** Looks after the files from then on: the process ends with them. */
function openAccess({ access: paths, locale }: GatewaySettings, clock: Clock): Access | undefined {
  if (paths === undefined) return undefined;
  const rules = readAccess(paths, clock.wall(), locale);
  if (!rules.ok) {
    const es = 'corrija los archivos nombrados; celda certs show muestra lo que dicen los certificados';
    const hint = locale === 'es' ? es : 'mend the files that are named; celda certs show tells what certificates say';
    throw new OperatorError(rules.error.join('\n'), hint);
  }
  for (const warning of accessWarnings(paths, rules.value, clock.wall(), locale)) parent.log('warn', warning);
  const access = new Access(rules.value);
  watchAccess(paths, access, clock, { log: parent.log, locale });
  return access;
}

async function stop(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await leftRecords?.end();
  await gateway?.stop();
  await logTrail();
  await journal?.close();
  parent.tellAndExit(undefined, EXIT_CODES.ok);
  process.exit(EXIT_CODES.ok);
}

function endWithDefect(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parent.tellAndExit({ kind: 'log', level: 'error', text: `[9001] internal defect: ${text}` }, EXIT_CODES.defect);
}
