// What the supervisor hands to its processes: plain data, one argument in JSON.
import type { Locale } from '../config/problem.ts';
import type { AccessPaths } from './access/access-files.ts';
import type { BegunOrder } from './begun-orders.ts';
import type { SeenUids } from './commission/commissioned.ts';
import type { PushSettings } from './response-push.ts';

export interface ControlSettings {
  readonly cellPath: string;
  /** Copy of that file, which is read instead: the file may have been changed since the cell was started. */
  readonly cellCopy: string;
  /** By board name. */
  readonly ports: Readonly<Record<string, string>>;
  /** UIDs of the boards that were commissioned, by board name: no other is accepted; a board that is not here may be any. */
  readonly uids: Readonly<Record<string, string>>;
  /** UIDs of the boards that the commissioning was done with, by board name: of another one a warning is logged; none: nothing is known. */
  readonly seenUids: SeenUids;
  /** Where the cell channel is served. */
  readonly socket: string;
  /** Where a person at this machine asks for what no network can. */
  readonly machine: string;
  /** How far orders had come in the control process before, as it has told last. */
  readonly begun: readonly BegunOrder[];
  /** Of what is logged. */
  readonly locale: Locale;
}

export interface GatewaySettings {
  readonly cellPath: string;
  /** As in ControlSettings. */
  readonly cellCopy: string;
  readonly socket: string;
  /** Address and port to serve gRPC on; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** Certificates and roles; undefined: plain text, for this machine only. */
  readonly access: AccessPaths | undefined;
  /** The MES that job responses are pushed to; undefined: they are only fetched. */
  readonly push: PushSettings | undefined;
  /** File that remembers job orders. */
  readonly journal: string;
  /** Of what is logged about certificates and roles. */
  readonly locale: Locale;
}

/**
 * The supervisor and its processes come from the same installation: the shape is as its compiler checked it.
 *
 * @throws Error when a process was started by hand without settings
 */
export function readSettings(argument: string | undefined): unknown {
  if (argument === undefined) throw new Error('this is started by `celda run` or `celda sim`: no settings were given');
  return JSON.parse(argument);
}
