// Where a cell serves gRPC, and to whom: plain text on this machine, or TLS with certificates on a network.
import { type Command, InvalidArgumentError } from 'commander';
import type { AccessPaths } from '../app/access/access-files.ts';
import { OperatorError } from '../app/operator-error.ts';
import type { Locale } from '../config/problem.ts';
import { GRPC_PORT, readPort } from './options.ts';

const LOOPBACK = '127.0.0.1';

export interface ListenOptions {
  readonly grpcPort?: number;
  readonly grpcListen?: Endpoint;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly clientCa?: string;
  readonly clientCrl?: string;
  readonly roles?: string;
  readonly locale: Locale;
}

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export interface Listening extends Endpoint {
  readonly access: AccessPaths | undefined;
}

export function withListen(command: Command): Command {
  return command
    .option('--grpc-port <port>', `port on this machine to serve gRPC on (default: ${GRPC_PORT})`, readPort)
    .option(
      '--grpc-listen <host:port>',
      'address and port to serve gRPC on; others than loopback need TLS',
      readEndpoint,
    )
    .option('--tls-cert <file>', 'PEM: certificate of the gateway')
    .option('--tls-key <file>', 'PEM: its private key')
    .option('--client-ca <file>', 'PEM: who signs the certificates of clients')
    .option('--client-crl <file>', 'PEM: list of revoked certificates of clients')
    .option('--roles <file>', 'YAML: identities of clients, and their roles');
}

function readEndpoint(text: string): Endpoint {
  const [, bracketed, name, port = ''] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(text) ?? [];
  const host = bracketed ?? name;
  if (host === undefined)
    throw new InvalidArgumentError('expected host:port, such as 192.168.1.5:50051 or [::1]:50051');
  return { host, port: readPort(port) };
}

/** @throws OperatorError when options contradict each other, or the files do not go together: every problem at once */
export async function listenOn(options: ListenOptions): Promise<Listening> {
  if (options.grpcPort !== undefined && options.grpcListen !== undefined) {
    throw refusal(options.locale, {
      en: ['--grpc-port and --grpc-listen both say the port', 'give one of them'],
      es: ['--grpc-port y --grpc-listen indican ambos el puerto', 'indique uno de los dos'],
    });
  }
  const endpoint = options.grpcListen ?? { host: LOOPBACK, port: options.grpcPort ?? GRPC_PORT };
  const access = accessIn(options);
  if (access === undefined) {
    const { isLoopback } = await import('../app/access/loopback.ts');
    if (isLoopback(endpoint.host)) return { ...endpoint, access };
    throw refusal(options.locale, {
      en: [
        `${endpoint.host} can be reached from other machines, and plain text is for this one only`,
        'give --tls-cert, --tls-key, --client-ca and --roles (celda certs init makes some to try), or an SSH tunnel',
      ],
      es: [
        `${endpoint.host} es accesible desde otras máquinas, y el texto sin cifrar es solo para esta`,
        'indique --tls-cert, --tls-key, --client-ca y --roles (celda certs init crea unos de prueba), o use un túnel SSH',
      ],
    });
  }
  const { readAccess } = await import('../app/access/access-files.ts');
  const rules = readAccess(access, Date.now(), options.locale);
  if (!rules.ok) {
    const text = rules.error.join('\n');
    throw refusal(options.locale, {
      en: [text, 'celda certs show tells what certificates say'],
      es: [text, 'celda certs show muestra lo que dicen los certificados'],
    });
  }
  return { ...endpoint, access };
}

/** @param texts what is wrong, and what to do */
function refusal(locale: Locale, texts: Readonly<Record<Locale, readonly [string, string]>>): OperatorError {
  const [text, hint] = texts[locale];
  return new OperatorError(text, hint);
}

function accessIn({ tlsCert, tlsKey, clientCa, clientCrl, roles, locale }: ListenOptions): AccessPaths | undefined {
  const given = { '--tls-cert': tlsCert, '--tls-key': tlsKey, '--client-ca': clientCa, '--roles': roles };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
  if (missing.length === Object.keys(given).length && clientCrl === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined || clientCa === undefined || roles === undefined) {
    throw refusal(locale, {
      en: [
        `TLS needs ${missing.join(', ')} too`,
        'clients are told apart by their certificates, and may do what their roles say',
      ],
      es: [
        `TLS necesita también ${missing.join(', ')}`,
        'los clientes se distinguen por sus certificados y pueden hacer lo que dicen sus roles',
      ],
    });
  }
  return { certificate: tlsCert, key: tlsKey, clientCa, roles, revocations: clientCrl };
}

/** One line for the start: who may come in. */
export function accessLine({ access }: Listening, locale: Locale): string {
  if (access === undefined) {
    return locale === 'es'
      ? 'texto sin cifrar, solo en esta máquina: quien esté en ella puede todo lo que puede la red'
      : 'plain text, on this machine only: whoever is on it may do everything that the network may';
  }
  return locale === 'es'
    ? `TLS: clientes con un certificado de ${access.clientCa}, según ${access.roles}`
    : `TLS: clients with a certificate of ${access.clientCa}, as ${access.roles} says`;
}
