// Findings about the board behind a port: asked by HELLO, which changes nothing on it.
import type { BoardFirmware, BoardModel } from '../../core/cell-model.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RandomSource } from '../../ports/random-source.ts';
import type { TransportFactory } from '../../ports/transport.ts';
import { type BoardIdentity, type ProbeOutcome, probeBoard } from '../board-probe.ts';
import { imageOf } from '../firmware-images.ts';
import { heldPort, portTrouble } from '../port-trouble.ts';
import { type PortUser, portUser } from '../port-user.ts';
import { type Finding, type Localized, roundMs, showSpread, spreadOf } from './finding.ts';

export interface BoardToCheck {
  readonly name: string;
  /** Path of the port or `tcp://host:port`. */
  readonly path: string;
  readonly factory: TransportFactory;
  /** What the cell says runs on it. */
  readonly firmware: BoardFirmware;
  /** The kind that the cell wants, undefined when any will do. */
  readonly kind: BoardModel['kind'] | undefined;
  /** The UID that the cell wants, undefined when any will do. */
  readonly uid: string | undefined;
  /** The longest that a round trip may take for this cell, ms: its commands are valid for no longer. */
  readonly validityMs: number;
}

interface CheckBoardOptions {
  readonly clock: Clock;
  readonly random: RandomSource;
  /** HELLO exchanges to time. */
  readonly exchanges: number;
}

/** One exchange in this many may be lost without the link being called unfit. */
const LOST_SHARE_MAX = 1 / 50;
/** Upper ends of the histogram's columns, ms; the last column takes the rest. */
const HISTOGRAM_MS = [1, 2, 5, 10, 20, 50, 100] as const;

/** Looks at one board. Not at one that somebody uses: a cell that runs on it is not disturbed. */
export async function checkBoard(board: BoardToCheck, options: CheckBoardOptions): Promise<readonly Finding[]> {
  const user = portUser(board.path);
  if (user !== undefined) return [leftAlone(board, user)];
  const outcome = await probeBoard({ factory: board.factory, ...options });
  if (outcome.kind === 'answered') return [...describeBoard(board, outcome.ident), judgeLink(board, outcome)];
  if (outcome.fault.code === 1006 && outcome.fault.detail['reason'] === 'in use') return [leftAlone(board, undefined)];
  return [
    {
      check: 'board',
      subject: board.name,
      level: 'fail',
      ...portTrouble(outcome.fault, board.path),
      values: { path: board.path, code: outcome.fault.code },
    },
  ];
}

/** A board that was not looked at, since a cell or another program uses it. */
export function leftAlone({ name, path }: Pick<BoardToCheck, 'name' | 'path'>, user: PortUser | undefined): Finding {
  return {
    check: 'board',
    subject: name,
    level: 'warn',
    ...heldPort(path, user),
    values: { path, usedBy: user?.pid ?? null },
  };
}

function describeBoard(board: BoardToCheck, ident: BoardIdentity): readonly Finding[] {
  return [judgeIdentity(board, ident), judgeStart(board, ident)];
}

function judgeIdentity(board: BoardToCheck, ident: BoardIdentity): Finding {
  const image = imageOf(ident.boardKind === 'mega' ? 'mega' : 'uno');
  const version = ident.firmware.join('.');
  const base = {
    check: 'board',
    subject: board.name,
    text: {
      en: `${board.path}: ${ident.boardKind}, firmware ${version}, wire ${ident.wireVersion}, UID ${ident.uid}`,
      es: `${board.path}: ${ident.boardKind}, firmware ${version}, wire ${ident.wireVersion}, UID ${ident.uid}`,
    },
    values: {
      path: board.path,
      boardKind: ident.boardKind,
      firmware: version,
      wireVersion: ident.wireVersion,
      uid: ident.uid,
    },
  };
  if (ident.wireVersion !== image.wireVersion) {
    return { ...base, level: 'fail', remedy: flash(board.path, `wire ${image.wireVersion}`) };
  }
  if (board.kind !== undefined && board.kind !== ident.boardKind) {
    return {
      ...base,
      level: 'fail',
      remedy: {
        en: `the cell wants a board of kind ${board.kind}: connect one, or correct kind in cell.yaml`,
        es: `la celda pide una tarjeta de tipo ${board.kind}: conecte una o corrija kind en cell.yaml`,
      },
    };
  }
  if (board.uid !== undefined && board.uid.toLowerCase() !== ident.uid) {
    return {
      ...base,
      level: 'fail',
      remedy: {
        en: `the cell wants board ${board.uid}: connect that one, or correct uid in cell.yaml`,
        es: `la celda pide la tarjeta ${board.uid}: conecte esa o corrija uid en cell.yaml`,
      },
    };
  }
  if (version === image.firmwareVersion) return { ...base, level: 'ok' };
  return { ...base, level: 'warn', remedy: flash(board.path, `firmware ${image.firmwareVersion}`) };
}

function judgeStart(board: BoardToCheck, ident: BoardIdentity): Finding {
  const { bootCount, resetCause, state, tripCause } = ident;
  const isSuspicious = resetCause === 'brown-out' || resetCause === 'watchdog';
  return {
    check: 'board-start',
    subject: board.name,
    level: isSuspicious ? 'warn' : 'ok',
    text: {
      en: `start ${bootCount}, by ${resetCause}; state ${state}, trip cause ${tripCause}`,
      es: `arranque ${bootCount}, por ${spanish(resetCause)}; estado ${spanish(state)}, causa de disparo ${spanish(tripCause)}`,
    },
    ...(isSuspicious
      ? {
          remedy: {
            en: 'check the supply of the board: actuators must not draw from it; if it goes on, flash it again',
            es: 'revise la alimentación de la tarjeta: los actuadores no deben tomar de ella; si sigue, grábela de nuevo',
          },
        }
      : {}),
    values: { bootCount, resetCause, state, tripCause },
  };
}

/** Names of the wire; a code without a name is shown as it is. */
const SPANISH: Readonly<Record<string, string>> = {
  unknown: 'desconocido',
  'power-on': 'encendido',
  external: 'reset externo',
  'brown-out': 'baja tensión',
  watchdog: 'watchdog',
  boot: 'recién arrancada',
  configuring: 'en configuración',
  stopped: 'detenida',
  armed: 'armada',
  tripped: 'disparada',
  none: 'ninguna',
  lease: 'plazo vencido',
  configuration: 'configuración dañada',
  permit: 'permiso abierto',
  superseded: 'sesión nueva',
  closed: 'cierre del controlador',
};

function spanish(name: string | number): string {
  return SPANISH[name] ?? String(name);
}

function judgeLink(board: BoardToCheck, outcome: Extract<ProbeOutcome, { kind: 'answered' }>): Finding {
  const { roundTripsMs, lost, damaged } = outcome;
  const spread = spreadOf(roundTripsMs);
  const asked = roundTripsMs.length + lost;
  const isUnfit = lost > asked * LOST_SHARE_MAX || !(spread.p99 < board.validityMs);
  const isGood = lost === 0 && damaged === 0 && spread.p99 < board.validityMs / 2;
  const figures = showSpread(spread);
  return {
    check: 'link',
    subject: board.name,
    level: isUnfit ? 'fail' : isGood ? 'ok' : 'warn',
    text: {
      en: `${asked} exchanges, ${lost} lost, ${damaged} damaged frames, round trip ${figures}`,
      es: `${asked} intercambios, ${lost} perdidos, ${damaged} tramas dañadas, ida y vuelta ${figures}`,
    },
    ...(isGood
      ? {}
      : {
          remedy: {
            en: 'a shorter, shielded cable away from motors, no hub, latency timer 1 ms; or a higher baud',
            es: 'un cable más corto, blindado y lejos de motores, sin hub, latency timer de 1 ms; o más baudios',
          },
        }),
    values: {
      asked,
      lost,
      damaged,
      p50Ms: finite(spread.p50),
      p99Ms: finite(spread.p99),
      maxMs: finite(spread.max),
      histogramUpToMs: HISTOGRAM_MS,
      histogramCounts: histogram(roundTripsMs),
    },
  };
}

/** How many took at most each of `HISTOGRAM_MS` and more than the one before; last, how many took longer. */
export function histogram(sample: readonly number[]): readonly number[] {
  const counts = Array.from({ length: HISTOGRAM_MS.length + 1 }, () => 0);
  for (const value of sample) {
    const column = HISTOGRAM_MS.findIndex((upTo) => value <= upTo);
    const index = column < 0 ? HISTOGRAM_MS.length : column;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? roundMs(value) : null;
}

function flash(path: string, version: string): Localized {
  return {
    en: `celda flash ${path} (this Celda brings ${version})`,
    es: `celda flash ${path} (esta Celda trae ${version})`,
  };
}
