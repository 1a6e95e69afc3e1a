// Both halves of a cell in this process, over a channel in memory: for tests and `celda sim --in-process`.
import type { CellModel } from '../core/cell-model.ts';
import { startGatewayServer } from '../mes/gateway-server.ts';
import type { Clock } from '../ports/clock.ts';
import type { RandomSource } from '../ports/random-source.ts';
import type { TransportFactory } from '../ports/transport.ts';
import { startControl } from './compose-control.ts';
import { createEventLog } from './event-log.ts';
import { openGatewayJournal } from './gateway-journal.ts';
import type { LoadedProgram } from './load-programs.ts';
import { gatewayOnly } from './local-requests.ts';
import { createMemoryChannel } from './memory-channel.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import type { Log } from './process-message.ts';
import { createPush, type PushSettings } from './response-push.ts';

export interface OneProcessOptions {
  readonly cell: CellModel;
  readonly programs: readonly LoadedProgram[];
  /** By board name. */
  readonly transports: ReadonlyMap<string, TransportFactory>;
  readonly grpc: { readonly host: string; readonly port: number };
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly log: Log;
  /** File that remembers job orders. */
  readonly journal: string;
  /** The MES that job responses are pushed to. @defaultValue they are only fetched */
  readonly push?: PushSettings | undefined;
}

export interface RunningCell {
  /** `host:port` */
  readonly grpc: string;
  /** Rejects on a defect of the control half. */
  readonly ended: Promise<void>;
  /** Controlled stop, then the end of both halves. */
  stop(): Promise<void>;
}

/** @throws OperatorError (occupied) when the gRPC port is taken; nothing is running then */
export async function startInOneProcess(options: OneProcessOptions): Promise<RunningCell> {
  const { cell, clock, grpc, log, programs, random, transports } = options;
  const journal = await openGatewayJournal(options.journal, (line) => log('error', line));
  const epoch = random.nextUint32().toString(36);
  const { server, client } = createMemoryChannel({ epoch, clock });
  const gateway = await startGatewayServer({
    ...grpc,
    cell,
    journal,
    control: client,
    clock,
    push: options.push && { ...createPush(options.push), random },
    log: (line) => log('error', line),
  });
  if (!gateway.ok) {
    client.close();
    await journal.close();
    throw new OperatorError(gateway.error.message, gateway.error.hint, EXIT_CODES.occupied);
  }
  const describe = createEventLog();
  const control = startControl({
    cell,
    epoch,
    clock,
    random,
    transports,
    programs,
    server: gatewayOnly(server),
    log,
    onMessage: (message) => {
      const line = message.kind === 'event' ? describe(message.event) : undefined;
      if (line !== undefined) log(line.level, line.text);
    },
  });
  return {
    grpc: `${grpc.host}:${gateway.value.port}`,
    ended: control.ended,
    stop: async () => {
      control.shutdown();
      await control.ended;
      await gateway.value.stop();
      server.close();
      client.close();
      await journal.close();
    },
  };
}
