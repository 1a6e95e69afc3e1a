// The job interface of one cell on one port: a gateway and the server in front of it.

import { ok, type Result } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import type { LineLog } from '../ports/line-log.ts';
import type { ServiceBinding } from './bind-service.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import type { JobMirror } from './job-mirror.ts';
import type { ListenError } from './listen-error.ts';
import { startServiceHost } from './service-host.ts';

export interface GatewayServerOptions extends GatewayOptions {
  /** @defaultValue `127.0.0.1` */
  readonly host?: string;
  /** 0: any free port. */
  readonly port: number;
  /**
   * Nobody is served before control is heard or this is over, ms: an order that runs is not told as interrupted because a gateway begins.
   * @defaultValue 0
   */
  readonly controlAwaitedMs?: number;
  /** Further services on the same port, e.g. that of a simulation. */
  readonly services?: readonly ServiceBinding[];
  /** Told one line of what went wrong inside, and of whom the door turned away; never of what a caller asked wrongly. */
  readonly log: LineLog;
}

export interface GatewayServer {
  readonly port: number;
  /** Health and job orders as the server sees them. */
  readonly mirror: JobMirror;
  stop(): Promise<void>;
}

/** Serves until stopped, whether or not control is there; health says SERVING only while it is. */
export async function startGatewayServer(options: GatewayServerOptions): Promise<Result<GatewayServer, ListenError>> {
  const gateway = await createGateway(options);
  const shown = new Map<string, boolean>();
  let show = (service: string, isServing: boolean): void => void shown.set(service, isServing);
  gateway.start((service, isServing) => show(service, isServing));
  await heard(gateway.mirror, options);
  const host = await startServiceHost({
    ...options,
    audit: gateway.audit,
    services: [...gateway.services, ...(options.services ?? [])],
    report: (error, path) => options.log(`${path} failed: ${error instanceof Error ? error.stack : String(error)}`),
  });
  if (!host.ok) {
    await gateway.quiet();
    await gateway.close();
    return host;
  }
  const { health, port } = host.value;
  for (const service of options.services ?? []) health.set(service.name, true);
  for (const [service, isServing] of shown) health.set(service, isServing);
  show = (service, isServing) => health.set(service, isServing);
  return ok({
    port,
    mirror: gateway.mirror,
    stop: async () => {
      await gateway.quiet();
      await host.value.stop();
      await gateway.close();
    },
  });
}

/** Resolves when control has greeted, or after the time that it is waited for. */
function heard(mirror: JobMirror, { clock, controlAwaitedMs = 0 }: GatewayServerOptions): Promise<void> {
  if (mirror.connected || controlAwaitedMs === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      unlisten();
      resolve();
    };
    const cancel = clock.schedule(monotonicMs(clock.now() + controlAwaitedMs), end);
    const unlisten = mirror.listen(({ kind }) => {
      if (kind === 'connection' && mirror.connected) end();
    });
  });
}
