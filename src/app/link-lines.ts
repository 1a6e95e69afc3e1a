// What a run has measured of its links, as lines of log. Pure.
import type { BoardStatus, LinkFigures } from '../core/cell-event.ts';

/** One line per board whose link is measured. Use and round trip are of the last second, errors of the whole run. */
export function describeLinks(boards: readonly Pick<BoardStatus, 'name' | 'linkFigures'>[]): readonly string[] {
  return boards.flatMap(({ name, linkFigures }) => (linkFigures === undefined ? [] : [describe(name, linkFigures)]));
}

function describe(board: string, { baud, lineUse, roundTrip, errors }: LinkFigures): string {
  const use = `${percent(lineUse.toBoard)} to the board, ${percent(lineUse.toHost)} back`;
  const { p50Ms, p99Ms, maxMs } = roundTrip;
  const trip = `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, max ${maxMs.toFixed(1)} ms`;
  const { dropped, missed, bad, late } = errors;
  const frames = `frames dropped ${dropped}, missed ${missed}, dropped by the board ${bad}, late ${late}`;
  return `board ${board}: line of ${baud} baud, ${use}; round trip ${trip}; ${frames}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
