// Asks the control process of a cell on this machine about bypasses, over the socket that only its user can reach.
import { existsSync } from 'node:fs';
import type { Bypass } from '../core/bypass.ts';
import type { CellReply, CellRequest } from '../core/cell-event.ts';
import { describeFault, FAULTS } from '../core/faults.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import { connectSocket } from './cell-socket.ts';
import type { ChannelClient } from './channel-client.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import { createRealClock } from './real-clock.ts';
import { machineSocketOf, machineSockets } from './runtime-dir.ts';

/** How long a control process may take to say that it is there, ms. */
const HELLO_MS = 2_000;
const LOOK_MS = 20;

export interface BypassClient {
  list(): Promise<readonly Bypass[]>;
  set(request: Pick<Bypass, 'stopFunction' | 'by' | 'reason'> & { readonly forMs: number }): Promise<Bypass>;
  clear(stopFunction: string, by: string): Promise<Bypass>;
}

export type { Bypass } from '../core/bypass.ts';

type Locale = 'en' | 'es';

/**
 * Runs an action with the bypasses of a cell.
 * @param cellPath file of the cell; undefined: the only one that runs on this machine for this user
 * @throws OperatorError when the file does not exist, no cell runs, more than one does and none is named, or the cell refuses
 */
export async function withBypassClient<T>(
  cellPath: string | undefined,
  locale: Locale,
  action: (client: BypassClient) => Promise<T>,
): Promise<T> {
  const clock = createRealClock();
  const channel = connectSocket({ path: findSocket(cellPath), clock });
  try {
    await untilHeard(channel, clock);
    return await action(clientOver(channel, locale));
  } finally {
    channel.close();
  }
}

function findSocket(cellPath: string | undefined): string {
  if (cellPath !== undefined && !existsSync(cellPath)) {
    throw new OperatorError(
      { en: `there is no file ${cellPath}`, es: `no existe el archivo ${cellPath}` },
      {
        en: 'name the file of the cell that runs: --cell <cell.yaml>',
        es: 'indique el archivo de la celda que está en marcha: --cell <cell.yaml>',
      },
    );
  }
  const found =
    cellPath === undefined ? machineSockets() : [machineSocketOf(cellPath)].filter((path) => existsSync(path));
  const [path] = found;
  if (path === undefined) {
    throw new OperatorError(
      { en: 'no cell runs here', es: 'aquí no hay ninguna celda en marcha' },
      { en: 'start it with celda run or celda sim', es: 'arránquela con celda run o celda sim' },
      EXIT_CODES.unreachable,
    );
  }
  if (found.length > 1) {
    throw new OperatorError(
      { en: `${found.length} cells run on this machine`, es: `en esta máquina hay ${found.length} celdas en marcha` },
      { en: 'name one: --cell <cell.yaml>', es: 'indique una: --cell <cell.yaml>' },
    );
  }
  return path;
}

async function untilHeard(channel: ChannelClient, clock: Clock): Promise<void> {
  const giveUpAt = clock.now() + HELLO_MS;
  while (!channel.connected || channel.snapshot === undefined) {
    if (clock.now() >= giveUpAt) {
      throw new OperatorError(
        { en: 'the control process of the cell does not answer', es: 'el proceso de control de la celda no responde' },
        { en: 'see the lines of celda run', es: 'vea las líneas de celda run' },
        EXIT_CODES.unreachable,
      );
    }
    await new Promise<void>((resolve) => {
      clock.schedule(monotonicMs(clock.now() + LOOK_MS), resolve);
    });
  }
}

function clientOver(channel: ChannelClient, locale: Locale): BypassClient {
  const ask = async (request: CellRequest): Promise<Bypass> => {
    const reply: CellReply = await channel.request(request);
    if (reply.ok && reply.bypass !== undefined) return reply.bypass;
    if (reply.ok) throw new Error(`a reply to ${request.kind} without a bypass`);
    const { response, responseEs } = FAULTS[reply.fault.code];
    const hint = locale === 'es' ? responseEs : response;
    throw new OperatorError(describeFault(reply.fault, locale), hint, EXIT_CODES.failed);
  };
  const requestId = `${process.pid}`;
  return {
    list: () => Promise.resolve(channel.snapshot?.bypasses ?? []),
    set: (request) => ask({ kind: 'bypass', requestId, ...request }),
    clear: (stopFunction, by) => ask({ kind: 'clear-bypass', requestId, stopFunction, by }),
  };
}
