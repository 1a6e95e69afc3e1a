// The serial numbers in lists of revoked certificates. Whether a list is signed rightly is OpenSSL's to say, at every handshake;
// this is for connections that were there before.
import { plainSerial } from '../../mes/access.ts';
import { elementsIn } from './der.ts';

const BLOCK = /-----BEGIN X509 CRL-----([\s\S]*?)-----END X509 CRL-----/g;
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const TIMES = [0x17, 0x18];

/**
 * @param pem one list or more
 * @throws Error when there is none, or one is no list of RFC 5280, 5.1
 */
export function revokedSerialsIn(pem: string): ReadonlySet<string> {
  const blocks = [...pem.matchAll(BLOCK)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
  if (blocks.length === 0) throw new Error('no list of revoked certificates (X509 CRL) in it');
  return new Set(blocks.flatMap(serialsIn));
}

function serialsIn(der: Buffer): string[] {
  const [list] = elementsIn(der);
  const [body] = list === undefined ? [] : elementsIn(list.content);
  if (body?.tag !== SEQUENCE) throw new Error('not a list of revoked certificates');
  const fields = elementsIn(body.content);
  // After the times comes the sequence of entries, unless the list is empty.
  const lastTime = fields.findLastIndex(({ tag }) => TIMES.includes(tag));
  const entries = fields[lastTime + 1];
  if (entries?.tag !== SEQUENCE) return [];
  return elementsIn(entries.content).flatMap(({ content }) => {
    const [serial] = elementsIn(content);
    return serial?.tag === INTEGER ? [plainSerial(serial.content.toString('hex'))] : [];
  });
}
