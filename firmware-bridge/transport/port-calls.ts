// The calls to open and close a serial port that the system has not returned from. Nobody can take such a call back: it holds a
// thread of the pool, and the process cannot end by itself, until the driver lets go of it.
import { realpathSync } from 'node:fs';
import type { EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** A port whose opening takes longer than this does not open, ms: a driver answers within a few, a USB request within 5 s. */
export const OPEN_MS_MAX = 5_000;

/** Opens the port; calls `returned` once, when the system has come back, and what is not wanted any more is closed. */
type Opener = (returned: () => void) => void;

interface Opening {
  readonly startedAt: number;
  readonly since: EpochMs;
  /** Those who want the same port next. */
  readonly next: readonly (() => void)[];
}

/** By port, links followed. Of the whole process, as the pool is: whoever opens does not know of those who gave up before. */
const OPENINGS = new Map<string, Opening>();
let closings = 0;

/** Calls that the system has not returned from: while there is one, the process does not end by itself. */
export function callsUnderWay(): number {
  return OPENINGS.size + closings;
}

/** @returns since when a port has not opened for too long, undefined when it has not been tried so long */
export function stuckSince(path: string, clock: Clock): EpochMs | undefined {
  const opening = OPENINGS.get(keyOf(path));
  return opening !== undefined && clock.now() - opening.startedAt >= OPEN_MS_MAX ? opening.since : undefined;
}

/** Opens when nobody else in this process is opening the port: at once, or when that has returned. Never two calls at a time. */
export function openInTurn(path: string, clock: Clock, open: Opener): void {
  const key = keyOf(path);
  const begin = (next: readonly (() => void)[]): void => {
    OPENINGS.set(key, { startedAt: clock.now(), since: clock.wall(), next });
    open(() => endTurn(key));
  };
  const present = OPENINGS.get(key);
  if (present === undefined) begin([]);
  else OPENINGS.set(key, { ...present, next: [...present.next, () => begin(OPENINGS.get(key)?.next ?? [])] });
}

/** @returns what is to be called when the closing that begins now has returned */
export function closingBegins(): () => void {
  closings += 1;
  return () => {
    closings -= 1;
  };
}

function endTurn(key: string): void {
  const present = OPENINGS.get(key);
  const [first, ...rest] = present?.next ?? [];
  if (present === undefined || first === undefined) {
    OPENINGS.delete(key);
    return;
  }
  OPENINGS.set(key, { ...present, next: rest });
  first();
}

function keyOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
