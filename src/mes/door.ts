// The door of the gateway: listens, lets connections in within limits, finds out who is at the other end, and hands what passes to
// the HTTP/2 library. All of it is on this side of the library, so that what floods or stalls does not reach that.

import { createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import * as grpc from '@grpc/grpc-js';
import { FAULTS } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import { monotonicMs } from '../core/units.ts';
import type { Caller } from '../ports/caller.ts';
import type { Clock } from '../ports/clock.ts';
import type { LineLog } from '../ports/line-log.ts';
import { refuse } from '../ports/service-refusal.ts';
import type { Access } from './access.ts';
import { Arrivals } from './arrivals.ts';
import type { CallAudit } from './audit-desk.ts';
import { guardCalls } from './call-guard.ts';
import type { DoorLimits } from './door-limits.ts';
import { FrameGate, type OpenRequests } from './frame-gate.ts';
import { GatedSocket } from './gated-socket.ts';
import { LOCAL_IDENTITY, localCaller } from './local-caller.ts';
import { QuietLog } from './quiet-log.ts';
import { peerOf, TlsDoor } from './tls-door.ts';
import { TokenBucket } from './token-bucket.ts';
import { type ConnectionUnsent, UnsentBytes } from './unsent-bytes.ts';
import { WatchSlots } from './watch-slots.ts';

export interface DoorOptions {
  readonly server: grpc.Server;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly limits: DoorLimits;
  /** Undefined: plain text, whoever comes is on this machine. */
  readonly access: Access | undefined;
  readonly audit: CallAudit | undefined;
  /** Told of what was turned away, a few lines at most. */
  readonly log: LineLog;
}

interface Connection {
  readonly raw: Socket;
  readonly peer: string;
  /** Who is at the other end, of now; undefined while that is not known, and when it is not accepted any more. */
  caller: () => Caller | undefined;
  /** Has said nothing, and was not turned away. */
  isSilent: boolean;
  /** Has shown who it is and that it speaks HTTP/2. */
  isGreeted: boolean;
  /** Of its turn to come in, or of the time for its greeting. */
  cancelTimer: () => void;
}

/** SETTINGS and GOAWAY with NO_ERROR before the first stream (RFC 9113, 6.5 and 6.8): nothing was taken, all of it may come again. */
const COME_LATER = Buffer.from('000000040000000000' + '000008070000000000' + '0000000000000000', 'hex');

/** How often connections are compared with certificates and lists that run out, ms. */
const REVIEW_MS = 20_000;

export class Door {
  readonly #options: DoorOptions;
  readonly #listener: Server;
  readonly #log: QuietLog;
  readonly #connections = new Set<Connection>();
  readonly #arrivals: Arrivals;
  readonly #rates = new Map<string, TokenBucket>();
  readonly #openRequests: OpenRequests;
  readonly #unsentBytes: UnsentBytes;
  readonly #streams: WatchSlots;
  readonly #tls: TlsDoor | undefined;
  #stopReviews: () => void = () => undefined;
  #onEmpty: () => void = () => undefined;

  constructor(options: DoorOptions) {
    const { access, clock, limits, log } = options;
    this.#options = options;
    this.#log = new QuietLog(log, clock);
    this.#arrivals = new Arrivals(limits.arrivals);
    this.#openRequests = { count: 0, countMax: limits.openRequestsMax, bytes: 0, bytesMax: limits.openBytesMax };
    this.#unsentBytes = new UnsentBytes(limits.unsent);
    this.#streams = new WatchSlots(limits.streamsMax);
    this.#listener = createServer({ noDelay: true }, (raw) => this.#onConnection(raw));
    if (access === undefined) return;
    this.#tls = new TlsDoor(access, (peer, cause) => this.#tellFailedHandshake(peer, cause));
    const unlisten = access.listen(() => this.#review());
    const reviewLater = (): (() => void) =>
      clock.schedule(monotonicMs(clock.now() + REVIEW_MS), () => {
        this.#review();
        cancel = reviewLater();
      });
    let cancel = reviewLater();
    this.#stopReviews = () => {
      unlisten();
      cancel();
    };
  }

  /** @returns the port, or the error of the operating system */
  listen(): Promise<Result<number, NodeJS.ErrnoException>> {
    const { host, port } = this.#options;
    return new Promise((resolve) => {
      this.#listener.once('error', (error) => resolve(err(error)));
      this.#listener.listen({ host, port }, () => {
        const bound = this.#listener.address();
        resolve(ok(typeof bound === 'object' && bound !== null ? bound.port : port));
      });
    });
  }

  /** Lets nobody in any more; calls under way go on. */
  close(): void {
    this.#stopReviews();
    this.#tls?.close();
    this.#listener.close();
    for (const connection of this.#connections) {
      if (connection.isGreeted) continue;
      connection.isSilent = false;
      connection.raw.destroy();
    }
  }

  /** Resolves when nobody is connected any more. After `close`. */
  emptied(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEmpty = resolve;
      if (this.#connections.size === 0) resolve();
    });
  }

  /** Cuts whoever is still there. */
  empty(): void {
    for (const { raw } of this.#connections) raw.destroy();
  }

  #onConnection(raw: Socket): void {
    const connection: Connection = {
      raw,
      peer: peerOf(raw),
      caller: () => undefined,
      isSilent: true,
      isGreeted: false,
      cancelTimer: () => undefined,
    };
    // Reset before it was accepted: it has no address any more, and what it said would count for everybody who comes for the first time.
    if (raw.remoteAddress === undefined) {
      this.#turnAway(connection, 'it was gone already');
      return;
    }
    // In a flood nobody has to be heard for this, and each costs as little as it can.
    if (this.#arrivals.isFull(raw.remoteAddress, this.#options.clock.now())) {
      this.#turnAway(connection, 'too many connections come from there');
      return;
    }
    raw.on('error', () => raw.destroy());
    if (!this.#makeRoom()) {
      this.#turnAway(connection, 'there are too many connections');
      return;
    }
    this.#connections.add(connection);
    raw.once('close', () => {
      connection.cancelTimer();
      this.#connections.delete(connection);
      if (this.#tls !== undefined && connection.isSilent) this.#tellFailedHandshake(connection.peer, 'ECONNRESET');
      if (this.#connections.size === 0) this.#onEmpty();
    });
    this.#awaitGreeting(connection);
    // Whoever says nothing costs nothing but its place.
    raw.once('readable', () => this.#arrive(connection));
  }

  /** It has begun to speak: it comes in when it is its turn. */
  #arrive(connection: Connection): void {
    const { raw } = connection;
    if (raw.readableLength === 0) {
      raw.destroy();
      return;
    }
    connection.isSilent = false;
    const { clock } = this.#options;
    const waitMs = this.#arrivals.arrived(raw.remoteAddress ?? '', clock.now());
    if (waitMs === undefined) this.#turnAway(connection, 'too many connections come from there');
    else if (waitMs === 0) this.#letIn(connection);
    else {
      connection.cancelTimer();
      connection.cancelTimer = clock.schedule(monotonicMs(clock.now() + waitMs), () => {
        this.#awaitGreeting(connection);
        this.#letIn(connection);
      });
    }
  }

  #letIn(connection: Connection): void {
    const { raw } = connection;
    const { access } = this.#options;
    if (this.#tls === undefined || access === undefined) {
      this.#open(connection, raw, () => localCaller(connection.peer));
      return;
    }
    const { authorities } = access;
    this.#tls.handshake(raw, (socket) => {
      this.#identify(connection, socket, (certificate, wall) =>
        access.trusts(authorities) ? access.identify(certificate, wall) : undefined,
      );
    });
  }

  /** A client that means it greets within milliseconds: the one that has been silent longest makes room for a new one. */
  #makeRoom(): boolean {
    if (this.#connections.size < this.#options.limits.connectionsMax) return true;
    for (const connection of this.#connections) {
      if (connection.isGreeted) continue;
      this.#connections.delete(connection);
      this.#turnAway(connection, 'it was silent, and others wait');
      return true;
    }
    return false;
  }

  #awaitGreeting(connection: Connection): void {
    const { clock, limits } = this.#options;
    connection.cancelTimer = clock.schedule(monotonicMs(clock.now() + limits.greetingMs), () => {
      this.#turnAway(connection, `no greeting within ${limits.greetingMs} ms`);
    });
  }

  #identify(connection: Connection, socket: TLSSocket, identify: Access['identify']): void {
    const { clock, limits } = this.#options;
    const certificate = socket.getPeerX509Certificate();
    const certFingerprint = certificate?.fingerprint256.replaceAll(':', '').toLowerCase() ?? '';
    const caller = (): Caller | undefined => {
      const found = certificate === undefined ? undefined : identify(certificate, clock.wall());
      if (found === undefined) return undefined;
      return { ...found, isLocal: false, address: connection.peer, certFingerprint, traceId: '' };
    };
    const identity = caller()?.identity;
    if (identity !== undefined && this.#connectionsOf(identity) >= limits.connectionsPerIdentityMax) {
      // Said in its protocol: closed without a word it would look like a certificate that is not accepted.
      socket.on('error', () => connection.raw.destroy());
      // What it says meanwhile is taken, or the end would overtake what is said to it.
      socket.resume().end(COME_LATER);
      this.#tellTurnedAway(connection, `${identity} has ${limits.connectionsPerIdentityMax} connections already`);
      return;
    }
    this.#open(connection, socket, caller);
  }

  #connectionsOf(identity: string): number {
    return [...this.#connections].filter(({ caller }) => caller()?.identity === identity).length;
  }

  /** From here on the HTTP/2 library has the connection, behind its gate. */
  #open(connection: Connection, socket: Socket, caller: () => Caller | undefined): void {
    const { clock, limits, server } = this.#options;
    connection.caller = caller;
    const gate = new FrameGate(limits.frames, this.#openRequests, clock.now());
    const gated = new GatedSocket(socket, {
      received: (bytes) => {
        const refusal = gate.received(bytes, clock.now());
        if (gate.isGreeted && !connection.isGreeted) this.#greeted(connection);
        if (refusal !== undefined) this.#log.line(`${named(connection)} was cut off: ${refusal}`);
        // No TLS begins like this: whoever tries it hears what is spoken here.
        if (refusal === 'tls-to-plain-text') socket.write(COME_LATER);
        return refusal === undefined;
      },
      sent: (bytes) => gate.sent(bytes),
    });
    const unsent = this.#unsentBytes.open(() => this.#turnAway(connection, 'it does not take what it asked for'));
    const injector = server.createConnectionInjector(
      grpc.experimental.createServerCredentialsWithInterceptors(grpc.ServerCredentials.createInsecure(), [
        guardCalls(this.#guardOf(connection, unsent), clock),
      ]),
    );
    gated.once('close', () => {
      gate.close();
      unsent.close();
      injector.destroy();
    });
    injector.injectConnection(gated);
  }

  #greeted(connection: Connection): void {
    connection.isGreeted = true;
    connection.cancelTimer();
  }

  #guardOf(connection: Connection, unsent: ConnectionUnsent): Parameters<typeof guardCalls>[0] {
    return {
      caller: connection.caller,
      beginStream: (caller) => {
        const slot = this.#streams.take(caller);
        return slot.ok ? slot.value : undefined;
      },
      unsent: (bytes) => unsent.add(bytes),
      mayCall: (caller) => this.#rateOf(caller).take(this.#options.clock.now()),
      refused: (path, refused, caller) => {
        this.#log.line(`${path} refused to ${named(connection)}: ${FAULTS[refused.code].reason}`);
        this.#options.audit?.refused({
          path,
          caller,
          peer: connection.peer,
          request: undefined,
          refusal: refuse(refused),
        });
      },
    };
  }

  /** One rate for all connections of an identity; one for all identities that the file of roles does not name. */
  #rateOf({ identity, isLocal, roles }: Caller): TokenBucket {
    const { clock, limits } = this.#options;
    const key = isLocal ? LOCAL_IDENTITY : roles.length === 0 ? '' : identity;
    const standing = this.#rates.get(key);
    if (standing !== undefined) return standing;
    const bucket = new TokenBucket(isLocal ? limits.localCalls : limits.calls, clock.now());
    this.#rates.set(key, bucket);
    return bucket;
  }

  /** Cuts the connections of callers who are not accepted any more: revoked, expired, or of another authority. */
  #review(): void {
    for (const connection of this.#connections) {
      if (connection.isGreeted && connection.caller() === undefined) {
        const why = 'its certificate is not accepted any more';
        this.#turnAway(connection, why);
        this.#options.audit?.turnedAway(connection.peer, why);
      }
    }
  }

  #turnAway(connection: Connection, why: string): void {
    connection.isSilent = false;
    this.#tellTurnedAway(connection, why);
    connection.raw.destroy();
  }

  #tellFailedHandshake(peer: string, cause: string): void {
    this.#log.line(`${peer} was turned away at the handshake: ${cause}`);
    this.#options.audit?.turnedAway(peer, cause);
  }

  #tellTurnedAway(connection: Connection, why: string): void {
    this.#log.line(`${named(connection)} was turned away: ${why}`);
  }
}

function named({ caller, peer }: Connection): string {
  const identity = caller()?.identity;
  return identity === undefined || identity === LOCAL_IDENTITY ? peer : `${identity} (${peer})`;
}
