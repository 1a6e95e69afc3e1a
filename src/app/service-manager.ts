// Tells systemd how the service does, when it is run by systemd (sd_notify(3)); otherwise does nothing.
import { spawn } from 'node:child_process';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';

export interface ServiceManager {
  ready(status: string): void;
  stopping(): void;
  /** The cell is controlled: feeds systemd's watchdog if it has one, at most twice per its period. */
  alive(): void;
}

/**
 * Node has no Unix datagram sockets, so systemd's own tool speaks for us. The unit needs `NotifyAccess=all`.
 *
 * @param environment `NOTIFY_SOCKET` and `WATCHDOG_USEC` as systemd sets them
 */
export function createServiceManager(
  environment: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  run: (args: readonly string[]) => void = runSystemdNotify,
): ServiceManager {
  const isManaged = (environment['NOTIFY_SOCKET'] ?? '') !== '';
  const watchdogMs = Number(environment['WATCHDOG_USEC'] ?? Number.NaN) / 1_000;
  let feedAgainAt = monotonicMs(0);
  const notify = (...args: readonly string[]): void => {
    if (isManaged) run([`--pid=${process.pid}`, ...args]);
  };
  return {
    ready: (status) => notify('--ready', `--status=${status}`),
    stopping: () => notify('STOPPING=1', '--status=stopping'),
    alive: () => {
      if (!(watchdogMs > 0) || clock.now() < feedAgainAt) return;
      feedAgainAt = monotonicMs(clock.now() + watchdogMs / 2);
      notify('WATCHDOG=1');
    },
  };
}

function runSystemdNotify(args: readonly string[]): void {
  const child = spawn('systemd-notify', args, { stdio: 'ignore' });
  // A missing tool must not end the cell; systemd then reports by itself that it was told nothing.
  child.on('error', () => undefined);
  child.unref();
}
