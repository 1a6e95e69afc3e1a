// Entry of the process that plays the boards and the plant for `celda sim`: its time is not disturbed by the cell's.
import { loadCheckedCell } from '../src/app/load-checked-cell.ts';
import { EXIT_CODES, OperatorError } from '../src/app/operator-error.ts';
import { takeHighPriority } from '../src/app/process-priority.ts';
import { type BoardProcessMessage, readBoardSettings } from './board-process-message.ts';
import { openTerminals, serveBoards } from './boards.ts';

/** A defect says itself what it is: its stack. */
const DEFECT = {
  en: { message: undefined, hint: 'report it with this text' },
  es: { message: undefined, hint: 'infórmelo con este texto' },
} as const;

function tell(message: BoardProcessMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });
}

const settings = readBoardSettings(process.argv[2]);

async function main(): Promise<void> {
  const cell = loadCheckedCell(settings.cellPath, settings.locale);
  takeHighPriority();
  const terminals = openTerminals(
    cell,
    cell.boards.map(({ name }) => name),
    undefined,
    settings.locale,
  );
  const served = await serveBoards({
    cell,
    lines: terminals,
    simulation: settings.simulation,
    seed: settings.seed,
    level: settings.level,
    firmataImage: settings.firmataImage,
    log: (level, text) => void tell({ kind: 'log', level, text }),
    locale: settings.locale,
  });
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    void served.stop().finally(() => {
      for (const terminal of terminals.values()) terminal.close();
      process.exit(EXIT_CODES.ok);
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
  process.on('disconnect', end);
  const ports = Object.fromEntries([...terminals].map(([name, terminal]) => [name, terminal.path]));
  await tell({ kind: 'ready', simulation: served.simulation, ports });
}

main().catch(async (error: unknown) => {
  const told = error instanceof OperatorError ? error.told(settings.locale) : DEFECT[settings.locale];
  const text = told.message ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
  const exitCode = error instanceof OperatorError ? error.exitCode : EXIT_CODES.defect;
  await tell({ kind: 'failed', text, hint: told.hint, exitCode });
  process.exit(exitCode);
});
