// What a client shows to a gateway with TLS, and what it trusts.
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { ClientTls } from '../../client/grpc-client.ts';
import { fileTrouble } from '../file-trouble.ts';
import { OperatorError } from '../operator-error.ts';
import { certificatesIn, keyTrouble } from './key-pair.ts';

/** Paths as the command line gives them. */
export interface ClientTlsPaths {
  readonly tlsCa?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/**
 * @returns undefined when no path is given: plain text
 * @throws OperatorError when one of the three is missing, cannot be read, or they do not go together
 */
export function readClientTls({ tlsCa, tlsCert, tlsKey }: ClientTlsPaths): ClientTls | undefined {
  if (tlsCa === undefined && tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCa === undefined || tlsCert === undefined || tlsKey === undefined) {
    throw new OperatorError(
      { en: 'TLS needs --tls-ca, --tls-cert and --tls-key', es: 'TLS necesita --tls-ca, --tls-cert y --tls-key' },
      {
        en: 'give all three (or CELDA_TLS_CA, CELDA_TLS_CERT, CELDA_TLS_KEY), or none for a cell on this machine',
        es: 'indique los tres (o CELDA_TLS_CA, CELDA_TLS_CERT, CELDA_TLS_KEY), o ninguno para una celda en esta máquina',
      },
    );
  }
  try {
    const tls = { ca: read(tlsCa), certificate: read(tlsCert), key: read(tlsKey) };
    const [first] = certificatesIn(tls.certificate);
    const trouble = first === undefined ? undefined : keyTrouble(first, tls.key, tlsKey);
    if (trouble !== undefined) throw noTls({ tlsCa, tlsCert, tlsKey }, trouble);
    createSecureContext({ ca: tls.ca, cert: tls.certificate, key: tls.key });
    return tls;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw noTls({ tlsCa, tlsCert, tlsKey }, { en: cause, es: cause });
  }
}

function noTls(
  { tlsCa, tlsCert, tlsKey }: Required<ClientTlsPaths>,
  cause: Record<'en' | 'es', string>,
): OperatorError {
  return new OperatorError(
    {
      en: `no TLS with ${tlsCert}, ${tlsKey} and ${tlsCa}: ${cause.en}`,
      es: `no hay TLS con ${tlsCert}, ${tlsKey} y ${tlsCa}: ${cause.es}`,
    },
    { en: 'celda certs show tells what they are', es: 'celda certs show dice qué son' },
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const trouble = fileTrouble(error, path);
    if (trouble === undefined) throw error;
    throw new OperatorError(trouble, {
      en: 'name the files that --tls-ca, --tls-cert and --tls-key shall take',
      es: 'indique los archivos que deben usar --tls-ca, --tls-cert y --tls-key',
    });
  }
}
