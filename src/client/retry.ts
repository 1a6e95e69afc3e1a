// When a call may be repeated, and after how long.
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallError } from './call-error.ts';
import type { CallFailure } from './grpc-client.ts';

export interface RetryOptions {
  /** Attempts of one call in all, >= 1; 1: never repeated. @defaultValue no bound but the time */
  readonly attemptsMax?: number;
  /** No repetition begins later than this after the first attempt, ms; a gateway that died serves again in 2 s. @defaultValue 30,000 */
  readonly repeatMsMax?: number;
  /** Before the first repetition, ms; doubled before each further one. @defaultValue 100 */
  readonly delayMsMin?: number;
  /** The longest, ms; a cell that asks for more (RetryInfo) gets more, up to a minute. @defaultValue 5,000 */
  readonly delayMsMax?: number;
  /** Told before each repetition of a call: why, and after how many ms it begins. Watches tell it as an event. @defaultValue nobody */
  readonly onRepeat?: (why: CallError, delayMs: number) => void;
}

export type RetryPolicy = Required<RetryOptions>;

const ASKED_MS_MAX = 60_000;

export function retryPolicy({
  attemptsMax = Number.POSITIVE_INFINITY,
  repeatMsMax = 30_000,
  delayMsMin = 100,
  delayMsMax = 5_000,
  onRepeat = toNobody,
}: RetryOptions = {}): RetryPolicy {
  return { attemptsMax, repeatMsMax, delayMsMin, delayMsMax, onRepeat };
}

function toNobody(): void {}

/** True when the same call, under the same request id, may do better: nobody answered, or the cell said when to come again. */
export function mayRepeat(failure: CallFailure): boolean {
  if (failure.kind === 'unreachable') return true;
  if (failure.status === 'UNAVAILABLE' || failure.status === 'DEADLINE_EXCEEDED') return true;
  return failure.status === 'RESOURCE_EXHAUSTED' && failure.retryAfterMs !== undefined;
}

/**
 * Doubles with every attempt; one half of it is left to chance, so that clients that lost the same cell do not come back at once.
 * @param attempt number of failed attempts so far, >= 1
 * @returns ms
 */
export function delayBefore(attempt: number, policy: RetryPolicy, failure: CallFailure | undefined): number {
  const longest = Math.min(policy.delayMsMax, policy.delayMsMin * 2 ** Math.min(attempt - 1, 30));
  const own = longest / 2 + (longest / 2) * (randomInt(1_000) / 1_000);
  return Math.max(own, Math.min(failure?.retryAfterMs ?? 0, ASKED_MS_MAX));
}

/** Resolves early when one of `signals` aborts. */
export async function pause(ms: number, ...signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined));
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
