// One listening gRPC server: services, health, reflection, limits, and a clean end.
import { readFileSync } from 'node:fs';
import * as grpc from '@grpc/grpc-js';
import { HealthDefinition, ServerReflectionDefinition } from '../../proto/generated/services.js';
import { err, ok, type Result } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import { addService, bindService, type ReportDefect, type ServiceBinding } from './bind-service.ts';
import { createHealthService, Health } from './health-service.ts';
import { ReflectionIndex } from './reflection-index.ts';
import { createReflectionService } from './reflection-service.ts';

/** Larger requests are refused with RESOURCE_EXHAUSTED before they are read; a job order of 100 parameters has 10 KiB. */
const REQUEST_BYTES_MAX = 256 * 1024;
/** More than there may be watchers, so that one client's watches leave room for its commands. */
const STREAMS_PER_CONNECTION_MAX = 128;
const KEEPALIVE_MS = 30_000;
const KEEPALIVE_TIMEOUT_MS = 10_000;
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
  readonly report: ReportDefect;
}

export interface ServiceHost {
  readonly port: number;
  readonly health: Health;
  /** Ends streams, lets calls under way end for a second, closes the port. */
  stop(): Promise<void>;
}

/** Why a server could not listen. */
export interface ListenError {
  /** Of the operating system, e.g. `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`; `UNKNOWN` when it said none. */
  readonly code: string;
  readonly host: string;
  readonly port: number;
  /** One line for people, without the hint. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

export async function startServiceHost(options: ServiceHostOptions): Promise<Result<ServiceHost, ListenError>> {
  // What goes wrong is returned as a value; the library would write it to the console as well.
  grpc.setLogVerbosity(grpc.logVerbosity.NONE);
  const server = new grpc.Server({
    'grpc.max_receive_message_length': REQUEST_BYTES_MAX,
    'grpc.max_concurrent_streams': STREAMS_PER_CONNECTION_MAX,
    'grpc.keepalive_time_ms': KEEPALIVE_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
  });
  const closing = new AbortController();
  const health = new Health(options.services.map((service) => service.name));
  for (const service of [...options.services, ...systemServices(options.services, health)]) {
    addService(server, service, options.report, closing.signal);
  }
  const { host = '127.0.0.1', port, clock } = options;
  const bound = await listen(server, host, port);
  if (!bound.ok) return bound;
  return ok({
    port: bound.value,
    health,
    stop: async () => {
      closing.abort();
      await shutDown(server, clock);
    },
  });
}

function systemServices(services: readonly ServiceBinding[], health: Health): readonly ServiceBinding[] {
  const healthService = bindService(HealthDefinition, createHealthService(health));
  const served = [...services.map((service) => service.name), healthService.name];
  const index = new ReflectionIndex(readFileSync(DESCRIPTORS));
  return [healthService, bindService(ServerReflectionDefinition, createReflectionService(index, served))];
}

function listen(server: grpc.Server, host: string, port: number): Promise<Result<number, ListenError>> {
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, boundPort) => {
      resolve(error === null ? ok(boundPort) : err(listenError(error, host, port)));
    });
  });
}

const HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there, perhaps another cell: stop it, or choose another port',
  EACCES: 'this user may not listen there: choose a port above 1023',
  EADDRNOTAVAIL: 'this machine has no such address: choose 127.0.0.1, or an address of its own',
};

function listenError(error: Error, host: string, port: number): ListenError {
  const code = Object.keys(HINTS).find((name) => error.message.includes(name)) ?? 'UNKNOWN';
  return {
    code,
    host,
    port,
    message: `cannot listen on ${host}:${port} (${code === 'UNKNOWN' ? error.message : code})`,
    hint: HINTS[code] ?? 'check host and port',
  };
}

function shutDown(server: grpc.Server, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(monotonicMs(clock.now() + CLOSE_GRACE_MS), () => server.forceShutdown());
    server.tryShutdown(() => {
      cancel();
      resolve();
    });
  });
}
