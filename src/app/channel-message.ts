// What travels on the cell channel: the messages of the port, a `hello` in pieces, and heartbeats.
import type { CellEvent, CellReply, CellRequest, CellSnapshot } from '../core/cell-event.ts';
import type { Fault } from '../core/faults.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import type { JobRecord } from '../core/job-order.ts';

/** From control to gateway. A long list of orders would hold up the cycle, so that `hello` comes in parts. */
export type DownMessage =
  | {
      readonly kind: 'hello-part';
      readonly epoch: string;
      readonly records: readonly JobRecord[];
      readonly checkpoints: readonly JobCheckpoint[];
      readonly last: boolean;
    }
  | { readonly kind: 'event'; readonly event: CellEvent }
  | { readonly kind: 'snapshot'; readonly snapshot: CellSnapshot }
  | { readonly kind: 'reply'; readonly reply: CellReply }
  | Heartbeat;

/** From gateway to control. */
export type UpMessage =
  | { readonly kind: 'request'; readonly request: CellRequest }
  /** All durable events of this run, up to this one, are on disk. */
  | { readonly kind: 'stored'; readonly epoch: string; readonly sequence: number }
  /** Why the journal takes nothing; absent: it does. */
  | { readonly kind: 'storing'; readonly refused?: Fault | undefined }
  /** Whether anybody watches the job orders. */
  | { readonly kind: 'watched'; readonly isWatched: boolean }
  | Heartbeat;

export interface Heartbeat {
  readonly kind: 'heartbeat';
}

export const HEARTBEAT: Heartbeat = { kind: 'heartbeat' };

/** Each end sends a heartbeat this often, ms. */
export const HEARTBEAT_EVERY_MS = 500;

/** An end that has heard nothing for this long gives the connection up, ms. */
export const SILENCE_MS_MAX = 2_000;

const DOWN_KINDS: Readonly<Record<DownMessage['kind'], true>> = {
  'hello-part': true,
  event: true,
  snapshot: true,
  reply: true,
  heartbeat: true,
};

const UP_KINDS: Readonly<Record<UpMessage['kind'], true>> = {
  request: true,
  stored: true,
  storing: true,
  watched: true,
  heartbeat: true,
};

/**
 * Both ends are started from the same installation, and the socket is open to one user only: the kind tells that the
 * far end is a cell channel at all, the rest is as its sender's compiler checked it.
 */
export function asDownMessage(value: unknown): DownMessage | undefined {
  return hasKind(value, DOWN_KINDS) ? (value as unknown as DownMessage) : undefined;
}

export function asUpMessage(value: unknown): UpMessage | undefined {
  return hasKind(value, UP_KINDS) ? (value as unknown as UpMessage) : undefined;
}

function hasKind(value: unknown, kinds: Readonly<Record<string, true>>): value is { readonly kind: string } {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return typeof value.kind === 'string' && Object.hasOwn(kinds, value.kind);
}
