// What a run has measured of its stop times, as lines of log. Pure.
import type { BoardStatus } from '../core/cell-event.ts';

/** One line per board of which anything was measured. */
export function describeStopTimes(boards: readonly Pick<BoardStatus, 'name' | 'stopTime'>[]): readonly string[] {
  return boards.filter(({ stopTime }) => stopTime.samples > 0).map(describe);
}

function describe({ name, stopTime }: Pick<BoardStatus, 'name' | 'stopTime'>): string {
  const { samples, p50Ms, p99Ms, maxMs, stops, stopP50Ms, stopMaxMs } = stopTime;
  const figures = `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, max ${maxMs.toFixed(1)} ms`;
  const real =
    stops === 0
      ? 'no real stops'
      : `real stops: ${stops}, p50 ${stopP50Ms.toFixed(1)} ms, max ${stopMaxMs.toFixed(1)} ms`;
  return `board ${name}: stop time ${figures} of ${samples} cycles; ${real}`;
}
