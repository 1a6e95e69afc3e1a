// Looks for a board of a cell by its UID, as a running cell would: on its `searchPorts` and on USB ports that look like a board.
import { openTransport } from '../../../firmware-bridge/transport/open-transport.ts';
import { BOOT_BAUD } from '../../../firmware-bridge/wire/speeds.ts';
import type { BoardModel, CellModel } from '../../core/cell-model.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RandomSource } from '../../ports/random-source.ts';
import { isLookedFor } from '../board-ports.ts';
import { probeBoard } from '../board-probe.ts';
import { candidatesOf } from '../reach-boards.ts';
import type { Finding } from './finding.ts';

interface SeekOptions {
  readonly cell: CellModel;
  /** Ports by board name; they win over the cell's file. */
  readonly ports: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly random: RandomSource;
}

export type Sought =
  | { readonly kind: 'found'; readonly path: string }
  /** Nothing to look for it by: without `uid` it is on its port or nowhere. */
  | { readonly kind: 'not-sought' }
  | { readonly kind: 'nowhere'; readonly tried: number };

/** Asks on every port that no program holds, one after the other; opening one restarts an Arduino with automatic reset. */
export async function seekBoard(board: BoardModel, { cell, ports, clock, random }: SeekOptions): Promise<Sought> {
  if (!isLookedFor(board)) return { kind: 'not-sought' };
  const candidates = candidatesOf(cell, ports, board.name);
  for (const { path } of candidates) {
    const factory = openTransport(path, { clock, baud: BOOT_BAUD });
    const outcome = await probeBoard({ factory, clock, random, exchanges: 0 });
    if (outcome.kind === 'answered' && outcome.ident.uid === board.uid?.toLowerCase()) return { kind: 'found', path };
  }
  return { kind: 'nowhere', tried: candidates.length };
}

/** A board that has no port, and was not found on another. */
export function withoutPort({ name, uid }: BoardModel, sought: Exclude<Sought, { kind: 'found' }>): Finding {
  const base = { check: 'board', subject: name, level: 'fail' } as const;
  if (sought.kind === 'nowhere') {
    const { tried } = sought;
    return {
      ...base,
      text: {
        en: `with UID ${uid ?? ''} is on none of the ${tried} ports that it was looked for on`,
        es: `con UID ${uid ?? ''} no está en ninguno de los ${tried} puertos donde se buscó`,
      },
      remedy: {
        en: `connect it, name its port in searchPorts, or give --port ${name}=/dev/ttyACM0`,
        es: `conéctela, ponga su puerto en searchPorts o indique --port ${name}=/dev/ttyACM0`,
      },
      values: { path: null, portsTried: tried },
    };
  }
  return {
    ...base,
    text: { en: 'has no port', es: 'no tiene puerto' },
    remedy: {
      en: `give --port ${name}=/dev/ttyACM0, or set its port in the cell's file`,
      es: `indique --port ${name}=/dev/ttyACM0 o ponga su puerto en el archivo de la celda`,
    },
    values: { path: null },
  };
}
