// What a run has measured of its links, as lines of log. Pure.
import type { Locale } from '../config/problem.ts';
import type { BoardStatus, LinkFigures, LinkState } from '../core/cell-event.ts';

const WORDS = {
  en: {
    line: (board: string, baud: number) => `board ${board}: line of ${baud} baud`,
    use: (toBoard: string, toHost: string) => `${toBoard} to the board, ${toHost} back`,
    roundTrip: 'round trip',
    frames: ({ dropped, missed, bad, late }: LinkFigures['errors']) =>
      `frames dropped ${dropped}, missed ${missed}, dropped by the board ${bad}, late ${late}`,
  },
  es: {
    line: (board: string, baud: number) => `tarjeta ${board}: línea de ${baud} baudios`,
    use: (toBoard: string, toHost: string) => `${toBoard} hacia la tarjeta, ${toHost} de vuelta`,
    roundTrip: 'ida y vuelta',
    frames: ({ dropped, missed, bad, late }: LinkFigures['errors']) =>
      `tramas descartadas ${dropped}, perdidas ${missed}, descartadas por la tarjeta ${bad}, tardías ${late}`,
  },
} as const satisfies Record<Locale, object>;

const STATES_ES: Readonly<Record<LinkState, string>> = {
  down: 'caído',
  connecting: 'conectando',
  unproven: 'sin comprobar',
  stopped: 'en paro',
  armed: 'armado',
  tripped: 'disparado',
};

/** @param state of a link, as the cell interface gives it; one that is not known stays as it is */
export function linkStateText(state: string, locale: Locale): string {
  return locale === 'es' && Object.hasOwn(STATES_ES, state) ? STATES_ES[state as LinkState] : state;
}

/** One line per board whose link is measured. Use and round trip are of the last second, errors of the whole run. */
export function describeLinks(
  boards: readonly Pick<BoardStatus, 'name' | 'linkFigures'>[],
  locale: Locale = 'en',
): readonly string[] {
  return boards.flatMap(({ name, linkFigures }) =>
    linkFigures === undefined ? [] : [describe(name, linkFigures, locale)],
  );
}

function describe(board: string, { baud, lineUse, roundTrip, errors }: LinkFigures, locale: Locale): string {
  const words = WORDS[locale];
  const use = words.use(percent(lineUse.toBoard), percent(lineUse.toHost));
  const { p50Ms, p99Ms, maxMs } = roundTrip;
  const trip = `p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, max ${maxMs.toFixed(1)} ms`;
  return `${words.line(board, baud)}, ${use}; ${words.roundTrip} ${trip}; ${words.frames(errors)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
