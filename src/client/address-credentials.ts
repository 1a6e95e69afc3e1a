// TLS to a gateway that is named by an IP address. The library would send the address as server name, which it is not (RFC 6066, 3), and
// of which Node warns (DEP0123). The certificate has to name the address all the same.

import { connect, createSecureContext, type SecureContext } from 'node:tls';
import { CallCredentials, ChannelCredentials } from '@grpc/grpc-js';
import type { ClientTls } from './client-tls.ts';

type SecureConnector = ReturnType<ChannelCredentials['_createSecureConnector']>;

export class AddressCredentials extends ChannelCredentials {
  readonly #context: SecureContext;
  readonly #host: string;

  /** @param host IPv4 or IPv6, without brackets */
  constructor(host: string, { ca, key, certificate }: ClientTls) {
    super();
    this.#host = host;
    this.#context = createSecureContext({ ca, key, cert: certificate });
  }

  override _isSecure(): boolean {
    return true;
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(
    _target: unknown,
    _options: unknown,
    callCredentials?: CallCredentials,
  ): SecureConnector {
    const options = { host: this.#host, secureContext: this.#context, ALPNProtocols: ['h2'] };
    return {
      connect: (socket) =>
        new Promise((resolve, reject) => {
          const secure = connect({ ...options, socket }, () => resolve({ socket: secure, secure: true }));
          secure.on('error', reject);
        }),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => callCredentials ?? CallCredentials.createEmpty(),
      destroy: () => undefined,
    };
  }
}
