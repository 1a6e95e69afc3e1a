// Why a gateway does not let a client in: gRPC says only that there is no connection, so the handshake is tried once more, by hand.
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { ClientTls } from './client-tls.ts';

export interface DoorFinding {
  /**
   * `client-refused`: the gateway closed the connection once it had seen the certificate of the client; `gateway-untrusted`: the
   * client does not accept that of the gateway; the other two: one end speaks plain text and the other TLS.
   */
  readonly kind: 'client-refused' | 'gateway-untrusted' | 'tls-expected' | 'plain-text-expected';
  /** As OpenSSL says it; empty where there is nothing more to say. */
  readonly cause: string;
}

const PROBE_MS_MAX = 2_000;
/** What OpenSSL says of bytes that are no TLS. */
const NOT_TLS = ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'];

/** Node adds how to start Node, which whoever reads this has not done; where the authority is given is ours to say. */
export const NODE_ADVICE = /; if the root CA is installed locally, try running Node\.js with --use-system-ca/;

/** Between two looks: a gateway that died in the first handshake does not listen at the second. */
const LOOK_AGAIN_MS = 100;

/**
 * Twice the same, where a gateway that dies at that moment would look like it.
 * @param address `host:port`
 * @param tls what the client shows; undefined: it speaks plain text
 * @returns undefined when nobody is there, or it is not known
 */
export async function findAtDoor(address: string, tls: ClientTls | undefined): Promise<DoorFinding | undefined> {
  const first = await probeDoor(address, tls);
  if (first?.kind !== 'client-refused') return first;
  await delay(LOOK_AGAIN_MS);
  return probeDoor(address, tls);
}

/**
 * @param address `host:port`
 * @param tls what the client shows; undefined: it speaks plain text
 * @returns undefined when nobody is there, or it is not known
 */
function probeDoor(address: string, tls: ClientTls | undefined): Promise<DoorFinding | undefined> {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  const shown = tls === undefined ? { rejectUnauthorized: false } : { ca: tls.ca, cert: tls.certificate, key: tls.key };
  return new Promise((resolve) => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port: Number(port), ALPNProtocols: ['h2'], ...servername, ...shown });
    let isSecure = false;
    const end = (finding: DoorFinding | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(finding);
    };
    const timer = setTimeout(() => end(undefined), PROBE_MS_MAX);
    socket.on('secureConnect', () => {
      isSecure = true;
      if (tls === undefined) end(found('tls-expected'));
    });
    // Its settings: the door is open to this client.
    socket.on('data', () => end(undefined));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end(tls === undefined ? undefined : findingOf(error, Boolean(socket.authorizationError), isSecure));
    });
    socket.on('close', () => end(isSecure ? found('client-refused') : undefined));
  });
}

function findingOf(
  { code = '', message }: NodeJS.ErrnoException,
  isUntrusted: boolean,
  isSecure: boolean,
): DoorFinding | undefined {
  if (isUntrusted) return found('gateway-untrusted', message.replace(NODE_ADVICE, ''));
  if (NOT_TLS.includes(code)) return found('plain-text-expected');
  return isSecure || code.includes('_ALERT_') ? found('client-refused') : undefined;
}

function found(kind: DoorFinding['kind'], cause = ''): DoorFinding {
  return { kind, cause };
}
