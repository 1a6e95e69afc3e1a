// Serves the simulation interface on a port of its own: the process that plays the boards has it, a real cell has not.
import { SimulationServiceDefinition, type SimulationServiceHandlers } from '../../proto/generated/services.js';
import type { Result } from '../core/result.ts';
import { bindService } from '../mes/bind-service.ts';
import type { ListenError } from '../mes/listen-error.ts';
import { startServiceHost } from '../mes/service-host.ts';
import type { Clock } from '../ports/clock.ts';
import type { ServiceRefusal } from '../ports/service-refusal.ts';

export { hintWith } from '../mes/listen-error.ts';
export { WatchQueue } from '../mes/watch-queue.ts';

export interface SimulationServerOptions {
  readonly handlers: SimulationServiceHandlers<ServiceRefusal>;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly clock: Clock;
  /** Told one line of what went wrong inside. */
  readonly log: (line: string) => void;
}

export interface SimulationServer {
  readonly port: number;
  stop(): Promise<void>;
}

export async function serveSimulation(
  options: SimulationServerOptions,
): Promise<Result<SimulationServer, ListenError>> {
  const service = bindService(SimulationServiceDefinition, options.handlers);
  const host = await startServiceHost({
    services: [service],
    host: options.host,
    port: options.port,
    clock: options.clock,
    log: options.log,
    report: (error, path) => options.log(`${path} failed: ${error instanceof Error ? error.stack : String(error)}`),
  });
  if (host.ok) for (const name of ['', service.name]) host.value.health.set(name, true);
  return host;
}
