// One listening gRPC server: services, health, reflection, limits, and a clean end.

import { readFileSync } from 'node:fs';
import * as grpc from '@grpc/grpc-js';
import { HealthDefinition, ServerReflectionDefinition } from '../../proto/generated/services.js';
import { err, ok, type Result } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { LineLog } from '../ports/line-log.ts';
import type { Access } from './access.ts';
import type { CallAudit } from './audit-desk.ts';
import { addService, bindService, type CallListeners, type ReportDefect, type ServiceBinding } from './bind-service.ts';
import { Door } from './door.ts';
import { DOOR_LIMITS, type DoorLimits, REQUEST_BYTES_MAX, STREAMS_PER_CONNECTION_MAX } from './door-limits.ts';
import { createHealthService, Health } from './health-service.ts';
import { type ListenError, listenError, plainTextRefused } from './listen-error.ts';
import { isLoopback } from './loopback.ts';
import { ReflectionIndex } from './reflection-index.ts';
import { createReflectionService } from './reflection-service.ts';

/** Time that calls under way get to end when the server closes. */
const CLOSE_GRACE_MS = 1_000;

const DESCRIPTORS = new URL('../../proto/generated/descriptors.bin', import.meta.url);

export interface ServiceHostOptions {
  readonly services: readonly ServiceBinding[];
  /** @defaultValue `127.0.0.1`: nobody on the network */
  readonly host?: string;
  /** 0: any free port. */
  readonly port: number;
  readonly clock: Clock;
  /** Certificates and roles; without them it is plain text, and only for this machine. */
  readonly access?: Access | undefined;
  /** @defaultValue those of docs/reference/network.md */
  readonly limits?: DoorLimits | undefined;
  readonly report: ReportDefect;
  /** Told of what was turned away at the door. */
  readonly log: LineLog;
  /** Told of what is refused at the door and behind it. @defaultValue nobody is */
  readonly audit?: CallAudit | undefined;
}

export interface ServiceHost {
  readonly port: number;
  readonly health: Health;
  /** Ends streams, lets calls under way end for a second, closes the port. */
  stop(): Promise<void>;
}

export async function startServiceHost(options: ServiceHostOptions): Promise<Result<ServiceHost, ListenError>> {
  const { host = '127.0.0.1', port, clock, access, audit, log, limits = DOOR_LIMITS } = options;
  if (access === undefined && !isLoopback(host)) return err(plainTextRefused(host, port));
  // What goes wrong is returned as a value; the library would write it to the console as well.
  grpc.setLogVerbosity(grpc.logVerbosity.NONE);
  const server = new grpc.Server({
    'grpc.max_receive_message_length': REQUEST_BYTES_MAX,
    'grpc.max_concurrent_streams': STREAMS_PER_CONNECTION_MAX,
    'grpc.keepalive_time_ms': limits.keepaliveMs,
    'grpc.keepalive_timeout_ms': limits.keepaliveTimeoutMs,
    'grpc.max_connection_idle_ms': limits.idleMs,
    'grpc.enable_channelz': 0,
  });
  const closing = new AbortController();
  const health = new Health(options.services.map((service) => service.name));
  const listeners: CallListeners = {
    report: options.report,
    refused: (refused) => audit?.refused({ ...refused, peer: refused.caller.address }),
  };
  for (const service of [...options.services, ...systemServices(options.services, health)]) {
    addService(server, service, listeners, { signal: closing.signal, clock });
  }
  const door = new Door({ server, host, port, clock, limits, access, audit, log });
  const bound = await door.listen();
  if (!bound.ok) return err(listenError(bound.error, host, port));
  return ok({
    port: bound.value,
    health,
    stop: async () => {
      door.close();
      closing.abort();
      await shutDown(server, door, clock);
    },
  });
}

function systemServices(services: readonly ServiceBinding[], health: Health): readonly ServiceBinding[] {
  const healthService = bindService(HealthDefinition, createHealthService(health));
  const served = [...services.map((service) => service.name), healthService.name];
  const index = new ReflectionIndex(readFileSync(DESCRIPTORS));
  return [healthService, bindService(ServerReflectionDefinition, createReflectionService(index, served))];
}

/** The library tells clients to go, and takes them for gone at once; whether they are is known at the door. */
async function shutDown(server: grpc.Server, door: Door, clock: Clock): Promise<void> {
  server.tryShutdown(() => undefined);
  const cancel = clock.schedule(monotonicMs(clock.now() + CLOSE_GRACE_MS), () => door.empty());
  await door.emptied();
  cancel();
}
