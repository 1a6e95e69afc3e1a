// What the board process is told at its start, and what it tells.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ExitCode, OperatorError } from '../src/app/operator-error.ts';
import type { Log, LogLevel } from '../src/app/process-message.ts';
import type { Endpoint, SimulationLevel } from '../src/app/simulation-options.ts';
import type { Locale } from '../src/config/problem.ts';

export interface BoardProcessSettings {
  readonly cellPath: string;
  readonly simulation: Endpoint;
  readonly seed: number;
  readonly level: SimulationLevel;
  readonly firmataImage?: string | undefined;
  readonly locale: Locale;
}

export type BoardProcessMessage =
  | { readonly kind: 'ready'; readonly simulation: string; readonly ports: Readonly<Record<string, string>> }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string; readonly hint: string; readonly exitCode: ExitCode };

/** @throws Error when the process was started by hand */
export function readBoardSettings(argument: string | undefined): BoardProcessSettings {
  if (argument === undefined) throw new Error('this is started by `celda sim`: no settings were given');
  return JSON.parse(argument) as BoardProcessSettings;
}

export interface BoardProcess {
  /** Address of the simulation interface, `host:port`. */
  readonly simulation: string;
  /** Path of each board's port, by board name. */
  readonly ports: Readonly<Record<string, string>>;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the board process and waits until its ports can be opened. It leads its own process group, so that Ctrl-C does
 * not take the boards from under a cell that is still stopping; it ends with this process.
 * @throws OperatorError with the reason when it cannot start
 */
export function startBoardProcess(settings: BoardProcessSettings, log: Log): Promise<BoardProcess> {
  const entry = fileURLToPath(
    new URL(`./board-process${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
  );
  const child = fork(entry, [JSON.stringify(settings)], {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return new Promise((resolve, reject) => {
    child.on('message', (value) => {
      const message = value as BoardProcessMessage;
      if (message.kind === 'log') log(message.level, `boards: ${message.text}`);
      else if (message.kind === 'failed') reject(new OperatorError(message.text, message.hint, message.exitCode));
      else {
        const { simulation, ports } = message;
        resolve({
          simulation,
          ports,
          ended,
          stop: () => {
            child.kill('SIGTERM');
            return ended;
          },
        });
      }
    });
    void ended.then(() =>
      reject(
        new OperatorError(
          {
            en: 'the board process ended before it was ready',
            es: 'el proceso de las tarjetas terminó antes de estar listo',
          },
          { en: 'look at the log above', es: 'vea el registro más arriba' },
        ),
      ),
    );
  });
}
