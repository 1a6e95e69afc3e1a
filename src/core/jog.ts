// Who jogs, and for how long still: a jog lives only while its client shows, with tokens that are handed out one by one, that it
// lives itself. Pure.
import type { MonotonicMs } from './units.ts';

/** A jog dies this long after the token was handed out that its client showed last, ms: 150 ms after the client at the latest. */
export const JOG_LEASE_MS = 150;

/** Wanted speeds in percent of the top speeds: -100..100 by joint name. Joints that are not named stand. */
export type JogSpeeds = Readonly<Record<string, number>>;

/** A jog that was asked for. Plain data. */
export interface JogState {
  /** The one client that jogs. */
  readonly holder: string;
  /** Wanted speeds by joint index, degrees/s or mm/s. */
  readonly wanted: readonly number[];
  /** When it dies unless its client shows a newer token. */
  readonly until: MonotonicMs;
  /** Speeds are heeded only after all of them were asked to be 0: what began before an enabling or a reset moves nothing. */
  readonly mustRest: boolean;
}

/** What a client of a jog is told. `token` proves, when it comes back, that the client lived after it was handed out. */
export interface JogGrant {
  readonly token: string;
  /** What keeps the joints from moving now; undefined: they follow. */
  readonly waitsFor: 'enabling' | 'rest' | undefined;
}

/** @param epoch of the control process: its times mean nothing to another */
export function jogToken(epoch: string, now: MonotonicMs): string {
  return `${epoch}/${now}`;
}

/** @returns when a token was handed out, ms; undefined for one that is not of this process or not of the past */
export function tokenIssuedAt(token: string, epoch: string, now: MonotonicMs): number | undefined {
  if (!token.startsWith(`${epoch}/`)) return undefined;
  const issuedAt = Number(token.slice(epoch.length + 1));
  return Number.isFinite(issuedAt) && issuedAt <= now ? issuedAt : undefined;
}
