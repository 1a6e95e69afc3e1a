// A gateway with TLS on loopback, its certificates made for the test, and clients that show what the test wants.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as grpc from '@grpc/grpc-js';
import { expect, vi } from 'vitest';
import { HealthDefinition, type MethodDefinition } from '../../proto/generated/services.js';
import { revokedSerialsIn } from '../../src/app/access/revoked-serials.ts';
import {
  type CertificateRequest,
  type Issuer,
  issue,
  type KeyedCertificate,
  revoke,
} from '../../src/app/access/x509.ts';
import { type DecodedStatus, decodeStatus, STATUS_DETAILS_KEY } from '../../src/client/status-details.ts';
import type { AccessRole } from '../../src/core/access-role.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { Access, type AccessRules } from '../../src/mes/access.ts';
import type { DoorLimits } from '../../src/mes/door-limits.ts';
import { type GatewayServer, startGatewayServer } from '../../src/mes/gateway-server.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import type { CheckDraft } from '../../src/ports/work-master-check.ts';
import { ControlFake } from './control-fake.ts';
import { pickCell, stopIn } from './mes-bench.ts';
import { VirtualClock } from './virtual-clock.ts';

const DAY_MS = 86_400_000;
const NAME = 'test authority';

/** An authority and what it signs; times are of the virtual clock's beginning. */
export class TestAuthority {
  readonly certificate: string;
  readonly #issuer: Issuer;
  readonly #wallMs: number;

  constructor(wallMs: number) {
    this.#wallMs = wallMs;
    const own = issue({ commonName: NAME, usage: 'authority', ...this.#around() }, undefined);
    this.certificate = own.certificate;
    this.#issuer = { commonName: NAME, key: createPrivateKey(own.key) };
  }

  server(): KeyedCertificate {
    return issue(
      { commonName: 'gateway', usage: 'server', hosts: ['127.0.0.1', 'localhost'], ...this.#around() },
      this.#issuer,
    );
  }

  client(name: string, over: Partial<CertificateRequest> = {}): KeyedCertificate {
    return issue(
      { commonName: name, usage: 'client', uri: `urn:test:${name}`, ...this.#around(), ...over },
      this.#issuer,
    );
  }

  revoked(...clients: readonly KeyedCertificate[]): string {
    const { notBefore, notAfter } = this.#around();
    return revoke(
      clients.map(({ certificate }) => new X509Certificate(certificate).serialNumber),
      this.#issuer,
      notBefore,
      notAfter,
    );
  }

  #around(): { notBefore: Date; notAfter: Date } {
    return { notBefore: new Date(this.#wallMs - DAY_MS), notAfter: new Date(this.#wallMs + DAY_MS) };
  }
}

export interface TlsEnding<T = unknown> {
  readonly code: string;
  /** Undefined unless it is `OK`. */
  readonly value?: T | undefined;
  readonly details: DecodedStatus | undefined;
}

export class TlsBench {
  /** OpenSSL takes the time of the machine, so the virtual clock of the server begins there. */
  readonly clock = new VirtualClock(Date.now());
  readonly authority = new TestAuthority(Date.now());
  readonly control = new ControlFake();
  readonly log: string[] = [];
  readonly access: Access;
  readonly #clients: grpc.Client[] = [];
  #server: GatewayServer | undefined;

  constructor(roles: Readonly<Record<string, readonly AccessRole[]>>) {
    const { certificate, key } = this.authority.server();
    this.access = new Access({
      certificate,
      key,
      clientCa: this.authority.certificate,
      revocations: undefined,
      revokedSerials: new Set(),
      roles: new Map(Object.entries(roles)),
    });
  }

  /** Also again, after `stop`. */
  async start(
    limits?: DoorLimits,
    journal?: JournalPort,
    { cell = pickCell(), checkDraft }: { readonly cell?: CellModel; readonly checkDraft?: CheckDraft } = {},
  ): Promise<this> {
    const { access, clock, control, log } = this;
    const started = await startGatewayServer({
      cell,
      checkDraft,
      control,
      clock,
      access,
      limits,
      journal,
      port: 0,
      log: (line) => log.push(line),
    });
    if (!started.ok) throw new Error(started.error.message.en);
    this.#server = started.value;
    this.control.hello();
    if (journal !== undefined) await vi.waitFor(() => expect(this.#server?.mirror.connected).toBe(true));
    return this;
  }

  get port(): number {
    return this.#server?.port ?? 0;
  }

  /** Changes a part of what is in force. */
  change(part: Partial<AccessRules>): void {
    this.access.replace({ ...this.access.rules, ...part });
  }

  revoke(...clients: readonly KeyedCertificate[]): void {
    const revocations = this.authority.revoked(...clients);
    this.change({ revocations, revokedSerials: revokedSerialsIn(revocations) });
  }

  /** @param shown undefined: a client without a certificate. */
  connect(shown: KeyedCertificate | undefined): grpc.Client {
    const credentials = grpc.credentials.createSsl(
      Buffer.from(this.authority.certificate),
      shown === undefined ? null : Buffer.from(shown.key),
      shown === undefined ? null : Buffer.from(shown.certificate),
    );
    const client = new grpc.Client(`127.0.0.1:${this.port}`, credentials, { 'grpc.use_local_subchannel_pool': 1 });
    this.#clients.push(client);
    return client;
  }

  /** A client that does not know of TLS. */
  connectPlain(): grpc.Client {
    const client = new grpc.Client(`127.0.0.1:${this.port}`, grpc.credentials.createInsecure());
    this.#clients.push(client);
    return client;
  }

  call<Request, Response>(
    client: grpc.Client,
    method: MethodDefinition<Request, unknown, never, Response, false, false>,
    request: Request,
    metadata = new grpc.Metadata(),
  ): Promise<TlsEnding<Response>> {
    const { path, requestSerialize, responseDeserialize } = method;
    return new Promise((resolve) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, metadata, (error, value) => {
        resolve(error === null ? { code: 'OK', details: undefined, value } : endingOf(error));
      });
    });
  }

  /** A stream that stays: its first message, and how it ends. */
  async watch(client: grpc.Client): Promise<{ readonly ended: Promise<TlsEnding> }> {
    const { path, requestSerialize, responseDeserialize } = HealthDefinition.watch;
    const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, { service: '' });
    const ended = new Promise<TlsEnding>((resolve) => {
      call.on('error', (error: grpc.ServiceError) => resolve(endingOf(error)));
      call.on('end', () => resolve({ code: 'OK', details: undefined }));
    });
    await new Promise((resolve) => call.once('data', resolve));
    call.resume();
    return { ended };
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.close();
    if (this.#server !== undefined) await stopIn(this.clock, this.#server);
  }
}

function endingOf(error: grpc.ServiceError): TlsEnding<never> {
  const [bytes] = error.metadata.get(STATUS_DETAILS_KEY);
  return {
    code: grpc.status[error.code],
    details: typeof bytes === 'object' ? decodeStatus(bytes) : undefined,
  };
}
