// grpc.health.v1: whether the services can do their work now. Source: grpc/health/v1.
import { grpc } from '../../proto/generated/celda.js';
import type { HealthHandlers, Outcome, Received } from '../../proto/generated/services.js';
import { fault } from '../core/faults.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { WatchQueue } from './watch-queue.ts';

const { ServingStatus } = grpc.health.v1.HealthCheckResponse;
type Status = grpc.health.v1.HealthCheckResponse.ServingStatus;
type Response = grpc.health.v1.HealthCheckResponse.$Properties;
type Request = Received<grpc.health.v1.HealthCheckRequest>;

/** Changes of health that may wait for one watcher; one that does not read them is refused with fault 6012. */
export const HEALTH_QUEUE_MAX = 100;

/** The health of a server: the empty name is the whole of it. */
export class Health {
  readonly #statuses = new Map<string, Status>();
  readonly #watchers = new Set<() => void>();

  /** @param names of the services, besides the whole server; none of them serves yet */
  constructor(names: readonly string[]) {
    for (const name of ['', ...names]) this.#statuses.set(name, ServingStatus.NOT_SERVING);
  }

  set(name: string, isServing: boolean): void {
    this.#statuses.set(name, isServing ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    for (const changed of [...this.#watchers]) changed();
  }

  get(name: string): Status | undefined {
    return this.#statuses.get(name);
  }

  get all(): ReadonlyMap<string, Status> {
    return this.#statuses;
  }

  listen(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => {
      this.#watchers.delete(changed);
    };
  }
}

/** Of a service that nobody knows `check` is NOT_FOUND, as the protocol wants it. */
export function createHealthService(health: Health): HealthHandlers<ServiceRefusal> {
  return {
    check: (request) => Promise.resolve(check(health, request)),
    list: () => {
      const statuses = [...health.all].map(([name, status]): [string, Response] => [name, { status }]);
      return Promise.resolve({ ok: true, value: { statuses: Object.fromEntries(statuses) } });
    },
    watch: (request, signal) => watch(health, request.service, signal),
  };
}

function check(health: Health, request: Request): Outcome<Response, ServiceRefusal> {
  const status = health.get(request.service);
  if (status !== undefined) return { ok: true, value: { status } };
  return { ok: false, error: refuse(fault(6014, { name: request.service })) };
}

/** The status now and on every change. Of a service that nobody knows: SERVICE_UNKNOWN, and the stream stays open. */
async function* watch(
  health: Health,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Outcome<Response, ServiceRefusal>> {
  const queue = new WatchQueue<Status>(HEALTH_QUEUE_MAX);
  const statusNow = (): Status => health.get(name) ?? ServingStatus.SERVICE_UNKNOWN;
  let newest = statusNow();
  queue.push(newest);
  const unlisten = health.listen(() => {
    if (statusNow() === newest) return;
    newest = statusNow();
    queue.push(newest);
  });
  const end = (): void => queue.end();
  signal.addEventListener('abort', end);
  try {
    let next = await queue.next();
    for (; typeof next === 'object'; next = await queue.next()) yield { ok: true, value: { status: next.item } };
    if (next === 'overflow') yield { ok: false, error: refuse(fault(6012)) };
  } finally {
    signal.removeEventListener('abort', end);
    unlisten();
  }
}
