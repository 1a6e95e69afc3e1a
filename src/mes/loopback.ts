// Whether an address reaches nobody but programs on this machine.
import { isIPv4, isIPv6 } from 'node:net';

/** @param host address or name; only `localhost` counts as a name, since others may come to mean another machine */
export function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith('127.');
  return isIPv6(host) ? host === '::1' : host === 'localhost';
}
