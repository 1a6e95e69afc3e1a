// When a process that ended is started again, and when it stays down. Pure: time comes in.

/** Times in milliseconds. */
export interface RestartLimits {
  /** Delay before the first restart; doubles with each further crash in the window. */
  readonly backoffMs: number;
  readonly backoffMsMax: number;
  /** Crashes within this time count together. */
  readonly windowMs: number;
  /** The process stays down when so many crashes fall into the window; undefined: it is always started again. */
  readonly crashesMax: number | undefined;
}

/** A control process that keeps crashing moves a machine again and again into a stop: a person has to look. */
export const CONTROL_LIMITS: RestartLimits = {
  backoffMs: 200,
  backoffMsMax: 5_000,
  windowMs: 600_000,
  crashesMax: 3,
};

/** Without the gateway the cell works but cannot be seen: it is never given up. */
export const GATEWAY_LIMITS: RestartLimits = {
  backoffMs: 100,
  backoffMsMax: 5_000,
  windowMs: 60_000,
  crashesMax: undefined,
};

export interface RestartState {
  /** Monotonic times of the crashes still in the window, ms, ascending. */
  readonly crashesAt: readonly number[];
}

export const NO_CRASHES: RestartState = { crashesAt: [] };

export type RestartDecision =
  | { readonly kind: 'restart'; readonly afterMs: number }
  | { readonly kind: 'stay-down'; readonly crashes: number; readonly windowMs: number };

/** @param nowMs monotonic time of the crash, not before those in `state` */
export function onCrash(
  state: RestartState,
  nowMs: number,
  limits: RestartLimits,
): { readonly state: RestartState; readonly decision: RestartDecision } {
  const crashesAt = [...state.crashesAt.filter((at) => nowMs - at < limits.windowMs), nowMs];
  const crashes = crashesAt.length;
  const decision: RestartDecision =
    limits.crashesMax !== undefined && crashes >= limits.crashesMax
      ? { kind: 'stay-down', crashes, windowMs: limits.windowMs }
      : { kind: 'restart', afterMs: Math.min(limits.backoffMs * 2 ** Math.min(crashes - 1, 30), limits.backoffMsMax) };
  // Only the length of the tail decides about back-off, so a gateway that crashes for days does not grow this.
  return { state: { crashesAt: crashesAt.slice(-64) }, decision };
}
