// The serial numbers in lists of revoked certificates. Whether a list is signed rightly is OpenSSL's to say, at every handshake;
// this is for connections that were there before.
import type { Locale } from '../../config/problem.ts';
import { plainSerial } from '../../mes/access.ts';
import { elementsIn } from './der.ts';

const BLOCK = /-----BEGIN X509 CRL-----([\s\S]*?)-----END X509 CRL-----/g;
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const TIMES = [0x17, 0x18];

const WORDS = {
  en: { none: 'no list of revoked certificates (X509 CRL) in it', other: 'not a list of revoked certificates' },
  es: {
    none: 'no contiene ninguna lista de certificados revocados (X509 CRL)',
    other: 'no es una lista de certificados revocados',
  },
} as const satisfies Record<Locale, object>;

/**
 * @param pem one list or more
 * @throws Error when there is none, or one is no list of RFC 5280, 5.1
 */
export function revokedSerialsIn(pem: string, locale: Locale = 'en'): ReadonlySet<string> {
  const blocks = [...pem.matchAll(BLOCK)].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
  const words = WORDS[locale];
  if (blocks.length === 0) throw new Error(words.none);
  return new Set(blocks.flatMap((block) => serialsIn(block, words.other)));
}

function serialsIn(der: Buffer, isNone: string): string[] {
  const [list] = elementsIn(der);
  const [body] = list === undefined ? [] : elementsIn(list.content);
  if (body?.tag !== SEQUENCE) throw new Error(isNone);
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
