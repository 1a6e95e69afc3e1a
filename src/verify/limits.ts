// Finds the times that a reducer compares its timers with, by looking at what it does: so that no time inside a block is missed.
import { mapMoments, NOW_MS } from './model-time.ts';

/** A reducer with its time. */
interface Timed<State> {
  readonly initial: State;
  readonly letters: number;
  readonly call: (state: State, letter: number, now: number) => State;
}

/** Longer than every time of a cell file, ms. */
const LONG_MS = 1e8;

/** Limits are found to this, ms; cell files give whole or tenths of milliseconds. */
const PRECISION_MS = 0.01;

/** A memory without its moments. */
function shapeOf(state: unknown): string {
  return JSON.stringify(mapMoments(state, () => 0));
}

function placesOf(state: unknown): readonly string[] {
  const places: string[] = [];
  mapMoments(state, (moment, place) => {
    places.push(place);
    return moment;
  });
  return places;
}

/** States that are reached when every wait is either not there or longer than every limit. */
function statesOf<State>({ initial, letters, call }: Timed<State>): readonly State[] {
  const settle = (state: State, now: number): State =>
    mapMoments(state, (moment) => (now - moment >= LONG_MS ? NOW_MS - LONG_MS : NOW_MS));
  const first = settle(initial, NOW_MS);
  const known = new Map([[JSON.stringify(first), first]]);
  for (const state of known.values()) {
    for (let letter = 0; letter < letters * 2; letter += 1) {
      const now = letter < letters ? NOW_MS : NOW_MS + LONG_MS;
      const after = settle(call(state, letter % letters, now), now);
      known.set(JSON.stringify(after), after);
    }
  }
  return [...known.values()];
}

/** @returns by the place of each moment that is compared with any, its limits, ms, ascending */
export function limitsOf<State>(reducer: Timed<State>): ReadonlyMap<string, readonly number[]> {
  const limits = new Map<string, number[]>();
  const tried = new Set<string>();
  for (const state of statesOf(reducer)) {
    for (const place of placesOf(state)) {
      const since = (elapsedMs: number): State =>
        mapMoments(state, (moment, at) => (at === place ? NOW_MS - elapsedMs : moment));
      // States that only differ in this moment are one here.
      const key = `${place} ${JSON.stringify(since(0))}`;
      if (tried.has(key)) continue;
      tried.add(key);
      const known = limits.get(place) ?? [];
      for (let letter = 0; letter < reducer.letters; letter += 1) addLimit(reducer, since, letter, known);
      if (known.length > 0) limits.set(place, known);
    }
  }
  return new Map([...limits].map(([place, found]) => [place, found.toSorted((a, b) => a - b)]));
}

/** Adds the limit that decides in this call, where one does. */
function addLimit<State>(
  { call }: Timed<State>,
  since: (elapsedMs: number) => State,
  letter: number,
  known: number[],
): void {
  const shapeAfter = (elapsedMs: number): string => shapeOf(call(since(elapsedMs), letter, NOW_MS));
  const early = shapeAfter(0);
  if (early === shapeAfter(LONG_MS)) return;
  const isAt = (limit: number): boolean =>
    shapeAfter(limit - PRECISION_MS) === early && shapeAfter(limit + PRECISION_MS) !== early;
  if (!known.some(isAt)) known.push(bisect((elapsedMs) => shapeAfter(elapsedMs) === early));
}

function bisect(isEarly: (elapsedMs: number) => boolean): number {
  let [low, high] = [0, LONG_MS];
  while (high - low > PRECISION_MS / 2) {
    const middle = (low + high) / 2;
    if (isEarly(middle)) low = middle;
    else high = middle;
  }
  return Math.round(high * 10) / 10;
}
