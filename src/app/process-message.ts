// What a child process tells the supervisor over Node's IPC channel. The supervisor tells nothing: it sends signals.
import type { BegunOrder } from './begun-orders.ts';
import { endProcess } from './end-process.ts';
import type { InterruptedOrder } from './interrupted-orders.ts';
import type { ExitCode } from './operator-error.ts';

export type LogLevel = 'info' | 'warn' | 'error';

/** Called with one finished line; never throws and never blocks. */
export type Log = (level: LogLevel, text: string) => void;

export type FromChild =
  /** It does its work now. `address`: where it can be reached, if it serves anything outside; `interrupted`: what the journal has of earlier runs. */
  | { readonly kind: 'ready'; readonly address: string | undefined; readonly interrupted?: readonly InterruptedOrder[] }
  /** It still does its work; sent at least once a second by a process that is watched. */
  | { readonly kind: 'alive' }
  /** How far an order has come: whoever starts the next control process gives it that. */
  | { readonly kind: 'begun'; readonly order: BegunOrder }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly text: string }
  /** It cannot do its work, and trying again as it is will not help; it exits with `exitCode`. */
  | { readonly kind: 'failed'; readonly text: string; readonly hint: string; readonly exitCode: ExitCode };

/** Messages that wait for a supervisor that does not read; more are dropped, since a line of log may get lost. */
const UNREAD_MAX = 1_000;

export interface Parent {
  readonly isPresent: boolean;
  tell(message: FromChild): void;
  readonly log: Log;
  /** Sends, waits until it is gone (or the parent is), then ends the process. */
  tellAndExit(message: FromChild | undefined, exitCode: number): void;
}

/**
 * The supervisor as its child sees it. Without one (started by hand), log lines go to standard error.
 *
 * Sending never waits: standard error of a child can be a pipe that nobody empties, and writing there blocks the cycle.
 */
export function connectParent(): Parent {
  let unread = 0;
  const send = (message: FromChild, sent: () => void): void => {
    if (process.send === undefined || !process.connected || unread >= UNREAD_MAX) {
      sent();
      return;
    }
    unread += 1;
    process.send(message, undefined, {}, () => {
      unread -= 1;
      sent();
    });
  };
  const tell = (message: FromChild): void => send(message, () => undefined);
  return {
    get isPresent() {
      return process.connected;
    },
    tell,
    log: (level, text) => {
      if (process.connected) tell({ kind: 'log', level, text });
      else process.stderr.write(`${text}\n`);
    },
    tellAndExit: (message, exitCode) => {
      const exit = (): never => endProcess(exitCode);
      if (message === undefined) exit();
      else send(message, exit);
    },
  };
}

export function asFromChild(value: unknown): FromChild | undefined {
  const kinds: readonly string[] = ['ready', 'alive', 'begun', 'log', 'failed'] satisfies FromChild['kind'][];
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  return typeof value.kind === 'string' && kinds.includes(value.kind) ? (value as FromChild) : undefined;
}
