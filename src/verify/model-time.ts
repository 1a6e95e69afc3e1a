// Time in a model: counted in ticks of one length, and not beyond the greatest limit that any timer is compared with.

/** Model time of all states between steps, ms: what lies before it is how long ago something was. */
export const NOW_MS = 1e9;

/** Ticks are this much longer than they say, ms, so that their sum never falls short of a limit by rounding. */
const ROUNDING_MS = 1e-6;

/** How the time of a part of the wiring is counted. */
export interface TickModel {
  /** Length of a tick, ms. */
  readonly tickMs: number;
  /** Every limit is a whole number of ticks, and ticks are fine enough for every order of the timers. */
  readonly isExact: boolean;
}

/** Ticks that the longest limit may have: more is made coarser, and said. */
const TICKS_MAX = 40;

function gcd(a: number, b: number): number {
  return b < 1e-6 ? a : gcd(b, a % b);
}

/**
 * The tick for timers with these limits, ms. For n timers the (n + 1)th part of the limits' common divisor: enough to tell
 * every order in which they can start and end (discretization of timed automata, Göllü, Puri and Varaiya, 1994).
 */
export function tickFor(limitsMs: readonly number[]): TickModel {
  const limits = limitsMs.filter((limit) => limit > 0);
  if (limits.length === 0) return { tickMs: 1000, isExact: true };
  const longest = Math.max(...limits);
  const exact = limits.reduce(gcd) / (limits.length + 1);
  if (longest / exact <= TICKS_MAX) return { tickMs: exact, isExact: true };
  return { tickMs: longest / TICKS_MAX, isExact: false };
}

/** @returns whole ticks that a limit takes */
export function ticksOf(limitMs: number, { tickMs }: TickModel): number {
  return Math.ceil(limitMs / tickMs - 1e-6);
}

const MOMENT_KEYS = new Map<string, boolean>();

/** By the rule of the reducers: a number whose key ends in `At` or `From` is a moment. */
function isMomentKey(key: string): boolean {
  const known = MOMENT_KEYS.get(key);
  if (known !== undefined) return known;
  const is = /(?:At|From)$/.test(key);
  MOMENT_KEYS.set(key, is);
  return is;
}

/** Data by key; of an array by index. */
type Data = Readonly<Record<string, unknown>>;

/**
 * Rewrites every moment of a memory, which is plain data. Called for every transition of every table: what holds no moment that
 * changes is kept as it is, and not copied.
 */
export function mapMoments<State>(state: State, change: (moment: number, path: string) => number, path = ''): State {
  if (typeof state !== 'object' || state === null) return state;
  let copy: Record<string, unknown> | undefined;
  for (const key in state) {
    const value = (state as Data)[key];
    let after = value;
    if (typeof value === 'number') after = isMomentKey(key) ? change(value, `${path}.${key}`) : value;
    else if (typeof value === 'object') after = mapMoments(value, change, `${path}.${key}`);
    if (after === value) continue;
    copy ??= (Array.isArray(state) ? [...(state as readonly unknown[])] : { ...state }) as Record<string, unknown>;
    copy[key] = after;
  }
  return (copy as State | undefined) ?? state;
}

/** Moves a memory in time so that `now` is NOW_MS, and counts how long ago things were in ticks, up to the longest limit of each. */
export function settleMoments<State>(
  state: State,
  now: number,
  { tickMs }: TickModel,
  ticksMax: (path: string) => number,
): State {
  return mapMoments(state, (moment, path) => {
    const ticks = Math.min(ticksMax(path), Math.max(0, Math.round((now - moment) / tickMs)));
    return NOW_MS - ticks * (tickMs + ROUNDING_MS);
  });
}

/** Moments of settled memories lie further apart than this part of a millisecond. */
const KEY_PARTS = 1000;

/**
 * Tells settled memories apart, as their JSON would, and quicker: it is asked for once for every transition of every table.
 * @param state plain data with moments not long before NOW_MS
 */
export function keyOf(state: unknown): string {
  if (typeof state !== 'object' || state === null) return String(state);
  let key = '{';
  for (const name in state) {
    const value = (state as Data)[name];
    if (typeof value === 'number' && isMomentKey(name)) key += `${name}:${Math.round((NOW_MS - value) * KEY_PARTS)},`;
    else if (value !== undefined) key += `${name}:${keyOf(value)},`;
  }
  return `${key}}`;
}
