// The gateway half of a cell whose two halves share a process. A journal that could not be opened at its start is tried again, and the
// gateway begins anew with it, as the process of a gateway does.

import type { Locale } from '../config/problem.ts';
import type { CellModel } from '../core/cell-model.ts';
import { startGatewayServer } from '../mes/gateway-server.ts';
import type { Clock } from '../ports/clock.ts';
import type { LineLog } from '../ports/line-log.ts';
import type { RandomSource } from '../ports/random-source.ts';
import type { ChannelServer } from './channel-server.ts';
import { openGatewayJournal, whenOpenable } from './gateway-journal.ts';
import { gatewayLine, JOURNAL_OPENABLE } from './gateway-line.ts';
import { type InterruptedOrder, interruptedOrders } from './interrupted-orders.ts';
import { connectMemory } from './memory-channel.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import type { Log } from './process-message.ts';
import { createPush, type PushSettings } from './response-push.ts';

export interface GatewayHalfOptions {
  readonly cell: CellModel;
  /** The control half. */
  readonly server: ChannelServer;
  /** Port 0: any free one, and the same again after a new beginning. */
  readonly grpc: { readonly host: string; readonly port: number };
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly log: Log;
  readonly locale: Locale;
  /** File that remembers job orders. */
  readonly journal: string;
  /** The MES that job responses are pushed to. @defaultValue they are only fetched */
  readonly push?: PushSettings | undefined;
}

export interface GatewayHalf {
  readonly port: number;
  /** Of the journal as it was at the start. */
  readonly interrupted: readonly InterruptedOrder[];
  /** Rejects when it could not begin anew. */
  readonly failed: Promise<never>;
  stop(): Promise<void>;
}

type Serving = Awaited<ReturnType<typeof serve>>;

/** @throws OperatorError (occupied) when the gRPC port or the journal is taken; nothing is running then */
export async function startGatewayHalf(options: GatewayHalfOptions): Promise<GatewayHalf> {
  const { clock, grpc, journal: path, log, locale } = options;
  let serving: Serving = await serve(options, grpc.port);
  const { interrupted, port } = serving;
  const ending = new AbortController();
  let restart = Promise.resolve();

  const beginAnew = async (): Promise<void> => {
    log('info', gatewayLine(JOURNAL_OPENABLE, locale));
    await serving.stop();
    serving = await serve(options, port);
  };
  const failed = new Promise<never>((_, reject) => {
    const { refused } = serving;
    if (refused === undefined) return;
    void whenOpenable(refused, { path, clock, signal: ending.signal }).then(() => {
      if (ending.signal.aborted) return;
      restart = beginAnew();
      restart.catch(reject);
    });
  });
  return {
    port,
    interrupted,
    failed,
    stop: async () => {
      ending.abort();
      await restart.catch(() => undefined);
      await serving.stop();
    },
  };
}

/** One life of the gateway, with a connection of its own: control tells it everything that is not on disk. */
async function serve({ server, push, ...options }: GatewayHalfOptions, port: number) {
  const { clock, grpc, locale, log, random } = options;
  const tell: LineLog = (line, level = 'error') => log(level, gatewayLine(line, locale));
  const journal = await openGatewayJournal(options.journal, tell);
  const interrupted = await interruptedOrders(options.cell, journal);
  const control = connectMemory(server, { clock, whenHeard: true });
  const gateway = await startGatewayServer({
    ...{ cell: options.cell, host: grpc.host, port, journal, control, clock },
    push: push && { ...createPush(push), random },
    log: tell,
  });
  if (!gateway.ok) {
    control.close();
    await journal.close();
    throw new OperatorError(gateway.error.message, gateway.error.hint, EXIT_CODES.occupied);
  }
  return {
    port: gateway.value.port,
    interrupted,
    /** Why the journal could not be opened; undefined: it is open. */
    refused: journal.id === '' && journal.state.kind === 'refusing' ? journal.state.fault : undefined,
    stop: async () => {
      await gateway.value.stop();
      control.close();
      await journal.close();
    },
  };
}
