// Both halves of a cell in this process, over a channel in memory: for tests and `celda sim --in-process`.
import type { TransportFactory } from '../ports/transport.ts';
import { createChannelServer } from './channel-server.ts';
import { startControl } from './compose-control.ts';
import { createEventLog } from './event-log.ts';
import { type GatewayHalfOptions, startGatewayHalf } from './gateway-half.ts';
import type { InterruptedOrder } from './interrupted-orders.ts';
import type { LoadedProgram } from './load-programs.ts';
import { gatewayOnly } from './local-requests.ts';

export interface OneProcessOptions extends Omit<GatewayHalfOptions, 'server'> {
  readonly programs: readonly LoadedProgram[];
  /** By board name. */
  readonly transports: ReadonlyMap<string, TransportFactory>;
}

export interface RunningCell {
  /** `host:port` */
  readonly grpc: string;
  /** A person has to decide about each of them. */
  readonly interrupted: readonly InterruptedOrder[];
  /** Resolves with the control half; rejects on a defect of it, and when the gateway half could not begin anew. */
  readonly ended: Promise<void>;
  /** Controlled stop, then the end of both halves. */
  stop(): Promise<void>;
}

/** @throws OperatorError (occupied) when the gRPC port is taken; nothing is running then */
export async function startInOneProcess(options: OneProcessOptions): Promise<RunningCell> {
  const { cell, clock, grpc, locale, log, programs, random, transports } = options;
  const epoch = random.nextUint32().toString(36);
  const server = createChannelServer({ epoch, clock });
  const gateway = await startGatewayHalf({ ...options, server });
  const describe = createEventLog(locale);
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
    grpc: `${grpc.host}:${gateway.port}`,
    interrupted: gateway.interrupted,
    ended: Promise.race([control.ended, gateway.failed]),
    stop: async () => {
      control.shutdown();
      await control.ended;
      await gateway.stop();
      server.close();
    },
  };
}
