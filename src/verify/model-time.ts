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

type Data = Readonly<Record<string, unknown>>;

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null;
}

/** By the rule of the reducers: a number whose key ends in `At` or `From` is a moment. */
function isMoment(key: string, value: unknown): value is number {
  return /(?:At|From)$/.test(key) && typeof value === 'number';
}

/** Rewrites every moment of a memory, which is plain data. */
export function mapMoments<State>(state: State, change: (moment: number, path: string) => number, path = ''): State {
  if (!isData(state)) return state;
  if (Array.isArray(state)) return state.map((each: unknown, i) => mapMoments(each, change, `${path}[${i}]`)) as State;
  return Object.fromEntries(
    Object.entries(state).map(([key, value]) => {
      const place = `${path}.${key}`;
      return [key, isMoment(key, value) ? change(value, place) : mapMoments(value, change, place)];
    }),
  ) as State;
}

/** Moves a memory in time so that `now` is NOW_MS, and counts how long ago things were in ticks, up to `ticksMax`. */
export function settleMoments<State>(state: State, now: number, { tickMs }: TickModel, ticksMax: number): State {
  return mapMoments(state, (moment) => {
    const ticks = Math.min(ticksMax, Math.max(0, Math.round((now - moment) / tickMs)));
    return NOW_MS - ticks * (tickMs + ROUNDING_MS);
  });
}
