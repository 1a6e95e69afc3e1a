// What a run has measured of its stop times, as lines of log. Pure.
import type { Locale } from '../config/problem.ts';
import type { BoardStatus } from '../core/cell-event.ts';

const WORDS = {
  en: {
    stopTime: (board: string, figures: string, cycles: number) =>
      `board ${board}: stop time ${figures} of ${cycles} cycles`,
    noStops: 'no real stops',
    stops: 'real stops',
  },
  es: {
    stopTime: (board: string, figures: string, cycles: number) =>
      `tarjeta ${board}: tiempo de paro ${figures} de ${cycles} ciclos`,
    noStops: 'ningún paro real',
    stops: 'paros reales',
  },
} as const satisfies Record<Locale, object>;

/** One line per board of which anything was measured. */
export function describeStopTimes(
  boards: readonly Pick<BoardStatus, 'name' | 'stopTime'>[],
  locale: Locale = 'en',
): readonly string[] {
  return boards.filter(({ stopTime }) => stopTime.samples > 0).map((board) => describe(board, locale));
}

function describe({ name, stopTime }: Pick<BoardStatus, 'name' | 'stopTime'>, locale: Locale): string {
  const words = WORDS[locale];
  const { samples, p50Ms, p99Ms, maxMs, stops, stopP50Ms, stopMaxMs } = stopTime;
  const figures = `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, max ${maxMs.toFixed(1)} ms`;
  const real =
    stops === 0
      ? words.noStops
      : `${words.stops}: ${stops}, p50 ${stopP50Ms.toFixed(1)} ms, max ${stopMaxMs.toFixed(1)} ms`;
  return `${words.stopTime(name, figures, samples)}; ${real}`;
}
