// The handshake of TLS: only clients with a certificate come through, and certificates change without a restart.
import { constants } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer, type SecureContextOptions, type Server, type TLSSocket } from 'node:tls';
import type { Access, AccessRules } from './access.ts';

/** Without tickets no session is resumed, so that every connection is checked against the lists of now. */
const WITHOUT_RESUMPTION = constants.SSL_OP_NO_TICKET;
/** Far above the time for a greeting, which ends a stalled handshake by the clock of the cell. */
const HANDSHAKE_MS_MAX = 60_000;

/** @throws Error of OpenSSL when certificate, key and lists do not go together; see `tls.createSecureContext` */
export function secureContextOf(rules: AccessRules): SecureContextOptions {
  return {
    cert: rules.certificate,
    key: rules.key,
    ca: rules.clientCa,
    ...(rules.revocations === undefined ? {} : { crl: rules.revocations }),
    minVersion: 'TLSv1.2',
    secureOptions: WITHOUT_RESUMPTION,
  };
}

export class TlsDoor {
  readonly #server: Server;
  readonly #opening = new Map<string, (socket: TLSSocket) => void>();
  readonly #unlisten: () => void;
  readonly #failed: (peer: string, cause: string) => void;

  /** @param failed told in a few words why a handshake came to nothing */
  constructor(access: Access, failed: (peer: string, cause: string) => void) {
    this.#failed = failed;
    this.#server = createServer({
      ...secureContextOf(access.rules),
      requestCert: true,
      // Whom OpenSSL does not trust is turned away below, where it is known who it was and why.
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
      handshakeTimeout: HANDSHAKE_MS_MAX,
    });
    this.#server.on('secureConnection', (socket) => {
      const key = peerOf(socket);
      const open = this.#opening.get(key);
      this.#opening.delete(key);
      if (!socket.authorized) {
        failed(key, String(socket.authorizationError));
        socket.destroy();
      } else if (open === undefined) {
        socket.destroy();
      } else {
        open(socket);
      }
    });
    this.#server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      // Whoever is gone already has no address any more: it is told when the connection closes.
      if (this.#opening.delete(peerOf(socket))) failed(peerOf(socket), error.code ?? error.message);
    });
    this.#unlisten = access.listen(() => this.#server.setSecureContext(secureContextOf(access.rules)));
  }

  /** @param open called once the other end has shown a certificate that is trusted; never when it does not */
  handshake(raw: Socket, open: (socket: TLSSocket) => void): void {
    const key = peerOf(raw);
    this.#opening.set(key, open);
    raw.once('close', () => {
      if (this.#opening.delete(key)) this.#failed(key, 'ECONNRESET');
    });
    this.#server.emit('connection', raw);
  }

  close(): void {
    this.#unlisten();
  }
}

/** `address:port`; unique among the connections of one listener. */
export function peerOf(socket: Socket): string {
  return `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
}
